// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// When a unit is reminded of an indicator: the states of an alert, day by day, and the ladder of
// reminders. Pure: the days, what was seen on them and the calendar are handed in.
//
//     inactive -> pending -> firing -> inactive ("resolved")
//         \__________\_________\____ undetermined: frozen, and goes on where it was
#pragma once

#include "core/alert.hpp"
#include "core/calendar.hpp"
#include "core/campaign.hpp"
#include "core/tally.hpp"
#include "rules/standings.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace thidua::rules {

/// How long a figure has to be what it is, in days on which it was seen, without a break.
struct AlertRule {
    int fire_after = 7;     ///< days below the target; at least 1
    int recover_after = 7;  ///< days not below; at least 1
};

/// The names of the sources without which nothing is known of the indicator's figures.
/// `needed_by_all`: StandingsInput::needed_by_all.
[[nodiscard]] std::vector<std::string> sources_needed(
    const Indicator& indicator, std::span<const std::string> needed_by_all
);

/// What a figure says on the day of `standings`. A source that is not fresh makes it `Source`,
/// whatever the counts: who has no data can neither be blamed nor cleared.
[[nodiscard]] Observation observe(
    const Figure& figure, const Standings& standings, std::span<const std::string> sources_needed
);

/// What `alert` becomes by one more day. It changes nothing but the run of days, as a rule.
[[nodiscard]] Alert next_state(const Alert& alert, const Observation& seen, const AlertRule& rule);

/// Whether that is to be recorded: another state, or a recovery that begins or breaks off. All
/// else follows from the number of days between.
[[nodiscard]] bool is_change(const Alert& before, const Alert& after);

/// The alert as it is `days` days of the same later.
[[nodiscard]] Alert carried_on(Alert alert, int days);

/// How many working days lie between the steps.
struct Ladder {
    int second = 5;           ///< from the first reminder to the second
    int leaders = 10;         ///< from the first reminder to the leaders; above `second`
    bool has_leaders = true;  ///< or nobody is told after the second reminder
};

/// The step after those taken.
struct NextStep {
    enum class Wait {
        Nothing,   ///< it is taken on its day
        Silenced,  ///< it would have been earlier, but for a silence
        Frozen,    ///< until there is data again
        Recovery,  ///< as long as the unit is not below its target any more
    };
    AlertStep step = AlertStep::First;
    std::optional<Day> day;  ///< a working day, not before today; nothing: Frozen, Recovery
    Wait wait = Wait::Nothing;

    friend bool operator==(const NextStep&, const NextStep&) = default;
};

/// What the ladder goes by.
struct LadderInput {
    const Ladder& ladder;
    const Calendar& calendar;
    std::span<const StepTaken> taken;   ///< of this alert, oldest first, from all its firings
    std::span<const Silence> silences;  ///< as known now
    Day today;
    Day last;  ///< of the campaign: nobody is reminded after it
};

/// The next step and its date. Nothing while the alert does not fire, when all steps are taken,
/// and when the next one would come after the campaign.
///
/// The first one is due on the first working day after the alert fired, the others so many working
/// days after the one before. What a silence holds back is taken on the first working day after it,
/// and the rest of the ladder moves with it.
[[nodiscard]] std::optional<NextStep> next_step(
    const AlertKey& key, const Alert& alert, const LadderInput& input
);

/// The `count`-th working day after `day`.
[[nodiscard]] Day add_working_days(const Calendar& calendar, Day day, int count);

}  // namespace thidua::rules
