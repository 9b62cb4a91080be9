// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Who had reminders held back, for how long and why.
#include "store/entries.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace thidua::store {
namespace {

AuditNote note_of_row(const Silence& silence) {
    return note_of(EntryAccount{
        "silenced",
        silence.id,
        fmt::format(
            "unit={} indicator={} from={} until={} by={}",
            silence.unit,
            silence.indicator,
            thidua::to_text(silence.from),
            thidua::to_text(silence.until),
            silence.by
        ),
        {silence.unit,
         silence.indicator,
         thidua::to_text(silence.from),
         thidua::to_text(silence.until),
         silence.by,
         silence.reason,
         field_of(silence.at)}});
}

AuditNote note_of_row(std::int64_t silence, const Silence::End& end) {
    return note_of(EntryAccount{
        "silence-ended", silence, fmt::format("by={}", end.by), {end.by, field_of(end.at)}});
}

Result<void> for_each_silence(
    Store& store, Instant known_at, const std::function<void(Silence silence)>& visit
) {
    constexpr std::string_view select =
        "SELECT id, unit, indicator, from_day, until_day, author, reason, recorded_at FROM silence"
        " WHERE agency = ? AND recorded_at <= ? ORDER BY id";
    return for_each_entry(store, select, known_at, [&](const Statement& row) {
        visit(
            {row.integer(0),
             row.text(1),
             row.text(2),
             day_or_null(row, 3).value_or(Day{}),
             day_or_null(row, 4).value_or(Day{}),
             row.text(5),
             row.text(6),
             row.instant_or_null(7).value_or(Instant{}),
             std::nullopt}
        );
    });
}

using VisitEnd = std::function<void(std::int64_t silence, Silence::End end)>;

Result<void> for_each_end(Store& store, Instant known_at, const VisitEnd& visit) {
    constexpr std::string_view select =
        "SELECT silence, author, recorded_at FROM silence_end"
        " WHERE agency = ? AND recorded_at <= ? ORDER BY silence";
    return for_each_entry(store, select, known_at, [&](const Statement& row) {
        visit(row.integer(0), {row.text(1), row.instant_or_null(2).value_or(Instant{})});
    });
}

}  // namespace

Result<std::vector<Silence>> Store::silences(Instant known_at) {
    std::vector<Silence> silences;
    auto read = for_each_silence(*this, known_at, [&](Silence silence) {
        silences.push_back(std::move(silence));
    });
    const auto put_end = [&](std::int64_t id, Silence::End end) {
        const auto place = std::ranges::find(silences, id, &Silence::id);
        if (place != silences.end()) {
            place->end = std::move(end);
        }
    };
    read = read ? for_each_end(*this, known_at, put_end) : read;
    return read ? Result<std::vector<Silence>>(std::move(silences))
                : failed("silences", read.error());
}

Result<std::int64_t> Store::add_silence(Silence silence) {
    auto add = statement(
        "INSERT INTO silence (agency, id, unit, indicator, from_day, until_day, author, reason,"
        " recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    silence.id = 1;
    const auto read =
        for_each_silence(*this, ever, [&](const Silence& one) { silence.id = one.id + 1; });
    if (!add || !read) {
        return failed("add silence", add ? read.error() : add.error());
    }
    const auto done = record(silence.at, note_of_row(silence), [&] {
        return (*add)->run(
            agency,
            silence.id,
            silence.unit,
            silence.indicator,
            day_number(silence.from),
            day_number(silence.until),
            silence.by,
            silence.reason,
            silence.at
        );
    });
    return done ? Result<std::int64_t>(silence.id) : failed("add silence", done.error());
}

Result<void> Store::end_silence(std::int64_t id, const Silence::End& end) {
    auto add = statement(
        "INSERT INTO silence_end (agency, silence, author, recorded_at) VALUES (?, ?, ?, ?)"
    );
    const auto known = silences(ever);
    if (!add || !known) {
        return failed("end silence", add ? known.error() : add.error());
    }
    const auto silence = std::ranges::find(*known, id, &Silence::id);
    if (silence == known->end() || silence->end) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "silence {} {}",
                id,
                silence == known->end() ? "does not exist" : "has ended already"
            )
        );
    }
    auto done = record(end.at, note_of_row(id, end), [&] {
        return (*add)->run(agency, id, end.by, end.at);
    });
    return done ? done : failed("end silence", done.error());
}

Result<void> add_silence_notes(Store& store, std::vector<AuditNote>& notes) {
    auto done = for_each_silence(store, ever, [&](const Silence& silence) {
        notes.push_back(note_of_row(silence));
    });
    return done ? for_each_end(
                      store,
                      ever,
                      [&](std::int64_t silence, const Silence::End& end) {
                          notes.push_back(note_of_row(silence, end));
                      }
                  )
                : done;
}

}  // namespace thidua::store
