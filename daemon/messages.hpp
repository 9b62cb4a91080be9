// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// From an edition to the messages for its recipients, frozen.
#pragma once

#include "config/settings.hpp"
#include "reports/mail.hpp"
#include "store/ledger.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace thidua::daemon {

/// Those of `roster` who get something on `day`.
[[nodiscard]] std::vector<config::Recipient> recipients_on(
    const std::vector<config::Recipient>& roster, Day day
);

/// The mail's parts that are the edition's own documents; their names end in what they are.
[[nodiscard]] reports::MailParts mail_parts_of(const store::Edition& edition);

/// What messages are made of, beside the edition's attachments.
struct MessageParts {
    reports::MailParts mail;
    std::filesystem::path folder;  ///< where the edition is filed, for who gets no attachments
};

/// Renders one message into `edition` for each of `roster` on the day it was made, with the PDF and
/// the workbook as they are filed, and beside it one without them, for a relay that finds it too
/// large. None without a relay. Errors: Config if an address cannot be used.
[[nodiscard]] Result<void> add_messages(
    const config::Settings& settings,
    const std::vector<config::Recipient>& roster,
    store::Edition& edition,
    const MessageParts& parts
);

/// A copy for one address, marked as a trial.
[[nodiscard]] Result<std::string> trial_message(
    const config::Smtp& smtp, const store::Edition& edition, const std::string& address
);

}  // namespace thidua::daemon
