// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/retry.hpp"

#include "tests/connectors/preset.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

namespace thidua::connectors {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

const Retry usual{.max_attempts = 6, .backoff = 500ms, .max_backoff = 60s, .deadline = 900s};

struct DelayCase {
    std::string name;
    Attempts attempts;
    milliseconds least;
    milliseconds most;  ///< below 0: no further attempt

    friend void PrintTo(const DelayCase& row, std::ostream* out) { *out << row.name; }
};

class NextDelay : public testing::TestWithParam<DelayCase> {};

TEST_P(NextDelay, StaysInItsBounds) {
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        const auto delay = next_delay(usual, GetParam().attempts, seed);
        if (GetParam().most < 0ms) {
            EXPECT_FALSE(delay);
            continue;
        }
        ASSERT_TRUE(delay);
        EXPECT_GE(*delay, GetParam().least);
        EXPECT_LE(*delay, GetParam().most);
    }
}

const DelayCase delay_cases[] = {
    {"AfterTheFirst", {1, 0ms, {}}, 1ms, 500ms},
    {"DoublesWithEach", {3, 0ms, {}}, 0ms, 2s},
    {"AfterTheLastAttempt", {6, 0ms, {}}, 0ms, -1ms},
    {"RetryAfterIsAMinimum", {1, 0ms, 10s}, 10s, 10s + 500ms},
    {"RetryAfterBelowZeroIsNone", {1, 0ms, -5s}, 0ms, 500ms},
    {"RetryAfterPastTheDeadline", {1, 0ms, 3600s}, 0ms, -1ms},
    {"DeadlineIsUsedUp", {2, 901s, {}}, 0ms, -1ms},
};

INSTANTIATE_TEST_SUITE_P(Retry, NextDelay, testing::ValuesIn(delay_cases), test::case_name<DelayCase>);

TEST(NextDelayOf, IsCappedAtMaxBackoff) {
    Retry retry = usual;
    retry.max_attempts = 100;
    milliseconds longest{0};
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        longest = std::max(longest, next_delay(retry, {50, 0ms, {}}, seed).value());
    }
    EXPECT_LE(longest, 60s);
    EXPECT_GT(longest, 50s);
}

TEST(NextDelayOf, IsTheSameForTheSameFailure) {
    const std::uint64_t seed = jitter_seed("tthc", "http://host/path?page=3");
    EXPECT_EQ(next_delay(usual, {2, 0ms, {}}, seed), next_delay(usual, {2, 0ms, {}}, seed));
    EXPECT_NE(seed, jitter_seed("tthc", "http://host/path?page=4"));
}

struct RetryAfterCase {
    std::string name;
    std::string text;
    std::optional<milliseconds> delay;

    friend void PrintTo(const RetryAfterCase& row, std::ostream* out) { *out << row.name; }
};

class ParseRetryAfter : public testing::TestWithParam<RetryAfterCase> {};

TEST_P(ParseRetryAfter, C12ReadsSecondsAndDates) {
    const Instant now = test::at("2024-06-17T10:15:00+07:00");
    EXPECT_EQ(parse_retry_after(GetParam().text, now), GetParam().delay);
}

const RetryAfterCase retry_after_cases[] = {
    {"Absent", "", std::nullopt},
    {"Seconds", "120", 120s},
    {"SecondsWithSpaces", " 7 ", 7s},
    {"Zero", "0", 0ms},
    {"Negative", "-5", std::nullopt},
    {"AbsurdlyMany", "99999999999999999999999", retry_after_max},
    {"MoreThanAnHour", "86400", retry_after_max},
    {"Date", "Mon, 17 Jun 2024 03:15:30 GMT", 30s},
    {"DateInThePast", "Mon, 17 Jun 2024 03:00:00 GMT", 0ms},
    {"DateFarAhead", "Wed, 17 Jun 2026 03:00:00 GMT", retry_after_max},
    {"Rubbish", "soon", std::nullopt},
    {"Both", "20\nMon, 17 Jun 2024 03:15:30 GMT", 30s},
    {"OneOfThemRubbish", "soon\n20", 20s},
};

INSTANTIATE_TEST_SUITE_P(Retry, ParseRetryAfter, testing::ValuesIn(retry_after_cases), test::case_name<RetryAfterCase>);

}  // namespace
}  // namespace thidua::connectors
