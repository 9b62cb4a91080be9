// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/xlsx.hpp"

#include "core/memory_file.hpp"
#include "core/text.hpp"
#include "reports/style.hpp"
#include "reports/xlsx/chart.hpp"
#include "reports/xlsx/formats.hpp"
#include "reports/xlsx/text.hpp"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <clocale>
#include <cmath>
#include <numeric>
#include <set>
#include <type_traits>

namespace thidua::reports {
namespace {

using sheet::Look;

constexpr std::uint8_t a4_paper = 9;
constexpr double line_points = 15;
constexpr double title_points = 21;
constexpr double row_points_max = 409;  // Excel's own limit

lxw_row_t row_at(std::size_t at) {
    return static_cast<lxw_row_t>(at);
}

lxw_col_t column_at(std::size_t at) {
    return static_cast<lxw_col_t>(at);
}

/// The library writes numbers by printf: with a comma where the process has such a locale.
class PlainNumbers {
  public:
    PlainNumbers() : plain_(newlocale(LC_ALL_MASK, "C", nullptr)), before_(uselocale(plain_)) {}
    PlainNumbers(const PlainNumbers&) = delete;
    PlainNumbers& operator=(const PlainNumbers&) = delete;
    ~PlainNumbers() {
        uselocale(before_);
        freelocale(plain_);
    }

