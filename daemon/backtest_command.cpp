// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua alerts backtest: the days of the campaign once more, each by what was known on its
// morning, under the rules of now.
#include "daemon/alert_json.hpp"
#include "daemon/alerts.hpp"
#include "daemon/commands.hpp"
#include "daemon/measure.hpp"
#include "daemon/progress.hpp"
#include "daemon/schedule.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

constexpr std::chrono::days one_day{1};

struct Backtest {
    int days = 0;  ///< looked at
    std::vector<AlertChange> changes;
    std::vector<StepTaken> steps;
};

/// By what a look at `day` goes: what was known when the daemon looked at it, or else at its slot.
Instant known_at_of(const config::Settings& settings, const AlertBook& recorded, Day day) {
    return recorded.known_at_of(day).value_or(
        latest_occurrence(settings.alerts->schedule, settings.calendar, last_instant(day + one_day))
            .due_at
    );
}

/// From the campaign's first day to the one that is looked at on `to`: what is before the days that
/// are asked for decides how they begin.
Result<Backtest> replay_days(
    Session& session, const config::Settings& settings, Day to, bool quiet
) {
    const Instant now = session.clock().now();
    const auto recorded = AlertBook::load(session.store(), now);
    if (!recorded) {
        return std::unexpected(recorded.error());
    }
    const Day first = settings.campaign.start;
    const Day last = std::min(to - one_day, settings.campaign.end);
    AlertBook book;
    Backtest test;
    if (last < first) {
        return test;
    }
    Progress progress(
        "Looking back", (last - first).count() + 1, Progress::style_for_stderr(quiet)
    );
    for (Day day = first; day <= last; day += one_day) {
        const Instant known_at = known_at_of(settings, *recorded, day);
        if (known_at > now) {
            break;
        }
        auto silences =
            session.store().call([&](store::Store& store) { return store.silences(known_at); });
        const auto standings = standings_of(session.store(), settings, day, known_at);
        if (!silences || !standings) {
            return std::unexpected(silences ? standings.error() : silences.error());
        }
        book.set_silences(*std::move(silences));
        book.add(look(settings, *standings, book));
        ++test.days;
        progress.show((day - first).count() + 1, to_text(day));
    }
    test.changes = book.changes();
    test.steps = book.steps();
    return test;
}

/// The recipient's id, from the id of an edition.
std::string recipient_of_edition(const std::string& edition) {
    const auto end = edition.rfind('/');
    const auto begin = edition.rfind('/', end - 1) + 1;
    return edition.empty() ? "nobody" : edition.substr(begin, end - begin);
}

void print_backtest(const Backtest& test) {
    for (const StepTaken& step : test.steps) {
        fmt::print(
            "{}  {:<20} {:<8} {} {}\n",
            to_text(step.day),
            recipient_of_edition(step.edition),
            to_text(step.step),
            step.key.unit,
            step.key.indicator
        );
    }
    fmt::print(
        "{} days looked at, {} changes, {} reminders\n",
        test.days,
        test.changes.size(),
        test.steps.size()
    );
}

json::object backtest_json(
    const config::Settings& settings, const Backtest& test, Day from, Day to
) {
    json::array changes;
    for (const AlertChange& change : test.changes) {
        changes.push_back(change_json(change));
    }
    json::array reminders;
    for (const StepTaken& step : test.steps) {
        json::object reminder = step_json(step);
        reminder["recipient"] = step.edition.empty()
                                    ? json::value(nullptr)
                                    : json::value(recipient_of_edition(step.edition));
        reminders.push_back(std::move(reminder));
    }
    return {
        {"from", to_text(from)},
        {"to", to_text(to)},
        {"days", test.days},
        {"rule", alert_rule_json(*settings.alerts)},
        {"changes", std::move(changes)},
        {"reminders", std::move(reminders)}};
}

}  // namespace

ExitCode run_alerts_backtest(const Options& options, const config::Settings& settings) {
    if (!settings.alerts) {
        return report_error(
            {ErrorKind::Config,
             settings.file.string() +
                 ": \"alerts:\" is missing: add it with the rule that is to be tried"}
        );
    }
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const Day from = options.from.value_or(settings.campaign.start);
    const Day to = options.last.value_or(day_of((*session)->clock().now()));
    if (to < from) {
        return report_error({ErrorKind::Usage, "alerts backtest: --to is before --from"});
    }
    auto test = replay_days(**session, settings, to, options.quiet || options.json);
    if (!test) {
        return report_error(failed("alerts backtest", test.error()).error());
    }
    // A change is of the day before the morning on which it was seen.
    std::erase_if(test->changes, [&](const AlertChange& change) {
        return change.seen.day + one_day < from;
    });
    std::erase_if(test->steps, [&](const StepTaken& step) { return step.day < from; });
    if (options.json) {
        fmt::print("{}", pretty_json(backtest_json(settings, *test, from, to)));
    } else {
        print_backtest(*test);
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
