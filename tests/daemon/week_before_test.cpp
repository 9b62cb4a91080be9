// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/week_before.hpp"

#include "daemon/unit_edition_job.hpp"
#include "tests/daemon/published_weeks.hpp"

#include <gtest/gtest.h>

namespace thidua::daemon {
namespace {

using test::at;
using test::first_monday;
using test::first_week;
using test::office;
using test::second_monday;
using test::second_week;

/// One of two is paid when the first week is published; the second payment comes the day after.
/// With the third dossier, unpaid, the second week stands at two of three.
class WeekBeforeTest : public test::PublishedWeeks {
  protected:
    WeekBeforeTest() { first_week_comes(); }

    void second_week_comes() {
        payment_comes_late();
        receive(
            "2024-06-17T05:00:00+07:00",
            {dossier("A-240607-0001", "2024-06-07T09:00:00+07:00"),
             dossier("A-240608-0001", "2024-06-08T09:00:00+07:00"),
             dossier("A-240612-0001", "2024-06-12T09:00:00+07:00")}
        );
        confirm("2024-06-17T05:10:00+07:00", {});
        clock_.set(at(second_monday));
    }

    std::optional<Ratio> total_before() {
        const auto before = week_before(*service_, second_week, clock_.now());
        EXPECT_TRUE(before) << (before ? "" : before.error().message);
        return before->standings->total.figures.at(0).counts;
    }

    void expect_both_to_say(const std::string& words) {
        for (const std::string& text :
             {text_of(whole(render_digest(*service_, second_week))),
              text_of(whole(render_unit_edition(*service_, second_week, office)))}) {
            EXPECT_NE(text.find(words), std::string::npos) << text;
        }
    }
};

// The unit's edition held the week against the week before as known by then, the digest against the
// one that had been published. So a unit read that it fell while the digest said that it rose.
TEST_F(WeekBeforeTest, IsAsPublishedForTheDigestAndForUnits) {
    digest(first_week, first_monday);
    second_week_comes();
    EXPECT_EQ(total_before(), (Ratio{1, 2}));
    const std::string rose = "▲16,7 điểm phần trăm so với tuần trước";
    expect_both_to_say(rose);
}

TEST_F(WeekBeforeTest, IsAsKnownNowIfItsDigestWasNeverMade) {
    second_week_comes();
    EXPECT_EQ(total_before(), (Ratio{2, 2}));
    const std::string fell = "▼33,3 điểm phần trăm so với tuần trước";
    expect_both_to_say(fell);
}

TEST_F(WeekBeforeTest, IsNothingInTheFirstWeek) {
    const auto before = week_before(*service_, first_week, at(first_monday));
    ASSERT_TRUE(before);
    EXPECT_FALSE(before->standings);
    EXPECT_FALSE(before->digest);
}

}  // namespace
}  // namespace thidua::daemon
