// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Workbooks on file, a row a line: what a reader of a change can read.
#include "core/time.hpp"
#include "reports/edition_workbook.hpp"
#include "reports/format.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/golden.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace thidua::reports {
namespace {

std::string counts_text(const Ratio& counts) {
    return fmt::format("{}/{}", counts.numerator, counts.denominator);
}

/// What a formula comes to.
struct ValueText {
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const sheet::Percentage& value) const {
        return counts_text(value.counts);
    }
    std::string operator()(const sheet::Points& value) const {
        return counts_text(value.now) + " - " + counts_text(value.before);
    }
};

struct CellText {
    std::string operator()(const sheet::Blank& /*cell*/) const { return ""; }
    std::string operator()(const sheet::Text& cell) const {
        return std::string(2 * static_cast<std::size_t>(cell.indent), ' ') + cell.text;
    }
    std::string operator()(const sheet::Count& cell) const { return std::to_string(cell.value); }
    std::string operator()(const sheet::Goal& cell) const {
        Target target;
        target.op = cell.op;
        target.value = cell.value;
        return format_target(target);
    }
    std::string operator()(const sheet::Date& cell) const { return to_text(cell.day); }
    std::string operator()(const sheet::Moment& cell) const { return to_text(cell.at); }
    std::string operator()(const sheet::Formula& cell) const {
        return "=" + cell.formula + " -> " + std::visit(ValueText{}, cell.value);
    }
};

std::string text_of(const sheet::Sheet& sheet) {
    std::string text = fmt::format(
        "== {}: head {}, {} columns kept, {} charts\n",
        sheet.name,
        sheet.head,
        sheet.kept_columns,
        sheet.charts.size()
    );
    for (const sheet::Row& row : sheet.rows) {
        std::string line;
        for (const sheet::Cell& cell : row.cells) {
            line += (line.empty() ? "" : " | ") + std::visit(CellText{}, cell);
        }
        text += line + "\n";
    }
    return text;
}

TEST(DigestWorkbook, IsWrittenAsOnFile) {
    const test::Sample sample = test::usual_week();
    const DigestInput input = sample.input();
    const sheet::Workbook workbook = digest_workbook(weekly_digest(input), {input, {}});
    std::string text = workbook.title + "\n";
    for (const sheet::Sheet& sheet : workbook.sheets) {
        text += text_of(sheet);
    }
    test::expect_golden("workbook/usual_week.txt", text);
}

}  // namespace
}  // namespace thidua::reports
