// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua nominations draft
#include "daemon/awards.hpp"
#include "daemon/commands.hpp"
#include "daemon/draft_files.hpp"
#include "daemon/measure.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "reports/drafts/nomination.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

using reports::drafts::NominationInput;

/// What drafts are made of.
struct Ground {
    const config::Settings& settings;
    const Texts& texts;
    rules::Standings standings;
    std::vector<Evidence> evidence;
};

const rules::UnitStanding* find_unit(const rules::Standings& standings, std::string_view code) {
    const auto place = std::ranges::find(standings.units, code, &rules::UnitStanding::code);
    return place == standings.units.end() ? nullptr : &*place;
}

std::vector<Evidence> evidence_of(const Ground& ground, const std::string& candidate) {
    std::vector<Evidence> own;
    for (const Evidence& evidence : ground.evidence) {
        if (evidence.candidate == candidate) {
            own.push_back(evidence);
        }
    }
    return own;
}

void add_papers(
    std::vector<Draft>& drafts,
    const Options& options,
    const Ground& ground,
    const rules::Eligibility& one
) {
    const auto officer =
        std::ranges::find(ground.settings.officers, one.candidate.id, &Officer::id);
    const bool is_officer = one.candidate.subject == Subject::Individual;
    const rules::UnitStanding* unit = find_unit(
        ground.standings, is_officer ? std::string_view(officer->unit) : one.candidate.id
    );
    check(unit != nullptr, "add_papers: a candidate's unit is in force on the day");
    const std::vector<Evidence> evidence = evidence_of(ground, one.candidate.id);
    const NominationInput input{
        ground.texts,
        ground.settings.campaign,
        ground.standings,
        one,
        *unit,
        is_officer ? &*officer : nullptr,
        evidence};
    const std::string about =
        fmt::format("{}_{}", file_word(one.candidate.id), file_word(one.award->id));
    if (!options.form.empty()) {
        drafts.push_back(
            {form_file_name(options, about),
             "form",
             one.candidate.id,
             one.award->id,
             {},
             reports::drafts::nomination_values(input),
             figure_ids(*unit)}
        );
        return;
    }
    for (const NominationPart& part : ground.settings.campaign.plan.nomination_parts) {
        const auto paper = reports::drafts::nomination_paper(part.id);
        if (!paper) {
            continue;
        }
        drafts.push_back(
            {fmt::format("{}_{}.docx", part.id, about),
             part.id,
             one.candidate.id,
             one.award->id,
             reports::drafts::nomination(*paper, input),
             {},
             figure_ids(*unit)}
        );
    }
}

/// Whether a draft is wanted: of a candidate that is named always, otherwise unless the award is
/// out of reach.
bool is_wanted(const Options& options, const std::string& named, const rules::Eligibility& one) {
    const bool is_award = options.award.empty() || one.award->id == options.award;
    return is_award &&
           (named.empty() ? one.finding.value != rules::Value::NotMet : one.candidate.id == named);
}

ExitCode hand_out_wanted(
    const Options& options,
    const Ground& ground,
    const std::string& named,
    const std::vector<rules::Eligibility>& evaluated
) {
    std::vector<Draft> drafts;
    for (const rules::Eligibility& one : evaluated) {
        if (is_wanted(options, named, one)) {
            add_papers(drafts, options, ground, one);
        }
    }
    if (drafts.empty()) {
        return report_error(
            {ErrorKind::Usage,
             "nominations draft: no such candidate on that day, or no such award for them; thidua "
             "nominations list lists those that there are"}
        );
    }
    return hand_out(options, drafts, standings_head_json(ground.standings));
}

}  // namespace

ExitCode run_nominations_draft(const Options& options, const config::Settings& settings) {
    const auto texts = texts_of(settings);
    if (!texts) {
        return report_error(texts.error());
    }
    std::string named;
    if (!options.unit.empty()) {
        const auto candidate = find_candidate(settings, options.unit);
        if (!candidate) {
            return report_error(failed("nominations draft", candidate.error()).error());
        }
        named = candidate->id;
    }
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const Instant now = (*session)->clock().now();
    const Instant known_at = options.known_at.value_or(now);
    SharedStore& store = (*session)->store();
    const auto standings =
        standings_of(store, settings, options.as_of.value_or(day_of(now)), known_at);
    const auto evidence = store.call([&](store::Store& file) { return file.evidence(known_at); });
    if (!standings || !evidence) {
        return report_error(standings ? evidence.error() : standings.error());
    }
    const Ground ground{settings, *texts, *standings, *evidence};
    const auto evaluated = eligibility_of(store, settings, ground.standings);
    return evaluated ? hand_out_wanted(options, ground, named, *evaluated)
                     : report_error(evaluated.error());
}

}  // namespace thidua::daemon
