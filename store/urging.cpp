// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The urging ledger: letters that were drafted, and units that were urged.
#include "store/entries.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace thidua::store {
namespace {

AuditNote note_of_row(const Urging& urging) {
    return note_of(EntryAccount{
        "urging",
        urging.id,
        fmt::format(
            "unit={} indicator={} kind={} day={} by={}",
            urging.unit,
            urging.indicator,
            to_text(urging.kind),
            thidua::to_text(urging.day),
            urging.by
        ),
        {urging.unit,
         urging.indicator,
         std::string(to_text(urging.kind)),
         thidua::to_text(urging.day),
         urging.by,
         urging.document,
         urging.note,
         field_of(urging.at)}});
}

Result<void> for_each_urging(
    Store& store, Instant known_at, const std::function<void(Urging urging)>& visit
) {
    constexpr std::string_view select =
        "SELECT id, unit, indicator, kind, day, recorded_by, document, note, recorded_at"
        " FROM urging WHERE agency = ? AND recorded_at <= ? ORDER BY id";
    return for_each_entry(store, select, known_at, [&](const Statement& row) {
        visit(
            {row.integer(0),
             row.text(1),
             row.text(2),
             // The table has no other words.
             parse_urging_kind(row.text(3)).value_or(UrgingKind::Drafted),
             day_or_null(row, 4).value_or(Day{}),
             row.text(5),
             row.text(6),
             row.text(7),
             row.instant_or_null(8).value_or(Instant{})}
        );
    });
}

/// Apart from when it was put on file, and under which number.
bool say_the_same(Urging left, const Urging& right) {
    left.id = right.id;
    left.at = right.at;
    return left == right;
}

}  // namespace

Result<std::vector<Urging>> Store::urgings(Instant known_at) {
    std::vector<Urging> urgings;
    const auto read = for_each_urging(*this, known_at, [&](Urging urging) {
        urgings.push_back(std::move(urging));
    });
    return read ? Result<std::vector<Urging>>(std::move(urgings)) : failed("urgings", read.error());
}

Result<std::int64_t> Store::record_urgings(std::span<const Urging> urgings) {
    auto add = statement(
        "INSERT INTO urging (agency, id, unit, indicator, kind, day, recorded_by, document, note,"
        " recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    const auto on_file = this->urgings(ever);
    if (!add || !on_file) {
        return failed("record urgings", add ? on_file.error() : add.error());
    }
    std::vector<Urging> known = *on_file;
    const std::size_t known_before = known.size();
    for (const Urging& urging : urgings) {
        const bool is_news = std::ranges::none_of(known, [&](const Urging& one) {
            return say_the_same(one, urging);
        });
        if (is_news) {
            known.push_back(urging);
            known.back().id = std::ssize(known);
        }
    }
    const std::span<const Urging> news = std::span(known).subspan(known_before);
    const auto write = [&](const Urging& one) {
        auto done = (*add)->run(
            agency,
            one.id,
            one.unit,
            one.indicator,
            to_text(one.kind),
            day_number(one.day),
            one.by,
            one.document,
            one.note,
            one.at
        );
        return done ? audit(one.at, note_of_row(one)) : done;
    };
    const auto done = news.empty() ? Result<void>{} : in_transaction([&] {
        Result<void> written;
        for (const Urging& one : news) {
            written = written ? write(one) : written;
        }
        return written;
    });
    return done ? Result<std::int64_t>(std::ssize(news)) : failed("record urgings", done.error());
}

Result<void> add_urging_notes(Store& store, std::vector<AuditNote>& notes) {
    return for_each_urging(store, ever, [&](const Urging& urging) {
        notes.push_back(note_of_row(urging));
    });
}

}  // namespace thidua::store
