// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Places in a parsed answer. An element lives until the parser that made it parses again.
#pragma once

#include "core/result.hpp"

#include <simdjson.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::connectors {

using Element = simdjson::dom::element;

/// A parser for what others wrote, with room for `bytes` at first: it grows with what it reads, but
/// refuses what nests deeper than any real answer does (64; its own limit of 1,024 is there to be
/// attacked).
[[nodiscard]] simdjson::dom::parser make_parser(std::size_t bytes);

/// A JSON pointer (RFC 6901) with one liberty: where it meets an array and the next key is not a
/// number, the first member that leads on is taken. Some sources send an object on one day and an
/// array of them on another.
class Pointer {
  public:
    /// The answer itself.
    Pointer() = default;

    /// Errors: Config unless `text` is empty or begins with a slash.
    [[nodiscard]] static Result<Pointer> parse(std::string_view text);

    /// What stands there; nothing if it is missing or null.
    [[nodiscard]] std::optional<Element> find(Element from) const;

    /// The same, but a null is something, too: its key is there.
    [[nodiscard]] std::optional<Element> find_even_null(Element from) const;

    /// As it was written.
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const std::vector<std::string>& keys() const { return keys_; }

    /// Its number in the PlaceTree that it was added to; nothing if it is in none.
    [[nodiscard]] std::optional<std::size_t> place() const { return place_; }
    void give_place(std::size_t place) { place_ = place; }

  private:
    std::string text_;
    std::vector<std::string> keys_;
    std::optional<std::size_t> place_;
};

/// What stands below `at`, as Pointer says. Nothing if it is missing or null.
[[nodiscard]] std::optional<Element> find_below(Element at, std::span<const std::string> keys);

/// Offers everything that `keys` lead to below `at`: where they meet an array, in each of its
/// members. Null ones are left out.
template <std::invocable<Element> Visit>
void for_each_below(Element at, std::span<const std::string> keys, const Visit& visit) {
    if (simdjson::dom::array array; !at.get_array().get(array)) {
        for (const Element member : array) {
            for_each_below(member, keys, visit);
        }
    } else if (keys.empty()) {
        if (!at.is_null()) {
            visit(at);
        }
    } else if (Element next; at.is_object() && !at.at_key(keys.front()).get(next)) {
        for_each_below(next, keys.subspan(1), visit);
    }
}

/// scalar_text without a copy where the source wrote a text: then it is the parser's, else it is
/// put into `room`.
[[nodiscard]] std::optional<std::string_view> scalar_view(Element element, std::string& room);

/// A string as it is, a number or a truth value as JSON writes it (450000.0 as 450000); nothing
/// for an object, an array or null.
[[nodiscard]] std::optional<std::string> scalar_text(Element element);

/// A whole number that came as an integer, as a double without a fraction, or as either in a
/// string. Nothing for anything else, above all for a fraction: nothing is ever rounded.
[[nodiscard]] std::optional<std::int64_t> whole_number(Element element);
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);

/// As it may stand between the quotes of a JSON text.
[[nodiscard]] std::string json_escaped(std::string_view text);
void append_json_escaped(std::string& out, std::string_view text);

}  // namespace thidua::connectors
