// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"
#include "config/yaml.hpp"

#include <span>

namespace thidua::config {

/// Shape: {smarthost: "host:port", hello?, from, from_name?, auth_username?, auth_password_file?,
/// require_tls?, tls?: {from_start?, ca_file?}, timeout?, max_attempts?}.
[[nodiscard]] Smtp read_smtp(Node node);

/// Shape: {schedule?: {weekday, at, timezone?}, recipients?: [{id, name, address}], file_to?}.
/// A relative `file_to` is relative to `state_directory`, as the program writes there.
[[nodiscard]] WeeklyDigest read_weekly_digest(
    Node node, const std::filesystem::path& state_directory
);

/// Shape: {recipients: [{unit, id, name, address}], file_to?}, paths as above; `units` are those
/// that may be named.
[[nodiscard]] UnitEditions read_unit_editions(
    Node node, const std::filesystem::path& state_directory, std::span<const DatedUnit> units
);

/// Shape: {recipients?: [...], rehearsal_recipients?: [...], file_to?}, paths as above.
[[nodiscard]] FinalReports read_final_reports(
    Node node, const std::filesystem::path& state_directory
);

}  // namespace thidua::config
