// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The part of the notices that rests on the ledger and the machine, whatever a cycle did. Pure. For
// notices.cpp, and for words that it shares.
#pragma once

#include "daemon/notices.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// What the ledger says that somebody should know; it could be read.
[[nodiscard]] std::vector<Notice> ledger_notices(
    const config::Settings& settings, const Surroundings& around
);

/// That it could not: `around.store_error` is there.
[[nodiscard]] Notice store_notice(const config::Settings& settings, const Surroundings& around);

/// Whether a notice of this key rests on the ledger or the machine alone.
[[nodiscard]] bool is_of_ledger(std::string_view key);

/// An instant in the agency's own time.
[[nodiscard]] std::string local_text(const config::Settings& settings, Instant instant);

/// That of the job; null if there is none. `slots` holds one of each.
[[nodiscard]] const store::Slot* newest_slot(
    const std::vector<store::Slot>& slots, std::string_view job
);

/// The week that a digest of this slot reports on, or the slot itself.
[[nodiscard]] std::string week_of_slot(const config::Settings& settings, Instant slot);

/// Three of them, and how many more.
[[nodiscard]] std::string joined_words(const std::set<std::string>& words);

}  // namespace thidua::daemon
