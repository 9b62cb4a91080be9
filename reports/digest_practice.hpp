// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Cách làm hay: who improved most since the week before, and what that unit itself says it did.
#pragma once

#include "core/evidence.hpp"
#include "reports/digest.hpp"
#include "reports/document.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::reports {

/// The ranked unit whose figure rose most, the first of equals in the order of ranking.
struct Improver {
    const rules::UnitStanding* unit = nullptr;  ///< null: no figure rose
    int others = 0;                             ///< so many rose as much
};
[[nodiscard]] Improver find_improver(const DigestInput& input, const Indicator& indicator);

/// ", và 3 đơn vị khác cùng mức"; empty if no other rose as much.
[[nodiscard]] std::string equals_phrase(const Improver& improver);

/// What is quoted of a unit: of what was filed for it and not rejected an accepted one before one
/// that nobody has looked at, then the newest. Null if there is none.
[[nodiscard]] const Evidence* find_practice(
    std::span<const Evidence> evidence, std::string_view unit
);

/// So many letters are quoted.
inline constexpr std::size_t quote_letters_max = 200;

/// Nothing unless a unit improved on the primary indicator. Only what the unit filed is quoted, and
/// nobody says that it was the cause.
void add_practice(std::vector<Block>& blocks, const DigestInput& input);

}  // namespace thidua::reports
