// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/measure.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <set>

namespace thidua::daemon {
namespace {

Indicator indicator(std::string id, IndicatorKind kind) {
    Indicator made;
    made.id = std::move(id);
    made.kind = kind;
    made.system_of_record = "tthc";
    made.payment_record = "tthc";
    made.evidence = PaymentEvidence::Flag;
    return made;
}

/// A procedure that is offered online and bears a fee from 2024-06-15 on, in the middle.
config::Settings settings() {
    config::Settings made;
    made.campaign.id = "c";
    made.campaign.start = *parse_day("2024-06-07");
    made.campaign.end = *parse_day("2024-06-30");
    made.campaign.indicators = {
        indicator("dossiers-online", IndicatorKind::DossiersOnline),
        indicator("payments-online", IndicatorKind::PaymentsOnline)};
    DatedUnit root;
    root.code = "H37.10";
    root.name = "Sở";
    made.units = {root};
    const Day change = *parse_day("2024-06-15");
    made.procedures = {
        {"1.000001",
         "",
         {"H37.10"},
         {{made.campaign.start, Level::Information}, {change, Level::Full}},
         {{change, true}}}};
    config::SourceSettings source;
    source.description.name = "tthc";
    made.sources = {source};
    return made;
}

DossierRecord accepted(const std::string& code, const std::string& at) {
    DossierRecord record;
    record.code = code;
    record.procedure_code = "1.000001";
    record.unit_code = "H37.10";
    record.channel = Channel::Online;
    record.status = 2;
    record.accepted_at = *parse_instant(at);
    record.fee_count = 1;
    record.fee_total = 450'000;
    record.paid_flag = 1;
    return record;
}

class StandingsOf : public testing::Test {
  protected:
    StandingsOf() : store_(open(folder_.path() / "thidua.db")) { expect_.max_drop = Share{1, 1}; }

    static store::Store open(const std::filesystem::path& file) {
        auto store = store::Store::open(store::Location(file), store::Access::ReadWrite);
        EXPECT_TRUE(store) << (store ? "" : store.error().message);
        return *std::move(store);
    }

    void publish(std::vector<DossierRecord> dossiers, Instant now) {
        store_.call([&](store::Store& open) {
            Slice slice;
            slice.key = "2024-06-07/2024-06-30";
            slice.dossiers = std::move(dossiers);
            store::PullRun run{"tthc", now};
            EXPECT_TRUE(open.publish(run, {slice, now, expect_, {}}));
            EXPECT_TRUE(open.finish_pull(run, {now, std::nullopt}));
        });
    }

    /// The total's two indicators.
    std::vector<std::optional<Ratio>> total(Instant known_at) {
        const auto standings = standings_of(store_, settings(), *parse_day("2024-06-30"), known_at);
        EXPECT_TRUE(standings) << (standings ? "" : standings.error().message);
        return {standings->total.figures.at(0).counts, standings->total.figures.at(1).counts};
    }

    test::TemporaryFolder folder_;
    SharedStore store_;
    Expect expect_;
};

TEST_F(StandingsOf, CountEachSideOfALevelChangeInTheMiddleByItsOwnLevelAndFee) {
    const Instant july = *parse_instant("2024-07-01T05:00:00+07:00");
    auto direct = accepted("A-240630-0001", "2024-06-30T23:59:59.999+07:00");
    direct.channel = Channel::Direct;
    direct.paid_flag = 0;
    publish(
        {accepted("A-240607-0001", "2024-06-07T00:00:00+07:00"),
         accepted("A-240614-0001", "2024-06-14T23:59:59.999+07:00"),
         accepted("A-240615-0001", "2024-06-15T00:00:00+07:00"),
         accepted("A-240620-0001", "2024-06-20T09:00:00+07:00"),
         direct},
        july
    );
    const std::vector<std::optional<Ratio>> right{Ratio{2, 3}, Ratio{2, 3}};
    EXPECT_EQ(total(july), right);
    // Counted from the versions, once more is recorded.
    publish(
        {accepted("A-240615-0009", "2024-06-15T08:00:00+07:00"),
         accepted("A-240607-0001", "2024-06-16T00:00:00+07:00")},
        july + std::chrono::hours{24}
    );
    EXPECT_EQ(total(july), right);
    EXPECT_EQ(
        total(july + std::chrono::hours{24}),
        (std::vector<std::optional<Ratio>>{Ratio{4, 5}, Ratio{4, 5}})
    );
}

TEST_F(StandingsOf, AreTheSameHoweverFinelyIsCounted) {
    const Instant july = *parse_instant("2024-07-01T05:00:00+07:00");
    publish(
        {accepted("A-240607-0001", "2024-06-07T00:00:00+07:00"),
         accepted("A-240616-0001", "2024-06-16T23:59:59.999+07:00"),
         accepted("A-240617-0001", "2024-06-17T00:00:00+07:00"),
         accepted("A-240630-0001", "2024-06-30T09:00:00+07:00")},
        july
    );
    const config::Settings small = settings();
    const auto load = [&](FigureBasis::Pieces pieces) {
        auto basis = FigureBasis::load(store_, small, *parse_day("2024-06-30"), july, pieces);
        EXPECT_TRUE(basis) << (basis ? "" : basis.error().message);
        return *std::move(basis);
    };
    const FigureBasis plain = load(FigureBasis::Pieces::AsNeeded);
    const FigureBasis weekly = load(FigureBasis::Pieces::Weeks);
    EXPECT_EQ(rules::measure(weekly.input()), rules::measure(plain.input()));
    std::set<Day> mondays;
    for (const Tally& tally : weekly.input().tallies.front().tallies) {
        mondays.insert(monday_of(week_of(tally.day)));
    }
    EXPECT_EQ(mondays.size(), 4U) << "none of them is summed up with another";
    EXPECT_EQ(plain.input().tallies.front().tallies.size(), 2U) << "before and after the change";
}

}  // namespace
}  // namespace thidua::daemon
