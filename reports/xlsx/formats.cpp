// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/xlsx/formats.hpp"

#include "reports/format.hpp"
#include "reports/style.hpp"

#include <fmt/format.h>

#include <charconv>
#include <type_traits>
#include <utility>

namespace thidua::reports::xlsx {
namespace {

using sheet::Look;

constexpr const char* font = "Times New Roman";  // what Vietnamese offices write in
constexpr double font_size = 11;
constexpr double title_size = 15;

/// A little room to the right: what stands in the next cell begins at its left edge.
constexpr const char* room = "_)";

/// "0.0\ %", with as many decimals.
std::string percentage(int decimals) {
    return "0" + (decimals > 0 ? "." + std::string(static_cast<std::size_t>(decimals), '0') : "") +
           "\\ %";
}

int decimals_of(const Share& share) {
    __extension__ using Wide = __int128;
    constexpr int most = 4;
    Wide scale = 100;
    int decimals = 0;
    while (decimals < most && Wide{share.part} * scale % share.whole != 0) {
        ++decimals;
        scale *= 10;
    }
    return decimals;
}

std::string number_format(const sheet::Goal& goal) {
    const std::string share = percentage(decimals_of(goal.value));
    switch (goal.op) {
        case TargetOperator::Above:
            return "\"trên \"" + share + room;
        case TargetOperator::AtLeast:
            return "\"từ \"" + share + "\" trở lên\"" + room;
    }
    check(false, "number_format: a known TargetOperator");
    return "";
}

constexpr const char* count_format = "#,##0_)";

std::string number_format(const sheet::Formula& formula) {
    const auto write = [](const auto& value) -> std::string {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::int64_t>) {
            return count_format;
        } else if constexpr (std::is_same_v<Value, sheet::Percentage>) {
            return percentage(decimals_needed(value.counts, value.target)) + room;
        } else if constexpr (std::is_same_v<Value, sheet::Points>) {
            return "\"▲\"0.00_);\"▼\"0.00_);\"không đổi\"_)";
        } else {
            return percentage(1) + room;  // words now; a percentage when somebody enters counts
        }
    };
    return std::visit(write, formula.value);
}

void dress(lxw_format* format, Look look) {
    switch (look) {
        case Look::Plain:
            break;
        case Look::Head:
            format_set_bold(format);
            format_set_font_color(format, colour(style::paper));
            format_set_bg_color(format, colour(style::navy));
            format_set_align(format, LXW_ALIGN_CENTER);
            format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
            break;
        case Look::Band:
            format_set_bold(format);
            format_set_font_color(format, colour(style::navy));
            format_set_bg_color(format, colour(style::calm_paper));
            break;
        case Look::Total:
            format_set_bold(format);
            format_set_bg_color(format, colour(style::shade));
            break;
        case Look::Title:
            format_set_bold(format);
            format_set_font_size(format, title_size);
            format_set_font_color(format, colour(style::navy));
            break;
        case Look::Line:
            break;
        case Look::Alarm:
            format_set_bold(format);
            format_set_font_color(format, colour(style::open));
            format_set_bg_color(format, colour(style::warning_paper));
            break;
    }
}

bool has_grid(Look look) {
    return look == Look::Plain || look == Look::Head || look == Look::Total || look == Look::Band;
}

}  // namespace

lxw_color_t colour(std::string_view text) {
    lxw_color_t value = 0;
    (void)std::from_chars(text.data() + 1, text.data() + text.size(), value, 16);
    return value;
}

ValueFormat format_of(const sheet::Cell& cell) {
    const auto write = [](const auto& value) -> ValueFormat {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, sheet::Text>) {
            return {"@", true, value.indent};
        } else if constexpr (std::is_same_v<Value, sheet::Count>) {
            return {count_format};
        } else if constexpr (std::is_same_v<Value, sheet::Date>) {
            return {"dd/mm/yyyy_)"};
        } else if constexpr (std::is_same_v<Value, sheet::Moment>) {
            return {"dd/mm/yyyy hh:mm:ss_)"};
        } else if constexpr (std::is_same_v<Value, sheet::Blank>) {
            return {};
        } else {
            return {number_format(value)};
        }
    };
    return std::visit(write, cell);
}

lxw_format* Formats::of(Look look, const ValueFormat& value) {
    lxw_format*& format = known_[{look, value}];
    if (format != nullptr) {
        return format;
    }
    format = workbook_add_format(book_);
    if (format == nullptr) {
        return nullptr;
    }
    format_set_font_name(format, font);
    format_set_font_size(format, font_size);
    format_set_num_format(format, value.number.c_str());
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (value.is_text) {
        format_set_text_wrap(format);
        format_set_align(format, LXW_ALIGN_LEFT);
        format_set_indent(format, static_cast<std::uint8_t>(value.indent));
    } else {
        format_set_align(format, LXW_ALIGN_RIGHT);
    }
    if (has_grid(look)) {
        format_set_border(format, LXW_BORDER_THIN);
        format_set_border_color(format, colour(style::line));
    }
    dress(format, look);
    return format;
}

lxw_format* Formats::coloured(std::string_view ink, std::string_view paper) {
    lxw_format* format = workbook_add_format(book_);
    if (format != nullptr) {
        format_set_font_color(format, colour(ink));
        format_set_bg_color(format, colour(paper));
    }
    return format;
}

}  // namespace thidua::reports::xlsx
