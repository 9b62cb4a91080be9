// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/html.hpp"

#include "daemon/web/words_table.hpp"
#include "reports/bar.hpp"
#include "reports/format.hpp"
#include "reports/html.hpp"
#include "rules/standings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace thidua::daemon::web {
namespace {

constexpr std::array<std::pair<std::string_view, Say>, 4> places{{
    {"/", Say::Standings},
    {"/sources", Say::Sources},
    {"/editions", Say::Editions},
    {"/schedule", Say::Schedule},
}};

std::string navigation(const Words& words, std::string_view active) {
    std::string items;
    for (const auto& [path, text] : places) {
        items += fmt::format(
            R"(<li><a href="{}"{}>{}</a></li>)",
            path,
            path == active ? R"( aria-current="page")" : "",
            escaped(words(text))
        );
    }
    return fmt::format(
        R"(<nav aria-label="{}"><ul>{}</ul></nav>)", escaped(words(Say::Pages)), items
    );
}

// The drawing of a trend, in its own units; the page scales it.
constexpr int trend_width = 320;
constexpr int trend_height = 120;
constexpr int trend_left = 34;  // room for "100 %"
constexpr int trend_right = 8;
constexpr int trend_top = 10;
constexpr int trend_bottom = 20;  // room for the weeks
constexpr int trend_full = trend_height - trend_top - trend_bottom;

struct Spot {
    int x = 0;
    int y = 0;
};

/// Where the chart's points are; nothing where there is no figure.
std::vector<std::optional<Spot>> spots_of(const reports::TrendChart& chart) {
    std::vector<std::optional<Spot>> spots;
    const auto steps = static_cast<int>(chart.points.size()) - 1;
    for (int at = 0; at <= steps; ++at) {
        const reports::Percent& value = chart.points[static_cast<std::size_t>(at)].value;
        if (!reports::has_bar(value)) {
            spots.emplace_back(std::nullopt);
            continue;
        }
        const int width = trend_width - trend_left - trend_right;
        spots.push_back(Spot{
            trend_left + width * at / std::max(steps, 1),
            trend_top + trend_full - reports::bar_steps(value, trend_full).filled});
    }
    return spots;
}

std::string line_through(const std::vector<std::optional<Spot>>& spots) {
    std::string path;
    bool is_drawn = false;
    for (const auto& spot : spots) {
        if (spot) {
            path += fmt::format("{}{} {}", is_drawn ? "L" : "M", spot->x, spot->y);
        }
        is_drawn = spot.has_value();
    }
    return fmt::format(R"(<path class="line" d="{}"/>)", path);
}

std::string scale() {
    std::string lines;
    for (const int percent : {0, 50, 100}) {
        const int y = trend_top + trend_full - trend_full * percent / 100;
        lines += fmt::format(
            R"(<path class="grid" d="M{} {}H{}"/><text x="{}" y="{}" text-anchor="end">{}</text>)",
            trend_left,
            y,
            trend_width - trend_right,
            trend_left - 4,
            y + 4,
            percent
        );
    }
    return lines;
}

std::string goal_line(const reports::TrendChart& chart) {
    const auto with_target =
        std::ranges::find_if(chart.points, [](const reports::TrendChart::Point& point) {
            return reports::has_bar(point.value) && point.value.target;
        });
    if (with_target == chart.points.end()) {
        return "";
    }
    const int goal = *reports::bar_steps(with_target->value, trend_full).goal;
    return fmt::format(
        R"(<path class="goal" d="M{} {}H{}"/>)",
        trend_left,
        trend_top + trend_full - goal,
        trend_width - trend_right
    );
}

std::string describe(const Words& words, const reports::TrendChart& chart) {
    std::string text = chart.name + ". ";
    for (const reports::TrendChart::Point& point : chart.points) {
        text += fmt::format("{}: {}; ", point.label, words.value(point.value));
    }
    return text;
}

std::string cell(const Table& table, std::size_t column, std::string_view html) {
    const std::string label = escaped(table.columns[column]);
    return column == table.header
               ? fmt::format(R"(<th scope="row" role="rowheader">{}</th>)", html)
               : fmt::format(R"(<td role="cell" data-label="{}"><div>{}</div></td>)", label, html);
}

}  // namespace

std::string escaped(std::string_view text) {
    return reports::escape_html(text);
}

std::string named(const Words& words, std::string_view text) {
    return words.is_english() ? fmt::format(R"(<span lang="vi">{}</span>)", escaped(text))
                              : escaped(text);
}

std::string link(std::string_view href, std::string_view html) {
    return fmt::format(R"(<a href="{}">{}</a>)", escaped(href), html);
}

std::string in_path(std::string_view text) {
    std::string path;
    for (const char letter : text) {
        const bool is_plain = (letter >= 'a' && letter <= 'z') ||
                              (letter >= 'A' && letter <= 'Z') ||
                              (letter >= '0' && letter <= '9') ||
                              std::string_view("-._~/").find(letter) != std::string_view::npos;
        path += is_plain ? std::string(1, letter)
                         : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    }
    return path;
}

