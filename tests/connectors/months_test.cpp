// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A month of the national portal's statistics, by the shipped preset.
#include "connectors/connector.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/support/http_peer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace thidua::connectors {
namespace {

using test::HttpPeer;
using test::PeerReply;
using test::PeerRequest;

constexpr std::string_view payment_path =
    "/api/v1/reporting/evaluation/formality-online-payment-tree";
constexpr std::string_view online_path = "/api/v1/reporting/evaluation/provide-online-tree";

PeerReply created(std::string body) {
    PeerReply reply = test::json(std::move(body));
    reply.status = 201;
    return reply;
}

std::string enveloped(std::string_view parent, std::string_view children) {
    return fmt::format(
        R"({{"code":"OK","data":{{"parent":{},"children":[{}]}},"message":"OK"}})", parent, children
    );
}

std::string department(std::string_view id, std::string_view code, std::string_view counters) {
    return fmt::format(
        R"({{"departmentId":"{}","departmentName":"{}","departmentCode":"{}"{}}})",
        id,
        test::canary,
        code,
        counters
    );
}

const std::string payment_answer = enveloped(
    department(
        "root-1",
        "000.00.10.H37",
        R"(,"totalDossierOnlinePaymentSuccess":840,"totalDossierFinancialObligation":1000,)"
        R"("totalFeeFormality":null,"ratio":84.0)"
    ),
    department(
        "child-1",
        "H37.10.05",
        R"(,"totalDossierOnlinePaymentSuccess":0,"totalDossierFinancialObligation":7,"level":"X")"
    )
);
const std::string online_answer = enveloped(
    department("root-1", "H37.10", R"(,"channelOnlineSum":290,"channelTotalSum":312)"),
    department("child-1", "000.05.10.H37", R"(,"totalScore":8.1)")
);
const std::string child_answer =
    enveloped(department("child-1", "H37.10.05", R"(,"channelOnlineSum":12)"), "");

/// Bodies by path, and by root where one is asked again.
class Months : public testing::Test {
  protected:
    Result<Slice> gather() {
        const HttpPeer peer([this](const PeerRequest& request) {
            requests_.push_back(request);
            const bool is_child = request.body.find("child-1") != std::string::npos;
            return created(request.path == payment_path ? payment_ : is_child ? child_ : online_);
        });
        auto connector = Connector::create(sources_.reporting(peer.url()), world_.environment());
        if (!connector) {
            return std::unexpected(connector.error());
        }
        return connector->gather({test::day("2024-09-01"), test::day("2024-09-30")});
    }

    std::string payment_ = payment_answer;
    std::string online_ = online_answer;
    std::string child_ = child_answer;
    std::vector<PeerRequest> requests_;
    test::World world_;
    test::Sources sources_;
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t place = text.find(from);
    EXPECT_NE(place, std::string::npos) << from;
    return text.replace(place, from.size(), to);
}

TEST_F(Months, HoldEveryCounterThatIsThere) {
    const auto slice = gather();
    ASSERT_TRUE(slice) << slice.error().message;
    const std::vector<StatisticRecord> expected{
        {"H37.10", "2024-09", "totalDossierOnlinePaymentSuccess", 840},
        {"H37.10", "2024-09", "totalDossierFinancialObligation", 1000},
        {"H37.10.05", "2024-09", "totalDossierOnlinePaymentSuccess", 0},
        {"H37.10.05", "2024-09", "totalDossierFinancialObligation", 7},
        {"H37.10", "2024-09", "channelOnlineSum", 290},
        {"H37.10", "2024-09", "channelTotalSum", 312},
        {"H37.10.05", "2024-09", "channelOnlineSum", 12},
    };
    EXPECT_EQ(slice->statistics, expected) << "a null counter is absent, never 0";
    EXPECT_EQ(slice->key, "2024-09");
    EXPECT_TRUE(slice->rejected.empty());
    ASSERT_EQ(requests_.size(), 3U);
    EXPECT_EQ(
        requests_[0].body,
        R"({"timeType":"month","year":2024,"month":9,"rootDepartmentId":"root-1", )"
        R"("currentPage":1,"pageSize":1000})"
    );
    EXPECT_EQ(requests_[1].path, online_path);
}

TEST_F(Months, RefuseAnAnswerAboutAnotherDepartment) {
    payment_ = replaced(payment_, "root-1", "root-2");
    auto slice = gather();
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Contract);
    EXPECT_NE(slice.error().message.find("/data/parent/departmentId"), std::string::npos);

    payment_ = payment_answer;
    child_ = replaced(child_, "H37.10.05", "H37.10.06");
    slice = gather();
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Contract);
    EXPECT_NE(slice.error().message.find("another unit"), std::string::npos);
}

TEST_F(Months, RefuseAnEnvelopeThatSaysItFailed) {
    payment_ = R"({"code":"NOT_FOUND","data":null,"message":"Không tìm thấy"})";
    const auto slice = gather();
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Contract);
    EXPECT_NE(slice.error().message.find("/code is 'NOT_FOUND'"), std::string::npos);
}

TEST_F(Months, RefuseOtherShapes) {
    for (const std::string body :
         {R"({"code":"OK"})",
          R"({"code":"OK","data":null})",
          R"({"data":{}})",
          R"([])",
          R"({"code":"OK","data":{"parent":{"departmentId":"root-1","departmentCode":"H37"}}})"}) {
        payment_ = body;
        const auto slice = gather();
        ASSERT_FALSE(slice) << body;
        EXPECT_EQ(slice.error().kind, ErrorKind::Contract) << body;
    }
}

TEST_F(Months, RejectACounterThatIsNoCount) {
    payment_ = replaced(payment_, ":840", ":-840");
    payment_ = replaced(payment_, ":1000", ":\"many\"");
    payment_ = replaced(payment_, ":7", ":7.5");
    const auto slice = gather();
    ASSERT_TRUE(slice) << slice.error().message;
    ASSERT_EQ(slice->rejected.size(), 3U);
    EXPECT_EQ(slice->rejected[0].where, "2024-09, root 1: /data/parent");
    EXPECT_EQ(slice->rejected[0].reason, "/totalDossierOnlinePaymentSuccess: not a count");
    EXPECT_EQ(slice->rejected[2].where, "2024-09, root 1: /data/children/0");
}

TEST_F(Months, AnswerWithAnotherSuccessAreRefused) {
    const HttpPeer peer(test::script({test::json(payment_answer)}));  // 200, not 201
    auto connector = Connector::create(sources_.reporting(peer.url()), world_.environment());
    const auto slice = connector->gather({test::day("2024-09-01"), test::day("2024-09-30")});
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Contract);
}

}  // namespace
}  // namespace thidua::connectors
