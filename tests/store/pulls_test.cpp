// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/store/store_fixture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace thidua::store {
namespace {

class Pulls : public StoreTest {
  protected:
    SourceStatus status(const std::string& source, const std::string& known_at) {
        return *store_.source_status(source, std::chrono::hours{48}, at(known_at));
    }
};

TEST_P(Pulls, SeenAgainUnchangedOpensNoVersion) {
    EXPECT_EQ(publish_dossiers({dossier("A-240610-0001")}, monday)->changed, 1);
    auto sent_again = dossier("A-240610-0001");
    sent_again.updated_at = at(tuesday);
    EXPECT_EQ(publish_dossiers({sent_again}, tuesday)->changed, 0);
}

TEST_P(Pulls, TakesAReturnToAnEarlierStateForNews) {
    auto other = dossier("A-240610-0001");
    other.unit_code = "H37.10.02";
    EXPECT_EQ(publish_dossiers({dossier("A-240610-0001")}, monday)->changed, 1);
    EXPECT_EQ(publish_dossiers({other}, tuesday)->changed, 1);
    EXPECT_EQ(publish_dossiers({dossier("A-240610-0001")}, friday)->changed, 1);
}

TEST_P(Pulls, ADossierUnderANewCodeIsStillTheSame) {
    ASSERT_TRUE(publish_dossiers({dossier("H37.10-240610-0001")}, monday));
    auto recoded = dossier("H37.10-240610-99999");
    recoded.aliases = {"H37.10-240610-0001"};
    EXPECT_EQ(publish_dossiers({recoded}, tuesday)->changed, 0);
    EXPECT_EQ(totals(tuesday).received, 1);
}

TEST_P(Pulls, TwoNumbersThatTurnOutToBeOneDossierCountOnceFromThenOn) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001"), dossier("B-240610-0001")}, monday));
    EXPECT_EQ(totals(monday).received, 2);
    auto both = dossier("A-240610-0001");
    both.aliases = {"B-240610-0001"};
    ASSERT_TRUE(publish_dossiers({both, dossier("C-240610-0001")}, tuesday));
    EXPECT_EQ(totals(tuesday).received, 2);
    EXPECT_EQ(totals(monday).received, 2);
}

TEST_P(Pulls, C20AnEmptiedOrShrunkenSliceChangesNothing) {
    std::vector<DossierRecord> ten;
    for (int number = 0; number < 10; ++number) {
        ten.push_back(dossier("A-240610-000" + std::to_string(number)));
    }
    ASSERT_TRUE(publish_dossiers(ten, monday));
    auto eight = std::vector<DossierRecord>(ten.begin(), ten.begin() + 8);
    eight[0].status = 3;
    EXPECT_TRUE(publish_dossiers(eight, tuesday));
    const auto emptied = publish_dossiers({}, friday);
    ASSERT_FALSE(emptied);
    EXPECT_EQ(emptied.error().kind, ErrorKind::Data);
    EXPECT_EQ(totals(friday).received, 9);
    const auto shrunken =
        publish_dossiers(std::vector<DossierRecord>(ten.begin(), ten.begin() + 6), friday);
    ASSERT_FALSE(shrunken);
    EXPECT_NE(shrunken.error().message.find("max_drop"), std::string::npos);
    EXPECT_EQ(totals(friday).received, 9);
}

TEST_P(Pulls, OneSourceOfDossiersTooManyIsRefused) {
    Slice slice;
    slice.key = "2024-06-07/2024-06-20";
    slice.dossiers = {dossier("A-240610-0001")};
    const auto publish_of = [&](int number) {
        PullRun run;
        run.source = "source-" + std::to_string(number);
        run.started_at = at(monday);
        return store_.publish(run, {slice, at(monday), expect_, {}});
    };
    for (int number = 1; number <= 31; ++number) {
        ASSERT_TRUE(publish_of(number)) << number;
    }
    const auto refused = publish_of(32);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Config);
    EXPECT_NE(refused.error().message.find("store.path"), std::string::npos);
}

TEST_P(Pulls, SourcesWithoutDossiersLeaveTheNumbersToThoseThatHaveThem) {
    Slice figures;
    figures.key = "2024-06";
    figures.statistics = {{"H37.10", "2024-06", "total", 10}};
    for (int number = 1; number <= 40; ++number) {
        PullRun run{"figures-" + std::to_string(number), at(monday)};
        run.records = RecordKind::Statistics;
        const auto published = store_.publish(run, {figures, at(monday), expect_, {}});
        ASSERT_TRUE(published) << published.error().message;
        ASSERT_TRUE(store_.finish_pull(run, {at(monday), std::nullopt}));
    }
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    auto changed = dossier("A-240610-0001");
    changed.channel = Channel::Direct;
    ASSERT_TRUE(publish_dossiers({changed}, tuesday));
    EXPECT_EQ(totals(tuesday).received, 1);
    EXPECT_EQ(totals(tuesday).online, 0);
    EXPECT_EQ(store_.verify({})->problems, 0);
}

