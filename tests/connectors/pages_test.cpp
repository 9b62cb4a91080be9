// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A window of dossiers, by the shipped iGate preset: what comes, and what proves that it is all.
#include "connectors/connector.hpp"
#include "tests/connectors/igate_peer.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/support/case_name.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ostream>

namespace thidua::connectors {
namespace {

using test::at;
using test::igate_page;
using test::igate_record;
using test::IgatePeer;
using test::PeerReply;
using test::PeerRequest;
using test::replaced;

std::vector<std::string> records(int count) {
    std::vector<std::string> result;
    for (int number = 1; number <= count; ++number) {
        result.push_back(igate_record(number));
    }
    return result;
}

const Window june_17{test::day("2024-06-17"), test::day("2024-06-17")};

class Pages : public testing::Test {
  protected:
    Result<Slice> gather(const IgatePeer& peer, int size = 200) {
        SourceDescription description = sources_.igate(peer.url());
        description.pagination.size = size;
        description.joins.at(0).batch = 3;
        auto connector = Connector::create(description, world_.environment());
        if (!connector) {
            return std::unexpected(connector.error());
        }
        return connector->gather(june_17);
    }

    test::World world_;
    test::Sources sources_;
};

TEST_F(Pages, ReadEveryMappedField) {
    const IgatePeer peer(records(1));
    const auto slice = gather(peer);
    ASSERT_TRUE(slice) << slice.error().message;
    ASSERT_EQ(slice->dossiers.size(), 1U);
    const DossierRecord expected{
        .code = "H37.10-240617-0001",
        .aliases = {},
        .procedure_code = "1.000049",
        .unit_code = "H37.10.05",
        .channel = Channel::Online,
        .status = 4,
        .applied_at = at("2024-06-16T08:15:03+07:00"),
        .accepted_at = at("2024-06-17T09:30:12+07:00"),
        .due_at = at("2024-07-01T17:00:00+07:00"),
        .finished_at = std::nullopt,
        .updated_at = at("2024-06-18T10:00:00+07:00"),
        .fee_count = 1,
        .fee_total = 450'000,
        .paid_flag = 0,
        .payments = {
            {"ref-1-a", Gateway::Dvcqg, PaymentState::Succeeded, at("2024-06-17T10:17:33+07:00")},
            {"ref-1-b", Gateway::Dvcqg, PaymentState::Succeeded, at("2024-06-17T10:17:33+07:00")}}};
    EXPECT_EQ(slice->dossiers[0], expected);
    EXPECT_EQ(slice->key, "2024-06-17/2024-06-17");
    EXPECT_EQ(slice->declared_total, 1);
    EXPECT_EQ(slice->requests, 4) << "token, page, total again, fees";
    EXPECT_EQ(slice->sha256.size(), 64U);
}

TEST_F(Pages, AddUpToTheDeclaredTotal) {
    const IgatePeer peer(records(10));
    const auto slice = gather(peer, 4);
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_EQ(slice->dossiers.size(), 10U);
    EXPECT_EQ(slice->declared_total, 10);
    EXPECT_EQ(peer.requests(test::search_path).size(), 4U) << "three pages, and the total again";
    EXPECT_EQ(peer.requests(test::fee_path).size(), 4U);
}

TEST_F(Pages, GiveTheSamePrintForTheSameAnswers) {
    const IgatePeer peer(records(10));
    const auto first = gather(peer, 4);
    const auto second = gather(peer, 4);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->sha256, second->sha256);
    EXPECT_EQ(first->bytes, second->bytes);
}

TEST_F(Pages, AreAskedWiderThanWantedAndFilteredByTheDayInVietNam) {
    const auto accepted = [](int number, std::string_view time) {
        return replaced(igate_record(number), "2024-06-17T09:30:12.000+0700", time);
    };
    const IgatePeer peer({
        accepted(1, "2024-06-16T23:59:59.999+0700"),
        accepted(2, "2024-06-17T00:00:00.000+0700"),
        accepted(3, "2024-06-17T23:59:59.999+0700"),
        accepted(4, "2024-06-17T17:00:00.000Z"),  // the 18th in Viet Nam
        replaced(igate_record(5), "\"2024-06-17T09:30:12.000+0700\"", "null"),
    });
    const auto slice = gather(peer);
    ASSERT_TRUE(slice) << slice.error().message;
    ASSERT_EQ(slice->dossiers.size(), 2U);
    EXPECT_EQ(slice->dossiers[0].code, "H37.10-240617-0002");
    EXPECT_EQ(slice->dossiers[1].code, "H37.10-240617-0003");
    EXPECT_EQ(slice->declared_total, 5);
    const auto query = peer.requests(test::search_path).at(0).query;
    EXPECT_EQ(query.at("accepted-from"), "2024-06-16T00:00:00.000Z");
    EXPECT_EQ(query.at("accepted-to"), "2024-06-18T23:59:59.999Z");
    EXPECT_EQ(query.at("sort"), "acceptedDate,asc");
    EXPECT_EQ(query.at("spec"), "page");
    EXPECT_EQ(peer.requests(test::fee_path).at(0).query.at("dossier-ids"), "id-2,id-3");
}

TEST_F(Pages, AnEmptyWindowIsConfirmed) {
    const IgatePeer peer({});
    const auto slice = gather(peer);
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_TRUE(slice->dossiers.empty());
    EXPECT_EQ(peer.requests(test::search_path).size(), 2U);
}

TEST_F(Pages, C13AnEmptiedAnswerIsNotBelieved) {
    int searches = 0;
    const IgatePeer peer(records(3), [&](const PeerRequest& request) {
        const bool is_first = request.path == test::search_path && ++searches == 1;
        return is_first ? std::optional(test::json(igate_page({}, 0))) : std::nullopt;
    });
    const auto slice = gather(peer);
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_EQ(slice->dossiers.size(), 3U);
}

TEST_F(Pages, C16AMovedTotalMeansGatheringAgain) {
    int searches = 0;
    const IgatePeer peer(records(10), [&](const PeerRequest& request) {
        const bool is_second = request.path == test::search_path && ++searches == 2;
        return is_second ? std::optional(test::json(igate_page(records(4), 11))) : std::nullopt;
    });
    const auto slice = gather(peer, 4);
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_EQ(slice->dossiers.size(), 10U);
    EXPECT_EQ(peer.requests(test::search_path).size(), 6U);
}

TEST_F(Pages, C16ATotalThatNeverRestsIsTransient) {
    std::size_t total = 100;
    const IgatePeer peer({}, [&](const PeerRequest& request) -> std::optional<PeerReply> {
        if (request.path != test::search_path) {
            return std::nullopt;
        }
        return test::json(igate_page(records(4), ++total));
    });
    const auto slice = gather(peer, 4);
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Transient);
    EXPECT_EQ(peer.requests(test::search_path).size(), 6U) << "three times two pages";
}

