// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/unit_history.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua {
namespace {

Day day(const std::string& text) {
    return *parse_day(text);
}

DaysInForce from(const std::string& text) {
    return {day(text), std::nullopt};
}

DaysInForce until(const std::string& text) {
    return {std::nullopt, day(text)};
}

DatedUnit unit(std::string code, std::optional<std::string> parent, DaysInForce days = {}) {
    DatedUnit made;
    made.code = std::move(code);
    made.name = "Name of " + made.code;
    made.parent = std::move(parent);
    made.days = days;
    return made;
}

DatedUnit merged(DatedUnit unit, std::string heir) {
    unit.merged_into = std::move(heir);
    return unit;
}

DatedUnit with_alias(DatedUnit unit, std::string alias, DaysInForce days = {}) {
    unit.aliases.push_back({std::move(alias), days});
    return unit;
}

/// The root S, and below it:
/// - A, renamed and moved below C on 1 September
/// - B (also known as b), merged into C after September, and C into D after October
/// - E, split after September into E1 and E2, of which E1 is the heir
/// - F, which ends after September without an heir; G, whose code is used again, by another unit
/// - D, which takes over the code H by an alias from October on
std::vector<DatedUnit> history() {
    DatedUnit a = unit("A", "S");
    a.changes = {{day("2024-09-01"), "New name", "C"}, {day("2024-10-01"), std::nullopt, "D"}};
    DatedUnit later_g = unit("G", "S", from("2024-11-01"));
    later_g.name = "Another G";
    return {
        unit("S", std::nullopt),
        a,
        with_alias(
            with_alias(merged(unit("B", "S", until("2024-09-30")), "C"), "b"),
            "b-old",
            until("2024-10-15")
        ),
        merged(unit("C", "S", until("2024-10-31")), "D"),
        with_alias(unit("D", "S"), "H", from("2024-10-01")),
        merged(unit("E", "S", until("2024-09-30")), "E1"),
        unit("E1", "S", from("2024-10-01")),
        unit("E2", "S", from("2024-10-01")),
        with_alias(unit("F", "S", until("2024-09-30")), "f"),
        merged(unit("G", "S", until("2024-09-30")), "D"),
        later_g,
    };
}

struct FindCase {
    std::string name;
    std::string day;
    std::string code;
    std::string unit;  // the name of the unit it means; empty: unmapped

    friend void PrintTo(const FindCase& row, std::ostream* out) { *out << row.name; }
};

class OrganisationOn : public testing::TestWithParam<FindCase> {};

TEST_P(OrganisationOn, MapsACodeToTheUnitThatHasItOnTheDay) {
    const auto organisation = organisation_on(history(), day(GetParam().day));
    ASSERT_TRUE(organisation) << organisation.error().message;
    const auto found = organisation->find(GetParam().code);
    EXPECT_EQ(found ? organisation->units()[*found].name : "", GetParam().unit);
}

INSTANTIATE_TEST_SUITE_P(
    Codes,
    OrganisationOn,
    testing::ValuesIn(std::vector<FindCase>{
        {"LastDayBeforeAMerger", "2024-09-30", "B", "Name of B"},
        {"FirstDayAfterAMerger", "2024-10-01", "B", "Name of C"},
        {"AnAliasBeforeTheMerger", "2024-09-30", "b", "Name of B"},
        {"AnAliasGoesAlong", "2024-10-01", "b", "Name of C"},
        {"AnAliasUntilADayGoesAlongUntilThen", "2024-10-15", "b-old", "Name of C"},
        {"AndNotLonger", "2024-10-16", "b-old", ""},
        {"TheHeirsHeir", "2024-11-01", "B", "Name of D"},
        {"AnAliasToTheHeirsHeir", "2024-11-01", "b", "Name of D"},
        {"BeforeASplit", "2024-09-30", "E", "Name of E"},
        {"AfterASplitTheNamedHeir", "2024-10-01", "E", "Name of E1"},
        {"ANewUnitBeforeItsFirstDay", "2024-09-30", "E2", ""},
        {"ANewUnitOnItsFirstDay", "2024-10-01", "E2", "Name of E2"},
        {"AnEndedUnitOnItsLastDay", "2024-09-30", "F", "Name of F"},
        {"AnEndedUnitWithoutAnHeir", "2024-10-01", "F", ""},
        {"AndItsAlias", "2024-10-01", "f", ""},
        {"ADatedAliasBeforeItsFirstDay", "2024-09-30", "H", ""},
        {"ADatedAliasOnItsFirstDay", "2024-10-01", "H", "Name of D"},
        {"ACodeBetweenItsTwoUnitsIsTheHeirs", "2024-10-31", "G", "Name of D"},
        {"ACodeUsedAgainIsTheLaterUnits", "2024-11-01", "G", "Another G"},
        {"RenamedTheDayBefore", "2024-08-31", "A", "Name of A"},
        {"RenamedOnTheDay", "2024-09-01", "A", "New name"},
        {"ALaterMoveKeepsTheName", "2024-10-01", "A", "New name"},
    }),
    test::case_name<FindCase>
);

struct ParentCase {
    std::string name;
    std::string day;
    std::string parent;

