// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/reconcile.hpp"

#include "store/purge.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace thidua::daemon {
namespace {

/// Two sources that are to be compared.
struct Pair {
    rules::PairKind kind = rules::PairKind::Records;
    std::string own;
    std::string witness;
    std::string payment_record;  ///< whose word on payments the own side's figures rest on
    bool tells_channel = true;
    bool tells_paid = true;
};

const SourceDescription* find_source(const config::Settings& settings, std::string_view name) {
    const auto place =
        std::ranges::find(settings.sources, name, [](const config::SourceSettings& source) {
            return std::string_view(source.description.name);
        });
    return place == settings.sources.end() ? nullptr : &place->description;
}

bool is_system_of_record(const Campaign& campaign, std::string_view name) {
    return std::ranges::find(campaign.indicators, name, &Indicator::system_of_record) !=
           campaign.indicators.end();
}

/// By default those that are asked about what the systems of record have.
std::vector<std::string> witnesses_of(const config::Settings& settings) {
    const Campaign& campaign = settings.campaign;
    if (campaign.reconciliation.witnesses) {
        return *campaign.reconciliation.witnesses;
    }
    std::vector<std::string> witnesses;
    for (const Indicator& indicator : campaign.indicators) {
        if (!indicator.payment_record.empty()) {
            witnesses.push_back(indicator.payment_record);
        }
    }
    for (const config::SourceSettings& source : settings.sources) {
        if (source.description.kind == RecordKind::Dossiers &&
            is_system_of_record(campaign, source.description.for_each.source)) {
            witnesses.push_back(source.description.name);
        }
    }
    return witnesses;
}

void add_pair(std::vector<Pair>& pairs, Pair pair) {
    const bool is_there = std::ranges::any_of(pairs, [&](const Pair& one) {
        return one.own == pair.own && one.witness == pair.witness;
    });
    if (!is_there) {
        pairs.push_back(std::move(pair));
    }
}

std::string payment_record_of(const Campaign& campaign, std::string_view own) {
    for (const Indicator& indicator : campaign.indicators) {
        if (indicator.system_of_record == own && !indicator.payment_record.empty()) {
            return indicator.payment_record;
        }
    }
    return "";
}

/// Each witness with each system of record that it can be compared with.
std::vector<Pair> pairs_of(const config::Settings& settings) {
    const Campaign& campaign = settings.campaign;
    std::vector<Pair> pairs;
    for (const std::string& name : witnesses_of(settings)) {
        const SourceDescription* witness = find_source(settings, name);
        if (witness == nullptr) {
            continue;
        }
        for (const Indicator& indicator : campaign.indicators) {
            const std::string& own = indicator.system_of_record;
            if (witness->kind == RecordKind::Payments && indicator.payment_record == name) {
                add_pair(pairs, {rules::PairKind::Payments, own, name, name, true, true});
            }
            if (witness->kind == RecordKind::Dossiers && own != name) {
                add_pair(
                    pairs,
                    {rules::PairKind::Records,
                     own,
                     name,
                     payment_record_of(campaign, own),
                     witness->map.contains("channel"),
                     witness->map.contains("paid_flag")}
                );
            }
        }
    }
    return pairs;
}

const SourceStatus& status_of(const Grounds& grounds, std::string_view name) {
    const auto place = std::ranges::find(grounds.sources, name, &SourceStatus::name);
    check(place != grounds.sources.end(), "status_of: a source of the settings");
    return *place;
}

/// True if the source had given a complete answer by then.
Result<bool> had_answered(SharedStore& store, const std::string& source, Instant at) {
    const auto status = store.call([&](store::Store& open) {
        return open.source_status(source, std::chrono::hours{0}, at);
    });
    return status ? Result<bool>(status->data_through.has_value())
                  : std::unexpected(status.error());
}

rules::PairInput input_for(
    const Pair& pair, const config::Settings& settings, const Grounds& grounds
) {
    rules::PairInput input{
        settings.campaign, grounds.organisation, grounds.procedures, grounds.day};
    input.kind = pair.kind;
    input.own = pair.own;
    input.witness = pair.witness;
    input.tells_channel = pair.tells_channel;
    input.tells_paid = pair.tells_paid;
    return input;
}

/// Whether the pair can be compared, and if so what was recorded by when.
Result<PairReport> prepare(
    SharedStore& store,
    const Pair& pair,
    const Grounds& grounds,
    std::chrono::milliseconds settle_after
) {
    PairReport report;
    report.result.kind = pair.kind;
    report.result.own = pair.own;
    report.result.witness = pair.witness;
    const SourceStatus& own = status_of(grounds, pair.own);
    const SourceStatus& witness = status_of(grounds, pair.witness);
    if (!own.data_through || !witness.data_through) {
        return report;
    }
    const auto purged = store.call([](store::Store& open) { return store::purged_at(open); });
    if (!purged) {
        return std::unexpected(purged.error());
    }
    if (*purged) {
        report.state = PairReport::State::Purged;
        return report;
    }
    if (own.past_limit || witness.past_limit) {
        report.state = PairReport::State::Stale;
        return report;
    }
    const Instant settled_at = std::min(*own.data_through, *witness.data_through) - settle_after;
    for (const std::string& source : {pair.own, pair.witness}) {
        const auto answered = had_answered(store, source, settled_at);
        if (!answered) {
            return std::unexpected(answered.error());
        }
        if (!*answered) {
            report.state = PairReport::State::TooEarly;
            return report;
        }
    }
    report.state = PairReport::State::Compared;
    report.settled_at = settled_at;
    return report;
}

Result<ComparisonQuery> query_for_pair(
    SharedStore& store,
    const Pair& pair,
    const config::Settings& settings,
    Day as_of,
    std::pair<Instant, Instant> settled_and_known
) {
    ComparisonQuery query;
    query.own = pair.own;
    query.witness = pair.kind == rules::PairKind::Records ? pair.witness : "";
    query.payment_record = pair.payment_record;
    query.from = settings.campaign.start;
    query.to = as_of;
    const auto settled = store.call([&](store::Store& open) {
        return open.slice_known_at(settled_and_known.first);
    });
    const auto known = store.call([&](store::Store& open) {
        return open.slice_known_at(settled_and_known.second);
    });
    if (!settled || !known) {
        return std::unexpected(settled ? known.error() : settled.error());
    }
    query.settled_slice = *settled;
    query.known_slice = *known;
    return query;
}

/// The whole history of those for which it decides something.
Result<void> add_histories(
    SharedStore& store,
    const ComparisonQuery& query,
    const std::vector<std::size_t>& places,
    std::vector<ComparedDossier>& dossiers
) {
    std::vector<ComparedDossier> chosen;
    for (const std::size_t at : places) {
        chosen.push_back(dossiers[at]);
    }
    auto added =
        store.call([&](store::Store& open) { return open.add_earlier_words(query, chosen); });
    for (std::size_t at = 0; added && at < places.size(); ++at) {
        dossiers[places[at]] = std::move(chosen[at]);
    }
    return added;
}

Result<rules::PairResult> compare(
    SharedStore& store,
    const Pair& pair,
    const config::Settings& settings,
    const Grounds& grounds,
    const ComparisonQuery& query
) {
    auto dossiers = store.call([&](store::Store& open) { return open.side_by_side(query); });
    if (!dossiers) {
        return std::unexpected(dossiers.error());
    }
    rules::PairInput input = input_for(pair, settings, grounds);
    input.settled_slice = query.settled_slice;
    input.known_slice = query.known_slice;
    input.dossiers = *dossiers;
    const std::vector<std::size_t> places = rules::of_another_unit(input);
    if (auto added = add_histories(store, query, places, *dossiers); !added) {
        return std::unexpected(added.error());
    }
    return rules::reconcile(input);
}

}  // namespace

