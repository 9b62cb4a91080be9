// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Officers: what a good file becomes, and the mistakes that people can make in it.
#include "tests/config/mistake.hpp"
#include "tests/config/workspace.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

constexpr std::string_view good =
    "version: 1\n"
    "officers:\n"
    "  - {id: CB-001, name: Nguyễn Văn Mẫu, unit: 000.05.10.H37, position: Chuyên viên}\n"
    "  - {id: cb2, name: Trần Thị Ví Dụ, unit: H37.10.01, from: 2024-06-10, until: 2024-09-30}\n";

/// The good configuration with officers.
class Officers : public testing::Test {
  protected:
    Officers() {
        workspace_.write("officers.yaml", good);
        workspace_.replace(
            "thidua.yaml", "presets: presets\n", "presets: presets\nofficers: officers.yaml\n"
        );
    }

    Workspace workspace_;
};

class OfficerMistakes : public Officers, public testing::WithParamInterface<Mistake> {};

TEST_F(Officers, AreReadWithCanonicalUnitsAndDays) {
    const auto settings = load(workspace_.root());
    ASSERT_TRUE(settings) << workspace_.problems().front();
    const auto day = [](const char* text) { return *parse_day(text); };
    EXPECT_EQ(
        settings->officers,
        (std::vector<Officer>{
            {"CB-001", "Nguyễn Văn Mẫu", "H37.10.05", "Chuyên viên", {}},
            {"cb2", "Trần Thị Ví Dụ", "H37.10.01", "", {day("2024-06-10"), day("2024-09-30")}}})
    );
}

TEST_F(Officers, MayBeLeftOut) {
    const Workspace without;
    const auto settings = load(without.root());
    ASSERT_TRUE(settings);
    EXPECT_TRUE(settings->officers.empty());
}

TEST_F(Officers, BelongToTheHash) {
    const std::string hash = load(workspace_.root())->hash;
    workspace_.replace("officers.yaml", "Chuyên viên", "Phó Trưởng phòng");
    EXPECT_NE(load(workspace_.root())->hash, hash);
}

TEST_P(OfficerMistakes, AreNamedWithTheirPlaceAndTheirRemedy) {
    workspace_.replace(GetParam().file, GetParam().from, GetParam().to);
    EXPECT_EQ(workspace_.problems(), GetParam().problems);
}

const Mistake officer_mistakes[] = {
    {"NoFile",
     "thidua.yaml",
     "officers: officers.yaml",
     "officers: officer.yaml",
     {"thidua.yaml:8:11: officers: \"officer.yaml\": must be a file that can be read (open "
      "officer.yaml: No such file or directory)"}},
    {"SameIdInAnotherCase",
     "officers.yaml",
     "cb2",
     "cb-001",
     {"officers.yaml:4:5: officers[1]: \"cb-001\": the same id as officers[0]"}},
    {"IdWithMarks",
     "officers.yaml",
     "CB-001",
     "CB Mẫu",
     {"officers.yaml:3:10: officers[0].id: \"CB Mẫu\": must be an id of letters, digits and single "
      "hyphens, such as CB-017"}},
    {"UnknownUnit",
     "officers.yaml",
     "000.05.10.H37",
     "H37.10.06",
     {"officers.yaml:3:46: officers[0].unit: \"H37.10.06\": must be the code of a unit in the "
      "organisation file; did you mean \"H37.10.01\"?"}},
    {"EndBeforeStart",
     "officers.yaml",
     "until: 2024-09-30",
     "until: 2024-06-09",
     {"officers.yaml:4:79: officers[1].until: \"2024-06-09\": must be a day not before \"from\", "
      "2024-06-10"}},
    {"UnitThatIsNotThereThen",
     "organisation.yaml",
     "{code: H37.10.01,",
     "{code: H37.10.01, from: 2024-10-01,",
     {"officers.yaml:4:43: officers[1].unit: \"H37.10.01\": must be a unit that is in force on "
      "some day on which the officer serves",
      "campaign.yaml:18:16: campaign.ranked_units[0]: \"H37.10.01\": must be a unit in force as "
      "long as it is ranked, but on 2024-06-07 it is not: say when it is ranked, as in {code: "
      "H37.10.01, from: DAY, until: DAY}"}},
    {"NoName",
     "officers.yaml",
     "name: Nguyễn Văn Mẫu, ",
     "",
     {"officers.yaml:3:5: officers[0].name: missing: it must be given"}},
    {"UnknownKey",
     "officers.yaml",
     "position:",
     "postion:",
     {"officers.yaml:3:61: officers[0].postion: unknown key; did you mean \"position\"?"}},
};

INSTANTIATE_TEST_SUITE_P(Config, OfficerMistakes, testing::ValuesIn(officer_mistakes), test::case_name<Mistake>);

TEST(OfficerId, IsOfLettersDigitsAndSingleHyphens) {
    for (const char* good_id : {"CB-001", "a", "7", "van-thu-1"}) {
        EXPECT_TRUE(is_officer_id(good_id)) << good_id;
    }
    for (const char* bad_id : {"", "-a", "a-", "a--b", "a b", "đ", "a_b"}) {
        EXPECT_FALSE(is_officer_id(bad_id)) << bad_id;
    }
    EXPECT_TRUE(is_officer_id(std::string(64, 'a')));
    EXPECT_FALSE(is_officer_id(std::string(65, 'a')));
}

}  // namespace

}  // namespace thidua::config