    friend void PrintTo(const ParentCase& row, std::ostream* out) { *out << row.name; }
};

class ParentOn : public testing::TestWithParam<ParentCase> {};

TEST_P(ParentOn, IsTheUnitAboveOnTheDay) {
    const auto organisation = organisation_on(history(), day(GetParam().day));
    ASSERT_TRUE(organisation) << organisation.error().message;
    const auto line = organisation->lineage(*organisation->find("A"));
    ASSERT_EQ(line.size(), GetParam().parent == "S" ? 2U : 3U);
    EXPECT_EQ(organisation->units()[line[1]].code, GetParam().parent);
}

INSTANTIATE_TEST_SUITE_P(
    Moves,
    ParentOn,
    testing::ValuesIn(std::vector<ParentCase>{
        {"BeforeTheMove", "2024-08-31", "S"},
        {"AfterTheMove", "2024-09-01", "C"},
        {"AfterTheNextMove", "2024-10-01", "D"},
    }),
    test::case_name<ParentCase>
);

TEST(UnitHistory, ACodeWhoseLastUnitEndedWithoutAnHeirIsNobodys) {
    const std::vector<DatedUnit> units{
        unit("S", std::nullopt),
        merged(unit("G", "S", until("2024-06-30")), "S"),
        unit("G", "S", {day("2024-08-01"), day("2024-08-31")}),
    };
    EXPECT_EQ(organisation_on(units, day("2024-07-01"))->find("G"), 0U);
    EXPECT_EQ(organisation_on(units, day("2024-08-01"))->find("G"), 1U);
    EXPECT_EQ(organisation_on(units, day("2024-09-01"))->find("G"), std::nullopt);
}

TEST(UnitHistory, TheRootMayPassToAnotherUnit) {
    DatedUnit branch = unit("A", "S");
    branch.changes = {{day("2025-03-01"), std::nullopt, "T"}};
    const std::vector<DatedUnit> units{
        merged(unit("S", std::nullopt, until("2025-02-28")), "T"),
        branch,
        unit("T", std::nullopt, from("2025-03-01")),
    };
    EXPECT_EQ(organisation_on(units, day("2025-02-28"))->root().code, "S");
    const auto after = organisation_on(units, day("2025-03-01"));
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(after->root().code, "T");
    EXPECT_EQ(after->units()[*after->find("S")].code, "T");
}

TEST(UnitHistory, RefusesADayWithoutATreeAndNamesIt) {
    const std::vector<DatedUnit> later{unit("S", std::nullopt, from("2024-06-07"))};
    EXPECT_EQ(
        organisation_on(later, day("2024-06-06")).error(),
        (Error{ErrorKind::Config, "no unit is in force on 2024-06-06"})
    );
    const std::vector<DatedUnit> orphaned{
        unit("S", std::nullopt), unit("A", "S", until("2024-06-30")), unit("A1", "A")};
    EXPECT_TRUE(organisation_on(orphaned, day("2024-06-30")));
    EXPECT_EQ(
        organisation_on(orphaned, day("2024-07-01")).error(),
        (Error{
            ErrorKind::Config,
            "units in force on 2024-07-01: unit A1: there is no unit A to be its parent"})
    );
}

TEST(UnitHistory, AnAliasOfTwoUnitsOnOneDayIsRefused) {
    const std::vector<DatedUnit> units{
        unit("S", std::nullopt),
        merged(unit("A", "S", until("2024-06-30")), "B"),
        unit("B", "S"),
        with_alias(unit("C", "S"), "A", from("2024-07-01")),
    };
    EXPECT_TRUE(organisation_on(units, day("2024-06-30")));
    EXPECT_FALSE(organisation_on(units, day("2024-07-01")));
}

TEST(UnitHistory, KnowsEveryDayOnWhichSomethingChanges) {
    const std::vector<Day> expected{
        day("2024-08-31"),  // before the first change
        day("2024-09-01"),
        day("2024-10-01"),
        day("2024-10-16"),
        day("2024-11-01"),
    };
    EXPECT_EQ(days_of_change(history()), expected);
    EXPECT_EQ(days_of_change(std::vector{unit("S", std::nullopt)}).size(), 1U);
}

TEST(DaysInForce, HoldBothTheirEnds) {
    const DaysInForce june{day("2024-06-01"), day("2024-06-30")};
    EXPECT_FALSE(holds(june, day("2024-05-31")));
    EXPECT_TRUE(holds(june, day("2024-06-01")));
    EXPECT_TRUE(holds(june, day("2024-06-30")));
    EXPECT_FALSE(holds(june, day("2024-07-01")));
    EXPECT_TRUE(overlap(june, from("2024-06-30")));
    EXPECT_FALSE(overlap(june, from("2024-07-01")));
    EXPECT_TRUE(overlap(until("2024-06-01"), june));
    EXPECT_FALSE(overlap(until("2024-05-31"), june));
    EXPECT_TRUE(overlap({}, june));
}

}  // namespace
}  // namespace thidua
