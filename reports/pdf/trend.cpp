// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/pdf/trend.hpp"

#include "reports/bar.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"

#include <algorithm>
#include <string>

namespace thidua::reports::pdf {
namespace {

constexpr int scale = 1000;  // steps of the scale from 0 to 100 %
constexpr double name_size = 11;
constexpr double scale_size = 9;
constexpr double scale_width = 32;     // of "100 %"
constexpr double label_distance = 40;  // of two weeks' names
constexpr double dot = 3.4;

/// Where the line itself is drawn.
struct Plot {
    double left = 0;
    double right = 0;
    double top = 0;
    double bottom = 0;
    std::size_t weeks = 0;

    [[nodiscard]] double x(std::size_t week) const {
        return left +
               (right - left) * (static_cast<double>(week) + 0.5) / static_cast<double>(weeks);
    }
    [[nodiscard]] double y(int step) const { return bottom - (bottom - top) * step / scale; }
};

class Chart {
  public:
    Chart(const Typesetter& typesetter, const TrendChart& chart, const Place& place)
        : set_(typesetter),
          chart_(chart),
          place_(place),
          plot_{
              .left = place.x + scale_width + 4,
              .right = place.x + place.width,
              .top = place.y + 24,
              .bottom = place.y + place.height - 16,
              .weeks = chart.points.size()} {}

    [[nodiscard]] std::vector<Item> items() && {
        add_name();
        add_scale();
        add_target();
        add_weeks();
        add_line();
        return std::move(items_);
    }

  private:
    void add_text(const Runs& runs, double size, Align align, const Place& at) {
        const Box box = set_.set(runs, {size, at.width, align, 0});
        items_.emplace_back(PlacedLine{box, 0, at.x, at.y});
    }

    void add_name() {
        const Percent& last = chart_.points.back().value;
        add_text(
            {{chart_.name, true}}, name_size, Align::Left, {place_.x, place_.y, place_.width, 0}
        );
        add_text(
            {{verdict_and_value(last), true, false, colour_of(last)}},
            name_size,
            Align::Right,
            {place_.x, place_.y, place_.width, 0}
        );
    }

    void add_scale() {
        for (const int step : {0, scale / 4, scale / 2, scale * 3 / 4, scale}) {
            const double y = plot_.y(step);
            items_.emplace_back(Stroke{{{plot_.left, y}, {plot_.right, y}}, 0.6, style::line});
            if (step % (scale / 2) == 0) {
                add_text(
                    {{std::to_string(step * 100 / scale) + " %", false, false, style::quiet}},
                    scale_size,
                    Align::Right,
                    {place_.x, y - scale_size * 0.65, scale_width, 0}
                );
            }
        }
    }

    void add_target() {
        const Percent& last = chart_.points.back().value;
        const auto goal = has_bar(last) ? bar_steps(last, scale).goal : std::nullopt;
        if (!goal) {
            return;
        }
        const double y = plot_.y(*goal);
        items_.emplace_back(Stroke{{{plot_.left, y}, {plot_.right, y}}, 1, style::ink, true});
        // On the side where there is room for it.
        const double beside = *goal > scale * 3 / 4 ? y + 1 : y - scale_size * 1.35;
        add_text(
            {{"Chỉ tiêu: " + format_target(*last.target), false, false, style::ink}},
            scale_size,
            Align::Left,
            {plot_.left + 3, beside, plot_.right - plot_.left, 0}
        );
    }

    /// Not all of them if they are many.
    void add_weeks() {
        const double distance = (plot_.right - plot_.left) / static_cast<double>(plot_.weeks);
        std::size_t every = 1;
        while (distance * static_cast<double>(every) < label_distance) {
            ++every;
        }
        // The last is always named, and not over the edge.
        const double last_x = plot_.right - label_distance;
        for (std::size_t week = (plot_.weeks - 1) % every; week < plot_.weeks; week += every) {
            add_text(
                {{chart_.points[week].label, false, false, style::quiet}},
                scale_size,
                Align::Centre,
                {std::min(plot_.x(week) - label_distance / 2, last_x),
                 plot_.bottom + 2,
                 label_distance,
                 0}
            );
        }
    }

    void add_line() {
        Stroke line{{}, 1.6, style::navy};
        std::vector<Item> dots;
        const auto end_line = [&] {
            if (line.points.size() > 1) {
                items_.emplace_back(line);
            }
            line.points.clear();
        };
        for (std::size_t week = 0; week < plot_.weeks; ++week) {
            const Percent& value = chart_.points[week].value;
            if (!has_bar(value)) {
                end_line();
                continue;
            }
            const double x = plot_.x(week);
            const double y = plot_.y(bar_steps(value, scale).filled);
            line.points.emplace_back(x, y);
            dots.emplace_back(Fill{x - dot / 2, y - dot / 2, dot, dot, style::navy});
        }
        end_line();
        std::ranges::move(dots, std::back_inserter(items_));
    }

    const Typesetter& set_;
    const TrendChart& chart_;
    Place place_;
    Plot plot_;
    std::vector<Item> items_;
};

}  // namespace

std::vector<Item> trend_items(
    const Typesetter& typesetter, const TrendChart& chart, const Place& place
) {
    return Chart(typesetter, chart, place).items();
}

}  // namespace thidua::reports::pdf
