// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// One figure, counted again from single dossiers by the rules.
#pragma once

#include "core/tally.hpp"
#include "daemon/explain.hpp"
#include "daemon/figure_name.hpp"
#include "rules/count.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// Counts the figure of one name for the unit it is of. Refers to what it is made from.
class Recount {
  public:
    Recount(
        const Organisation& organisation,
        std::span<const Procedure> procedures,
        const NamedFigure& named
    );

    [[nodiscard]] Ratio of(std::span<const Tally> tallies) const;

    /// True if a dossier of the unit `code` belongs to the figure's unit or below it.
    [[nodiscard]] bool is_of_unit(std::string_view code) const;

    /// A dossier and what it alone adds to the figure. A procedure counts through its dossiers:
    /// with online ones it is in the numerator, and with any in the denominator `active`.
    [[nodiscard]] Evidence weigh(store::CountedVersion version) const;

    /// The denominator of services-online.
    [[nodiscard]] std::vector<CountedProcedure> procedures_in(std::span<const Tally> tallies) const;

  private:
    [[nodiscard]] Ratio count_with(
        const rules::Catalogue& catalogue, std::span<const Tally> tallies
    ) const;
    [[nodiscard]] Ratio of_procedure(const Procedure& procedure, std::span<const Tally> tallies)
        const;
    [[nodiscard]] const Procedure* find(std::string_view code) const;

    const Organisation& organisation_;
    std::span<const Procedure> procedures_;
    const NamedFigure& named_;
    rules::Catalogue catalogue_;
    std::optional<std::size_t> unit_;
};

}  // namespace thidua::daemon
