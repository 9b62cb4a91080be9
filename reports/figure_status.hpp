// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What every report says of its figures as a whole: how fit they are, how units are ranked by them,
// and what they were made from.
#pragma once

#include "reports/digest.hpp"
#include "reports/document.hpp"

#include <string>
#include <string_view>

namespace thidua::reports {

/// The worst status of all figures, and the sources that are not as they should be.
[[nodiscard]] Notice status_notice(const DigestInput& input);

inline constexpr std::string_view ranking_rule =
    "Hạng xếp theo số chỉ tiêu đạt, rồi tỷ lệ thanh toán trực tuyến, rồi tỷ lệ dịch vụ công phát "
    "sinh hồ sơ trực tuyến; bằng nhau thì đồng hạng (1, 2, 2, 4).";

/// Day, instant of knowledge, what is not mapped, configuration and seal: the small print at the
/// foot.
[[nodiscard]] std::string describe_provenance(const DigestInput& input);

}  // namespace thidua::reports
