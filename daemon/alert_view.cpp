// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/alert_view.hpp"

#include "daemon/measure.hpp"
#include "daemon/schedule.hpp"

#include <utility>

namespace thidua::daemon {
namespace {

constexpr std::chrono::days one_day{1};

/// When the job runs next: today, if it has not looked at yesterday yet.
Day next_run(const config::Settings& settings, const AlertBook& book, Instant now) {
    const Schedule& schedule = settings.alerts->schedule;
    const Day latest = day_of(latest_occurrence(schedule, settings.calendar, now).due_at);
    const bool is_done = book.last_day() && *book.last_day() >= latest - one_day;
    return is_done ? day_of(next_occurrence(schedule, settings.calendar, now).due_at) : latest;
}

}  // namespace

Result<AlertView> view_alerts(SharedStore& store, const config::Settings& settings, Instant now) {
    if (!settings.alerts) {
        return fail(
            ErrorKind::Config,
            settings.file.string() + ": \"alerts:\" is missing: nobody is reminded without it"
        );
    }
    auto book = AlertBook::load(store, now);
    if (!book) {
        return std::unexpected(book.error());
    }
    AlertView view{*std::move(book), std::nullopt, {}};
    view.next_run = next_run(settings, view.book, now);
    if (const auto day = view.book.last_day()) {
        auto standings =
            standings_of(store, settings, *day, view.book.known_at_of(*day).value_or(now));
        if (!standings) {
            return std::unexpected(standings.error());
        }
        view.standings = *std::move(standings);
    }
    return view;
}

NextAction next_action(
    const config::Settings& settings, const AlertView& view, const AlertKey& key
) {
    const Alert alert = view.book.alert_of(key);
    if (alert.state != AlertState::Pending) {
        return {next_step_of(settings, view.book, key, view.next_run), false, view.next_run};
    }
    Alert fired;
    fired.state = fired.held = AlertState::Firing;
    fired.since =
        *view.book.last_day() + std::chrono::days{settings.alerts->fire_after_days - alert.run};
    const rules::Ladder ladder = ladder_of(*settings.alerts);
    return {
        rules::next_step(
            key,
            fired,
            {ladder,
             settings.calendar,
             view.book.steps(),
             view.book.silences(),
             *fired.since + one_day,
             settings.campaign.end}
        ),
        true,
        view.next_run};
}

}  // namespace thidua::daemon
