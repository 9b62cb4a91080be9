// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Looking at all alerts of a day: what is on file about them, and what a further day makes of it.
// The daemon's job, the commands and a backtest do it by the same functions.
#pragma once

#include "config/settings.hpp"
#include "core/alert.hpp"
#include "daemon/service.hpp"
#include "rules/alert.hpp"
#include "rules/standings.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace thidua::daemon {

/// What is on file about alerts at an instant, or what a backtest has made up so far.
class AlertBook {
  public:
    AlertBook() = default;

    /// As recorded by `known_at`. Errors: Io.
    [[nodiscard]] static Result<AlertBook> load(SharedStore& store, Instant known_at);

    /// How it stands after the last day that was looked at.
    [[nodiscard]] Alert alert_of(const AlertKey& key) const;
    /// The first day of the stretch below the target that goes on, or that made it fire; nothing if
    /// there is none.
    [[nodiscard]] std::optional<Day> below_since(const AlertKey& key) const;
    /// Those that were ever anything but inactive, ascending.
    [[nodiscard]] std::vector<AlertKey> keys() const;
    /// The last day that was looked at.
    [[nodiscard]] std::optional<Day> last_day() const;
    /// By what was known when that day was looked at; nothing if it was not.
    [[nodiscard]] std::optional<Instant> known_at_of(Day day) const;

    [[nodiscard]] const std::vector<AlertChange>& changes() const { return records_.changes; }
    [[nodiscard]] const std::vector<StepTaken>& steps() const { return records_.steps; }
    [[nodiscard]] const std::vector<Silence>& silences() const { return silences_; }

    /// One more day, later than all before.
    void add(AlertDay day);
    void set_silences(std::vector<Silence> silences) { silences_ = std::move(silences); }

  private:
    struct Entry {
        Alert alert;
        std::size_t seen = 0;  ///< so many days had been looked at by then
        std::optional<Day> below_since;
    };
    void take(const AlertChange& change, std::size_t seen);

    AlertRecords records_;
    std::vector<Silence> silences_;
    std::map<AlertKey, Entry> entries_;
};

[[nodiscard]] rules::AlertRule alert_rule(const config::Alerts& alerts);
[[nodiscard]] rules::Ladder ladder_of(const config::Alerts& alerts);

/// Who is told of a step about `unit`, in the order of the configuration.
[[nodiscard]] std::vector<config::Recipient> readers_of_step(
    const config::Settings& settings, const std::string& unit, AlertStep step, Day day
);

/// What is looked at in `standings`: the ranked units and those that somebody reads, each with the
/// indicators that it has a target for; and all else that `book` has not as inactive.
[[nodiscard]] std::vector<AlertKey> watched(
    const config::Settings& settings, const rules::Standings& standings, const AlertBook& book
);

/// The next step of an alert. `today`: the day on which reminders go out next.
[[nodiscard]] std::optional<rules::NextStep> next_step_of(
    const config::Settings& settings, const AlertBook& book, const AlertKey& key, Day today
);

/// The day of which all alerts are looked at when a look falls due at `slot`: the one before.
/// Nothing outside the campaign.
[[nodiscard]] std::optional<Day> day_looked_at(const Campaign& campaign, Instant slot);

/// What `standings` make of all alerts, and the steps that are due the day after. `settings` must
/// have alerts. Nothing is recorded.
[[nodiscard]] AlertDay look(
    const config::Settings& settings, const rules::Standings& standings, const AlertBook& book
);

/// alert/2024-10-18/giam-doc/1
[[nodiscard]] std::string alert_edition_id(Day day, std::string_view recipient);

}  // namespace thidua::daemon
