// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A real peer on loopback for each way in which one attempt can go.
#include "connectors/http.hpp"

#include "connectors/address.hpp"
#include "tests/connectors/packed.hpp"
#include "tests/support/http_peer.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <thread>

namespace thidua::connectors {
namespace {

using namespace std::chrono_literals;
using test::gzipped;
using test::HttpPeer;
using test::PeerReply;
using test::PeerRequest;
using Manner = PeerReply::Manner;

Result<HttpAnswer> get(const std::string& url, HttpLimits limits = {}) {
    HttpClient client(std::move(limits));
    return client.perform({.method = "GET", .url = url, .headers = {}, .body = {}}, {});
}

TEST(Http, GivesStatusTypeAndBody) {
    PeerReply reply = test::json(R"({"a":1})");
    reply.status = 201;
    reply.content_type = "Application/JSON; charset=utf-8";
    reply.headers = {"Retry-After: 7"};
    const HttpPeer peer(test::script({reply}));
    const auto answer = get(peer.url() + "/x?y=1");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 201);
    EXPECT_EQ(answer->content_type, "application/json; charset=utf-8");
    EXPECT_EQ(answer->retry_after, "7");
    EXPECT_EQ(answer->body, R"({"a":1})");
    EXPECT_EQ(peer.requests().at(0).target, "/x?y=1");
}

TEST(Http, PostsABodyWithItsHeaders) {
    const HttpPeer peer(test::script({test::json("{}")}));
    HttpClient client({});
    const HttpRequest request{"POST", peer.url() + "/", {{"Content-Type", "text/x"}}, "body"};
    ASSERT_TRUE(client.perform(request, {}));
    const PeerRequest seen = peer.requests().at(0);
    EXPECT_EQ(seen.method, "POST");
    EXPECT_EQ(seen.body, "body");
    EXPECT_EQ(seen.headers.at("content-type"), "text/x");
    EXPECT_EQ(seen.headers.at("accept-encoding"), "gzip");
    EXPECT_FALSE(seen.headers.contains("expect"));
}

TEST(Http, KeepsTheConnection) {
    const HttpPeer peer(test::script({test::json("{}")}));
    HttpClient client({});
    for (int round = 0; round < 5; ++round) {
        ASSERT_TRUE(client.perform({"GET", peer.url(), {}, {}}, {}));
    }
    EXPECT_EQ(peer.connections(), 1);
}

TEST(Http, HasNoMoreInFlightThanAsked) {
    const HttpPeer peer(test::script({test::json("{}")}));
    HttpClient client({});
    const std::vector<HttpRequest> requests(50, HttpRequest{"GET", peer.url(), {}, {}});
    std::size_t answers = 0;
    ASSERT_TRUE(client.perform_all(requests, 4, {}, [&](std::size_t, const auto& answer) {
        answers += answer ? 1U : 0U;
        return HttpClient::Proceed::GoOn;
    }));
    EXPECT_EQ(answers, 50U);
    EXPECT_LE(peer.most_at_once(), 4);
    EXPECT_LE(peer.connections(), 4);
}

TEST(Http, CallsNobodyAfterStop) {
    const HttpPeer peer(test::script({test::json("{}")}));
    HttpClient client({});
    const std::vector<HttpRequest> requests(50, HttpRequest{"GET", peer.url(), {}, {}});
    int calls = 0;
    ASSERT_TRUE(client.perform_all(requests, 8, {}, [&](std::size_t, const auto&) {
        ++calls;
        return HttpClient::Proceed::Stop;
    }));
    EXPECT_EQ(calls, 1);
    ASSERT_TRUE(client.perform(requests[0], {})) << "and can be used again";
}

TEST(Http, C02RefusedIsTransient) {
    const auto answer = get(test::refused_url());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Transient);
}

TEST(Http, SilenceTimesOut) {
    PeerReply reply;
    reply.manner = Manner::Silent;
    const HttpPeer peer(test::script({reply}));
    HttpLimits limits;
    limits.timeout = 100ms;
    const auto answer = get(peer.url(), limits);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Error{ErrorKind::Transient, "timed out"}));
}

TEST(Http, C06ABodyShorterThanItsLengthIsTransient) {
    PeerReply reply = test::json(std::string(100'000, ' '));
    reply.manner = Manner::CutShort;
    const HttpPeer peer(test::script({reply}));
    const auto answer = get(peer.url());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Error{ErrorKind::Transient, "the connection was cut off"}));
}

