// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the number in a cell means: a workbook tells a date from a number by the look of it only.
#pragma once

#include "connectors/tables/archive.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::connectors {

enum class NumberFormat {
    Number,
    Percent,
    Day,      ///< shows no time: a whole serial is a day
    DayTime,  ///< shows hours, minutes or seconds
};

/// What a format's code shows: its first section, without what is quoted, in brackets or escaped.
/// `0 "đồng"` is a number, `[$-42A]dd mmmm` a day, `[h]:mm` a time.
[[nodiscard]] NumberFormat format_of_code(std::string_view code);

/// What one of Excel's own numbers for formats shows: 14 to 22 and 45 to 47 are dates and times,
/// 9 and 10 per cent.
[[nodiscard]] NumberFormat builtin_format(std::uint64_t id);

/// The formats of a workbook's cells, by the index that a cell gives as its style.
class Styles {
  public:
    /// Errors: Data if the part is damaged or has more than 100,000 formats.
    [[nodiscard]] static Result<Styles> read(const Archive& archive, std::string_view part);

    /// Nothing if there is no such style; in a workbook without any, every cell is a number.
    [[nodiscard]] std::optional<NumberFormat> find(std::uint64_t style) const;

  private:
    friend class StylesHandler;

    std::vector<NumberFormat> formats_;
};

/// The local time that `serial` days after the epoch are, rounded to the second, as Cell::text has
/// it. Below 1 in a format with a time it is a time of day. Excel's calendar has a 29/02/1900 that
/// never was. Errors: Data for that day, days before the epoch and years after 9999.
[[nodiscard]] Result<std::string> date_text(double serial, NumberFormat format, bool is_1904);

}  // namespace thidua::connectors
