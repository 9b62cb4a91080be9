// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Text set into lines, by Pango. Lengths are points, from the upper left corner.
#pragma once

#include "reports/style.hpp"

#include <pango/pangocairo.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::reports::pdf {

/// A stretch of text in one look.
struct Run {
    std::string text;
    bool is_bold = false;
    bool is_italic = false;
    std::string_view colour = style::ink;
    bool begins_line = false;
};

using Runs = std::vector<Run>;

enum class Align { Left, Centre, Right, Justified };

struct Look {
    double size = 12;
    double width = 0;  ///< lines are broken at it
    Align align = Align::Left;
    double indent = 0;  ///< of the first line; below 0: of all others
};

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};

/// Lines of text, not yet anywhere.
class TextBox {
  public:
    struct Line {
        PangoLayoutLine* line = nullptr;  ///< owned by the layout
        double x = 0;
        double top = 0;
        double baseline = 0;
        double bottom = 0;
    };

    /// Takes the reference over; `runs` and `size` are what it was filled with.
    TextBox(PangoLayout* layout, Runs runs, double size);

    [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }
    [[nodiscard]] double height() const { return lines_.empty() ? 0 : lines_.back().bottom; }
    /// What is set.
    [[nodiscard]] const Runs& runs() const { return runs_; }
    [[nodiscard]] double size() const { return size_; }
    /// What the longest line takes.
    [[nodiscard]] double natural_width() const;

  private:
    std::unique_ptr<PangoLayout, Unref> layout_;
    std::vector<Line> lines_;
    Runs runs_;
    double size_;
};

using Box = std::shared_ptr<const TextBox>;

/// Sets text in the fonts of pdf/fonts. For one document, in one thread.
class Typesetter {
  public:
    Typesetter();

    [[nodiscard]] Box set(const Runs& runs, const Look& look) const;

    struct Widths {
        double narrowest = 0;  ///< the longest word
        double natural = 0;    ///< everything on one line
    };
    /// How wide `runs` want to be at `size`.
    [[nodiscard]] Widths measure(const Runs& runs, double size) const;

  private:
    std::unique_ptr<PangoFontMap, Unref> fonts_;
    std::unique_ptr<PangoContext, Unref> context_;
    /// What was measured before, by look and text: tables are measured to choose the paper, and
    /// again for their columns.
    mutable std::map<std::string, Widths, std::less<>> measured_;
};

}  // namespace thidua::reports::pdf
