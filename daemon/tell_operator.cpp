// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/tell_operator.hpp"

#include "core/descriptor.hpp"
#include "core/file.hpp"
#include "core/text.hpp"
#include "daemon/notice_words.hpp"
#include "daemon/relay.hpp"
#include "daemon/webhook.hpp"
#include "delivery/message.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace thidua::daemon {
namespace {

Result<std::string> message_for(
    const config::Smtp& smtp,
    const config::Recipient& recipient,
    std::span<const Telling> tellings,
    Instant now
) {
    const std::string_view from = smtp.from;
    delivery::Message message;
    message.from = {smtp.from_name, smtp.from};
    message.to = {recipient.name, recipient.address};
    message.subject = excerpt(subject_of(tellings), 200);
    message.message_id = delivery::message_id(
        "notice/" + tellings.front().notice.key + "/" + to_text(now),
        recipient.address,
        from.substr(from.find('@') + 1)
    );
    message.date = now;
    message.text = text_of(tellings);
    return delivery::build_message(message);
}

/// One that is reached is enough: the others are told of in the error.
Result<void> tell_relay(
    const config::OperatorContact& contact,
    std::span<const Telling> tellings,
    Instant now,
    const std::stop_token& stop
) {
    const auto relay = make_relay(*contact.smtp, "operator.smtp");
    if (!relay) {
        return std::unexpected(relay.error());
    }
    bool is_any_reached = false;
    Error last{ErrorKind::Transient, "nobody is named"};
    for (const config::Recipient& recipient : contact.recipients) {
        if (!holds(recipient.days, day_of(now))) {
            continue;
        }
        const auto message = message_for(*contact.smtp, recipient, tellings, now);
        if (!message) {
            last = message.error();
            continue;
        }
        const auto outcome =
            delivery::send(*relay, contact.smtp->from, recipient.address, *message, stop);
        if (outcome.state == delivery::Outcome::State::Sent) {
            is_any_reached = true;
        } else {
            last.message = recipient.id + ": " + outcome.reply;
        }
    }
    return is_any_reached ? Result<void>{} : failed("second relay", last);
}

void note(Reached& reached, std::string_view way, const Result<void>& told) {
    std::string& words = told ? reached.by : reached.words;
    words += words.empty() ? "" : told ? ", " : "; ";
    words += told ? std::string(way) : told.error().message;
    reached.is_reached = reached.is_reached || told.has_value();
}

}  // namespace

Result<void> add_to_notices_file(
    const config::OperatorContact& contact, std::span<const std::string> lines, Instant now
) {
    std::string text;
    for (const std::string& line : lines) {
        text += to_text(now) + ' ' + one_line(line) + '\n';
    }
    const Descriptor file(
        ::open(contact.file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640)
    );
    // One write: two that write at a time do not mix their lines.
    const bool is_written =
        file.number() >= 0 &&
        ::write(file.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (!is_written) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "operator.file {}: {}",
                contact.file.string(),
                std::generic_category().message(errno)
            )
        );
    }
    return {};
}

Reached tell_operator(
    const config::OperatorContact& contact,
    std::span<const Telling> tellings,
    Ways ways,
    Instant now,
    const std::stop_token& stop
) {
    Reached reached;
    const bool has_webhook = !contact.webhook_url_file.empty();
    if (!has_webhook && !contact.smtp) {
        return {true, "file", ""};
    }
    if (has_webhook) {
        const SecretAddress webhook{
            "operator.webhook_url_file", contact.webhook_url_file, contact.ca_file};
        note(reached, "webhook", post_json(webhook, webhook_json(tellings), stop));
    }
    if (contact.smtp && (ways == Ways::All || !reached.is_reached)) {
        note(reached, "relay", tell_relay(contact, tellings, now, stop));
    }
    return reached;
}

}  // namespace thidua::daemon
