// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a digest says of figures that its predecessor published and that are others by now.
#pragma once

#include "reports/digest.hpp"
#include "reports/document.hpp"
#include "rules/restatement.hpp"

#include <optional>
#include <string>
#include <vector>

namespace thidua::reports {

/// A mail lists no more; the workbook has all.
inline constexpr std::size_t restatements_max = 10;

/// Worst first: met targets that were not met after all, other verdicts that changed, then by how
/// many cases; the whole before its units. The root is left out where the whole moved in the same
/// way.
[[nodiscard]] std::vector<const rules::Restatement*> restatements_told(const DigestInput& input);

/// What stands in the place of a figure that was not in the edition, or is none any more.
inline constexpr const char* not_published = "không có trong bản tin";
inline constexpr const char* not_counted_now = "không còn tính";

/// "Toàn cơ quan", or the unit's name.
[[nodiscard]] std::string restated_unit(const rules::Restatement& restatement);

/// The short name of its indicator.
[[nodiscard]] std::string restated_indicator(
    const DigestInput& input, const rules::Restatement& restatement
);

/// "Hồ sơ ghi nhận muộn: tử số +1, mẫu số +2; thanh toán ghi nhận muộn: tử số +6"
[[nodiscard]] std::string restatement_causes(const rules::Restatement& restatement);

/// How many there are, for the first screen; nothing if there are none.
[[nodiscard]] std::optional<Bullets::Item> restatements_hint(const DigestInput& input);

/// The section "Số liệu tuần trước đã điều chỉnh"; nothing if there is nothing to say.
void add_restatements(std::vector<Block>& blocks, const DigestInput& input);

}  // namespace thidua::reports
