// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// As in count.cpp, everything is first summed for each unit by itself, then once up the tree. Only
// there is it known which procedures a figure of services counts, and when each began.
#include "rules/breakdown.hpp"

#include <algorithm>
#include <limits>

namespace thidua::rules {
namespace {

constexpr auto never = std::numeric_limits<std::int64_t>::max();

/// One procedure of one unit, or of one unit and everything below it.
struct Part {
    std::size_t procedure = 0;
    Ratio counts{};              ///< of dossiers
    std::int64_t received = 0;   ///< of any channel
    std::int64_t began = never;  ///< week of its first online dossier; -1: before the first one
    bool is_offered = false;     ///< the unit answers for it, and it is offered online

    Part& operator+=(const Part& other) {
        counts += other.counts;
        received += other.received;
        began = std::min(began, other.began);
        is_offered = is_offered || other.is_offered;
        return *this;
    }
};

/// Sorts by procedure and makes one part of those of the same procedure.
void gather(std::vector<Part>& parts) {
    std::ranges::sort(parts, {}, &Part::procedure);
    std::size_t kept = 0;
    for (std::size_t at = 1; at < parts.size(); ++at) {
        if (parts[at].procedure == parts[kept].procedure) {
            parts[kept] += parts[at];
        } else {
            parts[++kept] = parts[at];
        }
    }
    if (!parts.empty()) {
        parts.resize(kept + 1);
    }
}

struct Sums {
    /// Tallies of one procedure come one after another.
    void add(const Part& part) {
        if (!parts.empty() && parts.back().procedure == part.procedure) {
            parts.back() += part;
        } else {
            parts.push_back(part);
        }
    }

    Ratio before;
    std::vector<Ratio> weeks;
    std::vector<Part> parts;  ///< in any order until they are gathered

    Sums& operator+=(const Sums& other) {
        before += other.before;
        weeks.resize(std::max(weeks.size(), other.weeks.size()));
        for (std::size_t at = 0; at < other.weeks.size(); ++at) {
            weeks[at] += other.weeks[at];
        }
        parts.insert(parts.end(), other.parts.begin(), other.parts.end());
        return *this;
    }
};

std::int64_t signed_week(const CompleteWeeks& weeks, Day day) {
    return weeks.count > 0 && day < weeks.first ? -1 : static_cast<std::int64_t>(weeks.find(day));
}

void add_dossiers(Sums& sums, const Ratio& counts, std::int64_t week) {
    if (week < 0) {
        sums.before += counts;
    } else if (week < std::ssize(sums.weeks)) {
        sums.weeks[static_cast<std::size_t>(week)] += counts;
    }
}

/// Which procedures a figure of services counts, and in which week each of them began to.
Breakdown services_of(const Sums& sums, ServicesDenominator denominator) {
    Breakdown figure;
    figure.weeks.resize(sums.weeks.size());
    for (const Part& part : sums.parts) {
        const bool is_active = part.received > 0;
        if (!part.is_offered || (denominator == ServicesDenominator::Active && !is_active)) {
            continue;
        }
        const bool has_online = part.began != never;
        figure.parts.push_back({part.procedure, {has_online ? 1 : 0, 1}, part.received});
        if (has_online && part.began < 0) {
            ++figure.before.numerator;
        } else if (part.began < std::ssize(figure.weeks)) {
            ++figure.weeks[static_cast<std::size_t>(part.began)].numerator;
        }
    }
    return figure;
}

Breakdown dossiers_of(Sums sums) {
    Breakdown figure{sums.before, std::move(sums.weeks), {}};
    for (const Part& part : sums.parts) {
        if (part.counts.denominator > 0) {
            figure.parts.push_back({part.procedure, part.counts, part.received});
        }
    }
    return figure;
}

}  // namespace

std::size_t CompleteWeeks::find(Day day) const {
    if (count == 0 || day < first) {
        return count;
    }
    return std::min(count, static_cast<std::size_t>((day - first) / std::chrono::weeks{1}));
}

CompleteWeeks complete_weeks(Day start, Day last) {
    Day monday = monday_of(week_of(start));
    if (monday < start) {
        monday += std::chrono::weeks{1};
    }
    const auto days = last + std::chrono::days{1} - monday;
    return {monday, days.count() <= 0 ? 0 : static_cast<std::size_t>(days / std::chrono::weeks{1})};
}

std::vector<Breakdown> break_down(
    const Indicator& indicator,
    const Catalogue& catalogue,
    std::span<const PlacedTally> tallies,
    const CompleteWeeks& weeks,
    Day day
) {
    const bool is_of_services = indicator.kind == IndicatorKind::ServicesOnline;
    std::vector<Sums> own(catalogue.organisation().units().size() + 1);
    for (Sums& sums : own) {
        sums.weeks.resize(weeks.count);
    }
    for (const PlacedTally& placed : tallies) {
        const std::int64_t week = signed_week(weeks, placed.day);
        Part part{.procedure = placed.procedure, .received = placed.received};
        if (!is_of_services) {
            part.counts = rules::dossiers_of(indicator, catalogue, placed);
            add_dossiers(own[placed.unit], part.counts, week);
        } else if (placed.online > 0) {
            part.began = week;
        }
        own[placed.unit].add(part);
    }
    if (is_of_services) {
        for (const Offer& offer : offers_on(catalogue, day)) {
            own[offer.unit].parts.push_back({.procedure = offer.procedure, .is_offered = true});
        }
    }
    for (Sums& sums : own) {
        gather(sums.parts);
    }
    std::vector<Breakdown> figures;
    for (Sums& sums : add_up(catalogue.organisation(), own)) {
        gather(sums.parts);
        figures.push_back(
            is_of_services ? services_of(sums, indicator.services) : dossiers_of(std::move(sums))
        );
    }
    return figures;
}

}  // namespace thidua::rules
