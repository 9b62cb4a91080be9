// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// HTML as mail clients understand it: tables for layout, attributes beside styles for Outlook.
#include "reports/mail_html.hpp"

#include "core/base64.hpp"
#include "reports/format.hpp"
#include "reports/html.hpp"
#include "reports/mail_bar.hpp"
#include "reports/mail_table.hpp"
#include "reports/phrases.hpp"
#include "reports/style.hpp"
#include "reports/trend.hpp"

#include <fmt/format.h>

namespace thidua::reports {
namespace {

constexpr std::string_view fonts = "-apple-system,'Segoe UI',Roboto,Arial,sans-serif";

constexpr std::string_view plain_table =
    R"(<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">)";

std::string render_change(const KeyFigure& figure) {
    const std::string phrase = change_phrase(figure);
    if (phrase.empty()) {
        return "";
    }
    return fmt::format(
        R"(<div style="color:{}">{}</div>)",
        colour_of(*figure.change),
        escape_html(capitalise(phrase))
    );
}

std::string render_gap(const Gap& gap) {
    const std::string phrase = gap_phrase(gap);
    if (phrase.empty()) {
        return "";
    }
    return fmt::format(
        R"(<div style="color:{};font-weight:bold">{}</div>)", style::ink, escape_html(phrase)
    );
}

/// Writes block after block; one overload per kind of block.
class HtmlWriter {
  public:
    explicit HtmlWriter(std::span<const Picture> pictures) : pictures_(pictures) {}

    void operator()(const Notice& notice) {
        const NoticeColours colours = colours_of(notice.level);
        row(fmt::format(
            R"(<div style="padding:8px 12px;background:{};color:{};font-size:13px;)"
            R"(border-left:4px solid {}"><b style="color:{}">{}</b> &nbsp;{}</div>)",
            colours.paper,
            style::ink,
            colours.label,
            colours.label,
            escape_html(notice.label),
            escape_html(notice.text)
        ));
    }

    void operator()(const Headline& headline) {
        row(fmt::format(
            R"(<div style="padding:4px 0 0;font-size:18px;line-height:24px;font-weight:bold;)"
            R"(color:{}">{}</div>)",
            colour_of(headline.tone),
            escape_html(headline.text)
        ));
    }

    void operator()(const Heading& heading) {
        row(fmt::format(
            R"(<h2 style="margin:12px 0 0;font-size:15px;line-height:20px;color:{}">{}</h2>)",
            style::navy,
            escape_html(heading.text)
        ));
    }

    void operator()(const Paragraph& paragraph) { row(escape_html(paragraph.text)); }

    void operator()(const Note& note) {
        row(fmt::format(
            R"(<div style="font-size:12px;line-height:17px;color:{}">{}</div>)",
            style::quiet,
            escape_html(note.text)
        ));
    }

    void operator()(const Bullets& bullets) {
        std::string items;
        for (const Bullets::Item& item : bullets.items) {
            const std::string label =
                item.label.empty() ? "" : fmt::format("<b>{}:</b> ", escape_html(item.label));
            items += fmt::format(
                R"(<li style="margin:0 0 3px">{}{}</li>)", label, escape_html(item.text)
            );
        }
        row(fmt::format(R"(<ul style="margin:0;padding:0 0 0 18px">{}</ul>)", items));
    }

    void operator()(const Request& request) {
        row(fmt::format(
            R"(<div style="margin:6px 0 0;padding:10px 12px;background:{0};color:{1};)"
            R"(border-left:4px solid {0}"><b>ĐỀ NGHỊ</b><br>{2}</div>)",
            style::navy,
            style::paper,
            escape_html(request.text)
        ));
    }

    void operator()(const KeyFigures& block) {
        for (const KeyFigure& figure : block.figures) {
            row(render(figure));
        }
    }

    void operator()(const BelowTarget& block) {
        std::string rows;
        for (const BelowTarget::Unit& unit : block.units) {
            rows += render(unit);
        }
        if (block.hidden > 0) {
            rows += fmt::format(
                R"(<tr><td colspan="2" style="padding:4px 0;color:{}">{}</td></tr>)",
                style::quiet,
                escape_html(hidden_phrase(block.hidden))
            );
        }
        row(fmt::format("{}{}</table>", plain_table, rows));
    }

    void operator()(const Table& table) { row(render_table(table)); }

    void operator()(const BarChart& chart) {
        std::string bars;
        for (const BarChart::Bar& bar : chart.bars) {
            bars += fmt::format(
                R"(<tr><td style="font-size:13px;line-height:18px">{}</td>)"
                R"(<td align="right" valign="bottom" style="padding:0 0 0 8px;font-size:13px;)"
                R"(white-space:nowrap;color:{}">{}</td></tr><tr><td colspan="2">{}</td></tr>)",
                escape_html(bar.label),
                colour_of(bar.value),
                escape_html(verdict_and_value(bar.value)),
                render_bar(bar.value)
            );
        }
        row(fmt::format("{}{}</table>", plain_table, bars));
    }

    void operator()(const TrendChart& chart) {
        if (pictures_.empty()) {
            row(fmt::format("<b>{}.</b> {}", escape_html(chart.name), escape_html(describe(chart)))
            );
            return;
        }
        const Picture& picture = pictures_.front();
        row(fmt::format(
            R"(<img {}{}" width="{}" alt="{}. {}" style="display:block;width:100%;)"
            R"(max-width:520px;height:auto;border:0;font-size:12px;line-height:17px">)",
            picture_source,
            base64(picture.svg),
            picture_width,
            escape_html(chart.name),
            escape_html(picture.words)
        ));
        pictures_ = pictures_.subspan(1);
    }

    void operator()(const DefinitionList& list) {
        std::string items;
        for (const DefinitionList::Item& item : list.items) {
            items += fmt::format(
                R"(<p style="margin:0 0 6px;font-size:13px;line-height:19px"><b>{}.</b> {}</p>)",
                escape_html(item.term),
                escape_html(item.text)
            );
        }
        row(items);
    }

    void operator()(const Recipients& recipients) {
        std::string lines;
        for (const std::string& line : recipient_lines(recipients)) {
            lines += "<br>" + escape_html(line);
        }
        row(fmt::format(
            R"(<div style="margin:6px 0 0;font-size:12px;line-height:17px"><b><i>Nơi nhận:</i></b>)"
            "{}</div>",
            lines
        ));
    }

    void head(const Document& document) {
        row(fmt::format(
            R"(<div style="padding:10px 0 0;font-size:12px;line-height:17px;color:{0}">{1}</div>)"
            R"(<h1 style="margin:0;font-size:20px;line-height:27px;color:{2}">{3}</h1>)"
            R"(<div style="font-size:13px;line-height:18px;color:{0}">{4}</div>)",
            style::quiet,
            escape_html(document.organisation),
            style::navy,
            escape_html(document.title),
            escape_html(document.period)
        ));
    }

    [[nodiscard]] std::string rows() && { return std::move(rows_); }

  private:
    void row(std::string_view content) {
        rows_ += fmt::format("<tr><td style=\"padding:4px 16px\">{}</td></tr>\n", content);
    }

    static std::string render(const KeyFigure& figure) {
        return fmt::format(
            R"({}<tr><td style="padding:6px 0 0;border-top:1px solid {};font-weight:bold">{}</td>)"
            R"(<td align="right" style="padding:6px 0 0;border-top:1px solid {};font-size:22px;)"
            R"(line-height:26px;font-weight:bold;white-space:nowrap;color:{}">{}</td></tr>)"
            R"(<tr><td colspan="2" style="font-size:13px;line-height:18px;color:{}">{}{}{}{}</td>)"
            "</tr></table>",
            plain_table,
            style::line,
            escape_html(figure.name),
            style::line,
            colour_of(figure.value),
            escape_html(format_value(figure.value)),
            style::quiet,
            render_bar(figure.value),
            escape_html(join(figure_phrases(figure), " · ")),
            render_change(figure),
            render_gap(figure.gap)
        );
    }

    static std::string render(const BelowTarget::Unit& unit) {
        std::string rows = fmt::format(
            R"(<tr><td colspan="2" style="padding:5px 0 0;border-top:1px solid {}">)"
            "<b>{}</b></td></tr>",
            style::line,
            escape_html(unit.name)
        );
        for (const Shortfall& shortfall : unit.shortfalls) {
            rows += fmt::format(
                R"(<tr><td valign="top" style="padding:0 8px 3px 0;font-size:13px;)"
                R"(color:{}">{} {}</td>)"
                R"(<td valign="top" align="right" style="padding:0 0 3px;font-size:13px;)"
                R"(white-space:nowrap;color:{}">{}</td></tr>)",
                style::quiet,
                escape_html(shortfall.indicator),
                escape_html(value_and_mark(shortfall.value)),
                style::bad,
                escape_html(shortfall_phrase(shortfall))
            );
        }
        return rows;
    }

    std::string rows_;
    std::span<const Picture> pictures_;  ///< those that are yet to come
};

