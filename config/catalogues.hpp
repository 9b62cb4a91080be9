// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The catalogues of a configuration: the lists that people keep as tables, each in a file of its
// own, and each readable although another one is missing or wrong.
#pragma once

#include "config/problem.hpp"
#include "core/officer.hpp"
#include "core/organisation.hpp"
#include "core/unit_history.hpp"

#include <expected>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace thidua::config {

enum class Catalogue {
    Units,
    Procedures,
    Officers,
};

/// As commands and files call it: "units", "procedures", "officers".
[[nodiscard]] std::string_view to_text(Catalogue which);

/// Nothing for any other word.
[[nodiscard]] std::optional<Catalogue> parse_catalogue(std::string_view text);

/// Values of catalogues; those that nobody asked for are empty.
struct Catalogues {
    std::vector<DatedUnit> units;
    std::vector<Procedure> procedures;
    std::vector<Officer> officers;

    friend bool operator==(const Catalogues&, const Catalogues&) = default;
};

/// A catalogue as the configuration has it now.
struct PresentCatalogue {
    std::filesystem::path file;  ///< as the root file names it; empty where it names none
    bool is_there = false;       ///< the file
    Catalogues values;           ///< this one's, and the units
};

/// Reads where the root file keeps `which`, and what it holds, whether or not the configuration
/// loads: other keys are not looked at, and a file that is not there yet is an empty catalogue.
/// Errors: problems of the root file, of this catalogue's own values and of the units.
[[nodiscard]] std::expected<PresentCatalogue, std::vector<Problem>> read_catalogue(
    const std::filesystem::path& root_file, Catalogue which
);

}  // namespace thidua::config
