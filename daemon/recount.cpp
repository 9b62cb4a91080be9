// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/recount.hpp"

#include "rules/figure_id.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace thidua::daemon {

Recount::Recount(
    const Organisation& organisation,
    std::span<const Procedure> procedures,
    const NamedFigure& named
)
    : organisation_(organisation),
      procedures_(procedures),
      named_(named),
      catalogue_(organisation, procedures),
      unit_(organisation.find(named.unit)) {}

Ratio Recount::of(std::span<const Tally> tallies) const {
    return count_with(catalogue_, tallies);
}

bool Recount::is_of_unit(std::string_view code) const {
    if (named_.unit == rules::total_unit) {
        return true;
    }
    const auto unit = organisation_.find(code);
    if (!unit) {
        return false;
    }
    const auto above = organisation_.lineage(*unit);
    return std::ranges::find(above, *unit_) != above.end();
}

Evidence Recount::weigh(store::CountedVersion version) const {
    Evidence evidence{std::move(version), false, false};
    const std::span<const Tally> alone{&evidence.version.tally, 1};
    Ratio part;
    if (named_.indicator->kind != IndicatorKind::ServicesOnline) {
        part = of(alone);
    } else if (const Procedure* procedure = find(alone.front().procedure_code)) {
        part = of_procedure(*procedure, alone);
        if (named_.indicator->services == ServicesDenominator::Published) {
            part.denominator = 0;  // that it is offered counts there, and no dossier
        }
    }
    evidence.in_numerator = part.numerator > 0;
    evidence.in_denominator = part.denominator > 0;
    return evidence;
}

std::vector<CountedProcedure> Recount::procedures_in(std::span<const Tally> tallies) const {
    std::map<std::string_view, std::vector<Tally>> by_procedure;
    for (const Tally& tally : tallies) {
        by_procedure[tally.procedure_code].push_back(tally);
    }
    std::vector<CountedProcedure> counted;
    for (const Procedure& procedure : procedures_) {
        const Ratio part = of_procedure(procedure, by_procedure[procedure.code]);
        if (part.denominator > 0) {
            counted.push_back({procedure.code, procedure.name, part.numerator > 0});
        }
    }
    return counted;
}

/// A procedure's own part of both counts: what it gives when it is alone in the catalogue.
Ratio Recount::of_procedure(const Procedure& procedure, std::span<const Tally> tallies) const {
    const rules::Catalogue alone(organisation_, {&procedure, 1});
    return count_with(alone, tallies);
}

const Procedure* Recount::find(std::string_view code) const {
    const std::size_t at = catalogue_.procedure(code);
    return at == procedures_.size() ? nullptr : &procedures_[at];
}

Ratio Recount::count_with(const rules::Catalogue& catalogue, std::span<const Tally> tallies) const {
    const auto placed = rules::place(catalogue, tallies);
    const rules::Counted counted = rules::count(*named_.indicator, catalogue, placed, named_.as_of);
    return named_.unit == rules::total_unit ? counted.total : counted.units[*unit_];
}

}  // namespace thidua::daemon
