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

const std::string look_sql = fmt::format(
    "SELECT id, content, slice FROM dossier WHERE agency = {} AND id = ANY ($1)", agency
);

const std::string read_sql = fmt::format(
    "SELECT {} FROM dossier WHERE agency = {} AND id = ANY ($1) ORDER BY id", row_columns, agency
);

const std::string facts_sql = fmt::format(
    "SELECT reference, source, state, settled_at FROM payment"
    " WHERE agency = {} AND reference = ANY ($1) ORDER BY reference, source",
    agency
);

const std::string aliases_sql = fmt::format(
    "SELECT number, stands_for FROM alias WHERE agency = {} AND number = ANY ($1) ORDER BY number",
    agency
);

const std::string copy_history_sql = fmt::format(
    "COPY dossier_history (agency, {}, until_slice) FROM STDIN (FORMAT binary)", row_columns
);

const std::string copy_sql =
    fmt::format("COPY dossier (agency, {}) FROM STDIN (FORMAT binary)", row_columns);

const std::string drop_sql =
    fmt::format("DELETE FROM dossier WHERE agency = {} AND id = ANY ($1)", agency);

const std::string links_sql = fmt::format(
    "SELECT reference, dossier FROM payment_link WHERE agency = {} AND reference = ANY ($1)", agency
);

constexpr const char* copy_links_sql =
    "COPY payment_link (agency, reference, dossier) FROM STDIN (FORMAT binary)";

const std::string unlink_sql = fmt::format(
    "DELETE FROM payment_link l USING unnest($1, $2) AS gone (reference, dossier)"
    " WHERE l.agency = {} AND l.reference = gone.reference AND l.dossier = gone.dossier",
    agency
);

const std::string add_aliases_sql = fmt::format(
    "INSERT INTO alias (agency, number, stands_for) SELECT {}, * FROM unnest($1, $2)", agency
);

const std::string add_days_sql = fmt::format(
    "INSERT INTO day_count AS c (agency, day, source, unit, procedure, received, online, owing)"
    " SELECT {}, * FROM unnest($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (agency, day, source, unit, procedure) DO UPDATE SET"
    " received = c.received + excluded.received, online = c.online + excluded.online,"
    " owing = c.owing + excluded.owing",
    agency
);

const std::string drop_days_sql = fmt::format(
    "DELETE FROM day_count c USING unnest($1, $2, $3, $4) AS k (day, source, unit, procedure)"
    " WHERE c.agency = {} AND c.day = k.day AND c.source = k.source AND c.unit = k.unit"
    " AND c.procedure = k.procedure AND c.received = 0 AND c.online = 0 AND c.owing = 0",
    agency
);

const std::string add_paid_sql = fmt::format(
    "INSERT INTO paid_count AS c (agency, day, source, unit, procedure, way, payment_source,"
    " settled_day, dossiers) SELECT {}, * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)"
    " ON CONFLICT (agency, day, source, unit, procedure, way, payment_source, settled_day)"
    " DO UPDATE SET dossiers = c.dossiers + excluded.dossiers",
    agency
);

const std::string drop_paid_sql = fmt::format(
    "DELETE FROM paid_count c USING unnest($1, $2, $3, $4, $5, $6, $7)"
    " AS k (day, source, unit, procedure, way, payment_source, settled_day)"
    " WHERE c.agency = {} AND c.day = k.day AND c.source = k.source AND c.unit = k.unit"
    " AND c.procedure = k.procedure AND c.way = k.way AND c.payment_source = k.payment_source"
    " AND c.settled_day = k.settled_day AND c.dossiers = 0",
    agency
);

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
    [[nodiscard]] bool empty() const { return arrays_[0].empty(); }

  private:
    std::vector<PostgresArray> arrays_ =
        std::vector<PostgresArray>(Width, PostgresArray(PostgresArray::Of::Integers));
};

class PostgresVersionTables final : public VersionTables {
  public:
    explicit PostgresVersionTables(PostgresDatabase& database) : database_(database) {}

    Result<std::int64_t> largest_id() override {
        const auto rows = database_.run_with(largest_sql, {});
        return rows ? Result<std::int64_t>(integer_at(rows->get(), 0, 0))
                    : std::unexpected(rows.error());
    }

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

    Result<void> add(const RollupChange& change) override {
        auto done = add_days(change);
        return done ? add_paid(change) : done;
    }

  private:
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

    Result<void> add_days(const RollupChange& what) {
        Columns<7> added;
        Columns<4> lowered;
        for (const auto& [key, counts] : what.days) {
            added.add(
                {key.day,
                 key.source,
                 key.unit,
                 key.procedure,
                 counts.received,
                 counts.online,
                 counts.owing}
            );
            if (counts.received < 0) {
                lowered.add({key.day, key.source, key.unit, key.procedure});
            }
        }
        auto done = change(add_days_sql, added.arrays());
        return done ? change(drop_days_sql, lowered.arrays()) : done;
    }

    Result<void> add_paid(const RollupChange& what) {
        Columns<8> added;
        Columns<7> lowered;
        for (const auto& [paid, dossiers] : what.paid) {
            const DayKey& key = paid.received;
            const auto way = static_cast<std::int64_t>(paid.way);
            const std::array<std::int64_t, 7> row{
                key.day,
                key.source,
                key.unit,
                key.procedure,
                way,
                paid.payment_source,
                paid.settled_day};
            added.add({row[0], row[1], row[2], row[3], row[4], row[5], row[6], dossiers});
            if (dossiers < 0) {
                lowered.add(row);
            }
        }
        auto done = change(add_paid_sql, added.arrays());
        return done ? change(drop_paid_sql, lowered.arrays()) : done;
    }

    PostgresDatabase& database_;
};

}  // namespace

std::unique_ptr<VersionTables> make_postgres_version_tables(PostgresDatabase& database) {
    return std::make_unique<PostgresVersionTables>(database);
}

}  // namespace thidua::store