TEST(Http, StopEndsATransferPromptly) {
    PeerReply reply;
    reply.manner = Manner::Silent;
    const HttpPeer peer(test::script({reply}));
    HttpClient client({});
    std::stop_source source;
    const std::jthread stopper([&] {
        EXPECT_TRUE(peer.wait_for(1));
        source.request_stop();
    });
    const auto began = std::chrono::steady_clock::now();
    const auto answer = client.perform({"GET", peer.url(), {}, {}}, source.get_token());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Stopped);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 30s) << "long before the time-out";
}

TEST(Http, DecodesOneLayerOfGzip) {
    PeerReply reply = test::json(gzipped(R"({"a":1})"));
    reply.headers = {"Content-Encoding: gzip"};
    const HttpPeer peer(test::script({reply}));
    const auto answer = get(peer.url());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, R"({"a":1})");
}

TEST(Http, C11FollowsNoRedirect) {
    const HttpPeer other(test::script({test::json("{}")}));
    const HttpPeer peer(test::script({test::status(302, {"Location: " + other.url()})}));
    const auto answer = get(peer.url());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 302);
    EXPECT_TRUE(other.requests().empty());
}

TEST(Http, UsesNoProxyOfTheEnvironment) {
    const std::string nowhere = test::refused_url();
    // No other thread is there before the peer or after it.
    ASSERT_EQ(::setenv("http_proxy", nowhere.c_str(), 1), 0);
    {
        const HttpPeer peer(test::script({test::json("{}")}));
        EXPECT_TRUE(get(peer.url()));
    }
    ASSERT_EQ(::unsetenv("http_proxy"), 0);
}

TEST(Http, RefusesAHeaderThatBreaksItsLine) {
    const HttpPeer peer(test::script({test::json("{}")}));
    HttpClient client({});
    const HttpRequest request{"GET", peer.url(), {{"X-A", "1\r\nX-B: 2"}}, {}};
    const auto answer = client.perform(request, {});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Config);
    EXPECT_TRUE(peer.requests().empty());
}

TEST(CheckUrl, KnowsWhatMayBeAsked) {
    const std::map<std::string, std::optional<Reach>> urls{
        {"https://api.example.vn/x", Reach::Public},
        {"http://93.184.216.34/", Reach::Public},
        {"http://127.0.0.1:80/", Reach::Private},
        {"http://localhost:80/", Reach::Private},
        {"http://10.1.2.3/", Reach::Private},
        {"http://172.31.0.1/", Reach::Private},
        {"http://172.32.0.1/", Reach::Public},
        {"http://192.168.1.1/", Reach::Private},
        {"http://[::1]:80/", Reach::Private},
        {"http://[fd00::1]/", Reach::Private},
        {"http://[2001:db8::1]/", Reach::Public},
        {"http://0x7f.1/", Reach::Private},
        {"http://169.254.169.254/latest/", std::nullopt},
        {"http://[fe80::1]/", std::nullopt},
        {"http://[::ffff:169.254.1.1]/", std::nullopt},
        {"http://224.0.0.1/", std::nullopt},
        {"file:///etc/passwd", std::nullopt},
        {"ftp://example.vn/", std::nullopt},
        {"example.vn", std::nullopt},
        {"https://", std::nullopt},
        {"https://user:word@example.vn/", std::nullopt},
        {"https://example.vn/a b", std::nullopt},
        {"https://example.vn/a\nb", std::nullopt},
        {"", std::nullopt},
    };
    for (const auto& [url, reach] : urls) {
        const auto target = check_url(url);
        EXPECT_EQ(target.has_value(), reach.has_value()) << url;
        if (target && reach) {
            EXPECT_EQ(target->reach, *reach) << url;
        } else if (!target) {
            EXPECT_EQ(target.error().kind, ErrorKind::Config) << url;
        }
    }
}

TEST(Http, C01GoesToNoPrivateAddressBehindAName) {
    // /etc/hosts gives this machine's own name; a public source that resolves so must be refused.
    std::string name(256, '\0');
    ASSERT_EQ(::gethostname(name.data(), name.size()), 0);
    name.resize(name.find('\0'));
    const auto answer = get("http://" + name + ":9/");
    ASSERT_FALSE(answer);
    const bool is_resolved = answer.error().kind == ErrorKind::Config;
    if (!is_resolved) {
        GTEST_SKIP() << "this machine's name resolves to nothing";
    }
    EXPECT_NE(answer.error().message.find("private"), std::string::npos);
}

}  // namespace
}  // namespace thidua::connectors
