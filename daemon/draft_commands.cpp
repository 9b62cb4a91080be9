// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua report render urging, procedure-review
#include "core/codes.hpp"
#include "daemon/commands.hpp"
#include "daemon/draft_files.hpp"
#include "daemon/measure.hpp"
#include "daemon/reviews.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/urging.hpp"
#include "reports/digest_facts.hpp"
#include "reports/drafts/procedure_review.hpp"
#include "reports/drafts/urging.hpp"
#include "rules/actions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// Places of the units to urge: the one asked for, or all ranked ones below a target. Errors: Usage
/// if there is no such unit.
Result<std::vector<std::size_t>> units_to_urge(
    const rules::Standings& standings, const std::string& asked
) {
    std::vector<std::size_t> places;
    bool is_known = asked.empty();
    for (std::size_t at = 0; at < standings.units.size(); ++at) {
        const rules::UnitStanding& unit = standings.units[at];
        const bool is_asked = asked.empty() ? unit.is_ranked : unit.code == asked;
        is_known = is_known || is_asked;
        if (is_asked && reports::is_below(unit)) {
            places.push_back(at);
        }
    }
    return is_known ? Result<std::vector<std::size_t>>(std::move(places))
                    : fail(ErrorKind::Usage, "report render urging: there is no unit " + asked);
}

std::string file_name(const Options& options, std::string_view paper, const std::string& about) {
    return options.form.empty() ? fmt::format("{}_{}.docx", paper, about)
                                : form_file_name(options, about);
}

ExitCode draft_urging(
    const Options& options, const config::Settings& settings, Session& session, const Texts& texts
) {
    const Instant now = session.clock().now();
    const auto basis = FigureBasis::load(
        session.store(),
        settings,
        options.as_of.value_or(day_of(now)),
        options.known_at.value_or(now),
        FigureBasis::Pieces::Weeks
    );
    if (!basis) {
        return report_error(basis.error());
    }
    const rules::StandingsInput input = basis->input();
    const rules::Standings standings = rules::measure(input);
    const rules::Actions actions = rules::find_actions(input, standings);
    const std::string asked = options.unit.empty() ? "" : canonical_unit_code(options.unit);
    const auto places = units_to_urge(standings, asked);
    if (!places) {
        return report_error(places.error());
    }
    std::vector<Draft> drafts;
    for (const std::size_t place : *places) {
        const rules::UnitStanding& unit = standings.units[place];
        const std::string about =
            fmt::format("{}_{}", file_word(unit.code), to_text(standings.as_of));
        const reports::drafts::UrgingInput urging{texts, input, standings, actions, place};
        drafts.push_back(
            {file_name(options, "don-doc", about),
             "urging",
             unit.code,
             "",
             reports::drafts::urging(urging),
             reports::drafts::urging_values(urging),
             figure_ids(unit)}
        );
    }
    const ExitCode code = hand_out(options, drafts, standings_head_json(standings));
    if (code == ExitCode::Done) {
        std::vector<std::string> units;
        std::ranges::transform(drafts, std::back_inserter(units), &Draft::candidate);
        record_drafts(options, session.service(), standings, units);
    }
    if (code != ExitCode::Done || !drafts.empty()) {
        return code;
    }
    fmt::print(stderr, "thidua: nobody to urge: no unit asked for is known to be below a target\n");
    return ExitCode::Negative;
}

ExitCode draft_review(
    const Options& options, const config::Settings& settings, Session& session, const Texts& texts
) {
    const Instant known_at = options.known_at.value_or(session.clock().now());
    const Campaign& campaign = settings.campaign;
    const Day day =
        std::clamp(options.as_of.value_or(day_of(known_at)), campaign.start, campaign.end);
    const auto reviews = Reviews::read(session.store(), settings, day, known_at);
    if (!reviews) {
        return report_error(reviews.error());
    }
    if (!options.unit.empty()) {
        return report_error(
            {ErrorKind::Usage, "report render procedure-review: is of the whole agency, no --unit"}
        );
    }
    const auto counts = reviews->of(reviews->root());
    check(counts.has_value(), "draft_review: the root is a unit");
    reports::drafts::ReviewReportInput input{
        texts, campaign, reviews->rows(), *counts, {}, day, known_at};
    for (const DatedUnit& unit : settings.units) {
        input.unit_names.emplace(unit.code, unit.name);
    }
    const Draft draft{
        file_name(options, "ra-soat-tthc", to_text(day)),
        "procedure-review",
        "",
        "",
        reports::drafts::procedure_review(input),
        reports::drafts::procedure_review_values(input)};
    return hand_out(
        options,
        {draft},
        {{"campaign", campaign.id}, {"as_of", to_text(day)}, {"known_at", to_text(known_at)}}
    );
}

}  // namespace

ExitCode run_report_draft(const Options& options, const config::Settings& settings) {
    const auto texts = texts_of(settings);
    if (!texts) {
        return report_error(texts.error());
    }
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    return options.kind == "urging" ? draft_urging(options, settings, **session, *texts)
                                    : draft_review(options, settings, **session, *texts);
}

}  // namespace thidua::daemon
