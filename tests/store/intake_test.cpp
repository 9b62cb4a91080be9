// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What is kept beside the versions: captures, refused records, the shape of records, decisions.
#include "tests/store/dump.hpp"
#include "tests/store/store_fixture.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

namespace thidua::store {
namespace {

const std::string june = "2024-06-07/2024-06-20";
const std::string july = "2024-07-05/2024-07-18";

class Intake : public StoreTest {
  protected:
    static Slice slice(const std::string& key, std::vector<Rejected> rejected = {}) {
        Slice made;
        made.key = key;
        made.dossiers = {dossier("A-240610-0001")};
        made.rejected = std::move(rejected);
        return made;
    }

    static Rejected refused(int page, const std::string& record) {
        return {fmt::format("page {}: /items/{}", page, page * 7), "/code: missing", record};
    }

    /// Number, key, first and last slice and state of each.
    std::vector<std::string> quarantine(QuarantineQuery query = {QuarantineQuery::Which::All, ""}) {
        std::vector<std::string> lines;
        const auto found = *store_.quarantine(query);
        for (const Quarantined& one : found) {
            lines.push_back(fmt::format(
                "{} {} {}-{} {}", one.id, one.key, one.first_slice, one.last_slice, one.state
            ));
        }
        return lines;
    }

    using Lines = std::vector<std::string>;

    void replay(const Slice& again, std::int64_t gathered_by, const std::string& now) {
        PullRun run{"tthc", at(now)};
        run.kind = PullKind::Replay;
        SliceToPublish what{again, at(now), expect_, {}};
        what.gathered_by = gathered_by;
        const auto published = store_.publish(run, what);
        ASSERT_TRUE(published) << published.error().message;
        ASSERT_TRUE(store_.finish_pull(run, {at(now), std::nullopt}));
    }

    std::int64_t problems() {
        return store_.verify([](auto, auto) {})->problems;
    }
};

TEST_P(Intake, KeepsTheNewestSliceOfEachKey) {
    const std::string bytes("\x78\x9c\x00\xff kept", 9);
    Slice first = slice(june);
    first.kept = "older";
    Slice second = slice(june, {refused(1, "{}")});
    second.kept = bytes;
    second.sha256 = "abc";
    second.bytes = 70;
    Slice other = slice(july);
    other.kept = "july";
    for (const Slice* one : {&first, &second, &other}) {
        ASSERT_TRUE(publish(*one, monday));
    }
    EXPECT_EQ(*store_.captured("tthc", june), bytes);
    const auto all = *store_.captures("");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].source, "tthc");
    EXPECT_EQ(all[0].key, june);
    EXPECT_EQ(all[0].slice, 2);
    EXPECT_EQ(all[0].records, 2);
    EXPECT_EQ(all[0].sha256, "abc");
    EXPECT_EQ(all[0].bytes, 70);
    EXPECT_TRUE(store_.captures("dvcqg")->empty());
    EXPECT_EQ(store_.captured("tthc", "2030-01").error().kind, ErrorKind::Usage);

    ASSERT_TRUE(publish(slice(july), tuesday));  // of which nothing is kept
    EXPECT_EQ(store_.captures("tthc")->size(), 1U);
    EXPECT_EQ(problems(), 0);
}

TEST_P(Intake, ARepeatTouchesNothing) {
    Slice once = slice(june);
    once.print = 9;
    once.kept = "kept";
    once.shape = {{"/a", "text"}};
    ASSERT_TRUE(publish(once, monday));
    const auto before = dump(location_);
    once.kept = "not looked at";
    PullRun run{"tthc", at(tuesday)};
    EXPECT_TRUE(store_.publish(run, {once, at(tuesday), expect_, {}})->is_repeat);
    EXPECT_EQ(dump(location_), before);
}

TEST_P(Intake, ARefusedRecordHasOneRowHoweverOftenItComes) {
    ASSERT_TRUE(publish(slice(june, {refused(1, "{\"id\":1}"), refused(2, "{\"id\":1}")}), monday));
    ASSERT_TRUE(publish(slice(june, {refused(3, "{\"id\":1}"), refused(3, "{\"id\":2}")}), tuesday)
    );
    EXPECT_EQ(quarantine(), (Lines{"1 " + june + " 1-2 open", "2 " + june + " 2-2 open"}));
    const auto one = store_.quarantine({QuarantineQuery::Which::All, "", 1})->at(0);
    EXPECT_EQ(one.source, "tthc");
    EXPECT_EQ(one.place, "page 3: /items/21");
    EXPECT_EQ(one.reason, "/code: missing");
    EXPECT_EQ(one.record, "{\"id\":1}");
    EXPECT_EQ(one.first_seen, at(monday));
    EXPECT_EQ(one.last_seen, at(tuesday));
    EXPECT_EQ(one.decided_at, std::nullopt);
    EXPECT_EQ(problems(), 0);
}