std::string_view word_of(PairReport::State state) {
    switch (state) {
        case PairReport::State::Compared:
            return "compared";
        case PairReport::State::Never:
            return "never";
        case PairReport::State::Stale:
            return "stale";
        case PairReport::State::TooEarly:
            return "too-early";
        case PairReport::State::Purged:
            return "purged";
    }
    check(false, "word_of: a known PairReport::State");
    return "";
}

Result<std::vector<PairReport>> reconcile_pairs(
    SharedStore& store, const config::Settings& settings, const Grounds& grounds, Instant known_at
) {
    std::vector<PairReport> reports;
    for (const Pair& pair : pairs_of(settings)) {
        auto report = prepare(store, pair, grounds, settings.campaign.reconciliation.settle_after);
        if (!report) {
            return failed("reconciliation", report.error());
        }
        for (const Indicator* indicator : rules::comparable(input_for(pair, settings, grounds))) {
            report->indicators.push_back(indicator->id);
        }
        if (report->state == PairReport::State::Compared) {
            const auto query =
                query_for_pair(store, pair, settings, grounds.day, {*report->settled_at, known_at});
            auto result = query ? compare(store, pair, settings, grounds, *query)
                                : std::unexpected(query.error());
            if (!result) {
                return failed("reconciliation", result.error());
            }
            report->result = *std::move(result);
        }
        reports.push_back(*std::move(report));
    }
    return reports;
}

std::vector<rules::ReconciledFigure> reconciled_figures(
    std::span<const PairReport> pairs, Share tolerance
) {
    std::vector<rules::ReconciledFigure> figures;
    for (const PairReport& pair : pairs) {
        std::ranges::move(
            rules::reconciled_figures({&pair.result, 1}, tolerance), std::back_inserter(figures)
        );
    }
    return figures;
}

}  // namespace thidua::daemon
