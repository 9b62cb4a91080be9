// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A notice in words: for the journal and the file, for a webhook, for a mail. Pure.
#pragma once

#include "daemon/notice.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace thidua::daemon {

/// One line with all of it.
[[nodiscard]] std::string line_of(const Telling& telling);

/// What a mail or a message begins with: the worst of them, and how many there are.
[[nodiscard]] std::string subject_of(std::span<const Telling> tellings);

/// All of them, each with its facts in lines of their own. Beyond twenty they are only counted.
[[nodiscard]] std::string text_of(std::span<const Telling> tellings);

/// {"text": ..., "notices": [...]}: chat programs read the first, programs the second.
[[nodiscard]] boost::json::object webhook_json(std::span<const Telling> tellings);

/// As it is kept between two tellings.
[[nodiscard]] std::string to_json_text(const Notice& notice);
/// Nothing if it is not what to_json_text() gives.
[[nodiscard]] std::optional<Notice> notice_from_json(std::string_view text);

}  // namespace thidua::daemon
