// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/mail_job.hpp"

#include "daemon/edition_files.hpp"
#include "daemon/messages.hpp"
#include "daemon/relay.hpp"
#include "delivery/message.hpp"
#include "delivery/smtp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace thidua::daemon {
namespace {

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

/// RFC 5321, 4.2.3, and RFC 1870: more than the relay, or the mailbox, takes.
bool is_too_large(const delivery::Outcome& outcome) {
    return outcome.state == delivery::Outcome::State::Refused && outcome.reply_code == 552;
}

store::DeliveryEnd delivery_end(
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
    if (is_too_large(outcome) && due.can_go_light) {
        end.state = "deferred";
        end.next_at = now;
        end.goes_light = true;
        return end;
    }
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
    const bool is_writer =
        service.store.call([](const store::Store& store) { return store.is_lease_fresh(); });
    if (!is_writer) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "deliver {} to {}: not sent: the server has not heard of this process for a while, "
                "so another may be sending it",
                due.edition,
                due.recipient
            )
        );
    }
    const config::Smtp& smtp = *service.settings.smtp;
    const delivery::Outcome outcome =
        delivery::send(relay, smtp.from, due.address, *bytes, service.stop);
    const store::DeliveryEnd end = delivery_end(outcome, due, smtp, service.clock.now());
    count_outcome(report, end);
    service.progressed();
    return service.store.call([&](store::Store& store) { return store.record_outcome(due, end); });
}

std::string key_of(const store::Delivery& delivery) {
    return delivery.edition + "/" + delivery.recipient;
}

void add_to(DeliveryReport& sum, const DeliveryReport& part) {
    sum.sent += part.sent;
    sum.deferred += part.deferred;
    sum.refused += part.refused;
    sum.unknown += part.unknown;
    sum.last_reply = part.last_reply.empty() ? sum.last_reply : part.last_reply;
}

}  // namespace

bool is_held(std::string_view edition) {
    return is_for_council(edition);
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

MailPool::~MailPool() {
    (void)take_all();
}

Result<void> MailPool::begin() {
    if (!service_.settings.smtp) {
        return {};
    }
    auto due = service_.store.call([&](store::Store& store) {
        return store.due_deliveries(service_.clock.now());
    });
    if (!due || due->empty()) {
        return due ? Result<void>{} : std::unexpected(due.error());
    }
    const auto relay = make_relay(*service_.settings.smtp);
    if (!relay) {
        return std::unexpected(relay.error());
    }
    const std::scoped_lock lock(mutex_);
    for (store::Delivery& each : *due) {
        if (service_.mail_in_hand->take(key_of(each))) {
            waiting_.push_back(std::move(each));
            ++in_hand_;
        }
    }
    // As many as there are messages in hand: one that takes its time does not keep another waiting.
    const auto wanted = std::min(in_hand_.load(), service_.settings.smtp->connections);
    while (working_ < wanted) {
        ++working_;
        threads_.emplace_back([this, relay = *relay] { work(relay); });
    }
    return {};
}

/// One connection after another, until there is nothing left to hand over.
void MailPool::work(const delivery::Relay& relay) {
    std::unique_lock lock(mutex_);
    while (!waiting_.empty()) {
        const store::Delivery due = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        DeliveryReport part;
        Result<void> delivered;
        if (!service_.stop.stop_requested()) {
            delivered = deliver_one(service_, relay, due, part);
        }
        service_.mail_in_hand->give_back(key_of(due));
        lock.lock();
        add_to(report_, part);
        if (!delivered && !report_.error) {
            report_.error = delivered.error();
        }
        --in_hand_;
    }
    --working_;
    ended_.notify_all();
}

bool MailPool::is_busy() const {
    return in_hand_ > 0;
}

DeliveryReport MailPool::take_done() {
    const std::scoped_lock lock(mutex_);
    if (working_ == 0) {
        threads_.clear();
    }
    return std::exchange(report_, {});
}

DeliveryReport MailPool::take_all() {
    {
        std::unique_lock lock(mutex_);
        ended_.wait(lock, [this] { return working_ == 0; });
    }
    return take_done();
}

Result<DeliveryReport> deliver_due(const Service& service) {
    MailPool pool(service);
    if (auto begun = pool.begin(); !begun) {
        return std::unexpected(begun.error());
    }
    DeliveryReport report = pool.take_all();
    if (report.error) {
        return std::unexpected(*report.error);
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
    const auto bytes = trial_message(smtp, edition, address);
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
