// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/alerts.hpp"

#include "daemon/measure.hpp"
#include "daemon/messages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace thidua::daemon {
namespace {

constexpr std::chrono::days one_day{1};

const rules::UnitStanding* find_unit(const rules::Standings& standings, std::string_view code) {
    const auto place = std::ranges::find(standings.units, code, &rules::UnitStanding::code);
    return place == standings.units.end() ? nullptr : &*place;
}

/// What `standings` say of it. A unit or an indicator that there is no more has no target: there is
/// nothing left to remind of.
Observation observation_of(
    const config::Settings& settings, const rules::Standings& standings, const AlertKey& key
) {
    const std::vector<Indicator>& indicators = settings.campaign.indicators;
    const auto indicator = std::ranges::find(indicators, key.indicator, &Indicator::id);
    const rules::UnitStanding* unit = find_unit(standings, key.unit);
    if (unit == nullptr || indicator == indicators.end()) {
        return {standings.as_of, AlertCause::NoTarget, std::nullopt, ""};
    }
    const auto figure = std::ranges::find(unit->figures, key.indicator, &rules::Figure::indicator);
    check(figure != unit->figures.end(), "observation_of: a figure for each indicator");
    return rules::observe(
        *figure, standings, rules::sources_needed(*indicator, needed_by_all(settings))
    );
}

bool has_reader(const config::Settings& settings, const std::string& unit) {
    return settings.unit_editions &&
           std::ranges::find(settings.unit_editions->readers, unit, &config::UnitReader::unit) !=
               settings.unit_editions->readers.end();
}

/// The step that is due on `today`, a row for each edition that tells of it.
void add_steps(
    AlertDay& day, const config::Settings& settings, const AlertBook& after, const AlertKey& key
) {
    const Day today = day.day + one_day;
    const auto next = next_step_of(settings, after, key, today);
    if (!next || next->wait != rules::NextStep::Wait::Nothing || next->day != today) {
        return;
    }
    const auto readers = readers_of_step(settings, key.unit, next->step, today);
    for (const config::Recipient& reader : readers) {
        day.steps.push_back(
            {key, next->step, today, alert_edition_id(today, reader.id), day.known_at}
        );
    }
    if (readers.empty()) {
        day.steps.push_back({key, next->step, today, "", day.known_at});
    }
}

}  // namespace

Result<AlertBook> AlertBook::load(SharedStore& store, Instant known_at) {
    auto records = store.call([&](store::Store& open) { return open.alerts(known_at); });
    auto silences = store.call([&](store::Store& open) { return open.silences(known_at); });
    if (!records || !silences) {
        return std::unexpected(records ? silences.error() : records.error());
    }
    AlertBook book;
    book.records_ = *std::move(records);
    book.silences_ = *std::move(silences);
    for (const AlertChange& change : book.records_.changes) {
        const auto after =
            std::ranges::upper_bound(book.records_.days, change.seen.day, {}, &AlertDay::day);
        book.take(change, static_cast<std::size_t>(after - book.records_.days.begin()));
    }
    return book;
}

void AlertBook::take(const AlertChange& change, std::size_t seen) {
    Entry& entry = entries_[change.key];
    const bool was_inactive = entry.alert.held == AlertState::Inactive;
    entry.alert = change.alert;
    entry.seen = seen;
    if (change.alert.held == AlertState::Inactive) {
        entry.below_since.reset();
    } else if (was_inactive) {
        entry.below_since = change.seen.day;
    }
}

void AlertBook::add(AlertDay day) {
    const std::size_t seen = records_.days.size() + 1;
    for (AlertChange& change : day.changes) {
        take(change, seen);
        records_.changes.push_back(std::move(change));
    }
    std::ranges::move(day.steps, std::back_inserter(records_.steps));
    day.changes.clear();
    day.steps.clear();
    records_.days.push_back(std::move(day));
}

Alert AlertBook::alert_of(const AlertKey& key) const {
    const auto place = entries_.find(key);
    if (place == entries_.end()) {
        return {};
    }
    const auto days = static_cast<int>(records_.days.size() - place->second.seen);
    return rules::carried_on(place->second.alert, days);
}

