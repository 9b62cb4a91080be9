// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/reviews.hpp"

#include "daemon/measure.hpp"
#include "daemon/procedures.hpp"
#include "daemon/units.hpp"

#include <algorithm>
#include <utility>

namespace thidua::daemon {

Result<Reviews> Reviews::read(
    SharedStore& store, const config::Settings& settings, Day day, Instant known_at
) {
    const Campaign& campaign = settings.campaign;
    const auto units = units_known(store, settings);
    auto organisation = units ? organisation_on(*units, day) : std::unexpected(units.error());
    const auto procedures = procedures_known(store, settings, known_at);
    const auto reviews =
        store.call([&](store::Store& file) { return file.procedure_reviews(known_at); });
    if (!organisation || !procedures || !reviews) {
        return failed(
            "reviews",
            !organisation ? organisation.error()
            : !procedures ? procedures.error()
                          : reviews.error()
        );
    }
    std::vector<Tally> tallies;
    if (!campaign.indicators.empty()) {
        // All of them count what was received by the same rule; the first names the source.
        TallyQuery query = query_for(campaign.indicators.front(), campaign, day, known_at);
        query.breaks = std::vector<Day>{};
        auto counted = store.call([&](store::Store& file) { return file.tally(query); });
        if (!counted) {
            return failed("reviews", counted.error());
        }
        tallies = *std::move(counted);
    }
    Reviews made;
    made.organisation_ = *std::move(organisation);
    made.rows_ = rules::review_rows({*procedures, tallies, *reviews, day});
    return made;
}

std::set<std::string, std::less<>> Reviews::codes_below(std::size_t unit) const {
    const std::vector<Unit>& units = organisation_.units();
    std::set<std::string, std::less<>> codes;
    for (std::size_t at = 0; at < units.size(); ++at) {
        const auto line = organisation_.lineage(at);
        if (std::ranges::find(line, unit) != line.end()) {
            codes.insert(units[at].code);
            codes.insert(units[at].aliases.begin(), units[at].aliases.end());
        }
    }
    return codes;
}

std::vector<rules::ReviewRow> Reviews::rows_of(std::string_view unit) const {
    const auto place = organisation_.find(unit);
    if (!place) {
        return {};
    }
    const auto codes = codes_below(*place);
    std::vector<rules::ReviewRow> found;
    std::ranges::copy_if(rows_, std::back_inserter(found), [&](const rules::ReviewRow& row) {
        return std::ranges::any_of(row.units, [&](const std::string& code) {
            return codes.contains(code);
        });
    });
    return found;
}

std::optional<rules::ReviewCounts> Reviews::of(std::string_view unit) const {
    const auto place = organisation_.find(unit);
    return place ? std::optional(rules::count_reviews(rows_, codes_below(*place))) : std::nullopt;
}

boost::json::object review_json(const rules::ReviewCounts& counts) {
    return {
        {"to_review", counts.to_review},
        {"reviewed", counts.reviewed},
        {"proposed_full", counts.proposed},
        {"approved", counts.approved}};
}

}  // namespace thidua::daemon
