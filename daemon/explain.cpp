// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/explain.hpp"

#include "daemon/edition_files.hpp"
#include "daemon/figure_name.hpp"
#include "daemon/measure.hpp"
#include "daemon/procedures.hpp"
#include "daemon/recount.hpp"
#include "daemon/units.hpp"
#include "rules/figure_id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace thidua::daemon {
namespace {

/// The latest instant at which `slice` was the newest on record, and not after `now`.
Instant last_instant_of(
    const std::vector<store::SliceSummary>& slices, std::int64_t slice, Instant now
) {
    const auto next = std::ranges::upper_bound(slices, slice, {}, &store::SliceSummary::id);
    return next == slices.end() ? now
                                : std::min(now, next->published_at - std::chrono::milliseconds{1});
}

const rules::Figure* find_figure(const rules::Standings& standings, const NamedFigure& named) {
    const rules::UnitStanding* standing = &standings.total;
    if (named.unit != rules::total_unit) {
        const auto place =
            std::ranges::find(standings.units, named.unit, &rules::UnitStanding::code);
        standing = place == standings.units.end() ? nullptr : &*place;
    }
    if (standing == nullptr) {
        return nullptr;
    }
    const auto place =
        std::ranges::find(standing->figures, named.indicator->id, &rules::Figure::indicator);
    return place == standing->figures.end() ? nullptr : &*place;
}

/// By the dossier's code, what makes it paid.
using Payments = std::map<std::string, std::vector<store::CountedPayment>, std::less<>>;

/// Whether a dossier is paid is told by payments, and not by the record's flag.
bool needs_payments(const Indicator& indicator) {
    return indicator.kind == IndicatorKind::PaymentsOnline &&
           indicator.evidence == PaymentEvidence::Platform;
}

Result<Payments> gather_payments(const Service& service, const TallyQuery& query) {
    Payments payments;
    const auto done = service.store.call([&](store::Store& store) {
        return store.for_each_counted_payment(query, [&](store::CountedPayment payment) {
            payments[payment.dossier].push_back(std::move(payment));
        });
    });
    return done ? Result<Payments>(std::move(payments)) : std::unexpected(done.error());
}

/// What the figure of `named` counts, into `made`. Where payments decide, a dossier counts as paid
/// if and only if one is listed for it, so that the lists alone give the figure.
Result<void> gather_evidence(
    const Service& service, const Recount& recount, const TallyQuery& query, Explanation& made
) {
    const bool by_payments = needs_payments(*made.indicator);
    auto payments = by_payments ? gather_payments(service, query) : Payments{};
    if (!payments) {
        return std::unexpected(payments.error());
    }
    const auto done = service.store.call([&](store::Store& store) {
        return store.for_each_counted(query, [&](store::CountedVersion version) {
            if (!recount.is_of_unit(version.tally.unit_code)) {
                return;
            }
            if (by_payments) {
                version.tally.paid = payments->contains(version.dossier) ? 1 : 0;
            }
            Evidence one = recount.weigh(std::move(version));
            if (one.in_numerator || one.in_denominator) {
                made.evidence.push_back(std::move(one));
            }
        });
    });
    if (!done) {
        return done;
    }
    std::ranges::sort(made.evidence, {}, [](const Evidence& one) { return one.version.dossier; });
    for (const Evidence& one : made.evidence) {
        if (const auto paid = payments->find(one.version.dossier); paid != payments->end()) {
            std::ranges::move(paid->second, std::back_inserter(made.payments));
        }
    }
    return {};
}

std::optional<Ratio> counts_in_manifest(const boost::json::value& value, std::string_view id) {
    if (const auto* array = value.if_array()) {
        for (const auto& item : *array) {
            if (auto counts = counts_in_manifest(item, id)) {
                return counts;
            }
        }
    }
    const auto* object = value.if_object();
    if (object == nullptr) {
        return std::nullopt;
    }
    const auto* figure = object->if_contains("figure");
    if (figure != nullptr && figure->is_string() && figure->get_string() == id) {
        const auto* numerator = object->if_contains("numerator");
        const auto* denominator = object->if_contains("denominator");
        if (numerator != nullptr && numerator->is_int64() && denominator != nullptr &&
            denominator->is_int64()) {
            return Ratio{numerator->get_int64(), denominator->get_int64()};
        }
        return Ratio{};
    }
    for (const auto& member : *object) {
        if (auto counts = counts_in_manifest(member.value(), id)) {
            return counts;
        }
    }
    return std::nullopt;
}

/// The editions whose manifests hold the figure.
Result<std::vector<PublishedFigure>> find_published(const Service& service, std::string_view id) {
    std::vector<PublishedFigure> published;
    const auto editions = service.store.call([](store::Store& store) { return store.editions(); });
    if (!editions) {
        return std::unexpected(editions.error());
    }
    for (const store::EditionSummary& summary : *editions) {
        const auto edition =
            service.store.call([&](store::Store& store) { return store.find_edition(summary.id); });
        if (!edition) {
            return std::unexpected(edition.error());
        }
        const std::string_view bytes = manifest_of(**edition);
        if (bytes.find(id) != std::string_view::npos) {
            boost::json::error_code ignored;
            const auto manifest = boost::json::parse(bytes, ignored);
            published.push_back(
                {summary.id, (*edition)->config_hash, counts_in_manifest(manifest, id)}
            );
        }
    }
    return published;
}

/// The newest slice of `source` that was known when the figure was made.
std::optional<std::int64_t> newest_slice(
    const Explanation& made, const std::vector<store::SliceSummary>& all, std::string_view source
) {
    std::optional<std::int64_t> newest;
    for (const store::SliceSummary& slice : all) {
        if (slice.source == source && slice.id <= made.known_slice) {
            newest = slice.id;
        }
    }
    return newest;
}

/// Those that brought the versions of dossiers and payments, and the newest of each source that was
/// asked: where nothing was found they say who had been asked, and until when.
std::vector<store::SliceSummary> slices_of(
    const Explanation& made, const std::vector<store::SliceSummary>& all
) {
    std::set<std::int64_t> used;
    for (const Evidence& one : made.evidence) {
        used.insert(one.version.slice);
    }
    for (const store::CountedPayment& payment : made.payments) {
        used.insert(payment.slice);
    }
    for (const std::string& source :
         {made.indicator->system_of_record, made.indicator->payment_record}) {
        if (const auto newest = newest_slice(made, all, source)) {
            used.insert(*newest);
        }
    }
    std::vector<store::SliceSummary> slices;
    std::ranges::copy_if(all, std::back_inserter(slices), [&](const store::SliceSummary& slice) {
        return used.contains(slice.id);
    });
    return slices;
}

std::unexpected<Error> not_in_force(std::string_view id, const NamedFigure& named) {
    return fail(
        ErrorKind::Usage,
        fmt::format(
            "explain: {} is of unit {} on {}, when that was not in force",
            id,
            named.unit,
            to_text(named.as_of)
        )
    );
}

/// The figure as it stood, and the unit it is of.
Result<void> measure_again(
    const Service& service,
    std::string_view id,
    const NamedFigure& named,
    const Organisation& organisation,
    Explanation& made
) {
    const auto standings = standings_of(service.store, service.settings, made.as_of, made.known_at);
    if (!standings) {
        return std::unexpected(standings.error());
    }
    const rules::Figure* figure = find_figure(*standings, named);
    if (figure == nullptr) {
        return not_in_force(id, named);
    }
    made.figure = *figure;
    const Unit& unit =
        made.is_total ? organisation.root() : organisation.units()[*organisation.find(named.unit)];
    made.unit = unit.code;
    made.unit_name = unit.name;
    return {};
}

/// The lists of `made`, and what they come to.
Result<void> count_again(
    const Service& service,
    const NamedFigure& named,
    const Organisation& organisation,
    std::span<const Procedure> procedures,
    Explanation& made
) {
    const config::Settings& settings = service.settings;
    const Recount recount(organisation, procedures, named);
    const auto query = query_for(*named.indicator, settings.campaign, made.as_of, made.known_at);
    if (auto gathered = gather_evidence(service, recount, query, made); !gathered) {
        return gathered;
    }
    std::vector<Tally> tallies;
    for (const Evidence& one : made.evidence) {
        tallies.push_back(one.version.tally);
    }
    made.recomputed = recount.of(tallies);
    if (named.indicator->kind == IndicatorKind::ServicesOnline) {
        made.procedures = recount.procedures_in(tallies);
    }
    return {};
}

}  // namespace

