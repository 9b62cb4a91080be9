// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the rows of a catalogue's table come to. Pure: every mistake is told at once, and what a
// table has no place for is taken from the catalogue as it is, and told as well.
#pragma once

#include "config/catalogues.hpp"
#include "daemon/catalogue_table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace thidua::daemon {

/// What the rows are laid over.
struct CatalogueBasis {
    const config::Catalogues& present;  ///< the catalogue as it is, and the units
    std::optional<Day> from;            ///< of procedures that are new and name no day themselves
};

struct CatalogueValues {
    config::Catalogues values;         ///< of the table's catalogue; not to be used with mistakes
    std::vector<RowMistake> mistakes;  ///< by row
    std::vector<std::string> kept;     ///< what was taken from the catalogue as it is, a line each
};

/// The table is the whole catalogue: who is not in it is gone. A column that it does not have says
/// nothing, so what the catalogue has there stays. So do renames, moves and dated aliases of units
/// that remain; a name or a parent that their history does not know is a mistake.
///
/// Rows of one procedure are its history. A row without a day holds from the procedure's first day
/// in the catalogue, a new procedure's from `basis.from`, without which it is a mistake; and one
/// that says what holds now leaves a history as it is.
[[nodiscard]] CatalogueValues catalogue_values(
    const CatalogueTable& table, const CatalogueBasis& basis
);

// Of one kind each, for catalogue_values.

[[nodiscard]] CatalogueValues unit_values(const CatalogueTable& table, const CatalogueBasis& basis);
[[nodiscard]] CatalogueValues procedure_values(
    const CatalogueTable& table, const CatalogueBasis& basis
);
[[nodiscard]] CatalogueValues officer_values(
    const CatalogueTable& table, const CatalogueBasis& basis
);

/// The line of `kept` about a column that the table does not have.
[[nodiscard]] std::string kept_column(config::Catalogue which, std::string_view column);

/// The codes of all units.
[[nodiscard]] std::set<std::string, std::less<>> codes_of(const std::vector<DatedUnit>& units);

}  // namespace thidua::daemon
