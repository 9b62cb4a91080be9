// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What loads, and is hardly what somebody meant; and mistakes by which something would never come.
#include "tests/config/mistake.hpp"
#include "tests/config/workspace.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

std::vector<std::string> warnings_of(const Workspace& workspace) {
    const auto settings = load(workspace.root());
    std::vector<std::string> lines;
    for (const Problem& warning : settings ? settings->warnings : settings.error()) {
        const std::string prefix = workspace.folder().string() + "/";
        lines.push_back((settings ? "" : "no warning: ") + to_text(warning).substr(prefix.size()));
    }
    return lines;
}

class Warnings : public testing::TestWithParam<Mistake> {};

TEST_P(Warnings, AreNamedWithTheirPlace) {
    const Workspace workspace;
    workspace.replace(GetParam().file, GetParam().from, GetParam().to);
    EXPECT_EQ(warnings_of(workspace), GetParam().problems);
}

TEST(NoWarnings, OfAGoodConfiguration) {
    EXPECT_EQ(warnings_of(Workspace()), std::vector<std::string>{});
}

const Mistake warned_of[] = {
    {"DigestForNobody",
     "thidua.yaml",
     R"(    recipients:
      - {id: giam-doc, name: Giám đốc Sở, address: giam-doc@example.vn}
      - {id: van-phong, name: Văn phòng Sở, address: van-phong@example.vn}
    file_to: editions
)",
     "",
     {"thidua.yaml:27:3: reports.weekly: nobody gets it: name \"recipients\", or "
      "\"file_to\" if it is only to be filed"}},
    {"FinalReportForNobody",
     "thidua.yaml",
     "reports:\n",
     "reports:\n  final: {}\n",
     {"thidua.yaml:27:3: reports.final: nobody gets it: name \"recipients\", or "
      "\"file_to\" if it is only to be filed"}},
    {"OfficeWithoutAHolderAtFirst",
     "thidua.yaml",
     "address: giam-doc@example.vn}",
     "address: giam-doc@example.vn, from: 2024-07-01}",
     {"thidua.yaml:29:5: reports.weekly.recipients: id \"giam-doc\": nobody has it before "
      "2024-07-01, and the campaign begins on 2024-06-07"}},
    {"RemindersForNobody",
     "thidua.yaml",
     "reports:\n",
     "alerts: {}\nreports:\n",
     {"thidua.yaml:26:1: alerts: reaches nobody: name those who read of a unit in "
      "\"reports.units\", or \"leaders\""}},
    {"RankedUnitThatNobodyReadsOf",
     "thidua.yaml",
     "reports:\n",
     "alerts:\n  leaders: [{id: gd, name: GĐ, address: gd@example.vn}]\nreports:\n",
     {"thidua.yaml:26:1: alerts: nobody who reads of these units in \"reports.units\" can be "
      "reminded of them: \"H37.10.01\""}},
    {"ReaderOfAUnitThatIsGone",
     "thidua.yaml",
     "reports:\n",
     "reports:\n  units: {file_to: e, recipients: [{unit: H37.10.09, id: a, name: A, address: "
     "a@example.vn}]}\n",
     {"no warning: thidua.yaml:27:43: reports.units.recipients[0].unit: \"H37.10.09\": must be the "
      "code of a unit of the organisation: \"H37.10\", \"H37.10.01\", \"H37.10.05\", "
      "\"H37.10.05.01\"; did you mean \"H37.10.01\"?"}},
};

INSTANTIATE_TEST_SUITE_P(Config, Warnings, testing::ValuesIn(warned_of), test::case_name<Mistake>);

TEST(Warnings, NameAReaderOfAUnitThatEndedBeforeTheCampaign) {
    const Workspace workspace;
    workspace.replace(
        "organisation.yaml",
        "units:\n",
        "units:\n  - {code: H37.10.02, name: Phòng cũ, parent: H37.10, until: 2023-12-31}\n"
    );
    workspace.replace(
        "thidua.yaml",
        "reports:\n",
        "reports:\n  units: {file_to: e, recipients: [{unit: H37.10.02, id: a, name: A, address: "
        "a@example.vn}]}\n"
    );
    EXPECT_EQ(
        warnings_of(workspace),
        std::vector<std::string>{
            "thidua.yaml:27:43: reports.units.recipients[0].unit: \"H37.10.02\": on no day of the "
            "campaign is this unit there"}
    );
}

class NeverComes : public testing::TestWithParam<Mistake> {};

TEST_P(NeverComes, IsAMistake) {
    const Workspace workspace;
    workspace.replace(GetParam().file, GetParam().from, GetParam().to);
    EXPECT_EQ(workspace.problems(), GetParam().problems);
}

const Mistake never_comes[] = {
    {"NoCatchUpAtAll",
     "thidua.yaml",
     "{every: 6h}",
     "{every: 6h, catchup_window: 0s}",
     {"thidua.yaml:18:43: sources.payments.schedule.catchup_window: \"0s\": must be at least 1m; "
      "to "
      "make up for nothing, write \"misfire: skip\" instead"}},
    {"WaitsUntilBeforeItIsDue",
     "thidua.yaml",
     "    file_to: editions\n",
     "    file_to: editions\n    requires: {wait_until: \"07:00\"}\n",
     {"thidua.yaml:33:28: reports.weekly.requires.wait_until: \"07:00\": must be a time after the "
      "schedule's \"at\", or it never waits"}},
    {"IndentedTooLittle",
     "thidua.yaml",
     "  timeout: 10m\n",
     "smarthost: relay.example.vn:25\n",
     {"thidua.yaml:25:1: smarthost: unknown key: allowed here: \"version\", "
      "\"state_directory\", \"store\", \"organisation\", \"procedures\", \"officers\", "
      "\"calendar\", \"presets\", "
      "\"sources\", \"campaign\", \"smtp\", \"operator\", \"reports\", \"alerts\", \"urging\", "
      "\"filing\", \"retention\", \"texts\", \"web\"; it "
      "belongs to \"smtp\""}},
};

INSTANTIATE_TEST_SUITE_P(Config, NeverComes, testing::ValuesIn(never_comes), test::case_name<Mistake>);

}  // namespace

}  // namespace thidua::config
