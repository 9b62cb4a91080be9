// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How Vietnamese readers write numbers, days and verdicts. Integers only, no locale: the same
// everywhere, and no figure is ever rounded across its target.
#pragma once

#include "core/campaign.hpp"
#include "core/ratio.hpp"
#include "core/tally.hpp"
#include "core/time.hpp"
#include "reports/document.hpp"
#include "rules/standings.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::reports {

/// 1.234.567
[[nodiscard]] std::string format_count(std::int64_t count);

/// "339/821"
[[nodiscard]] std::string format_counts(const Ratio& counts);

/// "45,3 %": one decimal, half away from zero. `counts.denominator` must be above 0.
///
/// What fails a target never prints as what passes it, nor the other way: where rounding would
/// reach or cross the target and the exact figure does not, it goes away from the target, so
/// 44,996 % prints as 44,9 % and 45,004 % as 45,1 %.
[[nodiscard]] std::string format_ratio(const Ratio& counts, const std::optional<Target>& target);

/// So many decimals of a per cent, 1 to 6, show the ratio without rounding it across its target.
/// `counts.denominator` must be above 0.
[[nodiscard]] int decimals_needed(const Ratio& counts, const std::optional<Target>& target);

/// "45 %", "45,5 %"; "1/3" where four decimals do not say it exactly.
[[nodiscard]] std::string format_share(const Share& share);

/// "trên 45 %" or "từ 45 % trở lên"
[[nodiscard]] std::string format_target(const Target& target);

/// The ratio, or "không phát sinh", or "thiếu số liệu".
[[nodiscard]] std::string format_value(const Percent& percent);

/// "đạt", "chưa đạt", "chưa đạt (phải trên 45 %)" for a figure exactly on its target; empty where
/// there is no verdict or the value already says why.
[[nodiscard]] std::string format_verdict(const Percent& percent);

/// What makes a figure unfit to stand alone: "chưa đối soát", "thiếu số liệu"; empty if nothing
/// does or the value already says it.
[[nodiscard]] std::string format_mark(const Percent& percent);

/// Percentage points: "▲1,2", "▼0,8", "▲<0,1", "không đổi"; "chưa so sánh được" if either side is
/// missing or had no activity.
[[nodiscard]] std::string format_change(const Change& change);

/// True if there are points to show.
[[nodiscard]] bool is_comparable(const Change& change);

/// What is counted: "dịch vụ công" or "hồ sơ".
[[nodiscard]] std::string_view counted_noun(IndicatorKind kind);

/// "cần thêm 61 hồ sơ"; empty without a gap.
[[nodiscard]] std::string format_gap(const Gap& gap);

/// 20/10/2024
[[nodiscard]] std::string format_day(Day day);

/// "14/10–20/10/2024", "30/12/2024–05/01/2025"; one day alone if they are the same.
[[nodiscard]] std::string format_days(Day from, Day to);

/// 16:00 18/10/2024, Viet Nam's time
[[nodiscard]] std::string format_instant(Instant instant);

/// "Tuần 42"; "Tuần 01/2025" where the ISO year is not `usual_year`.
[[nodiscard]] std::string format_week(IsoWeek week, int usual_year);

/// "đã chốt", "đã đối soát", "tạm tính", "chưa đối soát", "thiếu số liệu"
[[nodiscard]] std::string_view format_fitness(rules::Fitness fitness);

/// The same for labels and subjects: "TẠM TÍNH"
[[nodiscard]] std::string_view format_status(rules::Fitness fitness);

/// "cập nhật đủ", "chậm cập nhật", "lần lấy gần nhất bị lỗi", "chưa từng có số liệu"
[[nodiscard]] std::string_view format_state(SourceStatus::State state);

/// `text` with its first letter in upper case (ASCII and Vietnamese đ).
[[nodiscard]] std::string capitalise(std::string_view text);

}  // namespace thidua::reports
