// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The codes by which records name units, and what people decided about them.
#include "store/entries.hpp"
#include "store/rollup_row.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <map>

namespace thidua::store {
namespace {

/// Dossiers that were received, in a row of the rollups.
Result<std::int64_t> received(const RollupRow& row) {
    RollupChange sums;
    if (auto read = unpack(row, sums); !read) {
        return std::unexpected(read.error());
    }
    std::int64_t count = 0;
    for (const auto& [key, counts] : sums.days) {
        count += counts.received;
    }
    return count;
}

}  // namespace

Result<std::vector<UnitAlias>> Store::unit_aliases() {
    auto find = statement(
        "SELECT code, unit, from_day, decided_by, decided_at FROM unit_alias WHERE agency = ?"
        " ORDER BY code"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<UnitAlias> aliases;
    (*find)->bind(agency);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        aliases.push_back(
            {row.text(0),
             row.text(1),
             day_or_null(row, 2),
             row.text(3),
             row.instant_or_null(4).value_or(Instant{})}
        );
    });
    return read ? Result<std::vector<UnitAlias>>(std::move(aliases))
                : failed("unit aliases", read.error());
}

Result<void> Store::map_unit(const UnitAlias& alias) {
    auto put = statement(
        "INSERT INTO unit_alias (agency, code, unit, from_day, decided_by, decided_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (agency, code) DO UPDATE SET unit = excluded.unit,"
        " from_day = excluded.from_day, decided_by = excluded.decided_by,"
        " decided_at = excluded.decided_at"
    );
    if (!put) {
        return std::unexpected(put.error());
    }
    const AliasAccount account{alias.code, alias.unit, alias.from, alias.decided_by};
    auto done = record(alias.decided_at, note_of(account), [&] {
        return (*put)->run(
            agency,
            alias.code,
            alias.unit,
            day_number(alias.from),
            alias.decided_by,
            alias.decided_at
        );
    });
    return done ? done : failed("units map", done.error());
}

Result<std::vector<UnitCode>> Store::unit_codes(std::string_view source) {
    const auto number = find_source_id(source);
    auto find = statement(
        "SELECT day, source, unit, counts, paid FROM rollup WHERE agency = ? AND source = ?"
        " ORDER BY day, unit"
    );
    if (!number || !find) {
        return std::unexpected(number ? find.error() : number.error());
    }
    std::map<std::int64_t, UnitCode> found;  // by the dictionary's number
    Result<void> counted;
    (*find)->bind(agency, number->value_or(0));
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        const RollupRow stored{
            {row.integer(0), row.integer(1), row.integer(2)}, row.text(3), row.text(4)};
        const auto count = received(stored);
        counted = count ? counted : std::unexpected(count.error());
        const Day day{std::chrono::days{stored.key.day}};
        UnitCode& unit =
            found.try_emplace(stored.key.unit, UnitCode{{}, 0, day, day}).first->second;
        unit.dossiers += count.value_or(0);
        unit.last = day;
    });
    if (!read || !counted) {
        return failed("unit codes", read ? counted.error() : read.error());
    }
    std::vector<UnitCode> codes;
    for (auto& [unit, code] : found) {
        auto text = dictionary_.text(*this, Term::Unit, unit);
        if (!text) {
            return failed("unit codes", text.error());
        }
        code.code = *std::move(text);
        codes.push_back(std::move(code));
    }
    std::ranges::sort(codes, {}, &UnitCode::code);
    return codes;
}

}  // namespace thidua::store
