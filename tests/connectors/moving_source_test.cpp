// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A source that moves while it is paged: C14 to C22 of the fault model, as far as one pull can
// tell. What the store makes of it is in tests/store/moving_source_test.cpp.
#include "connectors/connector.hpp"
#include "tests/connectors/igate_peer.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/support/case_name.hpp"
#include "tests/support/http_peer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <ostream>
#include <set>

namespace thidua::connectors {
namespace {

using test::HttpPeer;
using test::PeerReply;
using test::PeerRequest;

struct Row {
    int number = 0;
    std::string at = "2024-06-17T09:00:00.000+0700";
    int status = 2;
};

std::string code_of(int number) {
    return fmt::format("H37.10-240617-{:04}", number);
}

/// Pages of its rows by their time, as they are at that moment.
class MovingSource {
  public:
    /// Before the n-th answer, from 1.
    using Move = std::function<void(int answer, std::vector<Row>& rows)>;

    MovingSource(int count, Move move)
        : move_(std::move(move)),
          peer_([this](const PeerRequest& request) { return answer(request); }) {
        for (int number = 1; number <= count; ++number) {
            rows_.push_back({.number = number});
        }
    }

    [[nodiscard]] std::string url() const { return peer_.url(); }
    [[nodiscard]] std::vector<Row>& rows() { return rows_; }
    [[nodiscard]] int answers() const { return answers_; }
    void shuffle_by_hand() { is_sorted_ = false; }

  private:
    PeerReply answer(const PeerRequest& request) {
        move_(++answers_, rows_);
        if (is_sorted_) {
            std::ranges::stable_sort(rows_, {}, &Row::at);
        }
        const auto skip = std::min(std::stoul(request.query.at("skip")), rows_.size());
        const auto end = std::min(skip + std::stoul(request.query.at("take")), rows_.size());
        std::string text;
        for (std::size_t place = skip; place < end; ++place) {
            const Row& row = rows_[place];
            text += fmt::format(
                R"({}{{"code":"{}","at":"{}","status":{}}})",
                text.empty() ? "" : ",",
                code_of(row.number),
                row.at,
                row.status
            );
        }
        return test::json(fmt::format(R"({{"rows":[{}],"total":{}}})", text, rows_.size()));
    }

    std::vector<Row> rows_;
    Move move_;
    int answers_ = 0;
    bool is_sorted_ = true;
    HttpPeer peer_;
};

const MovingSource::Move stays = [](int, std::vector<Row>&) {};
const Window june_17{test::day("2024-06-17"), test::day("2024-06-17")};
const Window june_18{test::day("2024-06-18"), test::day("2024-06-18")};

class Moving : public testing::Test {
  protected:
    Result<Slice> gather(const MovingSource& source, const Window& window = june_17) {
        auto connector = Connector::create(
            test::described(fmt::format(
                "kind: dossiers\n"
                "base_url: {}\n"
                "cursor: {{field: accepted_at}}\n"
                "request: {{path: /list, query: {{skip: '{{offset}}', take: '{{size}}'}}}}\n"
                "pagination: {{type: offset, size: 2, total_path: /total}}\n"
                "records: {{path: /rows}}\n"
                "map: {{code: /code, accepted_at: /at, status: /status}}\n",
                source.url()
            )),
            world_.environment()
        );
        return connector ? connector->gather(window)
                         : Result<Slice>(std::unexpected(connector.error()));
    }

    /// The numbers of a slice's dossiers.
    static std::set<int> numbers(const Result<Slice>& slice) {
        std::set<int> found;
        EXPECT_TRUE(slice) << (slice ? "" : slice.error().message);
        if (slice) {
            for (const DossierRecord& dossier : slice->dossiers) {
                found.insert(std::stoi(dossier.code.substr(dossier.code.size() - 4)));
            }
        }
        return found;
    }

