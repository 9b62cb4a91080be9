// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A weekly job through restarts, clocks that are set, suspensions and holidays: each week once.
#include "daemon/digest_job.hpp"
#include "daemon/slots.hpp"
#include "tests/daemon/small_agency.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace thidua::daemon {
namespace {

using namespace std::chrono_literals;
using store::SlotState;

constexpr auto job = "digest:weekly";

class SlotLife : public test::SmallAgency {
  protected:
    SlotLife() {
        settings_.campaign.start = *parse_day("2024-06-07");
        settings_.campaign.end = *parse_day("2025-12-31");
        schedule_.weekday = std::chrono::Monday;
        schedule_.at = 7h + 30min;
        begin_anew(at("2024-06-10T08:00:00+07:00"));
    }

    /// With an empty store, at `now`.
    void begin_anew(Instant now) {
        service_.reset();
        store_.reset();
        settings_.store_path = folder_.path() / fmt::format("{}.db", ++stores_);
        open();
        look(now);
        published_.clear();
    }

    static Instant at(const std::string& text) { return *parse_instant(text); }

    /// What a daemon does that looks at its schedule at `now`, in a process of its own: nothing is
    /// remembered but what is on file.
    void look(Instant now) {
        clock_.set(now);
        SlotBook book(*service_);
        ASSERT_TRUE(book.refresh());
        const auto due = book.due(job, schedule_);
        for (const Occurrence& each : *due) {
            const store::SlotKey slot{job, each.scheduled_at};
            const auto week = week_reported(settings_.campaign, each.scheduled_at);
            if (*book.begin(slot) && week) {
                ++published_[to_text(*week)];
                ASSERT_TRUE(book.end(slot, SlotState::Sent, ""));
            } else if (!week) {
                ASSERT_TRUE(book.end(slot, SlotState::Skipped, "not of the campaign"));
            }
        }
    }

    std::map<std::string, SlotState> ended() {
        std::map<std::string, SlotState> states;
        const auto slots =
            *store_->call([](store::Store& store) { return store.slots(job, 1000); });
        for (const store::Slot& each : slots) {
            states[to_text(each.key.scheduled_at)] = each.state;
        }
        return states;
    }

    Schedule schedule_;
    std::map<std::string, int> published_;

