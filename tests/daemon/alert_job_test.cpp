// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Mornings of an agency whose office is below its target: who is told what, and when.
#include "daemon/alert_job.hpp"

#include "daemon/alerts.hpp"
#include "daemon/measure.hpp"
#include "tests/daemon/published_weeks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace thidua::daemon {
namespace {

using test::at;

constexpr std::chrono::days a_day{1};

class AlertJob : public test::PublishedWeeks {
  protected:
    AlertJob() {
        settings_.smtp.emplace();
        settings_.smtp->from = "thidua@example.vn";
        settings_.alerts.emplace();
        settings_.alerts->fire_after_days = 3;
        settings_.alerts->recover_after_days = 2;
        settings_.alerts->second_after = 2;
        settings_.alerts->leaders_after = 4;
        settings_.alerts->leaders = {{"giam-doc", "Giám đốc Sở", "giam-doc@example.vn"}};
        settings_.alerts->file_to = folder_.path() / "editions";
        settings_.unit_editions->readers = {
            {test::office, {"an", "Bà An", "an@example.vn"}},
            {test::office, {"binh", "Ông Bình", "binh@example.vn"}}};
    }

    static std::string on(const std::string& day, const char* hour) {
        return day + "T" + hour + ":00+07:00";
    }

    /// Three dossiers, one or two of them paid: 33 % is below "trên 45 %", 67 % is not.
    void pull(const std::string& day, bool is_met) {
        const std::string paid_at = "2024-06-07T10:00:00+07:00";
        receive(
            on(day, "05:00"),
            {dossier("A-240607-0001", "2024-06-07T09:00:00+07:00"),
             dossier("A-240607-0002", "2024-06-07T09:00:00+07:00"),
             dossier("A-240607-0003", "2024-06-07T09:00:00+07:00")}
        );
        std::vector<PaymentRecord> payments{paid("A-240607-0001", paid_at)};
        if (is_met) {
            payments.push_back(paid("A-240607-0002", paid_at));
        }
        confirm(on(day, "05:10"), std::move(payments));
    }

    /// What the job publishes on that morning: ids, in order.
    std::vector<std::string> look_on(const std::string& day) {
        clock_.set(at(on(day, "06:00")));
        const auto editions = run_alerts(*service_, *parse_day(day) - a_day);
        if (!editions) {
            throw std::runtime_error(editions.error().message);
        }
        std::vector<std::string> ids;
        for (const store::Edition& edition : *editions) {
            ids.push_back(edition.id);
        }
        return ids;
    }

    std::vector<std::string> morning(const std::string& day, bool is_met = false) {
        pull(day, is_met);
        return look_on(day);
    }

    Alert alert() {
        return AlertBook::load(*store_, clock_.now())->alert_of({test::office, "payments-online"});
    }

    std::size_t mails() {
        return store_->call([&](store::Store& store) {
            return store.due_deliveries(clock_.now())->size();
        });
    }

    std::string text_of_edition(const std::string& id) {
        return text_of(*store_->call([&](store::Store& store) { return *store.find_edition(id); }));
    }