TEST_P(Pulls, DataThroughMovesOnlyWithACompletePull) {
    EXPECT_EQ(status("tthc", monday).state, SourceStatus::State::Never);
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    EXPECT_EQ(status("tthc", monday).state, SourceStatus::State::Fresh);
    expect_.min_rows = 5;
    ASSERT_FALSE(publish_dossiers({dossier("A-240610-0002")}, tuesday));
    const SourceStatus failed = status("tthc", tuesday);
    EXPECT_EQ(failed.state, SourceStatus::State::Failed);
    EXPECT_EQ(failed.data_through, at(monday));
    EXPECT_FALSE(failed.past_limit);
    EXPECT_TRUE(status("tthc", friday).past_limit);
    EXPECT_EQ(status("tthc", monday).state, SourceStatus::State::Fresh);
    EXPECT_EQ(store_.progress("tthc")->data_through, at(monday));
}

TEST_P(Pulls, AnInterruptedPullKeepsItsSlicesAndIsClosedAtTheNextStart) {
    Slice slice;
    slice.key = "2024-06-07/2024-06-20";
    slice.dossiers = {dossier("A-240610-0001")};
    PullRun run{"tthc", at(monday)};
    ASSERT_TRUE(store_.publish(run, {slice, at(monday), expect_, {}}));
    store_ = open();
    EXPECT_EQ(store_.close_interrupted(at(tuesday)), 1);
    EXPECT_EQ(store_.close_interrupted(at(tuesday)), 0);
    EXPECT_EQ(totals(tuesday).received, 1);
    EXPECT_EQ(status("tthc", tuesday).state, SourceStatus::State::Never);
}

TEST_P(Pulls, AsksForReferencesUntilTheyAreSettled) {
    ASSERT_TRUE(publish_dossiers({with_payment(dossier("A-240610-0001"), "r1")}, monday));
    const auto open_at = [&](const std::string& now, LookUpScope scope) {
        return store_.open_references("tthc", "platform", at(now), scope)->size();
    };
    EXPECT_EQ(open_at(monday, LookUpScope::Due), 1U);
    ASSERT_TRUE(publish_payments(
        {payment("r1", PaymentState::Succeeded, "2024-06-12T00:00:00+07:00")}, monday
    ));
    EXPECT_EQ(open_at(tuesday, LookUpScope::Due), 0U);
    EXPECT_EQ(open_at(tuesday, LookUpScope::Everything), 1U);
    EXPECT_EQ(open_at("2024-06-24T05:00:00+07:00", LookUpScope::Due), 1U);
    Slice settled;
    settled.key = "lookup";
    settled.payments = {payment("r1", PaymentState::Failed, "2024-06-20T00:00:00+07:00")};
    PullRun run{"platform", at(friday)};
    ASSERT_TRUE(store_.publish(
        run,
        {settled,
         at(friday),
         expect_,
         [](PaymentState state, int, Instant) {
             EXPECT_EQ(state, PaymentState::Refunded);
             return std::optional<Instant>();
         }}
    ));
    EXPECT_EQ(open_at("2025-01-01T05:00:00+07:00", LookUpScope::Everything), 0U);
}

TEST_P(Pulls, AClockThatStepsBackDoesNotRewriteWhatWasKnown) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, tuesday));
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001"), dossier("A-240610-0002")}, monday));
    EXPECT_EQ(totals(monday).received, 0) << "nothing was recorded by then";
    EXPECT_EQ(totals(tuesday).received, 2);
    const auto slices = *store_.slices();
    ASSERT_EQ(slices.size(), 2U);
    EXPECT_EQ(slices[0].published_at, at(tuesday));
    EXPECT_EQ(slices[1].published_at, at(tuesday));
    EXPECT_EQ(slices[1].pull_started_at, at(monday));
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0003"), dossier("A-240610-0004")}, friday));
    EXPECT_EQ(store_.slices()->back().published_at, at(friday));
}

