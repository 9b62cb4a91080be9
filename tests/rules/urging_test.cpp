// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/urging.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace thidua::rules {
namespace {

Day urging_day(const std::string& text) {
    return *parse_day(text);
}

struct EffectCase {
    std::string name;
    std::string urged;
    std::string last;
    std::optional<std::int64_t> before;
    std::optional<std::int64_t> after;
    std::size_t weeks_after = 0;
    std::optional<Movement> movement{};

    friend void PrintTo(const EffectCase& row, std::ostream* out) { *out << row.name; }
};

class Effects : public testing::TestWithParam<EffectCase> {};

/// Eight weeks from Monday 02/09/2024; in the first 1 of 10 was done, in the second 2, and so on.
TEST_P(Effects, AreOfCompleteWeeksAlone) {
    std::vector<Ratio> weeks;
    for (std::int64_t done = 1; done <= 8; ++done) {
        weeks.push_back({done, 10});
    }
    const UrgingEffect effect = effect_of(
        urging_day(GetParam().urged), {urging_day("2024-09-02"), weeks}, urging_day(GetParam().last)
    );
    const auto done = [](const std::optional<Ratio>& counts) {
        return counts ? std::optional(counts->numerator) : std::nullopt;
    };
    EXPECT_EQ(done(effect.before), GetParam().before);
    EXPECT_EQ(done(effect.after), GetParam().after);
    EXPECT_EQ(effect.weeks_after, GetParam().weeks_after);
    EXPECT_EQ(movement_of(effect), GetParam().movement);
}

INSTANTIATE_TEST_SUITE_P(
    Rows,
    Effects,
    testing::ValuesIn(std::vector<EffectCase>{
        {"InMidWeek", "2024-10-02", "2024-10-27", 1 + 2 + 3 + 4, 6 + 7, 2, Movement::Faster},
        {"OnAMondayItsWeekIsAfter", "2024-09-30", "2024-10-27", 10, 5 + 6, 2, Movement::Faster},
        {"OnASundayItsWeekIsNeither", "2024-10-06", "2024-10-27", 10, 6 + 7, 2, Movement::Faster},
        {"OneWeekAfterSoFar", "2024-10-02", "2024-10-19", 10, 6, 1, Movement::Faster},
        {"NoWeekAfterSoFar", "2024-10-02", "2024-10-12", 10, {}, 0},
        {"TooFewWeeksBefore", "2024-09-25", "2024-10-27", {}, 5 + 6, 2},
    }),
    test::case_name<EffectCase>
);

TEST(Effects, AreComparedByTheWeek) {
    EXPECT_EQ(movement_of({Ratio{8, 40}, Ratio{4, 20}, 2}), Movement::Same);
    EXPECT_EQ(movement_of({Ratio{8, 40}, Ratio{3, 20}, 2}), Movement::Slower);
    EXPECT_EQ(movement_of({Ratio{8, 40}, Ratio{3, 20}, 1}), Movement::Faster);
    EXPECT_EQ(movement_of({Ratio{0, 40}, Ratio{0, 0}, 1}), Movement::Same);
}

TEST(Effects, EndWithWhatTheSourcesTold) {
    Standings standings;
    standings.as_of = urging_day("2024-10-18");
    standings.sources = {
        {"tthc",
         SourceStatus::State::Fresh,
         *parse_instant("2024-10-18T05:00:00+07:00"),
         false,
         "",
         ""},
        {"other",
         SourceStatus::State::Stale,
         *parse_instant("2024-10-01T05:00:00+07:00"),
         true,
         "",
         ""}};
    const std::vector<std::string> needed{"tthc"};
    EXPECT_EQ(last_whole_day(standings, needed), urging_day("2024-10-17"));
    const std::vector<std::string> both{"tthc", "other"};
    EXPECT_EQ(last_whole_day(standings, both), urging_day("2024-09-30"));
}

TEST(Urgings, AreNotRepeatedWithinTheInterval) {
    Urging drafted{
        1,
        "H37.10.05",
        "payments-online",
        UrgingKind::Drafted,
        urging_day("2024-10-10"),
        "",
        "",
        "",
        {}};
    Urging recorded = drafted;
    recorded.kind = UrgingKind::Recorded;
    recorded.day = urging_day("2024-10-01");
    const AlertKey key{"H37.10.05", "payments-online"};
    const std::vector all{recorded, drafted};
    EXPECT_TRUE(is_too_soon(all, key, urging_day("2024-10-14"), 14));
    EXPECT_FALSE(is_too_soon(all, key, urging_day("2024-10-15"), 14)) << "a draft does not count";
    EXPECT_FALSE(is_too_soon(all, {"H37.10.05", "dossiers-online"}, urging_day("2024-10-02"), 14));
    EXPECT_FALSE(is_too_soon(all, {"H37.10.06", "payments-online"}, urging_day("2024-10-02"), 14));
}

}  // namespace
}  // namespace thidua::rules
