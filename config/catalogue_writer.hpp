// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/catalogues.hpp"

#include <string>

namespace thidua::config {

/// The table that a catalogue was imported from.
struct CatalogueOrigin {
    std::string file_name;
    std::string sha256;
};

/// The YAML file of `which`, for the loader and for people: an entry a line (a procedure takes
/// some), in the order of the values, with its origin at the top and no date, so that the same
/// table gives the same bytes. Reading it gives the values again.
[[nodiscard]] std::string catalogue_yaml(
    Catalogue which, const Catalogues& values, const CatalogueOrigin& origin
);

}  // namespace thidua::config
