// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/operator_reader.hpp"

#include <chrono>

namespace thidua::config {

namespace {

constexpr std::string_view default_notices_file = "notices.log";

/// Nobody is hurt by a notice that comes twice, so that its relay need not be waited for as long as
/// a digest's.
constexpr std::chrono::seconds notice_timeout{10};

/// Shorter, and a slow pull would be an alarm; longer, and the next digest is due.
constexpr std::chrono::minutes absence_after_min{10};
constexpr std::chrono::days absence_after_max{6};

/// The second relay's own keys are those of the first, and `recipients`.
void read_second_relay(
    Node node, const ReportScope& scope, const std::optional<Smtp>& relay, OperatorContact& contact
) {
    Node recipients = node.required("recipients");
    contact.recipients = read_recipients(recipients, scope);
    if (recipients.is_list() && contact.recipients.empty()) {
        recipients.report("nobody: name at least one who is told, as {id, name, address}");
    }
    Smtp defaults;
    defaults.timeout = notice_timeout;
    contact.smtp = read_smtp(node, defaults);
    const bool is_sound = contact.smtp->port != 0;
    if (relay && is_sound && relay->host == contact.smtp->host &&
        relay->port == contact.smtp->port) {
        node.optional("smarthost")
            .refuse("another relay than that of \"smtp:\", which could not tell of its own failure"
            );
    }
}

}  // namespace

OperatorContact read_operator(
    Node node, const ReportScope& scope, const std::optional<Smtp>& relay
) {
    OperatorContact contact;
    contact.webhook_url_file = node.optional("webhook_url_file").path();
    contact.ping_url_file = node.optional("ping_url_file").path();
    contact.ca_file = node.optional("ca_file").path();
    if (const Node smtp = node.optional("smtp")) {
        read_second_relay(smtp, scope, relay, contact);
    }
    const Node file = node.optional("file");
    contact.file =
        file ? file.path_in(scope.state_directory) : scope.state_directory / default_notices_file;
    if (const Node after = node.optional("absence_after")) {
        const std::size_t problems_before = node.problems().size();
        contact.absence_after = after.duration();
        const bool is_sound = contact.absence_after >= absence_after_min &&
                              contact.absence_after <= absence_after_max;
        if (!is_sound && node.problems().size() == problems_before) {
            after.refuse("from 10m to 6d, such as 3h");
        }
    }
    node.finish();
    return contact;
}

}  // namespace thidua::config