TEST_F(Pages, C22ARecordThatComesTwiceIsOne) {
    const std::string same = replaced(igate_record(1), "id-1\"", "id-1-twin\"");
    const std::string later = replaced(
        replaced(igate_record(2), "2024-06-18T10:00", "2024-06-19T10:00"),
        R"("dossierStatus":{"id":4)",
        R"("dossierStatus":{"id":9)"
    );
    const IgatePeer peer({igate_record(1), later, igate_record(2), same});
    const auto slice = gather(peer);
    ASSERT_TRUE(slice) << slice.error().message;
    ASSERT_EQ(slice->dossiers.size(), 2U);
    EXPECT_EQ(slice->dossiers[1].status, 9) << "the later change wins, whichever comes first";
    EXPECT_EQ(slice->declared_total, 4);
}

TEST_F(Pages, C21ABadRecordCostsOnlyItself) {
    auto all = records(30);
    all[7] = replaced(all[7], "2024-07-01T17:00:00.000+0700", "01/07/2024");
    const IgatePeer peer(all);
    const auto slice = gather(peer);
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_EQ(slice->dossiers.size(), 29U);
    ASSERT_EQ(slice->rejected.size(), 1U);
    EXPECT_EQ(slice->rejected[0].where, "page 1: /content/7");
    EXPECT_EQ(slice->rejected[0].reason, "/appointmentDate: not a time of the agreed form");
}

TEST_F(Pages, C21ManyBadRecordsAreAChangeOfTheSource) {
    auto all = records(40);
    for (std::size_t place = 0; place < 4; ++place) {
        all[place] = replaced(all[place], R"("dossierStatus")", R"("status")");
    }
    const IgatePeer peer(all);
    const auto slice = gather(peer);
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Contract);
    EXPECT_EQ(
        slice.error().message,
        "test: 4 of 40 records cannot be read; the first: page 1: /content/0: "
        "/dossierStatus/id: required, but not there"
    );
}

struct ShapeCase {
    std::string name;
    std::string body;   ///< of the first search
    std::string words;  ///< that the error has to hold

    friend void PrintTo(const ShapeCase& row, std::ostream* out) { *out << row.name; }
};

class OtherShape : public Pages, public testing::WithParamInterface<ShapeCase> {};

TEST_P(OtherShape, C21IsAContractError) {
    const IgatePeer peer({}, [&](const PeerRequest& request) {
        const bool is_search = request.path == test::search_path;
        return is_search ? std::optional(test::json(GetParam().body)) : std::nullopt;
    });
    const auto slice = gather(peer, 4);
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Contract) << slice.error().message;
    EXPECT_NE(slice.error().message.find(GetParam().words), std::string::npos)
        << slice.error().message;
}

