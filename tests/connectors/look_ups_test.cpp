// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// References asked on the Payment Platform, by the shipped preset.
#include "connectors/connector.hpp"
#include "core/hash.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/support/case_name.hpp"
#include "tests/support/http_peer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <ostream>
#include <set>

namespace thidua::connectors {
namespace {

using test::at;
using test::HttpPeer;
using test::PeerReply;
using test::PeerRequest;

/// What the platform says of one reference.
struct Said {
    std::string code = "00";
    std::string state = "1";
    std::string amount = "450000";  ///< as JSON
    std::string time = "20240617101733";
};

std::string digits(const std::string& json) {
    return json.starts_with('"') ? json.substr(1, json.size() - 2) : json;
}

std::string reply_text(const std::string& reference, const Said& said, std::string_view secret) {
    const std::string signature = sha256_hex(fmt::format(
        "QUERY|{}|LANGSON|{}|{}|VND|PP1|BANKX|{}|Thanh toan {}|{}",
        said.code,
        reference,
        digits(said.amount),
        said.time,
        test::canary,
        secret
    ));
    return fmt::format(
        R"({{"LoaiBanTin":"QUERY","MaLoi":"{}","MoTaLoi":"{}","MaDoiTac":"LANGSON",)"
        R"("MaThamChieu":"{}","SoTien":{},"MaTienTe":"VND","MaGiaoDich":"PP1","MaNganHang":"BANKX",)"
        R"("ThoiGianGD":"{}","ThongTinGiaoDich":"Thanh toan {}","TrangThaiGD":"{}",)"
        R"("MaXacThuc":"{}"}})",
        said.code,
        test::canary,
        reference,
        said.amount,
        said.time,
        test::canary,
        said.state,
        signature
    );
}

/// The reference in a QUERY's body.
std::string reference_of(const PeerRequest& request) {
    constexpr std::string_view mark = R"("MaThamChieu":")";
    const std::size_t first = request.body.find(mark) + mark.size();
    return request.body.substr(first, request.body.find('"', first) - first);
}

class LookUps : public testing::Test {
  protected:
    Result<Slice> look_up(const HttpPeer& peer, const std::vector<std::string>& references) {
        auto connector = Connector::create(sources_.platform(peer.url()), world_.environment());
        if (!connector) {
            return std::unexpected(connector.error());
        }
        return connector->look_up(references);
    }

    test::World world_;
    test::Sources sources_;
};

struct StateCase {
    std::string name;
    Said said;
    PaymentRecord expected;

