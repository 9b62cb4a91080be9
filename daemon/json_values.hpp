// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Values that may be absent, as every --json answer writes them: null, never "" or 0.
#pragma once

#include "core/time.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <string>

namespace thidua::daemon {

/// The text; null if it is empty.
[[nodiscard]] inline boost::json::value text_or_null(const std::string& text) {
    return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

/// The number or text; null if there is none.
template <class Value>
[[nodiscard]] boost::json::value or_null(const std::optional<Value>& value) {
    return value ? boost::json::value(*value) : boost::json::value(nullptr);
}

/// The time or day as text; null if there is none.
template <class Time>
[[nodiscard]] boost::json::value time_or_null(const std::optional<Time>& time) {
    return time ? boost::json::value(thidua::to_text(*time)) : boost::json::value(nullptr);
}

}  // namespace thidua::daemon
