// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/digest_facts.hpp"

#include "reports/format.hpp"
#include "rules/gap.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace thidua::reports {
namespace {

bool needs_payment_record(const Indicator& indicator) {
    return indicator.kind == IndicatorKind::PaymentsOnline &&
           indicator.evidence == PaymentEvidence::Platform;
}

const SourceStatus* find_source(const rules::Standings& standings, std::string_view name) {
    const auto place = std::ranges::find(standings.sources, name, &SourceStatus::name);
    return place == standings.sources.end() ? nullptr : &*place;
}

void add_source(
    std::vector<SourceStatus>& sources, const rules::Standings& standings, const std::string& name
) {
    if (name.empty() || std::ranges::find(sources, name, &SourceStatus::name) != sources.end()) {
        return;
    }
    if (const SourceStatus* known = find_source(standings, name)) {
        sources.push_back(*known);
        return;
    }
    SourceStatus unknown;
    unknown.name = name;
    sources.push_back(unknown);
}

}  // namespace

const Indicator& primary_indicator(const DigestInput& input) {
    const auto& indicators = input.campaign.indicators;
    check(!indicators.empty(), "primary_indicator: a campaign has indicators");
    const auto payments =
        std::ranges::find(indicators, IndicatorKind::PaymentsOnline, &Indicator::kind);
    if (payments != indicators.end()) {
        return *payments;
    }
    const auto has_target = [&](const Indicator& indicator) {
        const rules::Figure* whole = find_figure(input.standings.total, indicator);
        return whole != nullptr && whole->target;
    };
    const auto targeted = std::ranges::find_if(indicators, has_target);
    return targeted == indicators.end() ? indicators.front() : *targeted;
}

std::string name_week(const Campaign& campaign, IsoWeek week) {
    return format_week(week, static_cast<int>(std::chrono::year_month_day{campaign.start}.year()));
}

std::string_view short_name(const Indicator& indicator) {
    return indicator.short_name.empty() ? indicator.name : indicator.short_name;
}

const rules::Figure* find_figure(const rules::UnitStanding& unit, const Indicator& indicator) {
    const auto place = std::ranges::find(unit.figures, indicator.id, &rules::Figure::indicator);
    return place == unit.figures.end() ? nullptr : &*place;
}

const rules::UnitStanding* find_before(const DigestInput& input, const rules::UnitStanding& unit) {
    if (input.previous == nullptr) {
        return nullptr;
    }
    if (&unit == &input.standings.total) {
        return &input.previous->total;
    }
    const auto& units = input.previous->units;
    const auto place = std::ranges::find(units, unit.code, &rules::UnitStanding::code);
    return place == units.end() ? nullptr : &*place;
}

bool is_fit(const rules::Figure& figure) {
    return figure.counts && rules::is_fit(figure.fitness);
}

bool is_below(const rules::Figure& figure) {
    return figure.verdict == rules::Verdict::Below;
}

bool is_below(const rules::UnitStanding& unit) {
    return std::ranges::any_of(unit.figures, [](const rules::Figure& figure) {
        return is_below(figure);
    });
}

Percent percent_of(const rules::Figure& figure) {
    return {
        .figure = figure.id,
        .counts = figure.counts,
        .target = figure.target,
        .verdict = figure.verdict,
        .fitness = figure.fitness,
    };
}

Percent percent_of(const rules::UnitStanding& unit, const Indicator& indicator) {
    const rules::Figure* figure = find_figure(unit, indicator);
    return figure == nullptr ? Percent{} : percent_of(*figure);
}

Gap gap_of(const rules::UnitStanding& unit, const Indicator& indicator) {
    Gap gap;
    gap.kind = indicator.kind;
    const rules::Figure* figure = find_figure(unit, indicator);
    if (figure == nullptr || !is_below(*figure) || !figure->counts) {
        return gap;
    }
    if (figure->convert && rules::can_convert(*figure->counts, *figure->convert)) {
        gap.convert = figure->convert;
    }
    gap.new_all_online = figure->new_all_online;
    return gap;
}

std::optional<Change> change_of(
    const DigestInput& input, const rules::UnitStanding& unit, const Indicator& indicator
) {
    if (input.previous == nullptr) {
        return std::nullopt;
    }
    const rules::UnitStanding* unit_before = find_before(input, unit);
    const rules::Figure* now = find_figure(unit, indicator);
    const rules::Figure* before =
        unit_before == nullptr ? nullptr : find_figure(*unit_before, indicator);
    Change change;
    if (now != nullptr && is_fit(*now)) {
        change.now = now->counts;
    }
    if (before != nullptr && is_fit(*before)) {
        change.before = before->counts;
    }
    return change;
}

std::vector<const rules::UnitStanding*> ranked_units(const DigestInput& input) {
    std::vector<const rules::UnitStanding*> units;
    for (const rules::UnitStanding& unit : input.standings.units) {
        if (unit.is_ranked) {
            units.push_back(&unit);
        }
    }
    std::ranges::stable_sort(units, {}, [](const rules::UnitStanding* unit) {
        return unit->rank.value_or(std::numeric_limits<int>::max());
    });
    return units;
}

std::vector<const rules::UnitStanding*> units_below(const DigestInput& input) {
    std::vector<const rules::UnitStanding*> units = ranked_units(input);
    std::erase_if(units, [](const rules::UnitStanding* unit) { return !is_below(*unit); });
    std::ranges::stable_sort(units, std::ranges::greater{}, [](const rules::UnitStanding* unit) {
        return unit->rank.value_or(0);
    });
    return units;
}

std::string with_prefix(const DigestTexts& texts, const std::string& subject) {
    const std::string& prefix = texts.subject_prefix;
    return prefix.empty() ? subject : prefix + " " + subject;
}

void add_closing(
    std::vector<Block>& blocks, const DigestTexts& texts, const std::vector<std::string>& recipients
) {
    if (!texts.closing.empty()) {
        blocks.emplace_back(Paragraph{texts.closing});
    }
    if (!recipients.empty()) {
        blocks.emplace_back(Recipients{recipients});
    }
}

std::string_view root_name(const rules::Standings& standings) {
    return standings.units.empty() ? standings.total.name : standings.units.front().name;
}

std::vector<SourceStatus> sources_of(const DigestInput& input, const Indicator& indicator) {
    std::vector<SourceStatus> sources;
    add_source(sources, input.standings, indicator.system_of_record);
    if (needs_payment_record(indicator)) {
        add_source(sources, input.standings, indicator.payment_record);
    }
    return sources;
}

std::vector<SourceStatus> needed_sources(const DigestInput& input) {
    std::vector<SourceStatus> sources;
    for (const Indicator& indicator : input.campaign.indicators) {
        for (const SourceStatus& source : sources_of(input, indicator)) {
            add_source(sources, input.standings, source.name);
        }
    }
    return sources;
}

std::vector<SourceStatus> shown_sources(const DigestInput& input) {
    std::vector<SourceStatus> sources = needed_sources(input);
    for (const SourceStatus& source : input.standings.sources) {
        add_source(sources, input.standings, source.name);
    }
    return sources;
}

std::string_view source_title(const SourceStatus& source) {
    return source.title.empty() ? source.name : source.title;
}

std::string source_title(const rules::Standings& standings, std::string_view name) {
    const SourceStatus* source = find_source(standings, name);
    return std::string(source == nullptr ? name : source_title(*source));
}

}  // namespace thidua::reports
