// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/digest_job.hpp"

#include "daemon/edition_files.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::daemon {
namespace {

Campaign campaign() {
    Campaign made;
    made.start = *parse_day("2024-06-07");
    made.end = *parse_day("2024-12-31");
    return made;
}

struct WeekCase {
    std::string name;
    std::string slot;
    std::string week;  // empty: no digest
    std::string last_day;

    friend void PrintTo(const WeekCase& row, std::ostream* out) { *out << row.name; }
};

class WeekReported : public testing::TestWithParam<WeekCase> {};

TEST_P(WeekReported, IsTheLastCompleteOneOfTheSlot) {
    const auto week = week_reported(campaign(), *parse_instant(GetParam().slot));
    ASSERT_EQ(week.has_value(), !GetParam().week.empty());
    if (week) {
        EXPECT_EQ(to_text(*week), GetParam().week);
        EXPECT_EQ(to_text(last_day_of(campaign(), *week)), GetParam().last_day);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Slots,
    WeekReported,
    testing::ValuesIn(std::vector<WeekCase>{
        {"BeforeTheCampaign", "2024-06-03T07:30:00+07:00", "", ""},
        {"FirstIsTheWeekOfTheStart", "2024-06-10T07:30:00+07:00", "2024-W23", "2024-06-09"},
        {"InTheMiddle", "2024-10-21T07:30:00+07:00", "2024-W42", "2024-10-20"},
        {"ASlotInMidWeekHasTheSamePeriod", "2024-10-24T16:00:00+07:00", "2024-W42", "2024-10-20"},
        {"LastEndsWithTheCampaign", "2025-01-06T07:30:00+07:00", "2025-W01", "2024-12-31"},
        {"AfterTheCampaign", "2025-01-13T07:30:00+07:00", "", ""},
    }),
    test::case_name<WeekCase>
);

TEST(EditionNames, SortAndExplainThemselves) {
    EXPECT_EQ(edition_id({2024, 42}), "weekly/2024-W42/all/1");
    EXPECT_EQ(edition_folder("editions", {2025, 1}), "editions/2025/W01");
    EXPECT_EQ(
        edition_base_name({2024, 42}, rules::Fitness::Provisional), "2024-W42_toan-so_tam-tinh_r1"
    );
}

}  // namespace
}  // namespace thidua::daemon
