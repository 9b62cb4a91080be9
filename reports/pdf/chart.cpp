// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/pdf/chart.hpp"

#include "reports/bar.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"

#include <algorithm>
#include <string>

namespace thidua::reports::pdf {
namespace {

constexpr int full = 250;  // steps: one is about a point
constexpr double label_size = 11;
constexpr double axis_size = 9;
constexpr double gap = 8;
constexpr double bar_height = 9;
constexpr double target_stroke = 1;
constexpr double row_padding = 3;

struct Columns {
    double label = 0;
    double bar = 0;
    double value = 0;

    [[nodiscard]] double bar_x() const { return margin_left + label + gap; }
    [[nodiscard]] double value_x() const { return bar_x() + bar + gap; }
};

Columns share_out(const Typesetter& set, const BarChart& chart, double width) {
    Columns columns;
    for (const BarChart::Bar& bar : chart.bars) {
        columns.label = std::max(columns.label, set.measure({{bar.label}}, label_size).natural);
        const Runs value = {{verdict_and_value(bar.value), true}};
        columns.value = std::max(columns.value, set.measure(value, label_size).natural);
    }
    columns.label = std::min(columns.label + 1, width * 0.4);
    columns.value = std::min(columns.value + 1, width * 0.25);
    columns.bar = width - columns.label - columns.value - 2 * gap;
    return columns;
}

/// The target, in words, if all bars have the same.
std::string describe_target(const BarChart& chart) {
    const std::optional<Target>& target = chart.bars.front().value.target;
    const bool is_common = std::ranges::all_of(chart.bars, [&](const BarChart::Bar& bar) {
        return bar.value.target == target;
    });
    if (!target || !is_common) {
        return is_common ? "" : "Vạch đứng là chỉ tiêu của từng đơn vị";
    }
    return "Vạch đứng là chỉ tiêu: " + format_target(*target);
}

void add_axis(Flow& flow, const Typesetter& set, const BarChart& chart, const Columns& columns) {
    const auto label = [&](const std::string& text, Align align) {
        return set.set({{text, false, false, style::quiet}}, {axis_size, columns.bar, align, 0});
    };
    const Box left = label("0 %", Align::Left);
    flow.add(TagBegin{"Caption"});
    flow.add_lines(left, {0, 1}, columns.bar_x(), flow.y());
    flow.add_lines(label(describe_target(chart), Align::Centre), {0, 1}, columns.bar_x(), flow.y());
    flow.add_lines(label("100 %", Align::Right), {0, 1}, columns.bar_x(), flow.y());
    flow.add(TagEnd{"Caption"});
    flow.advance(left->height() + 1);
}

void add_row(Flow& flow, const Typesetter& set, const BarChart::Bar& bar, const Columns& columns) {
    const Box label = set.set({{bar.label}}, {label_size, columns.label, Align::Left, 0});
    const Box value = set.set(
        {{verdict_and_value(bar.value), true, false, colour_of(bar.value)}},
        {label_size, columns.value, Align::Right, 0}
    );
    const double height = std::max(label->height(), value->height()) + 2 * row_padding;
    flow.reserve(height);
    const double middle = flow.y() + height / 2;
    flow.add(TagBegin{"P"});
    flow.add_lines(label, {0, label->lines().size()}, margin_left, middle - label->height() / 2);
    add_bar(
        flow,
        bar.value,
        {columns.bar_x(), middle - bar_height / 2, columns.bar, bar_height, colour_of(bar.value)}
    );
    flow.add(TagEnd{"P"});
    flow.add(TagBegin{"P"});
    flow.add_lines(
        value, {0, value->lines().size()}, columns.value_x(), middle - value->height() / 2
    );
    flow.add(TagEnd{"P"});
    flow.advance(height);
}

}  // namespace

void add_bar(Flow& flow, const Percent& percent, const Fill& place) {
    flow.add(Fill{place.x, place.y, place.width, place.height, style::track});
    if (!has_bar(percent)) {
        return;
    }
    const auto [filled, goal] = bar_steps(percent, full);
    const double step = place.width / full;
    flow.add(Fill{place.x, place.y, filled * step, place.height, place.colour});
    if (goal) {
        const double x = place.x + *goal * step;
        flow.add(Fill{x, place.y - 3, target_stroke, place.height + 6, style::ink});
    }
}

void lay_out(Flow& flow, const Typesetter& typesetter, const BarChart& chart) {
    if (chart.bars.empty()) {
        return;
    }
    const Columns columns = share_out(typesetter, chart, flow.width());
    flow.reserve(4 * label_size);
    add_axis(flow, typesetter, chart, columns);
    for (const BarChart::Bar& bar : chart.bars) {
        add_row(flow, typesetter, bar, columns);
    }
}

}  // namespace thidua::reports::pdf
