// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Faults of the network and of HTTP, by their numbers in the fault model: C1 to C13 and C23. What
// needs rules of a firewall is in tests/system/network_test.py.
#include "connectors/connector.hpp"
#include "connectors/http.hpp"
#include "tests/connectors/igate_peer.hpp"
#include "tests/connectors/packed.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/support/case_name.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <ostream>

namespace thidua::connectors {
namespace {

using namespace std::chrono_literals;
using test::gzipped;
using test::HttpPeer;
using test::IgatePeer;
using test::PeerReply;
using test::PeerRequest;
using Manner = PeerReply::Manner;

const Window june_17{test::day("2024-06-17"), test::day("2024-06-17")};

Result<HttpAnswer> get(const std::string& url, HttpLimits limits) {
    HttpClient client(std::move(limits));
    return client.perform({.method = "GET", .url = url, .headers = {}, .body = {}}, {});
}

PeerReply with(std::vector<std::string> headers, std::string body = "{}") {
    PeerReply reply = test::json(std::move(body));
    reply.headers = std::move(headers);
    return reply;
}

PeerReply in_manner(Manner manner, std::string body) {
    PeerReply reply = test::json(std::move(body));
    reply.manner = manner;
    return reply;
}

PeerReply chunked(std::string_view packed) {
    return in_manner(
        Manner::Raw,
        fmt::format(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
            "Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n",
            packed.size(),
            packed
        )
    );
}

std::string repeated(std::string_view text, int times) {
    std::string result;
    for (int time = 0; time < times; ++time) {
        result += text;
    }
    return result;
}

struct WireCase {
    std::string name;
    PeerReply reply;
    std::string words;
    std::int64_t body_bytes_max = 200'000;

