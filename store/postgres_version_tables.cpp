// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_version_tables.hpp"

#include "store/postgres.hpp"
#include "store/postgres_row.hpp"
#include "store/postgres_values.hpp"
#include "store/row_columns.hpp"
#include "store/schema.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>

namespace thidua::store {
namespace {

const std::string largest_sql =
    fmt::format("SELECT coalesce(max(id), 0) FROM dossier WHERE agency = {}", agency);

const std::string largest_alias_sql =
    fmt::format("SELECT coalesce(max(number), 0) FROM alias WHERE agency = {}", agency);

// Whoever looks up keys below goes from each key to its rows (LATERAL), behind a fence that keeps
// the planner from turning that around (OFFSET 0). Of a table that grew since the server last
// counted its rows, which it notices after minutes, it would otherwise read all rows of the agency:
// a first load would go through the whole table with each slice.

const std::string look_sql = fmt::format(
    "SELECT d.id, d.content, d.slice FROM unnest($1) AS k (id), LATERAL"
    " (SELECT id, content, slice FROM dossier WHERE agency = {} AND id = k.id OFFSET 0) d",
    agency
);

const std::string read_sql = fmt::format(
    "SELECT d.* FROM unnest($1) AS k (id), LATERAL"
    " (SELECT {} FROM dossier WHERE agency = {} AND id = k.id OFFSET 0) d ORDER BY d.id",
    row_columns,
    agency
);

const std::string facts_sql = fmt::format(
    "SELECT p.* FROM unnest($1) AS k (reference), LATERAL"
    " (SELECT reference, source, state, settled_at FROM payment"
    " WHERE agency = {} AND reference = k.reference OFFSET 0) p ORDER BY p.reference, p.source",
    agency
);

const std::string aliases_sql = fmt::format(
    "SELECT a.* FROM unnest($1) AS k (number), LATERAL"
    " (SELECT number, stands_for FROM alias WHERE agency = {} AND number = k.number OFFSET 0) a"
    " ORDER BY a.number",
    agency
);

const std::string copy_history_sql = fmt::format(
    "COPY dossier_history (agency, {}, until_slice) FROM STDIN (FORMAT binary)", row_columns
);

const std::string copy_sql =
    fmt::format("COPY dossier (agency, {}) FROM STDIN (FORMAT binary)", row_columns);

const std::string drop_sql = fmt::format(
    "DELETE FROM dossier WHERE ctid = ANY (ARRAY (SELECT d.place FROM unnest($1) AS k (id), LATERAL"
    " (SELECT ctid AS place FROM dossier WHERE agency = {} AND id = k.id OFFSET 0) d))",
    agency
);

const std::string links_sql = fmt::format(
    "SELECT l.* FROM unnest($1) AS k (reference), LATERAL"
    " (SELECT reference, dossier FROM payment_link"
    " WHERE agency = {} AND reference = k.reference OFFSET 0) l",
    agency
);

constexpr const char* copy_links_sql =
    "COPY payment_link (agency, reference, dossier) FROM STDIN (FORMAT binary)";

const std::string unlink_sql = fmt::format(
    "DELETE FROM payment_link WHERE ctid = ANY (ARRAY (SELECT l.place"
    " FROM unnest($1, $2) AS k (reference, dossier), LATERAL (SELECT ctid AS place"
    " FROM payment_link WHERE agency = {} AND reference = k.reference AND dossier = k.dossier"
    " OFFSET 0) l))",
    agency
);

const std::string add_aliases_sql = fmt::format(
    "INSERT INTO alias (agency, number, stands_for) SELECT {}, * FROM unnest($1, $2)", agency
);

const std::string rollups_sql = fmt::format(
    "SELECT r.* FROM unnest($1, $2, $3) AS k (day, source, unit), LATERAL"
    " (SELECT day, source, unit, counts, paid FROM rollup"
    " WHERE agency = {} AND day = k.day AND source = k.source AND unit = k.unit OFFSET 0) r"
    " ORDER BY r.day, r.source, r.unit",
    agency
);

const std::string drop_rollups_sql = fmt::format(
    "DELETE FROM rollup WHERE ctid = ANY (ARRAY (SELECT r.place"
    " FROM unnest($1, $2, $3) AS k (day, source, unit), LATERAL (SELECT ctid AS place FROM rollup"
    " WHERE agency = {} AND day = k.day AND source = k.source AND unit = k.unit OFFSET 0) r))",
    agency
);

constexpr const char* copy_rollups_sql =
    "COPY rollup (agency, day, source, unit, counts, paid) FROM STDIN (FORMAT binary)";

PostgresArray array_of(std::span<const std::int64_t> values) {
    PostgresArray array(PostgresArray::Of::Integers);
    for (const std::int64_t value : values) {
        array.add(value);
    }
    return array;
}

/// Columns of integers side by side, to be unnested into rows.
template <std::size_t Width>
class Columns {
  public:
    void add(const std::array<std::int64_t, Width>& row) {
        for (std::size_t column = 0; column < Width; ++column) {
            arrays_[column].add(row[column]);
        }
    }
    [[nodiscard]] const std::vector<PostgresArray>& arrays() const { return arrays_; }

