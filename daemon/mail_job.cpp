// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/mail_job.hpp"

#include "core/file.hpp"
#include "daemon/edition_files.hpp"
#include "delivery/message.hpp"
#include "delivery/smtp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace thidua::daemon {
namespace {

constexpr std::size_t attachment_name_max = 60;  // what delivery/ takes

/// A long campaign id is cut at its front: what tells documents apart is at the end.
std::string attachment_name(const std::string& file_name) {
    const std::size_t cut = file_name.size() - std::min(file_name.size(), attachment_name_max);
    std::string name = file_name.substr(cut);
    name.erase(0, std::min(name.find_first_not_of("._-"), name.size()));
    return name;
}

/// What goes with the mail: the same bytes as are filed.
std::vector<delivery::Attachment> attachments_of(const store::Edition& edition) {
    constexpr std::pair<std::string_view, const char*> types[] = {
        {".pdf", "application/pdf"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    };
    std::vector<delivery::Attachment> attachments;
    for (const store::EditionDocument& document : edition.documents) {
        const bool is_annex = document.file_name.contains(annex_suffix);
        for (const auto& [ending, type] : types) {
            if (!is_annex && document.file_name.ends_with(ending)) {
                attachments.push_back({attachment_name(document.file_name), type, document.bytes});
            }
        }
    }
    return attachments;
}

/// Those that the edition's page shows, for mail clients.
std::vector<delivery::Picture> pictures_of(const store::Edition& edition) {
    std::vector<delivery::Picture> pictures;
    for (const store::EditionDocument& document : edition.documents) {
        if (document.file_name.ends_with(".png")) {
            pictures.push_back({reports::content_id(pictures.size()), "image/png", document.bytes});
        }
    }
    return pictures;
}

delivery::Message make_message(
    const config::Smtp& smtp,
    const delivery::Mailbox& to,
    const store::Edition& edition,
    const reports::MailParts& parts
) {
    const std::string_view from = smtp.from;
    delivery::Message message;
    message.from = {smtp.from_name, smtp.from};
    message.to = to;
    message.subject = parts.subject;
    message.message_id =
        delivery::message_id(edition.id, to.address, from.substr(from.find('@') + 1));
    message.date = edition.created_at;
    message.text = parts.text;
    message.html = reports::with_attached_pictures(parts.html);
    message.pictures = pictures_of(edition);
    message.attachments = attachments_of(edition);
    return message;
}

/// The mail's parts are the edition's documents; their names end in what they are.
reports::MailParts mail_parts_of(const store::Edition& edition) {
    reports::MailParts parts;
    parts.subject = edition.subject;
    for (const store::EditionDocument& document : edition.documents) {
        // The first: an annex comes behind what it belongs to.
        if (document.file_name.ends_with(".html") && parts.html.empty()) {
            parts.html = document.bytes;
        } else if (document.file_name.ends_with(".txt")) {
            parts.text = document.bytes;
        }
    }
    return parts;
}

Result<delivery::Relay> make_relay(const config::Smtp& smtp) {
    delivery::Relay relay;
    relay.host = smtp.host;
    relay.port = smtp.port;
    relay.hello = smtp.hello;
    relay.require_tls = smtp.require_tls;
    relay.tls_from_start = smtp.tls_from_start;
    relay.username = smtp.auth_username;
    relay.ca_file = smtp.ca_file;
    relay.timeout = smtp.timeout;
    if (!smtp.auth_password_file.empty()) {
        auto password = read_secret(smtp.auth_password_file);
        if (!password) {
            return failed("smtp.auth_password_file", password.error());
        }
        relay.password = *std::move(password);
    }
    return relay;
}

/// A digest may come twice rather than never: same bytes, same Message-ID. But not for days, one
/// copy after another, from a relay that takes each and cuts off before it says so.
constexpr int replays_max = 5;

/// When to try again after `attempts`: 5 minutes, doubling, at most 4 hours.
Instant next_attempt(Instant now, int attempts) {
    constexpr std::chrono::minutes first{5};
    constexpr std::chrono::minutes longest{240};
    const int doublings = std::clamp(attempts - 1, 0, 6);
    return now + std::min(first * (1 << doublings), longest);
}

store::DeliveryEnd end_of(
    const delivery::Outcome& outcome,
    const store::Delivery& due,
    const config::Smtp& smtp,
    Instant now
) {
    const int attempts = due.attempts + 1;
    bool is_worth_another = attempts < smtp.max_attempts;
    store::DeliveryEnd end;
    end.reply_code = outcome.reply_code;
    end.reply = outcome.reply;
    switch (outcome.state) {
        case delivery::Outcome::State::Sent:
            end.state = "sent";
            return end;
        case delivery::Outcome::State::Refused:
            end.state = "refused";
            return end;
        case delivery::Outcome::State::Deferred:
            end.state = "deferred";
            break;
        case delivery::Outcome::State::Unknown:
            end.state = "unknown";
            is_worth_another = is_worth_another && !is_held(due.edition) &&
                               (due.state != "unknown" || attempts < replays_max);
            break;
    }
    if (is_worth_another) {
        end.next_at = next_attempt(now, attempts);
    } else if (end.state == "deferred") {
        end.state = "refused";
        end.reply = fmt::format("given up after {} attempts: {}", attempts, outcome.reply);
    }
    return end;
}

void count_outcome(DeliveryReport& report, const store::DeliveryEnd& end) {
    report.sent += end.state == "sent" ? 1 : 0;
    report.deferred += end.state == "deferred" ? 1 : 0;
    report.refused += end.state == "refused" ? 1 : 0;
    report.unknown += end.state == "unknown" ? 1 : 0;
    if (end.state != "sent") {
        report.last_reply =
            end.reply_code > 0 ? fmt::format("{} {}", end.reply_code, end.reply) : end.reply;
    }
}

/// What a crash or a cut left in the air: it is for a person to find out whether it arrived.
Result<void> hold(const Service& service, const store::Delivery& due, DeliveryReport& report) {
    store::DeliveryEnd end;
    end.state = "unknown";
    end.reply = "interrupted while it was handed over; held until a person decides";
    count_outcome(report, end);
    return service.store.call([&](store::Store& store) { return store.record_outcome(due, end); });
}

Result<void> deliver_one(
    const Service& service,
    const delivery::Relay& relay,
    const store::Delivery& due,
    DeliveryReport& report
) {
    if (due.state == "attempting" && is_held(due.edition)) {
        return hold(service, due, report);
    }
    const auto bytes = service.store.call([&](store::Store& store) -> Result<std::string> {
        // The attempt is on file before the first byte goes out (reliability: the ledger's states).
        if (auto recorded = store.record_attempt(due, service.clock.now()); !recorded) {
            return std::unexpected(recorded.error());
        }
        return store.artefact(due.sha256);
    });
    if (!bytes) {
        return failed("deliver " + due.edition + " to " + due.recipient, bytes.error());
    }
    const config::Smtp& smtp = *service.settings.smtp;
    const delivery::Outcome outcome =
        delivery::send(relay, smtp.from, due.address, *bytes, service.stop);
    const store::DeliveryEnd end = end_of(outcome, due, smtp, service.clock.now());
    count_outcome(report, end);
    service.progressed();
    return service.store.call([&](store::Store& store) { return store.record_outcome(due, end); });
}

}  // namespace

bool is_held(std::string_view edition) {
    return is_for_council(edition);
}

Result<void> add_messages(
    const config::Settings& settings,
    const std::vector<config::Recipient>& recipients,
    store::Edition& edition
) {
    return add_messages(settings, recipients, edition, mail_parts_of(edition));
}

Result<void> add_messages(
    const config::Settings& settings,
    const std::vector<config::Recipient>& recipients,
    store::Edition& edition,
    const reports::MailParts& parts
) {
    if (!settings.smtp) {
        return {};
    }
    for (const config::Recipient& recipient : recipients) {
        const auto message =
            make_message(*settings.smtp, {recipient.name, recipient.address}, edition, parts);
        auto bytes = delivery::build_message(message);
        if (!bytes) {
            return failed("message for " + recipient.id, bytes.error());
        }
        edition.messages.push_back(
            {recipient.id, recipient.address, message.message_id, *std::move(bytes)}
        );
    }
    return {};
}

std::string describe(const DeliveryReport& report) {
    return fmt::format(
        "{} sent, {} deferred, {} refused, {} unknown",
        report.sent,
        report.deferred,
        report.refused,
        report.unknown
    );
}

Result<DeliveryReport> deliver_due(const Service& service) {
    DeliveryReport report;
    if (!service.settings.smtp) {
        return report;
    }
    const auto due = service.store.call([&](store::Store& store) {
        return store.due_deliveries(service.clock.now());
    });
    if (!due) {
        return std::unexpected(due.error());
    }
    if (due->empty()) {
        return report;
    }
    const auto relay = make_relay(*service.settings.smtp);
    if (!relay) {
        return std::unexpected(relay.error());
    }
    for (const store::Delivery& one : *due) {
        if (service.stop.stop_requested()) {
            break;
        }
        if (auto delivered = deliver_one(service, *relay, one, report); !delivered) {
            return std::unexpected(delivered.error());
        }
    }
    return report;
}

Result<std::string> send_trial(
    const Service& service, const store::Edition& edition, const std::string& address
) {
    if (!service.settings.smtp) {
        return fail(ErrorKind::Config, service.settings.file.string() + ": smtp: not configured");
    }
    if (!delivery::is_safe_address(address)) {
        return fail(ErrorKind::Usage, "--to: '" + address + "' is not one mail address");
    }
    const config::Smtp& smtp = *service.settings.smtp;
    reports::MailParts parts = mail_parts_of(edition);
    parts.subject = "[GỬI THỬ] " + parts.subject;
    store::Edition trial = edition;
    trial.id = "trial/" + edition.id;
    const auto bytes = delivery::build_message(make_message(smtp, {"", address}, trial, parts));
    const auto relay = make_relay(smtp);
    if (!bytes || !relay) {
        return std::unexpected(bytes ? relay.error() : bytes.error());
    }
    const auto outcome = delivery::send(*relay, smtp.from, address, *bytes, service.stop);
    if (outcome.state != delivery::Outcome::State::Sent) {
        return fail(
            ErrorKind::Transient,
            fmt::format("the relay {}:{} did not take it: {}", smtp.host, smtp.port, outcome.reply)
        );
    }
    return outcome.reply;
}

}  // namespace thidua::daemon
