// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/plan.hpp"

#include "tests/connectors/preset.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace thidua::connectors {
namespace {

using test::at;
using test::day;
using namespace std::chrono_literals;

const Day start = day("2024-06-07");
const Day end = day("2024-12-31");

std::string shown(const std::vector<Window>& windows) {
    std::string text;
    for (const Window& window : windows) {
        text += (text.empty() ? "" : " ") + to_text(window.first) + "/" + to_text(window.last);
    }
    return text;
}

struct PlanCase {
    std::string name;
    Slicing::Type type = Slicing::Type::Window;
    int days = 14;
    Progress progress;
    std::string now;
    std::string windows;
    bool is_sweep = false;
    bool sweep_weekly = true;

    friend void PrintTo(const PlanCase& row, std::ostream* out) { *out << row.name; }
};

class PlanPull : public testing::TestWithParam<PlanCase> {};

TEST_P(PlanPull, GivesTheWindows) {
    SourceDescription description;
    description.slicing.type = GetParam().type;
    description.slicing.days = GetParam().days;
    description.slicing.sweep_weekly = GetParam().sweep_weekly;
    const PullPlan plan =
        plan_pull(description, start, end, GetParam().progress, at(GetParam().now));
    EXPECT_EQ(shown(plan.windows), GetParam().windows);
    EXPECT_EQ(plan.is_sweep, GetParam().is_sweep);
}

const Progress read_on_wednesday{at("2024-10-16T05:00:00+07:00"), at("2024-10-14T05:00:00+07:00")};

const PlanCase plan_cases[] = {
    {.name = "BeforeTheStart",
     .progress = {},
     .now = "2024-06-06T23:59:59+07:00",
     .windows = "",
     .is_sweep = true},
    {.name = "FirstPull",
     .progress = {},
     .now = "2024-06-21T05:00:00+07:00",
     .windows = "2024-06-07/2024-06-20 2024-06-21/2024-07-04",
     .is_sweep = true},
    {.name = "TheDayTurnsInVietNam",  // still the 20th in UTC
     .progress = {},
     .now = "2024-06-20T18:00:00Z",
     .windows = "2024-06-07/2024-06-20 2024-06-21/2024-07-04",
     .is_sweep = true},
    {.name = "LooksBack",
     .progress = read_on_wednesday,
     .now = "2024-10-18T05:00:00+07:00",
     .windows = "2024-09-27/2024-10-10 2024-10-11/2024-10-24"},
    {.name = "SweepsOnceAWeek",
     .days = 100,
     .progress = read_on_wednesday,
     .now = "2024-10-21T05:00:00+07:00",
     .windows = "2024-06-07/2024-09-14 2024-09-15/2024-12-23",
     .is_sweep = true},
    {.name = "NeedNotSweep",
     .progress = read_on_wednesday,
     .now = "2024-10-21T05:00:00+07:00",
     .windows = "2024-09-27/2024-10-10 2024-10-11/2024-10-24",
     .sweep_weekly = false},
    {.name = "EndsWithTheCampaign",
     .days = 100,
     .progress = {},
     .now = "2025-01-03T05:00:00+07:00",
     .windows = "2024-06-07/2024-09-14 2024-09-15/2024-12-23 2024-12-24/2024-12-31",
     .is_sweep = true},
    {.name = "AsksSomethingLongAfterTheEnd",
     .progress = {at("2025-03-04T05:00:00+07:00"), at("2025-03-03T05:00:00+07:00")},
     .now = "2025-03-05T05:00:00+07:00",
     .windows = "2024-12-20/2024-12-31"},
    {.name = "Months",
     .type = Slicing::Type::Month,
     .progress = {},
     .now = "2024-08-01T00:00:00+07:00",
     .windows = "2024-06-01/2024-06-30 2024-07-01/2024-07-31 2024-08-01/2024-08-31",
     .is_sweep = true},
    {.name = "MonthsLookBack",
     .type = Slicing::Type::Month,
     .progress = {at("2024-08-10T05:00:00+07:00"), at("2024-08-05T05:00:00+07:00")},
     .now = "2024-08-11T05:00:00+07:00",
     .windows = "2024-07-01/2024-07-31 2024-08-01/2024-08-31"},
    {.name = "LookUpsHaveNoWindows",
     .type = Slicing::Type::Lookup,
     .progress = {},
     .now = "2024-08-01T00:00:00+07:00",
     .windows = "",
     .is_sweep = true},
    {.name = "LookUpsSweepOnceAWeek",
     .type = Slicing::Type::Lookup,
     .progress = read_on_wednesday,
     .now = "2024-10-18T05:00:00+07:00",
     .windows = ""},
};

INSTANTIATE_TEST_SUITE_P(Plan, PlanPull, testing::ValuesIn(plan_cases), test::case_name<PlanCase>);

struct LookUpCase {
    std::string name;
    PaymentState state;
    int attempts;
    std::optional<std::chrono::minutes> later;

    friend void PrintTo(const LookUpCase& row, std::ostream* out) { *out << row.name; }
};

class NextLookUp : public testing::TestWithParam<LookUpCase> {};

TEST_P(NextLookUp, FollowsTheState) {
    const Instant asked = at("2024-06-17T10:15:00+07:00");
    const auto next = next_look_up(GetParam().state, GetParam().attempts, asked);
    ASSERT_EQ(next.has_value(), GetParam().later.has_value());
    if (next) {
        EXPECT_EQ(*next, asked + *GetParam().later);
    }
}

const LookUpCase look_up_cases[] = {
    {"Failed", PaymentState::Failed, 1, std::nullopt},
    {"Refunded", PaymentState::Refunded, 1, std::nullopt},
    {"SucceededAfterAWeek", PaymentState::Succeeded, 9, 7 * 24 * 60min},
    {"PendingSoon", PaymentState::Pending, 1, 30min},
    {"PendingLater", PaymentState::Pending, 3, 120min},
    {"UnknownLikePending", PaymentState::Unknown, 2, 60min},
    {"AtMostADay", PaymentState::Unknown, 7, 24 * 60min},
    {"AtMostADayEver", PaymentState::Pending, 1'000'000, 24 * 60min},
    {"NeverAsked", PaymentState::Unknown, 0, 30min},
    {"OfAStateThatNobodyKnows", static_cast<PaymentState>(99), 1, 30min},
};

INSTANTIATE_TEST_SUITE_P(Plan, NextLookUp, testing::ValuesIn(look_up_cases), test::case_name<LookUpCase>);

}  // namespace
}  // namespace thidua::connectors