    using Ids = std::vector<std::string>;
};

TEST_F(AlertJob, ClimbsTheLadderOverAWeekend) {
    EXPECT_EQ(morning("2024-06-08"), Ids{}) << "below for a day";
    EXPECT_EQ(morning("2024-06-09"), Ids{});
    EXPECT_EQ(morning("2024-06-10"), (Ids{"alert/2024-06-10/an/1", "alert/2024-06-10/binh/1"}))
        << "a Monday";
    EXPECT_EQ(mails(), 2U);
    EXPECT_EQ(morning("2024-06-11"), Ids{});
    EXPECT_EQ(morning("2024-06-12"), (Ids{"alert/2024-06-12/an/1", "alert/2024-06-12/binh/1"}));
    EXPECT_EQ(morning("2024-06-13"), Ids{});
    EXPECT_EQ(morning("2024-06-14"), Ids{"alert/2024-06-14/giam-doc/1"});
    EXPECT_EQ(morning("2024-06-17"), Ids{}) << "that was all";
    EXPECT_EQ(mails(), 5U);
    const std::string text = text_of_edition("alert/2024-06-12/an/1");
    EXPECT_TRUE(text.contains("Thanh toán trực tuyến: 33,3 % (1/3 hồ sơ), chỉ tiêu trên")) << text;
    EXPECT_TRUE(text.contains("liên tục từ 07/06/2024")) << text;
    EXPECT_TRUE(store_->call([](store::Store& store) {
        return store.audit_verify()->faults.empty();
    }));
}

TEST_F(AlertJob, ADayIsLookedAtOnce) {
    for (const char* day : {"2024-06-08", "2024-06-09", "2024-06-10"}) {
        (void)morning(day);
    }
    EXPECT_EQ(look_on("2024-06-10").size(), 2U) << "published already: as it was";
    EXPECT_EQ(mails(), 2U);
    EXPECT_EQ(alert().run, 0);
    EXPECT_EQ(alert().state, AlertState::Firing);
}

TEST_F(AlertJob, WhatACrashKeptFromBeingPublishedComesOnTheNextDay) {
    (void)morning("2024-06-08");
    (void)morning("2024-06-09");
    pull("2024-06-10", false);
    clock_.set(at(on("2024-06-10", "06:00")));
    const auto standings = standings_of(*store_, settings_, *parse_day("2024-06-09"), clock_.now());
    const AlertDay looked = look(settings_, *standings, *AlertBook::load(*store_, clock_.now()));
    ASSERT_TRUE(*store_->call([&](store::Store& store) { return store.record_alerts(looked); }));
    EXPECT_EQ(morning("2024-06-11"), (Ids{"alert/2024-06-10/an/1", "alert/2024-06-10/binh/1"}));
    EXPECT_EQ(morning("2024-06-12").size(), 2U) << "and the ladder went on from the 10th";
    EXPECT_EQ(mails(), 4U);
}

TEST_F(AlertJob, AFileThatWasLostIsPutBack) {
    for (const char* day : {"2024-06-08", "2024-06-09", "2024-06-10"}) {
        (void)morning(day);
    }
    const auto folder = settings_.alerts->file_to / "2024/nhac/2024-06-10/an";
    ASSERT_TRUE(std::filesystem::exists(folder));
    std::filesystem::remove_all(folder);
    (void)look_on("2024-06-10");
    EXPECT_TRUE(std::filesystem::exists(folder));
}

TEST_F(AlertJob, ASourceThatIsAwayFreezesIt) {
    (void)morning("2024-06-08");
    (void)morning("2024-06-09");
    (void)look_on("2024-06-12");  // nothing was pulled for three days
    EXPECT_EQ(alert().state, AlertState::Undetermined);
    EXPECT_EQ(alert().held, AlertState::Pending);
    EXPECT_EQ(alert().run, 2);
    EXPECT_EQ(look_on("2024-06-13"), Ids{});
    EXPECT_EQ(morning("2024-06-14").size(), 2U) << "the third day of which something is known";
    (void)look_on("2024-06-18");
    EXPECT_EQ(alert().held, AlertState::Firing);
    EXPECT_EQ(look_on("2024-06-19"), Ids{}) << "nobody is reminded of what is not known";
    EXPECT_EQ(morning("2024-06-20").size(), 2U) << "the second reminder, on the day it can be";
}

TEST_F(AlertJob, ASilenceHoldsMessagesBackAndNothingElse) {
    (void)store_->call([&](store::Store& store) {
        return store.add_silence(
            {0,
             test::office,
             "",
             *parse_day("2024-06-08"),
             *parse_day("2024-06-12"),
             "An",
             "chuyển trụ sở",
             at(on("2024-06-07", "09:00")),
             std::nullopt}
        );
    });
    for (const char* day : {"2024-06-08", "2024-06-09", "2024-06-10", "2024-06-11", "2024-06-12"}) {
        EXPECT_EQ(morning(day), Ids{});
    }
    EXPECT_EQ(alert().state, AlertState::Firing);
    EXPECT_EQ(morning("2024-06-13"), (Ids{"alert/2024-06-13/an/1", "alert/2024-06-13/binh/1"}));
}

TEST_F(AlertJob, WhoRecoversIsNotRemindedAgain) {
    for (const char* day : {"2024-06-08", "2024-06-09", "2024-06-10", "2024-06-11"}) {
        (void)morning(day);
    }
    EXPECT_EQ(morning("2024-06-12", true), Ids{}) << "above the target on the day of the second";
    EXPECT_TRUE(alert().is_recovering);
    EXPECT_EQ(morning("2024-06-13", true), Ids{});
    EXPECT_EQ(alert().state, AlertState::Inactive);
}

TEST_F(AlertJob, AUnitThatEndsHasNothingToBeRemindedOf) {
    for (const char* day : {"2024-06-08", "2024-06-09", "2024-06-10", "2024-06-11"}) {
        (void)morning(day);
    }
    EXPECT_EQ(alert().state, AlertState::Firing);
    settings_.units[1].days.until = *parse_day("2024-06-10");
    EXPECT_EQ(morning("2024-06-12"), Ids{}) << "the day of the second reminder";
    EXPECT_EQ(morning("2024-06-13"), Ids{});
    EXPECT_EQ(alert().state, AlertState::Inactive);
}

TEST_F(AlertJob, OneReaderHasOneMessageOfAll) {
    settings_.alerts->leaders = {{"an", "Bà An", "an@example.vn"}};
    settings_.units.push_back(test::unit("H37.10.06", "H37.10"));
    settings_.unit_editions->readers.push_back({"H37.10.06", {"an", "Bà An", "an@example.vn"}});
    settings_.procedures[0].units.push_back("H37.10.06");
    const auto morning_of_both = [&](const std::string& day) {
        auto other = dossier("B-240607-0001", "2024-06-07T09:00:00+07:00");
        other.unit_code = "H37.10.06";
        receive(on(day, "05:00"), {dossier("A-240607-0001", "2024-06-07T09:00:00+07:00"), other});
        confirm(on(day, "05:10"), {});
        return look_on(day);
    };
    (void)morning_of_both("2024-06-08");
    (void)morning_of_both("2024-06-09");
    EXPECT_EQ(
        morning_of_both("2024-06-10"), (Ids{"alert/2024-06-10/an/1", "alert/2024-06-10/binh/1"})
    );
    const std::string both = text_of_edition("alert/2024-06-10/an/1");
    EXPECT_TRUE(both.contains("H37.10.05") && both.contains("H37.10.06")) << both;
    const std::string own = text_of_edition("alert/2024-06-10/binh/1");
    EXPECT_TRUE(own.contains("H37.10.05") && !own.contains("H37.10.06")) << own;
}

TEST_F(AlertJob, ExactlyOnTheTargetIsBelowAboveItAndNotBelowFromIt) {
    settings_.alerts->fire_after_days = 1;
    std::vector<DossierRecord> dossiers;
    std::vector<PaymentRecord> payments;
    for (int number = 1; number <= 20; ++number) {
        dossiers.push_back(
            dossier(fmt::format("A-240607-{:04}", number), "2024-06-07T09:00:00+07:00")
        );
        if (number <= 9) {
            payments.push_back(paid(dossiers.back().code, "2024-06-07T10:00:00+07:00"));
        }
    }
    receive(on("2024-06-08", "05:00"), dossiers);
    confirm(on("2024-06-08", "05:10"), payments);
    const Instant now = at(on("2024-06-08", "06:00"));
    for (const auto op : {TargetOperator::Above, TargetOperator::AtLeast}) {
        settings_.campaign.targets[0].op = op;
        const auto standings = standings_of(*store_, settings_, *parse_day("2024-06-07"), now);
        const AlertDay day = look(settings_, *standings, AlertBook());
        EXPECT_EQ(day.changes.size(), op == TargetOperator::Above ? 1U : 0U) << "9 of 20 is 45 %";
    }
}

TEST_F(AlertJob, IsDueWithinTheCampaignAlone) {
    const Campaign& campaign = settings_.campaign;
    EXPECT_EQ(day_looked_at(campaign, at("2024-06-07T06:00:00+07:00")), std::nullopt);
    EXPECT_EQ(day_looked_at(campaign, at("2024-06-08T06:00:00+07:00")), campaign.start);
    EXPECT_EQ(day_looked_at(campaign, at("2025-01-01T06:00:00+07:00")), campaign.end);
    EXPECT_EQ(day_looked_at(campaign, at("2025-01-02T06:00:00+07:00")), std::nullopt);
}

}  // namespace
}  // namespace thidua::daemon
