// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua nominations draft
#include "core/hash.hpp"
#include "daemon/awards.hpp"
#include "daemon/commands.hpp"
#include "daemon/draft_files.hpp"
#include "daemon/edition_files.hpp"
#include "daemon/measure.hpp"
#include "daemon/published_json.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "reports/drafts/nomination.hpp"
#include "reports/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

using reports::drafts::NominationInput;

/// A report on the awards that was published.
struct CouncilReport {
    std::string minutes_line;
    rules::Published said;
};

/// What drafts are made of.
struct Ground {
    const config::Settings& settings;
    const Texts& texts;
    rules::Standings standings;
    std::vector<Evidence> evidence;
    std::vector<CouncilReport> reports;  ///< newest first
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

/// The reports of the day that `standings` are as of, newest first.
Result<std::vector<CouncilReport>> council_reports(
    SharedStore& store, const rules::Standings& standings
) {
    const auto summaries = store.call([](store::Store& file) { return file.editions(); });
    if (!summaries) {
        return std::unexpected(summaries.error());
    }
    std::vector<CouncilReport> found;
    for (const store::EditionSummary& summary : *summaries) {
        if (!is_for_council(summary.id) || summary.as_of != standings.as_of) {
            continue;
        }
        const auto manifest = store.call([&](store::Store& file) {
            return file.edition_document(summary.id, manifest_suffix);
        });
        if (!manifest) {
            return std::unexpected(manifest.error());
        }
        auto said = read_published(manifest->value_or(""));
        if (!said) {
            return failed("manifest of " + summary.id, said.error());
        }
        found.push_back(
            {reports::minutes_line(summary.id, sha256_hex(**manifest)), *std::move(said)}
        );
    }
    std::ranges::reverse(found);
    return found;
}

/// True if the report has the unit's figures, each with the same counts.
bool has_figures_of(const CouncilReport& report, const rules::UnitStanding& unit) {
    return std::ranges::all_of(unit.figures, [&](const rules::Figure& figure) {
        return std::ranges::any_of(report.said.figures, [&](const rules::PublishedFigure& one) {
            return one.unit == unit.code && one.indicator == figure.indicator &&
                   one.counts == figure.counts;
        });
    });
}

/// What minutes quote: the newest report with these figures; empty if none has them.
std::string minutes_line_for(const Ground& ground, const rules::UnitStanding& unit) {
    const auto place = std::ranges::find_if(ground.reports, [&](const CouncilReport& report) {
        return has_figures_of(report, unit);
    });
    return place == ground.reports.end() ? "" : place->minutes_line;
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
        evidence,
        minutes_line_for(ground, *unit)};
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
    const auto reports = council_reports(store, *standings);
    if (!reports) {
        return report_error(reports.error());
    }
    const Ground ground{settings, *texts, *standings, *evidence, *reports};
    const auto evaluated = eligibility_of(store, settings, ground.standings);
    return evaluated ? hand_out_wanted(options, ground, named, *evaluated)
                     : report_error(evaluated.error());
}

}  // namespace thidua::daemon
