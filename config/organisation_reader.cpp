// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/organisation_reader.hpp"

#include "config/unit_checks.hpp"
#include "core/codes.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace thidua::config {

namespace {

void read_aliases(const Node& node, DatedUnit& unit, WrittenUnits::Places& places) {
    for (Node item : node.items()) {
        DatedUnit::DatedAlias alias;
        places.aliases.push_back(item.is_map() ? item.required("code") : item);
        alias.code = canonical_unit_code(places.aliases.back().text());
        if (item.is_map()) {
            const std::size_t problems_before = item.problems().size();
            alias.days = read_days_in_force(item);
            item.finish();
            const bool is_sound = item.problems().size() == problems_before;
            if (is_sound && !overlap(alias.days, unit.days)) {
                item.report("never in force: on none of these days is the unit there");
            }
        }
        unit.aliases.push_back(std::move(alias));
    }
}

DatedUnit::Change read_change(Node node, const DatedUnit& unit, WrittenUnits::Places& places) {
    DatedUnit::Change change;
    const std::size_t problems_before = node.problems().size();
    const Node from = node.required("from");
    change.from = from.day();
    if (const Node name = node.optional("name")) {
        change.name = name.text();
    }
    places.changed_parents.push_back(node.optional("parent"));
    const Node& parent = places.changed_parents.back();
    if (parent) {
        change.parent = canonical_unit_code(parent.text());
    }
    node.finish();
    if (node.is_map() && !change.name && !change.parent) {
        node.report("changes nothing: give a new \"name\" or a new \"parent\"");
    }
    if (node.problems().size() != problems_before) {
        return change;
    }
    const bool is_first_day = unit.days.from && change.from == *unit.days.from;
    if (is_first_day || !holds(unit.days, change.from)) {
        from.refuse("a day after the unit's first, on which it is still in force");
    } else if (!unit.changes.empty() && change.from <= unit.changes.back().from) {
        from.refuse(
            "later than the change above, which is from " +
            thidua::to_text(unit.changes.back().from)
        );
    }
    return change;
}

void read_unit(Node node, WrittenUnits& written) {
    DatedUnit unit;
    WrittenUnits::Places places{
        .code = node.required("code"),
        .parent = node.optional("parent"),
        .merged_into = node.optional("merged_into"),
        .aliases = {},
        .changed_parents = {},
    };
    unit.code = canonical_unit_code(places.code.text());
    unit.name = node.required("name").text();
    if (places.parent) {
        unit.parent = canonical_unit_code(places.parent.text());
    }
    unit.days = read_days_in_force(node);
    if (places.merged_into) {
        unit.merged_into = canonical_unit_code(places.merged_into.text());
        if (!unit.days.until) {
            places.merged_into.report("goes together with \"until\", the unit's last day");
        }
    }
    read_aliases(node.optional("aliases"), unit, places);
    for (const Node& item : node.optional("changes").items()) {
        unit.changes.push_back(read_change(item, unit, places));
    }
    node.finish();
    written.units.push_back(std::move(unit));
    written.places.push_back(std::move(places));
}

Procedure::DatedLevel read_level(Node node) {
    Procedure::DatedLevel row;
    row.level = node.required("level").one_of<Level>({
        {"information", Level::Information},
        {"partial", Level::Partial},
        {"full", Level::Full},
    });
    row.from = node.required("from").day();
    node.finish();
    return row;
}

Procedure::DatedFee read_fee(Node node) {
    Procedure::DatedFee row;
    row.fee_bearing = node.required("fee_bearing").boolean();
    row.from = node.required("from").day();
    node.finish();
    return row;
}

template <class Row>
std::vector<Row> read_rows(const Node& node, Row (*read_row)(Node)) {
    std::vector<Row> rows;
    const std::size_t problems_before = node.problems().size();
    for (const Node& item : node.items()) {
        rows.push_back(read_row(item));
        const bool is_sound = item.problems().size() == problems_before;
        if (is_sound && rows.size() > 1 && rows[rows.size() - 2].from >= rows.back().from) {
            item.report(
                "from " + thidua::to_text(rows.back().from) +
                ": must be later than the row above, which "
                "is from " +
                thidua::to_text(rows[rows.size() - 2].from)
            );
        }
    }
    return rows;
}

/// The trees of all days: each holds from its day until the next one's.
using Trees = std::map<Day, Organisation>;

Trees trees_of(std::span<const DatedUnit> units) {
    Trees trees;
    for (const Day day : days_of_change(units)) {
        // Where no unit is in force there is no tree, and nobody to answer for anything.
        trees.emplace(day, organisation_on(units, day).value_or(Organisation()));
    }
    return trees;
}

const Organisation& tree_on(const Trees& trees, Day day) {
    const auto next = trees.upper_bound(day);
    return next == trees.begin() ? next->second : std::prev(next)->second;
}

/// A procedure that nobody answers for would silently be missing from every denominator.
void check_who_answers(const Node& place, const Procedure& procedure, const Trees& trees) {
    std::set<Day> days;
    for (const Procedure::DatedLevel& row : procedure.levels) {
        days.insert(row.from);
    }
    for (const auto& [day, tree] : trees) {
        days.insert(day);
    }
    for (const Day day : days) {
        const Organisation& tree = tree_on(trees, day);
        const bool is_answered_for = std::ranges::any_of(
            procedure.units, [&](const std::string& code) { return tree.find(code).has_value(); }
        );
        if (!tree.units().empty() && is_online(procedure, day) && !is_answered_for) {
            place.report(
                "on " + thidua::to_text(day) +
                " none of these units is in force, but the procedure is offered online: add the "
                "unit that answers for it then"
            );
            return;
        }
    }
}

Procedure read_procedure(Node node, std::span<const DatedUnit> units, const Trees& trees) {
    Procedure procedure;
    procedure.code = canonical_procedure_code(node.required("code").text());
    procedure.name = node.required("name").text();
    const std::size_t problems_before = node.problems().size();
    const Node responsible = node.required("units");
    for (const Node& unit : responsible.items()) {
        procedure.units.push_back(read_unit_code(unit, units));
    }
    const Node levels = node.required("levels");
    procedure.levels = read_rows(levels, read_level);
    if (levels.is_list() && procedure.levels.empty()) {
        levels.report("empty: say at least {level: information, from: DAY}");
    }
    procedure.fees = read_rows(node.optional("fees"), read_fee);
    node.finish();
    const bool is_sound = node.problems().size() == problems_before;
    if (is_sound && !procedure.units.empty() && !units.empty()) {
        check_who_answers(responsible, procedure, trees);
    }
    return procedure;
}

}  // namespace

