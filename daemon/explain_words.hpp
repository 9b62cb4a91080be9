// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The words in which an explanation is told, as text and as JSON.
#pragma once

#include "core/campaign.hpp"
#include "core/records.hpp"

#include <string>
#include <string_view>

namespace thidua::daemon {

/// What the two counts count: "procedures" or "dossiers".
[[nodiscard]] std::string_view unit_of_count(IndicatorKind kind);

/// Numerator and denominator in words.
[[nodiscard]] std::string definition(const Indicator& indicator);

/// "dvcqg" or "province": a gateway through which a payment can count.
[[nodiscard]] std::string_view gateway_name(Gateway gateway);

}  // namespace thidua::daemon
