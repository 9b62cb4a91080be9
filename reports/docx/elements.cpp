// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/docx/elements.hpp"

#include "core/result.hpp"
#include "reports/docx/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace thidua::reports::docx {
namespace {

using official::Span;

std::string_view look_of(Span::Kind kind) {
    switch (kind) {
        case Span::Kind::Plain:
        case Span::Kind::Break:
            return "";
        case Span::Kind::Bold:
            return "<w:rPr><w:b/></w:rPr>";
        case Span::Kind::Italic:
            return "<w:rPr><w:i/></w:rPr>";
        case Span::Kind::Prompt:
            return R"(<w:rPr><w:rStyle w:val="Prompt"/></w:rPr>)";
        case Span::Kind::Reference:
            return R"(<w:rPr><w:rStyle w:val="Reference"/></w:rPr>)";
    }
    check(false, "look_of: a known Span::Kind");
    return "";
}

std::string_view align_xml(official::Table::Align align) {
    switch (align) {
        case official::Table::Align::Left:
            return "";
        case official::Table::Align::Centre:
            return R"(<w:jc w:val="center"/>)";
        case official::Table::Align::Right:
            return R"(<w:jc w:val="right"/>)";
    }
    check(false, "align_xml: a known Align");
    return "";
}

/// Shares as lengths whose sum is `width`.
std::vector<int> widths_of(const official::Table& table, int width) {
    const int shares = std::accumulate(
        table.columns.begin(),
        table.columns.end(),
        0,
        [](int sum, const official::Table::Column& column) { return sum + column.width; }
    );
    std::vector<int> widths;
    int seen = 0;
    int used = 0;
    for (const official::Table::Column& column : table.columns) {
        seen += column.width;
        const int until = width * seen / shares;
        widths.push_back(until - used);
        used = until;
    }
    return widths;
}

std::string grid(const std::vector<int>& widths) {
    std::string text = "<w:tblGrid>";
    for (const int width : widths) {
        text += fmt::format(R"(<w:gridCol w:w="{}"/>)", width);
    }
    return text + "</w:tblGrid>";
}

std::string cell(int width, std::string_view align, const std::string& content) {
    return fmt::format(
        R"(<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/>{}</w:tcPr>{}</w:tc>)", width, align, content
    );
}

std::string borders() {
    std::string text = "<w:tblBorders>";
    for (const std::string_view side : {"top", "left", "bottom", "right", "insideH", "insideV"}) {
        text +=
            fmt::format(R"(<w:{} w:val="single" w:sz="4" w:space="0" w:color="000000"/>)", side);
    }
    return text + "</w:tblBorders>";
}

std::string head_row(const official::Table& table, const std::vector<int>& widths) {
    std::string row = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
        row += cell(
            widths[at],
            R"(<w:vAlign w:val="center"/>)",
            text_paragraph("CellTitle", table.columns[at].title)
        );
    }
    return row + "</w:tr>";
}

}  // namespace

std::string run(const Span& span) {
    if (span.kind == Span::Kind::Break) {
        return "<w:r><w:br/></w:r>";
    }
    return fmt::format(
        R"(<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>)",
        look_of(span.kind),
        xml_text(span.text)
    );
}

std::string runs(const official::Line& line) {
    std::string text;
    for (const Span& span : line) {
        text += run(span);
    }
    return text;
}

std::string paragraph(
    std::string_view style, const std::string& content, std::string_view properties
) {
    return fmt::format(
        R"(<w:p><w:pPr><w:pStyle w:val="{}"/>{}</w:pPr>{}</w:p>)", style, properties, content
    );
}

std::string text_paragraph(std::string_view style, std::string_view text) {
    return paragraph(style, run({Span::Kind::Plain, std::string(text)}));
}

std::string rule(int length, int width) {
    const int indent = std::max(0, (width - length) / 2);
    return paragraph(
        "Rule",
        "",
        fmt::format(
            R"(<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>)"
            R"(<w:ind w:left="{0}" w:right="{0}"/>)",
            indent
        )
    );
}

std::string side_by_side(const std::vector<SideCell>& cells) {
    std::vector<int> widths;
    std::string row;
    for (const SideCell& each : cells) {
        widths.push_back(each.width);
        row += cell(each.width, "", each.content);
    }
    return fmt::format(
        R"(<w:tbl><w:tblPr><w:tblW w:w="{}" w:type="dxa"/><w:tblLayout w:type="fixed"/>)"
        R"(<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>)"
        R"(</w:tblCellMar></w:tblPr>{}<w:tr><w:trPr><w:cantSplit/></w:trPr>{}</w:tr></w:tbl>)",
        std::accumulate(widths.begin(), widths.end(), 0),
        grid(widths),
        row
    );
}

std::string table(const official::Table& table, int width) {
    const std::vector<int> widths = widths_of(table, width);
    std::string text = fmt::format(
        R"(<w:tbl><w:tblPr><w:tblW w:w="{}" w:type="dxa"/>{}<w:tblLayout w:type="fixed"/>)"
        R"(</w:tblPr>{}{})",
        width,
        borders(),
        grid(widths),
        head_row(table, widths)
    );
    for (const std::vector<official::Line>& row : table.rows) {
        check(row.size() == table.columns.size(), "table: a cell per column");
        text += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
        for (std::size_t at = 0; at < row.size(); ++at) {
            const std::string_view align = align_xml(table.columns[at].align);
            text += cell(widths[at], "", paragraph("Cell", runs(row[at]), align));
        }
        text += "</w:tr>";
    }
    // A table must not touch the next one, and a cell or page must not end with one.
    return text + "</w:tbl>" + paragraph("Gap", "");
}

}  // namespace thidua::reports::docx
