// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/sheets.hpp"

#include "reports/format.hpp"

#include <fmt/format.h>

namespace thidua::reports {

sheet::Cell ratio_cell(
    const Percent& percent, const std::string& numerator, const std::string& denominator
) {
    if (!percent.counts) {
        return sheet::Text{format_value(percent)};
    }
    sheet::Formula formula;
    formula.formula = fmt::format("IF({1}=0,\"không phát sinh\",{0}/{1})", numerator, denominator);
    if (percent.counts->denominator == 0) {
        formula.value = format_value(percent);
    } else {
        formula.value = sheet::Percentage{*percent.counts, percent.target};
    }
    return formula;
}

sheet::Cell count_cell(const std::optional<std::int64_t>& count) {
    return count ? sheet::Cell(sheet::Count{*count}) : sheet::Cell(sheet::Blank{});
}

sheet::Cell text_cell(std::string_view text) {
    return text.empty() ? sheet::Cell(sheet::Blank{}) : sheet::Cell(sheet::Text{std::string(text)});
}

sheet::Row head_row(const std::vector<std::string>& titles) {
    sheet::Row row{.look = sheet::Look::Head, .cells = {}};
    for (const std::string& title : titles) {
        row.cells.emplace_back(sheet::Text{title});
    }
    return row;
}

sheet::Row text_row(sheet::Look look, std::string_view text) {
    return {.look = look, .cells = {sheet::Text{std::string(text)}}};
}

}  // namespace thidua::reports
