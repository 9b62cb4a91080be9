// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/version_scan.hpp"

#include "store/dossier_key.hpp"
#include "store/row_columns.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace thidua::store {
namespace {

// The uppermost bits of a key are its agency, the five lowest its source (dossier_key.hpp).
const std::string scan_sql = fmt::format(
    "SELECT {0} FROM dossier"
    " WHERE id BETWEEN {1} AND {2} AND slice <= ?1 AND (?2 = 0 OR (id & 31) = ?2)"
    " UNION ALL SELECT {0} FROM dossier_history"
    " WHERE id BETWEEN {1} AND {2} AND slice <= ?1 AND until_slice > ?1"
    " AND (?2 = 0 OR (id & 31) = ?2)",
    row_columns,
    least_key,
    greatest_key
);

constexpr std::string_view facts_sql =
    "SELECT reference, source, state, settled_at, version, slice FROM payment"
    " WHERE agency = ?1 AND slice <= ?2 AND (?3 = 0 OR source = ?3)"
    " UNION ALL SELECT reference, source, state, settled_at, version, slice FROM payment_history"
    " WHERE agency = ?1 AND slice <= ?2 AND until_slice > ?2 AND (?3 = 0 OR source = ?3)";

}  // namespace

Result<void> scan_versions(
    Store& store, const VersionScan& scan, const std::function<void(const DossierRow&)>& visit
) {
    auto find = store.statement(scan_sql);
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(scan.known_slice, scan.source);
    return (*find)->for_each_row([&](const Statement& row) { visit(read_row(row)); });
}

Result<std::vector<PaymentFact>> facts_known(
    Store& store, std::int64_t payment_source, std::int64_t known_slice
) {
    auto find = store.statement(facts_sql);
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<PaymentFact> facts;
    (*find)->bind(agency, known_slice, payment_source);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        PaymentFact& fact = facts.emplace_back();
        fact.reference = row.text(0);
        fact.source = row.integer(1);
        fact.state = static_cast<PaymentState>(row.integer(2));
        fact.settled_at = row.instant_or_null(3);
        fact.version = row.integer(4);
        fact.slice = row.integer(5);
    });
    if (!read) {
        return std::unexpected(read.error());
    }
    // By bytes, as contribution() searches, and not by whatever collation the database has.
    std::ranges::sort(facts, {}, &PaymentFact::reference);
    return facts;
}

}  // namespace thidua::store
