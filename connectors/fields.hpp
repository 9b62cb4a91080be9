// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Mapped fields: from a place in a record to a typed value. The errors of the readers below are
// Data and name the place, never the value: it could be a person's.
#pragma once

#include "connectors/condition.hpp"
#include "connectors/json.hpp"
#include "connectors/record.hpp"
#include "core/result.hpp"
#include "core/source.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

#include <concepts>
#include <cstdint>
#include <initializer_list>
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
        std::string_view text{};  ///< trimmed; empty: no text, but perhaps another scalar
    };
    [[nodiscard]] std::optional<Found> find(const Record& record) const;

    /// Our word for the source's text, by `values`, `otherwise` and `unlisted`. Nothing if it is
    /// absent and there is no `otherwise`. Errors: a text that is not listed.
    [[nodiscard]] Result<std::optional<std::string>> word(const Record& record) const;

    /// The same without a copy: the word is the field's or the parser's own, or stands in `room`.
    [[nodiscard]] Result<std::optional<std::string_view>> word(
        const Record& record, std::string& room
    ) const;

    /// Its pointers get places in the tree, so that its records can be looked at once.
    void add_to(PlaceTree& tree);

    /// What `values` say instead of a text of the source, or the text itself. The view is the
    /// field's or the caller's.
    [[nodiscard]] std::string_view meaning_of(std::string_view text) const;

    [[nodiscard]] const std::vector<Pointer>& pointers() const { return from_; }
    [[nodiscard]] TimeFormat format() const { return format_; }
    /// Whether the text is only looked up, so that what stands there is no value by itself.
    [[nodiscard]] bool is_worded() const {
        return !values_.empty() || !cases_.empty() || inside_.has_value();
    }

    /// The sum of the whole numbers at the pointers of `sum`; nothing if none is there, or the
    /// field has no `sum`. Errors: one that is no whole number, an overflow.
    [[nodiscard]] Result<std::optional<std::int64_t>> sum(const Record& record) const;
    [[nodiscard]] bool is_sum() const { return !sum_.empty(); }

    /// The first pointer, as errors name the field.
    [[nodiscard]] std::string place() const;

    /// The pointer at which something stands in `record`; else the first.
    [[nodiscard]] std::string place(const Record& record) const;

    /// The error of a required field that is not there.
    [[nodiscard]] Result<void> check_present(bool is_present) const {
        return is_present || !required_ ? Result<void>{} : is_missing();
    }

  private:
    /// What stands at `inside` in the JSON that `text` is.
    [[nodiscard]] Result<std::optional<std::string_view>> text_inside(
        const Pointer& at, std::string_view text, std::string& room
    ) const;
    [[nodiscard]] Result<std::optional<std::string_view>> nothing_there() const;
    [[nodiscard]] Result<void> is_missing() const;

    std::vector<Pointer> from_;
    std::vector<std::pair<Test, std::string>> cases_;
    std::vector<Pointer> sum_;
    std::optional<Pointer> inside_;
    TimeFormat format_ = TimeFormat::Iso;
    /// Our word for a text that is listed; null for any other.
    [[nodiscard]] const std::string* listed(std::string_view text) const;

    std::vector<std::pair<std::string, std::string>> values_;  // few: the source's text, our word
    std::optional<std::string> otherwise_;
    std::optional<std::string> unlisted_;
    bool required_ = false;
};

/// Why a record could not be read, as a source's contract tells the cases apart.
enum class Misfit {
    Missing,   ///< a required field is not there
    Type,      ///< something else stands there than a text, a number, a time
    Unlisted,  ///< a text that the mapping does not list
    Value,     ///< anything else
};

/// By the sentence with which the readers below refuse a record.
[[nodiscard]] Misfit misfit_of(std::string_view reason);

/// The field that `map` has under `name`. Errors: Config.
[[nodiscard]] Result<Field> field_of(
    const std::map<std::string, FieldMap>& map, const std::string& name
);

/// A field to be filled, and its name in a mapping.
using Slot = std::pair<Field*, std::string>;

/// Fills each with what `map` has under its name. Errors: Config.
[[nodiscard]] Result<void> fill_fields(
    const std::map<std::string, FieldMap>& map, std::initializer_list<Slot> slots
);

/// NFC and trimmed; empty if absent.
[[nodiscard]] Result<std::string> read_text(const Field& field, const Record& record);

/// The texts at every pointer of the field, each a text or an array of them.
[[nodiscard]] Result<std::vector<std::string>> read_texts(const Field& field, const Record& record);

/// The same texts, handed on one by one. They die with the call.
template <std::invocable<std::string_view> Take>
[[nodiscard]] Result<void> read_texts(const Field& field, const Record& record, Take take);

/// A whole number, or the number that `values` gives for a text.
[[nodiscard]] Result<std::optional<std::int64_t>> read_integer(
    const Field& field, const Record& record
);

/// Whole đồng, not below 0.
[[nodiscard]] Result<std::optional<std::int64_t>> read_money(
    const Field& field, const Record& record
);

/// Absent are also "0" and times of the year 1, which stand for null in some sources.
[[nodiscard]] Result<std::optional<Instant>> read_time(const Field& field, const Record& record);

/// One of `words`, as the enumerator of the same position; `absent` if there is nothing.
template <class Enum>
[[nodiscard]] Result<Enum> read_word(
    const Field& field, const Record& record, std::span<const std::string_view> words, Enum absent
) {
    std::string room;
    auto word = field.word(record, room);
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

/// Hands on a text, or every text of an array. False at anything that is no text.
template <std::invocable<std::string_view> Take>
bool take_texts(Element element, Take take) {
    if (simdjson::dom::array array; !element.get_array().get(array)) {
        return std::ranges::all_of(array, [&](Element member) { return take_texts(member, take); });
    }
    std::string room;
    const auto text = scalar_view(element, room);
    if (!text) {
        return element.is_null();
    }
    std::string normal;
    if (const std::string_view plain = to_nfc(*text, normal); !plain.empty()) {
        take(plain);
    }
    return true;
}

template <std::invocable<std::string_view> Take>
Result<void> read_texts(const Field& field, const Record& record, Take take) {
    bool is_present = false;
    const auto note = [&](std::string_view text) {
        is_present = true;
        take(text);
    };
    if (field.is_worded()) {
        std::string room;
        const auto word = field.word(record, room);
        if (word && *word && !(*word)->empty()) {
            take(**word);
        }
        return word ? Result<void>{} : std::unexpected(word.error());
    }
    for (const Pointer& pointer : field.pointers()) {
        const auto element = record.at(pointer);
        if (element && !take_texts(*element, note)) {
            return fail(ErrorKind::Data, pointer.text() + ": not a text");
        }
    }
    return field.check_present(is_present);
}

}  // namespace thidua::connectors
