// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What jobs are called in the ledger.
#pragma once

#include <string_view>

namespace thidua::daemon {

inline constexpr std::string_view digest_job_name = "digest:weekly";
inline constexpr std::string_view unit_editions_job_name = "units:weekly";
inline constexpr std::string_view rehearsal_job_name = "rehearsal:weekly";
inline constexpr std::string_view alerts_job_name = "alerts:daily";
inline constexpr std::string_view backup_job_name = "backup";
inline constexpr std::string_view maintenance_job_name = "maintenance";
inline constexpr std::string_view nominations_job_name = "nominations:daily";

}  // namespace thidua::daemon
