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

/// Which of the library's axes they are depends on the kind of chart.
struct Axes {
    lxw_chart_axis* names;
    lxw_chart_axis* values;
};

void set_axes(lxw_chart* chart, const Axes& axes) {
    lxw_chart_line grid{};
    grid.color = colour(style::line);
    lxw_chart_font font{};
    font.size = 9;
    chart_axis_set_num_font(axes.names, &font);
    chart_axis_set_num_font(axes.values, &font);
    chart_axis_set_min(axes.values, 0);
    chart_axis_set_max(axes.values, 1);
    chart_axis_set_num_format(axes.values, "0\\ %");
    chart_axis_major_gridlines_set_visible(axes.values, LXW_TRUE);
    chart_axis_major_gridlines_set_line(axes.values, &grid);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);  // the title says it
}

lxw_error draw_bar_chart(lxw_chart* drawn, const Target& target, const sheet::Chart& chart) {
    lxw_chart_series* bars = add_series(drawn, target, chart.names, chart.values);
    if (bars == nullptr) {
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    draw_bars(bars);
    set_axes(drawn, {drawn->y_axis, drawn->x_axis});
    chart_axis_set_reverse(drawn->y_axis);  // the first row is the uppermost bar
    chart_set_series_gap(drawn, 60);
    if (chart.goals) {
        lxw_chart_series* goals = add_series(drawn, target, chart.names, *chart.goals);
        if (goals == nullptr) {
            return LXW_ERROR_MEMORY_MALLOC_FAILED;
        }
        // A trend needs two points.
        draw_goals(drawn, goals, chart.is_one_goal && chart.goals->last > chart.goals->first);
    }
    return LXW_NO_ERROR;
}

lxw_error draw_line_chart(lxw_chart* drawn, const Target& target, const sheet::Chart& chart) {
    const auto add_line = [&](const sheet::Stretch& values, const char* name, lxw_color_t colour) {
        lxw_chart_series* series = add_series(drawn, target, chart.names, values);
        if (series != nullptr) {
            lxw_chart_line line{};
            line.color = colour;
            line.width = 1.75F;
            chart_series_set_name(series, name);
            chart_series_set_line(series, &line);
        }
        return series;
    };
    lxw_chart_series* values = add_line(chart.values, "Tỷ lệ", colour(style::navy));
    if (values == nullptr) {
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    chart_series_set_marker_type(values, LXW_CHART_MARKER_CIRCLE);
    set_axes(drawn, {drawn->x_axis, drawn->y_axis});
    chart_show_blanks_as(drawn, LXW_CHART_BLANKS_AS_GAP);
    if (chart.goals && add_line(*chart.goals, "Mục tiêu", colour(style::bad)) == nullptr) {
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    return LXW_NO_ERROR;
}

}  // namespace

lxw_error add_chart(const Target& target, const sheet::Chart& chart) {
    const bool is_line = chart.kind == sheet::Chart::Kind::Line;
    lxw_chart* drawn = workbook_add_chart(target.book, is_line ? LXW_CHART_LINE : LXW_CHART_BAR);
    if (drawn == nullptr) {
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    const lxw_error error =
        is_line ? draw_line_chart(drawn, target, chart) : draw_bar_chart(drawn, target, chart);
    if (error != LXW_NO_ERROR) {
        return error;
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
