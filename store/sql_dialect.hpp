// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// One text of SQL for SQLite and PostgreSQL: what has to be rewritten for the latter. Pure.
// Private to store/.
#pragma once

#include <string>
#include <string_view>

namespace thidua::store {

enum class Dialect { Sqlite, Postgres };

/// `?` and `?7` as PostgreSQL writes them, `$1` and `$7`, outside of literals, quoted names and
/// comments. A bare `?` has the number after the largest so far, as in SQLite.
[[nodiscard]] std::string number_placeholders(std::string_view sql);

/// The schema as `dialect` takes it. `text` is written for SQLite; for PostgreSQL INTEGER becomes
/// BIGINT, BLOB BYTEA and TEXT bytewise compared text, and STRICT and WITHOUT ROWID go.
/// A line that ends in `--sqlite` is for SQLite only; one that begins with `--postgres ` is for
/// PostgreSQL only.
[[nodiscard]] std::string schema_for(Dialect dialect, std::string_view text);

}  // namespace thidua::store
