// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/alert.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace thidua::rules {
namespace {

const AlertRule three_and_two{.fire_after = 3, .recover_after = 2};
const Target over_45{"payments-online", TargetOperator::Above, {9, 20}, {}, {}, ""};

Day alert_day(int number) {
    return *parse_day("2024-10-01") + std::chrono::days{number};
}

/// b: below, m: met, n: no activity, t: no target, ?: no figure, s: a source is away
AlertCause cause_of_letter(char letter) {
    switch (letter) {
        case 'b':
            return AlertCause::Below;
        case 'm':
            return AlertCause::Met;
        case 'n':
            return AlertCause::NoActivity;
        case 't':
            return AlertCause::NoTarget;
        case 's':
            return AlertCause::Source;
        default:
            return AlertCause::Unknown;
    }
}

/// i: inactive, P: pending, F: firing, r: firing and recovering, u: undetermined
char letter_of(const Alert& alert) {
    switch (alert.state) {
        case AlertState::Inactive:
            return 'i';
        case AlertState::Pending:
            return 'P';
        case AlertState::Firing:
            return alert.is_recovering ? 'r' : 'F';
        case AlertState::Undetermined:
            return 'u';
    }
    return '!';
}

std::vector<Alert> lived_through(const std::string& days, const AlertRule& rule) {
    std::vector<Alert> alerts;
    Alert alert;
    for (std::size_t at = 0; at < days.size(); ++at) {
        const Observation seen{alert_day(static_cast<int>(at)), cause_of_letter(days[at]), {}, ""};
        alert = next_state(alert, seen, rule);
        alerts.push_back(alert);
    }
    return alerts;
}

struct AlertCase {
    std::string name;
    std::string days;
    std::string states;

