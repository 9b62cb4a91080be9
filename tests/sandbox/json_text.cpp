// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "json_text.hpp"

#include <boost/json.hpp>

#include <charconv>

namespace thidua::sandbox {

std::optional<boost::json::object> parse_object(std::string_view body) {
    boost::json::error_code error;
    boost::json::value parsed = boost::json::parse({body.data(), body.size()}, error);
    if (error || !parsed.is_object()) {
        return std::nullopt;
    }
    return std::move(parsed.get_object());
}

std::string text_of(const boost::json::object& object, std::string_view key) {
    const boost::json::value* value = object.if_contains({key.data(), key.size()});
    if (value == nullptr) {
        return {};
    }
    if (value->is_string()) {
        return std::string{value->get_string()};
    }
    return value->is_int64() ? std::to_string(value->get_int64()) : "";
}

std::int64_t number_of(const boost::json::object& object, std::string_view key) {
    return whole_number(text_of(object, key)).value_or(0);
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

}  // namespace thidua::sandbox