  private:
    locale_t plain_;
    locale_t before_;
};

double quotient(const Ratio& counts) {
    return static_cast<double>(counts.numerator) / static_cast<double>(counts.denominator);
}

double number_of(std::int64_t value) {
    return static_cast<double>(value);
}

double number_of(const sheet::Percentage& value) {
    return quotient(value.counts);
}

double number_of(const sheet::Points& value) {
    return 100 * (quotient(value.now) - quotient(value.before));
}

/// So many lines a text takes in a column, rather one too many: words are not cut.
double lines_of(std::string_view text, double width, Look look) {
    const auto letters = static_cast<double>(std::ranges::count_if(text, [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
    const double size = look == Look::Title ? 1.2 : look == Look::Head ? 1.05 : 0.82;
    return std::max(1.0, std::ceil(letters * size / std::max(width - 1, 1.0)));
}

/// One sheet; remembers the first thing that went wrong.
class SheetWriter {
  public:
    SheetWriter(xlsx::Target target, xlsx::Formats& formats, const sheet::Sheet& sheet)
        : target_(std::move(target)), formats_(formats), sheet_(sheet) {}

    [[nodiscard]] lxw_error write() {
        for (std::size_t at = 0; at < sheet_.widths.size(); ++at) {
            note(worksheet_set_column(
                target_.sheet, column_at(at), column_at(at), sheet_.widths[at], nullptr
            ));
        }
        for (std::size_t at = 0; at < sheet_.rows.size(); ++at) {
            write_row(at, sheet_.rows[at]);
        }
        for (const sheet::VerdictColours& verdicts : sheet_.verdicts) {
            colour_verdicts(verdicts);
        }
        for (const sheet::Stretch& stretch : sheet_.bars) {
            draw_bars(stretch);
        }
        for (const sheet::Chart& chart : sheet_.charts) {
            note(xlsx::add_chart(target_, chart));
        }
        lay_out();
        return first_error_;
    }

  private:
    void note(lxw_error error) {
        if (first_error_ == LXW_NO_ERROR) {
            first_error_ = error;
        }
    }

    void write_row(std::size_t row, const sheet::Row& content) {
        if (content.cells.empty()) {
            return;
        }
        if (sheet::is_whole_width(content.look)) {
            write_whole_width(row, content);
            return;
        }
        double lines = 1;
        for (std::size_t at = 0; at < content.cells.size(); ++at) {
            const sheet::Cell& cell = content.cells[at];
            lxw_format* format = formats_.of(content.look, xlsx::format_of(cell));
            std::visit([&](const auto& value) { put({row, at, format}, value); }, cell);
            if (const auto* text = std::get_if<sheet::Text>(&cell)) {
                const double width = sheet_.widths.at(at) - 2.0 * text->indent;
                lines = std::max(lines, lines_of(text->text, width, content.look));
            }
        }
        if (lines > 1) {
            set_height(row, lines, content.look);
        }
    }

    /// Excel does not fit the height of merged cells, and LibreOffice that of no row with lines.
    void write_whole_width(std::size_t row, const sheet::Row& content) {
        const auto* text = std::get_if<sheet::Text>(&content.cells.front());
        check(text != nullptr, "a row over the whole width is a text");
        const std::string words = xlsx::cell_text(text->text);
        lxw_format* format = formats_.of(content.look, xlsx::format_of(*text));
        const std::size_t columns = sheet_.widths.size();
        if (columns > 1) {
            note(worksheet_merge_range(
                target_.sheet,
                row_at(row),
                0,
                row_at(row),
                column_at(columns - 1),
                words.c_str(),
                format
            ));
        } else {
            note(worksheet_write_string(target_.sheet, row_at(row), 0, words.c_str(), format));
        }
        const double width = std::accumulate(sheet_.widths.begin(), sheet_.widths.end(), 0.0);
        set_height(row, lines_of(words, width, content.look), content.look);
    }

    void set_height(std::size_t row, double lines, Look look) {
        const double height = lines * (look == Look::Title ? title_points : line_points);
        note(
            worksheet_set_row(target_.sheet, row_at(row), std::min(height, row_points_max), nullptr)
        );
    }

    struct Place {
        std::size_t row;
        std::size_t column;
        lxw_format* format;
    };

    void put(const Place& at, double number) {
        note(worksheet_write_number(
            target_.sheet, row_at(at.row), column_at(at.column), number, at.format
        ));
    }

    void put(const Place& at, const sheet::Blank& /*nothing*/) {
        note(worksheet_write_blank(target_.sheet, row_at(at.row), column_at(at.column), at.format));
    }

    void put(const Place& at, const sheet::Text& text) {
        note(worksheet_write_string(
            target_.sheet,
            row_at(at.row),
            column_at(at.column),
            xlsx::cell_text(text.text).c_str(),
            at.format
        ));
    }

    void put(const Place& at, const sheet::Count& count) { put(at, number_of(count.value)); }

    void put(const Place& at, const sheet::Goal& goal) {
        put(at, quotient({goal.value.part, goal.value.whole}));
    }

    void put(const Place& at, const sheet::Date& date) { put(at, xlsx::serial(date.day)); }

    void put(const Place& at, const sheet::Moment& moment) { put(at, xlsx::serial(moment.at)); }

    void put(const Place& at, const sheet::Formula& formula) {
        const std::string text = "=" + formula.formula;
        const lxw_row_t row = row_at(at.row);
        const lxw_col_t column = column_at(at.column);
        const auto write = [&](const auto& value) {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string>) {
                return worksheet_write_formula_str(
                    target_.sheet, row, column, text.c_str(), at.format, value.c_str()
                );
            } else {
                return worksheet_write_formula_num(
                    target_.sheet, row, column, text.c_str(), at.format, number_of(value)
                );
            }
        };
        note(std::visit(write, formula.value));
    }

    void add_condition(const sheet::Stretch& cells, lxw_conditional_format& condition) {
        note(worksheet_conditional_format_range(
            target_.sheet,
            row_at(cells.first),
            column_at(cells.column),
            row_at(cells.last),
            column_at(cells.column),
            &condition
        ));
    }

    void colour_verdicts(const sheet::VerdictColours& verdicts) {
        const std::size_t first = verdicts.cells.first;
        const std::string cell = "$" + sheet::cell_name(first, verdicts.cells.column);
        std::string fit = "TRUE";
        if (verdicts.fitness_column) {
            const std::string fitness = "$" + sheet::cell_name(first, *verdicts.fitness_column);
            fit =
                fmt::format("{0}<>\"{1}\",{0}<>\"{2}\"", fitness, "chưa đối soát", "thiếu số liệu");
        }
        const auto add = [&](std::string formula, std::string_view ink, std::string_view paper) {
            lxw_conditional_format condition{};
            condition.type = LXW_CONDITIONAL_TYPE_FORMULA;
            condition.value_string = formula.data();
            condition.format = formats_.coloured(ink, paper);
            add_condition(verdicts.cells, condition);
        };
        add(fmt::format("=AND({}=\"đạt\",{})", cell, fit), style::good, "#e3f2e8");
        add(fmt::format("=AND(OR({0}=\"chưa đạt\",{0}=\"không đạt\"),{1})", cell, fit),
            style::bad,
            style::alarm_paper);
        add(fmt::format("=AND({0}<>\"\",{0}<>\"đạt\",{0}<>\"chưa đạt\",{0}<>\"không đạt\")", cell),
            style::open,
            style::warning_paper);
    }

    void draw_bars(const sheet::Stretch& cells) {
        lxw_conditional_format condition{};
        condition.type = LXW_CONDITIONAL_DATA_BAR;
        condition.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
        condition.max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
        condition.min_value = 0;
        condition.max_value = 1;
        condition.bar_solid = LXW_TRUE;
        condition.bar_color = xlsx::colour("#c9d8ea");
        add_condition(cells, condition);
    }

    void lay_out() {
        worksheet_freeze_panes(
            target_.sheet, row_at(sheet_.head + 1), column_at(sheet_.kept_columns)
        );
        note(worksheet_repeat_rows(target_.sheet, row_at(sheet_.head), row_at(sheet_.head)));
        if (sheet_.has_filter && sheet_.rows.size() > sheet_.head + 1) {
            note(worksheet_autofilter(
                target_.sheet,
                row_at(sheet_.head),
                0,
                row_at(sheet_.rows.size() - 1),
                column_at(sheet_.widths.size() - 1)
            ));
        }
        worksheet_set_landscape(target_.sheet);
        worksheet_set_paper(target_.sheet, a4_paper);
        worksheet_fit_to_pages(target_.sheet, 1, 0);
        worksheet_set_margins(target_.sheet, 0.4, 0.4, 0.5, 0.6);
        worksheet_gridlines(target_.sheet, LXW_HIDE_ALL_GRIDLINES);
        note(worksheet_set_footer(target_.sheet, "&L&9&A&R&9Trang &P/&N"));
    }

    xlsx::Target target_;
    xlsx::Formats& formats_;
    const sheet::Sheet& sheet_;
    lxw_error first_error_ = LXW_NO_ERROR;
};

Result<void> check_counts(const sheet::Sheet& sheet) {
    const auto is_too_big = [](const sheet::Cell& cell) {
        const auto* count = std::get_if<sheet::Count>(&cell);
        return count != nullptr && !xlsx::is_exact(count->value);
    };
    for (const sheet::Row& row : sheet.rows) {
        if (std::ranges::any_of(row.cells, is_too_big)) {
            return fail(ErrorKind::Data, "workbook: a count of more than 15 digits");
        }
    }
    return {};
}

/// The library prints what it refuses, so nothing that it would refuse comes to it.
Result<void> check_workbook(const sheet::Workbook& workbook) {
    if (workbook.sheets.empty()) {
        return fail(ErrorKind::Data, "workbook: no sheets");
    }
    std::set<std::string> names;
    for (const sheet::Sheet& sheet : workbook.sheets) {
        if (auto valid = xlsx::check_sheet_name(sheet.name); !valid) {
            return failed("workbook", valid.error());
        }
        if (!names.insert(fold(sheet.name)).second) {
            return fail(ErrorKind::Data, "workbook: two sheets named '" + sheet.name + "'");
        }
        if (auto valid = check_counts(sheet); !valid) {
            return valid;
        }
    }
    return {};
}

void set_properties(lxw_workbook* book, const sheet::Workbook& workbook) {
    std::string title = xlsx::cell_text(workbook.title).substr(0, 255);
    std::string organisation = xlsx::cell_text(workbook.organisation).substr(0, 255);
    lxw_doc_properties properties{};
    properties.title = title.data();
    properties.author = organisation.data();
    properties.company = organisation.data();
    properties.created =
        std::chrono::floor<std::chrono::seconds>(workbook.made_at).time_since_epoch().count();
    workbook_set_properties(book, &properties);
}

lxw_error write_sheets(lxw_workbook* book, const sheet::Workbook& workbook) {
    xlsx::Formats formats(book);
    std::vector<lxw_worksheet*> sheets;
    for (const sheet::Sheet& sheet : workbook.sheets) {
        sheets.push_back(workbook_add_worksheet(book, sheet.name.c_str()));
        if (sheets.back() == nullptr) {
            return LXW_ERROR_MEMORY_MALLOC_FAILED;
        }
    }
    for (std::size_t at = 0; at < sheets.size(); ++at) {
        const sheet::Sheet& sheet = workbook.sheets[at];
        SheetWriter writer({book, sheets[at], sheet.name}, formats, sheet);
        if (const lxw_error error = writer.write(); error != LXW_NO_ERROR) {
            return error;
        }
    }
    return LXW_NO_ERROR;
}

}  // namespace

Result<std::string> render_xlsx(const sheet::Workbook& workbook) {
    if (auto valid = check_workbook(workbook); !valid) {
        return std::unexpected(valid.error());
    }
    const PlainNumbers plain;
    const MemoryFile file;
    lxw_workbook* book = workbook_new(file.path().c_str());
    if (book == nullptr) {
        return fail(ErrorKind::Io, "workbook: no memory");
    }
    set_properties(book, workbook);
    const lxw_error written = write_sheets(book, workbook);
    // Frees it too, whatever it answers.
    const lxw_error closed = workbook_close(book);
    if (written != LXW_NO_ERROR || closed != LXW_NO_ERROR) {
        const lxw_error error = written != LXW_NO_ERROR ? written : closed;
        return fail(ErrorKind::Io, fmt::format("workbook: {}", lxw_strerror(error)));
    }
    return file.content();
}

}  // namespace thidua::reports
