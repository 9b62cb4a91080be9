// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Standings by the units in force on the day, out of a real store.
#include "daemon/measure.hpp"
#include "rules/breakdown.hpp"
#include "rules/places.hpp"
#include "tests/daemon/small_agency.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace thidua::daemon {
namespace {

const Day last_day_before = *parse_day("2024-09-30");
const Day first_day_after = *parse_day("2024-10-01");

using test::unit;

/// Root S; A is merged into B after September; C ends then without an heir, and C1 begins.
std::vector<DatedUnit> units() {
    DatedUnit merged = unit("A", "S");
    merged.days.until = last_day_before;
    merged.merged_into = "B";
    DatedUnit ended = unit("C", "S");
    ended.days.until = last_day_before;
    DatedUnit begun = unit("C1", "S");
    begun.days.from = first_day_after;
    return {unit("S", std::nullopt), merged, unit("B", "S"), ended, begun};
}

config::Settings settings() {
    config::Settings made;
    made.campaign.id = "c";
    made.campaign.start = *parse_day("2024-06-07");
    made.campaign.end = *parse_day("2024-12-31");
    Indicator online;
    online.id = "dossiers-online";
    online.kind = IndicatorKind::DossiersOnline;
    online.system_of_record = "tthc";
    online.all_procedures = true;
    made.campaign.indicators = {online};
    made.units = units();
    config::SourceSettings source;
    source.description.name = "tthc";
    made.sources = {source};
    return made;
}

class Measured : public testing::Test {
  protected:
    Measured() : settings_(settings()), store_(open(folder_.path() / "thidua.db")) {
        Slice slice;
        slice.key = "2024-06-07/2024-06-20";
        const std::pair<std::string, int> dossiers_of[] = {{"A", 3}, {"B", 2}, {"C", 4}, {"X", 1}};
        for (const auto& [code, count] : dossiers_of) {
            for (int number = 0; number < count; ++number) {
                slice.dossiers.push_back(dossier(code, number));
            }
        }
        const auto published = store_.call([&](store::Store& store) {
            store::PullRun run{"tthc", known_at_};
            const Expect expect;
            auto rows = store.publish(run, {slice, known_at_, expect, {}});
            const auto finished = store.finish_pull(run, {known_at_, std::nullopt});
            return rows.has_value() && finished.has_value();
        });
        check(published, "the test's dossiers are published");
    }

    static store::Store open(const std::filesystem::path& path) {
        auto store = store::Store::open(store::Location(path), store::Access::ReadWrite);
        if (!store) {
            throw std::runtime_error(store.error().message);
        }
        return *std::move(store);
    }

    static DossierRecord dossier(const std::string& unit_code, int number) {
        DossierRecord record;
        record.code = unit_code + "-240610-000" + std::to_string(number);
        record.procedure_code = "1.000001";
        record.unit_code = unit_code;
        record.channel = number == 0 ? Channel::Online : Channel::Direct;
        record.status = 2;
        record.accepted_at = *parse_instant("2024-06-10T09:00:00+07:00");
        return record;
    }

    rules::Standings on(Day day) {
        auto standings = standings_of(store_, settings_, day, known_at_);
        if (!standings) {
            throw std::runtime_error(standings.error().message);
        }
        return *std::move(standings);
    }

    static Ratio counts(const rules::UnitStanding& unit) { return *unit.figures.at(0).counts; }

    /// Nothing if the unit is not in the standings.
    static std::optional<Ratio> counts(const rules::Standings& standings, std::string_view code) {
        const auto place = std::ranges::find(standings.units, code, &rules::UnitStanding::code);
        return place == standings.units.end() ? std::nullopt : std::optional(counts(*place));
    }

