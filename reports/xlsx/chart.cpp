// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/xlsx/chart.hpp"

#include "reports/style.hpp"
#include "reports/xlsx/formats.hpp"
#include "reports/xlsx/text.hpp"

namespace thidua::reports::xlsx {
namespace {

constexpr double width_pixels = 760;
constexpr double row_pixels = 20;

lxw_row_t row_at(std::size_t at) {
    return static_cast<lxw_row_t>(at);
}

lxw_col_t column_at(std::size_t at) {
    return static_cast<lxw_col_t>(at);
}

lxw_chart_series* add_series(
    lxw_chart* chart,
    const Target& target,
    const sheet::Stretch& names,
    const sheet::Stretch& values
) {
    lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
    if (series == nullptr) {
        return nullptr;
    }
    chart_series_set_categories(
        series,
        target.name.c_str(),
        row_at(names.first),
        column_at(names.column),
        row_at(names.last),
        column_at(names.column)
    );
    chart_series_set_values(
        series,
        target.name.c_str(),
        row_at(values.first),
        column_at(values.column),
        row_at(values.last),
        column_at(values.column)
    );
    return series;
}

void draw_bars(lxw_chart_series* series) {
    lxw_chart_fill fill{};
    fill.color = colour(style::neutral);
    lxw_chart_font font{};
    font.size = 9;
    chart_series_set_name(series, "Tỷ lệ");
    chart_series_set_fill(series, &fill);
    chart_series_set_labels(series);
    chart_series_set_labels_num_format(series, "0.0\\ %");
    chart_series_set_labels_font(series, &font);
}

/// The library combines no bars with lines. A straight trend through equal targets is the line of
/// the target; where they are not equal each bar stands in a frame as long as its own.
void draw_goals(lxw_chart* chart, lxw_chart_series* series, bool is_one_goal) {
    lxw_chart_line line{};
    line.color = colour(style::bad);
    line.width = 1.75F;
    lxw_chart_line none{};
    none.none = 1;
    lxw_chart_fill empty{};
    empty.none = 1;
    chart_series_set_name(series, "Mục tiêu");
    chart_series_set_fill(series, &empty);
    chart_series_set_line(series, is_one_goal ? &none : &line);
    chart_set_series_overlap(chart, 100);
    if (is_one_goal) {
        chart_series_set_trendline(series, LXW_CHART_TRENDLINE_TYPE_LINEAR, 0);
        chart_series_set_trendline_forecast(series, 0.5, 0.5);
        chart_series_set_trendline_name(series, "Mục tiêu");
        chart_series_set_trendline_line(series, &line);
    }
}

/// Of bars that lie the library calls the axis of the values x.
void set_axes(lxw_chart* chart) {
    lxw_chart_line grid{};
    grid.color = colour(style::line);
    lxw_chart_font font{};
    font.size = 9;
    chart_axis_set_reverse(chart->y_axis);  // the first row is the uppermost bar
    chart_axis_set_num_font(chart->y_axis, &font);
    chart_axis_set_num_font(chart->x_axis, &font);
    chart_axis_set_min(chart->x_axis, 0);
    chart_axis_set_max(chart->x_axis, 1);
    chart_axis_set_num_format(chart->x_axis, "0\\ %");
    chart_axis_major_gridlines_set_visible(chart->x_axis, LXW_TRUE);
    chart_axis_major_gridlines_set_line(chart->x_axis, &grid);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);  // the title says it
    chart_set_series_gap(chart, 60);
}

}  // namespace

lxw_error add_chart(const Target& target, const sheet::Chart& chart) {
    lxw_chart* drawn = workbook_add_chart(target.book, LXW_CHART_BAR);
    if (drawn == nullptr) {
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    lxw_chart_series* bars = add_series(drawn, target, chart.names, chart.values);
    if (bars == nullptr) {
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    draw_bars(bars);
    set_axes(drawn);
    if (chart.goals) {
        lxw_chart_series* goals = add_series(drawn, target, chart.names, *chart.goals);
        if (goals == nullptr) {
            return LXW_ERROR_MEMORY_MALLOC_FAILED;
        }
        // A trend needs two points.
        draw_goals(drawn, goals, chart.is_one_goal && chart.goals->last > chart.goals->first);
    }
    lxw_chart_font font{};
    font.size = 12;
    font.bold = LXW_TRUE;
    chart_title_set_name(drawn, cell_text(chart.title).c_str());
    chart_title_set_name_font(drawn, &font);
    lxw_chart_options options{};
    options.x_scale = width_pixels / 480;  // the library's own size is 480 by 288
    options.y_scale = static_cast<double>(chart.rows) * row_pixels / 288;
    std::string words = cell_text(chart.title);
    options.description = words.data();
    return worksheet_insert_chart_opt(
        target.sheet, row_at(chart.row), column_at(chart.column), drawn, &options
    );
}

}  // namespace thidua::reports::xlsx
