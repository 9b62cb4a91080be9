// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A table file of any format: its name says which reader takes it, its description what is wanted.
#pragma once

#include "connectors/tables/rows_to_json.hpp"
#include "core/table_file.hpp"

#include <string_view>

namespace thidua::connectors {

/// A file that somebody handed over, as it lies there.
struct TableFile {
    std::string_view name;
    std::string_view bytes;
};

/// True if `name` ends in `extension` (".csv"), in whatever case.
[[nodiscard]] bool has_extension(std::string_view name, std::string_view extension);

/// True for .xlsx, .csv, .tsv and .txt.
[[nodiscard]] bool is_table_name(std::string_view name);

/// Hands the rows of a table to `sink`; its name must be one of a table. Of `description` the
/// columns, sheet, encoding, separator and locale count.
/// Errors: Data, those of the reader and of find_header; and what `sink` returns.
[[nodiscard]] Result<void> read_table(
    const TableFile& file, const FileDrop& description, JsonSink sink
);

}  // namespace thidua::connectors