const ShapeCase shape_cases[] = {
    {"C13Null", "null", "/content: not an array"},
    {"C13AnArray", "[]", "/content: not an array"},
    {"C13ANumber", "7", "/content: not an array"},
    {"NoContent", R"({"totalElements":1})", "/content: not an array"},
    {"ContentIsAnObject", R"({"content":{},"totalElements":1})", "/content: not an array"},
    {"NoTotal", R"({"content":[]})", "/totalElements: not a number"},
    {"TotalIsNull", R"({"content":[],"totalElements":null})", "/totalElements: not a number"},
    {"TotalIsAText", R"({"content":[],"totalElements":"many"})", "/totalElements: not a number"},
    {"TotalBelowZero", R"({"content":[],"totalElements":-1})", "/totalElements: not a number"},
    {"EmptyBeforeTheTotal", R"({"content":[],"totalElements":4})", "page 1: empty, though 4 of 4"},
    {"C18RepeatedPage", igate_page(records(4), 8), "page 2: holds the records of an earlier page"},
};

INSTANTIATE_TEST_SUITE_P(Pages, OtherShape, testing::ValuesIn(shape_cases), test::case_name<ShapeCase>);

struct FeeCase {
    std::string name;
    std::string rows;  ///< for id-1; what the dossier owes is in the next two
    std::int64_t count;
    std::int64_t total;
    std::size_t rejected;

    friend void PrintTo(const FeeCase& row, std::ostream* out) { *out << row.name; }
};

class Fees : public Pages, public testing::WithParamInterface<FeeCase> {};

TEST_P(Fees, AreJoinedByTheDossiersId) {
    const IgatePeer peer(records(1), [&](const PeerRequest& request) {
        const bool is_fee = request.path.starts_with(test::fee_path);
        return is_fee ? std::optional(test::json(GetParam().rows)) : std::nullopt;
    });
    const auto slice = gather(peer);
    ASSERT_TRUE(slice) << slice.error().message;
    ASSERT_EQ(slice->rejected.size(), GetParam().rejected);
    ASSERT_EQ(slice->dossiers.size(), 1 - GetParam().rejected);
    if (!slice->dossiers.empty()) {
        EXPECT_EQ(slice->dossiers[0].fee_count, GetParam().count);
        EXPECT_EQ(slice->dossiers[0].fee_total, GetParam().total);
    }
}

const FeeCase fee_cases[] = {
    {"None", "[]", 0, 0, 0},
    {"Free", R"([{"amount":0.0,"dossier":{"id":"id-1"}}])", 1, 0, 0},
    {"Two",
     R"([{"amount":450000.0,"dossier":{"id":"id-1"}},{"amount":30000,"dossier":{"id":"id-1"}}])",
     2,
     480'000,
     0},
    {"AFraction", R"([{"amount":450000.5,"dossier":{"id":"id-1"}}])", 0, 0, 1},
    {"NoAmount", R"([{"amount":null,"dossier":{"id":"id-1"}}])", 0, 0, 1},
    {"BelowZero", R"([{"amount":-1,"dossier":{"id":"id-1"}}])", 0, 0, 1},
};

INSTANTIATE_TEST_SUITE_P(Pages, Fees, testing::ValuesIn(fee_cases), test::case_name<FeeCase>);

TEST_F(Pages, FeesOfADossierNobodyAskedForAreAContractError) {
    const IgatePeer peer(records(1), [&](const PeerRequest& request) {
        const bool is_fee = request.path.starts_with(test::fee_path);
        const std::string rows = R"([{"amount":1,"dossier":{"id":"id-2"}}])";
        return is_fee ? std::optional(test::json(rows)) : std::nullopt;
    });
    const auto slice = gather(peer);
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Contract);
}

TEST_F(Pages, HoldNoPersonalData) {
    auto all = records(5);
    all[1] = replaced(all[1], "2024-07-01T17:00:00.000+0700", test::canary);
    all[2] = replaced(
        all[2],
        R"("dossierStatus":{"id":4)",
        fmt::format(R"("dossierStatus":{{"id":"{}")", test::canary)
    );
    const IgatePeer peer(all);
    const auto slice = gather(peer);
    ASSERT_TRUE(slice) << slice.error().message;
    ASSERT_EQ(slice->dossiers.size(), 3U);
    ASSERT_EQ(slice->rejected.size(), 2U);
    for (const Rejected& rejected : slice->rejected) {
        EXPECT_EQ((rejected.where + rejected.reason).find(test::canary), std::string::npos);
    }
    for (const DossierRecord& dossier : slice->dossiers) {
        std::string text = dossier.code + dossier.procedure_code + dossier.unit_code;
        for (const std::string& alias : dossier.aliases) {
            text += alias;
        }
        for (const NamedPayment& payment : dossier.payments) {
            text += payment.reference;
        }
        EXPECT_EQ(text.find(test::canary), std::string::npos);
    }
}

}  // namespace
}  // namespace thidua::connectors
