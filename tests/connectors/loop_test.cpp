// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Many clients on one loop: what one of them does or suffers is nobody else's matter.
#include "connectors/http.hpp"
#include "tests/connectors/names.hpp"
#include "tests/support/http_peer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <latch>
#include <stop_token>
#include <string>
#include <vector>

namespace thidua::connectors {
namespace {

using namespace std::chrono_literals;
using test::HttpPeer;
using test::PeerReply;
using test::PeerRequest;
using Manner = PeerReply::Manner;
using Outcome = std::future<Result<HttpAnswer>>;

HttpRequest get_of(const std::string& url) {
    return {.method = "GET", .url = url, .headers = {}, .body = {}};
}

/// A question that a client of its own asks on a thread of its own.
Outcome ask_aside(const std::string& url, const std::stop_token& stop = {}) {
    return std::async(std::launch::async, [url, stop] {
        HttpClient client({});
        return client.perform(get_of(url), stop);
    });
}

bool is_pending(const Outcome& outcome) {
    return outcome.wait_for(0s) == std::future_status::timeout;
}

bool is_stopped(Outcome& outcome) {
    const auto answer = outcome.get();
    return !answer && answer.error().kind == ErrorKind::Stopped;
}

/// How many threads of this process run transfers.
int loops() {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream file(entry.path() / "comm");
        std::string name;
        count += std::getline(file, name) && name == "transfers" ? 1 : 0;
    }
    return count;
}

PeerReply silence() {
    PeerReply reply;
    reply.manner = Manner::Silent;
    return reply;
}

TEST(Loop, OneThreadServesAHundredClientsAtOnce) {
    constexpr std::size_t clients = 100;
    const HttpPeer* itself = nullptr;
    int loops_seen = 0;
    const HttpPeer peer([&](const PeerRequest&) {
        EXPECT_TRUE(itself->wait_for(clients)) << "all of them, before the first is answered";
        loops_seen = std::max(loops_seen, loops());
        return test::json("{}");
    });
    itself = &peer;
    std::vector<Outcome> outcomes;
    for (std::size_t client = 0; client < clients; ++client) {
        outcomes.push_back(ask_aside(peer.url()));
    }
    for (Outcome& outcome : outcomes) {
        EXPECT_TRUE(outcome.get());
    }
    EXPECT_EQ(peer.most_at_once(), static_cast<int>(clients));
    EXPECT_EQ(loops_seen, 1);
    EXPECT_EQ(loops(), 0) << "it ends with its last client";
}

TEST(Loop, ASlowOneDelaysNoOther) {
    const HttpPeer silent(test::script({silence()}));
    PeerReply drip = test::json(std::string(1'000, ' '));
    drip.manner = Manner::Dripping;
    drip.drip = 10ms;
    const HttpPeer dripping(test::script({drip}));
    const test::SilentName nowhere("slow.example");
    std::stop_source stop;
    std::vector<Outcome> slow;
    slow.push_back(ask_aside(silent.url(), stop.get_token()));
    slow.push_back(ask_aside(dripping.url(), stop.get_token()));
    slow.push_back(ask_aside("http://slow.example/", stop.get_token()));
    ASSERT_TRUE(silent.wait_for(1) && dripping.wait_for(1) && nowhere.wait_until_asked());

    const HttpPeer peer(test::script({test::json("{}")}));
    std::vector<Outcome> others;
    for (int client = 0; client < 50; ++client) {
        others.push_back(ask_aside(peer.url()));
    }
    for (Outcome& other : others) {
        EXPECT_TRUE(other.get());
    }
    for (const Outcome& outcome : slow) {
        EXPECT_TRUE(is_pending(outcome)) << "the others did not wait for it";
    }
    stop.request_stop();
    for (Outcome& outcome : slow) {
        EXPECT_TRUE(is_stopped(outcome));
    }
    EXPECT_TRUE(nowhere.is_being_asked()) << "nor did the stop wait for a name server";
}

TEST(Loop, ANameThatNobodyResolvesTimesOutByItself) {
    const test::SilentName nowhere("slow.example");
    const HttpPeer peer(test::script({test::json("{}")}));
    HttpClient other({});
    HttpLimits limits;
    limits.timeout = 100ms;
    HttpClient client(limits);
    const auto answer = client.perform(get_of("http://slow.example/"), {});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Error{ErrorKind::Transient, "timed out"}));
    EXPECT_TRUE(other.perform(get_of(peer.url()), {}));
    EXPECT_TRUE(nowhere.is_being_asked()) << "all that happened meanwhile";
}

TEST(Loop, AStopOfOneLeavesTheOthers) {
    std::latch gate(1);
    const HttpPeer peer([&](const PeerRequest&) {
        gate.wait();
        return test::json("{}");
    });
    const HttpPeer silent(test::script({silence()}));
    std::vector<Outcome> others;
    for (int client = 0; client < 10; ++client) {
        others.push_back(ask_aside(peer.url()));
    }
    std::stop_source stop;
    Outcome stopped = ask_aside(silent.url(), stop.get_token());
    EXPECT_TRUE(peer.wait_for(10) && silent.wait_for(1));
    stop.request_stop();
    EXPECT_TRUE(is_stopped(stopped));
    for (const Outcome& other : others) {
        EXPECT_TRUE(is_pending(other));
    }
    gate.count_down();
    for (Outcome& other : others) {
        EXPECT_TRUE(other.get());
    }
}

TEST(Loop, AReaderThatTakesItsTimeHoldsUpNobodyAndNoMoreThanItMay) {
    const HttpPeer peer(test::script({test::json("{}")}));
    const HttpPeer others(test::script({test::json("{}")}));
    HttpClient client({});
    const std::vector<HttpRequest> requests(20, get_of(peer.url()));
    std::size_t taken = 0;
    ASSERT_TRUE(client.perform_all(requests, 4, {}, [&](std::size_t, const auto& answer) {
        EXPECT_TRUE(answer);
        EXPECT_TRUE(ask_aside(others.url()).get());
        EXPECT_LE(peer.requests().size(), taken + 4) << "answers that nobody has taken yet";
        ++taken;
        return HttpClient::Proceed::GoOn;
    }));
    EXPECT_EQ(taken, requests.size());
}

TEST(Loop, WhatAClientDropsIsGoneAndOthersGoOn) {
    const HttpPeer silent(test::script({silence()}));
    const HttpPeer peer(test::script({test::json("{}")}));
    std::stop_source stop;
    Outcome other = ask_aside(silent.url(), stop.get_token());
    ASSERT_TRUE(silent.wait_for(1));
    HttpClient client({});
    for (int round = 0; round < 20; ++round) {
        const std::vector<HttpRequest> requests(8, get_of(peer.url()));
        int calls = 0;
        ASSERT_TRUE(client.perform_all(requests, 8, {}, [&](std::size_t, const auto& answer) {
            EXPECT_TRUE(answer);
            ++calls;
            return HttpClient::Proceed::Stop;
        }));
        EXPECT_EQ(calls, 1);
    }
    EXPECT_TRUE(is_pending(other));
    stop.request_stop();
    EXPECT_TRUE(is_stopped(other));
}

TEST(Loop, KeptConnectionsAreAClientsOwn) {
    const HttpPeer peer(test::script({test::json("{}")}));
    HttpClient one({});
    HttpClient two({});
    for (int round = 0; round < 3; ++round) {
        EXPECT_TRUE(one.perform(get_of(peer.url()), {}));
        EXPECT_TRUE(two.perform(get_of(peer.url()), {}));
    }
    EXPECT_EQ(peer.connections(), 2);
}

// curl takes "localhost" and "LOCALHOST" for one host; only the first says that loopback is meant.
TEST(Loop, NoConnectionIsTakenUpThatOneMightNotOpen) {
    const HttpPeer peer(test::script({test::json("{}")}));
    const std::string port = peer.url().substr(peer.url().rfind(':'));
    HttpClient open({});
    EXPECT_TRUE(open.perform(get_of("http://localhost" + port), {}));
    HttpClient guarded({});
    const auto answer = guarded.perform(get_of("http://LOCALHOST" + port), {});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Config);
    EXPECT_EQ(peer.requests().size(), 1U);
}

// Through a proxy a private address may be reached: that is the proxy's.
TEST(Loop, AProxysConnectionIsNotTakenForADirectOne) {
    const test::Name name("inner.example");
    const HttpPeer peer(test::script({test::json("{}")}));
    const std::string port = peer.url().substr(peer.url().rfind(':'));
    HttpLimits limits;
    limits.proxy = "http://inner.example" + port;
    HttpClient proxied(limits);
    EXPECT_TRUE(proxied.perform(get_of("http://inner.example" + port), {}));
    HttpClient direct({});
    const auto answer = direct.perform(get_of("http://inner.example" + port), {});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Config);
    EXPECT_EQ(peer.requests().size(), 1U);
}

TEST(Loop, AHundredClientsKeepTheirConnections) {
    const HttpPeer peer(test::script({test::json("{}")}));
    std::vector<HttpClient> clients;
    for (int client = 0; client < 100; ++client) {
        clients.emplace_back(HttpLimits{});
    }
    for (int round = 0; round < 3; ++round) {
        for (HttpClient& client : clients) {
            ASSERT_TRUE(client.perform(get_of(peer.url()), {}));
        }
    }
    EXPECT_EQ(peer.connections(), 100);
}

}  // namespace
}  // namespace thidua::connectors
