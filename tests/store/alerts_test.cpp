// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Alerts, reminders and silences on file.
#include "tests/store/store_fixture.hpp"

#include <string>
#include <vector>

namespace thidua::store {
namespace {

constexpr const char* first_morning = "2024-10-18T06:00:00+07:00";
constexpr const char* second_morning = "2024-10-19T06:00:00+07:00";
constexpr const char* noon = "2024-10-19T12:00:00+07:00";

class Alerts : public StoreTest {
  protected:
    static Day on(const std::string& text) { return *parse_day(text); }

    /// It begins to fire, and two people are told.
    AlertDay firing() const {
        const AlertKey key{"H37.10.05", "payments-online"};
        AlertDay day{on("2024-10-17"), at(first_morning), 2, {}, {}};
        Alert alert;
        alert.state = alert.held = AlertState::Firing;
        alert.since = day.day;
        day.changes.push_back(
            {key,
             AlertState::Pending,
             alert,
             {day.day, AlertCause::Below, Ratio{45, 100}, ""},
             day.known_at}
        );
        for (const std::string reader : {"an", "binh"}) {
            day.steps.push_back(
                {key,
                 AlertStep::First,
                 on("2024-10-18"),
                 "alert/2024-10-18/" + reader + "/1",
                 day.known_at}
            );
        }
        return day;
    }

    /// The source is away, on the day after.
    AlertDay frozen() const {
        AlertDay day{on("2024-10-18"), at(second_morning), 2, {}, {}};
        Alert alert = firing().changes[0].alert;
        alert.state = AlertState::Undetermined;
        alert.is_recovering = true;
        alert.run = 3;
        alert.frozen_since = day.day;
        day.changes.push_back(
            {firing().changes[0].key,
             AlertState::Firing,
             alert,
             {day.day, AlertCause::Source, std::nullopt, "tthc"},
             day.known_at}
        );
        return day;
    }

    Silence silence() const {
        return {
            0,
            "H37.10.05",
            "",
            on("2024-10-18"),
            on("2024-10-31"),
            "An",
            "chuyển trụ sở",
            at(first_morning),
            std::nullopt};
    }

    void alter(const std::string& sql) {
        auto database = *Database::open(location_, Access::ReadWrite);
        auto transaction = *Transaction::begin(*database);
        ASSERT_TRUE(database->execute(sql));
        ASSERT_TRUE(transaction.commit());
    }

    std::string fault() {
        const auto faults = store_.audit_verify()->faults;
        return faults.size() == 1 ? faults[0].subject : std::to_string(faults.size()) + " faults";
    }
};

TEST_P(Alerts, AreReadAsTheyWereRecorded) {
    ASSERT_TRUE(*store_.record_alerts(firing()));
    ASSERT_TRUE(*store_.record_alerts(frozen()));
    store_ = open();
    const auto records = *store_.alerts(at(noon));
    EXPECT_EQ(records.changes, (std::vector{firing().changes.front(), frozen().changes.front()}));
    EXPECT_EQ(records.steps, firing().steps);
    ASSERT_EQ(records.days.size(), 2U);
    EXPECT_EQ(records.days[1].day, on("2024-10-18"));
    EXPECT_EQ(records.days[1].figures, 2);
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
}

TEST_P(Alerts, AreKnownFromTheirInstantOn) {
    ASSERT_TRUE(*store_.record_alerts(firing()));
    ASSERT_TRUE(*store_.record_alerts(frozen()));
    const auto before = *store_.alerts(at(first_morning) - std::chrono::milliseconds{1});
    EXPECT_TRUE(before.days.empty() && before.changes.empty() && before.steps.empty());
    EXPECT_EQ(store_.alerts(at(first_morning))->changes.size(), 1U);
}

TEST_P(Alerts, ADayIsLookedAtOnce) {
    ASSERT_TRUE(*store_.record_alerts(frozen()));
    const auto head = store_.audit_head()->number;
    EXPECT_FALSE(*store_.record_alerts(frozen()));
    EXPECT_FALSE(*store_.record_alerts(firing())) << "an earlier day comes too late";
    EXPECT_EQ(store_.audit_head()->number, head);
}

TEST_P(Alerts, WhatIsNotPublishedYetIsKnown) {
    ASSERT_TRUE(*store_.record_alerts(firing()));
    EXPECT_EQ(
        *store_.untold_editions(),
        (std::vector<std::string>{"alert/2024-10-18/an/1", "alert/2024-10-18/binh/1"})
    );
    Edition edition;
    edition.id = "alert/2024-10-18/an/1";
    edition.created_at = at(noon);
    ASSERT_TRUE(store_.add_edition(edition));
    EXPECT_EQ(*store_.untold_editions(), std::vector<std::string>{"alert/2024-10-18/binh/1"});
}

TEST_P(Alerts, SilencesEndOnce) {
    EXPECT_EQ(*store_.add_silence(silence()), 1);
    EXPECT_EQ(*store_.add_silence(silence()), 2);
    ASSERT_TRUE(store_.end_silence(2, {"Bình", at(noon)}));
    EXPECT_EQ(store_.end_silence(2, {"Bình", at(noon)}).error().kind, ErrorKind::Usage);
    EXPECT_EQ(store_.end_silence(3, {"Bình", at(noon)}).error().kind, ErrorKind::Usage);
    Silence first = silence();
    first.id = 1;
    Silence second = silence();
    second.id = 2;
    EXPECT_EQ(*store_.silences(at(second_morning)), (std::vector{first, second}));
    second.end = Silence::End{"Bình", at(noon)};
    EXPECT_EQ(*store_.silences(at(noon)), (std::vector{first, second}));
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
}

TEST_P(Alerts, BehindTheChainsBackAreFound) {
    ASSERT_TRUE(*store_.record_alerts(firing()));
    ASSERT_TRUE(store_.add_silence(silence()));
    ASSERT_TRUE(store_.end_silence(1, {"Bình", at(noon)}));
    const std::vector<std::pair<std::string, std::string>> mistakes{
        {"UPDATE alert_change SET numerator = numerator + 1", "alert-changed/1"},
        {"UPDATE alert_change SET since = since - 1", "alert-changed/1"},
        {"UPDATE alert_step SET edition = 'x' WHERE id = 2", "alert-step/2"},
        {"UPDATE silence SET until_day = until_day + 1", "silenced/1"},
        {"UPDATE silence_end SET author = 'An'", "silence-ended/1"},
        {"UPDATE alert_day SET figures = 1", "alerts-seen/20013"}};
    const std::vector<std::string> remedies{
        "UPDATE alert_change SET numerator = numerator - 1",
        "UPDATE alert_change SET since = since + 1",
        "UPDATE alert_step SET edition = 'alert/2024-10-18/binh/1' WHERE id = 2",
        "UPDATE silence SET until_day = until_day - 1",
        "UPDATE silence_end SET author = 'Bình'",
        "UPDATE alert_day SET figures = 2"};
    for (std::size_t at = 0; at < mistakes.size(); ++at) {
        SCOPED_TRACE(mistakes[at].first);
        alter(mistakes[at].first);
        EXPECT_EQ(fault(), mistakes[at].second);
        alter(remedies[at]);
        ASSERT_EQ(fault(), "0 faults");
    }
}

THIDUA_ON_EVERY_STORE(Alerts);

}  // namespace
}  // namespace thidua::store