std::string page(const Words& words, const Frame& frame, std::string_view html) {
    return fmt::format(
        R"(<!DOCTYPE html>
<html lang="{code}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · thidua</title>
<link rel="stylesheet" href="/style.css"></head>
<body><a class="skip" href="#content">{skip}</a>
<header><p class="above" lang="vi">{above}</p>{navigation}</header>
<main id="content" tabindex="-1"><h1>{title}</h1>
{html}</main>
<footer>{foot}<p>{read_only} · thidua {version}</p></footer>
</body></html>
)",
        fmt::arg("code", words.code()),
        fmt::arg("title", escaped(frame.title)),
        fmt::arg("skip", escaped(words(Say::SkipToContent))),
        fmt::arg("above", escaped(frame.above)),
        fmt::arg("navigation", navigation(words, frame.active)),
        fmt::arg("html", html),
        fmt::arg("foot", frame.foot),
        fmt::arg("read_only", escaped(words(Say::ReadOnly))),
        fmt::arg("version", THIDUA_VERSION)
    );
}

std::string section(std::string_view id, std::string_view heading, std::string_view html) {
    return fmt::format(
        "<section aria-labelledby=\"{0}\"><h2 id=\"{0}\">{1}</h2>\n{2}</section>\n",
        id,
        escaped(heading),
        html
    );
}

// The roles say again what the elements mean: browsers forget it where a stylesheet lays a table
// out otherwise.
std::string table(const Table& table) {
    std::string head;
    for (const std::string& column : table.columns) {
        head += fmt::format(R"(<th scope="col" role="columnheader">{}</th>)", escaped(column));
    }
    std::string rows;
    for (const auto& row : table.rows) {
        rows += "<tr role=\"row\">";
        for (std::size_t column = 0; column < row.size(); ++column) {
            rows += cell(table, column, row[column]);
        }
        rows += "</tr>\n";
    }
    return fmt::format(
        R"(<table role="table" class="cards {}"><caption>{}</caption>)"
        R"(<thead role="rowgroup"><tr role="row">{}</tr></thead>)"
        "<tbody role=\"rowgroup\">{}</tbody></table>\n",
        table.kind,
        escaped(table.caption),
        head,
        rows
    );
}

std::string bar(const reports::Percent& percent) {
    constexpr int full = 200;
    if (!reports::has_bar(percent)) {
        return "";
    }
    const reports::BarSteps steps = reports::bar_steps(percent, full);
    const std::string tick =
        steps.goal ? fmt::format(
                         R"(<path class="tick" d="M{} 0V10" vector-effect="non-scaling-stroke"/>)",
                         *steps.goal
                     )
                   : "";
    return fmt::format(
        R"(<svg class="bar {}" viewBox="0 0 {} 10" preserveAspectRatio="none" aria-hidden="true">)"
        R"(<rect class="track" width="{}" height="10"/>)"
        R"(<rect class="fill" width="{}" height="10"/>{}</svg>)",
        tone(percent),
        full,
        full,
        steps.filled,
        tick
    );
}

std::string figure(const Words& words, const reports::Percent& percent) {
    const std::string value = escaped(words.value(percent));
    const bool has_counts = percent.counts.has_value();
    std::string html = fmt::format(
        R"(<span class="value {}">{}</span>)",
        tone(percent),
        percent.figure.empty() || !has_counts ? value
                                              : link("/explain/" + in_path(percent.figure), value)
    );
    if (has_counts) {
        html += fmt::format(
            R"( <span class="counts">{}</span>)", escaped(words.counts(*percent.counts))
        );
    }
    html += bar(percent);
    std::string notes = escaped(words.verdict(percent));
    notes += notes.empty() ? "" : " · ";
    notes += escaped(words.fitness(percent.fitness));
    return html + fmt::format(R"(<span class="notes {}">{}</span>)", tone(percent), notes);
}

std::string trend(const Words& words, const reports::TrendChart& chart) {
    const auto spots = spots_of(chart);
    const auto known =
        std::ranges::count_if(spots, [](const auto& spot) { return spot.has_value(); });
    if (known < 2) {
        return "";
    }
    std::string dots;
    for (const auto& spot : spots) {
        if (spot) {
            dots +=
                fmt::format(R"(<circle class="dot" cx="{}" cy="{}" r="2.5"/>)", spot->x, spot->y);
        }
    }
    return fmt::format(
        R"(<svg class="trend" viewBox="0 0 {} {}" role="img" aria-label="{}">)"
        R"({}{}{}{}<text x="{}" y="{}">{}</text>)"
        R"(<text x="{}" y="{}" text-anchor="end">{}</text></svg>)",
        trend_width,
        trend_height,
        escaped(describe(words, chart)),
        scale(),
        goal_line(chart),
        line_through(spots),
        dots,
        trend_left,
        trend_height - 4,
        escaped(chart.points.front().label),
        trend_width - trend_right,
        trend_height - 4,
        escaped(chart.points.back().label)
    );
}

std::string_view tone(const reports::Percent& percent) {
    if (!percent.counts || !rules::is_fit(percent.fitness)) {
        return "open";
    }
    if (percent.verdict == rules::Verdict::Met) {
        return "good";
    }
    return percent.verdict == rules::Verdict::Below ? "bad" : "quiet";
}

}  // namespace thidua::daemon::web
