// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// Reads the JSON that clients send: what is not there is empty or 0, and numbers may be texts.

#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::sandbox {

/// The object that `body` is, if it is one.
std::optional<boost::json::object> parse_object(std::string_view body);
/// The text of `key`, or the digits of its number; empty if there is neither.
std::string text_of(const boost::json::object& object, std::string_view key);
/// The whole number of `key`, or that its text says; 0 if there is neither.
std::int64_t number_of(const boost::json::object& object, std::string_view key);
/// All of `text` as a whole number.
std::optional<std::int64_t> whole_number(std::string_view text);

}  // namespace thidua::sandbox
