// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/organisation.hpp"

#include <fmt/format.h>

#include <utility>

namespace thidua {
namespace {

using CodeMap = std::map<std::string, std::size_t, std::less<>>;

Result<CodeMap> index_codes(const std::vector<Unit>& units) {
    CodeMap by_code;
    for (std::size_t at = 0; at < units.size(); ++at) {
        if (!by_code.emplace(units[at].code, at).second) {
            return fail(
                ErrorKind::Config, fmt::format("unit {}: the code is there twice", units[at].code)
            );
        }
    }
    for (std::size_t at = 0; at < units.size(); ++at) {
        for (const std::string& alias : units[at].aliases) {
            const auto [place, is_new] = by_code.emplace(alias, at);
            if (!is_new && place->second != at) {
                return fail(
                    ErrorKind::Config,
                    fmt::format(
                        "unit {}: alias {} already names unit {}",
                        units[at].code,
                        alias,
                        units[place->second].code
                    )
                );
            }
        }
    }
    return by_code;
}

/// False if some unit does not reach a root by its parents.
bool all_reach_a_root(const std::vector<std::optional<std::size_t>>& parents, std::size_t& loose) {
    for (std::size_t at = 0; at < parents.size(); ++at) {
        std::size_t steps = 0;
        for (auto up = parents[at]; up; up = parents[*up]) {
            if (++steps > parents.size()) {
                loose = at;
                return false;
            }
        }
    }
    return true;
}

/// The newest row at or before `day`; rows ascend.
template <class Row>
const Row* in_force(const std::vector<Row>& rows, Day day) {
    const Row* found = nullptr;
    for (const Row& row : rows) {
        if (row.from <= day) {
            found = &row;
        }
    }
    return found;
}

}  // namespace

Result<Organisation> Organisation::create(std::vector<Unit> units) {
    Organisation made;
    auto by_code = index_codes(units);
    if (!by_code) {
        return std::unexpected(by_code.error());
    }
    std::optional<std::size_t> root;
    for (std::size_t at = 0; at < units.size(); ++at) {
        const Unit& unit = units[at];
        if (!unit.parent) {
            if (root) {
                return fail(
                    ErrorKind::Config,
                    fmt::format(
                        "unit {}: a second unit without a parent, beside {}; only the root has "
                        "none",
                        unit.code,
                        units[*root].code
                    )
                );
            }
            root = at;
            made.parents_.emplace_back();
            continue;
        }
        const auto parent = by_code->find(*unit.parent);
        if (parent == by_code->end() || units[parent->second].code != *unit.parent) {
            return fail(
                ErrorKind::Config,
                fmt::format(
                    "unit {}: there is no unit {} to be its parent", unit.code, *unit.parent
                )
            );
        }
        made.parents_.emplace_back(parent->second);
    }
    std::size_t loose = 0;
    if (!all_reach_a_root(made.parents_, loose)) {
        return fail(
            ErrorKind::Config, fmt::format("unit {}: its parents form a circle", units[loose].code)
        );
    }
    if (!root) {
        return fail(ErrorKind::Config, "no unit is without a parent: one must be the root");
    }
    made.root_ = *root;
    made.by_code_ = *std::move(by_code);
    made.units_ = std::move(units);
    return made;
}

std::optional<std::size_t> Organisation::find(std::string_view code) const {
    const auto place = by_code_.find(code);
    if (place == by_code_.end()) {
        return std::nullopt;
    }
    return place->second;
}

std::vector<std::size_t> Organisation::lineage(std::size_t unit) const {
    std::vector<std::size_t> line;
    for (std::optional<std::size_t> at = unit; at; at = parents_[*at]) {
        line.push_back(*at);
    }
    return line;
}

std::optional<Level> level_on(const Procedure& procedure, Day day) {
    const auto* row = in_force(procedure.levels, day);
    return row == nullptr ? std::nullopt : std::optional(row->level);
}

bool is_online(const Procedure& procedure, Day day) {
    return level_on(procedure, day).value_or(Level::Information) != Level::Information;
}

bool is_fee_bearing(const Procedure& procedure, Day day) {
    const auto* row = in_force(procedure.fees, day);
    return row != nullptr && row->fee_bearing;
}

}  // namespace thidua