    test::World world_;
};

TEST_F(Moving, C14APageBoundaryInsideEqualTimesLosesNothing) {
    const MovingSource source(7, stays);
    const auto slice = gather(source);
    EXPECT_EQ(numbers(slice), (std::set{1, 2, 3, 4, 5, 6, 7}));
    EXPECT_EQ(source.answers(), 5) << "every boundary lies between equal times";
}

TEST_F(Moving, C14EqualTimesAtTheEdgeOfAWindowAreInOneOfTwo) {
    MovingSource source(6, stays);
    for (Row& row : source.rows()) {
        row.at = row.number <= 3 ? "2024-06-17T23:59:59.999+0700" : "2024-06-18T00:00:00.000+0700";
    }
    EXPECT_EQ(numbers(gather(source, june_17)), (std::set{1, 2, 3}));
    EXPECT_EQ(numbers(gather(source, june_18)), (std::set{4, 5, 6}));
}

TEST_F(Moving, C15ResultsOutOfOrderLoseNothing) {
    MovingSource source(6, stays);
    source.shuffle_by_hand();
    const std::string last_year = "2023-06-17T09:00:00.000+0700";
    const std::string far_ahead = "2031-06-17T09:00:00.000+0700";
    source.rows()[0].at = far_ahead;
    source.rows()[3].at = last_year;
    std::ranges::reverse(source.rows());
    EXPECT_EQ(numbers(gather(source)), (std::set{2, 3, 5, 6}));
    source.rows()[0].at = "2024-06-18T09:00:00.000+0700";
    EXPECT_EQ(numbers(gather(source, june_18)), (std::set{6})) << "no cursor ran ahead to 2031";
}

TEST_F(Moving, C16ARowInsertedBeforeThePageInHandMeansGatheringAgain) {
    const MovingSource source(5, [](int answer, std::vector<Row>& rows) {
        if (answer == 2) {
            rows.insert(rows.begin(), Row{.number = 6});
        }
    });
    EXPECT_EQ(numbers(gather(source)), (std::set{1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(source.answers(), 2 + 4);
}

TEST_F(Moving, C16ARowDeletedBeforeThePageInHandMeansGatheringAgain) {
    const MovingSource source(5, [](int answer, std::vector<Row>& rows) {
        if (answer == 2) {
            rows.erase(rows.begin());
        }
    });
    EXPECT_EQ(numbers(gather(source)), (std::set{2, 3, 4, 5}));
    EXPECT_EQ(source.answers(), 2 + 3);
}

TEST_F(Moving, C16ARowThatComesAfterTheLastPageMeansGatheringAgain) {
    const MovingSource source(4, [](int answer, std::vector<Row>& rows) {
        if (answer == 3) {
            rows.push_back(Row{.number = 5});
        }
    });
    EXPECT_EQ(numbers(gather(source)), (std::set{1, 2, 3, 4, 5}));
    EXPECT_EQ(source.answers(), 3 + 4);
}

TEST_F(Moving, C16ARowUpdatedWhilePagedIsThereOnceAndNewNextTime) {
    const MovingSource source(4, [](int answer, std::vector<Row>& rows) {
        if (answer == 2) {
            rows[0].status = 9;
        }
    });
    const auto first = gather(source);
    EXPECT_EQ(numbers(first), (std::set{1, 2, 3, 4}));
    EXPECT_EQ(first->dossiers[0].status, 2);
    const auto second = gather(source);
    EXPECT_EQ(second->dossiers[0].status, 9);
}

TEST_F(Moving, C16WhatSlippedThroughComesWhenTheWindowIsReadAgain) {
    // One goes and one comes at the same moment: the total is the same, and number 3 slips onto the
    // page that was read already. Nothing in these answers tells it. So windows are read again
    // behind the cursor (cursor.lookback_days), and all of them every week.
    const MovingSource source(4, [](int answer, std::vector<Row>& rows) {
        if (answer == 2) {
            rows.erase(rows.begin());
            rows.push_back(Row{.number = 5});
        }
    });
    EXPECT_EQ(numbers(gather(source)), (std::set{1, 2, 4, 5})) << "the fault fired";
    EXPECT_EQ(numbers(gather(source)), (std::set{2, 3, 4, 5}));
}

TEST_F(Moving, C19ABackdatedRowIsInTheWindowOfItsDayWhenThatIsReadAgain) {
    MovingSource source(2, stays);
    EXPECT_EQ(numbers(gather(source)), (std::set{1, 2}));
    source.rows().push_back({.number = 3, .at = "2024-06-17T00:00:00.000+0700", .status = 2});
    source.rows()[0].status = 4;
    const auto again = gather(source);
    EXPECT_EQ(numbers(again), (std::set{1, 2, 3}));
    EXPECT_TRUE(std::ranges::any_of(again->dossiers, [](const DossierRecord& dossier) {
        return dossier.code == code_of(1) && dossier.status == 4;
    }));
}

/// A source of next-page tokens, of which `next` is the one for the page after `page`.
struct TokenCase {
    std::string name;
    std::function<std::string(int page)> next;  ///< what stands after the rows
    std::function<int(int page)> rows_of;       ///< whose rows a page has
    std::string words;

    friend void PrintTo(const TokenCase& row, std::ostream* out) { *out << row.name; }
};

class Token : public testing::TestWithParam<TokenCase> {};

TEST_P(Token, ThatLeadsNowhereEndsThePull) {
    int answers = 0;
    const HttpPeer peer([&](const PeerRequest&) {
        const int page = answers++;
        const int row = GetParam().rows_of(page);
        return test::json(fmt::format(
            R"({{"rows":[{{"code":"{}","at":"2024-06-17T09:00:00.000+0700"}}]{}}})",
            code_of(row),
            GetParam().next(page)
        ));
    });
    test::World world;
    SourceDescription description = test::described(fmt::format(
        "kind: dossiers\nbase_url: {}\ncursor: {{field: accepted_at}}\n"
        "request: {{path: /list, query: {{cursor: '{{cursor}}'}}}}\n"
        "pagination: {{type: cursor, size: 1, next_path: /next}}\nrecords: {{path: /rows}}\n"
        "map: {{code: /code, accepted_at: /at}}\n",
        peer.url()
    ));
    description.pagination.pages_max = 5;
    auto connector = Connector::create(description, world.environment());
    ASSERT_TRUE(connector) << connector.error().message;
    const auto slice = connector->gather(june_17);
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Contract);
    EXPECT_NE(slice.error().message.find(GetParam().words), std::string::npos)
        << slice.error().message;
    EXPECT_LE(answers, 5);
    EXPECT_GE(answers, 2);
}

const TokenCase token_cases[] = {
    {"C18Repeated",
     [](int) { return std::string(R"(,"next":"t")"); },
     [](int page) { return page; },
     "leads back to a page that was asked for already"},
    {"C18Looping",
     [](int page) { return fmt::format(R"(,"next":"t{}")", page % 3); },
     [](int page) { return page; },
     "leads back to a page that was asked for already"},
    {"C18Missing",
     [](int page) { return page == 0 ? std::string(R"(,"next":"t")") : std::string(); },
     [](int page) { return page; },
     "/next: not there"},
    {"C18ShiftingOverTheSameRows",
     [](int page) { return fmt::format(R"(,"next":"t{}")", page); },
     [](int) { return 1; },
     "holds the records of an earlier page"},
    {"C18WithoutEnd",
     [](int page) { return fmt::format(R"(,"next":"t{}")", page); },
     [](int page) { return page; },
     "pagination.pages_max"},
};

INSTANTIATE_TEST_SUITE_P(Paging, Token, testing::ValuesIn(token_cases), test::case_name<TokenCase>);

/// One field of one record of forty is another than agreed.
struct DriftCase {
    std::string name;
    std::string from;
    std::string to;
    std::string reason;  ///< empty: it is read all the same

    friend void PrintTo(const DriftCase& row, std::ostream* out) { *out << row.name; }
};

class Drifted : public testing::TestWithParam<DriftCase> {};

TEST_P(Drifted, RecordIsPutAsideByItsPathOrRead) {
    std::vector<std::string> records;
    for (int number = 1; number <= 40; ++number) {
        records.push_back(test::igate_record(number));
    }
    records[7] = test::replaced(records[7], GetParam().from, GetParam().to);
    const test::IgatePeer peer(records);
    test::World world;
    const test::Sources sources;
    auto connector = Connector::create(sources.igate(peer.url()), world.environment());
    const auto slice = connector->gather(june_17);
    ASSERT_TRUE(slice) << slice.error().message;
    const std::size_t refused = GetParam().reason.empty() ? 0 : 1;
    ASSERT_EQ(slice->rejected.size(), refused);
    EXPECT_EQ(slice->dossiers.size(), 40 - refused);
    if (refused == 1) {
        EXPECT_EQ(slice->rejected[0].where, "page 1: /content/7");
        EXPECT_EQ(slice->rejected[0].reason, GetParam().reason);
    }
}

const DriftCase drift_cases[] = {
    {"C21FieldMissing",
     R"("dossierStatus":{"id":4,"name":[]},)",
     "",
     "/dossierStatus/id: required, but not there"},
    {"C21FieldRenamed",
     R"("dossierStatus")",
     R"("dossierState")",
     "/dossierStatus/id: required, but not there"},
    {"C21Null",
     R"("dossierStatus":{"id":4)",
     R"("dossierStatus":{"id":null)",
     "/dossierStatus/id: required, but not there"},
    {"C21NewEnum",
     R"("applyMethod":{"id":0)",
     R"("applyMethod":{"id":77)",
     "/applyMethod/id: a text that the mapping does not list"},
    {"C21NewStatus",
     R"("dossierStatus":{"id":4)",
     R"("dossierStatus":{"id":77)",
     "/dossierStatus/id: a status outside of 1 to 10"},
    {"C21NumberAsText", R"("dossierStatus":{"id":4)", R"("dossierStatus":{"id":"4")", ""},
    {"C21TextAsNumber", R"("code":"1.000049.000.00.00.H37")", R"("code":1.5)", ""},
    {"C21TimeAsNumber",
     R"("acceptedDate":"2024-06-17T09:30:12.000+0700")",
     R"("acceptedDate":7)",
     "/acceptedDate: not a time of the agreed form"},
    {"C21ObjectForText",
     R"("code":"H37.10-240617-0008")",
     R"("code":{"a":1})",
     "/code: not a text"},
    {"C21NewField", R"("summary")", R"("neverSeen":{"deep":[1,null]},"summary")", ""},
};

INSTANTIATE_TEST_SUITE_P(Schema, Drifted, testing::ValuesIn(drift_cases), test::case_name<DriftCase>);

}  // namespace
}  // namespace thidua::connectors
