// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/number_format.hpp"

#include "connectors/tables/xml.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

namespace thidua::connectors {
namespace {

constexpr std::size_t formats_max = 100'000;
constexpr std::int64_t seconds_a_day = 86'400;
/// Serial 1 is 01/01/1900; the false leap day moves everything from 01/03/1900 on by one.
constexpr Day epoch_1900{std::chrono::year{1899} / 12 / 31};
constexpr Day epoch_1904{std::chrono::year{1904} / 1 / 1};
constexpr Day last_day{std::chrono::year{9999} / 12 / 31};
constexpr std::int64_t false_leap_day = 60;

/// The letters of a code that stand for something: brackets stay only if they are `[h]` and such.
std::string shown_letters(std::string_view code) {
    std::string letters;
    for (std::size_t at = 0; at < code.size(); ++at) {
        const char letter = code[at];
        if (letter == '\\' || letter == '_' || letter == '*') {
            ++at;
        } else if (letter == '"') {
            at = std::min(code.find('"', at + 1), code.size());
        } else if (letter == '[') {
            const std::size_t close = std::min(code.find(']', at), code.size());
            const std::string_view inside = code.substr(at + 1, close - at - 1);
            // Elapsed hours, minutes or seconds; anything else is a colour, condition or language.
            if (inside.find_first_not_of("hHmMsS") == std::string_view::npos) {
                letters += inside;
            }
            at = close;
        } else if (letter == ';') {
            break;
        } else {
            letters += letter;
        }
    }
    return letters;
}

}  // namespace

NumberFormat format_of_code(std::string_view code) {
    std::string letters = shown_letters(code);
    std::ranges::transform(letters, letters.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    if (letters.find_first_of("hs") != std::string::npos) {
        return NumberFormat::DayTime;
    }
    // A lone m is months; minutes stand beside hours or seconds.
    if (letters.find_first_of("ymd") != std::string::npos) {
        return NumberFormat::Day;
    }
    return letters.find('%') == std::string::npos ? NumberFormat::Number : NumberFormat::Percent;
}

NumberFormat builtin_format(std::uint64_t id) {
    if (id >= 14 && id <= 17) {
        return NumberFormat::Day;
    }
    if ((id >= 18 && id <= 22) || (id >= 45 && id <= 47)) {
        return NumberFormat::DayTime;
    }
    return id == 9 || id == 10 ? NumberFormat::Percent : NumberFormat::Number;
}

class StylesHandler final : public XmlHandler {
  public:
    explicit StylesHandler(std::vector<NumberFormat>& formats) : formats_(formats) {}

    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "numFmts" || name == "cellXfs") {
            inside_ = name;
        } else if (name == "numFmt" && inside_ == "numFmts") {
            const auto id = attributes.number("numFmtId");
            const auto code = attributes.find("formatCode");
            if (id && code) {
                own_[*id] = format_of_code(*code);
            }
        } else if (name == "xf" && inside_ == "cellXfs") {
            const std::uint64_t id = attributes.number("numFmtId").value_or(0);
            const auto own = own_.find(id);
            formats_.push_back(own == own_.end() ? builtin_format(id) : own->second);
        }
        if (formats_.size() > formats_max || own_.size() > formats_max) {
            return fail(ErrorKind::Data, fmt::format("styles: more than {} formats", formats_max));
        }
        return {};
    }

    Result<void> end(std::string_view name) override {
        if (name == inside_) {
            inside_.clear();
        }
        return {};
    }
    Result<void> text(std::string_view /*piece*/) override { return {}; }

  private:
    std::vector<NumberFormat>& formats_;
    std::map<std::uint64_t, NumberFormat> own_;
    std::string inside_;
};

Result<Styles> Styles::read(const Archive& archive, std::string_view part) {
    Styles styles;
    StylesHandler handler(styles.formats_);
    if (auto read = read_xml(archive, part, handler); !read) {
        return std::unexpected(std::move(read.error()));
    }
    return styles;
}

std::optional<NumberFormat> Styles::find(std::uint64_t style) const {
    if (formats_.empty()) {
        return NumberFormat::Number;
    }
    return style < formats_.size() ? std::optional(formats_[style]) : std::nullopt;
}

Result<std::string> date_text(double serial, NumberFormat format, bool is_1904) {
    constexpr double serial_max = 3'000'000;  // beyond the year 9999
    if (!(serial >= 0) || serial > serial_max) {
        return fail(ErrorKind::Data, "a date outside the calendar");
    }
    const std::int64_t seconds = std::llround(serial * double{seconds_a_day});
    const std::int64_t days = seconds / seconds_a_day;
    const std::chrono::hh_mm_ss time{std::chrono::seconds{seconds % seconds_a_day}};
    std::string time_text = fmt::format(
        "{:02}:{:02}:{:02}", time.hours().count(), time.minutes().count(), time.seconds().count()
    );
    if (days == 0 && format == NumberFormat::DayTime) {
        return time_text;
    }
    if (!is_1904 && (days == 0 || days == false_leap_day)) {
        return fail(ErrorKind::Data, "a day that never was");
    }
    const std::int64_t real_days = !is_1904 && days > false_leap_day ? days - 1 : days;
    const Day day = (is_1904 ? epoch_1904 : epoch_1900) + std::chrono::days{real_days};
    if (day > last_day) {
        return fail(ErrorKind::Data, "a date outside the calendar");
    }
    const bool is_day_alone = format == NumberFormat::Day && seconds % seconds_a_day == 0;
    return is_day_alone ? to_text(day) : to_text(day) + "T" + time_text;
}

}  // namespace thidua::connectors
