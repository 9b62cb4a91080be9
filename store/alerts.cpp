// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Days on which alerts were looked at, what changed, and which reminders were decided on.
#include "store/entries.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <functional>
#include <utility>

namespace thidua::store {
namespace {

std::string counts_field(const std::optional<Ratio>& counts) {
    return counts ? fmt::format("{}/{}", counts->numerator, counts->denominator) : "";
}

AuditNote note_of_row(const AlertDay& day) {
    const auto number = static_cast<std::int64_t>(day.day.time_since_epoch().count());
    return note_of(EntryAccount{
        "alerts-seen",
        number,
        fmt::format("day={} figures={}", thidua::to_text(day.day), day.figures),
        {thidua::to_text(day.day), field_of(day.known_at), std::to_string(day.figures)}});
}

AuditNote note_of_row(std::int64_t id, const AlertChange& change) {
    const Alert& alert = change.alert;
    return note_of(EntryAccount{
        "alert-changed",
        id,
        fmt::format(
            "unit={} indicator={} day={} from={} to={} cause={} counts={}",
            change.key.unit,
            change.key.indicator,
            thidua::to_text(change.seen.day),
            to_text(change.from),
            to_text(alert.state),
            to_text(change.seen.cause),
            counts_field(change.seen.counts)
        ),
        {change.key.unit,
         change.key.indicator,
         thidua::to_text(change.seen.day),
         std::string(to_text(change.from)),
         std::string(to_text(alert.state)),
         std::string(to_text(alert.held)),
         alert.is_recovering ? "recovering" : "",
         std::to_string(alert.run),
         field_of(alert.since),
         field_of(alert.frozen_since),
         std::string(to_text(change.seen.cause)),
         counts_field(change.seen.counts),
         change.seen.source,
         field_of(change.at)}});
}

AuditNote note_of_row(std::int64_t id, const StepTaken& step) {
    return note_of(EntryAccount{
        "alert-step",
        id,
        fmt::format(
            "unit={} indicator={} step={} edition={}",
            step.key.unit,
            step.key.indicator,
            to_text(step.step),
            step.edition
        ),
        {step.key.unit,
         step.key.indicator,
         std::string(to_text(step.step)),
         thidua::to_text(step.day),
         step.edition,
         field_of(step.at)}});
}

Result<void> for_each_alert_day(
    Store& store, Instant known_at, const std::function<void(AlertDay day)>& visit
) {
    constexpr std::string_view select =
        "SELECT day, known_at, figures FROM alert_day WHERE agency = ? AND known_at <= ?"
        " ORDER BY day";
    return for_each_entry(store, select, known_at, [&](const Statement& row) {
        AlertDay day;
        day.day = day_or_null(row, 0).value_or(Day{});
        day.known_at = row.instant_or_null(1).value_or(Instant{});
        day.figures = static_cast<int>(row.integer(2));
        visit(std::move(day));
    });
}

AlertChange read_change(const Statement& row) {
    AlertChange change;
    change.key = {row.text(1), row.text(2)};
    change.seen.day = day_or_null(row, 3).value_or(Day{});
    // The table has no other words.
    change.from = parse_alert_state(row.text(4)).value_or(AlertState::Undetermined);
    change.alert.state = parse_alert_state(row.text(5)).value_or(AlertState::Undetermined);
    change.alert.held = parse_alert_state(row.text(6)).value_or(AlertState::Inactive);
    change.alert.is_recovering = row.integer(7) != 0;
    change.alert.run = static_cast<int>(row.integer(8));
    change.alert.since = day_or_null(row, 9);
    change.alert.frozen_since = day_or_null(row, 10);
    change.seen.cause = parse_alert_cause(row.text(11)).value_or(AlertCause::Unknown);
    const auto numerator = row.integer_or_null(12);
    const auto denominator = row.integer_or_null(13);
    if (numerator && denominator) {
        change.seen.counts = Ratio{*numerator, *denominator};
    }
    change.seen.source = row.text(14);
    change.at = row.instant_or_null(15).value_or(Instant{});
    return change;
}

using VisitChange = std::function<void(std::int64_t id, AlertChange change)>;

Result<void> for_each_change(Store& store, Instant known_at, const VisitChange& visit) {
    constexpr std::string_view select =
        "SELECT id, unit, indicator, day, was, state, held, recovering, run, since, frozen_since,"
        " cause, numerator, denominator, source, recorded_at FROM alert_change"
        " WHERE agency = ? AND recorded_at <= ? ORDER BY id";
    return for_each_entry(store, select, known_at, [&](const Statement& row) {
        visit(row.integer(0), read_change(row));
    });
}

using VisitStep = std::function<void(std::int64_t id, StepTaken step)>;

Result<void> for_each_step(Store& store, Instant known_at, const VisitStep& visit) {
    constexpr std::string_view select =
        "SELECT id, unit, indicator, step, day, edition, recorded_at FROM alert_step"
        " WHERE agency = ? AND recorded_at <= ? ORDER BY id";
    return for_each_entry(store, select, known_at, [&](const Statement& row) {
        visit(
            row.integer(0),
            {{row.text(1), row.text(2)},
             parse_alert_step(row.text(3)).value_or(AlertStep::First),
             day_or_null(row, 4).value_or(Day{}),
             row.text(5),
             row.instant_or_null(6).value_or(Instant{})}
        );
    });
}

Result<void> insert(Statement& add, std::int64_t id, const AlertChange& change) {
    const Alert& alert = change.alert;
    const auto& counts = change.seen.counts;
    using Number = std::optional<std::int64_t>;
    return add.run(
        agency,
        id,
        change.key.unit,
        change.key.indicator,
        day_number(change.seen.day),
        to_text(change.from),
        to_text(alert.state),
        to_text(alert.held),
        alert.is_recovering,
        alert.run,
        day_number(alert.since),
        day_number(alert.frozen_since),
        to_text(change.seen.cause),
        counts ? Number(counts->numerator) : Number(),
        counts ? Number(counts->denominator) : Number(),
        change.seen.source,
        change.at
    );
}

Result<void> insert(Statement& add, std::int64_t id, const StepTaken& step) {
    return add.run(
        agency,
        id,
        step.key.unit,
        step.key.indicator,
        to_text(step.step),
        day_number(step.day),
        step.edition,
        step.at
    );
}

}  // namespace

Result<AlertRecords> Store::alerts(Instant known_at) {
    AlertRecords records;
    auto read = for_each_alert_day(*this, known_at, [&](AlertDay day) {
        records.days.push_back(std::move(day));
    });
    read = read ? for_each_change(
                      *this,
                      known_at,
                      [&](std::int64_t, AlertChange change) {
                          records.changes.push_back(std::move(change));
                      }
                  )
                : read;
    read = read
               ? for_each_step(
                     *this,
                     known_at,
                     [&](std::int64_t, StepTaken step) { records.steps.push_back(std::move(step)); }
                 )
               : read;
    return read ? Result<AlertRecords>(std::move(records)) : failed("alerts", read.error());
}

Result<bool> Store::record_alerts(const AlertDay& day) {
    auto add_day =
        statement("INSERT INTO alert_day (agency, day, known_at, figures) VALUES (?, ?, ?, ?)");
    auto add_change = statement(
        "INSERT INTO alert_change (agency, id, unit, indicator, day, was, state, held, recovering,"
        " run, since, frozen_since, cause, numerator, denominator, source, recorded_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    auto add_step = statement(
        "INSERT INTO alert_step (agency, id, unit, indicator, step, day, edition, recorded_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    );
    if (!add_day || !add_change || !add_step) {
        return failed(
            "record alerts",
            !add_day      ? add_day.error()
            : !add_change ? add_change.error()
                          : add_step.error()
        );
    }
    const auto on_file = alerts(ever);
    if (!on_file) {
        return std::unexpected(on_file.error());
    }
    if (!on_file->days.empty() && day.day <= on_file->days.back().day) {
        return false;
    }
    const auto done = in_transaction([&] {
        auto written = (*add_day)->run(agency, day_number(day.day), day.known_at, day.figures);
        written = written ? audit(day.known_at, note_of_row(day)) : written;
        auto change_id = std::ssize(on_file->changes);
        for (const AlertChange& change : day.changes) {
            written = written ? insert(**add_change, ++change_id, change) : written;
            written = written ? audit(change.at, note_of_row(change_id, change)) : written;
        }
        auto step_id = std::ssize(on_file->steps);
        for (const StepTaken& step : day.steps) {
            written = written ? insert(**add_step, ++step_id, step) : written;
            written = written ? audit(step.at, note_of_row(step_id, step)) : written;
        }
        return written;
    });
    return done ? Result<bool>(true) : failed("record alerts", done.error());
}

Result<std::vector<std::string>> Store::untold_editions() {
    auto find = statement(
        "SELECT DISTINCT s.edition FROM alert_step s LEFT JOIN edition e"
        " ON e.agency = s.agency AND e.id = s.edition"
        " WHERE s.agency = ? AND s.edition <> '' AND e.id IS NULL ORDER BY s.edition"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<std::string> editions;
    (*find)->bind(agency);
    const auto read =
        (*find)->for_each_row([&](const Statement& row) { editions.push_back(row.text(0)); });
    return read ? Result<std::vector<std::string>>(std::move(editions))
                : failed("untold editions", read.error());
}

Result<void> add_alert_notes(Store& store, std::vector<AuditNote>& notes) {
    auto done = for_each_alert_day(store, ever, [&](const AlertDay& day) {
        notes.push_back(note_of_row(day));
    });
    done = done ? for_each_change(
                      store,
                      ever,
                      [&](std::int64_t id, const AlertChange& change) {
                          notes.push_back(note_of_row(id, change));
                      }
                  )
                : done;
    return done ? for_each_step(
                      store,
                      ever,
                      [&](std::int64_t id, const StepTaken& step) {
                          notes.push_back(note_of_row(id, step));
                      }
                  )
                : done;
}

}  // namespace thidua::store
