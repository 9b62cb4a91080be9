// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Log lines: one per event, on stderr. error: a person must act; warning: survived, and says what
// happens next; info: one line per job. Never a secret, a body, or a code of a person's dossier.
#pragma once

#include "daemon/cycle.hpp"

#include <string>

namespace thidua::daemon {

/// Sets up the one logger. Under the journal lines carry a priority and no time of their own.
void set_up_log();

void log_error(const std::string& line);
void log_warning(const std::string& line);
void log_info(const std::string& line);

/// One line per pull, edition and round of deliveries, and one per error.
void log_cycle(const CycleReport& report);

/// "tthc: complete: 14 slices, 20,123 records, 512 changed"
[[nodiscard]] std::string describe(const PullReport& report);

}  // namespace thidua::daemon
