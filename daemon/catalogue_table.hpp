// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The rows of a catalogue's table as texts, and the mistakes in them in the words of those who keep
// the table.
#pragma once

#include "config/catalogues.hpp"
#include "connectors/tables/table_file.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// A mistake in a table, in Vietnamese, with what to write instead.
struct RowMistake {
    std::string sheet{};   ///< empty in a CSV file
    std::int64_t row = 0;  ///< 0: the table as a whole
    std::string column{};  ///< its label; empty: the row as a whole
    std::string message;

    friend bool operator==(const RowMistake&, const RowMistake&) = default;
};

using thidua::to_text;  // of days and instants, or those here would hide them

/// "Trang “Số liệu”, dòng 7, cột “Mức độ”: ..."
[[nodiscard]] std::string to_text(const RowMistake& mistake);

struct CatalogueRow {
    std::int64_t number = 0;
    std::map<std::string, std::string, std::less<>> cells;  ///< by the column's id; no empty ones
};

/// A table as it was written.
struct CatalogueTable {
    config::Catalogue which = config::Catalogue::Units;  ///< of a catalogue's
    std::span<const FileColumn> wanted{};                ///< what it was asked for; outlives it
    std::string sheet;
    std::set<std::string, std::less<>> columns;  ///< ids of those that are there
    std::vector<CatalogueRow> rows;
    std::vector<RowMistake> mistakes;  ///< rows that could not be read at all
};

/// Reads a table file. Errors: Data if it is none, has no header with the required columns, or no
/// row; file_words translates them.
[[nodiscard]] Result<CatalogueTable> read_catalogue_table(
    config::Catalogue which, const connectors::TableFile& file
);

/// The same of any other table; `columns` outlive the answer.
[[nodiscard]] Result<CatalogueTable> read_columns(
    std::span<const FileColumn> columns, const connectors::TableFile& file
);

/// “value”, in one line and cut where it is too long to be read.
[[nodiscard]] std::string in_quotes(std::string_view value);

/// "; gần nhất là “H37.10.05”", or nothing if none of `codes` is near.
[[nodiscard]] std::string nearest_hint(
    std::string_view code, const std::set<std::string, std::less<>>& codes
);

/// Reads the cells of one row, and notes each mistake with its place.
class RowReader {
  public:
    RowReader(
        const CatalogueTable& table, const CatalogueRow& row, std::vector<RowMistake>& mistakes
    )
        : table_(table), row_(row), mistakes_(mistakes) {}

    /// Whether the table has such a column, be the cell empty or not.
    [[nodiscard]] bool has(std::string_view column) const {
        return table_.columns.contains(column);
    }
    /// In one line; empty if the cell is.
    [[nodiscard]] std::string text(std::string_view column) const;
    /// The same, and an empty cell is a mistake.
    [[nodiscard]] std::string required(std::string_view column);
    [[nodiscard]] std::optional<Day> day(std::string_view column);
    /// Both ends, in the right order.
    [[nodiscard]] DaysInForce days();
    /// The canonical code of a unit; empty if the cell is, or after a mistake.
    [[nodiscard]] std::string unit_code(std::string_view column);
    /// Canonical codes of units, separated by semicolons or line breaks, each once.
    [[nodiscard]] std::vector<std::string> unit_codes(std::string_view column);
    /// The column's label, which must be one of the table.
    [[nodiscard]] const std::string& label(std::string_view column) const;
    void refuse(std::string_view column, std::string message);

  private:
    const CatalogueTable& table_;
    const CatalogueRow& row_;
    std::vector<RowMistake>& mistakes_;
};

}  // namespace thidua::daemon
