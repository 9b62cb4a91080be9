// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The phrases that both parts of a mail print, so that they cannot say different things.
#pragma once

#include "reports/document.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace thidua::reports {

/// What stands beside a key figure, without what does not apply: its fitness if that is bad, then
/// "339/821 hồ sơ", "chỉ tiêu trên 45 %", "chưa đạt".
[[nodiscard]] std::vector<std::string> figure_phrases(const KeyFigure& figure);

/// "▲1,2 điểm phần trăm so với tuần trước"; empty in the first edition.
[[nodiscard]] std::string change_phrase(const KeyFigure& figure);

/// "Cần thêm 83 hồ sơ (hoặc 150 hồ sơ mới)"; empty without a gap.
[[nodiscard]] std::string gap_phrase(const Gap& gap);

/// "cần thêm 61 hồ sơ", or the verdict where turning cases would not do.
[[nodiscard]] std::string shortfall_phrase(const Shortfall& shortfall);

/// "39,8 %", "39,8 % (thiếu số liệu)": the value with its mark, if any.
[[nodiscard]] std::string value_and_mark(const Percent& percent);

/// "✓ 92,3 %", "✗ 41,3 %", "80,1 %", "không phát sinh"
[[nodiscard]] std::string verdict_and_value(const Percent& percent);

/// "cập nhật đủ", "chậm cập nhật (quá hạn)"
[[nodiscard]] std::string format_freshness(const Freshness& freshness);

/// "và 3 đơn vị khác (xem bảng xếp hạng)"
[[nodiscard]] std::string hidden_phrase(std::int64_t hidden);

/// The last of the recipients ends with a full stop, the others with a semicolon.
[[nodiscard]] std::vector<std::string> recipient_lines(const Recipients& recipients);

/// What the line for the minutes is called.
inline constexpr std::string_view minutes_label = "Dòng ghi vào biên bản";

/// "Báo cáo final/langson-2024/council/2, SHA-256 của bản kê: a1b2 c3d4 …": what minutes quote of
/// an edition, the whole hash in groups of four that can be read out. The manifest holds the hashes
/// of all documents, so this cannot stand in one of them.
[[nodiscard]] std::string minutes_line(std::string_view edition, std::string_view manifest_sha256);

/// The parts with `between` between them.
[[nodiscard]] std::string join(const std::vector<std::string>& parts, const std::string& between);

}  // namespace thidua::reports
