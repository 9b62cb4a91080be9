// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How many requests may go, and how long the next one has to wait.
#include "connectors/rate_limit.hpp"

#include "tests/connectors/preset.hpp"

#include <gtest/gtest.h>

namespace thidua::connectors {
namespace {

using namespace std::chrono_literals;

const Instant noon = test::at("2024-06-17T12:00:00+07:00");

TEST(RateLimit, WithoutOneAllMayGo) {
    RateLimiter limiter;
    EXPECT_EQ(limiter.take("a", {}, 1'000, noon), 1'000U);
    EXPECT_EQ(limiter.wait("a", {}, noon), 0ms);
}

TEST(RateLimit, ABurstIsFollowedByAnEvenRate) {
    RateLimiter limiter;
    const RateLimit limit{.requests = 4, .per = 2s};
    EXPECT_EQ(limiter.take("a", limit, 10, noon), 4U);
    EXPECT_EQ(limiter.take("a", limit, 10, noon), 0U);
    EXPECT_EQ(limiter.wait("a", limit, noon), 500ms);
    EXPECT_EQ(limiter.take("a", limit, 10, noon + 500ms), 1U);
    EXPECT_EQ(limiter.take("a", limit, 10, noon + 60s), 4U) << "what was not used is not saved up";
}

TEST(RateLimit, HostsDoNotShareIt) {
    RateLimiter limiter;
    const RateLimit limit{.requests = 1, .per = 1s};
    EXPECT_EQ(limiter.take("a", limit, 1, noon), 1U);
    EXPECT_EQ(limiter.take("b", limit, 1, noon), 1U);
    EXPECT_EQ(limiter.take("a", limit, 1, noon), 0U) << "another source of the same host";
}

TEST(RateLimit, ADailyBudgetBeginsAnewAtMidnightInVietnam) {
    RateLimiter limiter;
    const RateLimit limit{.daily = 3};
    EXPECT_EQ(limiter.take("a", limit, 5, noon), 3U);
    EXPECT_EQ(limiter.take("a", limit, 5, noon), 0U);
    EXPECT_EQ(limiter.wait("a", limit, noon), 12h);
    EXPECT_EQ(limiter.take("a", limit, 5, noon + 12h), 3U);
}

}  // namespace
}  // namespace thidua::connectors
