// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/count.hpp"

#include <gtest/gtest.h>

namespace thidua::rules {
namespace {

const Day june = *parse_day("2024-06-10");
const Day july = *parse_day("2024-07-10");

class Count : public testing::Test {
  protected:
    Count() {
        organisation_ = *Organisation::create({
            {"S", "Sở", std::nullopt, {}},
            {"S.1", "Văn phòng đăng ký", "S", {}},
            {"S.1.1", "Chi nhánh một", "S.1", {"OLD-1"}},
            {"S.1.2", "Chi nhánh hai", "S.1", {}},
            {"S.2", "Phòng", "S", {}},
        });
        add_procedure("shared", {"S.1.1", "S.1.2"}, {{june, Level::Full}}, {{june, true}});
        add_procedure(
            "later",
            {"S.2"},
            {{june, Level::Information}, {july, Level::Partial}},
            {{june, false}, {july, true}}
        );
    }

    void add_procedure(
        std::string code,
        std::vector<std::string> units,
        std::vector<Procedure::DatedLevel> levels,
        std::vector<Procedure::DatedFee> fees
    ) {
        procedures_.push_back(
            {std::move(code), "", std::move(units), std::move(levels), std::move(fees)}
        );
    }

    Counted count_as(IndicatorKind kind, Day day, const std::vector<Tally>& tallies) {
        Indicator indicator = options_;
        indicator.kind = kind;
        const Catalogue catalogue(organisation_, procedures_);
        return count(indicator, catalogue, place(catalogue, tallies), day);
    }

    Organisation organisation_;
    std::vector<Procedure> procedures_;
    Indicator options_;
};

TEST_F(Count, SumsDossiersUpTheTreeAndKeepsTheUnmappedInTheTotal) {
    const auto counted = count_as(
        IndicatorKind::DossiersOnline,
        july,
        {{june, "S.1.1", "shared", 10, 4, 0, 0},
         {june, "OLD-1", "shared", 5, 5, 0, 0},
         {june, "S.1.2", "shared", 6, 0, 0, 0},
         {june, "S.77", "shared", 3, 1, 0, 0}}
    );
    EXPECT_EQ(counted.units[2], (Ratio{9, 15}));
    EXPECT_EQ(counted.units[1], (Ratio{9, 21}));
    EXPECT_EQ(counted.units[0], (Ratio{9, 21}));
    EXPECT_EQ(counted.total, (Ratio{10, 24}));
    EXPECT_EQ(counted.unmapped, 3);
}

TEST_F(Count, CountsDossiersOnlyOfProceduresOfferedOnlineOnTheirAcceptanceDay) {
    const std::vector<Tally> tallies{
        {june, "S.2", "later", 7, 2, 0, 0},
        {july, "S.2", "later", 4, 3, 0, 0},
        {july, "S.2", "not-in-the-catalogue", 9, 9, 0, 0}};
    EXPECT_EQ(count_as(IndicatorKind::DossiersOnline, july, tallies).units[4], (Ratio{3, 4}));
    options_.all_procedures = true;
    EXPECT_EQ(count_as(IndicatorKind::DossiersOnline, july, tallies).units[4], (Ratio{14, 20}));
}

TEST_F(Count, CountsPaymentsOnlyOfProceduresThatBearAFeeOnTheAcceptanceDay) {
    const std::vector<Tally> tallies{
        {june, "S.2", "later", 7, 2, 7, 5}, {july, "S.2", "later", 4, 3, 4, 1}};
    EXPECT_EQ(count_as(IndicatorKind::PaymentsOnline, july, tallies).units[4], (Ratio{1, 4}));
}

TEST_F(Count, CountsASharedProcedureOnceInAParent) {
    const std::vector<Tally> tallies{
        {june, "S.1.1", "shared", 1, 1, 0, 0}, {june, "S.1.2", "shared", 1, 1, 0, 0}};
    const auto counted = count_as(IndicatorKind::ServicesOnline, july, tallies);
    EXPECT_EQ(counted.units[2], (Ratio{1, 1}));
    EXPECT_EQ(counted.units[3], (Ratio{1, 1}));
    EXPECT_EQ(counted.units[1], (Ratio{1, 1}));
    EXPECT_EQ(counted.units[0], (Ratio{1, 2}));
}

TEST_F(Count, AProcedureOfAUnitThatIsNotMappedIsInTheTotalAndSomebodyElsesIsNot) {
    add_procedure("unmapped", {"S.77"}, {{june, Level::Full}}, {});
    add_procedure("both", {"S.2", "S.78"}, {{june, Level::Full}}, {});
    add_procedure("theirs", {"T.1"}, {{june, Level::Full}}, {});
    const std::vector<Tally> tallies{{june, "S.77", "unmapped", 1, 1, 0, 0}};
    const auto counted = count_as(IndicatorKind::ServicesOnline, june, tallies);
    EXPECT_EQ(counted.units[0], (Ratio{0, 2})) << "shared, both";
    EXPECT_EQ(counted.total, (Ratio{1, 3}));
}

TEST_F(Count, AsksTheLevelOfServicesOnTheDayAskedFor) {
    EXPECT_EQ(count_as(IndicatorKind::ServicesOnline, june, {}).units[4], (Ratio{0, 0}));
    EXPECT_EQ(count_as(IndicatorKind::ServicesOnline, july, {}).units[4], (Ratio{0, 1}));
}

TEST_F(Count, DividesByActiveServicesWhereTheCampaignSaysSo) {
    options_.services = ServicesDenominator::Active;
    const std::vector<Tally> tallies{{june, "S.1.1", "shared", 2, 0, 0, 0}};
    const auto counted = count_as(IndicatorKind::ServicesOnline, july, tallies);
    EXPECT_EQ(counted.units[2], (Ratio{0, 1}));
    EXPECT_EQ(counted.units[3], (Ratio{0, 0}));
    EXPECT_EQ(counted.units[0], (Ratio{0, 1}));
}

TEST_F(Count, AServiceReceivedByAnotherUnitIsNotTheResponsibleUnitsOwn) {
    const std::vector<Tally> tallies{{june, "S.2", "shared", 1, 1, 0, 0}};
    const auto counted = count_as(IndicatorKind::ServicesOnline, july, tallies);
    EXPECT_EQ(counted.units[2], (Ratio{0, 1}));
    EXPECT_EQ(counted.units[0], (Ratio{1, 2}));
}

}  // namespace
}  // namespace thidua::rules
