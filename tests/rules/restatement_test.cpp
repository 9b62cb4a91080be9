// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/restatement.hpp"

#include "rules/figure_id.hpp"
#include "tests/rules/changed_tallies.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thidua::rules {
namespace {

using enum RestatementCause;
using Causes = std::vector<CauseShare>;

const Day start = *parse_day("2024-06-07");
const Day sunday = *parse_day("2024-06-16");
const std::string total(total_unit);

/// Root S with A and B. A code that nobody has is not mapped; "b" is B's where it was mapped.
Organisation agency(bool is_mapped) {
    std::vector<Unit> units{
        {"S", "Sở", std::nullopt, {}}, {"A", "Phòng A", "S", {}}, {"B", "Phòng B", "S", {}}};
    if (is_mapped) {
        units[2].aliases = {"b"};
    }
    return *Organisation::create(std::move(units));
}

Procedure procedure(std::string code, std::string unit, Level level = Level::Full) {
    return {std::move(code), "", {std::move(unit)}, {{start, level}}, {{start, true}}};
}

Tally dossiers(
    std::string unit,
    std::int64_t received,
    std::int64_t online,
    std::int64_t paid,
    std::string procedure_code = "p"
) {
    return {start, std::move(unit), std::move(procedure_code), received, online, received, paid};
}

/// A week that was published, and what became of it.
struct Story {
    Story() {
        for (const auto& [id, kind] :
             {std::pair("services-online", IndicatorKind::ServicesOnline),
              std::pair("dossiers-online", IndicatorKind::DossiersOnline),
              std::pair("payments-online", IndicatorKind::PaymentsOnline)}) {
            Indicator indicator;
            indicator.id = id;
            indicator.kind = kind;
            indicator.system_of_record = "tthc";
            indicator.payment_record = "platform";
            campaign.indicators.push_back(indicator);
        }
        campaign.id = "c";
        campaign.start = start;
        campaign.end = *parse_day("2024-12-31");
        campaign.targets = {{"payments-online", TargetOperator::Above, {9, 20}, {}, {}, ""}};
    }

    [[nodiscard]] std::vector<Restatement> told() const {
        const std::vector<Tally> tallies = applied(then, changes);
        std::vector<ChangesSince> since;
        for (const Indicator& indicator : campaign.indicators) {
            since.push_back({indicator.id, changes});
        }
        std::vector<IndicatorTallies> each_then;
        std::vector<IndicatorTallies> each_now;
        const StandingsInput as_then =
            input(then, organisation_then, procedures_then, sources_then, each_then);
        const Standings now = measure(input(tallies, organisation, procedures, sources, each_now));
        Published published = said ? *said : rules::published(measure(as_then), {});
        return find_restatements(
            {published, now, has_same_configuration, as_then, organisation, procedures, since}
        );
    }

    /// Why the figure is another one now; nothing if it is not.
    [[nodiscard]] Causes causes(const std::string& unit, const std::string& indicator) const {
        for (const Restatement& one : told()) {
            const PublishedFigure& figure = one.figure.now ? *one.figure.now : *one.figure.before;
            if (figure.unit == unit && figure.indicator == indicator) {
                return one.causes;
            }
        }
        return {};
    }

    /// Fills `each`, which must outlive what is given.
    [[nodiscard]] StandingsInput input(
        std::span<const Tally> tallies,
        const Organisation& units,
        std::span<const Procedure> offered,
        std::span<const SourceStatus> known,
        std::vector<IndicatorTallies>& each
    ) const {
        for (const Indicator& indicator : campaign.indicators) {
            each.push_back({indicator.id, tallies});
        }
        return {campaign, units, offered, each, known, sunday, {}};
    }

    static std::vector<SourceStatus> answered() {
        SourceStatus province;
        province.name = "tthc";
        province.state = SourceStatus::State::Fresh;
        province.data_through = Instant{};
        province.past_limit = false;
        SourceStatus platform = province;
        platform.name = "platform";
        return {province, platform};
    }

