// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/catalogue.hpp"

#include "core/text.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"
#include "store/versions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace thidua::store {
namespace {

std::vector<std::string> units_of(std::string_view text) {
    std::vector<std::string> units;
    while (!text.empty()) {
        const std::size_t length = std::min(text.find(' '), text.size());
        units.emplace_back(text.substr(0, length));
        text.remove_prefix(std::min(length + 1, text.size()));
    }
    return units;
}

/// Columns code, name, level, fee_bearing, units, is_listed, from the first one on.
ListedProcedure listed_procedure(const Statement& row) {
    ListedProcedure listed;
    listed.record.code = row.text(0);
    listed.record.name = row.text(1);
    if (const auto level = row.integer_or_null(2)) {
        listed.record.level = static_cast<Level>(*level);
    }
    if (const auto fee_bearing = row.integer_or_null(3)) {
        listed.record.fee_bearing = *fee_bearing != 0;
    }
    listed.record.unit_codes = units_of(row.text(4));
    listed.is_listed = row.integer(5) != 0;
    return listed;
}

}  // namespace

Result<ListedProcedures> listed_procedures(Store& store, std::int64_t source) {
    auto find = store.statement(
        "SELECT code, name, level, fee_bearing, units, is_listed FROM procedure_version"
        " WHERE agency = ? AND source = ? ORDER BY code, slice"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    ListedProcedures procedures;
    (*find)->bind(agency, source);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        ListedProcedure listed = listed_procedure(row);
        procedures.insert_or_assign(listed.record.code, std::move(listed));
    });
    return read ? Result<ListedProcedures>(std::move(procedures)) : std::unexpected(read.error());
}

std::vector<ListedProcedure> catalogue_news(
    const ListedProcedures& known, std::span<const ProcedureRecord> records, bool is_whole
) {
    std::vector<ListedProcedure> news;
    std::set<std::string_view> said;
    for (const ProcedureRecord& record : records) {
        said.insert(record.code);
        const auto place = known.find(record.code);
        const ListedProcedure now{record};
        if (place == known.end() || place->second != now) {
            news.push_back(now);
        }
    }
    for (const auto& [code, before] : known) {
        if (is_whole && before.is_listed && !said.contains(code)) {
            news.push_back({before.record, /*is_listed=*/false});
        }
    }
    return news;
}

Result<void> Versions::add(std::span<const ProcedureRecord> records, bool is_whole) {
    if (records.empty() && !is_whole) {
        return {};
    }
    const auto known = listed_procedures(store_, source_);
    auto put = store_.statement(
        "INSERT INTO procedure_version"
        " (agency, source, code, slice, name, level, fee_bearing, units, is_listed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    if (!known || !put) {
        return std::unexpected(known ? put.error() : known.error());
    }
    for (const ListedProcedure& listed : catalogue_news(*known, records, is_whole)) {
        const ProcedureRecord& record = listed.record;
        std::optional<std::int64_t> level;
        if (record.level) {
            level = static_cast<std::int64_t>(*record.level);
        }
        std::optional<std::int64_t> fee_bearing;
        if (record.fee_bearing) {
            fee_bearing = *record.fee_bearing ? 1 : 0;
        }
        auto added = (*put)->run(
            agency,
            source_,
            record.code,
            slice_,
            record.name,
            level,
            fee_bearing,
            fmt::format("{}", fmt::join(record.unit_codes, " ")),
            listed.is_listed ? 1 : 0
        );
        if (!added) {
            return added;
        }
        ++opened_;
    }
    return {};
}

Result<std::vector<CatalogueEntry>> Store::catalogue(Instant known_at) {
    const auto known_slice = slice_known_at(known_at);
    auto find = statement(
        "SELECT p.code, p.name, p.level, p.fee_bearing, p.units, p.is_listed, s.name,"
        " l.published_at FROM procedure_version p"
        " JOIN source s ON s.agency = p.agency AND s.id = p.source"
        " JOIN slice l ON l.agency = p.agency AND l.id = p.slice"
        " WHERE p.agency = ? AND p.slice <= ? ORDER BY p.source, p.code, p.slice"
    );
    if (!known_slice || !find) {
        return failed("catalogue", known_slice ? find.error() : known_slice.error());
    }
    std::vector<CatalogueEntry> entries;
    (*find)->bind(agency, *known_slice);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        ListedProcedure listed = listed_procedure(row);
        entries.push_back(
            {row.text(6), *row.instant_or_null(7), std::move(listed.record), listed.is_listed}
        );
    });
    return read ? Result<std::vector<CatalogueEntry>>(std::move(entries))
                : failed("catalogue", read.error());
}

Result<std::vector<std::string>> Store::open_procedures(
    std::span<const std::string> configured,
    std::string_view look_up_source,
    Instant now,
    LookUpScope scope
) {
    const auto asked = find_source_id(look_up_source);
    auto named = statement(
        "SELECT value FROM dictionary WHERE agency = ? AND kind = ?"
        " UNION SELECT code FROM procedure_version WHERE agency = ?"
    );
    auto waiting = statement(
        "SELECT reference FROM look_up WHERE agency = ? AND source = ?"
        " AND next_at IS NOT NULL AND next_at > ?"
    );
    if (!asked || !named || !waiting) {
        return std::unexpected(!asked ? asked.error() : !named ? named.error() : waiting.error());
    }
    std::set<std::string> codes(configured.begin(), configured.end());
    (*named)->bind(agency, static_cast<int>(Term::Procedure), agency);
    auto read = (*named)->for_each_row([&](const Statement& row) { codes.insert(row.text(0)); });
    if (read && *asked && scope == LookUpScope::Due) {
        (*waiting)->bind(agency, **asked, now);
        read = (*waiting)->for_each_row([&](const Statement& row) { codes.erase(row.text(0)); });
    }
    if (!read) {
        return failed("open procedures", read.error());
    }
    codes.erase("");
    return std::vector<std::string>(codes.begin(), codes.end());
}

}  // namespace thidua::store
