// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/http.hpp"

#include "connectors/transfer.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <optional>

namespace thidua::connectors {
namespace {

struct FreeMulti {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

void start_curl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    check(started == CURLE_OK, "curl starts");
}

}  // namespace

struct HttpClient::State {
    HttpLimits limits;
    std::vector<std::unique_ptr<Transfer>> idle;
    std::vector<std::unique_ptr<Transfer>> busy;
    std::optional<Instant> certificate_end;
    std::unique_ptr<CURLM, FreeMulti> multi;  // goes before the transfers it knows

    explicit State(HttpLimits given) : limits(std::move(given)) {
        start_curl();
        multi.reset(curl_multi_init());
        check(multi != nullptr, "curl gives a multi handle");
    }

    ~State() { drop_all(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    /// Puts a request under way. Errors: Config.
    [[nodiscard]] Result<void> start(const HttpRequest& request, std::size_t index) {
        if (idle.empty()) {
            idle.push_back(std::make_unique<Transfer>(limits));
        }
        if (auto begun = idle.back()->begin(request, index); !begun) {
            return begun;
        }
        check(
            curl_multi_add_handle(multi.get(), idle.back()->handle()) == CURLM_OK,
            "curl takes an idle handle"
        );
        busy.push_back(std::move(idle.back()));
        idle.pop_back();
        return {};
    }

    void retire(const Transfer* transfer) {
        const auto place = std::ranges::find(busy, transfer, &std::unique_ptr<Transfer>::get);
        check(place != busy.end(), "a finished transfer was busy");
        (void)curl_multi_remove_handle(multi.get(), transfer->handle());
        idle.push_back(std::move(*place));
        busy.erase(place);
    }

    void drop_all() {
        while (!busy.empty()) {
            retire(busy.back().get());
        }
    }

    /// A transfer that is done and no longer busy: its index and what became of it.
    [[nodiscard]] std::optional<std::pair<std::size_t, Result<HttpAnswer>>> next_done() {
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
            if (message->msg != CURLMSG_DONE) {
                continue;
            }
            const CURLcode code = message->data.result;  // the message dies with the removal
            Transfer* transfer = nullptr;
            (void)curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
            if (const auto end = transfer->certificate_end()) {
                certificate_end = end;
            }
            std::pair done{transfer->index(), transfer->finish(code)};
            retire(transfer);
            return done;
        }
        return std::nullopt;
    }

    /// Lets curl work, and waits until it can go on.
    void advance() {
        int running = 0;
        check(curl_multi_perform(multi.get(), &running) == CURLM_OK, "curl works");
        if (running == static_cast<int>(busy.size()) && running > 0) {
            constexpr int wait_ms = 1000;  // a stop wakes it; this is only a net
            (void)curl_multi_poll(multi.get(), nullptr, 0, wait_ms, nullptr);
        }
    }
};

HttpClient::HttpClient(HttpLimits limits) : state_(std::make_unique<State>(std::move(limits))) {}
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

Result<void> HttpClient::perform_all(
    std::span<const HttpRequest> requests,
    int in_flight,
    const std::stop_token& stop,
    const Take& take
) {
    State& state = *state_;
    const std::stop_callback wake(stop, [&] { (void)curl_multi_wakeup(state.multi.get()); });
    const auto limit = static_cast<std::size_t>(std::max(in_flight, 1));
    std::size_t next = 0;
    while (next < requests.size() || !state.busy.empty()) {
        if (stop.stop_requested()) {
            state.drop_all();
            return fail(ErrorKind::Stopped, "asked to stop");
        }
        while (next < requests.size() && state.busy.size() < limit) {
            const std::size_t index = next++;
            auto started = state.start(requests[index], index);
            if (!started && take(index, std::unexpected(started.error())) == Proceed::Stop) {
                state.drop_all();
                return {};
            }
        }
        state.advance();
        while (auto done = state.next_done()) {
            if (take(done->first, std::move(done->second)) == Proceed::Stop) {
                state.drop_all();
                return {};
            }
        }
    }
    return {};
}

std::optional<Instant> HttpClient::certificate_end() const {
    return state_->certificate_end;
}

Result<HttpAnswer> HttpClient::perform(const HttpRequest& request, const std::stop_token& stop) {
    std::optional<Result<HttpAnswer>> given;
    const auto done = perform_all({&request, 1}, 1, stop, [&](std::size_t, auto answer) {
        given = std::move(answer);
        return Proceed::GoOn;
    });
    if (!done) {
        return std::unexpected(done.error());
    }
    return *std::move(given);
}

}  // namespace thidua::connectors
