// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the units of an organisation file say together: a tree on every day, and codes that mean
// one unit each.
#pragma once

#include "config/yaml.hpp"
#include "core/unit_history.hpp"

#include <vector>

namespace thidua::config {

/// Units with the places that messages about them need; `places[i]` belongs to `units[i]`.
struct WrittenUnits {
    struct Places {
        Node code;
        Node parent;
        Node merged_into;
        std::vector<Node> aliases;          ///< the code of each
        std::vector<Node> changed_parents;  ///< one of each change, absent where it names none
    };
    std::vector<DatedUnit> units;
    std::vector<Places> places;
};

/// Reports two units with one code in the same days, mergers into nobody, and for every day on
/// which something changes: an alias that means two units, a parent that is unknown or not in
/// force, a circle, not exactly one root. Each place is reported once, for the first such day.
void check_units(const WrittenUnits& written);

}  // namespace thidua::config