  private:
    std::vector<PostgresArray> arrays_ =
        std::vector<PostgresArray>(Width, PostgresArray(PostgresArray::Of::Integers));
};

Columns<3> columns_of(std::span<const RollupKey> keys) {
    Columns<3> columns;
    for (const RollupKey& key : keys) {
        columns.add({key.day, key.source, key.unit});
    }
    return columns;
}

class PostgresVersionTables final : public VersionTables {
  public:
    explicit PostgresVersionTables(PostgresDatabase& database) : database_(database) {}

    Result<std::int64_t> largest_id() override { return number_of(largest_sql); }

    Result<std::vector<std::optional<KnownVersion>>> look(std::span<const std::int64_t> ids
    ) override {
        std::vector<std::optional<KnownVersion>> known(ids.size());
        auto read = for_rows(look_sql, ids, [&](const PGresult* rows, int row) {
            const auto found = std::ranges::lower_bound(ids, integer_at(rows, row, 0));
            known[static_cast<std::size_t>(found - ids.begin())] =
                KnownVersion{integer_at(rows, row, 1), integer_at(rows, row, 2)};
        });
        if (!read) {
            return std::unexpected(read.error());
        }
        return known;
    }

    Result<std::vector<DossierRow>> read(std::span<const std::int64_t> ids) override {
        std::vector<DossierRow> found;
        auto read = for_rows(read_sql, ids, [&](const PGresult* rows, int row) {
            found.push_back(row_at(rows, row));
        });
        if (!read) {
            return std::unexpected(read.error());
        }
        return found;
    }

    Result<std::vector<PaymentFact>> facts(std::span<const std::string> references) override {
        std::vector<PaymentFact> facts;
        if (references.empty()) {
            return facts;
        }
        PostgresArray wanted(PostgresArray::Of::Texts);
        for (const std::string& reference : references) {
            wanted.add(reference);
        }
        const auto found = database_.run_with(facts_sql, {&wanted, 1});
        if (!found) {
            return std::unexpected(found.error());
        }
        const PGresult* rows = found->get();
        for (int row = 0; row < PQntuples(rows); ++row) {
            facts.push_back(
                {text_at(rows, row, 0),
                 integer_at(rows, row, 1),
                 static_cast<PaymentState>(integer_at(rows, row, 2)),
                 instant_at(rows, row, 3)}
            );
        }
        return facts;
    }

    Result<std::vector<Alias>> aliases(std::span<const std::int64_t> numbers) override {
        const auto largest = number_of(largest_alias_sql);
        if (!largest) {
            return std::unexpected(largest.error());
        }
        const auto behind = std::ranges::upper_bound(numbers, *largest);  // never given up
        numbers = numbers.first(static_cast<std::size_t>(behind - numbers.begin()));
        std::vector<Alias> aliases;
        auto read = for_rows(aliases_sql, numbers, [&](const PGresult* rows, int row) {
            aliases.push_back({integer_at(rows, row, 0), integer_at(rows, row, 1)});
        });
        if (!read) {
            return std::unexpected(read.error());
        }
        return aliases;
    }

    Result<void> write(const VersionBatch& batch) override {
        Result<void> done = close(batch.closed);
        done = done ? make_room(batch) : done;
        done = done ? put(batch.opened) : done;
        done = done ? unlink(batch.unlinked) : done;
        done = done ? link(batch.links) : done;
        return done ? add_aliases(batch.aliases) : done;
    }

    Result<std::vector<RollupRow>> read_rollups(std::span<const RollupKey> keys) override {
        std::vector<RollupRow> rows;
        if (keys.empty()) {
            return rows;
        }
        const auto found = database_.run_with(rollups_sql, columns_of(keys).arrays());
        if (!found) {
            return std::unexpected(found.error());
        }
        const PGresult* there = found->get();
        for (int row = 0; row < PQntuples(there); ++row) {
            rows.push_back(
                {{integer_at(there, row, 0), integer_at(there, row, 1), integer_at(there, row, 2)},
                 text_at(there, row, 3),
                 text_at(there, row, 4)}
            );
        }
        return rows;
    }

    Result<void> write_rollups(const RollupBatch& batch) override {
        auto done = change(drop_rollups_sql, columns_of(batch.replaced).arrays());
        done = done ? change(drop_rollups_sql, columns_of(batch.ended).arrays()) : done;
        if (!done || batch.rows.empty()) {
            return done;
        }
        CopyRows rows(6);
        for (const auto& [key, counts, paid] : batch.rows) {
            rows.row().add(std::int64_t{agency}).add(key.day).add(key.source).add(key.unit);
            rows.add(std::string_view(counts)).add(std::string_view(paid));
        }
        return database_.copy_in(copy_rollups_sql, rows.finish());
    }

