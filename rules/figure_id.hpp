// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Short names for figures, which can be read out over the telephone and looked up again.
#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace thidua::rules {

/// Which figure: everything that its id stands for, except what was known.
struct FigureName {
    std::string_view campaign;
    std::string_view indicator;
    std::string_view unit;  ///< code, or total_unit
    Day as_of;
};

/// Stands for the root with what no unit code maps.
inline constexpr std::string_view total_unit = "total";

inline constexpr std::size_t figure_id_length = 9;

/// "F7K2Q9XAM": F, four letters of what is counted, four of what was known, given by the number of
/// the newest slice on record. The same figure always has the same id; whoever wants to know what
/// an id stands for tries the few names there are, and then the slices.
[[nodiscard]] std::string figure_id(const FigureName& name, std::int64_t known_slice);

/// The first letters of figure_id(), which do not depend on what was known.
[[nodiscard]] std::string figure_id_stem(const FigureName& name);

}  // namespace thidua::rules
