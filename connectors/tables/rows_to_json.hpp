// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Rows of a table as JSON objects, so that what follows reads a row as it reads an API's record.
#pragma once

#include "connectors/tables/header.hpp"
#include "connectors/tables/vietnamese_values.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace thidua::connectors {

struct RowOptions {
    std::vector<WantedColumn> wanted{};
    NumberLocale locale = NumberLocale::Vi;  ///< of numbers that are text
    /// A row must have as many fields as the header: in CSV another count tells of a separator or
    /// a line break that was not quoted. Sheets leave empty cells out.
    bool has_exact_width = false;
};

/// What became of a row.
enum class RowKind {
    Record,
    Empty,
    Total,  ///< its first cell says "Tổng cộng" or the like, and no required text, such as a code,
            ///< is there
};

/// Puts one JSON object into `json`: a wanted column's id and what its cell comes to, in the order
/// of `wanted`, without empty cells. Count and Dong are numbers, all others are texts: Percent as
/// 45.3%, Time as 2024-06-17T08:15:03 or 2024-06-17, Date as the latter, Text as it stands in the
/// cell.
///
/// Errors: Data, naming the cell and never its value, if it is not of its column's kind or an error
/// of the spreadsheet, or the row is of another width.
[[nodiscard]] Result<RowKind> row_to_json(
    const Row& row,
    const Header& header,
    const RowOptions& options,
    const std::string& table,
    std::string& json
);

struct JsonRow {
    std::int64_t number = 0;  ///< Row::number
    const std::string& json;
    const std::string& table;  ///< the sheet's name; empty for CSV
};

/// Where RowsToJson puts its rows. An error that is returned ends the reading.
struct JsonSink {
    std::function<Result<void>(const JsonRow&)> record;
    /// A row that is wrong by itself, with its error. How many are too many is the caller's matter.
    std::function<Result<void>(std::int64_t number, const Error&)> wrong;
    /// Once, before the rows: which of the wanted columns are there. May be empty.
    std::function<void(const Header&)> header{};
};

struct SkippedRows {
    std::int64_t empty = 0;
    std::int64_t totals = 0;
    std::int64_t above = 0;      ///< titles over the header
    std::int64_t numbering = 0;  ///< (1) (2) (3) right below the header

    friend bool operator==(const SkippedRows&, const SkippedRows&) = default;
};

/// Finds the header of a table that is read through table_sink(), then hands on the rows below.
/// For one table, and not to be moved while it is read.
class RowsToJson {
  public:
    RowsToJson(RowOptions options, JsonSink sink);

    /// What a reader is given; refers to this object. Errors: find_header's, and the sink's.
    [[nodiscard]] TableSink table_sink();

    /// To be called when the reader has ended well: a short table is handed on only now.
    [[nodiscard]] Result<void> finish();

    [[nodiscard]] const SkippedRows& skipped() const { return skipped_; }

  private:
    Result<void> add(const Row& row);
    Result<void> settle_header();
    Result<void> hand_on(const Row& row);

    RowOptions options_;
    JsonSink sink_;
    TableFacts facts_;
    std::vector<KeptRow> kept_;
    std::optional<Header> header_;
    SkippedRows skipped_;
    std::string json_;
};

}  // namespace thidua::connectors