DaysInForce read_days_in_force(Node& node) {
    const Node from = node.optional("from");
    const Node until = node.optional("until");
    const std::size_t problems_before = node.problems().size();
    DaysInForce days;
    days.from = from ? std::optional(from.day()) : std::nullopt;
    days.until = until ? std::optional(until.day()) : std::nullopt;
    const bool is_sound = node.problems().size() == problems_before;
    if (is_sound && days.from && days.until && *days.until < *days.from) {
        until.refuse("a day not before \"from\", " + thidua::to_text(*days.from));
    }
    return days;
}

std::vector<DatedUnit> read_units(Node node) {
    const std::size_t problems_before = node.problems().size();
    (void)node.required("version").integer(1, 1);
    const Node list = node.required("units");
    WrittenUnits written;
    for (const Node& item : list.items()) {
        read_unit(item, written);
    }
    node.finish();
    if (list.is_list() && written.units.empty()) {
        list.report("empty: there must be at least the root");
    }
    if (node.problems().size() != problems_before) {
        return {};  // what the codes say together means little while one of them is missing
    }
    check_units(written);
    if (node.problems().size() != problems_before) {
        return {};
    }
    return std::move(written.units);
}

std::vector<Procedure> read_procedures(Node node, std::span<const DatedUnit> units) {
    (void)node.required("version").integer(1, 1);
    const Trees trees = trees_of(units);
    std::vector<Procedure> procedures;
    std::map<std::string, std::string> first_with;
    for (const Node& item : node.required("procedures").items()) {
        procedures.push_back(read_procedure(item, units, trees));
        const std::string& code = procedures.back().code;
        const auto [first, is_new] = first_with.emplace(code, item.key());
        if (!is_new && !code.empty()) {
            item.report(shown(code) + ": the same code as " + first->second);
        }
    }
    node.finish();
    return procedures;
}

std::string read_unit_code(const Node& node, std::span<const DatedUnit> units) {
    std::string code = canonical_unit_code(node.text());
    if (code.empty() || units.empty() ||
        std::ranges::find(units, code, &DatedUnit::code) != units.end()) {
        return code;
    }
    std::vector<std::string> codes;
    for (const DatedUnit& unit : units) {
        codes.push_back(unit.code);
    }
    node.refuse("the code of a unit in the organisation file" + did_you_mean(code, codes));
    return code;
}

}  // namespace thidua::config