    Campaign campaign;
    std::vector<Tally> then{dossiers("A", 10, 4, 4), dossiers("B", 10, 0, 0, "q")};
    std::vector<TallyChange> changes;
    std::optional<Published> said;  ///< nothing: what was true then
    bool has_same_configuration = true;
    Organisation organisation_then = agency(false);
    Organisation organisation = agency(false);
    std::vector<Procedure> procedures_then{procedure("p", "A"), procedure("q", "B")};
    std::vector<Procedure> procedures = procedures_then;
    std::vector<SourceStatus> sources_then = answered();
    std::vector<SourceStatus> sources = answered();
};

TEST(Restatements, OfAWeekThatIsWhatItWasThereAreNone) {
    EXPECT_EQ(Story().told(), std::vector<Restatement>{});
}

TEST(Restatements, HoldTheFigureAsPublishedAndAsItIsNow) {
    Story story;
    story.changes = {{dossiers("A", 1, 0, 0), dossiers("A", 1, 0, 1), true, true}};
    const auto told = story.told();
    ASSERT_EQ(told.size(), 3U) << "the root, A and the total";
    const Restatement& a = told[1];
    EXPECT_EQ(
        *a.figure.before,
        (PublishedFigure{
            "A", "Phòng A", "payments-online", Ratio{4, 10}, "below", Fitness::Provisional})
    );
    EXPECT_EQ(
        *a.figure.now,
        (PublishedFigure{
            "A", "Phòng A", "payments-online", Ratio{5, 10}, "met", Fitness::Provisional})
    );
    EXPECT_EQ(a.causes, (Causes{{LatePayment, 1, 0}}));
    EXPECT_TRUE(changes_verdict(a));
    EXPECT_EQ(told[2].figure.now->unit, total);
    EXPECT_FALSE(changes_verdict(told[2])) << "5 of 20";
}

struct ChangeCase {
    std::string name;
    std::vector<TallyChange> changes;
    Causes dossiers_of_a;
    Causes payments_of_a;
    Causes payments_of_b;
    Causes payments_of_total;
};

const ChangeCase change_cases[] = {
    {"a payment was confirmed late",
     {{dossiers("A", 1, 0, 0), dossiers("A", 1, 0, 1), true, true}},
     {},
     {{LatePayment, 1, 0}},
     {},
     {{LatePayment, 1, 0}}},
    {"a payment was taken back",
     {{dossiers("A", 1, 1, 1), dossiers("A", 1, 1, 0), true, true}},
     {},
     {{ReturnedPayment, -1, 0}},
     {},
     {{ReturnedPayment, -1, 0}}},
    {"a dossier was recorded late, and it was paid",
     {{std::nullopt, dossiers("A", 1, 1, 1), false, true}},
     {{LateDossier, 1, 1}},
     {{LateDossier, 1, 1}},
     {},
     {{LateDossier, 1, 1}}},
    {"a dossier was withdrawn",
     {{dossiers("A", 1, 1, 0), std::nullopt, true, false}},
     {{Withdrawn, -1, -1}},
     {{Withdrawn, 0, -1}},
     {},
     {{Withdrawn, 0, -1}}},
    {"a dossier went to another unit",
     {{dossiers("A", 1, 1, 1), dossiers("B", 1, 1, 1), true, true}},
     {{OtherUnit, -1, -1}},
     {{OtherUnit, -1, -1}},
     {{OtherUnit, 1, 1}},
     {}},
    {"it went to another unit, and was paid meanwhile",
     {{dossiers("A", 1, 1, 0), dossiers("B", 1, 1, 1), true, true}},
     {{OtherUnit, -1, -1}},
     {{OtherUnit, 0, -1}},
     {{OtherUnit, 0, 1}, {LatePayment, 1, 0}},
     {{LatePayment, 1, 0}}},
    {"the channel was corrected",
     {{dossiers("A", 1, 0, 0), dossiers("A", 1, 1, 0), true, true}},
     {{Corrected, 1, 0}},
     {},
     {},
     {}},
    {"the day of acceptance was corrected into the week",
     {{std::nullopt, dossiers("A", 1, 0, 0), true, true}},
     {{Corrected, 0, 1}},
     {{Corrected, 0, 1}},
     {},
     {{Corrected, 0, 1}}},
    {"the day of acceptance was corrected out of the week",
     {{dossiers("A", 1, 0, 0), std::nullopt, true, true}},
     {{Corrected, 0, -1}},
     {{Corrected, 0, -1}},
     {},
     {{Corrected, 0, -1}}},
    {"much at once",
     {{dossiers("A", 1, 0, 0), dossiers("A", 1, 0, 1), true, true},
      {dossiers("A", 1, 0, 0), dossiers("A", 1, 0, 1), true, true},
      {dossiers("A", 1, 1, 1), dossiers("A", 1, 1, 0), true, true},
      {std::nullopt, dossiers("A", 1, 1, 0), false, true}},
     {{LateDossier, 1, 1}},
     {{LateDossier, 0, 1}, {LatePayment, 2, 0}, {ReturnedPayment, -1, 0}},
     {},
     {{LateDossier, 0, 1}, {LatePayment, 2, 0}, {ReturnedPayment, -1, 0}}},
    {"one came and one went: the figure is the same",
     {{dossiers("A", 1, 0, 0), std::nullopt, true, false},
      {std::nullopt, dossiers("A", 1, 0, 0), false, true}},
     {},
     {},
     {},
     {}},
};

TEST(Restatements, HaveTheCauseThatMovedTheCounts) {
    for (const ChangeCase& row : change_cases) {
        SCOPED_TRACE(row.name);
        Story story;
        story.changes = row.changes;
        EXPECT_EQ(story.causes("A", "dossiers-online"), row.dossiers_of_a);
        EXPECT_EQ(story.causes("A", "payments-online"), row.payments_of_a);
        EXPECT_EQ(story.causes("B", "payments-online"), row.payments_of_b);
        EXPECT_EQ(story.causes(total, "payments-online"), row.payments_of_total);
    }
}

TEST(Restatements, AServiceHasTheCauseOfItsFirstOnlineDossier) {
    Story story;
    story.changes = {
        {std::nullopt, dossiers("B", 1, 1, 0, "q"), false, true},
        {dossiers("B", 1, 0, 0, "q"), dossiers("B", 1, 1, 0, "q"), true, true}};
    EXPECT_EQ(story.causes("B", "services-online"), (Causes{{LateDossier, 1, 0}}));
    story.changes.erase(story.changes.begin());
    EXPECT_EQ(story.causes("B", "services-online"), (Causes{{Corrected, 1, 0}}));
    story.then[1].online = 1;
    EXPECT_EQ(story.causes("B", "services-online"), Causes{}) << "it was online before";
}

TEST(Restatements, KnowACatalogueThatTellsOtherwise) {
    Story story;
    story.procedures.push_back(procedure("r", "A"));
    EXPECT_EQ(story.causes("A", "services-online"), (Causes{{Procedures, 0, 1}}));
    story.procedures = {procedure("p", "A", Level::Information), procedure("q", "B")};
    EXPECT_EQ(story.causes("A", "dossiers-online"), (Causes{{Procedures, -4, -10}}));
}

TEST(Restatements, KnowACodeThatWasMappedSince) {
    Story story;
    story.then.push_back(dossiers("b", 2, 1, 1, "q"));
    story.organisation = agency(true);
    EXPECT_EQ(story.causes("B", "dossiers-online"), (Causes{{UnitMapping, 1, 2}}));
    EXPECT_EQ(story.causes(total, "dossiers-online"), Causes{}) << "it counted in the total before";
}

TEST(Restatements, BlameTheConfigurationOnlyIfItIsAnotherOne) {
    Story story;
    story.said.emplace(Published{
        {{"A", "Phòng A", "payments-online", Ratio{3, 11}, "below", Fitness::Provisional}}, {}, {}}
    );
    EXPECT_EQ(story.causes("A", "payments-online"), (Causes{{Unknown, 1, -1}}));
    story.has_same_configuration = false;
    EXPECT_EQ(story.causes("A", "payments-online"), (Causes{{Configuration, 1, -1}}));
    EXPECT_EQ(story.causes("B", "payments-online"), (Causes{{Configuration, 0, 0}}))
        << "it was not in that edition";
    story.changes = {{dossiers("A", 1, 0, 0), dossiers("A", 1, 0, 1), true, true}};
    EXPECT_EQ(
        story.causes("A", "payments-online"), (Causes{{Configuration, 1, -1}, {LatePayment, 1, 0}})
    );
}

TEST(Restatements, ATargetThatWasChangedIsTheConfigurations) {
    Story story;
    story.said.emplace(Published{
        {{"A", "Phòng A", "payments-online", Ratio{4, 10}, "met", Fitness::Provisional}}, {}, {}});
    story.has_same_configuration = false;
    EXPECT_EQ(story.causes("A", "payments-online"), (Causes{{Configuration, 0, 0}}));
}

TEST(Restatements, ASourceThatAnswersForTheFirstTimeIsNoDifferenceInCounts) {
    Story story;
    story.sources_then[1].state = SourceStatus::State::Never;
    story.changes = {{dossiers("A", 1, 0, 0), dossiers("A", 1, 0, 1), true, true}};
    EXPECT_EQ(story.causes("A", "payments-online"), (Causes{{FirstAnswer, 0, 0}}));
    EXPECT_EQ(story.causes("A", "dossiers-online"), Causes{}) << "it does not need that source";
    std::swap(story.sources_then, story.sources);
    EXPECT_EQ(story.causes("A", "payments-online"), (Causes{{Unknown, 0, 0}}))
        << "what was known is known no more";
}

TEST(Restatements, WhatNothingAccountsForIsUnknown) {
    Story story;
    story.changes = {{dossiers("A", 1, 0, 0), dossiers("A", 1, 0, 1), true, true}};
    Published other = published(Standings{}, {});
    other.figures = {
        {"A", "Phòng A", "payments-online", Ratio{2, 10}, "below", Fitness::Provisional}};
    story.said = other;
    EXPECT_EQ(story.causes("A", "payments-online"), (Causes{{LatePayment, 1, 0}, {Unknown, 2, 0}}));
}

}  // namespace
}  // namespace thidua::rules
