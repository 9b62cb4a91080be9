// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/part.hpp"

#include "core/result.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace thidua::rules {

Standings part_of(const Standings& standings, std::string_view unit) {
    Standings part;
    part.campaign = standings.campaign;
    part.as_of = standings.as_of;
    part.known_at = standings.known_at;
    part.sources = standings.sources;
    std::set<std::string_view> codes{unit};
    // Parents come before their children.
    for (const UnitStanding& one : standings.units) {
        if (one.code == unit || (one.parent && codes.contains(*one.parent))) {
            codes.insert(one.code);
            part.units.push_back(one);
        }
    }
    check(!part.units.empty(), "part_of: a unit of the standings");
    UnitStanding& root = part.units.front();
    const int depth = root.depth;
    root.parent.reset();
    part.fitness = Fitness::Final;
    for (UnitStanding& one : part.units) {
        one.depth -= depth;
        for (const Figure& figure : one.figures) {
            const bool counts = one.code == unit || !is_fit(figure.fitness);
            part.fitness = counts ? std::max(part.fitness, figure.fitness) : part.fitness;
        }
    }
    part.total = root;
    return part;
}

}  // namespace thidua::rules
