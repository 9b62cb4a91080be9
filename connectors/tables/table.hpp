// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a table file comes to, whatever its format: rows of cells, handed on one at a time.
#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace thidua::connectors {

/// What a file may come to before it is refused. A year of a province's dossiers (a million rows of
/// twenty columns) fits; a bomb does not.
struct TableLimits {
    std::uint64_t file_bytes = 128ULL * 1024 * 1024;      ///< of the file as it lies there
    std::uint64_t decoded_bytes = 2048ULL * 1024 * 1024;  ///< of all parts of a zip together
    std::uint64_t ratio = 100;  ///< decoded to packed bytes of a part; deflate can do 1032
    std::uint64_t ratio_from =
        1024 * 1024;                   ///< a part smaller than this may be packed at any ratio
    std::uint64_t entries = 2'000;     ///< parts in a zip; a workbook of 50 sheets has about 150
    std::uint64_t cells = 32'000'000;  ///< of a sheet or a CSV file, gaps in a row counted
    std::uint64_t unordered_cells = 2'000'000;  ///< of a sheet that has to be sorted in memory
    std::uint64_t columns = 16'384;             ///< Excel's own limit
    std::uint64_t rows = 1'048'576;             ///< Excel's own limit; for CSV, records
    std::uint64_t shared_string_bytes = 256ULL * 1024 * 1024;  ///< kept in memory
    std::uint64_t cell_bytes = 256 * 1024;     ///< Excel allows 32,767 letters, of 4 bytes at most
    std::uint64_t record_bytes = 1024 * 1024;  ///< of a CSV record, its line breaks included
};

enum class CellKind {
    Empty,
    Text,
    Number,   ///< the shortest decimal that is this number: 450000, -0.25
    Date,     ///< local time as 2024-06-17T08:15:03, 2024-06-17, or 08:15:03 where there is no day
    Boolean,  ///< true or false
    Error,    ///< #N/A and the like, or what is wrong with it in our words
};

struct Cell {
    CellKind kind = CellKind::Empty;
    std::string text{};       ///< NFC and trimmed; empty if and only if the cell is
    bool is_percent = false;  ///< a Number that is shown with a per cent sign: 0.453 as 45.3 %
    bool is_formula = false;  ///< the value that was stored when the file was last calculated

    friend bool operator==(const Cell&, const Cell&) = default;
};

struct Row {
    std::int64_t number = 0;  ///< as the user sees it in Excel; in CSV the record's first line
    /// From column A on. In XLSX without empty ones at the end, in CSV as many as were written.
    std::span<const Cell> cells{};
};

/// A rectangle of cells that are shown as one: only the first has a value. Both ends belong to it;
/// columns count from 0, rows as in Row::number.
struct Merge {
    std::int64_t first_row = 0;
    std::int64_t last_row = 0;
    std::size_t first_column = 0;
    std::size_t last_column = 0;

    friend bool operator==(const Merge&, const Merge&) = default;
};

/// What is known of a table before its first row.
struct TableFacts {
    std::string name{};  ///< the sheet's; empty for CSV
    /// Those that begin in the first rows, where a header may be; the others are not kept.
    std::vector<Merge> merges{};
    bool knows_merges = false;  ///< CSV cannot tell
};

/// Where a reader puts what it reads. Neither function keeps what it is shown; an error of theirs
/// ends the reading and is passed on. What was handed on before an error must not be used: a file
/// is good as a whole or not at all.
struct TableSink {
    std::function<Result<void>(const TableFacts&)>
        begin{};  ///< once, before the rows; may be empty
    std::function<Result<void>(const Row&)> row;
};

/// A, B, ..., Z, AA, ...: the column as Excel names it.
[[nodiscard]] std::string column_name(std::size_t column);

/// Where a cell is, for errors: Sheet1!C7, or line 7, column C without a sheet.
[[nodiscard]] std::string cell_place(
    const std::string& table, std::int64_t row, std::size_t column
);

}  // namespace thidua::connectors
