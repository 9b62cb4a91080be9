// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/measure.hpp"

#include "daemon/procedures.hpp"
#include "rules/sensitivity.hpp"

#include <algorithm>

namespace thidua::daemon {
namespace {

/// Mondays within the window, and the days that make a difference to an indicator.
std::vector<Day> weekly(std::vector<Day> days_of_change, Day first, Day last) {
    Day monday = monday_of(week_of(first)) + std::chrono::weeks{1};
    for (; monday <= last; monday += std::chrono::weeks{1}) {
        days_of_change.push_back(monday);
    }
    std::ranges::sort(days_of_change);
    const auto doubles = std::ranges::unique(days_of_change);
    days_of_change.erase(doubles.begin(), doubles.end());
    return days_of_change;
}

}  // namespace

TallyQuery query_for(
    const Indicator& indicator, const Campaign& campaign, Day as_of, Instant known_at
) {
    TallyQuery query;
    query.system_of_record = indicator.system_of_record;
    query.payment_record = indicator.payment_record;
    query.from = campaign.start;
    query.to = as_of;
    query.known_at = known_at;
    query.dvcqg_gateway = indicator.dvcqg_gateway;
    query.province_gateway = indicator.province_gateway;
    query.evidence = indicator.evidence;
    return query;
}

bool serves(const TallyQuery& counted, const TallyQuery& wanted, IndicatorKind kind) {
    const bool same_dossiers = counted.system_of_record == wanted.system_of_record;
    if (kind != IndicatorKind::PaymentsOnline) {
        return same_dossiers;
    }
    return same_dossiers && counted.payment_record == wanted.payment_record &&
           counted.dvcqg_gateway == wanted.dvcqg_gateway &&
           counted.province_gateway == wanted.province_gateway &&
           counted.evidence == wanted.evidence;
}

std::vector<const Indicator*> in_order_of_counting(const Campaign& campaign) {
    std::vector<const Indicator*> indicators;
    for (const Indicator& indicator : campaign.indicators) {
        indicators.push_back(&indicator);
    }
    std::ranges::stable_partition(indicators, [](const Indicator* indicator) {
        return indicator->kind == IndicatorKind::PaymentsOnline;
    });
    return indicators;
}

std::vector<std::string> needed_by_all(const config::Settings& settings) {
    return settings.procedures.empty() ? catalogues_of(settings) : std::vector<std::string>{};
}

Result<FigureBasis> FigureBasis::load(
    SharedStore& store, const config::Settings& settings, Day as_of, Instant known_at, Pieces pieces
) {
    auto grounds = grounds_of(store, settings, as_of, known_at);
    if (!grounds) {
        return failed("standings", grounds.error());
    }
    FigureBasis basis(settings);
    basis.grounds_ = *std::move(grounds);
    basis.known_at_ = known_at;
    if (const auto counted = basis.count(store, pieces); !counted) {
        return failed("standings", counted.error());
    }
    auto pairs = reconcile_pairs(store, settings, basis.grounds_, known_at);
    if (!pairs) {
        return failed("standings", pairs.error());
    }
    basis.pairs_ = *std::move(pairs);
    basis.reconciled_ =
        reconciled_figures(basis.pairs_, settings.campaign.reconciliation.tolerance);
    return basis;
}

Result<void> FigureBasis::count(SharedStore& store, Pieces pieces) {
    const Campaign& campaign = settings_->campaign;
    std::vector<Day> breaks = rules::days_of_change(grounds_.procedures);
    if (pieces == Pieces::Weeks) {
        breaks = weekly(std::move(breaks), campaign.start, grounds_.day);
    }
    for (const Indicator* indicator : in_order_of_counting(campaign)) {
        TallyQuery query = query_for(*indicator, campaign, grounds_.day, known_at_);
        query.breaks = breaks;
        const auto counted = count_for(store, query, indicator->kind);
        if (!counted) {
            return std::unexpected(counted.error());
        }
        tallies_.push_back({indicator->id, (*counted)->tallies});
    }
    const auto known_slice =
        store.call([&](store::Store& open) { return open.slice_known_at(known_at_); });
    if (!known_slice) {
        return std::unexpected(known_slice.error());
    }
    known_slice_ = *known_slice;
    return {};
}

Result<const FigureBasis::Counted*> FigureBasis::count_for(
    SharedStore& store, const TallyQuery& query, IndicatorKind kind
) {
    const auto known = std::ranges::find_if(counted_, [&](const Counted& one) {
        return serves(one.query, query, kind);
    });
    if (known != counted_.end()) {
        return &*known;
    }
    auto tallies = store.call([&](store::Store& open) { return open.tally(query); });
    if (!tallies) {
        return std::unexpected(tallies.error());
    }
    counted_.push_back({query, *std::move(tallies)});
    return &counted_.back();
}

rules::StandingsInput FigureBasis::input() const {
    return {
        settings_->campaign,
        grounds_.organisation,
        grounds_.procedures,
        tallies_,
        grounds_.sources,
        grounds_.day,
        known_at_,
        known_slice_,
        needed_by_all(*settings_),
        reconciled_,
        without_witness()};
}

/// Those for which the campaign allows it, unless there is a source to compare with after all.
std::vector<std::string> FigureBasis::without_witness() const {
    std::vector<std::string> ids = settings_->campaign.reconciliation.without_witness;
    std::erase_if(ids, [&](const std::string& id) {
        return std::ranges::any_of(pairs_, [&](const PairReport& pair) {
            return std::ranges::find(pair.indicators, id) != pair.indicators.end();
        });
    });
    return ids;
}

Result<rules::Standings> standings_of(
    SharedStore& store, const config::Settings& settings, Day as_of, Instant known_at
) {
    const auto basis =
        FigureBasis::load(store, settings, as_of, known_at, FigureBasis::Pieces::AsNeeded);
    if (!basis) {
        return std::unexpected(basis.error());
    }
    return rules::measure(basis->input());
}

Result<rules::Standings> standings_read_otherwise(
    SharedStore& store, const config::Settings& settings, Day as_of, Instant known_at
) {
    config::Settings read_otherwise = settings;
    read_otherwise.campaign = rules::with_other_readings(settings.campaign);
    return standings_of(store, read_otherwise, as_of, known_at);
}

}  // namespace thidua::daemon