    const Instant known_at_ = *parse_instant("2024-06-20T05:00:00+07:00");
    test::TemporaryFolder folder_;
    config::Settings settings_;
    SharedStore store_;
};

TEST_F(Measured, AMergerMovesDossiersToTheHeirAndCountsEachOnce) {
    const rules::Standings before = on(last_day_before);
    EXPECT_EQ(counts(before, "A"), (Ratio{1, 3}));
    EXPECT_EQ(counts(before, "B"), (Ratio{1, 2}));
    EXPECT_EQ(counts(before, "C"), (Ratio{1, 4}));
    EXPECT_EQ(counts(before, "C1"), std::nullopt);
    EXPECT_EQ(counts(before, "S"), (Ratio{3, 9}));
    EXPECT_EQ(before.unmapped, 1);  // X

    const rules::Standings after = on(first_day_after);
    EXPECT_EQ(counts(after, "A"), std::nullopt);
    EXPECT_EQ(counts(after, "B"), (Ratio{2, 5}));
    EXPECT_EQ(counts(after, "C"), std::nullopt);
    EXPECT_EQ(counts(after, "C1"), (Ratio{0, 0}));
    EXPECT_EQ(counts(after, "S"), (Ratio{2, 5}));
    EXPECT_EQ(after.unmapped, 5);  // X, and what still names C

    EXPECT_EQ(counts(before.total), (Ratio{4, 10}));
    EXPECT_EQ(counts(after.total), counts(before.total));
}

TEST_F(Measured, ARenameAndAMoveLeaveTheFiguresOfClosedDaysAndOfTheUnit) {
    const rules::Standings closed = on(last_day_before);
    settings_.units[2].changes = {{first_day_after, "B mới", "C1"}};
    const rules::Standings again = on(last_day_before);
    EXPECT_EQ(again, closed);
    const rules::Standings after = on(first_day_after);
    const auto renamed = std::ranges::find(after.units, "B", &rules::UnitStanding::code);
    ASSERT_NE(renamed, after.units.end());
    EXPECT_EQ(renamed->name, "B mới");
    EXPECT_EQ(renamed->parent, "C1");
    EXPECT_EQ(counts(*renamed), (Ratio{2, 5}));
    EXPECT_EQ(counts(after, "C1"), (Ratio{2, 5})) << "its parent from that day on";
    EXPECT_EQ(counts(after.total), counts(closed.total));
}

TEST_F(Measured, ASuccessorCarriesTheWeeksOfThoseBeforeIt) {
    const auto weeks_of_b = [&](Day day) {
        const auto basis =
            FigureBasis::load(store_, settings_, day, known_at_, FigureBasis::Pieces::Weeks);
        const rules::StandingsInput input = basis->input();
        rules::Places places(input);
        const auto figures = rules::break_down(
            settings_.campaign.indicators[0],
            places.catalogue(),
            places.of("dossiers-online"),
            rules::complete_weeks(settings_.campaign.start, day),
            day
        );
        return figures[*input.organisation.find("B")].weeks;
    };
    const std::vector<Ratio> before = weeks_of_b(last_day_before);
    const std::vector<Ratio> after = weeks_of_b(first_day_after);
    ASSERT_EQ(before.size(), after.size());
    EXPECT_EQ(before.front(), (Ratio{1, 2})) << "its own, in the week of 10 June";
    EXPECT_EQ(after.front(), (Ratio{2, 5})) << "with A's";
}

TEST_F(Measured, ACodeThatSomebodyMapsCountsAsAnAlias) {
    const Ratio total = counts(on(last_day_before).total);
    ASSERT_TRUE(store_.call([&](store::Store& store) {
        return store.map_unit({"X", "B", last_day_before, "An", known_at_});
    }));
    const rules::Standings before = on(last_day_before - std::chrono::days{1});
    EXPECT_EQ(before.unmapped, 1);
    const rules::Standings after = on(last_day_before);
    EXPECT_EQ(after.unmapped, 0);
    EXPECT_EQ(counts(after, "B"), (Ratio{2, 3}));
    EXPECT_EQ(counts(after.total), total);
}

TEST_F(Measured, EveryDossierIsInOneUnitBelowTheRootOrUnmapped) {
    for (const Day day : {last_day_before, first_day_after}) {
        const rules::Standings standings = on(day);
        std::int64_t sum = standings.unmapped;
        for (const rules::UnitStanding& unit : standings.units) {
            sum += unit.depth == 1 ? counts(unit).denominator : 0;
        }
        EXPECT_EQ(sum, counts(standings.total).denominator) << to_text(day);
    }
}

TEST_F(Measured, AUnitIsRankedOnlyWhileItIsListed) {
    settings_.campaign.ranked_units = {{"A", {std::nullopt, last_day_before}}, {"B", {}}};
    const auto ranked = [](const rules::Standings& standings) {
        std::vector<std::string> codes;
        for (const rules::UnitStanding& unit : standings.units) {
            if (unit.is_ranked) {
                codes.push_back(unit.code);
            }
        }
        return codes;
    };
    EXPECT_EQ(ranked(on(last_day_before)), (std::vector<std::string>{"A", "B"}));
    EXPECT_EQ(ranked(on(first_day_after)), (std::vector<std::string>{"B"}));
    settings_.campaign.ranked_units = {{"B", {first_day_after, std::nullopt}}};
    EXPECT_EQ(ranked(on(last_day_before)), std::vector<std::string>{});
}

}  // namespace
}  // namespace thidua::daemon