Result<Explanation> explain(const Service& service, std::string_view id) {
    const Instant now = service.clock.now();
    const auto slices = service.store.call([](store::Store& store) { return store.slices(); });
    if (!slices) {
        return std::unexpected(slices.error());
    }
    const auto named =
        find_figure_name(service.settings, id, slices->empty() ? 0 : slices->back().id);
    if (!named) {
        return std::unexpected(named.error());
    }
    const auto units = units_known(service.store, service.settings);
    const auto organisation =
        units ? organisation_on(*units, named->as_of) : std::unexpected(units.error());
    if (!organisation) {
        return std::unexpected(organisation.error());
    }
    Explanation made;
    made.indicator = named->indicator;
    made.is_total = named->unit == rules::total_unit;
    made.as_of = named->as_of;
    made.known_slice = named->known_slice;
    made.known_at = last_instant_of(*slices, named->known_slice, now);
    const auto procedures = procedures_known(service.store, service.settings, made.known_at);
    if (!procedures) {
        return std::unexpected(procedures.error());
    }
    auto done = measure_again(service, id, *named, *organisation, made);
    done = done ? count_again(service, *named, *organisation, *procedures, made) : done;
    if (!done) {
        return std::unexpected(done.error());
    }
    auto published = find_published(service, id);
    if (!published) {
        return std::unexpected(published.error());
    }
    made.published = *std::move(published);
    made.slices = slices_of(made, *slices);
    return made;
}

}  // namespace thidua::daemon
