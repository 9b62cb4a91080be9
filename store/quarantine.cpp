// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Reads what is kept beside the versions, and writes what people and backfills decide about it.
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

namespace thidua::store {
namespace {

std::int64_t day_number(Day day) {
    return day.time_since_epoch().count();
}

Quarantined read_quarantined(const Statement& row) {
    Quarantined one;
    one.id = row.integer(0);
    one.source = row.text(1);
    one.key = row.text(2);
    one.place = row.text(3);
    one.reason = row.text(4);
    one.record = row.text(5);
    one.first_slice = row.integer(6);
    one.last_slice = row.integer(7);
    one.first_seen = row.instant_or_null(8).value_or(Instant{});
    one.last_seen = row.instant_or_null(9).value_or(Instant{});
    one.state = row.text(10);
    one.decided_by = row.text(11);
    one.decided_at = row.instant_or_null(12);
    one.note = row.text(13);
    return one;
}

}  // namespace

Result<std::vector<Capture>> Store::captures(std::string_view source) {
    auto find = statement(
        "SELECT s.name, c.key, c.slice, c.records, l.sha256, l.bytes FROM capture c"
        " JOIN source s ON s.agency = c.agency AND s.id = c.source"
        " JOIN slice l ON l.agency = c.agency AND l.id = c.slice"
        " WHERE c.agency = ?1 AND (?2 = '' OR s.name = ?2) ORDER BY c.slice"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<Capture> captures;
    (*find)->bind(agency, source);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        captures.push_back(
            {row.text(0), row.text(1), row.integer(2), row.integer(3), row.text(4), row.integer(5)}
        );
    });
    return read ? Result<std::vector<Capture>>(std::move(captures))
                : failed("captures", read.error());
}

Result<std::string> Store::captured(std::string_view source, std::string_view key) {
    auto find = statement(
        "SELECT c.kept FROM capture c JOIN source s ON s.agency = c.agency AND s.id = c.source"
        " WHERE c.agency = ? AND s.name = ? AND c.key = ?"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    auto kept = (*find)->bind(agency, source, key).first_row([](const Statement& row) {
        return row.text(0);
    });
    if (!kept || *kept) {
        return kept ? Result<std::string>(**std::move(kept)) : failed("capture", kept.error());
    }
    return fail(ErrorKind::Usage, fmt::format("nothing is kept of {} of {}", key, source));
}

Result<std::vector<Quarantined>> Store::quarantine(const QuarantineQuery& query) {
    auto find = statement(
        "SELECT q.id, s.name, q.key, q.place, q.reason, q.record, q.first_slice, q.last_slice,"
        " f.published_at, l.published_at, q.state, coalesce(q.decided_by, ''), q.decided_at,"
        " coalesce(q.note, '') FROM quarantine q"
        " JOIN source s ON s.agency = q.agency AND s.id = q.source"
        " LEFT JOIN slice f ON f.agency = q.agency AND f.id = q.first_slice"
        " LEFT JOIN slice l ON l.agency = q.agency AND l.id = q.last_slice"
        " WHERE q.agency = ?1 AND (?2 = '' OR s.name = ?2) AND (?3 = 1 OR q.state = 'open')"
        " AND (?4 = 0 OR q.id = ?4) ORDER BY q.id"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<Quarantined> found;
    const bool is_all = query.which == QuarantineQuery::Which::All || query.id;
    (*find)->bind(agency, query.source, is_all, query.id.value_or(0));
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        found.push_back(read_quarantined(row));
    });
    return read ? Result<std::vector<Quarantined>>(std::move(found))
                : failed("quarantine", read.error());
}

Result<void> Store::drop_quarantined(std::int64_t id, const Ruling& ruling) {
    auto find = statement(
        "SELECT s.name, q.print, q.state FROM quarantine q"
        " JOIN source s ON s.agency = q.agency AND s.id = q.source"
        " WHERE q.agency = ? AND q.id = ?"
    );
    auto drop = statement(
        "UPDATE quarantine SET state = 'dropped', decided_by = ?, decided_at = ?, note = ?"
        " WHERE agency = ? AND id = ?"
    );
    if (!find || !drop) {
        return std::unexpected(find ? drop.error() : find.error());
    }
    DropAccount account{id, {}, ruling.by, {}, ruling.note};
    const auto state = (*find)->bind(agency, id).first_row([&](const Statement& row) {
        account.source = row.text(0);
        account.print = row.text(1);
        return row.text(2);
    });
    if (!state) {
        return failed("quarantine", state.error());
    }
    if (*state != "open") {
        return fail(
            ErrorKind::Usage,
            *state ? fmt::format("quarantine: record {} is {} already", id, **state)
                   : fmt::format("quarantine: there is no record {}", id)
        );
    }
    auto done = record(ruling.at, note_of(account), [&] {
        return (*drop)->run(ruling.by, ruling.at, ruling.note, agency, id);
    });
    return done ? done : failed("quarantine drop", done.error());
}

Result<std::vector<std::string>> Store::backfilled(const BackfillDays& days) {
    const auto source = find_source_id(days.source);
    auto find = statement(
        "SELECT key FROM backfill WHERE agency = ? AND source = ? AND first_day = ?"
        " AND last_day = ? ORDER BY key"
    );
    if (!source || !find) {
        return std::unexpected(source ? find.error() : source.error());
    }
    std::vector<std::string> keys;
    if (!*source) {
        return keys;
    }
    (*find)->bind(agency, **source, day_number(days.first), day_number(days.last));
    const auto read =
        (*find)->for_each_row([&](const Statement& row) { keys.push_back(row.text(0)); });
    return read ? Result<std::vector<std::string>>(std::move(keys))
                : failed("backfill", read.error());
}

Result<void> Store::note_backfilled(const BackfillDays& days, std::string_view key) {
    const auto source = source_id(days.source, RecordKind::Dossiers);  // it is there already
    auto add = statement(
        "INSERT INTO backfill (agency, source, first_day, last_day, key) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (agency, source, first_day, last_day, key) DO NOTHING"
    );
    if (!source || !add) {
        return std::unexpected(source ? add.error() : source.error());
    }
    auto done = (*add)->run(agency, *source, day_number(days.first), day_number(days.last), key);
    return done ? done : failed("backfill", done.error());
}

Result<void> Store::forget_backfill(const BackfillDays& days) {
    const auto source = find_source_id(days.source);
    auto drop = statement(
        "DELETE FROM backfill WHERE agency = ? AND source = ? AND first_day = ? AND last_day = ?"
    );
    if (!source || !drop || !*source) {
        return source && drop ? Result<void>{}
                              : std::unexpected(source ? drop.error() : source.error());
    }
    auto done = (*drop)->run(agency, **source, day_number(days.first), day_number(days.last));
    return done ? done : failed("backfill", done.error());
}

}  // namespace thidua::store
