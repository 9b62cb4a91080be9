// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/action_phrases.hpp"

#include "reports/format.hpp"

#include <fmt/format.h>

namespace thidua::reports {
namespace {

/// A quarter of a count, exactly: "9", "9,25", "9,5".
std::string quarter_of(std::int64_t count) {
    constexpr std::string_view fractions[] = {"", ",25", ",5", ",75"};
    return format_count(count / 4) + std::string(fractions[count % 4]);
}

/// "1,6": never less than it is.
std::string tenths_up(const Ratio& ratio) {
    const std::int64_t tenths = (ratio.numerator * 10 + ratio.denominator - 1) / ratio.denominator;
    return fmt::format("{},{}", format_count(tenths / 10), tenths % 10);
}

}  // namespace

std::string expected_phrase(const rules::ExpectedNeed& need) {
    const std::string volume = format_count(need.volume);
    if (!need.is_feasible) {
        return fmt::format("dù cả {} hồ sơ dự kiến đều đạt yêu cầu vẫn không đủ", volume);
    }
    return fmt::format(
        "trong {} hồ sơ dự kiến cần ít nhất {} hồ sơ đạt yêu cầu", volume, format_count(need.least)
    );
}

std::string pace_verdict(const rules::Pace& pace) {
    switch (pace.verdict) {
        case rules::PaceVerdict::Sufficient:
            return "đang đủ nhịp";
        case rules::PaceVerdict::TooSlow: {
            const auto increase = rules::increase(pace);
            return increase ? "phải tăng ×" + tenths_up(*increase)
                            : "phải tăng, 4 tuần qua chưa thêm được trường hợp nào";
        }
        case rules::PaceVerdict::OutOfReach:
            return "không thể đạt với khối lượng dự kiến";
    }
    check(false, "pace_verdict: a known PaceVerdict");
    return "";
}

std::string pace_phrase(const rules::Pace& pace, IndicatorKind kind) {
    const std::string_view noun = counted_noun(kind);
    return fmt::format(
        "còn {} tuần; cần {} {}/tuần; {} tuần qua đạt {} {}/tuần: {}",
        pace.weeks_left,
        format_count(pace.needed_per_week),
        noun,
        rules::pace_weeks,
        quarter_of(pace.done),
        noun,
        pace_verdict(pace)
    );
}

std::string forecast_phrase(const rules::Forecast& forecast, const Target& target) {
    return fmt::format(
        "dự báo đến cuối đợt {} (thử lại trên {} tuần trước: lệch trung bình {},{:02} điểm phần "
        "trăm)",
        format_ratio(forecast.at_end, target),
        forecast.tries,
        forecast.error / 100,
        forecast.error % 100
    );
}

std::string cause_phrase(const rules::Cause& cause, std::int64_t missed, IndicatorKind kind) {
    if (kind == IndicatorKind::ServicesOnline) {
        return cause.received == 0
                   ? "chưa phát sinh hồ sơ"
                   : format_count(cause.received) + " hồ sơ, chưa có hồ sơ trực tuyến";
    }
    return fmt::format(
        "{} hồ sơ ({} phần còn thiếu)",
        format_count(cause.missed),
        format_ratio({cause.missed, missed}, std::nullopt)
    );
}

}  // namespace thidua::reports
