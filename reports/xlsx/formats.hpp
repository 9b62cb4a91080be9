// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How a cell looks: each look once in a file, however many cells have it.
#pragma once

#include "reports/workbook.hpp"

#include <xlsxwriter.h>

#include <compare>
#include <map>
#include <string>
#include <string_view>

namespace thidua::reports::xlsx {

/// "#rrggbb" as the library takes it.
[[nodiscard]] lxw_color_t colour(std::string_view text);

/// What a cell's value asks for.
struct ValueFormat {
    std::string number = "General";
    bool is_text = false;
    int indent = 0;

    friend auto operator<=>(const ValueFormat&, const ValueFormat&) = default;
};

[[nodiscard]] ValueFormat format_of(const sheet::Cell& cell);

class Formats {
  public:
    explicit Formats(lxw_workbook* book) : book_(book) {}

    /// Owned by the workbook; null only without memory.
    [[nodiscard]] lxw_format* of(sheet::Look look, const ValueFormat& value);

    /// Of a conditional format: only what it changes.
    [[nodiscard]] lxw_format* coloured(std::string_view ink, std::string_view paper);

  private:
    lxw_workbook* book_;
    std::map<std::pair<sheet::Look, ValueFormat>, lxw_format*> known_;
};

}  // namespace thidua::reports::xlsx
