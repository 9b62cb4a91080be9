// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_version_tables.hpp"

#include "store/database.hpp"
#include "store/row_columns.hpp"
#include "store/schema.hpp"

#include <fmt/format.h>

#include <map>
#include <string_view>
#include <utility>

namespace thidua::store {
namespace {

constexpr std::string_view largest_sql = "SELECT coalesce(max(id), 0) FROM dossier";

constexpr std::string_view look_sql = "SELECT content, slice FROM dossier WHERE id = ?";

const std::string read_sql = fmt::format("SELECT {} FROM dossier WHERE id = ?", row_columns);

const std::string insert_sql = fmt::format(
    "INSERT INTO dossier ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row_columns
);

const std::string put_sql =
    insert_sql +
    (" ON CONFLICT (id) DO UPDATE SET version = excluded.version, slice = excluded.slice,"
     " procedure = excluded.procedure, unit = excluded.unit, channel = excluded.channel,"
     " status = excluded.status, applied_at = excluded.applied_at,"
     " accepted_at = excluded.accepted_at, due_at = excluded.due_at,"
     " finished_at = excluded.finished_at, fee_count = excluded.fee_count,"
     " fee_total = excluded.fee_total, paid_flag = excluded.paid_flag,"
     " payments = excluded.payments, content = excluded.content");

const std::string close_sql = fmt::format(
    "INSERT INTO dossier_history ({}, until_slice)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    row_columns
);

constexpr std::string_view end_sql = "DELETE FROM dossier WHERE id = ?";

constexpr std::string_view link_sql =
    "INSERT INTO payment_link (agency, reference, dossier) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

constexpr std::string_view unlink_sql =
    "DELETE FROM payment_link WHERE agency = ? AND reference = ? AND dossier = ?";

constexpr std::string_view facts_sql =
    "SELECT source, state, settled_at FROM payment WHERE agency = ? AND reference = ?";

constexpr std::string_view alias_sql =
    "SELECT stands_for FROM alias WHERE agency = ? AND number = ?";

constexpr std::string_view largest_alias_sql =
    "SELECT coalesce(max(number), 0) FROM alias WHERE agency = ?";

constexpr std::string_view add_alias_sql =
    "INSERT INTO alias (agency, number, stands_for) VALUES (?, ?, ?)";

constexpr std::string_view rollup_sql =
    "SELECT counts, paid FROM rollup WHERE agency = ? AND day = ? AND source = ? AND unit = ?";

constexpr std::string_view put_rollup_sql =
    "INSERT INTO rollup (agency, day, source, unit, counts, paid) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (agency, day, source, unit)"
    " DO UPDATE SET counts = excluded.counts, paid = excluded.paid";

constexpr std::string_view end_rollup_sql =
    "DELETE FROM rollup WHERE agency = ? AND day = ? AND source = ? AND unit = ?";

class SqliteVersionTables final : public VersionTables {
  public:
    explicit SqliteVersionTables(Database& database) : database_(database) {}

    Result<std::int64_t> largest_id() override { return number_of(largest_sql); }

    Result<std::vector<std::optional<KnownVersion>>> look(std::span<const std::int64_t> ids
    ) override {
        auto find = prepared(look_sql);
        if (!find) {
            return std::unexpected(find.error());
        }
        std::vector<std::optional<KnownVersion>> known;
        known.reserve(ids.size());
        for (const std::int64_t id : ids) {
            const auto row = (*find)->bind(id).step();
            if (!row) {
                return std::unexpected(row.error());
            }
            known.push_back(
                *row ? std::optional(KnownVersion{(*find)->integer(0), (*find)->integer(1)})
                     : std::nullopt
            );
        }
        (*find)->reset();
        return known;
    }

    Result<std::vector<DossierRow>> read(std::span<const std::int64_t> ids) override {
        auto find = prepared(read_sql);
        if (!find) {
            return std::unexpected(find.error());
        }
        std::vector<DossierRow> rows;
        rows.reserve(ids.size());
        for (const std::int64_t id : ids) {
            (*find)->bind(id);
            const auto read =
                (*find)->for_each_row([&](const Statement& row) { rows.push_back(read_row(row)); });
            if (!read) {
                return std::unexpected(read.error());
            }
        }
        return rows;
    }

    Result<std::vector<PaymentFact>> facts(std::span<const std::string> references) override {
        auto find = prepared(facts_sql);
        if (!find) {
            return std::unexpected(find.error());
        }
        std::vector<PaymentFact> facts;
        for (const std::string& reference : references) {
            (*find)->bind(agency, reference);
            const auto read = (*find)->for_each_row([&](const Statement& row) {
                facts.push_back(
                    {reference,
                     row.integer(0),
                     static_cast<PaymentState>(row.integer(1)),
                     row.instant_or_null(2)}
                );
            });
            if (!read) {
                return std::unexpected(read.error());
            }
        }
        return facts;
    }

