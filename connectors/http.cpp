// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/http.hpp"

#include "connectors/loop.hpp"
#include "connectors/transfer.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <iterator>
#include <optional>

namespace thidua::connectors {
namespace {

struct FreeShare {
    void operator()(CURLSH* share) const { (void)curl_share_cleanup(share); }
};
using Connections = std::unique_ptr<CURLSH, FreeShare>;

/// A cache of kept connections. No lock: only the loop opens and takes them.
Connections make_connections() {
    Connections connections(curl_share_init());
    check(
        connections != nullptr &&
            curl_share_setopt(connections.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT) ==
                CURLSHE_OK,
        "curl gives a cache of connections"
    );
    return connections;
}

}  // namespace

struct HttpClient::State {
    Line line;  // first, since it starts curl
    HttpLimits limits;
    // A client's own, although curl compares hosts, proxies and certificates before it takes a kept
    // connection: what may be reached is asked only where one is opened (Transfer::open_socket).
    Connections connections = make_connections();
    std::vector<std::unique_ptr<Transfer>> idle;
    std::vector<std::unique_ptr<Transfer>> busy;
    std::optional<Instant> certificate_end;

    explicit State(HttpLimits given) : limits(std::move(given)) {}
    ~State() { drop_all(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    /// Puts a request under way. Errors: Config.
    [[nodiscard]] Result<void> start(const HttpRequest& request, std::size_t index) {
        if (idle.empty()) {
            idle.push_back(std::make_unique<Transfer>(limits, connections.get()));
        }
        if (auto begun = idle.back()->begin(request, index); !begun) {
            return begun;
        }
        busy.push_back(std::move(idle.back()));
        idle.pop_back();
        line.submit(*busy.back());
        return {};
    }

    /// What became of a transfer that has ended, which is idle again.
    [[nodiscard]] Result<HttpAnswer> finish(const Ended& ended) {
        if (const auto end = ended.transfer->certificate_end()) {
            certificate_end = end;
        }
        const auto place = std::ranges::find(busy, ended.transfer, &std::unique_ptr<Transfer>::get);
        check(place != busy.end(), "a finished transfer was busy");
        idle.push_back(std::move(*place));
        busy.erase(place);
        return ended.transfer->finish(ended.code);
    }

    void drop_all() {
        line.drop_all();
        std::ranges::move(busy, std::back_inserter(idle));
        busy.clear();
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
        const auto ended = state.busy.empty() ? std::nullopt : state.line.next(stop);
        if (ended && take(ended->transfer->index(), state.finish(*ended)) == Proceed::Stop) {
            state.drop_all();
            return {};
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