TEST_P(Intake, WhatIsRefusedNoLongerIsResolvedAndOpenAgainIfItComesBack) {
    ASSERT_TRUE(publish(slice(june, {refused(1, "a"), refused(1, "b")}), monday));
    ASSERT_TRUE(publish(slice(july, {refused(1, "c")}), monday));
    ASSERT_TRUE(publish(slice(june, {refused(1, "b")}), tuesday));
    EXPECT_EQ(
        quarantine(),
        (Lines{"1 " + june + " 1-1 resolved", "2 " + june + " 1-3 open", "3 " + july + " 2-2 open"})
    );
    EXPECT_EQ(
        quarantine({QuarantineQuery::Which::Open, "tthc"}),
        (Lines{"2 " + june + " 1-3 open", "3 " + july + " 2-2 open"})
    );
    EXPECT_EQ(quarantine({QuarantineQuery::Which::Open, "dvcqg"}), Lines{});
    ASSERT_TRUE(publish(slice(july, {refused(1, "a")}), friday));
    EXPECT_EQ(
        quarantine(),
        (Lines{"1 " + july + " 1-4 open", "2 " + june + " 1-3 open", "3 " + july + " 2-2 resolved"})
    );
    EXPECT_EQ(problems(), 0);
}

TEST_P(Intake, TheNextLookUpTellsNothingOfRefusedOnes) {
    Slice one = slice("lookup", {refused(1, "a")});
    one.dossiers.clear();
    one.payments = {payment("r", PaymentState::Succeeded, monday)};
    one.kept = "of no window";
    ASSERT_TRUE(publish(one, monday));
    one.rejected.clear();
    ASSERT_TRUE(publish(one, tuesday));
    EXPECT_EQ(quarantine(), (Lines{"1 lookup 1-1 open"}));
    EXPECT_TRUE(store_.captures("")->empty());
}

TEST_P(Intake, WhatSomebodyDroppedStaysDroppedAndIsInTheChain) {
    ASSERT_TRUE(publish(slice(june, {refused(1, "a"), refused(1, "b")}), monday));
    ASSERT_TRUE(store_.drop_quarantined(1, {"An", at(tuesday), "a test dossier"}));
    ASSERT_TRUE(publish(slice(june, {refused(5, "a")}), friday));
    EXPECT_EQ(quarantine(), (Lines{"1 " + june + " 1-2 dropped", "2 " + june + " 1-1 resolved"}));
    const auto one = store_.quarantine({QuarantineQuery::Which::All, "", 1})->at(0);
    EXPECT_EQ(one.decided_by, "An");
    EXPECT_EQ(one.decided_at, at(tuesday));
    EXPECT_EQ(one.note, "a test dossier");
    for (const std::int64_t id : {1, 2, 3}) {
        const auto refused = store_.drop_quarantined(id, {"An", at(friday)});
        ASSERT_FALSE(refused) << id;
        EXPECT_EQ(refused.error().kind, ErrorKind::Usage);
    }
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
    EXPECT_EQ(problems(), 0);
}

TEST_P(Intake, FieldsAreNewsOnceAndNotInTheFirstSlice) {
    Slice one = slice(june);
    const auto news_of = [&](std::vector<FieldShape> shape) {
        one.shape = std::move(shape);
        std::vector<std::string> lines;
        const auto published = *publish(one, monday);
        for (const FieldNews& news : published.news) {
            lines.push_back(
                fmt::format("{} {} ({})", news.field.pointer, news.field.type, news.before)
            );
        }
        return lines;
    };
    EXPECT_EQ(news_of({}), Lines{});
    EXPECT_EQ(news_of({{"/a", "text"}, {"/b", "null"}}), Lines{}) << "the first shape";
    EXPECT_EQ(news_of({{"/a", "text"}}), Lines{});
    EXPECT_EQ(news_of({{"/a", "null"}, {"/b", "object"}}), Lines{"/b object ()"});
    EXPECT_EQ(news_of({{"/a", "number"}, {"/b", "object"}}), Lines{"/a number (text)"});
    EXPECT_EQ(news_of({{"/a", "text"}, {"/a", "number"}}), Lines{}) << "once";
    EXPECT_EQ(news_of({{"/a", "array"}}), Lines{"/a array (number, text)"});
}

