// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/urging.hpp"

#include "daemon/alerts.hpp"
#include "daemon/measure.hpp"
#include "daemon/writing_commands.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace thidua::daemon {
namespace {

/// What is on file that matters to whom is urged.
struct UrgingRecords {
    std::vector<Urging> urgings;
    std::vector<Silence> silences;
};

Result<UrgingRecords> read_records(SharedStore& store, Instant now) {
    return store.call([&](store::Store& open) -> Result<UrgingRecords> {
        auto urgings = open.urgings(now);
        auto silences = open.silences(now);
        if (!urgings || !silences) {
            return std::unexpected(urgings ? silences.error() : urgings.error());
        }
        return UrgingRecords{*std::move(urgings), *std::move(silences)};
    });
}

std::vector<std::string> reader_names(const config::Settings& settings, const std::string& unit) {
    std::vector<std::string> names;
    if (settings.unit_editions) {
        for (const config::UnitReader& reader : settings.unit_editions->readers) {
            if (reader.unit == unit) {
                names.push_back(reader.recipient.name);
            }
        }
    }
    return names;
}

/// The ranked units that are below a target, unless that is not to be told them again yet; nobody
/// once the campaign is over.
void propose(
    UrgingView& view, const config::Settings& settings, const UrgingRecords& records, Day today
) {
    if (today > settings.campaign.end) {
        return;
    }
    for (const rules::UnitStanding& unit : view.standings.units) {
        for (std::size_t at = 0; at < unit.figures.size(); ++at) {
            const rules::Figure& figure = unit.figures[at];
            const AlertKey key{unit.code, figure.indicator};
            const bool is_held = std::ranges::any_of(records.silences, [&](const Silence& silence) {
                return covers(silence, key, today);
            });
            if (!unit.is_ranked || figure.verdict != rules::Verdict::Below || is_held ||
                rules::is_too_soon(records.urgings, key, today, settings.urging_interval_days)) {
                continue;
            }
            const Urging* last = rules::last_urged(records.urgings, key);
            view.proposed.push_back(
                {&unit,
                 &settings.campaign.indicators[at],
                 last == nullptr ? std::nullopt : std::optional(last->day),
                 reader_names(settings, unit.code)}
            );
        }
    }
}

std::string name_of_unit_on(const config::Settings& settings, const std::string& code, Day day) {
    const auto unit = find_in_force(settings.units, code, day);
    return unit ? name_on(settings.units[*unit], day) : code;
}

void tell_effects(
    UrgingView& view,
    const config::Settings& settings,
    const rules::WeeklySeries& series,
    const std::vector<Urging>& urgings
) {
    const std::vector<Indicator>& indicators = settings.campaign.indicators;
    for (const Urging& urging : urgings) {
        const auto indicator = std::ranges::find(indicators, urging.indicator, &Indicator::id);
        reports::UrgedUnit told{
            urging, name_of_unit_on(settings, urging.unit, urging.day), nullptr, std::nullopt};
        const auto weeks = series.weeks.find({urging.unit, urging.indicator});
        if (indicator != indicators.end()) {
            told.indicator = &*indicator;
        }
        if (told.indicator != nullptr && weeks != series.weeks.end() &&
            urging.kind == UrgingKind::Recorded) {
            const auto needed = rules::sources_needed(*indicator, needed_by_all(settings));
            told.effect = rules::effect_of(
                urging.day,
                {series.first, weeks->second},
                rules::last_whole_day(view.standings, needed)
            );
        }
        view.ledger.push_back(std::move(told));
    }
}

bool is_tried_out(const Options& options, SharedStore& store) {
    if (options.known_at) {
        return true;
    }
    const auto is_simulation = store.call([](store::Store& open) { return open.is_simulation(); });
    return options.now.has_value() != is_simulation.value_or(false);
}

}  // namespace

Result<std::unique_ptr<UrgingView>> view_urging(
    SharedStore& store, const config::Settings& settings, Instant now
) {
    const auto basis =
        FigureBasis::load(store, settings, day_of(now), now, FigureBasis::Pieces::Weeks);
    if (!basis) {
        return std::unexpected(basis.error());
    }
    const auto records = read_records(store, now);
    if (!records) {
        return std::unexpected(records.error());
    }
    const rules::StandingsInput input = basis->input();
    auto view = std::make_unique<UrgingView>();
    view->standings = rules::measure(input);
    propose(*view, settings, *records, day_of(now));
    tell_effects(*view, settings, rules::weekly_series(input, view->standings), records->urgings);
    return view;
}

void record_drafts(
    const Options& options,
    const Service& service,
    const rules::Standings& standings,
    const std::vector<std::string>& units
) {
    if (is_tried_out(options, service.store)) {
        return;
    }
    Options drafted;
    drafted.command = Command::UrgeDrafted;
    drafted.quiet = true;
    drafted.now = options.now;
    drafted.by = options.by;
    drafted.entry.day = standings.as_of;
    for (const rules::UnitStanding& unit : standings.units) {
        if (std::ranges::find(units, unit.code) == units.end()) {
            continue;
        }
        for (const rules::Figure& figure : unit.figures) {
            if (figure.verdict == rules::Verdict::Below) {
                drafted.sources.push_back(unit.code + "/" + figure.indicator);
            }
        }
    }
    if (drafted.sources.empty()) {
        return;
    }
    const WritingCommand* command = find_writing_command(Command::UrgeDrafted);
    check(command != nullptr, "record_drafts: a command that writes");
    (void)run_writing_command(*command, drafted, service.settings);
}

}  // namespace thidua::daemon
