// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// From an edition to its recipients: frozen messages, the ledger, the relay.
#pragma once

#include "daemon/service.hpp"
#include "store/ledger.hpp"

#include <string>

namespace thidua::daemon {

/// Renders one message per recipient into `edition`, from its own documents.
/// Errors: Config if an address cannot be used.
[[nodiscard]] Result<void> add_messages(const config::Settings& settings, store::Edition& edition);

/// What a round of deliveries did.
struct DeliveryReport {
    int sent = 0;
    int deferred = 0;
    int refused = 0;
    int unknown = 0;
    std::string last_reply;  ///< of the last message that was not sent
};

/// Hands over every message that is due, one transaction and one ledger row per recipient. One
/// recipient's trouble is not another's.
[[nodiscard]] Result<DeliveryReport> deliver_due(const Service& service);

/// Sends a copy to one address, outside the ledger: for looking at, marked as a trial.
[[nodiscard]] Result<std::string> send_trial(
    const Service& service, const store::Edition& edition, const std::string& address
);

}  // namespace thidua::daemon