TEST_P(Intake, AReplayCorrectsRecordsButNotWhatOthersSaidSince) {
    Slice first = slice(june, {refused(1, "b")});
    first.dossiers.push_back(dossier("A-240610-0002"));
    first.kept = "kept";
    ASSERT_TRUE(publish(first, monday));
    auto moved = dossier("A-240610-0002");
    moved.accepted_at = at("2024-07-10T09:00:00+07:00");
    Slice later = slice(july);
    later.dossiers = {moved};
    ASSERT_TRUE(publish(later, tuesday));

    Slice again = slice(june);
    again.dossiers = {dossier("A-240610-0001"), dossier("A-240610-0002"), dossier("A-240610-0003")};
    again.dossiers[0].unit_code = "H37.10.07";
    for (int time = 0; time < 2; ++time) {
        ASSERT_NO_FATAL_FAILURE(replay(again, /*gathered_by=*/1, friday));
    }
    EXPECT_EQ(totals(friday, "2024-06-30").received, 2);
    EXPECT_EQ(totals(friday, "2024-07-30").received, 3);
    EXPECT_EQ(store_.slices()->at(2).changed, 2);
    EXPECT_EQ(store_.slices()->at(3).changed, 0);
    EXPECT_EQ(quarantine(), (Lines{"1 " + june + " 1-1 replayed"}));
    EXPECT_EQ(store_.captures("")->at(0).slice, 1) << "it was gathered then";
    EXPECT_EQ(store_.progress("tthc")->data_through, at(tuesday)) << "nothing was asked";
    EXPECT_EQ(store_.pulls()->at(0).kind, "replay");
    EXPECT_EQ(
        store_.pulls({PullQuery::Which::LastOfEachSource, ""})->at(0).started_at, at(tuesday)
    );
    EXPECT_EQ(problems(), 0);
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
}

TEST_P(Intake, AFailedBackfillSaysNothingOfTheSourcesState) {
    ASSERT_TRUE(publish(slice(june), monday));
    PullRun run{"tthc", at(tuesday)};
    run.kind = PullKind::Backfill;
    ASSERT_TRUE(store_.finish_pull(run, {at(tuesday), Error{ErrorKind::Auth, "no entry"}}));
    const auto status = *store_.source_status("tthc", std::chrono::hours{48}, at(tuesday));
    EXPECT_EQ(status.state, SourceStatus::State::Fresh);
    const auto entry = store_.audit_entries(store_.audit_head()->number - 1, 1)->at(0);
    EXPECT_EQ(entry.note.kind, "pull");
    EXPECT_TRUE(entry.note.detail.ends_with(" kind=backfill")) << entry.note.detail;
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
}

TEST_P(Intake, AnUnfinishedBackfillKnowsItsWindows) {
    const BackfillDays days{"tthc", *parse_day("2024-06-07"), *parse_day("2024-07-18")};
    EXPECT_EQ(*store_.backfilled(days), Lines{});
    ASSERT_TRUE(store_.note_backfilled(days, june));
    ASSERT_TRUE(store_.note_backfilled(days, june));
    ASSERT_TRUE(store_.note_backfilled(days, july));
    BackfillDays others = days;
    others.last += std::chrono::days{1};
    EXPECT_EQ(*store_.backfilled(days), (Lines{june, july}));
    EXPECT_EQ(*store_.backfilled(others), Lines{});
    ASSERT_TRUE(store_.forget_backfill(days));
    EXPECT_EQ(*store_.backfilled(days), Lines{});
    others.source = "nobody";
    EXPECT_TRUE(store_.forget_backfill(others));
}

