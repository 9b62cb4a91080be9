// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An empty workbook for people to fill in, whose columns the program then finds by their labels.
#pragma once

#include "connectors/tables/header.hpp"

#include <span>
#include <string>
#include <vector>

namespace thidua::connectors {

struct TemplateColumn {
    std::string id{};     ///< as in WantedColumn; not shown
    std::string label{};  ///< the header, in Vietnamese
    double width = 20;    ///< in letters, as Excel measures columns
    std::string note{};   ///< what the column means, in Vietnamese
    ValueKind kind = ValueKind::Text;
    bool is_required = false;
    std::vector<std::string> words{};  ///< if any: the only values that Excel lets people enter
};

struct TemplateWords {
    std::string title{};
    std::string row{};                   ///< what a row is about: "hồ sơ"
    std::vector<std::string> remarks{};  ///< further rules in the guide, a sentence each
};

/// The bytes of a workbook: the sheet "Số liệu" with the title, the header in bold, frozen, and
/// each column formatted and checked as its kind asks; the sheet "Hướng dẫn", which explains every
/// column; and a hidden sheet with the words. The same arguments give the same bytes.
///
/// Errors: Usage if there is no column, or two have the same label; Io if the library fails.
[[nodiscard]] Result<std::string> template_xlsx(
    const TemplateWords& words, std::span<const TemplateColumn> columns
);

}  // namespace thidua::connectors
