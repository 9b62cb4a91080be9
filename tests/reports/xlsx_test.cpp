// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Workbooks as files. That Excel's own readers find in them what we put there is for
// tests/system/workbook_test.py, which recomputes every formula.
#include "reports/xlsx.hpp"

#include "core/text.hpp"
#include "reports/edition_workbook.hpp"
#include "reports/xlsx/text.hpp"
#include "tests/reports/samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <ctime>
#include <string>

namespace thidua::reports {
namespace {

using sheet::Workbook;

/// The samples have no dossiers of their own.
Workbook book_of(const test::Sample& sample) {
    const DigestInput input = sample.input();
    return digest_workbook(weekly_digest(input), {input, {}});
}

std::string render(const Workbook& workbook) {
    const auto bytes = render_xlsx(workbook);
    EXPECT_TRUE(bytes.has_value()) << bytes.error().message;
    return bytes.value_or("");
}

const sheet::Sheet& sheet_named(const Workbook& workbook, const std::string& name) {
    for (const sheet::Sheet& one : workbook.sheets) {
        if (one.name == name) {
            return one;
        }
    }
    throw std::out_of_range(name);
}

Workbook one_cell(sheet::Cell cell, const std::string& name = "Tờ") {
    Workbook workbook;
    workbook.sheets.push_back(
        {.name = name, .widths = {10}, .rows = {{.look = {}, .cells = {std::move(cell)}}}}
    );
    return workbook;
}

TEST(Xlsx, SameWorkbookGivesTheSameBytesInAnyZoneAndLocale) {
    const Workbook workbook = book_of(test::usual_week());
    const std::string first = render(workbook);
    ASSERT_EQ(first.substr(0, 2), "PK");
    setenv("TZ", "America/New_York", 1);
    tzset();
    EXPECT_TRUE(first == render(workbook));
    // Whatever of these the machine has: a comma between whole and decimals is what matters.
    for (const char* const name : {"vi_VN.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8"}) {
        (void)std::setlocale(LC_ALL, name);
        EXPECT_TRUE(first == render(workbook)) << name;
    }
    (void)std::setlocale(LC_ALL, "C");
    unsetenv("TZ");
    tzset();
    Workbook later = workbook;
    later.made_at += std::chrono::hours{1};
    EXPECT_FALSE(first == render(later)) << "the file is dated";
}

TEST(Xlsx, TextIsMadeHarmlessAndStaysReadable) {
    using xlsx::cell_text;
    for (const char* const plain :
         {"=HYPERLINK(\"http://x\";\"y\")", "+1", "-1", "@SUM(A1)", "<script>&", "'a", "0123"}) {
        EXPECT_EQ(cell_text(plain), plain);
    }
    EXPECT_EQ(cell_text("a\r\nb\tc"), "a  b c");
    EXPECT_EQ(cell_text("a\x01\x7F\u0085z"), "a\uFFFD\uFFFD\uFFFDz");
    EXPECT_EQ(cell_text("\u202E45,0 %\u2066"), "\uFFFD45,0 %\uFFFD");
    EXPECT_EQ(cell_text("a\xFF z"), "a\uFFFD z");
    EXPECT_EQ(cell_text("Tho\u0302\u0301ng"), "Th\u1ED1ng") << "NFC";
    EXPECT_EQ(cell_text("_x000D_ _x00_"), "_x005F_x000D_ _x00_");
}

TEST(Xlsx, TextIsCutWhereExcelWouldRefuseIt) {
    EXPECT_EQ(xlsx::cell_text(std::string(32'767, 'a')).size(), 32'767U);
    const std::string cut = xlsx::cell_text(std::string(32'768, 'a'));
    EXPECT_EQ(cut, std::string(32'766, 'a') + "…");
    std::string wide;
    for (int at = 0; at < 20'000; ++at) {
        wide += "\U0001F600";  // two units of UTF-16 each
    }
    EXPECT_EQ(xlsx::cell_text(wide).size(), 16'383U * 4 + std::string("…").size());
    EXPECT_FALSE(render(one_cell(sheet::Text{wide})).empty());
}

TEST(Xlsx, RefusesWhatExcelWouldNotOpenAndPrintsNothing) {
    const std::string long_name(32, 'a');
    testing::internal::CaptureStderr();
    for (const std::string& name :
         {std::string(), long_name, std::string("a/b"), std::string("'a"), std::string("a\nb")}) {
        const auto refused = render_xlsx(one_cell(sheet::Count{1}, name));
        ASSERT_FALSE(refused.has_value()) << name;
        EXPECT_EQ(refused.error().kind, ErrorKind::Data);
    }
    Workbook twice = one_cell(sheet::Count{1}, "Tổng hợp");
    twice.sheets.push_back(twice.sheets.front());
    twice.sheets.back().name = "tổng hợp";
    EXPECT_FALSE(render_xlsx(twice).has_value());
    EXPECT_FALSE(render_xlsx({}).has_value());
    EXPECT_FALSE(render_xlsx(one_cell(sheet::Count{1'000'000'000'000'000})).has_value());
    EXPECT_TRUE(render_xlsx(one_cell(sheet::Count{999'999'999'999'999})).has_value());
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Xlsx, EverySampleIsWritten) {
    testing::internal::CaptureStderr();
    for (const test::Sample& sample :
         {test::usual_week(),
          test::first_edition(),
          test::silent_source(),
          test::stale_source(),
          test::many_units(),
          test::hostile_names(),
          test::no_targets(),
          test::on_the_line()}) {
        EXPECT_EQ(render(book_of(sample)).substr(0, 2), "PK");
    }
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

/// How often a cell of the sheet is the text.
std::size_t count_text(const sheet::Sheet& one, const std::string& text) {
    std::size_t found = 0;
    for (const sheet::Row& row : one.rows) {
        for (const sheet::Cell& cell : row.cells) {
            const auto* words = std::get_if<sheet::Text>(&cell);
            const auto* formula = std::get_if<sheet::Formula>(&cell);
            found += words != nullptr && words->text == text ? 1U : 0U;
            found +=
                formula != nullptr && formula->value == decltype(formula->value)(text) ? 1U : 0U;
        }
    }
    return found;
}

TEST(Workbook, TotalsAreSumsWhereverTheSumIsRight) {
    const Workbook workbook = book_of(test::usual_week());
    const sheet::Sheet& units = sheet_named(workbook, "Đơn vị");
    std::vector<bool> is_sum;
    for (const sheet::Row& row : units.rows) {
        if (row.look == sheet::Look::Total) {
            is_sum.push_back(std::holds_alternative<sheet::Formula>(row.cells.at(4)));
        }
    }
    EXPECT_EQ(is_sum, (std::vector<bool>{false, true, true})) << "shared services are not summed";
}

TEST(Workbook, AbsentAndEmptyFiguresAreWordsAndNever0) {
    const Workbook silent = book_of(test::silent_source());
    const sheet::Sheet& units = sheet_named(silent, "Đơn vị");
    EXPECT_EQ(count_text(units, "không phát sinh"), 0U);
    // Root, seven units and the whole: ratio, verdict and fitness.
    EXPECT_EQ(count_text(units, "thiếu số liệu"), 9U * 3);
    const Workbook empty = book_of(test::on_the_line());
    // One unit without any dossier: ratios of three indicators, verdicts of two.
    EXPECT_EQ(count_text(sheet_named(empty, "Đơn vị"), "không phát sinh"), 5U);
    EXPECT_EQ(count_text(sheet_named(empty, "Đơn vị"), "đạt"), 0U)
        << "exactly 45 % is not above it";
}

TEST(Workbook, NoChartHasABarForAUnitWithoutARatio) {
    const Workbook workbook = book_of(test::on_the_line());
    for (const sheet::Chart& chart : sheet_named(workbook, "Biểu đồ").charts) {
        EXPECT_EQ(chart.values.first, chart.values.last);
    }
    EXPECT_TRUE(sheet_named(book_of(test::silent_source()), "Biểu đồ").charts.size() == 2);
}

TEST(Workbook, LeavesAGapInTheLineWhereNothingWasPublished) {
    const sheet::Sheet trends = sheet_named(book_of(test::usual_week()), "Diễn biến");
    ASSERT_EQ(trends.charts.size(), 3U);
    const sheet::Stretch values = trends.charts.front().values;
    ASSERT_EQ(values.last - values.first, 7U);
    for (std::size_t row = values.first; row <= values.last; ++row) {
        const bool is_gap =
            std::holds_alternative<sheet::Blank>(trends.rows[row].cells[values.column]);
        EXPECT_EQ(is_gap, row == values.first + 4) << row;
    }
    const Workbook first = book_of(test::first_edition());
    EXPECT_EQ(std::ranges::count(first.sheets, "Diễn biến", &sheet::Sheet::name), 0);
}

TEST(Workbook, NamesEveryFigureWithTheCommandThatExplainsIt) {
    const test::Sample sample = test::usual_week();
    const Workbook workbook = book_of(sample);
    const sheet::Sheet& provenance = sheet_named(workbook, "Nguồn gốc");
    for (const rules::UnitStanding& unit : sample.standings.units) {
        for (const rules::Figure& figure : unit.figures) {
            EXPECT_GE(count_text(provenance, "thidua explain " + figure.id), 1U) << figure.id;
        }
    }
}

TEST(Workbook, HasAllRestatementsOrNoSheetOfThem) {
    const Workbook workbook = book_of(test::restated_week());
    const sheet::Sheet& restated = sheet_named(workbook, "Điều chỉnh");
    EXPECT_EQ(restated.rows.size(), 1U + 12U);
    EXPECT_EQ(count_text(restated, "thiếu số liệu"), 2U) << "both counts of one figure";
    const Workbook usual = book_of(test::usual_week());
    EXPECT_FALSE(std::ranges::any_of(usual.sheets, [](const sheet::Sheet& one) {
        return one.name == "Điều chỉnh";
    }));
}

}  // namespace
}  // namespace thidua::reports
