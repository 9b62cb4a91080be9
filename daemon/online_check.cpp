// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/online_check.hpp"

#include "connectors/connector.hpp"
#include "daemon/relay.hpp"
#include "delivery/message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace thidua::daemon {
namespace {

using std::chrono::milliseconds;

/// An answer takes seconds; whoever waits for this sits before a terminal.
constexpr milliseconds answer_timeout{15'000};

/// No such payment, dossier or procedure: a source says that it does not know it.
constexpr const char* unknown_item = "0";

std::string remedy_for(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::Transient:
            return "check base_url, name resolution, firewall and proxy; then try again";
        case ErrorKind::Auth:
            return "check the credentials, and that the source's owner has enabled them";
        case ErrorKind::Contract:
        case ErrorKind::Data:
            return "compare preset and parameters with what the source answers: thidua pull "
                   "NAME --dry-run";
        case ErrorKind::Config:
        case ErrorKind::Usage:
            return "correct the configuration, or the file that it names";
        case ErrorKind::Io:
            return "check the files that it names";
        case ErrorKind::Stopped:
            return "try again";
    }
    return "";
}

/// The same source, asked once and not waited for.
SourceDescription hurried(SourceDescription source) {
    source.retry.max_attempts = 1;
    source.timeout = std::min(source.timeout, answer_timeout);
    source.retry.deadline = source.timeout;
    return source;
}

OnlineAnswer ask_source(const SourceDescription& source, const Clock& clock, std::stop_token stop) {
    OnlineAnswer reached{
        .what = "sources." + source.name, .is_reached = false, .said = {}, .remedy = {}};
    if (source.slicing.type == Slicing::Type::File) {
        reached.is_reached = true;
        reached.said = "files that people hand over: nothing is asked";
        return reached;
    }
    std::stop_source enough;
    const std::stop_callback ended(stop, [&] { enough.request_stop(); });
    connectors::Environment environment{
        .now = [&clock] { return clock.now(); },
        .wait = [](milliseconds) {},
        .stop = enough.get_token()};
    environment.on_exchange = [&](const connectors::Exchange& exchange) {
        reached.is_reached = true;
        reached.said = fmt::format("answered {} ({} bytes)", exchange.status, exchange.bytes);
        enough.request_stop();  // one answer shows what there is to see
    };
    auto connector = connectors::Connector::create(hurried(source), std::move(environment));
    const Day today = day_of(clock.now());
    const auto asked = !connector ? std::unexpected(connector.error())
                       : source.slicing.type == Slicing::Type::Lookup
                           ? connector->look_up(std::array{std::string(unknown_item)})
                           : connector->gather({today, today});
    if (!reached.is_reached && asked) {
        reached.is_reached = true;
        reached.said = "answered";
    } else if (!reached.is_reached) {
        reached.said = asked.error().message;
        reached.remedy = remedy_for(asked.error().kind);
    }
    return reached;
}

std::string remedy_for_relay(const delivery::Outcome& outcome) {
    if (outcome.reply_code == 0) {
        return "check the relay's name, port, firewall and certificate (tls)";
    }
    return "check the credentials and what the relay lets this machine do";
}

OnlineAnswer reached_of(std::string what, const delivery::Outcome& outcome, std::string_view done) {
    OnlineAnswer reached{.what = std::move(what), .is_reached = false, .said = {}, .remedy = {}};
    reached.is_reached = outcome.state == delivery::Outcome::State::Sent;
    reached.said = fmt::format(
        "{}{}{}", reached.is_reached ? done : "", reached.is_reached ? ": " : "", outcome.reply
    );
    reached.remedy = reached.is_reached ? "" : remedy_for_relay(outcome);
    return reached;
}

Result<delivery::Relay> hurried_relay(const config::Smtp& smtp, const std::string& section) {
    auto relay = make_relay(smtp, section);
    if (relay) {
        relay->timeout = std::min(relay->timeout, answer_timeout);
    }
    return relay;
}

OnlineAnswer greet_relay(
    const config::Smtp& smtp, const std::string& section, std::stop_token stop
) {
    const auto relay = hurried_relay(smtp, section);
    return relay ? reached_of(
                       section,
                       delivery::greet(*relay, std::move(stop)),
                       smtp.auth_username.empty() ? "greeted" : "credentials accepted"
                   )
                 : OnlineAnswer{
                       section, false, relay.error().message, remedy_for(relay.error().kind)};
}

OnlineAnswer send_test_message(
    const config::Smtp& smtp, const std::string& to, Instant now, std::stop_token stop
) {
    const std::string what = "smtp, a message to " + to;
    const auto relay = hurried_relay(smtp, "smtp");
    delivery::Message message;
    message.from = {smtp.from_name, smtp.from};
    message.to = {"", to};
    message.subject = "[GỬI THỬ] thidua: kiểm tra gửi thư";
    message.message_id =
        delivery::message_id("test/" + to_text(now), to, smtp.from.substr(smtp.from.find('@') + 1));
    message.date = now;
    message.text =
        "Thư này được gửi thử bằng lệnh thidua validate --online --mail-to để kiểm tra cấu hình "
        "gửi thư.\nKhông cần trả lời.\n";
    const auto built = delivery::build_message(message);
    if (!relay || !built) {
        const Error& error = relay ? built.error() : relay.error();
        return {what, false, error.message, remedy_for(error.kind)};
    }
    return reached_of(
        what, delivery::send(*relay, smtp.from, to, *built, std::move(stop)), "accepted"
    );
}

}  // namespace

std::vector<OnlineAnswer> check_online(
    const config::Settings& settings,
    const std::string& mail_to,
    const Clock& clock,
    std::stop_token stop
) {
    std::vector<OnlineAnswer> all;
    for (const config::SourceSettings& source : settings.sources) {
        all.push_back(ask_source(source.description, clock, stop));
    }
    if (settings.smtp) {
        all.push_back(greet_relay(*settings.smtp, "smtp", stop));
    }
    if (settings.operator_contact.smtp) {
        all.push_back(greet_relay(*settings.operator_contact.smtp, "operator.smtp", stop));
    }
    if (!mail_to.empty() && settings.smtp) {
        all.push_back(send_test_message(*settings.smtp, mail_to, clock.now(), stop));
    } else if (!mail_to.empty()) {
        all.push_back({"smtp", false, "there is no \"smtp:\" to send by", "add smtp:"});
    }
    return all;
}

}  // namespace thidua::daemon