  private:
    Result<std::int64_t> number_of(const std::string& sql) {
        const auto rows = database_.run_with(sql, {});
        return rows ? Result<std::int64_t>(integer_at(rows->get(), 0, 0))
                    : std::unexpected(rows.error());
    }

    template <class Visit>
    Result<void> for_rows(const std::string& sql, std::span<const std::int64_t> keys, Visit visit) {
        if (keys.empty()) {
            return {};
        }
        const PostgresArray wanted = array_of(keys);
        const auto rows = database_.run_with(sql, {&wanted, 1});
        if (!rows) {
            return std::unexpected(rows.error());
        }
        for (int row = 0; row < PQntuples(rows->get()); ++row) {
            visit(rows->get(), row);
        }
        return {};
    }

    Result<void> change(const std::string& sql, std::span<const PostgresArray> values) {
        if (values[0].empty()) {
            return {};
        }
        const auto done = database_.run_with(sql, values);
        return done ? Result<void>{} : std::unexpected(done.error());
    }

    Result<void> close(const std::vector<ClosedVersion>& versions) {
        if (versions.empty()) {
            return {};
        }
        CopyRows rows(row_fields + 2);
        for (const ClosedVersion& version : versions) {
            add_row(rows, version.row);
            rows.add(version.until_slice);
        }
        return database_.copy_in(copy_history_sql, rows.finish());
    }

    /// Removes what ends and what is replaced, so that all that is opened can be copied straight
    /// into the table: as cheap as an update, which leaves the old row behind too.
    Result<void> make_room(const VersionBatch& batch) {
        const auto largest = largest_id();
        if (!largest) {
            return std::unexpected(largest.error());
        }
        PostgresArray gone = array_of(batch.ended);
        for (const DossierRow& row : batch.opened) {
            if (row.id <= *largest) {
                gone.add(row.id);
            }
        }
        return change(drop_sql, {&gone, 1});
    }

    Result<void> put(const std::vector<DossierRow>& opened) {
        if (opened.empty()) {
            return {};
        }
        CopyRows rows(row_fields + 1);
        for (const DossierRow& row : opened) {
            add_row(rows, row);
        }
        return database_.copy_in(copy_sql, rows.finish());
    }

    Result<void> unlink(const std::vector<PaymentLink>& links) {
        std::array columns{
            PostgresArray(PostgresArray::Of::Texts), PostgresArray(PostgresArray::Of::Integers)};
        for (const PaymentLink& link : links) {
            columns[0].add(link.reference);
            columns[1].add(link.dossier);
        }
        return change(unlink_sql, columns);
    }

    /// Looks which are there and copies the others: cheaper than ON CONFLICT, and safe, since a
    /// transaction that writes is alone.
    Result<void> link(const std::vector<PaymentLink>& links) {
        if (links.empty()) {
            return {};
        }
        using Pair = std::pair<std::string_view, std::int64_t>;
        std::vector<Pair> wanted;  // by reference, as the index goes
        for (const PaymentLink& link : links) {
            wanted.emplace_back(link.reference, link.dossier);
        }
        std::ranges::sort(wanted);
        wanted.erase(std::ranges::unique(wanted).begin(), wanted.end());
        PostgresArray references(PostgresArray::Of::Texts);
        for (const auto& [reference, dossier] : wanted) {
            references.add(reference);
        }
        const auto there = database_.run_with(links_sql, {&references, 1});
        if (!there) {
            return std::unexpected(there.error());
        }
        std::set<std::pair<std::string, std::int64_t>, std::less<>> known;
        for (int row = 0; row < PQntuples(there->get()); ++row) {
            known.emplace(text_at(there->get(), row, 0), integer_at(there->get(), row, 1));
        }
        CopyRows rows(3);
        for (const auto& [reference, dossier] : wanted) {
            if (known.empty() || !known.contains(std::pair(std::string(reference), dossier))) {
                rows.row().add(std::int64_t{agency}).add(reference).add(dossier);
            }
        }
        return database_.copy_in(copy_links_sql, rows.finish());
    }

    Result<void> add_aliases(const std::vector<Alias>& aliases) {
        Columns<2> rows;
        for (const Alias& alias : aliases) {
            rows.add({alias.number, alias.stands_for});
        }
        return change(add_aliases_sql, rows.arrays());
    }

    PostgresDatabase& database_;
};

}  // namespace

std::unique_ptr<VersionTables> make_postgres_version_tables(PostgresDatabase& database) {
    return std::make_unique<PostgresVersionTables>(database);
}

}  // namespace thidua::store
