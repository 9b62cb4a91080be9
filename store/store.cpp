// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/store.hpp"

#include "store/dossier_key.hpp"
#include "store/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <system_error>
#include <vector>

namespace thidua::store {
namespace {

Result<void> create_schema(Database& database) {
    auto transaction = Transaction::begin(database);
    if (!transaction) {
        return std::unexpected(transaction.error());
    }
    // Somebody else may have made it between our look and our lock.
    const auto version = database.schema_version();
    if (!version || *version == schema_version) {
        return version ? Result<void>{} : std::unexpected(version.error());
    }
    std::vector<std::string_view> parts{second_schema_sql};
    parts.insert(parts.end(), third_schema_parts.begin(), third_schema_parts.end());
    parts.insert(parts.end(), fourth_schema_parts.begin(), fourth_schema_parts.end());
    Result<void> created;
    for (const std::string_view part : parts) {
        created = created ? database.execute(schema_for(database.dialect(), part)) : created;
    }
    created = created ? database.set_schema_version(schema_version) : created;
    return created ? transaction->commit() : created;
}

/// A store that this program neither reads nor makes.
Result<void> check_version(const Location& location, int version, Access access) {
    if (version > schema_version) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "database {}: made by a newer thidua (schema {}, this one knows {}); install that "
                "version",
                location.shown(),
                version,
                schema_version
            )
        );
    }
    if (version == 0 && access == Access::ReadOnly) {
        return fail(
            ErrorKind::Io,
            fmt::format("database {}: empty; run 'thidua pull' first", location.shown())
        );
    }
    if (version != 0 && version < schema_version) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "database {}: made by an older thidua (schema {}, this one writes {}); 'thidua db "
                "migrate' {}brings it up to date",
                location.shown(),
                version,
                schema_version,
                location.url.empty() ? "keeps a backup and " : ""
            )
        );
    }
    return {};
}

}  // namespace

Result<Store> Store::open(const Location& location, Access access, Agreement agreement) {
    std::error_code ignored;
    if (location.url.empty() && access == Access::ReadOnly &&
        !std::filesystem::exists(location.path, ignored)) {
        return fail(
            ErrorKind::Io,
            fmt::format("there is no store {} yet; run 'thidua pull' first", location.shown())
        );
    }
    auto database = Database::open(location, access);
    if (!database) {
        return std::unexpected(database.error());
    }
    const auto version = (*database)->schema_version();
    if (!version) {
        return failed("open " + location.shown(), version.error());
    }
    if (auto fits = check_version(location, *version, access); !fits) {
        return std::unexpected(fits.error());
    }
    if (*version == 0) {
        if (auto created = create_schema(**database); !created) {
            return failed("create " + location.shown(), created.error());
        }
    }
    auto tables = make_version_tables(**database);
    Store store(*std::move(database), std::move(tables), location);
    if (access == Access::ReadWrite && agreement == Agreement::Demanded) {
        if (auto agreed = store.check_witness(); !agreed) {
            return std::unexpected(agreed.error());
        }
    }
    return store;
}

Result<Statement*> Store::statement(std::string_view sql) {
    for (const auto& [known, prepared] : statements_) {
        if (known.data() == sql.data()) {
            return prepared.get();
        }
    }
    auto prepared = database_->prepare(sql);
    if (!prepared) {
        return std::unexpected(prepared.error());
    }
    statements_.emplace_back(sql, *std::move(prepared));
    return statements_.back().second.get();
}

Result<bool> Store::is_simulation() {
    auto find = statement("SELECT 1 FROM meta WHERE agency = ? AND key = 'simulation'");
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto row = (*find)->bind(agency).step();
    (*find)->reset();
    return row;
}

Result<void> Store::mark_simulation() {
    const auto marked = is_simulation();
    if (!marked || *marked) {
        return marked ? Result<void>{} : std::unexpected(marked.error());
    }
    auto find = statement("SELECT 1 FROM pull WHERE agency = ? LIMIT 1");
    auto add = statement("INSERT INTO meta (agency, key, value) VALUES (?, 'simulation', '1')");
    if (!find || !add) {
        return std::unexpected(find ? add.error() : find.error());
    }
    const auto has_pulls = (*find)->bind(agency).step();
    (*find)->reset();
    if (!has_pulls) {
        return std::unexpected(has_pulls.error());
    }
    if (*has_pulls) {
        return fail(
            ErrorKind::Usage,
            "the store holds real pulls; a simulation wants a store of its own (store.path)"
        );
    }
    return (*add)->run(agency);
}

Result<std::optional<std::int64_t>> Store::find_source_id(std::string_view name) {
    auto find = statement("SELECT id FROM source WHERE agency = ? AND name = ?");
    if (!find) {
        return std::unexpected(find.error());
    }
    return (*find)->bind(agency, name).first_row([](const Statement& row) {
        return row.integer(0);
    });
}

Result<std::int64_t> Store::source_id(std::string_view name, RecordKind records) {
    const auto known = find_source_id(name);
    auto find = statement(
        "SELECT coalesce(max(CASE WHEN id <= ? THEN id END), 0), coalesce(max(id), 0) FROM source"
        " WHERE agency = ?"
    );
    auto add = statement("INSERT INTO source (agency, id, name) VALUES (?, ?, ?)");
    if (!known || !find || !add) {
        return std::unexpected(!known ? known.error() : !find ? find.error() : add.error());
    }
    if (*known) {
        return **known;
    }
    const auto highest = (*find)->bind(sources_max, agency).first_row([](const Statement& row) {
        return std::pair(row.integer(0), row.integer(1));
    });
    if (!highest) {
        return std::unexpected(highest.error());
    }
    // Dossiers of higher numbers are refused when they are published.
    const auto [low, high] = highest->value_or(std::pair<std::int64_t, std::int64_t>{});
    const bool is_low = records == RecordKind::Dossiers && low < sources_max;
    const std::int64_t id = 1 + (is_low ? low : std::max(high, sources_max));
    const auto added = (*add)->run(agency, id, name);
    return added ? Result<std::int64_t>(id) : std::unexpected(added.error());
}

}  // namespace thidua::store
