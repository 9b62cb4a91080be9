// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What becomes of a pull when the source has a bad day: one row for each kind of fault.
#include "connectors/connector.hpp"
#include "tests/connectors/igate_peer.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/support/case_name.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <deque>
#include <ostream>
#include <thread>

namespace thidua::connectors {
namespace {

using test::IgatePeer;
using test::PeerReply;
using test::PeerRequest;
using namespace std::chrono_literals;

const Window june_17{test::day("2024-06-17"), test::day("2024-06-17")};

PeerReply html() {
    PeerReply reply;
    reply.body = "<!DOCTYPE html><html><body>Đăng nhập</body></html>";
    reply.content_type = "text/html; charset=utf-8";
    return reply;
}

PeerReply cut_short() {
    PeerReply reply = test::json(std::string(1'000, ' '));
    reply.manner = PeerReply::Manner::CutShort;
    return reply;
}

PeerReply unmeasured(std::string body) {
    PeerReply reply = test::json(std::move(body));
    reply.manner = PeerReply::Manner::Unmeasured;
    return reply;
}

PeerReply silent() {
    PeerReply reply;
    reply.manner = PeerReply::Manner::Silent;
    return reply;
}

struct FaultCase {
    std::string name;
    std::deque<PeerReply> replies;  ///< to the first searches; then all is well
    std::optional<ErrorKind> kind;  ///< nothing: the pull succeeds in spite of it
    std::size_t waits = 0;
    std::string words{};

    friend void PrintTo(const FaultCase& row, std::ostream* out) { *out << row.name; }
};

class Faults : public testing::TestWithParam<FaultCase> {
  protected:
    test::World world_;
    test::Sources sources_;
};

TEST_P(Faults, AreJudgedByTheirKind) {
    std::deque<PeerReply> replies = GetParam().replies;
    const IgatePeer peer({test::igate_record(1)}, [&](const PeerRequest& request) {
        std::optional<PeerReply> reply;
        if (request.path == test::search_path && !replies.empty()) {
            reply = replies.front();
            replies.pop_front();
        }
        return reply;
    });
    SourceDescription description = sources_.igate(peer.url());
    description.timeout = 300ms;
    auto connector = Connector::create(description, world_.environment());
    ASSERT_TRUE(connector);
    const auto slice = connector->gather(june_17);
    EXPECT_EQ(world_.waits.size(), GetParam().waits);
    if (!GetParam().kind) {
        ASSERT_TRUE(slice) << slice.error().message;
        EXPECT_EQ(slice->dossiers.size(), 1U);
        return;
    }
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, *GetParam().kind) << slice.error().message;
    const std::string said = "test: page 1: GET /pa/dossier/search: " + GetParam().words;
    EXPECT_EQ(slice.error().message, said);
}

std::deque<PeerReply> times(int count, const PeerReply& reply) {
    return std::deque<PeerReply>(static_cast<std::size_t>(count), reply);
}

const FaultCase fault_cases[] = {
    {"C13ServerErrorOnce", times(1, test::status(500)), {}, 1},
    {"C13ServerErrorFiveTimes", times(5, test::status(503)), {}, 5},
    {"C13ServerErrorForEver",
     times(99, test::status(502)),
     ErrorKind::Transient,
     5,
     "status 502, given up after 6 attempts"},
    {"C13TooEarly", times(1, test::status(425)), {}, 1},
    {"C13RequestTimeout", times(1, test::status(408)), {}, 1},
    {"C12TooManyRequests", times(1, test::status(429, {"Retry-After: 30"})), {}, 1},
    {"C12RetryAfterPastTheDeadline",
     times(1, test::status(429, {"Retry-After: 3600"})),
     ErrorKind::Transient,
     0,
     "status 429, given up after 1 attempts"},
    {"C13HtmlOnce", times(1, html()), {}, 1},
    {"C13HtmlForEver",
     times(99, html()),
     ErrorKind::Transient,
     5,
     "status 200 with HTML for JSON, given up after 6 attempts"},
    {"C06CutOffOnce", times(1, cut_short()), {}, 1},
    {"SilentOnce", times(1, silent()), {}, 1},
    {"C07TruncatedOnce", times(1, unmeasured(R"({"content":[{"id":)")), {}, 1},
    {"C07TruncatedTwice",
     times(2, unmeasured(R"({"content":[{"id":)")),
     ErrorKind::Contract,
     1,
     "status 200 with a body that is not JSON"},
    {"C13NotJsonOnce", times(1, test::json("Internal error")), {}, 1},
    {"C13EmptyBodyTwice", times(2, test::json("")), {}, 2},
    {"TooDeep",
     times(2, test::json(std::string(70, '[') + std::string(70, ']'))),
     ErrorKind::Contract,
     1,
     "status 200 with a body that is not JSON"},
    {"D01UnauthorizedOnce", times(1, test::status(401)), {}, 0},
    {"D02UnauthorizedTwice", times(2, test::status(401)), ErrorKind::Auth, 0, "status 401"},
    {"C13Forbidden", times(1, test::status(403)), ErrorKind::Auth, 0, "status 403"},
    {"C13NotFound", times(1, test::status(404)), ErrorKind::Contract, 0, "status 404"},
    {"C13BadRequest", times(1, test::status(400)), ErrorKind::Contract, 0, "status 400"},
    {"C11Redirect",
     times(1, test::status(302, {"Location: http://169.254.169.254/"})),
     ErrorKind::Contract,
     0,
     "status 302"},
    {"AnotherSuccess", times(1, test::status(202)), ErrorKind::Contract, 0, "status 202"},
};

INSTANTIATE_TEST_SUITE_P(Source, Faults, testing::ValuesIn(fault_cases), test::case_name<FaultCase>);

class Asking : public testing::Test {
  protected:
    test::World world_;
    test::Sources sources_;
};

TEST_F(Asking, C02ARefusedConnectionIsTransient) {
    auto connector = Connector::create(sources_.igate(test::refused_url()), world_.environment());
    ASSERT_TRUE(connector);
    const auto slice = connector->gather(june_17);
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Transient);
    EXPECT_EQ(world_.waits.size(), 5U);
}

TEST_F(Asking, C12RetryAfterIsWaitedFor) {
    int searches = 0;
    const IgatePeer peer({}, [&](const PeerRequest& request) {
        const bool is_first = request.path == test::search_path && ++searches == 1;
        return is_first ? std::optional(test::status(429, {"Retry-After: 30"})) : std::nullopt;
    });
    auto connector = Connector::create(sources_.igate(peer.url()), world_.environment());
    ASSERT_TRUE(connector->gather(june_17));
    ASSERT_EQ(world_.waits.size(), 1U);
    EXPECT_GE(world_.waits[0], 30s);
}

TEST_F(Asking, OneTokenServesUntilFourFifthsOfItsLife) {
    const IgatePeer peer({});
    auto connector = Connector::create(sources_.igate(peer.url()), world_.environment());
    ASSERT_TRUE(connector->gather(june_17));
    world_.now += 239s;
    ASSERT_TRUE(connector->gather(june_17));
    EXPECT_EQ(peer.requests(test::token_path).size(), 1U);
    world_.now += 1s;
    ASSERT_TRUE(connector->gather(june_17));
    EXPECT_EQ(peer.requests(test::token_path).size(), 2U);
    EXPECT_EQ(
        peer.requests(test::search_path).back().headers.at("authorization"), "Bearer token-2"
    );
}

TEST_F(Asking, TokensAreAskedForWithBasicAuthentication) {
    const IgatePeer peer({});
    auto connector = Connector::create(sources_.igate(peer.url()), world_.environment());
    ASSERT_TRUE(connector->gather(june_17));
    const PeerRequest request = peer.requests(test::token_path).at(0);
    EXPECT_EQ(request.headers.at("authorization"), "Basic dGhpZHVhOmNhbmFyeS1zZWNyZXQtN2QxZg==");
    EXPECT_EQ(request.headers.at("content-type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(request.body, "grant_type=client_credentials");
}

TEST_F(Asking, D08ARotatedSecretNeedsNoRestart) {
    const IgatePeer peer({});
    auto connector = Connector::create(sources_.igate(peer.url()), world_.environment());
    ASSERT_TRUE(connector->gather(june_17));
    sources_.write_secret("another");
    world_.now += 1h;
    ASSERT_TRUE(connector->gather(june_17));
    EXPECT_EQ(
        peer.requests(test::token_path).back().headers.at("authorization"),
        "Basic dGhpZHVhOmFub3RoZXI="
    );
}

TEST_F(Asking, D02AWrongClientIsAskedForOnce) {
    const IgatePeer peer({}, [](const PeerRequest& request) {
        const bool is_token = request.path.starts_with(test::token_path);
        return is_token ? std::optional(test::status(401)) : std::nullopt;
    });
    auto connector = Connector::create(sources_.igate(peer.url()), world_.environment());
    const auto slice = connector->gather(june_17);
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Auth);
    EXPECT_EQ(peer.requests("/").size(), 1U) << "no storm that locks the account";
}

TEST_F(Asking, D02AStaleTokenCostsTwoSearchesAndIsThenRefused) {
    const IgatePeer peer({}, [](const PeerRequest& request) {
        const bool is_search = request.path == test::search_path;
        return is_search ? std::optional(test::status(401)) : std::nullopt;
    });
    auto connector = Connector::create(sources_.igate(peer.url()), world_.environment());
    const auto slice = connector->gather(june_17);
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Auth);
    EXPECT_EQ(peer.requests(test::token_path).size(), 2U);
    EXPECT_EQ(peer.requests(test::search_path).size(), 2U);
}

TEST_F(Asking, D03ATokenWithoutReasonIsRefused) {
    for (const std::string body :
         {R"({})", R"({"access_token":""})", R"({"access_token":"a\r\nX: y"})", R"([])"}) {
        const IgatePeer peer({}, [&](const PeerRequest&) {
            return std::optional(test::json(body));
        });
        auto connector = Connector::create(sources_.igate(peer.url()), world_.environment());
        const auto slice = connector->gather(june_17);
        ASSERT_FALSE(slice) << body;
        EXPECT_EQ(slice.error().kind, ErrorKind::Contract) << body;
    }
}

TEST_F(Asking, D03AnOddLifetimeIsBounded) {
    for (const std::string life : {"0", "-7", "1e30", "null", "\"300\"", "1000000000"}) {
        const IgatePeer peer({}, [&](const PeerRequest& request) {
            const bool is_token = request.path.starts_with(test::token_path);
            const std::string body = fmt::format(R"({{"access_token":"t","expires_in":{}}})", life);
            return is_token ? std::optional(test::json(body)) : std::nullopt;
        });
        auto connector = Connector::create(sources_.igate(peer.url()), world_.environment());
        EXPECT_TRUE(connector->gather(june_17)) << life;
        world_.now += 24h;
        EXPECT_TRUE(connector->gather(june_17)) << life;
        EXPECT_EQ(peer.requests(test::token_path).size(), 2U) << life;
    }
}

TEST_F(Asking, D01ATokenThatExpiresInTheMiddleOfPagingIsRenewedOnceForTheSamePage) {
    int searches = 0;
    const IgatePeer peer(
        {test::igate_record(1), test::igate_record(2), test::igate_record(3)},
        [&](const PeerRequest& request) {
            const bool is_second = request.path == test::search_path && ++searches == 2;
            return is_second ? std::optional(test::status(401)) : std::nullopt;
        }
    );
    SourceDescription description = sources_.igate(peer.url());
    description.pagination.size = 1;
    auto connector = Connector::create(description, world_.environment());
    const auto slice = connector->gather(june_17);
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_EQ(slice->dossiers.size(), 3U);
    EXPECT_EQ(peer.requests(test::token_path).size(), 2U);
    std::string pages;
    for (const PeerRequest& request : peer.requests(test::search_path)) {
        pages += request.query.at("page") + " by " + request.headers.at("authorization") + "\n";
    }
    EXPECT_EQ(
        pages,
        "0 by Bearer token-1\n1 by Bearer token-1\n1 by Bearer token-2\n2 by Bearer token-2\n"
        "0 by Bearer token-2\n"
    );
}

TEST_F(Asking, D03ABadTokenEndpointIsBoundedAndNothingElseIsAsked) {
    const std::pair<PeerReply, ErrorKind> replies[] = {
        {test::status(503), ErrorKind::Transient},
        {silent(), ErrorKind::Transient},
        {html(), ErrorKind::Transient},
        {test::json(std::string(2'000'000, ' ')), ErrorKind::Contract},
        {test::json("token"), ErrorKind::Contract},
    };
    for (const auto& [reply, kind] : replies) {
        const IgatePeer peer({}, [&](const PeerRequest&) { return std::optional(reply); });
        SourceDescription description = sources_.igate(peer.url());
        description.timeout = 200ms;
        description.body_bytes_max = 1'000'000;
        auto connector = Connector::create(description, world_.environment());
        const auto slice = connector->gather(june_17);
        ASSERT_FALSE(slice);
        EXPECT_EQ(slice.error().kind, kind) << slice.error().message;
        EXPECT_LE(peer.requests(test::token_path).size(), 6U);
        EXPECT_GE(peer.requests(test::token_path).size(), 1U);
        EXPECT_TRUE(peer.requests(test::search_path).empty());
    }
}

TEST_F(Asking, AStopEndsThePull) {
    const IgatePeer peer({}, [](const PeerRequest& request) {
        const bool is_search = request.path == test::search_path;
        return is_search ? std::optional(silent()) : std::nullopt;
    });
    auto connector = Connector::create(sources_.igate(peer.url()), world_.environment());
    const std::jthread stopper([&] {
        while (peer.requests(test::search_path).empty()) {
            std::this_thread::yield();
        }
        world_.stop.request_stop();
    });
    const auto slice = connector->gather(june_17);
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Stopped);
}

TEST_F(Asking, ErrorsHoldNoSecretNoTokenAndNoQuery) {
    for (const std::string_view path : {test::token_path, test::search_path, test::fee_path}) {
        const IgatePeer peer({test::igate_record(1)}, [&](const PeerRequest& request) {
            PeerReply reply = test::status(400);
            reply.body = fmt::format(R"({{"message":"{}"}})", test::canary);
            const bool is_it = request.path.starts_with(path);
            return is_it ? std::optional(reply) : std::nullopt;
        });
        auto connector = Connector::create(sources_.igate(peer.url()), world_.environment());
        const auto slice = connector->gather(june_17);
        ASSERT_FALSE(slice);
        for (const std::string_view word :
             {test::test_secret,
              test::canary,
              std::string_view("token-"),
              std::string_view("?"),
              std::string_view("id-1"),
              std::string_view("240617")}) {
            EXPECT_EQ(slice.error().message.find(word), std::string::npos) << slice.error().message;
        }
    }
}

TEST_F(Asking, AWrappedAnswerMayNestNoDeeperThanAnother) {
    for (const int depth : {60, 70}) {
        const std::string deep(static_cast<std::size_t>(depth), '[');
        const std::string end(static_cast<std::size_t>(depth), ']');
        const std::string body = fmt::format(
            R"({{"message":"{{\"content\":[],\"totalElements\":0,\"x\":{}{}}}"}})", deep, end
        );
        const IgatePeer peer({}, [&](const PeerRequest& request) {
            return request.path == test::search_path ? std::optional(test::json(body))
                                                     : std::nullopt;
        });
        SourceDescription description = sources_.igate(peer.url());
        description.unwrap = "/message";
        auto connector = Connector::create(description, world_.environment());
        const auto slice = connector->gather(june_17);
        EXPECT_EQ(slice.has_value(), depth == 60);
        if (!slice) {
            EXPECT_EQ(slice.error().kind, ErrorKind::Contract) << slice.error().message;
        }
    }
}

}  // namespace
}  // namespace thidua::connectors