TEST_P(Intake, AUnitsCodeIsDecidedAndDecidedAnew) {
    EXPECT_TRUE(store_.unit_aliases()->empty());
    const UnitAlias first{"X1", "H37.10.05", std::nullopt, "An", at(monday)};
    const UnitAlias second{"X1", "H37.10.02", parse_day("2024-07-01").value(), "Bình", at(tuesday)};
    ASSERT_TRUE(store_.map_unit(first));
    EXPECT_EQ(*store_.unit_aliases(), std::vector{first});
    ASSERT_TRUE(store_.map_unit(second));
    EXPECT_EQ(*store_.unit_aliases(), std::vector{second});
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
}

TEST_P(Intake, DecisionsBehindTheChainsBackAreFound) {
    ASSERT_TRUE(publish(slice(june, {refused(1, "a"), refused(1, "b")}), monday));
    ASSERT_TRUE(store_.drop_quarantined(1, {"An", at(tuesday)}));
    ASSERT_TRUE(store_.map_unit({"X1", "H37.10.05", std::nullopt, "An", at(monday)}));
    struct Case {
        std::string sql;
        std::string subject;
    };
    const Case cases[] = {
        {"UPDATE quarantine SET decided_by = 'Bình' WHERE id = 1", "quarantine/1"},
        {"UPDATE quarantine SET state = 'open', decided_by = NULL WHERE id = 1", "quarantine/1"},
        {"UPDATE quarantine SET state = 'dropped', decided_by = 'An' WHERE id = 2", "quarantine/2"},
        {"UPDATE unit_alias SET unit = 'H37.10.02'", "X1"},
        {"DELETE FROM unit_alias", "X1"},
    };
    for (const Case& altered : cases) {
        SCOPED_TRACE(altered.sql);
        auto database = *Database::open(location_, Access::ReadWrite);
        auto transaction = *Transaction::begin(*database);
        ASSERT_TRUE(database->execute(altered.sql));
        ASSERT_TRUE(transaction.commit());
        const auto faults = store_.audit_verify()->faults;
        ASSERT_EQ(faults.size(), 1U);
        EXPECT_EQ(faults[0].subject, altered.subject);
        ASSERT_TRUE(database->execute(
            "UPDATE quarantine SET state = 'dropped', decided_by = 'An' WHERE id = 1;"
            "UPDATE quarantine SET state = 'open', decided_by = NULL WHERE id = 2;"
            "DELETE FROM unit_alias;"
            "INSERT INTO unit_alias VALUES (1, 'X1', 'H37.10.05', NULL, 'An', 0)"
        ));
        ASSERT_TRUE(store_.audit_verify()->faults.empty());
    }
}

TEST_P(Intake, WhatIsKeptOfNoSliceIsFoundByVerify) {
    Slice one = slice(june, {refused(1, "a")});
    one.kept = "kept";
    ASSERT_TRUE(publish(one, monday));
    auto database = *Database::open(location_, Access::ReadWrite);
    for (const std::string sql :
         {"UPDATE capture SET slice = 5",
          "UPDATE quarantine SET last_slice = 5",
          "UPDATE quarantine SET decided_by = 'An'"}) {
        ASSERT_TRUE(database->execute(sql));
    }
    const auto found = *store_.verify([](auto, auto) {});
    EXPECT_EQ(
        found.first_problems,
        (Lines{
            "capture " + june + ": it is of no slice",
            "quarantine 1: it is of no slice",
            "quarantine 1: nobody decided it"})
    );
}

TEST_P(Intake, UnitCodesAreCountedAsTheFiguresAre) {
    auto other = dossier("A-240612-0002");
    other.unit_code = "X1";
    other.accepted_at = at("2024-06-12T09:00:00+07:00");
    auto again = dossier("A-240614-0003");
    again.unit_code = "X1";
    again.accepted_at = at("2024-06-14T23:59:59+07:00");
    auto not_received = dossier("A-240614-0004");
    not_received.unit_code = "X2";
    not_received.accepted_at.reset();
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001"), other, again, not_received}, monday));
    const auto day = [](const char* text) { return *parse_day(text); };
    EXPECT_EQ(
        *store_.unit_codes("tthc"),
        (std::vector<UnitCode>{
            {"H37.10.05", 1, day("2024-06-10"), day("2024-06-10")},
            {"X1", 2, day("2024-06-12"), day("2024-06-14")}})
    );
    EXPECT_TRUE(store_.unit_codes("nobody")->empty());
}

THIDUA_ON_EVERY_STORE(Intake);

}  // namespace
}  // namespace thidua::store