/// Everything around the rows. The conditional comment gives Outlook the width it does not take
/// from max-width.
std::string page(const Document& document, std::string_view rows) {
    return fmt::format(
        R"(<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light"><meta name="supported-color-schemes" content="light">
<title>{subject}</title></head>
<body style="margin:0;padding:0;background:{page};color:{ink}">
<div style="display:none;max-height:0;overflow:hidden;font-size:1px;color:{page}">{preview}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="{page}">
<tr><td align="center">
<!--[if mso]><table role="presentation" width="640"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="{paper}"
 style="max-width:640px;background:{paper};color:{ink};border-top:5px solid {navy};
 font-family:{fonts};font-size:14px;line-height:20px;text-align:left;overflow-wrap:anywhere">
{rows}<tr><td style="padding:0 0 12px"></td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body></html>
)",
        fmt::arg("subject", escape_html(document.subject)),
        fmt::arg("preview", escape_html(document.preview)),
        fmt::arg("page", style::page),
        fmt::arg("paper", style::paper),
        fmt::arg("ink", style::ink),
        fmt::arg("navy", style::navy),
        fmt::arg("fonts", fonts),
        fmt::arg("rows", rows)
    );
}

}  // namespace

std::string render_html(const Document& document, std::span<const Picture> pictures) {
    HtmlWriter writer(pictures);
    writer.head(document);
    for (const Block& block : document.blocks) {
        std::visit(writer, block);
    }
    return page(document, std::move(writer).rows());
}

}  // namespace thidua::reports
