// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/sensitivity.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::rules {
namespace {

struct ReadingCase {
    std::string name;
    Indicator indicator;
    std::string in_force;
    std::string other;  ///< empty: there is none

    friend void PrintTo(const ReadingCase& row, std::ostream* out) { *out << row.name; }
};

class OtherReading : public testing::TestWithParam<ReadingCase> {};

TEST_P(OtherReading, DiffersInOneOptionAndLeadsBack) {
    const ReadingCase& row = GetParam();
    EXPECT_EQ(reading_text(row.indicator), row.in_force);
    const auto other = other_reading(row.indicator);
    EXPECT_EQ(other ? reading_text(*other) : "", row.other);
    if (other) {
        EXPECT_EQ(other_reading(*other), row.indicator);
    }
}

Indicator indicator(IndicatorKind kind) {
    Indicator made;
    made.id = std::string(to_text(kind));
    made.kind = kind;
    made.system_of_record = "tthc";
    made.payment_record = "tthc";
    return made;
}

Indicator active() {
    Indicator made = indicator(IndicatorKind::ServicesOnline);
    made.services = ServicesDenominator::Active;
    return made;
}

Indicator payments(bool dvcqg, bool province) {
    Indicator made = indicator(IndicatorKind::PaymentsOnline);
    made.dvcqg_gateway = dvcqg;
    made.province_gateway = province;
    return made;
}

INSTANTIATE_TEST_SUITE_P(
    Rows,
    OtherReading,
    testing::ValuesIn(std::vector<ReadingCase>{
        {"Published",
         indicator(IndicatorKind::ServicesOnline),
         "denominator: published",
         "denominator: active"},
        {"Active", active(), "denominator: active", "denominator: published"},
        {"Dvcqg", payments(true, false), "gateways: [dvcqg]", "gateways: [dvcqg, province]"},
        {"Both", payments(true, true), "gateways: [dvcqg, province]", "gateways: [dvcqg]"},
        {"ProvinceAloneIsNoReadingOfThePlan", payments(false, true), "gateways: [province]", ""},
        {"Dossiers", indicator(IndicatorKind::DossiersOnline), "", ""},
    }),
    test::case_name<ReadingCase>
);

/// Ten services of each of four units. Unit A had dossiers of all, 9 of them online; B of all, and
/// all of them online; C of 8, all of them online: 8 of 10, or 8 of 8; D of all, 5 of them online.
/// The whole is below its target either way.
class Flips : public testing::Test {
  protected:
    Flips() {
        campaign_.id = "c";
        campaign_.start = day_;
        campaign_.end = day_;
        campaign_.indicators = {
            indicator(IndicatorKind::ServicesOnline), indicator(IndicatorKind::DossiersOnline)};
        campaign_.targets = {{"services-online", TargetOperator::Above, {9, 10}, {}, {}, ""}};
        organisation_ = *Organisation::create(
            {{"S", "Sở", std::nullopt, {}},
             {"A", "A", "S", {}},
             {"B", "B", "S", {}},
             {"C", "C", "S", {}},
             {"D", "D", "S", {}}}
        );
        SourceStatus source;
        source.name = "tthc";
        source.state = SourceStatus::State::Fresh;
        source.past_limit = false;
        sources_ = {source};
        add_unit("A", 10, 9);
        add_unit("B", 10, 10);
        add_unit("C", 8, 8);
        add_unit("D", 10, 5);
    }

    void add_unit(const std::string& code, int active, int online) {
        for (int number = 0; number < 10; ++number) {
            const std::string procedure = code + std::to_string(number);
            procedures_.push_back({procedure, "", {code}, {{day_, Level::Full}}, {}});
            if (number < active) {
                tallies_.push_back({day_, code, procedure, 1, number < online ? 1 : 0, 0, 0});
            }
        }
    }

    Standings standings(const Campaign& campaign) {
        std::vector<IndicatorTallies> each;
        for (const Indicator& one : campaign.indicators) {
            each.push_back({one.id, tallies_});
        }
        return measure({campaign, organisation_, procedures_, each, sources_, day_, {}});
    }

    const Day day_ = *parse_day("2024-10-18");
    Campaign campaign_;
    Organisation organisation_;
    std::vector<Procedure> procedures_;
    std::vector<SourceStatus> sources_;
    std::vector<Tally> tallies_;
};

TEST_F(Flips, AreExactlyTheUnitWhoseVerdictDependsOnTheReading) {
    const Standings in_force = standings(campaign_);
    const Standings other = standings(with_other_readings(campaign_));
    const auto flips = flips_of("services-online", in_force, other);
    ASSERT_EQ(flips.size(), 1U);
    EXPECT_EQ(flips[0].unit->code, "C");
    EXPECT_FALSE(flips[0].is_whole);
    EXPECT_EQ(flips[0].in_force->counts, (Ratio{8, 10}));
    EXPECT_EQ(flips[0].in_force->verdict, Verdict::Below);
    EXPECT_EQ(flips[0].other->counts, (Ratio{8, 8}));
    EXPECT_EQ(flips[0].other->verdict, Verdict::Met);
    EXPECT_TRUE(flips_of("dossiers-online", in_force, other).empty());
}

TEST_F(Flips, NobodyFlipsWithoutATarget) {
    campaign_.targets.clear();
    const Standings in_force = standings(campaign_);
    const Standings other = standings(with_other_readings(campaign_));
    EXPECT_TRUE(flips_of("services-online", in_force, other).empty());
}

TEST_F(Flips, AreNoneIfTheOtherReadingIsTheSameForAll) {
    campaign_.indicators[0].services = ServicesDenominator::Active;
    const Standings active_ones = standings(campaign_);
    EXPECT_TRUE(flips_of("services-online", active_ones, active_ones).empty());
}

}  // namespace
}  // namespace thidua::rules