    friend void PrintTo(const AlertCase& row, std::ostream* out) { *out << row.name; }
};

class AlertStates : public testing::TestWithParam<AlertCase> {};

TEST_P(AlertStates, FollowWhatIsSeen) {
    std::string states;
    for (const Alert& alert : lived_through(GetParam().days, three_and_two)) {
        states += letter_of(alert);
    }
    EXPECT_EQ(states, GetParam().states);
}

INSTANTIATE_TEST_SUITE_P(
    Rows,
    AlertStates,
    testing::ValuesIn(std::vector<AlertCase>{
        {"NothingHappens", "mmnmt", "iiiii"},
        {"FiresOnTheThirdDay", "mbbbb", "iPPFF"},
        {"ADayAboveBreaksThePending", "bbmbbb", "PPiPPF"},
        {"ADayWithoutActivityDoesToo", "bbnbbb", "PPiPPF"},
        {"ResolvesOnTheSecondDayAbove", "bbbmm", "PPFri"},
        {"ADayBelowBreaksTheRecovery", "bbbmbmm", "PPFrFri"},
        {"NoActivityRecovers", "bbbnn", "PPFri"},
        {"ATargetThatEndsRecovers", "bbbtt", "PPFri"},
        {"FiresAgain", "bbbmmbbb", "PPFriPPF"},
        {"UnknownFreezesThePending", "bb??b", "PPuuF"},
        {"UnknownDoesNotCountTowardsIt", "b????bb", "Puuuu" "PF"},
        {"UnknownIsNoBreak", "bsbsb", "PuPuF"},
        {"UnknownFreezesTheFiring", "bbb???m", "PPFuuur"},
        {"UnknownDoesNotResolve", "bbb??????", "PPFuuuuuu"},
        {"UnknownFreezesTheRecovery", "bbbm??m", "PPFruui"},
        {"AboveAndThenUnknownDoesNotResolve", "bbbm??b", "PPFruuF"},
        {"ASourceAwayFreezesWhatIsInactive", "msssm", "iuuui"},
        {"UnknownFromTheBeginning", "??bbb", "uuPPF"},
    }),
    test::case_name<AlertCase>
);

TEST(AlertStates, KeepTheDayOnWhichTheyBegan) {
    const auto alerts = lived_through("mbb?bb", three_and_two);
    EXPECT_EQ(alerts[0].since, std::nullopt);
    EXPECT_EQ(alerts[2].since, alert_day(1));
    EXPECT_EQ(alerts[3].since, alert_day(1)) << "what is frozen began then";
    EXPECT_EQ(alerts[3].frozen_since, alert_day(3));
    EXPECT_EQ(alerts[4].since, alert_day(4)) << "the third day below";
    EXPECT_EQ(alerts[5].since, alert_day(4));
    EXPECT_EQ(alerts[5].frozen_since, std::nullopt);
}

TEST(AlertStates, ARuleOfOneDayFiresAndResolvesAtOnce) {
    const auto alerts = lived_through("bmb", {.fire_after = 1, .recover_after = 1});
    EXPECT_EQ(alerts[0].state, AlertState::Firing);
    EXPECT_EQ(alerts[1].state, AlertState::Inactive);
    EXPECT_EQ(alerts[2].state, AlertState::Firing);
}

std::string random_days(std::mt19937& random, std::size_t length) {
    constexpr std::string_view letters = "bbbbmmmn?s";
    std::string days;
    while (days.size() < length) {
        // In stretches, or hardly anything would ever fire.
        days += std::string(1 + random() % 5, letters[random() % letters.size()]);
    }
    return days.substr(0, length);
}

/// The letters that are known, in order.
std::string without_unknown(std::string days) {
    std::erase_if(days, [](char letter) { return letter == '?' || letter == 's'; });
    return days;
}

TEST(RandomAlerts, WhatIsUnknownChangesNothingInTheEnd) {
    int fired = 0;
    for (std::uint32_t seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const std::string days = random_days(random, 80) + "b";
        const auto with = lived_through(days, three_and_two);
        const auto without = lived_through(without_unknown(days), three_and_two);
        EXPECT_EQ(letter_of(with.back()), letter_of(without.back()));
        EXPECT_EQ(with.back().run, without.back().run);
        for (std::size_t at = 1; at < days.size(); ++at) {
            if (days[at] == '?' || days[at] == 's') {
                EXPECT_EQ(letter_of(with[at]), 'u') << "never resolved, never fired on unknown";
                EXPECT_EQ(with[at].held, with[at - 1].held);
                EXPECT_EQ(with[at].run, with[at - 1].run);
            }
            fired += with[at].state == AlertState::Firing ? 1 : 0;
        }
    }
    EXPECT_GT(fired, 1000);  // or the test would prove little
}

TEST(RandomAlerts, BetweenChangesOnlyTheDaysAreCounted) {
    int carried = 0;
    for (std::uint32_t seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const auto alerts = lived_through(random_days(random, 80), {7, 5});
        Alert recorded;
        int days_since = 0;
        for (std::size_t at = 0; at < alerts.size(); ++at) {
            if (is_change(at == 0 ? Alert{} : alerts[at - 1], alerts[at])) {
                recorded = alerts[at];
                days_since = 0;
            } else {
                ++days_since;
                carried += recorded.run > 0 ? 1 : 0;
            }
            EXPECT_EQ(carried_on(recorded, days_since), alerts[at]);
        }
    }
    EXPECT_GT(carried, 1000);
}

/// A figure of `counts` against "trên 45 %", counted from one source of that state.
Observation observed(std::optional<Ratio> counts, SourceStatus::State state) {
    Figure figure;
    figure.indicator = over_45.indicator;
    figure.counts = counts;
    figure.target = over_45;
    figure.verdict = assess(counts, over_45);
    Standings standings;
    standings.as_of = alert_day(0);
    standings.sources.push_back({"tthc", state, {}, false, "", ""});
    const std::vector<std::string> needed{"tthc"};
    return observe(figure, standings, needed);
}

TEST(Observed, ExactlyOnATargetOfAboveIsBelow) {
    for (std::int64_t times = 1; times < 1'000'000'000'000; times *= 7) {
        const Ratio on_target{9 * times, 20 * times};
        const Ratio one_more{9 * times + 1, 20 * times};
        EXPECT_EQ(observed(on_target, SourceStatus::State::Fresh).cause, AlertCause::Below);
        EXPECT_EQ(observed(one_more, SourceStatus::State::Fresh).cause, AlertCause::Met);
    }
}

TEST(Observed, SaysWhatItIsMadeOf) {
    using State = SourceStatus::State;
    const Ratio below{1, 20};
    EXPECT_EQ(
        observed(below, State::Fresh), (Observation{alert_day(0), AlertCause::Below, below, ""})
    );
    EXPECT_EQ(observed(Ratio{0, 0}, State::Fresh).cause, AlertCause::NoActivity);
    EXPECT_EQ(observed(std::nullopt, State::Fresh).cause, AlertCause::Unknown);
    for (const State state : {State::Stale, State::Failed, State::Never}) {
        EXPECT_EQ(
            observed(below, state), (Observation{alert_day(0), AlertCause::Source, below, "tthc"})
        );
    }
}

TEST(Observed, WithoutATargetNothingIsAsked) {
    Figure figure;
    figure.counts = Ratio{1, 20};
    const std::vector<std::string> needed{"nobody"};
    EXPECT_EQ(observe(figure, {}, needed).cause, AlertCause::NoTarget);
}

TEST(Observed, NeedsThePaymentsSourceOnlyForItsOwnWord) {
    Indicator indicator;
    indicator.system_of_record = "tthc";
    indicator.payment_record = "platform";
    const std::vector<std::string> catalogue{"catalogue"};
    using Names = std::vector<std::string>;
    indicator.kind = IndicatorKind::DossiersOnline;
    EXPECT_EQ(sources_needed(indicator, catalogue), (Names{"tthc", "catalogue"}));
    indicator.kind = IndicatorKind::PaymentsOnline;
    EXPECT_EQ(sources_needed(indicator, {}), (Names{"tthc", "platform"}));
    indicator.evidence = PaymentEvidence::Flag;
    EXPECT_EQ(sources_needed(indicator, {}), Names{"tthc"});
}

}  // namespace
}  // namespace thidua::rules
