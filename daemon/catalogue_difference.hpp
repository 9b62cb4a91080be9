// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What an import would change in a catalogue.
#pragma once

#include "config/catalogues.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace thidua::daemon {

/// An entry, by its code, and what is to be said of it.
struct CatalogueChange {
    std::string code;
    std::string text;

    friend bool operator==(const CatalogueChange&, const CatalogueChange&) = default;
};

struct CatalogueDifference {
    std::vector<CatalogueChange> added;    ///< text: the name
    std::vector<CatalogueChange> changed;  ///< text: "name: A -> B; from: none -> 2024-06-01"
    std::vector<CatalogueChange> gone;     ///< text: the name
    std::int64_t unchanged = 0;
    bool is_reordered = false;  ///< nothing else, but the entries stand in another order

    friend bool operator==(const CatalogueDifference&, const CatalogueDifference&) = default;
};

using thidua::to_text;  // of days and instants, or the one here would hide them

/// A unit whose code is used again later counts as an entry of its own.
[[nodiscard]] CatalogueDifference catalogue_difference(
    config::Catalogue which, const config::Catalogues& before, const config::Catalogues& after
);

[[nodiscard]] bool is_empty(const CatalogueDifference& difference);

/// The counts in one line, then a line each for the first `lines_max`: "+ code  name".
[[nodiscard]] std::string to_text(const CatalogueDifference& difference, std::size_t lines_max);

}  // namespace thidua::daemon
