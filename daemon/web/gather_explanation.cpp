// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/edition_files.hpp"
#include "daemon/explain_words.hpp"
#include "daemon/procedures.hpp"
#include "daemon/published_json.hpp"
#include "daemon/recount.hpp"
#include "daemon/units.hpp"
#include "daemon/web/gather.hpp"
#include "reports/digest_tables.hpp"
#include "rules/figure_id.hpp"

#include <algorithm>
#include <map>
#include <ranges>
#include <utility>

namespace thidua::daemon::web {
namespace {

constexpr std::size_t slices_shown = 20;

const rules::Figure* find_figure(const rules::Standings& standings, const NamedFigure& named) {
    const bool is_total = named.unit == rules::total_unit;
    const auto unit = std::ranges::find(standings.units, named.unit, &rules::UnitStanding::code);
    if (!is_total && unit == standings.units.end()) {
        return nullptr;
    }
    const auto& figures = is_total ? standings.total.figures : unit->figures;
    const auto figure = std::ranges::find(figures, named.indicator->id, &rules::Figure::indicator);
    return figure == figures.end() ? nullptr : &*figure;
}

std::unexpected<Error> no_figure(std::string_view id) {
    return fail(ErrorKind::Usage, "explain: no figure " + std::string(id));
}

/// What each procedure adds to the figure; those that add nothing are left out.
std::vector<ExplainView::Part> parts_of(
    const Recount& recount,
    const NamedFigure& named,
    const std::vector<Procedure>& procedures,
    const std::vector<Tally>& tallies
) {
    std::vector<ExplainView::Part> parts;
    if (named.indicator->kind == IndicatorKind::ServicesOnline) {
        for (const CountedProcedure& one : recount.procedures_in(tallies)) {
            parts.push_back({one.code, one.name, {one.in_numerator ? 1 : 0, 1}});
        }
        // First those that somebody can do something about.
        std::ranges::stable_sort(parts, {}, [](const auto& one) { return one.counts.numerator; });
        return parts;
    }
    std::map<std::string, std::vector<Tally>> by_procedure;
    for (const Tally& tally : tallies) {
        by_procedure[tally.procedure_code].push_back(tally);
    }
    for (const auto& [code, own] : by_procedure) {
        const Ratio counts = recount.of(own);
        const auto procedure = std::ranges::find(procedures, code, &Procedure::code);
        if (counts.denominator > 0) {
            parts.push_back({code, procedure == procedures.end() ? "" : procedure->name, counts});
        }
    }
    std::ranges::stable_sort(parts, [](const auto& one, const auto& other) {
        return one.counts.denominator > other.counts.denominator;
    });
    return parts;
}

std::string define(const Words& words, const Indicator& indicator, const StandingsView& view) {
    if (words.is_english()) {
        return definition(indicator);
    }
    const reports::DigestInput input{
        .campaign = view.campaign,
        .week = week_of(view.standings.as_of),
        .standings = view.standings};
    const auto list = reports::definitions(input);
    const auto at = static_cast<std::size_t>(&indicator - view.campaign.indicators.data());
    return at < list.items.size() ? list.items[at].text : "";
}

/// As the edition of that manifest said them.
std::optional<Ratio> counts_in(std::string_view manifest, const NamedFigure& named) {
    const auto said = read_published(manifest);
    if (!said) {
        return std::nullopt;
    }
    const auto& figures = named.unit == rules::total_unit ? said->total : said->figures;
    const auto figure = std::ranges::find_if(figures, [&](const rules::PublishedFigure& one) {
        return one.unit == named.unit && one.indicator == named.indicator->id;
    });
    return figure == figures.end() ? std::nullopt : figure->counts;
}

/// The editions that printed the figure; the newest first.
Result<std::vector<ExplainView::Printed>> find_printed(
    const Reader& reader, const NamedFigure& named, std::string_view id
) {
    std::vector<ExplainView::Printed> printed;
    const auto editions = reader.store().call([](store::Store& store) { return store.editions(); });
    if (!editions) {
        return std::unexpected(editions.error());
    }
    for (const store::EditionSummary& edition : std::views::reverse(*editions)) {
        if (edition.as_of != named.as_of) {
            continue;
        }
        const auto manifest = reader.store().call([&](store::Store& store) {
            return store.edition_document(edition.id, manifest_suffix);
        });
        if (!manifest) {
            return std::unexpected(manifest.error());
        }
        if (*manifest && (*manifest)->contains(id)) {
            printed.push_back({edition.id, counts_in(**manifest, named)});
        }
    }
    return printed;
}

/// The newest of the figure's sources that were known then.
void add_slices(
    ExplainView& view, const std::vector<store::SliceSummary>& all, std::int64_t known
) {
    for (const store::SliceSummary& slice : std::views::reverse(all)) {
        const bool is_used = slice.source == view.indicator->system_of_record ||
                             slice.source == view.indicator->payment_record;
        if (is_used && slice.id <= known && view.slices.size() < slices_shown) {
            view.slices.push_back(slice);
        }
    }
}

/// The instant until which no more was known than slice `known`.
Instant known_until(
    const std::vector<store::SliceSummary>& slices, std::int64_t known, Instant now
) {
    for (const store::SliceSummary& slice : slices) {
        if (slice.id > known) {
            return slice.published_at - std::chrono::milliseconds{1};
        }
    }
    return now;
}

/// The figure as it stood, and by what it was made of.
Result<void> count_again(
    const Reader& reader, const Snapshot& snapshot, const NamedFigure& named, ExplainView& view
) {
    const config::Settings& settings = reader.settings();
    const bool is_of_now =
        snapshot.standings.as_of == view.as_of && snapshot.input.known_slice == named.known_slice;
    Result<rules::Standings> then = is_of_now ? snapshot.standings : rules::Standings{};
    if (!is_of_now) {
        then = standings_of(reader.store(), settings, view.as_of, view.known_at);
    }
    if (!then) {
        return std::unexpected(then.error());
    }
    const rules::Figure* figure = find_figure(*then, named);
    if (figure == nullptr) {
        return no_figure(named.unit);
    }
    view.figure = *figure;
    const auto units = units_known(reader.store(), settings);
    const auto organisation =
        units ? organisation_on(*units, view.as_of) : std::unexpected(units.error());
    if (!organisation) {
        return std::unexpected(organisation.error());
    }
    const auto procedures = procedures_known(reader.store(), settings, view.known_at);
    if (!procedures) {
        return std::unexpected(procedures.error());
    }
    TallyQuery query = query_for(*named.indicator, settings.campaign, view.as_of, view.known_at);
    query.breaks = rules::days_of_change(*procedures);
    const auto tallies =
        reader.store().call([&](store::Store& store) { return store.tally(query); });
    if (!tallies) {
        return std::unexpected(tallies.error());
    }
    const Recount recount(*organisation, *procedures, named);
    view.recounted = recount.of(*tallies);
    view.parts = parts_of(recount, named, *procedures, *tallies);
    const Unit& unit = view.is_total ? organisation->root()
                                     : organisation->units()[*organisation->find(named.unit)];
    view.unit = unit.code;
    view.unit_name = unit.name;
    return {};
}

}  // namespace

Result<ExplainView> gather_explanation(
    const Words& words, const Reader& reader, const Snapshot& snapshot, std::string_view id
) {
    const auto slices = reader.store().call([](store::Store& store) { return store.slices(); });
    if (!slices) {
        return std::unexpected(slices.error());
    }
    const auto named =
        find_figure_name(reader.settings(), id, slices->empty() ? 0 : slices->back().id);
    if (!named) {
        return std::unexpected(named.error());
    }
    ExplainView view;
    view.agency = agency_name(reader.settings());
    view.config_hash = reader.settings().hash;
    view.indicator = named->indicator;
    view.is_total = named->unit == rules::total_unit;
    view.as_of = named->as_of;
    view.known_at = known_until(*slices, named->known_slice, reader.now());
    if (auto counted = count_again(reader, snapshot, *named, view); !counted) {
        return std::unexpected(counted.error());
    }
    view.definition = define(words, *named->indicator, view_of(snapshot, reader.settings()));
    add_slices(view, *slices, named->known_slice);
    auto printed = find_printed(reader, *named, id);
    if (!printed) {
        return std::unexpected(printed.error());
    }
    view.published = *std::move(printed);
    return view;
}

}  // namespace thidua::daemon::web
