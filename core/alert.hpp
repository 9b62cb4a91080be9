// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Reminders (nhắc, đôn đốc) as they are kept: how a unit stands with an indicator, whom was told
// what when, and who had reminders held back. Append-only, like everything that is on file.
#pragma once

#include "core/ratio.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua {

enum class AlertState {
    Inactive,      ///< nothing to remind of
    Pending,       ///< below the target, but not long enough yet
    Firing,        ///< below the target long enough
    Undetermined,  ///< nobody knows: whatever it was before is frozen
};

/// "inactive", "pending", "firing", "undetermined"
[[nodiscard]] std::string_view to_text(AlertState state);

/// The reverse; nothing if `text` is none of them.
[[nodiscard]] std::optional<AlertState> parse_alert_state(std::string_view text);

/// What was seen of a figure.
enum class AlertCause {
    Below,
    Met,
    NoActivity,
    NoTarget,  ///< none is in force any more, or there is no such unit any more
    Unknown,   ///< there is no figure
    Source,    ///< a source that it is counted from is stale, failed, or never answered
};

/// "below", "met", "no-activity", "no-target", "unknown", "source"
[[nodiscard]] std::string_view to_text(AlertCause cause);

/// The reverse; nothing if `text` is none of them.
[[nodiscard]] std::optional<AlertCause> parse_alert_cause(std::string_view text);

/// A figure on a day, as the state of its alert depends on it.
struct Observation {
    Day day;  ///< the last one counted
    AlertCause cause = AlertCause::Unknown;
    std::optional<Ratio> counts;  ///< nothing: unknown
    std::string source;           ///< Source: the first one that is not as it should be

    friend bool operator==(const Observation&, const Observation&) = default;
};

/// Of which unit and which indicator.
struct AlertKey {
    std::string unit;       ///< code
    std::string indicator;  ///< id

    friend auto operator<=>(const AlertKey&, const AlertKey&) = default;
};

/// How a unit stands with an indicator, and what the next observation is held against.
struct Alert {
    AlertState state = AlertState::Inactive;
    AlertState held = AlertState::Inactive;  ///< what is frozen; otherwise the same as `state`
    bool is_recovering = false;              ///< `held` is firing, and it is not below any more
    /// Days seen without a break: below, or of recovery. Days of which nothing is known are not
    /// counted, and are no break.
    int run = 0;
    std::optional<Day> since{};         ///< of `held`; nothing: it was never anything else
    std::optional<Day> frozen_since{};  ///< only while it is undetermined

    friend bool operator==(const Alert&, const Alert&) = default;
};

/// An alert as it was from a day on, and what made it so.
struct AlertChange {
    AlertKey key;
    AlertState from = AlertState::Inactive;
    Alert alert;
    Observation seen;
    Instant at{};  ///< when it was recorded

    friend bool operator==(const AlertChange&, const AlertChange&) = default;
};

/// The ladder of reminders (thang đôn đốc).
enum class AlertStep {
    First,    ///< nhắc lần 1, to whoever reads the unit's edition
    Second,   ///< nhắc lần 2, to the same
    Leaders,  ///< báo cáo lãnh đạo
};

/// "first", "second", "leaders"
[[nodiscard]] std::string_view to_text(AlertStep step);

/// The reverse; nothing if `text` is none of them.
[[nodiscard]] std::optional<AlertStep> parse_alert_step(std::string_view text);

/// A step that was taken.
struct StepTaken {
    AlertKey key;
    AlertStep step = AlertStep::First;
    Day day;              ///< on which it was taken
    std::string edition;  ///< that tells of it; empty: nobody is there to be told
    Instant at{};

    friend bool operator==(const StepTaken&, const StepTaken&) = default;
};

/// A day of which every alert was looked at, once, and what came of it.
struct AlertDay {
    Day day;             ///< the last one counted
    Instant known_at{};  ///< by what was known then; when it was looked at
    int figures = 0;     ///< so many were looked at
    std::vector<AlertChange> changes{};
    std::vector<StepTaken> steps{};

    friend bool operator==(const AlertDay&, const AlertDay&) = default;
};

/// All of that, oldest first.
struct AlertRecords {
    std::vector<AlertDay> days;  ///< without what came of them, which is beside them
    std::vector<AlertChange> changes;
    std::vector<StepTaken> steps;
};

/// Somebody's word that nobody is reminded for a while (tạm ngưng nhắc).
struct Silence {
    std::int64_t id = 0;
    std::string unit;       ///< code; empty: all
    std::string indicator;  ///< id; empty: all
    Day from;
    Day until;  ///< included
    std::string by;
    std::string reason;
    Instant at{};
    /// It ended before its time.
    struct End {
        std::string by;
        Instant at{};
        friend bool operator==(const End&, const End&) = default;
    };
    std::optional<End> end;

    friend bool operator==(const Silence&, const Silence&) = default;
};

/// Whether it holds back what concerns `key` on `day`.
[[nodiscard]] bool covers(const Silence& silence, const AlertKey& key, Day day);

/// Whether it has not ended by `day`, whether or not it has begun.
[[nodiscard]] bool is_in_force(const Silence& silence, Day day);

}  // namespace thidua
