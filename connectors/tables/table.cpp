// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/table.hpp"

#include "core/text.hpp"

#include <fmt/format.h>

namespace thidua::connectors {

std::string column_name(std::size_t column) {
    std::string name;
    for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
        name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
    }
    return name;
}

std::string cell_place(const std::string& table, std::int64_t row, std::size_t column) {
    if (table.empty()) {
        return fmt::format("line {}, column {}", row, column_name(column));
    }
    return fmt::format("{}!{}{}", one_line(table), column_name(column), row);
}

}  // namespace thidua::connectors
