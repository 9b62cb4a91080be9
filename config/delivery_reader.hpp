// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"
#include "config/yaml.hpp"

#include <span>

namespace thidua::config {

/// Shape: {smarthost: "host:port", hello?, from, from_name?, auth_username?, auth_password_file?,
/// require_tls?, tls?: {from_start?, ca_file?}, timeout?, max_attempts?, max_message_size?,
/// connections?, allowed_domains?}. Without a `timeout` it is that of `defaults`.
[[nodiscard]] Smtp read_smtp(Node node, const Smtp& defaults = {});

/// What the sections of reports may refer to.
struct ReportScope {
    std::filesystem::path state_directory;  ///< where a relative `file_to` begins
    std::vector<std::string> sources;       ///< their names
    std::span<const DatedUnit> units;
    std::vector<std::string> allowed_domains;  ///< of recipients; none: all are
    Day start;                                 ///< of the campaign
    Day end;  ///< of the campaign: whoever gets something is named until then
};

/// Shape: [{id, name, address, from?, until?}]: several may have one id, one after another.
[[nodiscard]] std::vector<Recipient> read_recipients(const Node& node, const ReportScope& scope);

/// Shape: {schedule?: a weekly one, requires?: {sources?, wait_until?, on_unfit?}, recipients?:
/// [...], texts?, file_to?, webhook_url_file?}.
[[nodiscard]] WeeklyDigest read_weekly_digest(Node node, const ReportScope& scope);

/// Shape: {recipients: [{unit, ...}], file_to?}.
[[nodiscard]] UnitEditions read_unit_editions(Node node, const ReportScope& scope);

/// Shape: {recipients?: [...], rehearsal_recipients?: [...], file_to?}.
[[nodiscard]] FinalReports read_final_reports(Node node, const ReportScope& scope);

/// Shape: {schedule?: {at}, recipients?: [...], file_to?}.
[[nodiscard]] NominationReminders read_nomination_reminders(Node node, const ReportScope& scope);

}  // namespace thidua::config
