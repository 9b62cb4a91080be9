// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which row of a table is its header, and which column holds what.
#pragma once

#include "connectors/tables/table.hpp"
#include "core/table_file.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::connectors {

struct WantedColumn {
    std::string id;  ///< the key in the JSON: code, accepted_at
    std::vector<std::string>
        labels;  ///< any of them; "Tiếp nhận / Trực tuyến" is one above another
    bool is_required = false;
    ValueKind kind = ValueKind::Text;
};

/// Rows kept while the header is looked for.
struct KeptRow {
    std::int64_t number = 0;
    std::vector<Cell> cells;
};

/// The header is among that many rows.
constexpr std::size_t header_rows_max = 30;

struct Header {
    std::size_t first = 0;  ///< its first row, as an index into the rows that were given
    std::size_t last = 0;   ///< its last one: the same, or the next
    std::vector<std::optional<std::size_t>> columns{};  ///< for each wanted one, in their order
    std::size_t fields = 0;                             ///< of its row, empty ones counted

    friend bool operator==(const Header&, const Header&) = default;
};

/// Finds the row, or the two rows, of the first header_rows_max in which most wanted columns have
/// their label. Labels are compared without marks, case, punctuation and line breaks. In two rows a
/// column is called by its lower label, by "upper lower", or by the upper one if nothing is below;
/// an upper label counts for all columns it is merged over, and in CSV until the next one.
///
/// Errors: Data, naming the label that was looked for, those that stand there and the nearest, if a
/// required column is missing or any column is there twice, or no label is found in any row.
[[nodiscard]] Result<Header> find_header(
    std::span<const KeptRow> rows, const TableFacts& facts, std::span<const WantedColumn> wanted
);

/// A label as it is compared: fold() without anything but letters and digits.
[[nodiscard]] std::string label_key(std::string_view label);

}  // namespace thidua::connectors