TEST_P(Pulls, C17EveryEndOfAPullIsToldAndOnlyACompleteOneMovesTheCursor) {
    EXPECT_EQ(store_.progress("tthc")->data_through, std::nullopt);
    PullRun sweep{"tthc", at(monday), /*is_sweep=*/true};
    ASSERT_TRUE(store_.finish_pull(sweep, {at(monday), std::nullopt}));
    EXPECT_EQ(sweep.id, 1);
    PullRun failed{"tthc", at(tuesday), /*is_sweep=*/true};
    ASSERT_TRUE(store_.finish_pull(failed, {at(tuesday), Error{ErrorKind::Auth, "no entry"}}));
    const auto told = store_.pulls()->at(0);
    EXPECT_EQ(told.source, "tthc");
    EXPECT_EQ(told.state, "failed");
    EXPECT_EQ(told.error, "no entry");
    EXPECT_EQ(told.started_at, at(tuesday));
    EXPECT_EQ(store_.progress("tthc")->data_through, at(monday));
    EXPECT_EQ(store_.progress("tthc")->swept_at, at(monday));
    PullRun plain{"tthc", at(friday)};
    ASSERT_TRUE(store_.finish_pull(plain, {at(friday), std::nullopt}));
    EXPECT_EQ(store_.progress("tthc")->data_through, at(friday));
    EXPECT_EQ(store_.progress("tthc")->swept_at, at(monday)) << "this was no sweep";
    EXPECT_EQ(store_.progress("dvcqg")->data_through, std::nullopt);
}

TEST_P(Pulls, AreToldNewestFirstWithWhatEachBrought) {
    EXPECT_TRUE(store_.pulls()->empty());
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001"), dossier("A-240610-0002")}, monday));
    Slice repeat;
    repeat.key = "2024-06-07/2024-06-20";
    repeat.print = 7;
    repeat.dossiers = {dossier("A-240610-0001"), dossier("A-240610-0003")};
    PullRun sweep{"tthc", at(tuesday), /*is_sweep=*/true};
    for (int time = 0; time < 2; ++time) {
        ASSERT_TRUE(store_.publish(sweep, {repeat, at(tuesday), expect_, {}}));
    }
    ASSERT_TRUE(store_.finish_pull(sweep, {at(tuesday), std::nullopt}));
    ASSERT_TRUE(publish_payments(
        {payment("r", PaymentState::Succeeded, "2024-06-12T00:00:00+07:00")}, tuesday
    ));
    PullRun failed{"tthc", at(friday)};
    ASSERT_TRUE(store_.finish_pull(failed, {at(friday), Error{ErrorKind::Auth, "no entry"}}));
    PullRun running{"tthc", at(friday)};
    Slice other = repeat;
    other.key = "2024-06-21/2024-06-21";
    ASSERT_TRUE(store_.publish(running, {other, at(friday), expect_, {}}));

    const auto all = *store_.pulls();
    const auto told = [](const PullSummary& pull) {
        return fmt::format(
            "{} {} {} {}/{} {} {} {}{}",
            pull.id,
            pull.source,
            pull.state,
            pull.repeats,
            pull.slices,
            pull.records,
            pull.changed,
            pull.error_kind,
            pull.error
        );
    };
    std::vector<std::string> lines;
    std::ranges::transform(all, std::back_inserter(lines), told);
    EXPECT_EQ(
        lines,
        (std::vector<std::string>{
            "5 tthc running 0/1 2 0 ",
            "4 tthc failed 0/0 0 0 authno entry",
            "3 platform complete 0/1 1 1 ",
            "2 tthc complete 1/2 2 1 ",
            "1 tthc complete 0/1 2 2 "})
    );
    EXPECT_TRUE(all[3].is_sweep);
    EXPECT_FALSE(all[4].is_sweep);
    EXPECT_EQ(all[0].started_at, at(friday));
    EXPECT_EQ(all[0].finished_at, std::nullopt);
    EXPECT_EQ(all[3].finished_at, at(tuesday));

    const auto numbers = [&](const PullQuery& query) {
        std::vector<std::int64_t> ids;
        const auto pulls = *store_.pulls(query);
        std::ranges::transform(pulls, std::back_inserter(ids), &PullSummary::id);
        return ids;
    };
    using Numbers = std::vector<std::int64_t>;
    using enum PullQuery::Which;
    EXPECT_EQ(numbers({All, "", 2}), (Numbers{5, 4}));
    EXPECT_EQ(numbers({All, "platform"}), Numbers{3});
    EXPECT_EQ(numbers({All, "tthc", 3}), (Numbers{5, 4, 2}));
    EXPECT_EQ(numbers({All, "nobody"}), Numbers{});
    EXPECT_EQ(numbers({LastOfEachSource, ""}), (Numbers{5, 3}));
}

TEST_P(Pulls, EveryCaptureOfAStatisticIsKept) {
    Slice slice;
    slice.key = "2024-06";
    slice.statistics = {{"H37.10", "2024-06", "totalDossierFinancialObligation", 10}};
    EXPECT_EQ(publish(slice, monday)->changed, 1);
    EXPECT_EQ(publish(slice, tuesday)->changed, 1);
}

TEST_P(Pulls, AStoreFromANewerProgramIsRefused) {
    auto database = Database::open(location_, Access::ReadWrite);
    ASSERT_TRUE((*database)->set_schema_version(99));
    const auto refused = Store::open(location_, Access::ReadWrite);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("newer"), std::string::npos);
}

THIDUA_ON_EVERY_STORE(Pulls);

}  // namespace
}  // namespace thidua::store
