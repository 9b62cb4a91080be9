// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Counts + targets -> verdicts, gaps and ranks. Pure: no clock, no store, no I/O.
#pragma once

#include "core/campaign.hpp"
#include "core/organisation.hpp"
#include "core/ratio.hpp"
#include "core/tally.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::rules {

enum class Verdict {
    Met,
    Below,
    NoActivity,  ///< denominator 0: "không phát sinh", neither passed nor 0 %
    Unknown,     ///< a source it needs never answered: "thiếu số liệu"
};

/// "met", "below", "no-activity", "unknown"
[[nodiscard]] std::string_view to_text(Verdict verdict);

/// Tình trạng số liệu, best first.
enum class Fitness { Final, Reconciled, Provisional, Unreconciled, Missing };

/// "da-chot", "da-doi-soat", "tam-tinh", "chua-doi-soat", "thieu-so-lieu"
[[nodiscard]] std::string_view to_text(Fitness fitness);

/// Fit to be published and decided by: neither chưa đối soát nor thiếu số liệu.
[[nodiscard]] bool is_fit(Fitness fitness);

/// One indicator of one unit on one day, as known at one instant.
struct Figure {
    std::string id;                ///< figure_id(), such as F7K2Q9XAM
    std::string indicator;         ///< Indicator::id
    std::optional<Ratio> counts;   ///< nothing: unknown, which is not 0
    std::optional<Target> target;  ///< the unit's own before the general one; nothing: none is set
    std::optional<Verdict> verdict;  ///< nothing without a target, unless unknown or no activity
    std::optional<int> rank;         ///< among the ranked units with activity
    std::optional<std::int64_t> convert;         ///< existing cases to turn, see gap.hpp
    std::optional<std::int64_t> new_all_online;  ///< new cases needed if all are online
    Fitness fitness = Fitness::Missing;
    bool has_no_witness = false;  ///< the campaign lets it be closed without a comparison

    friend bool operator==(const Figure&, const Figure&) = default;
};

/// True if it is provisional only because there is nothing to compare: no activity, or no source
/// that could be compared with.
[[nodiscard]] bool has_nothing_to_compare(const Figure& figure);

struct UnitStanding {
    std::string code;
    std::string name;
    std::optional<std::string> parent;
    int depth = 0;                ///< 0 for the root
    bool is_ranked = false;       ///< listed by the campaign for ranking
    std::optional<int> rank;      ///< overall, among the ranked
    std::vector<Figure> figures;  ///< in the order of Campaign::indicators

    friend bool operator==(const UnitStanding&, const UnitStanding&) = default;
};

struct Standings {
    std::string campaign;
    Day as_of;
    Instant known_at;
    Fitness fitness = Fitness::Missing;  ///< the total's worst, or worse where a unit's is unfit
    std::vector<SourceStatus> sources;
    std::vector<UnitStanding> units;  ///< the tree, parents before children
    UnitStanding total;               ///< the root and what no unit code maps
    std::int64_t unmapped = 0;        ///< received dossiers in "Chưa ánh xạ"

    friend bool operator==(const Standings&, const Standings&) = default;
};

/// What one indicator is measured from.
struct IndicatorTallies {
    std::string indicator;
    /// With every day apart, or summed between days_of_change. Indicators may share them.
    std::span<const Tally> tallies;
};

/// What comparing sources made of a figure (reconcile.hpp); of several the worst counts.
struct ReconciledFigure {
    std::string indicator;
    std::string unit;  ///< code, or total_unit
    Fitness fitness = Fitness::Provisional;

    friend bool operator==(const ReconciledFigure&, const ReconciledFigure&) = default;
};

struct StandingsInput {
    const Campaign& campaign;
    const Organisation& organisation;
    std::span<const Procedure> procedures;
    std::span<const IndicatorTallies> tallies;  ///< one per indicator
    std::span<const SourceStatus> sources;
    Day as_of;
    Instant known_at;
    std::int64_t known_slice = 0;  ///< the newest slice recorded at or before `known_at`; for ids
    /// Sources that every indicator needs, beside its own: the catalogues, where nobody else says
    /// which procedures there are.
    std::vector<std::string> needed_by_all{};
    std::span<const ReconciledFigure> reconciled{};
    /// Ids of indicators that are closed without a comparison, as there is no source for one.
    std::vector<std::string> without_witness{};
};

/// The days on which some procedure comes or ceases to be offered online, or to bear a fee:
/// ascending, each once. Between two of them the acceptance day of a dossier makes no difference
/// to an indicator, so these are the `breaks` of a TallyQuery.
[[nodiscard]] std::vector<Day> days_of_change(std::span<const Procedure> procedures);

/// Measures every unit and the total, and ranks the ranked. Same input, same output.
[[nodiscard]] Standings measure(const StandingsInput& input);

/// The verdict on two counts: exact and strict, 45 of 100 is not "trên 45%".
[[nodiscard]] Verdict assess(const std::optional<Ratio>& counts, const Target& target);

}  // namespace thidua::rules
