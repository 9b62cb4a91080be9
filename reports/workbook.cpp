// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/workbook.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports::sheet {

bool is_whole_width(Look look) {
    return look == Look::Band || look == Look::Title || look == Look::Line || look == Look::Alarm;
}

std::string column_letters(std::size_t column) {
    constexpr std::size_t letters = 26;
    std::string name;
    for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / letters) {
        name += static_cast<char>('A' + static_cast<char>((rest - 1) % letters));
    }
    std::ranges::reverse(name);
    return name;
}

std::string cell_name(std::size_t row, std::size_t column) {
    return fmt::format("{}{}", column_letters(column), row + 1);
}

std::string cell_name(std::string_view sheet, std::size_t row, std::size_t column) {
    return fmt::format("'{}'!{}", sheet, cell_name(row, column));
}

}  // namespace thidua::reports::sheet
