// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/explain.hpp"

#include "daemon/measure.hpp"
#include "rules/count.hpp"
#include "rules/figure_id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace thidua::daemon {
namespace {

/// What an id stands for, before anything is counted.
struct Named {
    const Indicator* indicator = nullptr;
    std::string unit;  ///< code, or rules::total_unit
    Day as_of;
    std::int64_t known_slice = 0;
};

/// Every unit that ever is, and the total.
std::set<std::string> unit_names(const std::vector<DatedUnit>& units) {
    std::set<std::string> names;
    for (const DatedUnit& unit : units) {
        names.insert(unit.code);
    }
    names.emplace(rules::total_unit);
    return names;
}

/// Every figure whose id is `id`, newest knowledge first. There are few names and few slices, so
/// that trying them all takes no longer than reading the answer.
// NOLINTNEXTLINE(readability-function-size): four loops, one in the other, and nothing else
std::vector<Named> find_named(
    const config::Settings& settings, std::string_view id, std::int64_t newest_slice
) {
    const Campaign& campaign = settings.campaign;
    const std::set<std::string> units = unit_names(settings.units);
    std::vector<Named> found;
    for (Day day = campaign.end; day >= campaign.start; day -= std::chrono::days{1}) {
        for (const Indicator& indicator : campaign.indicators) {
            for (const std::string& unit : units) {
                const rules::FigureName name{campaign.id, indicator.id, unit, day};
                if (!id.starts_with(rules::figure_id_stem(name))) {
                    continue;
                }
                for (std::int64_t slice = newest_slice; slice >= 0; --slice) {
                    if (rules::figure_id(name, slice) == id) {
                        found.push_back({&indicator, unit, day, slice});
                    }
                }
            }
        }
    }
    return found;
}

/// The latest instant at which `slice` was the newest on record, and not after `now`.
Instant last_instant_of(
    const std::vector<store::SliceSummary>& slices, std::int64_t slice, Instant now
) {
    const auto next = std::ranges::upper_bound(slices, slice, {}, &store::SliceSummary::id);
    return next == slices.end() ? now
                                : std::min(now, next->published_at - std::chrono::milliseconds{1});
}

const rules::Figure* find_figure(const rules::Standings& standings, const Named& named) {
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

/// Counts one figure from tallies by the rules, for the unit that is explained.
class Recount {
  public:
    Recount(
        const Organisation& organisation, std::span<const Procedure> procedures, const Named& named
    )
        : organisation_(organisation),
          procedures_(procedures),
          named_(named),
          catalogue_(organisation, procedures),
          unit_(organisation.find(named.unit)) {}

    [[nodiscard]] Ratio of(std::span<const Tally> tallies) const {
        return count_with(catalogue_, tallies);
    }

    /// True if a dossier of the unit `code` belongs to the figure's unit or below it.
    [[nodiscard]] bool is_of_unit(std::string_view code) const {
        if (named_.unit == rules::total_unit) {
            return true;
        }
        const auto unit = organisation_.find(code);
        if (!unit) {
            return false;
        }
        const auto above = organisation_.lineage(*unit);
        return std::ranges::find(above, *unit_) != above.end();
    }

    /// A procedure's own part of both counts: what it gives when it is alone in the catalogue.
    [[nodiscard]] Ratio of_procedure(const Procedure& procedure, std::span<const Tally> tallies)
        const {
        const rules::Catalogue alone(organisation_, {&procedure, 1});
        return count_with(alone, tallies);
    }

    [[nodiscard]] const Procedure* find(std::string_view code) const {
        const std::size_t at = catalogue_.procedure(code);
        return at == procedures_.size() ? nullptr : &procedures_[at];
    }

  private:
    [[nodiscard]] Ratio count_with(
        const rules::Catalogue& catalogue, std::span<const Tally> tallies
    ) const {
        const auto placed = rules::place(catalogue, tallies);
        const rules::Counted counted =
            rules::count(*named_.indicator, catalogue, placed, named_.as_of);
        return named_.unit == rules::total_unit ? counted.total : counted.units[*unit_];
    }

    const Organisation& organisation_;
    std::span<const Procedure> procedures_;
    const Named& named_;
    rules::Catalogue catalogue_;
    std::optional<std::size_t> unit_;
};

/// What a dossier alone adds to the figure. A procedure counts through its dossiers: with online
/// ones it is in the numerator, and with any in the denominator `active`.
Evidence weigh(const Recount& recount, const Indicator& indicator, store::CountedVersion version) {
    Evidence evidence{std::move(version), false, false};
    const std::span<const Tally> alone{&evidence.version.tally, 1};
    Ratio part;
    if (indicator.kind != IndicatorKind::ServicesOnline) {
        part = recount.of(alone);
    } else if (const Procedure* procedure = recount.find(alone.front().procedure_code)) {
        part = recount.of_procedure(*procedure, alone);
        if (indicator.services == ServicesDenominator::Published) {
            part.denominator = 0;  // that it is offered counts there, and no dossier
        }
    }
    evidence.in_numerator = part.numerator > 0;
    evidence.in_denominator = part.denominator > 0;
    return evidence;
}

std::vector<CountedProcedure> count_procedures(
    const Recount& recount, const config::Settings& settings, std::span<const Tally> tallies
) {
    std::map<std::string_view, std::vector<Tally>> by_procedure;
    for (const Tally& tally : tallies) {
        by_procedure[tally.procedure_code].push_back(tally);
    }
    std::vector<CountedProcedure> counted;
    for (const Procedure& procedure : settings.procedures) {
        const std::vector<Tally>& own = by_procedure[procedure.code];
        const Ratio part = recount.of_procedure(procedure, own);
        if (part.denominator > 0) {
            counted.push_back({procedure.code, procedure.name, part.numerator > 0});
        }
    }
    return counted;
}

Result<std::vector<Evidence>> gather_evidence(
    const Service& service,
    const Recount& recount,
    const Indicator& indicator,
    const TallyQuery& query
) {
    std::vector<Evidence> evidence;
    const auto done = service.store.call([&](store::Store& store) {
        return store.for_each_counted(query, [&](store::CountedVersion version) {
            if (!recount.is_of_unit(version.tally.unit_code)) {
                return;
            }
            Evidence one = weigh(recount, indicator, std::move(version));
            if (one.in_numerator || one.in_denominator) {
                evidence.push_back(std::move(one));
            }
        });
    });
    if (!done) {
        return std::unexpected(done.error());
    }
    std::ranges::sort(evidence, {}, [](const Evidence& one) { return one.version.dossier; });
    return evidence;
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
        for (const store::EditionDocument& document : (*edition)->documents) {
            if (!document.file_name.ends_with(".manifest.json") ||
                document.bytes.find(id) == std::string::npos) {
                continue;
            }
            boost::json::error_code ignored;
            const auto manifest = boost::json::parse(document.bytes, ignored);
            published.push_back(
                {summary.id, (*edition)->config_hash, counts_in_manifest(manifest, id)}
            );
        }
    }
    return published;
}

std::vector<store::SliceSummary> slices_of(
    const std::vector<Evidence>& evidence, const std::vector<store::SliceSummary>& all
) {
    std::set<std::int64_t> used;
    for (const Evidence& one : evidence) {
        used.insert(one.version.slice);
    }
    std::vector<store::SliceSummary> slices;
    std::ranges::copy_if(all, std::back_inserter(slices), [&](const store::SliceSummary& slice) {
        return used.contains(slice.id);
    });
    return slices;
}

Result<Named> find_only(const Service& service, std::string_view id, std::int64_t newest_slice) {
    if (id.size() != rules::figure_id_length || !id.starts_with('F')) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "explain: '{}' is no figure's id; they have {} letters and look like F7K2Q9XAM",
                id,
                rules::figure_id_length
            )
        );
    }
    const auto found = find_named(service.settings, id, newest_slice);
    if (found.empty()) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "explain: no figure {} of campaign {} from this store; an id comes with the figure "
                "in 'thidua standings --json' and in an edition's manifest",
                id,
                service.settings.campaign.id
            )
        );
    }
    return found.front();
}

}  // namespace

