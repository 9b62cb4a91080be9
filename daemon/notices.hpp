// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What of a cycle, of the ledger and of the machine the operator is to be told. Pure.
#pragma once

#include "config/settings.hpp"
#include "daemon/cycle.hpp"
#include "daemon/notice.hpp"
#include "store/ledger.hpp"
#include "store/notices.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// How things stand beside what the cycle itself reports.
struct Surroundings {
    Instant now;
    std::optional<Error> store_error;  ///< the ledger could not be read: what it says is not known
    std::vector<store::Slot> slots;    ///< the newest of each job
    std::vector<store::MailTrouble> mail;
    std::vector<std::string> sources_pulled_well;  ///< also by a command, beside all cycles
    std::vector<store::NoticeRow> untold_leaders;  ///< verdicts that their webhook has not taken
    std::vector<store::Upload> unfiled;            ///< editions that another machine has not taken
    std::vector<std::string> refused_configuration;  ///< why a changed one is not in force
    Instant recorded_until;                          ///< the newest instant on record
    std::optional<std::uint64_t> free_bytes;
};

struct Findings {
    std::vector<Notice> standing;
    std::vector<std::string> settled;  ///< keys of what went well just now
    bool has_ledger = false;           ///< what the ledger says is known

    /// Whether what was told under `key` is known to be right again.
    [[nodiscard]] bool is_over(std::string_view key) const;
};

/// `report` may be null: no cycle has ended since.
[[nodiscard]] Findings find_notices(
    const CycleReport* report, const config::Settings& settings, const Surroundings& around
);

/// `text` without mail addresses: a relay's words may repeat them.
[[nodiscard]] std::string without_addresses(std::string_view text);

}  // namespace thidua::daemon
