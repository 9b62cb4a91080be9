// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Mistakes that are none of YAML, or none of the YAML that is taken.
#include "tests/config/mistake.hpp"
#include "tests/config/workspace.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

class SyntaxMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(SyntaxMistakes, AreNamedWithTheirPlaceAndTheirRemedy) {
    const Workspace workspace;
    workspace.replace(GetParam().file, GetParam().from, GetParam().to);
    EXPECT_EQ(workspace.problems(), GetParam().problems);
}

const Mistake syntax_mistakes[] = {
    {"Anchor",
     "thidua.yaml",
     "{every: 6h}",
     "&nightly {every: 6h}",
     {"thidua.yaml:18:15: sources.payments.schedule: a YAML anchor (&name): write the value out "
      "where it is used"}},
    {"Alias",
     "thidua.yaml",
     "{every: 6h}",
     "{every: &x 6h, timezone: *x}",
     {"thidua.yaml:18:23: sources.payments.schedule.every: a YAML anchor (&name): write the value "
      "out where it is used",
      "thidua.yaml:18:40: sources.payments.schedule.timezone: a YAML alias (*name): write the "
      "value out instead"}},
    {"Tag",
     "thidua.yaml",
     "from_name: Văn phòng Sở",
     "from_name: !!str Văn phòng Sở",
     {"thidua.yaml:22:14: smtp.from_name: a YAML tag (!name): leave it out"}},
    {"MergeKey",
     "thidua.yaml",
     "from_name: Văn phòng Sở",
     "<<: {from_name: x}",
     {"thidua.yaml:22:3: smtp.<<: a YAML merge: write the keys out instead"}},
    {"SecondDocument",
     "thidua.yaml",
     "reports:",
     "---\nreports:",
     {"thidua.yaml:26:1: a second YAML document (---): use a file for each"}},
    {"KeyIsAList",
     "thidua.yaml",
     "from_name: Văn phòng Sở",
     "[a]: b",
     {"thidua.yaml:22:3: smtp: a key must be a word, followed by a colon"}},
    {"ControlCharacter",
     "thidua.yaml",
     "from_name: Văn phòng Sở",
     "from_name: Văn phòng\x04 Sở",
     {"thidua.yaml:22:23: a control character: delete it"}},
    {"NotUtf8",
     "thidua.yaml",
     "from_name: Văn phòng Sở",
     "from_name: V\xE3n ph\xF2ng",
     {"thidua.yaml:22:15: not UTF-8: save the file as UTF-8"}},
};

INSTANTIATE_TEST_SUITE_P(Config, SyntaxMistakes, testing::ValuesIn(syntax_mistakes), test::case_name<Mistake>);

/// Where yaml-cpp's own words end the line, only ours are pinned.
TEST(NotYaml, IsNamedWithItsPlace) {
    const std::string ours =
        "not YAML: look for wrong indentation, an unclosed quote or bracket, or a missing colon "
        "here and in the line above (";
    const struct {
        std::string from;
        std::string to;
        std::string place;
    } rows[] = {
        {"  from_name: Văn phòng Sở", " from_name: Văn phòng Sở", "thidua.yaml:22:2: "},
        // The quote closes where the next one opens, and only there it stops making sense.
        {"from_name: Văn phòng Sở", "from_name: \"Văn phòng Sở", "thidua.yaml:28:38: "},
        {"{every: 6h}", "{every: 6h", "thidua.yaml:19:5: "},
        {"  from_name: Văn phòng Sở", "\tfrom_name: Văn phòng Sở", "thidua.yaml:22:1: "},
    };
    for (const auto& row : rows) {
        const Workspace workspace;
        workspace.replace("thidua.yaml", row.from, row.to);
        const auto problems = workspace.problems();
        ASSERT_EQ(problems.size(), 1U);
        EXPECT_TRUE(problems.front().starts_with(row.place + ours)) << problems.front();
    }
}

}  // namespace

}  // namespace thidua::config
