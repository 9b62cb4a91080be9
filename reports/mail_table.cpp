// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/mail_table.hpp"

#include "reports/format.hpp"
#include "reports/html.hpp"
#include "reports/phrases.hpp"
#include "reports/style.hpp"

#include <fmt/format.h>

namespace thidua::reports {
namespace {

std::string coloured(std::string_view colour, std::string_view text) {
    return fmt::format(R"(<span style="color:{}">{}</span>)", colour, escape_html(text));
}

/// Both counts, on two lines where one is too narrow: a count broken within reads as another one.
std::string render_counts(const Ratio& counts) {
    constexpr std::size_t letters_max = 11;  // what fits into a quarter of 360 px
    std::string text = format_counts(counts);
    if (text.size() <= letters_max) {
        return text;
    }
    return format_count(counts.numerator) + "/<br>" + format_count(counts.denominator);
}

struct CellHtml {
    std::string operator()(const Empty&) const { return ""; }
    std::string operator()(const Text& cell) const { return escape_html(cell.text); }
    std::string operator()(const Count& cell) const { return format_count(cell.value); }

    std::string operator()(const Percent& cell) const {
        std::string value = coloured(colour_of(cell), verdict_and_value(cell));
        if (!cell.counts || cell.counts->denominator == 0) {
            return value;
        }
        std::string html = fmt::format("<b>{}</b><br>{}", value, render_counts(*cell.counts));
        if (const std::string mark = format_mark(cell); !mark.empty()) {
            html += "<br>" + coloured(style::open, mark);
        }
        return html;
    }

    std::string operator()(const Change& cell) const {
        return coloured(colour_of(cell), is_comparable(cell) ? format_change(cell) : "–");
    }

    std::string operator()(const Freshness& cell) const {
        return coloured(colour_of(cell), format_freshness(cell));
    }

    std::string operator()(const Moment& cell) const {
        return cell.at ? format_instant(*cell.at) : "–";
    }
};

std::string render_header(const Table& table) {
    std::string cells;
    for (const std::string& column : table.columns) {
        cells += fmt::format(
            R"(<th scope="col" align="left" valign="bottom" style="padding:2px 6px 4px 0;)"
            R"(font-weight:normal">{}</th>)",
            escape_html(column)
        );
    }
    return fmt::format("<tr>{}</tr>\n", cells);
}

/// The label over the whole width: a rank, if there is one, then the name.
std::string render_label(const Table& table, const Table::Row& row) {
    const std::string rank = row.rank ? fmt::format("{}. ", *row.rank) : "";
    const bool is_shaded = row.kind != Table::RowKind::Plain;
    return fmt::format(
        R"(<tr><th scope="row" colspan="{}" align="left" style="padding:5px 0 1px;)"
        R"(border-top:1px solid {};font-size:14px;{}color:{}">{}{}</th></tr>)",
        table.columns.size(),
        style::line,
        is_shaded ? fmt::format("background:{};", style::shade) : "",
        row.kind == Table::RowKind::Group ? style::navy : style::ink,
        rank,
        escape_html(row.label)
    );
}

std::string render_row(const Table& table, const Table::Row& row) {
    std::string cells;
    for (const Cell& cell : row.cells) {
        cells += fmt::format(
            R"(<td valign="top" style="padding:0 6px 5px 0">{}</td>)", std::visit(CellHtml{}, cell)
        );
    }
    if (!cells.empty()) {
        const bool is_total = row.kind == Table::RowKind::Total;
        cells = is_total ? fmt::format(R"(<tr style="background:{}">{}</tr>)", style::shade, cells)
                         : "<tr>" + cells + "</tr>";
    }
    return render_label(table, row) + cells + "\n";
}

}  // namespace

std::string render_table(const Table& table) {
    std::string rows;
    for (const Table::Row& row : table.rows) {
        rows += render_row(table, row);
    }
    return fmt::format(
        R"(<table width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;)"
        R"(table-layout:fixed;font-size:12px;line-height:17px;color:{}">{}{}</table>)",
        style::quiet,
        render_header(table),
        rows
    );
}

}  // namespace thidua::reports