    friend void PrintTo(const StateCase& row, std::ostream* out) { *out << row.name; }
};

class StateOf : public LookUps, public testing::WithParamInterface<StateCase> {};

TEST_P(StateOf, IsRead) {
    const HttpPeer peer(
        test::script({test::json(reply_text("ref", GetParam().said, test::test_secret))})
    );
    const auto slice = look_up(peer, {"ref"});
    ASSERT_TRUE(slice) << slice.error().message;
    ASSERT_EQ(slice->payments.size(), 1U);
    EXPECT_EQ(slice->payments[0], GetParam().expected);
}

const auto settled = at("2024-06-17T10:17:33+07:00");
const StateCase state_cases[] = {
    {"Succeeded", {}, {"ref", PaymentState::Succeeded, settled, 450'000}},
    {"AmountAsText", {.amount = "\"450000\""}, {"ref", PaymentState::Succeeded, settled, 450'000}},
    {"Pending", {.state = "3"}, {"ref", PaymentState::Pending, settled, 450'000}},
    {"FailedOrRefunded", {.state = "4"}, {"ref", PaymentState::Failed, settled, 450'000}},
    {"OtherError", {.code = "99", .state = ""}, {"ref", PaymentState::Unknown, {}, {}}},
    {"NotFound", {.code = "01", .state = ""}, {"ref", PaymentState::Unknown, {}, {}}},
    {"NoTime", {.time = ""}, {"ref", PaymentState::Succeeded, {}, 450'000}},
};

INSTANTIATE_TEST_SUITE_P(Platform, StateOf, testing::ValuesIn(state_cases), test::case_name<StateCase>);

TEST_F(LookUps, AreSignedAndKeepTheirOrder) {
    const HttpPeer peer([](const PeerRequest& request) {
        return test::json(reply_text(reference_of(request), {}, test::test_secret));
    });
    std::vector<std::string> references;
    for (int number = 0; number < 200; ++number) {
        references.push_back(fmt::format("ref-{}", number));
    }
    const auto slice = look_up(peer, references);
    ASSERT_TRUE(slice) << slice.error().message;
    ASSERT_EQ(slice->payments.size(), references.size());
    for (std::size_t index = 0; index < references.size(); ++index) {
        EXPECT_EQ(slice->payments[index].reference, references[index]);
    }
    EXPECT_LE(peer.connections(), 16);
    EXPECT_EQ(slice->key, "lookup");
    EXPECT_EQ(slice->declared_total, 200);
    const std::string expected = sha256_hex(fmt::format(
        "QUERY|1.0.6|LANGSON|{}|20240617101500|{}",
        reference_of(peer.requests().at(0)),
        test::test_secret
    ));
    EXPECT_NE(peer.requests().at(0).body.find(expected), std::string::npos);
}

TEST_F(LookUps, OfAReferenceWithAQuoteStayOneQuestion) {
    const HttpPeer peer(
        test::script({test::json(reply_text("x", {.code = "01"}, test::test_secret))})
    );
    const auto slice = look_up(peer, {R"(a","MaDoiTac":"EVIL)"});
    ASSERT_TRUE(slice);
    EXPECT_NE(peer.requests().at(0).body.find(R"(a\",\"MaDoiTac\":\"EVIL)"), std::string::npos);
}

struct DoubtCase {
    std::string name;
    std::string body;
    std::string reason;

    friend void PrintTo(const DoubtCase& row, std::ostream* out) { *out << row.name; }
};

class Doubt : public LookUps, public testing::WithParamInterface<DoubtCase> {};

TEST_P(Doubt, CostsOnlyItsOwnReference) {
    const HttpPeer peer([](const PeerRequest& request) {
        const std::string reference = reference_of(request);
        const std::string body = reference_of(request) == "ref-2"
                                     ? GetParam().body
                                     : reply_text(reference, {}, test::test_secret);
        return test::json(body);
    });
    const auto slice = look_up(peer, {"ref-1", "ref-2", "ref-3"});
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_EQ(slice->payments.size(), 2U);
    ASSERT_EQ(slice->rejected.size(), 1U);
    EXPECT_EQ(slice->rejected[0].where, "look-up 2");
    EXPECT_EQ(slice->rejected[0].reason, GetParam().reason);
}

const DoubtCase doubt_cases[] = {
    {"WrongSecret",
     reply_text("ref-2", {}, "another"),
     "/MaXacThuc: not the signature of this answer"},
    {"WrongSecretThoughUnknown",
     reply_text("ref-2", {.code = "01"}, "another"),
     "/MaXacThuc: not the signature of this answer"},
    {"NoSignature",
     R"({"MaLoi":"00","MaThamChieu":"ref-2","TrangThaiGD":"1"})",
     "/MaXacThuc: not the signature of this answer"},
    {"AnotherReference",
     reply_text("ref-1", {}, test::test_secret),
     "the answer is about another reference"},
    {"UnknownState",
     reply_text("ref-2", {.state = "7"}, test::test_secret),
     "/TrangThaiGD: a text that the mapping does not list"},
    {"AFractionOfADong",
     reply_text("ref-2", {.amount = "450000.5"}, test::test_secret),
     "/SoTien: not a whole number"},
    {"TwelveOfAMonth",
     reply_text("ref-2", {.time = "20241317101733"}, test::test_secret),
     "/ThoiGianGD: not a time of the agreed form"},
};

INSTANTIATE_TEST_SUITE_P(Platform, Doubt, testing::ValuesIn(doubt_cases), test::case_name<DoubtCase>);

TEST_F(LookUps, AnUnsignedAnswerMaySayThatItDoesNotKnow) {
    const HttpPeer peer(test::script({test::json(R"({"MaLoi":"01"})")}));
    const auto slice = look_up(peer, {"ref"});
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_EQ(slice->payments.at(0).state, PaymentState::Unknown);
}

TEST_F(LookUps, ABadPartnerOrSignatureOfOursIsAnAuthError) {
    for (const std::string code : {"97", "98"}) {
        const std::string body = fmt::format(R"({{"MaLoi":"{}"}})", code);
        const HttpPeer peer(test::script({test::json(body)}));
        const auto slice = look_up(peer, {"ref"});
        ASSERT_FALSE(slice);
        EXPECT_EQ(slice.error().kind, ErrorKind::Auth);
        EXPECT_EQ(
            slice.error().message,
            fmt::format(
                "test: look-up 1: POST /payment/query: /MaLoi is '{}': the source says that it "
                "failed",
                code
            )
        );
    }
}

TEST_F(LookUps, AllAreAnsweredThoughSomeFailAtFirst) {
    std::set<std::string> failed;
    const HttpPeer peer([&](const PeerRequest& request) {
        const std::string reference = reference_of(request);
        if (reference.ends_with('7') && failed.insert(reference).second) {
            return test::status(reference.ends_with("17") ? 401 : 503);
        }
        return test::json(reply_text(reference, {}, test::test_secret));
    });
    std::vector<std::string> references;
    for (int number = 0; number < 100; ++number) {
        references.push_back(fmt::format("ref-{}", number));
    }
    const auto slice = look_up(peer, references);
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_EQ(slice->payments.size(), 100U);
    EXPECT_EQ(slice->requests, 110);
    EXPECT_EQ(world_.waits.size(), 1U);
}

TEST_F(LookUps, OneThatAlwaysFailsCostsOnlyItself) {
    for (const PeerReply& poison : {test::status(500), test::status(404), test::json("no JSON")}) {
        const HttpPeer peer([&](const PeerRequest& request) {
            const std::string reference = reference_of(request);
            return reference == "ref-2" ? poison
                                        : test::json(reply_text(reference, {}, test::test_secret));
        });
        const auto slice = look_up(peer, {"ref-1", "ref-2", "ref-3"});
        ASSERT_TRUE(slice) << slice.error().message;
        EXPECT_EQ(slice->payments.size(), 2U);
        ASSERT_EQ(slice->rejected.size(), 1U);
        EXPECT_EQ(slice->rejected[0].where, "look-up 2");
    }
}

TEST_F(LookUps, OneThatFailsAloneIsAFailureOfTheWhole) {
    for (const PeerReply& reply : {test::status(500), test::status(404)}) {
        const HttpPeer peer(test::script({reply}));
        EXPECT_FALSE(look_up(peer, {"ref-1", "ref-2"}));
    }
}

TEST_F(LookUps, AWallIsNotRunIntoFiveHundredTimes) {
    const HttpPeer peer(test::script({test::status(503)}));
    const auto slice = look_up(peer, std::vector<std::string>(500, "ref"));
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Transient);
    EXPECT_LT(peer.requests().size(), 6U * 50U);
}

TEST_F(LookUps, OfNothingAskNothing) {
    const HttpPeer peer(test::script({test::status(503)}));
    const auto slice = look_up(peer, {});
    ASSERT_TRUE(slice);
    EXPECT_TRUE(peer.requests().empty());
}

TEST_F(LookUps, HaveNoWindows) {
    const HttpPeer peer(test::script({test::status(503)}));
    auto connector = Connector::create(sources_.platform(peer.url()), world_.environment());
    EXPECT_FALSE(connector->gather({test::day("2024-06-17"), test::day("2024-06-17")}));
}

}  // namespace
}  // namespace thidua::connectors
