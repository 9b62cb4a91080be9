// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/grounds.hpp"
#include "daemon/reconcile.hpp"
#include "daemon/service.hpp"
#include "rules/standings.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace thidua::daemon {

/// What the store is to count for an indicator, day by day.
[[nodiscard]] TallyQuery query_for(
    const Indicator& indicator, const Campaign& campaign, Day as_of, Instant known_at
);

/// Whether what was counted for one query is what another one asks for, as far as an indicator of
/// this kind needs it; of the same window and instant.
[[nodiscard]] bool serves(const TallyQuery& counted, const TallyQuery& wanted, IndicatorKind kind);

/// The campaign's indicators, payments first: what is counted for them serves the other indicators
/// of the same source too.
[[nodiscard]] std::vector<const Indicator*> in_order_of_counting(const Campaign& campaign);

/// Names of sources without which there is no figure at all (StandingsInput::needed_by_all).
[[nodiscard]] std::vector<std::string> needed_by_all(const config::Settings& settings);

/// Everything that figures of one day are made of, as known at one instant. `settings` must outlive
/// it.
class FigureBasis {
  public:
    FigureBasis(FigureBasis&&) noexcept = default;
    FigureBasis& operator=(FigureBasis&&) noexcept = default;
    FigureBasis(const FigureBasis&) = delete;
    FigureBasis& operator=(const FigureBasis&) = delete;
    ~FigureBasis() = default;

    /// How finely to count: only as far as the indicators need, or also each ISO week apart.
    enum class Pieces { AsNeeded, Weeks };

    /// Counted by the store. `as_of` is taken as the campaign's end if it is later. Errors: Usage
    /// if it is before the campaign; Io.
    [[nodiscard]] static Result<FigureBasis> load(
        SharedStore& store,
        const config::Settings& settings,
        Day as_of,
        Instant known_at,
        Pieces pieces
    );

    /// Views: valid as long as this is where it is.
    [[nodiscard]] rules::StandingsInput input() const;

    /// What comparing the sources came to.
    [[nodiscard]] const std::vector<PairReport>& pairs() const { return pairs_; }

  private:
    explicit FigureBasis(const config::Settings& settings) : settings_(&settings) {}

    [[nodiscard]] Result<void> count(SharedStore& store, Pieces pieces);
    [[nodiscard]] std::vector<std::string> without_witness() const;

    /// Indicators that count the same dossiers share one count.
    struct Counted {
        TallyQuery query;
        std::vector<Tally> tallies;
    };
    [[nodiscard]] Result<const Counted*> count_for(
        SharedStore& store, const TallyQuery& query, IndicatorKind kind
    );

    const config::Settings* settings_;
    Grounds grounds_;
    Instant known_at_;
    std::int64_t known_slice_ = 0;
    std::vector<PairReport> pairs_;
    std::vector<rules::ReconciledFigure> reconciled_;
    std::deque<Counted> counted_;  ///< a deque: growing leaves what is viewed in its place
    std::vector<rules::IndicatorTallies> tallies_;
};

/// The standings as of `as_of` (never past the campaign's end), as known at `known_at`: counted by
/// the store, judged by the rules. Errors: Usage if the day is before the campaign; Io.
[[nodiscard]] Result<rules::Standings> standings_of(
    SharedStore& store, const config::Settings& settings, Day as_of, Instant known_at
);

/// The same for those indicators that have another lawful reading, each by that one
/// (rules/sensitivity.hpp).
[[nodiscard]] Result<rules::Standings> standings_read_otherwise(
    SharedStore& store, const config::Settings& settings, Day as_of, Instant known_at
);

}  // namespace thidua::daemon
