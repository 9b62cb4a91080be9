// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The figures that a right program must arrive at: design.md 5.1 and 5.2 with the default options,
// computed straight from the world, without any code of the program under test.

#pragma once

#include "world.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace thidua::sandbox {

struct Count {
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
};

struct UnitFigures {
    Count services_online;
    Count dossiers_online;
    Count payments_online;
};

/// One per unit (each with everything below it), and the total, which adds what nothing maps.
using DayFigures = std::array<UnitFigures, unit_count + 1>;

/// The figures of business date `day`, by what was visible at `known_at`.
DayFigures figures_of(const World& world, Day day, Instant known_at);

struct TruthWindow {
    Day from = campaign_start;
    Day to = campaign_end;
    std::optional<Instant> known_at;  // the end of each day unless given
};
/// JSON lines: each day, each unit in the order of units(), then "total"; three indicators each.
std::string truth_text(const World& world, const TruthWindow& window);

}  // namespace thidua::sandbox
