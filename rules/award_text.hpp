// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An award's finding in Vietnamese, as councils read it.
#pragma once

#include "rules/award.hpp"

#include <string>
#include <string_view>

namespace thidua::rules {

/// "đạt", "không đạt", "không áp dụng", "chờ thẩm định", "chưa xác định", "lỗi"
[[nodiscard]] std::string_view vietnamese(Value value);

/// The verdict in one line; never "đủ điều kiện" alone while anything is open:
/// "đủ điều kiện về số liệu; chờ thẩm định nội dung 2-5".
[[nodiscard]] std::string verdict_text(const Finding& finding);

/// "đã nộp", "được chấp nhận", "không được chấp nhận"
[[nodiscard]] std::string_view vietnamese(EvidenceState state);

/// "đã rà soát 3/12 TTHC chưa cung cấp toàn trình; đề nghị toàn trình 2; được chấp thuận 1"
[[nodiscard]] std::string review_text(const ReviewCounts& counts);

}  // namespace thidua::rules