  private:
    int stores_ = 0;
};

TEST_F(SlotLife, ThreeMondaysDownAreOneDigestAndTwoSkips) {
    begin_anew(at("2024-09-30T07:30:00+07:00"));
    look(at("2024-10-23T10:00:00+07:00"));  // it was down for 07/10, 14/10 and 21/10
    EXPECT_EQ(published_, (std::map<std::string, int>{{"2024-W42", 1}}));
    const auto states = ended();
    EXPECT_EQ(states.at("2024-10-07T07:30:00+07:00"), SlotState::Skipped);
    EXPECT_EQ(states.at("2024-10-14T07:30:00+07:00"), SlotState::Skipped);
    EXPECT_EQ(states.at("2024-10-21T07:30:00+07:00"), SlotState::Sent);
}

TEST_F(SlotLife, ThreeMondaysDownAreThreeDigestsOfTheirOwnWeeksWhereAllAreWanted) {
    schedule_.misfire = Misfire::RunAll;
    begin_anew(at("2024-09-30T07:30:00+07:00"));
    look(at("2024-10-23T10:00:00+07:00"));
    EXPECT_EQ(
        published_, (std::map<std::string, int>{{"2024-W40", 1}, {"2024-W41", 1}, {"2024-W42", 1}})
    );
}

TEST_F(SlotLife, ARestartWithinASecondOfTheSlotIsNeverZeroAndNeverTwo) {
    const Instant slot = at("2024-06-17T07:30:00+07:00");
    for (unsigned seed = 0; seed < 200; ++seed) {
        begin_anew(slot - std::chrono::weeks{1});
        std::mt19937 random(seed);
        std::uniform_int_distribution<int> around(-1'000, 1'000);
        for (int restart = 0; restart < 4; ++restart) {
            look(slot + std::chrono::milliseconds{around(random)});
        }
        look(slot + 2s);
        EXPECT_EQ(published_["2024-W24"], 1) << "seed " << seed;
    }
}

/// By how much a clock is set, at which moment of the week.
struct ClockStep {
    std::string name;
    std::chrono::milliseconds by;
    friend void PrintTo(const ClockStep& step, std::ostream* out) { *out << step.name; }
};

class ClockSteps : public SlotLife, public testing::WithParamInterface<ClockStep> {};

/// The clock is wrong for ten minutes, at one time of the week after another; then it is put right.
TEST_P(ClockSteps, LoseNoWeekAndRepeatNone) {
    const Instant begin = at("2024-08-05T08:00:00+07:00");
    for (int hour = 0; hour < 7 * 24; hour += 5) {
        begin_anew(begin);
        const Instant step_at = begin + std::chrono::hours{hour};
        for (Instant now = begin; now < begin + std::chrono::days{16}; now += 3h) {
            if (now <= step_at && step_at < now + 3h) {
                look(now + GetParam().by);
                look(now + GetParam().by + 10min);
            }
            look(now);
        }
        for (const std::string week : {"2024-W32", "2024-W33"}) {
            EXPECT_EQ(published_[week], 1) << week << ", the clock stepped after " << hour << " h";
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Steps, ClockSteps, testing::Values(ClockStep{"AnHourBack", -1h}, ClockStep{"AnHourForward", 1h}, ClockStep{"ThreeDaysForward", 72h}, ClockStep{"AYearBack", -365 * 24h}, ClockStep{"TenYearsForward", 10 * 365 * 24h}), test::case_name<ClockStep>);

TEST_F(SlotLife, AClockThatBeganIn1970FillsNoLedger) {
    begin_anew(Instant{} + 5min);
    look(at("2024-10-21T07:31:00+07:00"));
    EXPECT_EQ(published_["2024-W42"], 1);
    EXPECT_LT(ended().size(), 70U);
}

TEST_F(SlotLife, ASuspendedMachineMakesUpForWhatItSlept) {
    begin_anew(at("2024-10-14T07:30:01+07:00"));
    look(at("2024-10-18T10:00:00+07:00"));
    look(at("2024-10-21T10:00:00+07:00"));  // asleep for three days
    EXPECT_EQ(published_, (std::map<std::string, int>{{"2024-W42", 1}}));
}

TEST_F(SlotLife, TheYearEndsWithWeek53OrWithout) {
    schedule_.misfire = Misfire::RunAll;
    settings_.campaign.start = *parse_day("2020-12-01");
    settings_.campaign.end = *parse_day("2021-01-31");
    begin_anew(at("2020-12-21T07:30:00+07:00"));
    look(at("2021-01-12T07:30:00+07:00"));
    EXPECT_EQ(
        published_, (std::map<std::string, int>{{"2020-W52", 1}, {"2020-W53", 1}, {"2021-W01", 1}})
    );
}

TEST_F(SlotLife, AWeekOfTetIsToldOfWithTheNextWorkingDay) {
    for (int day = 27; day <= 31; ++day) {
        settings_.calendar.holidays.emplace(*parse_day("2025-01-" + std::to_string(day)), "Tết");
    }
    schedule_.on_holiday = OnHoliday::Next;
    schedule_.misfire = Misfire::RunAll;
    begin_anew(at("2025-01-20T07:30:00+07:00"));
    for (Instant now = clock_.now(); now < at("2025-02-11T00:00:00+07:00"); now += 30min) {
        look(now);
    }
    EXPECT_EQ(
        published_, (std::map<std::string, int>{{"2025-W04", 1}, {"2025-W05", 1}, {"2025-W06", 1}})
    );
    EXPECT_EQ(ended().at("2025-01-27T07:30:00+07:00"), SlotState::Sent);
}

TEST_F(SlotLife, AnotherZoneIsAnotherInstantAndTheSameWeek) {
    schedule_.timezone = "America/New_York";
    begin_anew(at("2024-10-21T11:31:00Z"));
    look(at("2024-10-28T11:29:59Z"));
    EXPECT_TRUE(published_.empty());
    look(at("2024-10-28T11:30:00Z"));
    EXPECT_EQ(published_["2024-W43"], 1);
    // Summer time ended there on 3 November: the same local time is an hour later.
    look(at("2024-11-04T11:30:00Z"));
    EXPECT_FALSE(published_.contains("2024-W44"));
    look(at("2024-11-04T12:30:00Z"));
    EXPECT_EQ(published_["2024-W44"], 1);
}

}  // namespace
}  // namespace thidua::daemon
