// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua evidence add, list, decide, template
#include "core/codes.hpp"
#include "core/text.hpp"
#include "daemon/awards.hpp"
#include "daemon/commands.hpp"
#include "daemon/evidence_json.hpp"
#include "daemon/evidence_table.hpp"
#include "daemon/record_table.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

std::string allowed_topics(const Campaign& campaign, Subject subject) {
    std::string text;
    for (const Topic& topic : topics(campaign, subject)) {
        text += fmt::format("\n    {}: {}", topic.id, topic.text);
    }
    return text;
}

/// The one that the command line tells of. Errors: Usage, with what is allowed; Io.
Result<Evidence> evidence_told(const Options& options, const Service& service) {
    const auto candidate = find_candidate(service.settings, options.unit);
    if (!candidate) {
        return std::unexpected(candidate.error());
    }
    const Campaign& campaign = service.settings.campaign;
    const auto topic = find_topic(campaign, candidate->subject, options.entry.question);
    if (!topic) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "{} is nothing that evidence is filed for; there are:{}",
                options.entry.question,
                allowed_topics(campaign, candidate->subject)
            )
        );
    }
    Evidence evidence;
    evidence.candidate = candidate->id;
    evidence.topic = topic->id;
    evidence.title = as_written(options.entry.title);
    evidence.text = as_written(options.entry.text);
    evidence.day = options.entry.day;
    evidence.document = as_written(options.document);
    evidence.filed_by = as_written(options.by);
    evidence.filed_at = service.clock.now();
    if (evidence.title.empty() || evidence.text.empty() || evidence.filed_by.empty()) {
        return fail(
            ErrorKind::Usage,
            "say what it is (--title), what was done (--text), who files it (--by)"
        );
    }
    if (!options.file.empty()) {
        if (auto attached = attach(evidence, options.file); !attached) {
            return std::unexpected(attached.error());
        }
    }
    return evidence;
}

ExitCode file_all(
    const Options& options,
    const Service& service,
    const Output& output,
    const std::vector<Evidence>& evidence
) {
    const auto filed =
        service.store.call([&](store::Store& store) { return store.file_evidence(evidence); });
    if (!filed) {
        return report_error(output, filed.error());
    }
    json::array array;
    for (std::size_t at = 0; at < filed->size(); ++at) {
        const store::FiledEvidence& one = (*filed)[at];
        array.push_back({{"id", one.id}, {"new", one.is_new}});
        if (!options.json && !options.quiet) {
            output.out(fmt::format(
                "evidence {}: {}, {}: {}{}\n",
                one.id,
                evidence[at].candidate,
                evidence[at].topic,
                one_line(evidence[at].title),
                one.is_new ? "" : "; on file already"
            ));
        }
    }
    if (options.json) {
        const auto news = std::ranges::count(*filed, true, &store::FiledEvidence::is_new);
        output.out(pretty_json(json::object{
            {"recorded", news},
            {"error_kind", nullptr},
            {"error", nullptr},
            {"mistakes", json::array()},
            {"evidence", std::move(array)}}));
    }
    return ExitCode::Done;
}

ExitCode file_table(const Options& options, const Service& service, const Output& output) {
    const auto handed = read_handed_in(options, evidence_columns());
    if (!handed) {
        return refuse_table(options, output, failed("evidence add", handed.error()).error());
    }
    const std::filesystem::path folder = std::filesystem::path(options.files.front()).parent_path();
    const EvidenceRows rows =
        evidence_rows(handed->table, {service.settings, folder, handed->by, service.clock.now()});
    return rows.mistakes.empty() ? file_all(options, service, output, rows.evidence)
                                 : refuse_rows(options, output, handed->name, rows.mistakes);
}

}  // namespace

ExitCode evidence_add(const Options& options, const Service& service, const Output& output) {
    if (!options.files.empty()) {
        return file_table(options, service, output);
    }
    const auto evidence = evidence_told(options, service);
    return evidence ? file_all(options, service, output, {*evidence})
                    : report_error(output, failed("evidence add", evidence.error()).error());
}

ExitCode evidence_decide(const Options& options, const Service& service, const Output& output) {
    const auto state = parse_evidence_state(options.entry.word);
    const store::Ruling ruling{
        as_written(options.by), service.clock.now(), as_written(options.note)};
    if (!state || *state == EvidenceState::Filed || !options.id || ruling.by.empty() ||
        ruling.note.empty()) {
        return report_error(
            output,
            {ErrorKind::Usage,
             "evidence decide: say accepted or rejected, who decides it (--by) and why (--why)"}
        );
    }
    const auto is_news = service.store.call([&](store::Store& store) {
        return store.rule_on_evidence(*options.id, *state, ruling);
    });
    if (!is_news) {
        return report_error(output, failed("evidence decide", is_news.error()).error());
    }
    if (options.json) {
        output.out(pretty_json(json::object{
            {"id", *options.id}, {"state", thidua::to_text(*state)}, {"recorded", *is_news}}));
    } else if (!options.quiet) {
        output.out(fmt::format(
            "evidence {}: {}{}\n",
            *options.id,
            thidua::to_text(*state),
            *is_news ? "" : "; decided so already"
        ));
    }
    return ExitCode::Done;
}

ExitCode run_evidence_list(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const Instant known_at = options.known_at.value_or(Clock(options.now).now());
    auto filed =
        (*session)->store().call([&](store::Store& store) { return store.evidence(known_at); });
    const auto wanted = options.unit.empty() ? Result<NamedCandidate>(NamedCandidate{})
                                             : find_candidate(settings, options.unit);
    if (!filed || !wanted) {
        return report_error(filed ? wanted.error() : filed.error());
    }
    if (!wanted->id.empty()) {
        std::erase_if(*filed, [&](const Evidence& one) { return one.candidate != wanted->id; });
    }
    json::array array;
    for (const Evidence& evidence : *filed) {
        array.push_back(evidence_json(evidence));
        if (!options.json) {
            fmt::print(
                "{:<16} {:<24} {}; {} {}{}{}\n",
                evidence.candidate,
                evidence.topic,
                evidence_line(evidence),
                one_line(evidence.filed_by),
                thidua::to_text(day_of(evidence.filed_at)),
                evidence.ruled_by.empty() ? "" : "; " + one_line(evidence.ruled_by),
                evidence.why.empty() ? "" : ": " + one_line(evidence.why)
            );
        }
    }
    if (options.json) {
        fmt::print("{}", pretty_json(array));
    }
    return ExitCode::Done;
}

ExitCode run_evidence_template(const Options& options, const config::Settings& settings) {
    const std::string unit = canonical_unit_code(options.unit);
    const bool is_known =
        unit.empty() ||
        std::ranges::find(settings.units, unit, &DatedUnit::code) != settings.units.end();
    if (!is_known) {
        const auto found = find_candidate(settings, unit);
        return report_error(
            found ? Error{ErrorKind::Usage, "evidence template: --unit is a unit's code"}
                  : found.error()
        );
    }
    const EvidenceTemplate form = evidence_template(settings, unit);
    Options named = options;
    named.template_kind = "minh-chung";
    return write_template(named, form.words, form.columns);
}

}  // namespace thidua::daemon
