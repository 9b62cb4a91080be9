// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What people act on, in words: what is still to come, the pace, and where the gap lies.
#pragma once

#include "rules/actions.hpp"

#include <string>

namespace thidua::reports {

/// "trong 120 hồ sơ dự kiến cần ít nhất 70 hồ sơ đạt yêu cầu", or that not even all of them
/// suffice.
[[nodiscard]] std::string expected_phrase(const rules::ExpectedNeed& need);

/// "đang đủ nhịp", "phải tăng ×1,6" (rounded up), "không thể đạt với khối lượng dự kiến"
[[nodiscard]] std::string pace_verdict(const rules::Pace& pace);

/// "còn 9 tuần; cần 14 hồ sơ/tuần; 4 tuần qua đạt 9 hồ sơ/tuần: phải tăng ×1,6"
[[nodiscard]] std::string pace_phrase(const rules::Pace& pace, IndicatorKind kind);

/// "dự báo đến cuối đợt 47,2 % (thử trên 5 tuần trước: lệch trung bình 1,35 điểm phần trăm)". It
/// must stand beside the figure's own verdict, and never in the place of it.
[[nodiscard]] std::string forecast_phrase(const rules::Forecast& forecast, const Target& target);

/// "120 hồ sơ (43,2 % phần còn thiếu)"; of services "35 hồ sơ, chưa có hồ sơ trực tuyến" or "chưa
/// phát sinh hồ sơ". `missed` is the figure's.
[[nodiscard]] std::string cause_phrase(
    const rules::Cause& cause, std::int64_t missed, IndicatorKind kind
);

}  // namespace thidua::reports
