// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The one thread on which all transfers of the process run. A pull hands its transfers over and
// waits for what became of them, so it stays a function that is read from top to bottom.
#pragma once

#include "connectors/transfer.hpp"

#include <curl/curl.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

namespace thidua::connectors {

class Line;

/// A transfer that has ended and is its client's again, and what curl said of it.
struct Ended {
    Transfer* transfer;
    CURLcode code;
};

/// The thread. It never waits for a client, and answers are read elsewhere, so nobody's slowness
/// is another's.
class TransferLoop {
  public:
    /// The process's loop: it begins with the first that asks for it, and ends with the last that
    /// holds it.
    [[nodiscard]] static std::shared_ptr<TransferLoop> of_process();

    TransferLoop();
    TransferLoop(const TransferLoop&) = delete;
    TransferLoop& operator=(const TransferLoop&) = delete;
    ~TransferLoop();

  private:
    friend class Line;

    struct FreeMulti {
        void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
    };
    struct Job {
        Transfer* transfer;
        Line* line;
    };

    void run(const std::stop_token& stop);
    void take_in();
    void hand_out();
    void wake() { (void)curl_multi_wakeup(multi_.get()); }

    std::unique_ptr<CURLM, FreeMulti> multi_;
    std::vector<Job> under_way_;  // only the thread's
    std::mutex mutex_;            // of the following, and of what Line says
    std::vector<Job> added_;
    std::vector<Line*> leaving_;
    std::jthread thread_;  // last: it uses the others
};

/// One client's transfers on the loop. Used by one thread; its address must not change.
class Line {
  public:
    Line() : loop_(TransferLoop::of_process()) {}
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line() { drop_all(); }

    /// Puts a transfer under way that has begun. It and its request are the loop's until it has
    /// ended or was dropped.
    void submit(Transfer& transfer);

    /// Waits for the next that ends; nothing once `stop` is requested.
    [[nodiscard]] std::optional<Ended> next(const std::stop_token& stop);

    /// Takes back whatever is under way; others' transfers go on.
    void drop_all();

  private:
    friend class TransferLoop;

    std::shared_ptr<TransferLoop> loop_;
    std::size_t submitted_ = 0;  // and not taken back
    // Guarded by the loop's mutex:
    std::deque<Ended> ended_;
    bool is_leaving_ = false;
    std::condition_variable_any changed_;
};

}  // namespace thidua::connectors