    friend void PrintTo(const WireCase& row, std::ostream* out) { *out << row.name; }
};

class Refused : public testing::TestWithParam<WireCase> {};

TEST_P(Refused, IsAContractError) {
    const HttpPeer peer(test::script({GetParam().reply}));
    HttpLimits limits;
    limits.body_bytes_max = GetParam().body_bytes_max;
    limits.timeout = 10s;
    const auto answer = get(peer.url(), limits);
    ASSERT_EQ(peer.requests().size(), 1U);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Contract);
    EXPECT_NE(answer.error().message.find(GetParam().words), std::string::npos)
        << answer.error().message;
}

const std::string bomb = gzipped(std::string(8'000'000, ' '));
constexpr std::int64_t mebibytes_32 = 32 * 1024 * 1024;

const WireCase wire_cases[] = {
    {"C08TwoContentLengths", with({"Content-Length: 2"}), "length more than once"},
    {"C08LengthAndChunked", with({"Transfer-Encoding: chunked"}), "length more than once"},
    {"C09HeaderFlood",
     with(std::vector<std::string>(1'000, "X-Filler: " + std::string(90, 'x'))),
     "header lines above"},
    {"C09OneEndlessHeaderLine", with({"X: " + std::string(90'000, 'x')}), "header lines above"},
    {"C09EndlessInterimAnswers",
     in_manner(Manner::Raw, repeated("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 5'000)),
     "header lines above"},
    {"C10TooLarge", with({}, std::string(200'001, ' ')), "above 200000 bytes"},
    {"C10TooLargeWithoutALength",
     in_manner(Manner::Unmeasured, std::string(300'000, ' ')),
     "above 200000 bytes"},
    {"C10ABombStopsAtTheLimit", with({"Content-Encoding: gzip"}, bomb), "above 200000 bytes"},
    {"C10ABombStopsAtTheRatio",
     with({"Content-Encoding: gzip"}, bomb),
     "unpacks to over 100 times itself",
     mebibytes_32},
    {"C10AChunkedBombStopsAtTheRatio",
     chunked(bomb),
     "unpacks to over 100 times itself",
     mebibytes_32},
    {"C10TwoLayers", with({"Content-Encoding: gzip, gzip"}, gzipped(bomb)), "nobody asked for"},
    {"C10TwoLayersInTwoLines",
     with({"Content-Encoding: gzip", "Content-Encoding: gzip"}, gzipped(bomb)),
     "nobody asked for"},
    {"C10AnotherCoding", with({"Content-Encoding: br"}), "nobody asked for"},
};

INSTANTIATE_TEST_SUITE_P(Wire, Refused, testing::ValuesIn(wire_cases), test::case_name<WireCase>);

TEST(Packed, C10AWellPackedAnswerIsTaken) {
    std::string text = "[";
    for (int number = 0; number < 30'000; ++number) {
        text += fmt::format(
            R"({}{{"code":"H37.10-240617-{:06}","unit":"000.05.10.H37","note":"{:60}"}})",
            number == 0 ? "" : ",",
            number,
            ""
        );
    }
    text += "]";
    const std::string packed = gzipped(text);
    ASSERT_GT(text.size(), 3U * 1024 * 1024);
    ASSERT_GT(text.size(), packed.size() * 15) << "packed as tightly as JSON is";
    const HttpPeer peer(test::script({with({"Content-Encoding: gzip"}, packed), chunked(packed)}));
    for (int round = 0; round < 2; ++round) {
        const auto answer = get(peer.url(), {});
        ASSERT_TRUE(answer) << answer.error().message;
        EXPECT_EQ(answer->body, text);
    }
}

PeerReply dripping(std::chrono::milliseconds drip) {
    PeerReply reply = in_manner(Manner::Dripping, std::string(500, ' '));
    reply.drip = drip;
    return reply;
}

std::chrono::milliseconds duration_of_a_drip(
    std::chrono::milliseconds drip, std::chrono::milliseconds timeout
) {
    const HttpPeer peer(test::script({dripping(drip)}));
    HttpLimits limits;
    limits.timeout = timeout;
    const auto began = std::chrono::steady_clock::now();
    const auto answer = get(peer.url(), limits);
    const auto took = std::chrono::steady_clock::now() - began;
    EXPECT_EQ(peer.requests().size(), 1U);
    EXPECT_FALSE(answer);
    EXPECT_EQ(answer ? Error{} : answer.error(), (Error{ErrorKind::Transient, "timed out"}));
    return std::chrono::ceil<std::chrono::milliseconds>(took);
}

TEST(SlowDrip, C05EndsAtTheDeadlineOfTheWhole) {
    const auto took = duration_of_a_drip(20ms, 300ms);
    EXPECT_GE(took, 300ms);
    EXPECT_LT(took, 5s) << "and not when all has come, after 10 s";
}

TEST(SlowDrip, C05EndsBeforeTheDeadlineWhereNearlyNothingComes) {
    EXPECT_LT(duration_of_a_drip(200ms, 6s), 6s) << "half of the time-out is patience enough";
}

class NetworkFaults : public testing::Test {
  protected:
    /// Gathers from a peer whose n-th search is answered by `reply_to(n)`, where it gives
    /// something.
    Result<Slice> gather(const std::function<std::optional<PeerReply>(int)>& reply_to) {
        searches_ = 0;
        const IgatePeer peer(records_, [&](const PeerRequest& request) {
            return request.path == test::search_path ? reply_to(++searches_) : std::nullopt;
        });
        SourceDescription description = sources_.igate(peer.url());
        description.pagination.size = 2;
        description.retry.deadline = 3h;
        auto connector = Connector::create(description, world_.environment());
        return connector->gather(june_17);
    }

    /// The search's right answer for page `page` of three records, with further header lines.
    PeerReply page(std::size_t page, std::vector<std::string> headers) const {
        const auto first = records_.begin() + static_cast<std::ptrdiff_t>(page) * 2;
        return with(
            std::move(headers), test::igate_page({first, std::min(first + 2, records_.end())}, 3)
        );
    }

    const std::vector<std::string> records_{
        test::igate_record(1), test::igate_record(2), test::igate_record(3)};
    test::World world_;
    test::Sources sources_;
    int searches_ = 0;
};

TEST_F(NetworkFaults, C07AWholeDocumentWithTooFewRecordsIsNotBelieved) {
    const auto slice = gather([&](int search) -> std::optional<PeerReply> {
        const std::vector<std::string> one{search == 1 ? records_[0] : records_[1]};
        const std::vector<std::string> shown = search < 3 ? one : std::vector<std::string>{};
        return in_manner(Manner::Unmeasured, test::igate_page(shown, 3));
    });
    EXPECT_EQ(searches_, 3);
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Contract);
    EXPECT_NE(slice.error().message.find("1 of 3 records are missing"), std::string::npos)
        << slice.error().message;
}

TEST_F(NetworkFaults, C11ARedirectIsNeverFollowedAndKeepsTheTokenAtHome) {
    const HttpPeer target(test::script({test::json("{}")}));
    for (const int status : {301, 302, 303, 307, 308}) {
        for (const std::string& place : {target.url() + "/", std::string("file:///etc/passwd")}) {
            const auto slice = gather([&](int) {
                return std::optional(test::status(status, {"Location: " + place}));
            });
            ASSERT_FALSE(slice);
            EXPECT_EQ(slice.error().kind, ErrorKind::Contract);
            EXPECT_NE(
                slice.error().message.find(fmt::format("status {}", status)), std::string::npos
            );
            EXPECT_EQ(searches_, 1);
        }
    }
    EXPECT_EQ(target.connections(), 0);
}

struct RetryAfterCase {
    std::string name;
    std::vector<std::string> lines;
    std::chrono::milliseconds least;
    std::chrono::milliseconds most;

    friend void PrintTo(const RetryAfterCase& row, std::ostream* out) { *out << row.name; }
};

class RetryAfter : public NetworkFaults, public testing::WithParamInterface<RetryAfterCase> {};

TEST_P(RetryAfter, IsAMinimumThatIsCapped) {
    for (const int status : {429, 503}) {
        world_.now = test::at("2024-06-17T10:15:00+07:00");
        world_.waits.clear();
        const auto slice = gather([&](int search) {
            return search == 1 ? std::optional(test::status(status, GetParam().lines))
                               : std::nullopt;
        });
        ASSERT_TRUE(slice) << slice.error().message;
        ASSERT_EQ(world_.waits.size(), 1U);
        EXPECT_GE(world_.waits[0], GetParam().least);
        EXPECT_LE(world_.waits[0], GetParam().most);
    }
}

constexpr auto jitter = 500ms;

const RetryAfterCase retry_after_cases[] = {
    {"C12Seconds", {"Retry-After: 120"}, 120s, 120s + jitter},
    {"C12ADate", {"Retry-After: Mon, 17 Jun 2024 03:15:30 GMT"}, 30s, 30s + jitter},
    {"C12ADateInThePast", {"Retry-After: Mon, 17 Jun 2024 03:00:00 GMT"}, 1ms, jitter},
    {"C12AbsurdSeconds", {"Retry-After: 99999999999999999999"}, 1h, 1h + jitter},
    {"C12AbsurdDate", {"Retry-After: Wed, 17 Jun 2048 03:00:00 GMT"}, 1h, 1h + jitter},
    {"C12Negative", {"Retry-After: -5"}, 1ms, jitter},
    {"C12Rubbish", {"Retry-After: soon"}, 1ms, jitter},
    {"C12Both",
     {"Retry-After: Mon, 17 Jun 2024 03:15:30 GMT", "Retry-After: 20"},
     30s,
     30s + jitter},
};

INSTANTIATE_TEST_SUITE_P(Source, RetryAfter, testing::ValuesIn(retry_after_cases), test::case_name<RetryAfterCase>);

TEST_F(NetworkFaults, C23AnOldCopyOutOfACacheIsAskedForAgain) {
    const auto slice = gather([&](int search) -> std::optional<PeerReply> {
        if (search == 1) {
            return page(0, {"Date: Mon, 17 Jun 2024 03:15:00 GMT"});
        }
        const std::string old = "Date: Mon, 17 Jun 2024 02:15:00 GMT";
        return search == 2 ? std::optional(page(1, {old})) : std::nullopt;
    });
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_EQ(slice->dossiers.size(), 3U);
    EXPECT_EQ(world_.waits.size(), 1U);
    EXPECT_EQ(searches_, 4) << "page 2 twice, and the total again";
}

TEST_F(NetworkFaults, C23ACacheThatStaysOldIsNamed) {
    const auto slice = gather([&](int search) {
        const std::string old = "Date: Mon, 17 Jun 2024 03:09:59 GMT";
        return std::optional(
            search == 1 ? page(0, {"Date: Mon, 17 Jun 2024 03:15:00 GMT"}) : page(1, {old})
        );
    });
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Transient);
    EXPECT_NE(slice.error().message.find("an old copy out of a cache"), std::string::npos)
        << slice.error().message;
}

TEST_F(NetworkFaults, C23TwoServersMayDifferByMinutes) {
    const auto slice = gather([&](int search) -> std::optional<PeerReply> {
        if (search > 2) {
            return std::nullopt;
        }
        return search == 1 ? page(0, {"Date: Mon, 17 Jun 2024 03:15:00 GMT"})
                           : page(1, {"Date: Mon, 17 Jun 2024 03:11:00 GMT"});
    });
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_TRUE(world_.waits.empty());
}

}  // namespace
}  // namespace thidua::connectors
