// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// From the ledger to the relay: what is due is handed over, one transaction per recipient.
#pragma once

#include "daemon/service.hpp"
#include "delivery/smtp.hpp"
#include "store/ledger.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace thidua::daemon {

/// Whether a message of this edition that may or may not have arrived is held until a person
/// decides: a report on awards never comes twice. A digest is sent again, with the same bytes.
[[nodiscard]] bool is_held(std::string_view edition);

/// What deliveries came to.
struct DeliveryReport {
    int sent = 0;
    int deferred = 0;
    int refused = 0;
    int unknown = 0;
    std::string last_reply;      ///< of the last message that was not sent
    std::optional<Error> error;  ///< the first that is no relay's answer: of the store
};

/// "2 sent, 1 deferred, 0 refused, 0 unknown"
[[nodiscard]] std::string describe(const DeliveryReport& report);

/// Messages under way, a few at a time, each in a transaction of its own and with a ledger row of
/// its own: one recipient's trouble is not another's, and one slow transaction holds up nobody
/// else. Used by one thread; it waits for those under way before it goes.
class MailPool {
  public:
    explicit MailPool(const Service& service) : service_(service) {}
    MailPool(const MailPool&) = delete;
    MailPool& operator=(const MailPool&) = delete;
    ~MailPool();

    /// Begins to hand over everything that is due and that nobody has in hand.
    [[nodiscard]] Result<void> begin();
    /// Also for other threads.
    [[nodiscard]] bool is_busy() const;
    /// What those came to that are done since the last time.
    [[nodiscard]] DeliveryReport take_done();
    /// The same, of all, once they are done.
    [[nodiscard]] DeliveryReport take_all();

  private:
    void work(const delivery::Relay& relay);

    const Service& service_;
    std::mutex mutex_;
    std::condition_variable ended_;
    std::deque<store::Delivery> waiting_;
    int working_ = 0;              ///< threads
    std::atomic<int> in_hand_{0};  ///< messages that wait or are under way
    DeliveryReport report_;
    std::vector<std::jthread> threads_;  // last: they use the others
};

/// Hands over every message that is due and waits for it.
[[nodiscard]] Result<DeliveryReport> deliver_due(const Service& service);

/// Sends a copy to one address, outside the ledger: for looking at, marked as a trial.
[[nodiscard]] Result<std::string> send_trial(
    const Service& service, const store::Edition& edition, const std::string& address
);

}  // namespace thidua::daemon
