// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/json.hpp"

#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace thidua::connectors {
namespace {

/// Beyond it a double no longer tells every whole number from the next.
constexpr double exact_double_max = 9'007'199'254'740'992.0;

std::string unescaped(std::string_view key) {
    std::string result;
    for (std::size_t at = 0; at < key.size(); ++at) {
        if (key[at] == '~' && at + 1 < key.size()) {
            ++at;
            result += key[at] == '1' ? '/' : '~';
        } else {
            result += key[at];
        }
    }
    return result;
}

std::optional<std::size_t> array_index(std::string_view key) {
    std::size_t index = 0;
    const auto [end, code] = std::from_chars(key.data(), key.data() + key.size(), index);
    if (code != std::errc{} || end != key.data() + key.size()) {
        return std::nullopt;
    }
    return index;
}

/// The member that a number names, or the first that leads on.
std::optional<Element> find_in_array(
    simdjson::dom::array array, std::span<const std::string> keys
) {
    if (const auto index = array_index(keys.front())) {
        Element member;
        return array.at(*index).get(member) ? std::nullopt : find_below(member, keys.subspan(1));
    }
    for (const Element member : array) {
        if (auto found = find_below(member, keys)) {
            return found;
        }
    }
    return std::nullopt;
}

std::optional<std::int64_t> whole_double(double number) {
    if (!(std::fabs(number) <= exact_double_max) || std::trunc(number) != number) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(number);
}

}  // namespace

simdjson::dom::parser make_parser(std::size_t bytes) {
    constexpr std::size_t depth_max = 64;  // no real answer nests deeper than a dozen
    simdjson::dom::parser parser;
    check(parser.allocate(bytes, depth_max) == simdjson::SUCCESS, "memory for a parser");
    return parser;
}

std::optional<Element> find_below(Element at, std::span<const std::string> keys) {
    if (keys.empty()) {
        return at.is_null() ? std::nullopt : std::optional(at);
    }
    if (simdjson::dom::array array; !at.get_array().get(array)) {
        return find_in_array(array, keys);
    }
    if (Element next; at.is_object() && !at.at_key(keys.front()).get(next)) {
        return find_below(next, keys.subspan(1));
    }
    return std::nullopt;
}

Result<Pointer> Pointer::parse(std::string_view text) {
    if (!text.empty() && text.front() != '/') {
        return fail(
            ErrorKind::Config, fmt::format("'{}' is no JSON pointer such as /data/code", text)
        );
    }
    Pointer pointer;
    pointer.text_ = text;
    while (!text.empty()) {
        text.remove_prefix(1);
        const std::size_t length = std::min(text.find('/'), text.size());
        pointer.keys_.push_back(unescaped(text.substr(0, length)));
        text.remove_prefix(length);
    }
    return pointer;
}

std::optional<Element> Pointer::find(Element from) const {
    return find_below(from, keys_);
}

std::optional<Element> Pointer::find_even_null(Element from) const {
    if (keys_.empty()) {
        return from;
    }
    const std::span<const std::string> keys = keys_;
    const auto holder = find_below(from, keys.first(keys.size() - 1));
    Element found;
    if (!holder || !holder->is_object() || holder->at_key(keys.back()).get(found)) {
        return std::nullopt;
    }
    return found;
}

std::optional<std::string_view> scalar_view(Element element, std::string& room) {
    if (std::string_view text; !element.get_string().get(text)) {
        return text;
    }
    if (std::int64_t number = 0; !element.get_int64().get(number)) {
        // Mostly a few digits, for which `room` needs no memory.
        std::array<char, std::numeric_limits<std::int64_t>::digits10 + 2> digits{};  // and its sign
        const auto [end, code] =
            std::to_chars(digits.data(), digits.data() + digits.size(), number);
        return room.assign(digits.data(), end);
    }
    auto written = scalar_text(element);
    if (!written) {
        return std::nullopt;
    }
    room = *std::move(written);
    return room;
}

std::optional<std::string> scalar_text(Element element) {
    switch (element.type()) {
        case simdjson::dom::element_type::STRING:
            return std::string(element.get_string().value_unsafe());
        case simdjson::dom::element_type::INT64:
            return std::to_string(element.get_int64().value_unsafe());
        case simdjson::dom::element_type::UINT64:
            return std::to_string(element.get_uint64().value_unsafe());
        case simdjson::dom::element_type::DOUBLE: {
            const double number = element.get_double().value_unsafe();
            const auto whole = whole_double(number);
            return whole ? std::to_string(*whole) : fmt::format("{}", number);
        }
        case simdjson::dom::element_type::BOOL:
            return element.get_bool().value_unsafe() ? "true" : "false";
        case simdjson::dom::element_type::ARRAY:
        case simdjson::dom::element_type::OBJECT:
        case simdjson::dom::element_type::NULL_VALUE:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<std::int64_t> whole_number(Element element) {
    if (std::int64_t number = 0; !element.get_int64().get(number)) {
        return number;
    }
    if (element.is_double()) {
        return whole_double(element.get_double().value_unsafe());
    }
    if (std::string_view text; !element.get_string().get(text)) {
        return whole_number(text);
    }
    return std::nullopt;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    text = trim(text);
    std::int64_t number = 0;
    const char* begin = text.data();
    const auto [stop, code] = std::from_chars(begin, begin + text.size(), number);
    if (code != std::errc{}) {
        return std::nullopt;
    }
    const std::string_view rest = text.substr(static_cast<std::size_t>(stop - begin));
    const bool is_zero_fraction =
        rest.size() >= 2 && rest.size() <= 3 && rest[0] == '.' &&
        std::ranges::all_of(rest.substr(1), [](char digit) { return digit == '0'; });
    // "450.000" may be a grouped number: three digits behind the point are refused, zeros or not.
    if (!rest.empty() && !is_zero_fraction) {
        return std::nullopt;
    }
    return number;
}

std::string json_escaped(std::string_view text) {
    std::string result;
    append_json_escaped(result, text);
    return result;
}

/// Whole runs of letters that stand for themselves, which most texts are.
void append_json_escaped(std::string& out, std::string_view text) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char letter = text[at];
        const bool is_control = static_cast<unsigned char>(letter) < 0x20;
        if (!is_control && letter != '"' && letter != '\\') {
            continue;
        }
        out.append(text, begin, at - begin);
        begin = at + 1;
        if (is_control) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned char>(letter));
        } else {
            out.append(1, '\\').append(1, letter);
        }
    }
    out.append(text, begin);
}

}  // namespace thidua::connectors
