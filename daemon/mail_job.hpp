// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// From an edition to its recipients: frozen messages, the ledger, the relay.
#pragma once

#include "daemon/service.hpp"
#include "reports/mail.hpp"
#include "store/ledger.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// Renders one message per recipient into `edition`, from its own documents, with the PDF and the
/// workbook as they are filed; none without a relay.
/// Errors: Config if an address cannot be used.
[[nodiscard]] Result<void> add_messages(
    const config::Settings& settings,
    const std::vector<config::Recipient>& recipients,
    store::Edition& edition
);
/// The same with other words than the documents'.
[[nodiscard]] Result<void> add_messages(
    const config::Settings& settings,
    const std::vector<config::Recipient>& recipients,
    store::Edition& edition,
    const reports::MailParts& parts
);

/// Whether a message of this edition that may or may not have arrived is held until a person
/// decides: a report on awards never comes twice. A digest is sent again, with the same bytes.
[[nodiscard]] bool is_held(std::string_view edition);

/// What a round of deliveries did.
struct DeliveryReport {
    int sent = 0;
    int deferred = 0;
    int refused = 0;
    int unknown = 0;
    std::string last_reply;  ///< of the last message that was not sent
};

/// "2 sent, 1 deferred, 0 refused, 0 unknown"
[[nodiscard]] std::string describe(const DeliveryReport& report);

/// Hands over every message that is due, one transaction and one ledger row per recipient. One
/// recipient's trouble is not another's.
[[nodiscard]] Result<DeliveryReport> deliver_due(const Service& service);

/// Sends a copy to one address, outside the ledger: for looking at, marked as a trial.
[[nodiscard]] Result<std::string> send_trial(
    const Service& service, const store::Edition& edition, const std::string& address
);

}  // namespace thidua::daemon
