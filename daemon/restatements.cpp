// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/restatements.hpp"

#include "daemon/edition_files.hpp"
#include "daemon/measure.hpp"
#include "daemon/procedures.hpp"
#include "daemon/published_json.hpp"
#include "daemon/units.hpp"

#include <algorithm>
#include <deque>
#include <iterator>
#include <utility>

namespace thidua::daemon {
namespace {

/// A unit's edition and a reminder say nothing of other units, nor of the whole.
void leave_to_units(rules::Published& said, rules::Standings& now) {
    said.total.clear();
    now.total.figures.clear();
    std::erase_if(now.units, [&](const rules::UnitStanding& unit) {
        return std::ranges::find(said.figures, unit.code, &rules::PublishedFigure::unit) ==
               said.figures.end();
    });
}

bool says_the_same(const rules::Published& said, const rules::Standings& now) {
    const rules::Published says = rules::published(now, {});
    return rules::changes_between(said, {says.figures, said.verdicts, {}}).is_empty() &&
           rules::changes_between({said.total, {}, {}}, {says.total, {}, {}}).is_empty();
}

/// The units of the day by the codes that had been mapped at `known_at`.
Result<Organisation> organisation_then(
    SharedStore& store, const config::Settings& settings, Day day, Instant known_at
) {
    auto aliases = store.call([](store::Store& open) { return open.unit_aliases(); });
    if (!aliases) {
        return std::unexpected(aliases.error());
    }
    std::erase_if(*aliases, [&](const store::UnitAlias& alias) {
        return alias.decided_at > known_at;
    });
    return organisation_on(with_aliases(settings.units, *aliases), day);
}

/// Indicators that count the same dossiers share what was found.
struct Since {
    TallyQuery query;
    TalliesSince found;
};

/// What the dossiers of each indicator were when the edition was made, and have become since.
class Gathered {
  public:
    Gathered(SharedStore& store, const config::Settings& settings, std::vector<Day> breaks)
        : store_(store), campaign_(settings.campaign), breaks_(std::move(breaks)) {}

    Result<void> gather(Day day, Instant then, Instant now) {
        for (const Indicator* indicator : in_order_of_counting(campaign_)) {
            TallyQuery query = query_for(*indicator, campaign_, day, now);
            query.breaks = breaks_;
            auto place = std::ranges::find_if(since_, [&](const Since& one) {
                return serves(one.query, query, indicator->kind);
            });
            if (place == since_.end()) {
                auto found = store_.call([&](store::Store& open) {
                    return open.tallies_since(query, then);
                });
                if (!found) {
                    return std::unexpected(found.error());
                }
                since_.push_back({std::move(query), *std::move(found)});
                place = std::prev(since_.end());
            }
            tallies_.push_back({indicator->id, place->found.then});
            changes_.push_back({indicator->id, place->found.changes});
        }
        return {};
    }

    [[nodiscard]] std::span<const rules::IndicatorTallies> tallies() const { return tallies_; }
    [[nodiscard]] std::span<const rules::ChangesSince> changes() const { return changes_; }

  private:
    SharedStore& store_;
    const Campaign& campaign_;
    std::vector<Day> breaks_;
    std::deque<Since> since_;  ///< a deque: growing leaves what is viewed in its place
    std::vector<rules::IndicatorTallies> tallies_;
    std::vector<rules::ChangesSince> changes_;
};

/// Wherever a procedure changes, by the word of then or of now.
std::vector<Day> breaks_of(const Grounds& then, const Grounds& now) {
    std::vector<Day> days = rules::days_of_change(then.procedures);
    std::ranges::move(rules::days_of_change(now.procedures), std::back_inserter(days));
    std::ranges::sort(days);
    const auto doubles = std::ranges::unique(days);
    days.erase(doubles.begin(), doubles.end());
    return days;
}

Result<std::vector<rules::Restatement>> explain_changes(
    SharedStore& store,
    const config::Settings& settings,
    const store::Edition& edition,
    const rules::Published& said,
    const rules::Standings& now
) {
    auto grounds_then = grounds_of(store, settings, edition.as_of, edition.known_at);
    const auto grounds = grounds_of(store, settings, edition.as_of, now.known_at);
    if (!grounds_then || !grounds) {
        return std::unexpected(grounds_then ? grounds.error() : grounds_then.error());
    }
    auto units = organisation_then(store, settings, grounds->day, edition.known_at);
    if (!units) {
        return std::unexpected(units.error());
    }
    grounds_then->organisation = *std::move(units);
    Gathered gathered(store, settings, breaks_of(*grounds_then, *grounds));
    if (auto done = gathered.gather(grounds->day, edition.known_at, now.known_at); !done) {
        return std::unexpected(done.error());
    }
    const rules::StandingsInput then{
        .campaign = settings.campaign,
        .organisation = grounds_then->organisation,
        .procedures = grounds_then->procedures,
        .tallies = gathered.tallies(),
        .sources = grounds_then->sources,
        .as_of = grounds->day,
        .known_at = edition.known_at,
        .needed_by_all = needed_by_all(settings)};
    return rules::find_restatements(
        {said,
         now,
         edition.config_hash == settings.hash,
         then,
         grounds->organisation,
         grounds->procedures,
         gathered.changes()}
    );
}

}  // namespace

Result<std::vector<rules::Restatement>> restatements_of(
    SharedStore& store, const config::Settings& settings, const store::Edition& edition, Instant now
) {
    auto said = read_published(manifest_of(edition));
    auto standings = standings_of(store, settings, edition.as_of, now);
    if (!said || !standings) {
        return said ? std::unexpected(standings.error())
                    : failed("manifest of " + edition.id, said.error());
    }
    if (edition.report == "unit" || edition.report == "alert" || edition.report == "nomination") {
        leave_to_units(*said, *standings);
    }
    if (says_the_same(*said, *standings)) {
        return std::vector<rules::Restatement>{};
    }
    auto found = explain_changes(store, settings, edition, *said, *standings);
    return found ? std::move(found) : failed("restatements of " + edition.id, found.error());
}

}  // namespace thidua::daemon
