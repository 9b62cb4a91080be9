// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/measure.hpp"

#include "daemon/procedures.hpp"
#include "daemon/reconcile.hpp"
#include "daemon/units.hpp"

#include <algorithm>

namespace thidua::daemon {
namespace {

Result<std::vector<SourceStatus>> statuses(
    SharedStore& store, const config::Settings& settings, Instant known_at
) {
    std::vector<SourceStatus> sources;
    for (const config::SourceSettings& source : settings.sources) {
        auto status = store.call([&](store::Store& open) {
            return open.source_status(
                source.description.name, source.description.expect.freshness, known_at
            );
        });
        if (!status) {
            return std::unexpected(status.error());
        }
        status->title = source.description.title;
        sources.push_back(*std::move(status));
    }
    return sources;
}

/// Indicators that count the same dossiers share one count.
struct Counted {
    TallyQuery query;
    std::vector<Tally> tallies;
};

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

Result<const Counted*> count_for(
    SharedStore& store, std::vector<Counted>& counted, const TallyQuery& query, IndicatorKind kind
) {
    const auto known = std::ranges::find_if(counted, [&](const Counted& one) {
        return serves(one.query, query, kind);
    });
    if (known != counted.end()) {
        return &*known;
    }
    auto tallies = store.call([&](store::Store& open) { return open.tally(query); });
    if (!tallies) {
        return std::unexpected(tallies.error());
    }
    counted.push_back({query, *std::move(tallies)});
    return &counted.back();
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

Result<Grounds> grounds_of(
    SharedStore& store, const config::Settings& settings, Day as_of, Instant known_at
) {
    const Campaign& campaign = settings.campaign;
    const Day day = std::min(as_of, campaign.end);
    if (day < campaign.start) {
        return fail(
            ErrorKind::Usage,
            thidua::to_text(day) + " is before the campaign, which begins on " +
                thidua::to_text(campaign.start)
        );
    }
    // Units as they were on that day, so that an old day keeps the structure of its time.
    const auto units = units_known(store, settings);
    auto organisation = units ? organisation_on(*units, day) : std::unexpected(units.error());
    if (!organisation) {
        return std::unexpected(organisation.error());
    }
    auto sources = statuses(store, settings, known_at);
    if (!sources) {
        return std::unexpected(sources.error());
    }
    auto procedures = procedures_known(store, settings, known_at);
    if (!procedures) {
        return std::unexpected(procedures.error());
    }
    return Grounds{day, *std::move(organisation), *std::move(procedures), *std::move(sources)};
}

Result<rules::Standings> standings_of(
    SharedStore& store, const config::Settings& settings, Day as_of, Instant known_at
) {
    const Campaign& campaign = settings.campaign;
    const auto grounds = grounds_of(store, settings, as_of, known_at);
    if (!grounds) {
        return failed("standings", grounds.error());
    }
    // Payments first: their count serves the other indicators of the same source too.
    std::vector<const Indicator*> indicators;
    for (const Indicator& indicator : campaign.indicators) {
        indicators.push_back(&indicator);
    }
    std::ranges::stable_partition(indicators, [](const Indicator* indicator) {
        return indicator->kind == IndicatorKind::PaymentsOnline;
    });
    std::vector<Counted> counted;
    counted.reserve(indicators.size());
    std::vector<rules::IndicatorTallies> tallies;
    const std::vector<Day> breaks = rules::days_of_change(grounds->procedures);
    for (const Indicator* indicator : indicators) {
        TallyQuery query = query_for(*indicator, campaign, grounds->day, known_at);
        query.breaks = breaks;
        const auto count = count_for(store, counted, query, indicator->kind);
        if (!count) {
            return failed("standings", count.error());
        }
        tallies.push_back({indicator->id, (*count)->tallies});
    }
    const auto known_slice =
        store.call([&](store::Store& open) { return open.slice_known_at(known_at); });
    if (!known_slice) {
        return failed("standings", known_slice.error());
    }
    const auto reconciled = reconciled_figures(store, settings, *grounds, known_at);
    if (!reconciled) {
        return failed("standings", reconciled.error());
    }
    return rules::measure(
        {campaign,
         grounds->organisation,
         grounds->procedures,
         tallies,
         grounds->sources,
         grounds->day,
         known_at,
         *known_slice,
         settings.procedures.empty() ? catalogues_of(settings) : std::vector<std::string>{},
         *reconciled}
    );
}

}  // namespace thidua::daemon
