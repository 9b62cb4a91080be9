// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Mapped fields: from a place in a record to a typed value. The errors of the readers below are
// Data and name the place, never the value: it could be a person's.
#pragma once

#include "connectors/json.hpp"
#include "core/result.hpp"
#include "core/source.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::connectors {

/// A FieldMap made ready. One that nobody mapped is never there.
class Field {
  public:
    Field() = default;

    /// Errors: Config if a pointer is none.
    [[nodiscard]] static Result<Field> make(const FieldMap& map);

    /// What stands at the first pointer that leads to something that is not null and not empty.
    struct Found {
        Element element;
        const Pointer* pointer = nullptr;
    };
    [[nodiscard]] std::optional<Found> find(Element record) const;

    /// Our word for the source's text, by `values`, `otherwise` and `unlisted`. Nothing if it is
    /// absent and there is no `otherwise`. Errors: a text that is not listed.
    [[nodiscard]] Result<std::optional<std::string>> word(Element record) const;

    [[nodiscard]] const std::vector<Pointer>& pointers() const { return from_; }
    [[nodiscard]] TimeFormat format() const { return format_; }
    [[nodiscard]] bool has_values() const { return !values_.empty(); }

    /// The first pointer, as errors name the field.
    [[nodiscard]] std::string place() const;

    /// The error of a required field that is not there.
    [[nodiscard]] Result<void> check_present(bool is_present) const;

  private:
    std::vector<Pointer> from_;
    TimeFormat format_ = TimeFormat::Iso;
    std::map<std::string, std::string, std::less<>> values_;
    std::optional<std::string> otherwise_;
    std::optional<std::string> unlisted_;
    bool required_ = false;
};

/// The field that `map` has under `name`. Errors: Config.
[[nodiscard]] Result<Field> field_of(
    const std::map<std::string, FieldMap>& map, const std::string& name
);

/// NFC and trimmed; empty if absent.
[[nodiscard]] Result<std::string> read_text(const Field& field, Element record);

/// The texts at every pointer of the field, each a text or an array of them.
[[nodiscard]] Result<std::vector<std::string>> read_texts(const Field& field, Element record);

/// A whole number, or the number that `values` gives for a text.
[[nodiscard]] Result<std::optional<std::int64_t>> read_integer(const Field& field, Element record);

/// Whole đồng, not below 0.
[[nodiscard]] Result<std::optional<std::int64_t>> read_money(const Field& field, Element record);

/// Absent are also "0" and times of the year 1, which stand for null in some sources.
[[nodiscard]] Result<std::optional<Instant>> read_time(const Field& field, Element record);

/// One of `words`, as the enumerator of the same position; `absent` if there is nothing.
template <class Enum>
[[nodiscard]] Result<Enum> read_word(
    const Field& field, Element record, std::span<const std::string_view> words, Enum absent
) {
    auto word = field.word(record);
    if (!word) {
        return std::unexpected(std::move(word.error()));
    }
    if (!*word) {
        return absent;
    }
    for (std::size_t position = 0; position < words.size(); ++position) {
        if (words[position] == **word) {
            return static_cast<Enum>(position);
        }
    }
    return fail(ErrorKind::Data, field.place() + ": a text without a meaning for us");
}

}  // namespace thidua::connectors
