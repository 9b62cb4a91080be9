// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Nominations: which papers are there, since when, and of what people have to be reminded. Pure.
#pragma once

#include "core/calendar.hpp"
#include "core/campaign.hpp"
#include "core/nomination.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::rules {

/// How a nomination stands to its window on a day.
enum class Timing {
    Early,   ///< complete before the window
    InTime,  ///< complete within it
    Late,    ///< complete, but only after it
    Open,    ///< not complete, and the window is not over
    Missed,  ///< not complete, and the window is over
};

/// "early", "in-time", "late", "open", "missed"
[[nodiscard]] std::string_view to_text(Timing timing);

/// "đủ trước thời hạn", "đủ trong thời hạn", "đủ nhưng quá hạn", "chưa đủ, còn thời hạn", "chưa đủ,
/// đã hết thời hạn"
[[nodiscard]] std::string_view vietnamese(Timing timing);

/// Copies of one part.
struct PartState {
    std::string part;  ///< its id
    std::string name;
    std::int64_t required = 0;
    std::int64_t received = 0;
    /// Since this day as many are there as are required; nothing: some are missing.
    std::optional<Day> complete_on;

    friend bool operator==(const PartState&, const PartState&) = default;
};

/// A candidate's papers for an award, handed in for a deadline.
struct NominationState {
    std::string candidate;
    std::string award;
    std::string deadline;
    std::vector<PartState> parts;
    bool is_begun = false;           ///< something was received, and not handed back
    std::optional<Day> complete_on;  ///< since this day nothing is missing
    Timing timing = Timing::Open;

    friend bool operator==(const NominationState&, const NominationState&) = default;
};

struct NominationInput {
    const Plan& plan;
    const Award& award;
    const Deadline& deadline;
    std::string_view candidate;
    std::span<const Receipt> receipts;  ///< of whomever, oldest first
    Day day;                            ///< what was received by its end counts
};
[[nodiscard]] NominationState check_nomination(const NominationInput& input);

/// Those of the plan that nominations for `award` are handed in for, in its order.
[[nodiscard]] std::vector<const Deadline*> deadlines_for(const Plan& plan, const Award& award);

/// A day of a window on which nobody works.
struct DayOff {
    Day day;
    std::string why;  ///< in Vietnamese: a holiday's name, "thứ Bảy", "Chủ nhật"

    friend bool operator==(const DayOff&, const DayOff&) = default;
};
[[nodiscard]] std::vector<DayOff> days_off(const Calendar& calendar, const Deadline& deadline);

/// What somebody has to be reminded of on a day.
struct Reminder {
    enum class Kind {
        ComingUp,  ///< the window opens in five working days, or on the next one
        LastDay,   ///< this is the last working day of the window
        Overdue,   ///< this is the first working day after it
    };
    Kind kind = Kind::ComingUp;
    std::string candidate;
    std::string award;
    std::string deadline;
    std::vector<std::string> missing;  ///< ids of parts of which copies are missing

    friend bool operator==(const Reminder&, const Reminder&) = default;
};

/// "coming-up", "last-day", "overdue"
[[nodiscard]] std::string_view to_text(Reminder::Kind kind);

/// Those that are due on `day`, for nominations that are not complete; after a window has opened
/// only for those that were begun, for nobody has to put anybody forward. None on a day on which
/// nobody works. Nothing is sent here.
[[nodiscard]] std::vector<Reminder> reminders_due(
    const Plan& plan, const Calendar& calendar, std::span<const NominationState> states, Day day
);

/// Whether anybody may have to be reminded on `day`: the plan's deadlines alone say so, before
/// anything is counted.
[[nodiscard]] bool is_day_of_reminders(const Plan& plan, const Calendar& calendar, Day day);

}  // namespace thidua::rules
