// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Reconciliation (đối soát): two sources' words on the same dossiers, what of the difference is
// explained, and what that makes of the figures. Pure.
//
// A difference is judged once it has had time to settle: as both sides were known at the settled
// slice, with all that was read since. So a late synchronisation is not assumed: it is one whose
// difference has vanished. What differs now and did not differ then is waiting for its judgement.
#pragma once

#include "core/campaign.hpp"
#include "core/comparison.hpp"
#include "core/organisation.hpp"
#include "core/ratio.hpp"
#include "rules/reason.hpp"
#include "rules/standings.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace thidua::rules {

/// Two sources to compare, with what they said.
struct PairInput {
    const Campaign& campaign;
    const Organisation& organisation;
    std::span<const Procedure> procedures;
    Day as_of;
    PairKind kind = PairKind::Records;
    std::string own{};      ///< name of the source; its word comes first
    std::string witness{};  ///< name of the other
    /// What the witness tells of a dossier; an indicator that asks for more is not compared.
    bool tells_channel = true;
    bool tells_paid = true;
    std::int64_t settled_slice = 0;
    std::int64_t known_slice = 0;
    std::span<const ComparedDossier> dossiers{};  ///< ascending by number
};

/// One indicator of one unit with everything below it, by both.
struct UnitComparison {
    std::string unit;  ///< code, or total_unit
    Ratio own;
    Ratio witness;
    std::int64_t compared = 0;   ///< dossiers that count by the word of either
    std::int64_t differing = 0;  ///< of those: both sides do not come to the same
    std::int64_t waiting = 0;    ///< dossiers that differ now, and have not had time to settle
    std::array<std::int64_t, reason_count> reasons{};  ///< of those that differ, by Reason

    [[nodiscard]] std::int64_t with(Reason reason) const {
        return reasons.at(static_cast<std::size_t>(reason));
    }

    friend bool operator==(const UnitComparison&, const UnitComparison&) = default;
};

struct IndicatorComparison {
    std::string indicator;
    std::vector<UnitComparison> units;  ///< in the order of Organisation::units, then the total

    friend bool operator==(const IndicatorComparison&, const IndicatorComparison&) = default;
};

/// A dossier on which both sides differ.
struct Difference {
    std::string dossier;  ///< canonical code
    std::string unit;     ///< code of the unit that has it; empty: no unit
    std::string indicator;
    Reason reason = Reason::Unknown;

    friend bool operator==(const Difference&, const Difference&) = default;
};

struct PairResult {
    PairKind kind = PairKind::Records;
    std::string own;
    std::string witness;
    std::vector<IndicatorComparison> indicators;  ///< those that can be compared
    std::vector<Difference> differences;          ///< by indicator, then by dossier

    friend bool operator==(const PairResult&, const PairResult&) = default;
};

/// The indicators of the campaign that the pair can be compared by.
[[nodiscard]] std::vector<const Indicator*> comparable(const PairInput& input);

/// The places in `input.dossiers` of those whose units differ: to judge them, everything that the
/// own side has ever said is needed.
[[nodiscard]] std::vector<std::size_t> of_another_unit(const PairInput& input);

[[nodiscard]] PairResult reconcile(const PairInput& input);

/// What a comparison makes of the figure: unreconciled if more than `tolerance` of what was
/// compared differs for no known reason; reconciled if not, even if all that is waiting should turn
/// out like that; provisional in between. Nothing if nothing was compared.
[[nodiscard]] std::optional<Fitness> fitness_of(const UnitComparison& comparison, Share tolerance);

/// What the pairs make of the figures, for StandingsInput.
[[nodiscard]] std::vector<ReconciledFigure> reconciled_figures(
    std::span<const PairResult> pairs, Share tolerance
);

}  // namespace thidua::rules