std::optional<Day> AlertBook::below_since(const AlertKey& key) const {
    const auto place = entries_.find(key);
    return place == entries_.end() ? std::nullopt : place->second.below_since;
}

std::vector<AlertKey> AlertBook::keys() const {
    std::vector<AlertKey> keys;
    for (const auto& [key, entry] : entries_) {
        keys.push_back(key);
    }
    return keys;
}

std::optional<Day> AlertBook::last_day() const {
    return records_.days.empty() ? std::nullopt : std::optional(records_.days.back().day);
}

std::optional<Instant> AlertBook::known_at_of(Day day) const {
    const auto place = std::ranges::find(records_.days, day, &AlertDay::day);
    return place == records_.days.end() ? std::nullopt : std::optional(place->known_at);
}

rules::AlertRule alert_rule(const config::Alerts& alerts) {
    return {alerts.fire_after_days, alerts.recover_after_days};
}

rules::Ladder ladder_of(const config::Alerts& alerts) {
    return {alerts.second_after, alerts.leaders_after, !alerts.leaders.empty()};
}

std::vector<config::Recipient> readers_of_step(
    const config::Settings& settings, const std::string& unit, AlertStep step, Day day
) {
    if (step == AlertStep::Leaders) {
        return recipients_on(settings.alerts->leaders, day);
    }
    std::vector<config::Recipient> readers;
    if (settings.unit_editions) {
        for (const config::UnitReader& reader : settings.unit_editions->readers) {
            if (reader.unit == unit) {
                readers.push_back(reader.recipient);
            }
        }
    }
    return recipients_on(readers, day);
}

std::vector<AlertKey> watched(
    const config::Settings& settings, const rules::Standings& standings, const AlertBook& book
) {
    std::set<AlertKey> keys;
    for (const rules::UnitStanding& unit : standings.units) {
        if (!unit.is_ranked && !has_reader(settings, unit.code)) {
            continue;
        }
        for (const rules::Figure& figure : unit.figures) {
            if (figure.target) {
                keys.insert({unit.code, figure.indicator});
            }
        }
    }
    for (const AlertKey& key : book.keys()) {
        if (book.alert_of(key).state != AlertState::Inactive) {
            keys.insert(key);
        }
    }
    return {keys.begin(), keys.end()};
}

std::optional<rules::NextStep> next_step_of(
    const config::Settings& settings, const AlertBook& book, const AlertKey& key, Day today
) {
    const rules::Ladder ladder = ladder_of(*settings.alerts);
    return rules::next_step(
        key,
        book.alert_of(key),
        {ladder, settings.calendar, book.steps(), book.silences(), today, settings.campaign.end}
    );
}

std::optional<Day> day_looked_at(const Campaign& campaign, Instant slot) {
    const Day day = day_of(slot) - one_day;
    return campaign.start <= day && day <= campaign.end ? std::optional(day) : std::nullopt;
}

AlertDay look(
    const config::Settings& settings, const rules::Standings& standings, const AlertBook& book
) {
    AlertDay day{standings.as_of, standings.known_at, 0, {}, {}};
    const std::vector<AlertKey> keys = watched(settings, standings, book);
    day.figures = static_cast<int>(keys.size());
    for (const AlertKey& key : keys) {
        const Alert before = book.alert_of(key);
        Observation seen = observation_of(settings, standings, key);
        const Alert after = rules::next_state(before, seen, alert_rule(*settings.alerts));
        if (rules::is_change(before, after)) {
            day.changes.push_back({key, before.state, after, std::move(seen), day.known_at});
        }
    }
    AlertBook after = book;
    after.add(day);
    for (const AlertKey& key : keys) {
        add_steps(day, settings, after, key);
    }
    return day;
}

std::string alert_edition_id(Day day, std::string_view recipient) {
    return fmt::format("alert/{}/{}/1", thidua::to_text(day), recipient);
}

}  // namespace thidua::daemon
