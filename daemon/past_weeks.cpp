// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/past_weeks.hpp"

#include "daemon/digest_job.hpp"
#include "daemon/edition_files.hpp"
#include "daemon/published_json.hpp"
#include "rules/figure_id.hpp"

#include <algorithm>
#include <span>

namespace thidua::daemon {
namespace {

/// Those of `unit`, in the order of the campaign's indicators; without counts where it has none.
reports::PastWeek past_week(
    const Campaign& campaign,
    IsoWeek week,
    std::span<const rules::PublishedFigure> figures,
    std::string_view unit
) {
    reports::PastWeek past{week, {}};
    for (const Indicator& indicator : campaign.indicators) {
        const auto said = std::ranges::find_if(figures, [&](const rules::PublishedFigure& one) {
            return one.unit == unit && one.indicator == indicator.id;
        });
        past.figures.push_back(
            said == figures.end()
                ? reports::Percent{}
                : reports::Percent{.counts = said->counts, .fitness = said->fitness}
        );
    }
    return past;
}

}  // namespace

Result<PastWeeks> PastWeeks::load(const Service& service, IsoWeek week) {
    PastWeeks past;
    const Day first = monday_of(week_of(service.settings.campaign.start));
    for (Day monday = first; monday < monday_of(week); monday += std::chrono::weeks{1}) {
        const std::string id = edition_id(week_of(monday));
        const auto text = service.store.call([&](store::Store& store) {
            return store.edition_document(id, manifest_suffix);
        });
        if (!text) {
            return std::unexpected(text.error());
        }
        if (!*text) {
            continue;
        }
        auto said = read_published(**text);
        if (!said) {
            return failed("manifest of " + id, said.error());
        }
        past.weeks_.emplace_back(week_of(monday), *std::move(said));
    }
    return past;
}

std::vector<reports::PastWeek> PastWeeks::of_all(const Campaign& campaign) const {
    std::vector<reports::PastWeek> weeks;
    for (const auto& [week, said] : weeks_) {
        weeks.push_back(past_week(campaign, week, said.total, rules::total_unit));
    }
    return weeks;
}

std::vector<reports::PastWeek> PastWeeks::of_unit(const Campaign& campaign, std::string_view unit)
    const {
    std::vector<reports::PastWeek> weeks;
    for (const auto& [week, said] : weeks_) {
        const bool is_known =
            std::ranges::find(said.figures, unit, &rules::PublishedFigure::unit) !=
            said.figures.end();
        if (is_known) {
            weeks.push_back(past_week(campaign, week, said.figures, unit));
        }
    }
    return weeks;
}

}  // namespace thidua::daemon
