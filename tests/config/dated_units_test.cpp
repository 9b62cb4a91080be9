// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Units with days: what they become, and the mistakes that can be made with them.
#include "tests/config/workspace.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace thidua::config {

namespace {

using Lines = std::vector<std::string>;

/// The good configuration with these units below its root (line 3 of the file), "Văn phòng Sở"
/// and "Văn phòng Đăng ký đất đai" (lines 4 and 5), from line 6 on.
Workspace& with_units(Workspace& workspace, const std::string& units) {
    workspace.write(
        "organisation.yaml",
        "version: 1\nunits:\n"
        "  - {code: H37.10, name: Sở}\n"
        "  - {code: H37.10.01, name: Văn phòng Sở, parent: H37.10}\n"
        "  - {code: H37.10.05, name: Văn phòng Đăng ký đất đai, parent: H37.10}\n" +
            units
    );
    workspace.replace("procedures.yaml", "[H37.10.05, H37.10.05.01]", "[H37.10.05]");
    return workspace;
}

struct UnitsCase {
    std::string name;
    std::string units;
    Lines problems;

    friend void PrintTo(const UnitsCase& row, std::ostream* out) { *out << row.name; }
};

class DatedUnits : public testing::TestWithParam<UnitsCase> {};

TEST_P(DatedUnits, AreCheckedForEveryDay) {
    Workspace workspace;
    EXPECT_EQ(with_units(workspace, GetParam().units).problems(), GetParam().problems);
}

const UnitsCase units_cases[] = {
    {"UntilBeforeFrom",
     "  - {code: A, name: A, parent: H37.10, from: 2024-10-01, until: 2024-09-30}\n",
     {"organisation.yaml:6:65: units[3].until: \"2024-09-30\": must be a day not before \"from\", "
      "2024-10-01"}},
    {"NoSuchDay",
     "  - {code: A, name: A, parent: H37.10, until: 2024-09-31}\n",
     {"organisation.yaml:6:47: units[3].until: \"2024-09-31\": must be a day of the calendar, such "
      "as 2024-06-07"}},
    {"UnknownKey",
     "  - {code: A, name: A, parent: H37.10, merged_in: H37.10}\n",
     {"organisation.yaml:6:40: units[3].merged_in: unknown key; did you mean \"merged_into\"?"}},
    {"OneCodeInTheSameDays",
     "  - {code: A, name: A, parent: H37.10, until: 2024-09-30}\n"
     "  - {code: A, name: B, parent: H37.10, from: 2024-09-30}\n",
     {"organisation.yaml:7:12: units[4].code: \"A\": must be a code that no other unit has in the "
      "same days"}},
    {"OneCodeOneAfterTheOther",
     "  - {code: A, name: A, parent: H37.10, until: 2024-09-30}\n"
     "  - {code: A, name: B, parent: H37.10, from: 2024-10-01}\n",
     {}},
    {"HeirWithoutAnEnd",
     "  - {code: A, name: A, parent: H37.10, merged_into: H37.10.01}\n",
     {"organisation.yaml:6:53: units[3].merged_into: goes together with \"until\", the unit's last "
      "day"}},
    {"UnknownHeir",
     "  - {code: A, name: A, parent: H37.10, until: 2024-09-30, merged_into: H37.10.1}\n",
     {"organisation.yaml:6:72: units[3].merged_into: \"H37.10.1\": must be the code of a unit in "
      "this file; did you mean \"H37.10.01\"?"}},
    {"HeirNotYetInForce",
     "  - {code: A, name: A, parent: H37.10, until: 2024-09-30, merged_into: B}\n"
     "  - {code: B, name: B, parent: H37.10, from: 2024-10-02}\n",
     {"organisation.yaml:6:72: units[3].merged_into: \"B\": must be a unit in force on 2024-10-01, "
      "the day after this one's last"}},
    {"MergedIntoItself",
     "  - {code: A, name: A, parent: H37.10, until: 2024-09-30, merged_into: A}\n",
     {"organisation.yaml:6:72: units[3].merged_into: \"A\": must be a unit in force on 2024-10-01, "
      "the day after this one's last"}},
    {"MergerAndSplit",
     "  - {code: A, name: A, parent: H37.10, until: 2024-09-30, merged_into: A1}\n"
     "  - {code: A1, name: A1, parent: H37.10, from: 2024-10-01}\n"
     "  - {code: A2, name: A2, parent: H37.10, from: 2024-10-01}\n",
     {}},
    {"ParentEndsBefore",
     "  - {code: A, name: A, parent: H37.10, until: 2024-09-30}\n"
     "  - {code: B, name: B, parent: A}\n",
     {"organisation.yaml:7:32: units[4].parent: \"A\": must be a unit in force whenever it is the "
      "parent, but on 2024-10-01 it is not: say in \"changes\" from which day on another one is"}},
    {"ParentBeginsAfter",
     "  - {code: A, name: A, parent: H37.10, from: 2024-10-01}\n"
     "  - {code: B, name: B, parent: H37.10, changes: [{from: 2024-09-30, parent: A}]}\n",
     {"organisation.yaml:7:77: units[4].changes[0].parent: \"A\": must be a unit in force whenever "
      "it is the parent, but on 2024-09-30 it is not: say in \"changes\" from which day on another "
      "one is"}},
    {"ParentChangesInTime",
     "  - {code: A, name: A, parent: H37.10, from: 2024-10-01}\n"
     "  - {code: B, name: B, parent: H37.10, changes: [{from: 2024-10-01, parent: A}]}\n",
     {}},
    {"CircleByAMove",
     "  - {code: A, name: A, parent: H37.10, changes: [{from: 2024-10-01, parent: B}]}\n"
     "  - {code: B, name: B, parent: A}\n",
     {"organisation.yaml:6:77: units[3].changes[0].parent: \"B\": must be a unit above it, but the "
      "parents form a circle on 2024-10-01"}},
    {"SecondRootFromADayOn",
     "  - {code: A, name: A, from: 2024-10-01}\n",
     {"organisation.yaml:6:12: units[3].code: \"A\": a second unit without a parent beside "
      "\"H37.10\" on 2024-10-01: name the unit above it in \"parent\""}},
    {"ChangeOfNothing",
     "  - {code: A, name: A, parent: H37.10, changes: [{from: 2024-10-01}]}\n",
     {"organisation.yaml:6:50: units[3].changes[0]: changes nothing: give a new \"name\" or a new "
      "\"parent\""}},
    {"ChangesOutOfOrder",
     "  - {code: A, name: A, parent: H37.10, changes: [{from: 2024-10-01, name: B}, {from: "
     "2024-10-01, name: C}]}\n",
     {"organisation.yaml:6:86: units[3].changes[1].from: \"2024-10-01\": must be later than the "
      "change above, which is from 2024-10-01"}},
    {"ChangeOnTheFirstDay",
     "  - {code: A, name: A, parent: H37.10, from: 2024-10-01, changes: [{from: 2024-10-01, name: "
     "B}]}\n",
     {"organisation.yaml:6:75: units[3].changes[0].from: \"2024-10-01\": must be a day after the "
      "unit's first, on which it is still in force"}},
    {"ChangeAfterTheEnd",
     "  - {code: A, name: A, parent: H37.10, until: 2024-09-30, changes: [{from: 2024-10-01, name: "
     "B}]}\n",
     {"organisation.yaml:6:76: units[3].changes[0].from: \"2024-10-01\": must be a day after the "
      "unit's first, on which it is still in force"}},
    {"AliasOfAUnitStillInForce",
     "  - {code: A, name: A, parent: H37.10, until: 2024-09-30}\n"
     "  - {code: B, name: B, parent: H37.10, aliases: [A]}\n",
     {"organisation.yaml:7:50: units[4].aliases[0]: \"A\": must be a code that no other unit has; "
      "on 2024-09-30 it already names \"A\""}},
    {"AliasFromTheDayAfter",
     "  - {code: A, name: A, parent: H37.10, until: 2024-09-30}\n"
     "  - {code: B, name: B, parent: H37.10, aliases: [{code: A, from: 2024-10-01}]}\n",
     {}},
    {"AliasOfAnHeirsCode",
     "  - {code: A, name: A, parent: H37.10, until: 2024-09-30, merged_into: H37.10.01}\n"
     "  - {code: B, name: B, parent: H37.10, aliases: [{code: A, from: 2024-10-01}]}\n",
     {"organisation.yaml:7:57: units[4].aliases[0].code: \"A\": must be a code that no other unit "
      "has; on 2024-10-01 it already names \"Văn phòng Sở\""}},
    {"AliasTwiceFromADayOn",
     "  - {code: A, name: A, parent: H37.10, aliases: [{code: X, until: 2024-09-30}]}\n"
     "  - {code: B, name: B, parent: H37.10, aliases: [{code: X, from: 2024-09-30}]}\n",
     {"organisation.yaml:7:57: units[4].aliases[0].code: \"X\": must be a code that no other unit "
      "has; on 2024-09-30 it already names \"A\""}},
    {"AliasPassedOn",
     "  - {code: A, name: A, parent: H37.10, aliases: [{code: X, until: 2024-09-30}]}\n"
     "  - {code: B, name: B, parent: H37.10, aliases: [{code: X, from: 2024-10-01}]}\n",
     {}},
    {"AliasOutsideTheUnitsDays",
     "  - {code: A, name: A, parent: H37.10, until: 2024-09-30, aliases: [{code: X, from: "
     "2024-10-01}]}\n",
     {"organisation.yaml:6:69: units[3].aliases[0]: never in force: on none of these days is the "
      "unit there"}},
    {"AllAtOnce",
     "  - {code: A, name: A, parent: H37.10, until: 2024-09-30, merged_into: Zzz}\n"
     "  - {code: B, name: B, parent: A, aliases: [A]}\n",
     {"organisation.yaml:6:72: units[3].merged_into: \"Zzz\": must be the code of a unit in this "
      "file",
      "organisation.yaml:7:32: units[4].parent: \"A\": must be a unit in force whenever it is the "
      "parent, but on 2024-10-01 it is not: say in \"changes\" from which day on another one is",
      "organisation.yaml:7:45: units[4].aliases[0]: \"A\": must be a code that no other unit has; "
      "on 2024-09-30 it already names \"A\""}},
};

INSTANTIATE_TEST_SUITE_P(Config, DatedUnits, testing::ValuesIn(units_cases), test::case_name<UnitsCase>);

TEST(DatedUnit, KeepsItsDaysChangesAndAliasesInCanonicalCodes) {
    Workspace workspace;
    with_units(
        workspace,
        "  - code: 000.07.10.H37\n    name: Phòng A\n    parent: 000.00.10.H37\n"
        "    from: 2024-01-01\n    until: 2024-09-30\n    merged_into: 000.01.10.H37\n"
        "    aliases: [001.07.10.H37, {code: 000.08.10.H37, until: 2024-06-30}]\n"
        "    changes: [{from: 2024-07-01, name: Phòng B, parent: 000.05.10.H37}]\n"
    );
    const auto settings = load(workspace.root());
    ASSERT_EQ(workspace.problems(), Lines{});
    DatedUnit expected;
    expected.code = "H37.10.07";
    expected.name = "Phòng A";
    expected.parent = "H37.10";
    expected.days = {*parse_day("2024-01-01"), *parse_day("2024-09-30")};
    expected.merged_into = "H37.10.01";
    expected.aliases = {
        {"001.07.10.H37", {}}, {"H37.10.08", {std::nullopt, *parse_day("2024-06-30")}}};
    expected.changes = {{*parse_day("2024-07-01"), "Phòng B", "H37.10.05"}};
    EXPECT_EQ(settings->units.back(), expected);
}

TEST(DatedUnit, MustBeThereOnEveryDayOfTheCampaign) {
    Workspace workspace;
    workspace.write(
        "organisation.yaml",
        "version: 1\nunits:\n"
        "  - {code: H37.10, name: Sở, from: 2024-07-01}\n"
        "  - {code: H37.10.01, name: Văn phòng, parent: H37.10, from: 2024-07-01}\n"
        "  - {code: H37.10.05, name: VPĐK, parent: H37.10, from: 2024-07-01}\n"
    );
    workspace.write("procedures.yaml", "version: 1\nprocedures: []\n");
    EXPECT_EQ(
        workspace.problems(),
        (Lines{
            "thidua.yaml:4:10: campaign.start: no unit of the organisation file is in force on "
            "2024-06-07, a day of the campaign",
            "campaign.yaml:18:16: campaign.ranked_units[0]: \"H37.10.01\": must be a unit in force "
            "as long as it is ranked, but on 2024-06-07 it is not: say when it is ranked, as in "
            "{code: H37.10.01, from: DAY, until: DAY}"})
    );
}

TEST(DatedUnit, IsRankedWhileItIsThere) {
    Workspace workspace;
    with_units(
        workspace,
        "  - {code: A, name: A, parent: H37.10, until: 2024-09-30, merged_into: B}\n"
        "  - {code: B, name: B, parent: H37.10}\n"
        "  - {code: C, name: C, parent: H37.10, from: 2024-10-01}\n"
    );
    workspace.replace("campaign.yaml", "[H37.10.01]", "[A, {code: C, from: 2024-09-01}, B]");
    EXPECT_EQ(
        workspace.problems(),
        (Lines{
            "campaign.yaml:18:16: campaign.ranked_units[0]: \"A\": must be a unit in force as long "
            "as it is ranked, but on 2024-10-01 it is not: say when it is ranked, as in {code: A, "
            "from: DAY, until: DAY}",
            "campaign.yaml:18:26: campaign.ranked_units[1].code: \"C\": must be a unit in force as "
            "long as it is ranked, but on 2024-09-01 it is not: say when it is ranked, as in "
            "{code: C, from: DAY, until: DAY}"})
    );
    workspace.replace(
        "campaign.yaml",
        "[A, {code: C, from: 2024-09-01}, B]",
        "[{code: A, until: 2024-09-30}, {code: C, from: 2024-10-01}, B]"
    );
    const auto settings = load(workspace.root());
    ASSERT_EQ(workspace.problems(), Lines{});
    const std::vector<RankedUnit> expected{
        {"A", {std::nullopt, *parse_day("2024-09-30")}},
        {"C", {*parse_day("2024-10-01"), std::nullopt}},
        {"B", {}},
    };
    EXPECT_EQ(settings->campaign.ranked_units, expected);
}

TEST(DatedUnit, HasATargetOfItsOwnOnlyWhileItIsThere) {
    Workspace workspace;
    with_units(
        workspace,
        "  - {code: A, name: A, parent: H37.10, until: 2024-09-30, merged_into: B}\n"
        "  - {code: B, name: B, parent: H37.10}\n"
    );
    workspace.replace("campaign.yaml", "[H37.10.01]", "[B]");
    workspace.replace(
        "campaign.yaml",
        "ranked_units:",
        "  - {indicator: payments-online, op: \">\", value: 50%, decision: 1/QĐ, units: [B, A]}\n"
        "ranked_units:"
    );
    EXPECT_EQ(
        workspace.problems(),
        (Lines{
            "campaign.yaml:18:82: campaign.targets[1].units[1]: \"A\": must be a unit in force as "
            "long as its target is, but on 2024-10-01 it is not: limit the target with \"from\" or "
            "\"to\""})
    );
    workspace.replace("campaign.yaml", "units: [B, A]", "units: [B, A], to: 2024-09-30");
    const auto settings = load(workspace.root());
    ASSERT_EQ(workspace.problems(), Lines{});
    const Campaign& campaign = settings->campaign;
    const Share own{1, 2};
    const Share general{9, 20};
    const auto value = [&](const char* unit, const char* day) {
        return target_on(campaign, "payments-online", unit, *parse_day(day))->value;
    };
    EXPECT_EQ(value("A", "2024-09-30"), own);
    EXPECT_EQ(value("B", "2024-09-30"), own);
    EXPECT_EQ(value("B", "2024-10-01"), general);
    EXPECT_EQ(value("H37.10", "2024-09-30"), general);
    EXPECT_EQ(campaign.targets.at(1).decision, "1/QĐ");
}

TEST(DatedUnit, IsNotRankedTwiceOrOutsideOfTheCampaign) {
    Workspace workspace;
    workspace.replace(
        "campaign.yaml",
        "[H37.10.01]",
        "[H37.10.01, {code: H37.10.01, from: 2024-10-01}, {code: H37.10.05, from: 2025-01-01}]"
    );
    EXPECT_EQ(
        workspace.problems(),
        (Lines{
            "campaign.yaml:18:34: campaign.ranked_units[1].code: \"H37.10.01\": must be a unit "
            "that is not yet in this list",
            "campaign.yaml:18:71: campaign.ranked_units[2].code: \"H37.10.05\": must be a unit "
            "that is ranked on some day of the campaign"})
    );
}

TEST(DatedUnit, OfAProcedureMustBeThereWhileItIsOfferedOnline) {
    Workspace workspace;
    with_units(
        workspace,
        "  - {code: A, name: A, parent: H37.10, until: 2024-09-30}\n"
        "  - {code: B, name: B, parent: H37.10, from: 2024-10-01}\n"
        "  - {code: C, name: C, parent: H37.10, until: 2024-09-30, merged_into: B}\n"
    );
    const auto write = [&](const std::string& units, const std::string& levels) {
        workspace.write(
            "procedures.yaml",
            "version: 1\nprocedures:\n  - code: 1.012756\n    name: TTHC\n    units: " + units +
                "\n    levels: [{level: full, from: 2023-10-27}" + levels + "]\n"
        );
    };
    write("[A]", "");
    EXPECT_EQ(
        workspace.problems(),
        (Lines{"procedures.yaml:5:5: procedures[0].units: on 2024-10-01 none of these units is in "
               "force, but the procedure is offered online: add the unit that answers for it "
               "then"})
    );
    write("[B]", "");
    EXPECT_EQ(
        workspace.problems(),
        (Lines{"procedures.yaml:5:5: procedures[0].units: on 2023-10-27 none of these units is in "
               "force, but the procedure is offered online: add the unit that answers for it "
               "then"})
    );
    write("[A]", ", {level: information, from: 2024-10-01}");
    EXPECT_EQ(workspace.problems(), Lines{});
    write("[A, B]", "");
    EXPECT_EQ(workspace.problems(), Lines{});
    write("[C]", "");  // its heir answers
    EXPECT_EQ(workspace.problems(), Lines{});
}

}  // namespace

}  // namespace thidua::config
