// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/past_weeks.hpp"

#include "daemon/digest_job.hpp"
#include "daemon/edition_files.hpp"
#include "rules/published.hpp"

#include <boost/json.hpp>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// The figure of `indicator` as the manifest has it; without counts if it has none.
reports::Percent figure_of(const json::array& figures, std::string_view indicator) {
    reports::Percent percent;
    for (const json::value& figure : figures) {
        if (figure.at("id").as_string() != indicator) {
            continue;
        }
        percent.figure = json::value_to<std::string>(figure.at("figure"));
        percent.fitness = rules::fitness_called(json::value_to<std::string>(figure.at("fitness")));
        if (!figure.at("numerator").is_null()) {
            percent.counts =
                Ratio{figure.at("numerator").as_int64(), figure.at("denominator").as_int64()};
        }
    }
    return percent;
}

/// The figures of one unit of a manifest, or of the total.
reports::PastWeek past_week(const Campaign& campaign, IsoWeek week, const json::value& unit) {
    reports::PastWeek past{week, {}};
    for (const Indicator& indicator : campaign.indicators) {
        past.figures.push_back(figure_of(unit.at("indicators").as_array(), indicator.id));
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
        boost::system::error_code error;
        json::value manifest = json::parse(**text, error);
        if (error || !manifest.is_object()) {
            return fail(ErrorKind::Data, "manifest of " + id + ": is not what it should be");
        }
        past.manifests_.emplace_back(week_of(monday), std::move(manifest.as_object()));
    }
    return past;
}

std::vector<reports::PastWeek> PastWeeks::of_all(const Campaign& campaign) const {
    std::vector<reports::PastWeek> weeks;
    for (const auto& [week, manifest] : manifests_) {
        weeks.push_back(past_week(campaign, week, manifest.at("standings").at("total")));
    }
    return weeks;
}

std::vector<reports::PastWeek> PastWeeks::of_unit(const Campaign& campaign, std::string_view unit)
    const {
    std::vector<reports::PastWeek> weeks;
    for (const auto& [week, manifest] : manifests_) {
        for (const json::value& one : manifest.at("standings").at("units").as_array()) {
            if (one.at("code").as_string() != unit) {
                continue;
            }
            weeks.push_back(past_week(campaign, week, one));
        }
    }
    return weeks;
}

}  // namespace thidua::daemon
