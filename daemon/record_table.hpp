// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Tables that people record things by: read whole, told of in Vietnamese, put on file or not.
#pragma once

#include "core/table_file.hpp"
#include "daemon/catalogue_table.hpp"
#include "daemon/options.hpp"
#include "daemon/output.hpp"

#include <boost/json.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace thidua::daemon {

/// A table that was handed in, and who did it.
struct HandedIn {
    std::string name;  ///< of the file
    CatalogueTable table;
    std::string by;  ///< --by, or else the file's owner
};

/// Reads `options.files`, which names one. Errors: Io; Data if it is no such table.
[[nodiscard]] Result<HandedIn> read_handed_in(
    const Options& options, std::span<const FileColumn> columns
);

/// The error of a table, with its reason in Vietnamese; its exit code.
[[nodiscard]] ExitCode refuse_table(
    const Options& options, const Output& output, const Error& error
);

/// Mistakes in its rows, each with its place; the exit code of wrong data.
[[nodiscard]] ExitCode refuse_rows(
    const Options& options,
    const Output& output,
    const std::string& name,
    const std::vector<RowMistake>& mistakes
);

/// [{sheet, row, column, reason}]
[[nodiscard]] boost::json::array mistakes_json(const std::vector<RowMistake>& mistakes);

/// NFC, in one line, without spaces around it: what a person wrote on the command line.
[[nodiscard]] std::string as_written(std::string_view text);

}  // namespace thidua::daemon
