// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/campaign.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua {
namespace {

Day day(const char* text) {
    return *parse_day(text);
}

/// One that all units have until September, one from then on, two of units A and B, and one of
/// another indicator.
Campaign campaign() {
    const auto op = TargetOperator::Above;
    Campaign made;
    made.targets = {
        {"payments-online", op, {40, 100}, {}, day("2024-09-30"), "general until September"},
        {"payments-online", op, {45, 100}, day("2024-10-01"), {}, "general from October"},
        {"payments-online", op, {60, 100}, {}, {}, "of A and B", {"A", "B"}},
        {"payments-online", op, {70, 100}, day("2024-09-01"), day("2024-10-31"), "of C", {"C"}},
        {"services-online", op, {80, 100}, {}, {}, "services of A", {"A"}}};
    return made;
}

struct TargetCase {
    std::string name;
    std::string indicator;
    std::string unit;
    std::string day;
    std::string decision;  ///< empty: no target

    friend void PrintTo(const TargetCase& row, std::ostream* out) { *out << row.name; }
};

class TargetOn : public testing::TestWithParam<TargetCase> {};

TEST_P(TargetOn, IsTheUnitsOwnBeforeTheGeneralOne) {
    const TargetCase& row = GetParam();
    const Campaign made = campaign();
    const Target* target = target_on(made, row.indicator, row.unit, day(row.day.c_str()));
    EXPECT_EQ(target == nullptr ? "" : target->decision, row.decision);
}

INSTANTIATE_TEST_SUITE_P(
    Rows,
    TargetOn,
    testing::ValuesIn(std::vector<TargetCase>{
        {"General", "payments-online", "X", "2024-09-30", "general until September"},
        {"GeneralLater", "payments-online", "X", "2024-10-01", "general from October"},
        {"Own", "payments-online", "A", "2024-09-30", "of A and B"},
        {"OwnOfTheSecond", "payments-online", "B", "2024-12-31", "of A and B"},
        {"BeforeOwnBegins", "payments-online", "C", "2024-08-31", "general until September"},
        {"OwnBegins", "payments-online", "C", "2024-09-01", "of C"},
        {"OwnOnItsLastDay", "payments-online", "C", "2024-10-31", "of C"},
        {"AfterOwnEnded", "payments-online", "C", "2024-11-01", "general from October"},
        {"OfOneUnitIsNobodyElses", "services-online", "X", "2024-10-01", ""},
        {"OfOneUnit", "services-online", "A", "2024-10-01", "services of A"},
        {"OfNoIndicator", "dossiers-online", "A", "2024-10-01", ""},
    }),
    test::case_name<TargetCase>
);

}  // namespace
}  // namespace thidua
