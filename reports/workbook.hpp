// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A workbook, before anybody writes it as a file. A figure stays two counts and a formula carries
// the value that it must come to, so what Excel recomputes can be held against what we counted.
#pragma once

#include "core/campaign.hpp"
#include "core/ratio.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace thidua::reports::sheet {

// What stands in a cell.

struct Blank {
    friend bool operator==(const Blank&, const Blank&) = default;
};

/// Always text, whatever it looks like; never a formula, a link or a number.
struct Text {
    std::string text;
    int indent = 0;  ///< steps from the left

    friend bool operator==(const Text&, const Text&) = default;
};

struct Count {
    std::int64_t value = 0;

    friend bool operator==(const Count&, const Count&) = default;
};

/// A target, shown with its operator: "trên 45 %".
struct Goal {
    TargetOperator op = TargetOperator::Above;
    Share value;

    friend bool operator==(const Goal&, const Goal&) = default;
};

struct Date {
    Day day;

    friend bool operator==(const Date&, const Date&) = default;
};

/// Shown in Viet Nam's time, to the second.
struct Moment {
    Instant at;

    friend bool operator==(const Moment&, const Moment&) = default;
};

/// A percentage that a formula comes to: the denominator is above 0.
struct Percentage {
    Ratio counts;
    /// The decimals shown are as many as it takes not to show it on the wrong side.
    std::optional<Target> target{};

    friend bool operator==(const Percentage&, const Percentage&) = default;
};

/// The difference of two percentages, in percentage points; both denominators are above 0.
struct Points {
    Ratio now;
    Ratio before;

    friend bool operator==(const Points&, const Points&) = default;
};

/// A formula of ours in English syntax, without the equals sign, and what it comes to.
struct Formula {
    std::string formula;
    std::variant<std::int64_t, Percentage, Points, std::string> value;

    friend bool operator==(const Formula&, const Formula&) = default;
};

using Cell = std::variant<Blank, Text, Count, Goal, Date, Moment, Formula>;

enum class Look {
    Plain,
    Head,   ///< titles of columns
    Band,   ///< the name of what follows, over the whole width
    Total,  ///< sums
    Title,  ///< of the sheet, over the whole width
    Line,   ///< a sentence, over the whole width
    Alarm,  ///< a sentence that must not be overlooked
};

struct Row {
    Look look = Look::Plain;
    std::vector<Cell> cells;  ///< of a Band, Title, Line or Alarm the first alone: a text

    friend bool operator==(const Row&, const Row&) = default;
};

/// True if the row is one text over the whole width.
[[nodiscard]] bool is_whole_width(Look look);

/// A stretch of one column; rows and columns count from 0, both ends belong to it.
struct Stretch {
    std::size_t column = 0;
    std::size_t first = 0;
    std::size_t last = 0;

    friend bool operator==(const Stretch&, const Stretch&) = default;
};

/// Cells that take a verdict's colour where they say "đạt", "chưa đạt" or that it is not known.
/// One whose row is unfit by its fitness takes none.
struct VerdictColours {
    Stretch cells;
    std::optional<std::size_t> fitness_column{};  ///< nothing: all are fit

    friend bool operator==(const VerdictColours&, const VerdictColours&) = default;
};

/// Bars of one percentage per name, or a line from one to the next, on the same sheet, and the line
/// of the target. A blank cell is a gap in a line.
struct Chart {
    enum class Kind { Bars, Line };
    Kind kind = Kind::Bars;
    std::string title;
    Stretch names;
    Stretch values;
    std::optional<Stretch> goals{};  ///< nothing: there is no target
    bool is_one_goal = true;         ///< all of `goals` are equal: one line over all bars
    std::size_t row = 0;             ///< where its upper left corner is
    std::size_t column = 0;
    std::size_t rows = 15;  ///< how many rows of the usual height it takes

    friend bool operator==(const Chart&, const Chart&) = default;
};

struct Sheet {
    std::string name;
    std::vector<double> widths;  ///< of the columns, in letters
    std::vector<Row> rows;
    std::size_t head = 0;          ///< the row of titles that stays in sight and on every page
    std::size_t kept_columns = 0;  ///< so many at the left stay in sight
    bool has_filter = false;       ///< what is below the head is one plain list
    std::vector<VerdictColours> verdicts{};
    std::vector<Stretch> bars{};  ///< percentages with a bar in the cell
    std::vector<Chart> charts{};

    friend bool operator==(const Sheet&, const Sheet&) = default;
};

struct Workbook {
    std::string title;
    std::string organisation;
    Instant made_at{};  ///< the file is dated so
    std::vector<Sheet> sheets;

    friend bool operator==(const Workbook&, const Workbook&) = default;
};

/// "A", "Z", "AA": the column's letters; counts from 0.
[[nodiscard]] std::string column_letters(std::size_t column);

/// "C5" as formulas name a cell; both count from 0.
[[nodiscard]] std::string cell_name(std::size_t row, std::size_t column);

/// "'Đơn vị'!C5" as formulas on other sheets name a cell.
[[nodiscard]] std::string cell_name(std::string_view sheet, std::size_t row, std::size_t column);

}  // namespace thidua::reports::sheet
