// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Made-up agencies in the states a digest must be able to show.
#pragma once

#include "core/evidence.hpp"
#include "reports/digest.hpp"

#include <optional>
#include <string>
#include <vector>

namespace thidua::test {

/// Owns what a DigestInput refers to.
struct Sample {
    Campaign campaign;
    IsoWeek week;
    rules::Standings standings;
    std::optional<rules::Standings> previous;
    std::vector<reports::PastWeek> past = {};
    std::vector<std::string> recipients;
    bool is_late = false;
    std::vector<rules::Restatement> restated{};
    std::vector<Evidence> evidence{};
    std::vector<reports::ReconciledPair> reconciled{};

    [[nodiscard]] reports::DigestInput input() const;
};

/// Sở Tài nguyên và Môi trường in week 42 of 2024: seven ranked units, eleven branches, four units
/// below, some crossings of a target; the unit that improved most has filed what it did.
[[nodiscard]] Sample usual_week();

/// The first edition: nothing to compare with, a week that began on a Friday.
[[nodiscard]] Sample first_edition();

/// The Payment Platform never answered.
[[nodiscard]] Sample silent_source();

/// The Payment Platform last answered six days before.
[[nodiscard]] Sample stale_source();

[[nodiscard]] Sample late_edition();

/// Every unit beyond every target.
[[nodiscard]] Sample all_met();

/// Forty ranked units.
[[nodiscard]] Sample many_units();

/// A unit, a source, a recipient and an evidence named like HTML.
[[nodiscard]] Sample hostile_names();

/// No indicator has a target.
[[nodiscard]] Sample no_targets();

/// Ends on 31/12/2024, in ISO week 1 of 2025.
[[nodiscard]] Sample last_edition();

/// Everything exactly on its target, nothing received in one unit.
[[nodiscard]] Sample on_the_line();

/// The usual week, after payments and dossiers of the week before came late, and more.
[[nodiscard]] Sample restated_week();

}  // namespace thidua::test
