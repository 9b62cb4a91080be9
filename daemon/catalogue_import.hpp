// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A table becomes the catalogue's file of the configuration: all of it or nothing, and only if the
// whole configuration loads with it.
#pragma once

#include "config/catalogues.hpp"
#include "daemon/catalogue_difference.hpp"
#include "daemon/catalogue_table.hpp"
#include "daemon/exit_code.hpp"
#include "daemon/options.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace thidua::daemon {

/// How an import went, with everything that is to be said about it.
struct CatalogueOutcome {
    enum class State {
        Refused,    ///< because of an error, mistakes or problems
        Unchanged,  ///< the catalogue says what the table says
        Rehearsed,  ///< it would have been written
        Written,
    };
    State state = State::Refused;
    ExitCode code = ExitCode::Done;
    config::Catalogue which = config::Catalogue::Units;
    std::string table;  ///< name of the table's file
    std::string sha256;
    std::size_t entries = 0;
    std::filesystem::path present;  ///< what the table was compared with
    std::filesystem::path file;     ///< what was or would be written
    std::filesystem::path backup;   ///< where the previous content is; empty if there was none
    std::optional<Error> error;
    std::vector<RowMistake> mistakes;
    std::vector<config::Problem> problems;  ///< of the configuration with the new content
    std::vector<config::Problem> remarks;   ///< with --out: what else does not fit the new content
    std::vector<std::string> kept;
    std::optional<CatalogueDifference> difference;
};

/// Reads `options.files`, which names one table of the catalogue `options.kind`, compares it with
/// the file that the configuration names, and writes that one or `options.out`. What was there is
/// kept beside it as NAME.bak. Nothing else is touched, and no store is opened.
[[nodiscard]] CatalogueOutcome import_catalogue(const Options& options);

}  // namespace thidua::daemon
