// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/loop.hpp"

#include "core/result.hpp"

#include <pthread.h>

#include <algorithm>

namespace thidua::connectors {
namespace {

// Of each client, since each has its own (Connections): as many as it may have in flight, and some
// for where its tokens come from.
constexpr long kept_connections_max = 80;

CURLM* make_multi() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    check(started == CURLE_OK, "curl starts");
    CURLM* multi = curl_multi_init();
    check(multi != nullptr, "curl gives a multi handle");
    (void)curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kept_connections_max);
    return multi;
}

}  // namespace

std::shared_ptr<TransferLoop> TransferLoop::of_process() {
    static std::mutex mutex;
    static std::weak_ptr<TransferLoop> current;
    const std::scoped_lock lock(mutex);
    std::shared_ptr<TransferLoop> loop = current.lock();
    if (!loop) {
        loop = std::make_shared<TransferLoop>();
        current = loop;
    }
    return loop;
}

TransferLoop::TransferLoop()
    : multi_(make_multi()), thread_([this](const std::stop_token& stop) { run(stop); }) {}

TransferLoop::~TransferLoop() {
    thread_.request_stop();
    wake();
}

void TransferLoop::run(const std::stop_token& stop) {
    (void)pthread_setname_np(pthread_self(), "transfers");
    while (!stop.stop_requested()) {
        take_in();
        int running = 0;
        check(curl_multi_perform(multi_.get(), &running) == CURLM_OK, "curl works");
        hand_out();
        constexpr int wait_ms = 1000;  // whoever wants something wakes it; this is only a net
        (void)curl_multi_poll(multi_.get(), nullptr, 0, wait_ms, nullptr);
    }
}

/// What clients have submitted and dropped meanwhile.
void TransferLoop::take_in() {
    std::vector<Job> added;
    std::vector<Line*> leaving;
    {
        const std::scoped_lock lock(mutex_);
        added.swap(added_);
        leaving.swap(leaving_);
    }
    for (const Job& job : added) {
        check(
            curl_multi_add_handle(multi_.get(), job.transfer->handle()) == CURLM_OK,
            "curl takes an idle handle"
        );
        under_way_.push_back(job);
    }
    for (const Line* line : leaving) {
        std::erase_if(under_way_, [&](const Job& job) {
            if (job.line == line) {
                (void)curl_multi_remove_handle(multi_.get(), job.transfer->handle());
            }
            return job.line == line;
        });
    }
    const std::scoped_lock lock(mutex_);
    for (Line* line : leaving) {
        line->is_leaving_ = false;
        line->changed_.notify_one();  // under the lock: without it the line might be gone
    }
}

void TransferLoop::hand_out() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        const CURLcode code = message->data.result;  // the message dies with the removal
        CURL* handle = message->easy_handle;
        const auto place = std::ranges::find(under_way_, handle, [](const Job& job) {
            return job.transfer->handle();
        });
        check(place != under_way_.end(), "a transfer that ended was under way");
        const Job job = *place;
        under_way_.erase(place);
        (void)curl_multi_remove_handle(multi_.get(), handle);
        const std::scoped_lock lock(mutex_);
        job.line->ended_.push_back({job.transfer, code});
        job.line->changed_.notify_one();
    }
}

void Line::submit(Transfer& transfer) {
    {
        const std::scoped_lock lock(loop_->mutex_);
        loop_->added_.push_back({&transfer, this});
    }
    ++submitted_;
    loop_->wake();
}

std::optional<Ended> Line::next(const std::stop_token& stop) {
    std::unique_lock lock(loop_->mutex_);
    (void)changed_.wait(lock, stop, [this] { return !ended_.empty(); });
    if (stop.stop_requested()) {
        return std::nullopt;
    }
    const Ended ended = ended_.front();
    ended_.pop_front();
    --submitted_;
    return ended;
}

void Line::drop_all() {
    if (submitted_ == 0) {
        return;
    }
    std::unique_lock lock(loop_->mutex_);
    is_leaving_ = true;
    loop_->leaving_.push_back(this);
    loop_->wake();
    changed_.wait(lock, [this] { return !is_leaving_; });
    ended_.clear();
    submitted_ = 0;
}

}  // namespace thidua::connectors
