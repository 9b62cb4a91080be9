// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/organisation_reader.hpp"

#include "core/codes.hpp"

#include <algorithm>
#include <map>

namespace thidua::config {

namespace {

/// A unit with the places that a message about it needs.
struct WrittenUnit {
    Unit unit;
    Node code;
    Node parent;
    std::vector<Node> aliases;
};

WrittenUnit read_unit(Node node) {
    WrittenUnit written{
        .unit = {},
        .code = node.required("code"),
        .parent = node.optional("parent"),
        .aliases = node.optional("aliases").items(),
    };
    written.unit.code = canonical_unit_code(written.code.text());
    written.unit.name = node.required("name").text();
    if (written.parent) {
        written.unit.parent = canonical_unit_code(written.parent.text());
    }
    for (const Node& alias : written.aliases) {
        written.unit.aliases.push_back(canonical_unit_code(alias.text()));
    }
    node.finish();
    return written;
}

using Owners = std::map<std::string, const WrittenUnit*>;

/// Every code and alias must name one unit only.
Owners check_codes(const std::vector<WrittenUnit>& units) {
    Owners owners;
    for (const WrittenUnit& written : units) {
        if (!owners.emplace(written.unit.code, &written).second) {
            written.code.refuse("a code that no other unit has");
        }
    }
    for (const WrittenUnit& written : units) {
        for (std::size_t index = 0; index < written.aliases.size(); ++index) {
            const auto [owner, is_new] = owners.emplace(written.unit.aliases[index], &written);
            if (!is_new) {
                written.aliases[index].refuse(
                    "a code that no other unit has; it already names " +
                    shown(owner->second->unit.name)
                );
            }
        }
    }
    return owners;
}

/// The unit above `written`; null for a root, or if its parent is not one of the codes.
const WrittenUnit* parent_of(const WrittenUnit& written, const Owners& owners) {
    if (!written.unit.parent) {
        return nullptr;
    }
    const auto owner = owners.find(*written.unit.parent);
    const bool is_code = owner != owners.end() && owner->second->unit.code == *written.unit.parent;
    return is_code ? owner->second : nullptr;
}

bool is_in_circle(const WrittenUnit& written, const Owners& owners) {
    const WrittenUnit* above = parent_of(written, owners);
    for (std::size_t steps = 0; above && steps <= owners.size(); ++steps) {
        if (above == &written) {
            return true;
        }
        above = parent_of(*above, owners);
    }
    return false;
}

void check_tree(const std::vector<WrittenUnit>& units, const Owners& owners) {
    std::vector<std::string> codes;
    for (const WrittenUnit& written : units) {
        codes.push_back(written.unit.code);
    }
    const WrittenUnit* root = nullptr;
    bool has_circle = false;
    for (const WrittenUnit& written : units) {
        if (!written.parent) {
            if (root) {
                written.code.report(
                    shown(written.unit.code) + ": a second unit without a parent beside " +
                    shown(root->unit.code) + ": name the unit above it in \"parent\""
                );
            }
            root = root ? root : &written;
        } else if (!parent_of(written, owners)) {
            written.parent.refuse(
                "the code of a unit in this file" + did_you_mean(*written.unit.parent, codes)
            );
        } else if (!has_circle && is_in_circle(written, owners)) {
            has_circle = true;  // one message for the circle, not one for each unit in it
            written.parent.refuse("a unit above it, but the parents form a circle");
        }
    }
    if (!root && !has_circle && !units.empty()) {
        units.front().code.report("one unit must be the root and have no \"parent\"");
    }
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

Procedure read_procedure(Node node, const Organisation& organisation) {
    Procedure procedure;
    procedure.code = canonical_procedure_code(node.required("code").text());
    procedure.name = node.required("name").text();
    for (const Node& unit : node.required("units").items()) {
        procedure.units.push_back(read_unit_code(unit, organisation));
    }
    const Node levels = node.required("levels");
    procedure.levels = read_rows(levels, read_level);
    if (levels.is_list() && procedure.levels.empty()) {
        levels.report("empty: say at least {level: information, from: DAY}");
    }
    procedure.fees = read_rows(node.optional("fees"), read_fee);
    node.finish();
    return procedure;
}

}  // namespace

Organisation read_organisation(Node node) {
    const std::size_t problems_before = node.problems().size();
    (void)node.required("version").integer(1, 1);
    const Node list = node.required("units");
    std::vector<WrittenUnit> units;
    for (const Node& item : list.items()) {
        units.push_back(read_unit(item));
    }
    node.finish();
    if (list.is_list() && units.empty()) {
        list.report("empty: there must be at least the root");
    }
    if (node.problems().size() != problems_before) {
        return {};  // what the codes say together means little while one of them is missing
    }
    check_tree(units, check_codes(units));
    if (node.problems().size() != problems_before) {
        return {};
    }
    std::vector<Unit> plain;
    for (WrittenUnit& written : units) {
        plain.push_back(std::move(written.unit));
    }
    auto organisation = Organisation::create(std::move(plain));
    if (!organisation) {
        list.report(organisation.error().message);
        return {};
    }
    return *std::move(organisation);
}

std::vector<Procedure> read_procedures(Node node, const Organisation& organisation) {
    (void)node.required("version").integer(1, 1);
    std::vector<Procedure> procedures;
    std::map<std::string, std::string> first_with;
    for (const Node& item : node.required("procedures").items()) {
        procedures.push_back(read_procedure(item, organisation));
        const std::string& code = procedures.back().code;
        const auto [first, is_new] = first_with.emplace(code, item.key());
        if (!is_new && !code.empty()) {
            item.report(shown(code) + ": the same code as " + first->second);
        }
    }
    node.finish();
    return procedures;
}

std::string read_unit_code(const Node& node, const Organisation& organisation) {
    std::string code = canonical_unit_code(node.text());
    const std::vector<Unit>& units = organisation.units();
    if (code.empty() || units.empty() ||
        std::ranges::find(units, code, &Unit::code) != units.end()) {
        return code;
    }
    std::vector<std::string> codes;
    for (const Unit& unit : units) {
        codes.push_back(unit.code);
    }
    node.refuse("the code of a unit in the organisation file" + did_you_mean(code, codes));
    return code;
}

}  // namespace thidua::config
