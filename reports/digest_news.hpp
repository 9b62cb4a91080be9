// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The sentences of a digest that depend on the data: subject, verdict, what changed, the request.
// Each is one of a few fixed patterns; nothing is ever worded freely.
#pragma once

#include "reports/digest.hpp"
#include "reports/document.hpp"

#include <string>
#include <vector>

namespace thidua::reports {

/// "[TẠM TÍNH] [Tuần 42] Thanh toán trực tuyến 41,3 % (▲1,2) – thiếu 83 hồ sơ – 4 đơn vị chưa đạt"
[[nodiscard]] std::string compose_subject(const DigestInput& input);

/// The verdict on the whole campaign and on how many units.
[[nodiscard]] Headline compose_headline(const DigestInput& input);

/// Who crossed a target either way, who improved most, how much was restated.
[[nodiscard]] Bullets compose_changes(const DigestInput& input);

/// The one thing asked of the reader, and how long there is left for it.
[[nodiscard]] Request compose_request(const DigestInput& input);

}  // namespace thidua::reports