    Result<std::vector<Alias>> aliases(std::span<const std::int64_t> numbers) override {
        const auto largest = number_of(largest_alias_sql, agency);
        auto find = prepared(alias_sql);
        if (!largest || !find) {
            return std::unexpected(largest ? find.error() : largest.error());
        }
        std::vector<Alias> aliases;
        for (const std::int64_t number : numbers) {
            if (number > *largest) {
                break;  // ascending: none of those that follow was ever given up
            }
            const auto into = (*find)->bind(agency, number).first_row([](const Statement& row) {
                return row.integer(0);
            });
            if (!into) {
                return std::unexpected(into.error());
            }
            if (*into) {
                aliases.push_back({number, **into});
            }
        }
        return aliases;
    }

    Result<void> write(const VersionBatch& batch) override {
        Result<void> done = close(batch.closed);
        done = done ? end(batch.ended) : done;
        done = done ? put(batch.opened) : done;
        done = done ? change_links(unlink_sql, batch.unlinked) : done;
        done = done ? change_links(link_sql, batch.links) : done;
        return done ? add_aliases(batch.aliases) : done;
    }

    Result<std::vector<RollupRow>> read_rollups(std::span<const RollupKey> keys) override {
        auto find = prepared(rollup_sql);
        if (!find) {
            return std::unexpected(find.error());
        }
        std::vector<RollupRow> rows;
        for (const RollupKey& key : keys) {
            (*find)->bind(agency, key.day, key.source, key.unit);
            const auto read = (*find)->for_each_row([&](const Statement& row) {
                rows.push_back({key, row.text(0), row.text(1)});
            });
            if (!read) {
                return std::unexpected(read.error());
            }
        }
        return rows;
    }

    Result<void> write_rollups(const RollupBatch& batch) override {
        auto put = prepared(put_rollup_sql);
        auto end = prepared(end_rollup_sql);
        if (!put || !end) {
            return std::unexpected(put ? end.error() : put.error());
        }
        Result<void> done;
        for (const RollupKey& key : batch.ended) {
            done = done ? (*end)->run(agency, key.day, key.source, key.unit) : done;
        }
        for (const auto& [key, counts, paid] : batch.rows) {
            done =
                done ? (*put)->run(agency, key.day, key.source, key.unit, Blob{counts}, Blob{paid})
                     : done;
        }
        return done;
    }

  private:
    Result<Statement*> prepared(std::string_view sql) {
        const auto known = statements_.find(sql.data());
        if (known != statements_.end()) {
            return known->second.get();
        }
        auto made = database_.prepare(sql);
        if (!made) {
            return std::unexpected(made.error());
        }
        return statements_.emplace(sql.data(), *std::move(made)).first->second.get();
    }

    template <class... Values>
    Result<std::int64_t> number_of(std::string_view sql, const Values&... values) {
        auto find = prepared(sql);
        if (!find) {
            return std::unexpected(find.error());
        }
        auto number =
            (*find)->bind(values...).first_row([](const Statement& row) { return row.integer(0); });
        return number ? Result<std::int64_t>(number->value_or(0)) : std::unexpected(number.error());
    }

    /// Beyond the largest key rows are new, which need not be found out once more for each.
    Result<void> put(const std::vector<DossierRow>& rows) {
        const auto largest = largest_id();
        auto put = prepared(put_sql);
        auto insert = prepared(insert_sql);
        if (!largest || !put || !insert) {
            return std::unexpected(!largest ? largest.error() : put ? insert.error() : put.error());
        }
        for (const DossierRow& row : rows) {
            Statement& statement = row.id > *largest ? **insert : **put;
            if (auto done = run_with_row(statement, row); !done) {
                return done;
            }
        }
        return {};
    }

    Result<void> close(const std::vector<ClosedVersion>& versions) {
        auto close = prepared(close_sql);
        if (!close) {
            return std::unexpected(close.error());
        }
        for (const ClosedVersion& version : versions) {
            if (auto done = run_with_row(**close, version.row, version.until_slice); !done) {
                return done;
            }
        }
        return {};
    }

    Result<void> end(const std::vector<std::int64_t>& ids) {
        auto end = prepared(end_sql);
        if (!end) {
            return std::unexpected(end.error());
        }
        for (const std::int64_t id : ids) {
            if (auto done = (*end)->run(id); !done) {
                return done;
            }
        }
        return {};
    }

    Result<void> change_links(std::string_view sql, const std::vector<PaymentLink>& links) {
        auto change = prepared(sql);
        if (!change) {
            return std::unexpected(change.error());
        }
        for (const PaymentLink& link : links) {
            if (auto done = (*change)->run(agency, link.reference, link.dossier); !done) {
                return done;
            }
        }
        return {};
    }

    Result<void> add_aliases(const std::vector<Alias>& aliases) {
        auto add = prepared(add_alias_sql);
        if (!add) {
            return std::unexpected(add.error());
        }
        for (const Alias& alias : aliases) {
            if (auto done = (*add)->run(agency, alias.number, alias.stands_for); !done) {
                return done;
            }
        }
        return {};
    }

    Database& database_;
    std::map<const char*, std::unique_ptr<Statement>> statements_;
};

}  // namespace

std::unique_ptr<VersionTables> make_sqlite_version_tables(Database& database) {
    return std::make_unique<SqliteVersionTables>(database);
}

}  // namespace thidua::store
