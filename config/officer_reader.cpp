// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/officer_reader.hpp"

#include "config/organisation_reader.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace thidua::config {

namespace {

bool is_ever_there(const Officer& officer, std::span<const DatedUnit> units) {
    return std::ranges::any_of(units, [&](const DatedUnit& unit) {
        return unit.code == officer.unit && overlap(unit.days, officer.days);
    });
}

Officer read_officer(Node node, std::span<const DatedUnit> units) {
    const std::size_t problems_before = node.problems().size();
    Officer officer;
    const Node id = node.required("id");
    officer.id = id.text();
    if (!officer.id.empty() && !is_officer_id(officer.id)) {
        id.refuse("an id of letters, digits and single hyphens, such as CB-017");
    }
    officer.name = node.required("name").text();
    const Node unit = node.required("unit");
    officer.unit = read_unit_code(unit, units);
    officer.position = node.optional("position").text_or("");
    officer.days = read_days_in_force(node);
    node.finish();
    const bool is_sound = node.problems().size() == problems_before;
    if (is_sound && !units.empty() && !is_ever_there(officer, units)) {
        unit.refuse("a unit that is in force on some day on which the officer serves");
    }
    return officer;
}

}  // namespace

std::vector<Officer> read_officers(Node node, std::span<const DatedUnit> units) {
    (void)node.required("version").integer(1, 1);
    std::vector<Officer> officers;
    std::map<std::string, std::string> first_with;
    for (const Node& item : node.required("officers").items()) {
        officers.push_back(read_officer(item, units));
        const std::string& id = officers.back().id;
        const auto [first, is_new] = first_with.emplace(fold(id), item.key());
        if (!is_new && !id.empty()) {
            item.report(shown(id) + ": the same id as " + first->second);
        }
    }
    node.finish();
    return officers;
}

}  // namespace thidua::config
