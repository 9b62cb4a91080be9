// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Restatements (điều chỉnh số liệu đã công bố): figures of an earlier day that would be told
// otherwise by now than they were published, and why. Pure.
//
// A cause is found by counting, never assumed: from what was published to what is known now in
// steps, each of which lets one thing be as it is now. What a step moves is the share of its cause,
// and what no step moves is unknown. For indicators that count dossiers the order of the steps
// makes no difference. A service that several dossiers brought into services-online is the first
// cause's that suffices.
#pragma once

#include "core/tally.hpp"
#include "rules/published.hpp"
#include "rules/standings.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::rules {

/// In the order of the steps.
enum class RestatementCause {
    FirstAnswer,      ///< a source that the figure needs had not answered yet
    Configuration,    ///< units, definitions or targets are configured otherwise
    UnitMapping,      ///< somebody decided since whose a unit code is
    Procedures,       ///< a catalogue tells of procedures, levels or fees otherwise
    LateDossier,      ///< received by then, recorded later
    Withdrawn,        ///< not received after all: withdrawn, turned away, a duplicate
    OtherUnit,        ///< it went to another unit
    Corrected,        ///< channel, procedure, fee or day of acceptance is another one
    LatePayment,      ///< paid by then, recorded later
    ReturnedPayment,  ///< refunded or cancelled
    Unknown,          ///< chưa rõ
};
inline constexpr std::size_t restatement_cause_count = 11;

/// "first-answer", "configuration", "unit-mapping", "procedures", "late-dossier", "withdrawn",
/// "other-unit", "corrected", "late-payment", "returned-payment", "unknown"
[[nodiscard]] std::string_view to_text(RestatementCause cause);

/// By how much a cause moved a figure; both are 0 where it cannot be told in counts.
struct CauseShare {
    RestatementCause cause = RestatementCause::Unknown;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;

    friend bool operator==(const CauseShare&, const CauseShare&) = default;
};

struct Restatement {
    Changed<PublishedFigure> figure;
    std::vector<CauseShare> causes;  ///< at least one; their sum is the difference

    friend bool operator==(const Restatement&, const Restatement&) = default;
};

/// True if it passed from one side of its target to the other, or came to be known, or ceased to.
[[nodiscard]] bool changes_verdict(const Restatement& restatement);

/// What an indicator's dossiers have become since the edition was made (Store::tallies_since).
struct ChangesSince {
    std::string indicator;
    std::span<const TallyChange> changes;
};

struct RestatementInput {
    const Published& said;               ///< by the edition
    const Standings& now;                ///< of the same day, as known now
    bool has_same_configuration = true;  ///< as the edition was made with
    /// The day as known when the edition was made, by the configuration of now and by the codes
    /// that had been mapped then; not reconciled. Its tallies are in the pieces of `changes`, which
    /// must end wherever a procedure changes by the word of then or of now.
    const StandingsInput& then;
    const Organisation& organisation;       ///< now; the same units
    std::span<const Procedure> procedures;  ///< now
    std::span<const ChangesSince> changes;  ///< one per indicator
};

/// Figures whose counts or verdicts are others now: units in the order of `now`, then those that
/// are not in it, then the total.
[[nodiscard]] std::vector<Restatement> find_restatements(const RestatementInput& input);

}  // namespace thidua::rules