// NOLINTNEXTLINE(readability-function-size): one step after another, each of which may fail
Result<Explanation> explain(const Service& service, std::string_view id) {
    const Instant now = service.clock.now();
    const auto slices = service.store.call([](store::Store& store) { return store.slices(); });
    if (!slices) {
        return std::unexpected(slices.error());
    }
    const auto named = find_only(service, id, slices->empty() ? 0 : slices->back().id);
    if (!named) {
        return std::unexpected(named.error());
    }
    Explanation made;
    made.indicator = named->indicator;
    made.is_total = named->unit == rules::total_unit;
    made.as_of = named->as_of;
    made.known_slice = named->known_slice;
    made.known_at = last_instant_of(*slices, named->known_slice, now);
    const auto standings = standings_of(service.store, service.settings, made.as_of, made.known_at);
    if (!standings) {
        return std::unexpected(standings.error());
    }
    const auto organisation = organisation_on(service.settings.units, made.as_of);
    if (!organisation) {
        return std::unexpected(organisation.error());
    }
    const rules::Figure* figure = find_figure(*standings, *named);
    if (figure == nullptr) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "explain: {} is of unit {} on {}, when that was not in force",
                id,
                named->unit,
                to_text(made.as_of)
            )
        );
    }
    made.figure = *figure;
    const Unit& unit = made.is_total ? organisation->root()
                                     : organisation->units()[*organisation->find(named->unit)];
    made.unit = unit.code;
    made.unit_name = unit.name;
    const Recount recount(*organisation, service.settings.procedures, *named);
    auto evidence = gather_evidence(
        service,
        recount,
        *named->indicator,
        query_for(*named->indicator, service.settings.campaign, made.as_of, made.known_at)
    );
    auto published = find_published(service, id);
    if (!evidence || !published) {
        return std::unexpected(evidence ? published.error() : evidence.error());
    }
    made.evidence = *std::move(evidence);
    made.published = *std::move(published);
    std::vector<Tally> tallies;
    for (const Evidence& one : made.evidence) {
        tallies.push_back(one.version.tally);
    }
    made.recomputed = recount.of(tallies);
    if (named->indicator->kind == IndicatorKind::ServicesOnline) {
        made.procedures = count_procedures(recount, service.settings, tallies);
    }
    made.slices = slices_of(made.evidence, *slices);
    return made;
}

}  // namespace thidua::daemon
