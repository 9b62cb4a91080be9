// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua rules eval, explain
#include "core/text.hpp"
#include "daemon/award_json.hpp"
#include "daemon/awards.hpp"
#include "daemon/commands.hpp"
#include "daemon/evidence_json.hpp"
#include "daemon/measure.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "rules/award_text.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// How a condition is made of those below it.
std::string connective(const rules::Finding& finding) {
    switch (finding.kind) {
        case Criterion::Kind::All:
            return "tất cả";
        case Criterion::Kind::Any:
            return "một trong";
        case Criterion::Kind::AtLeast:
            return fmt::format("từ {:02} trong {:02}", finding.count, finding.terms.size());
        case Criterion::Kind::Leaf:
            break;
    }
    return "";
}

std::string figure_and_id(const rules::Figure& figure) {
    return fmt::format(
        "{} {} ({})",
        figure.indicator,
        figure.counts ? fmt::format("{}/{}", figure.counts->numerator, figure.counts->denominator)
                      : "thiếu số liệu",
        figure.id
    );
}

/// "quyết định của Hội đồng …, số 12/BB, ghi nhận bởi An lúc …", or the body that is waited for.
std::string decision_text(const rules::Finding& finding, const Plan& plan) {
    if (finding.body.empty()) {
        return "";
    }
    if (!finding.decision) {
        return fmt::format(": {} <{}>", name_of_body(plan, finding.body), finding.decision_key);
    }
    const Decision& decision = *finding.decision;
    return fmt::format(
        ": {}{}, {} ghi nhận {}{}",
        name_of_body(plan, decision.body),
        decision.document.empty() ? "" : ", văn bản " + decision.document,
        decision.by,
        to_text(decision.at),
        decision.note.empty() ? "" : ": " + one_line(decision.note)
    );
}

/// What stands below a leaf, whoever decides it: what was counted and what was filed.
void print_leaf(const rules::Finding& finding, std::size_t depth) {
    if (finding.reviewed) {
        fmt::print("{:{}}{}\n", "", 2 * depth, rules::review_text(*finding.reviewed));
    }
    for (const Evidence& evidence : finding.evidence) {
        fmt::print("{:{}}{}\n", "", 2 * depth, evidence_line(evidence));
    }
    const bool is_awaited = finding.value == rules::Value::Pending && !finding.decision_key.empty();
    if (is_awaited && finding.evidence.empty()) {
        fmt::print("{:{}}chưa có minh chứng\n", "", 2 * depth);
    }
}

void print_tree(const rules::Finding& finding, const Plan& plan, std::size_t depth) {
    std::string what = finding.figure ? figure_and_id(*finding.figure) : finding.text;
    const std::string of = connective(finding);
    if (what.empty()) {
        what = of;
    } else if (!of.empty()) {
        what += " (" + of + ")";
    }
    fmt::print(
        "{:{}}{:<14} {}{}{}\n",
        "",
        2 * depth,
        rules::vietnamese(finding.value),
        what,
        finding.clause.empty() || finding.figure ? "" : " [mục " + finding.clause + "]",
        decision_text(finding, plan)
    );
    print_leaf(finding, depth + 8);  // below the words, behind the value
    for (const rules::Finding& term : finding.terms) {
        print_tree(term, plan, depth + 1);
    }
}

void print_all(const Options& options, const std::vector<rules::Eligibility>& evaluated) {
    json::array array;
    for (const rules::Eligibility& one : evaluated) {
        array.push_back(eligibility_json(one));
        if (!options.json) {
            fmt::print(
                "{:<16} {:<10} {}: {}\n",
                one.candidate.id,
                one.award->id,
                one.candidate.name,
                rules::verdict_text(one.finding)
            );
        }
    }
    if (options.json) {
        fmt::print("{}", pretty_json(array));
    }
}

/// The one that is asked for. Errors: Usage if there is none.
Result<void> print_one(
    const Options& options, const Plan& plan, const std::vector<rules::Eligibility>& evaluated
) {
    const auto one = std::ranges::find_if(evaluated, [&](const rules::Eligibility& each) {
        return each.candidate.id == options.unit && each.award->id == options.award;
    });
    if (one == evaluated.end()) {
        return fail(
            ErrorKind::Usage,
            "rules explain: no such candidate, or no such award for them; thidua rules eval lists "
            "those that there are"
        );
    }
    if (options.json) {
        json::object object = eligibility_json(*one);
        object["finding"] = finding_json(one->finding);
        fmt::print("{}", pretty_json(object));
        return {};
    }
    fmt::print(
        "{}, {}: {}\n", one->award->name, one->candidate.name, rules::verdict_text(one->finding)
    );
    print_tree(one->finding, plan, 0);
    return {};
}

}  // namespace

ExitCode run_rules(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const Instant now = Clock(options.now).now();
    const Instant known_at = options.known_at.value_or(now);
    const Day day = options.as_of.value_or(day_of(known_at));
    const auto standings = standings_of((*session)->store(), settings, day, known_at);
    const auto evaluated = standings ? eligibility_of((*session)->store(), settings, *standings)
                                     : std::unexpected(standings.error());
    if (!evaluated) {
        return report_error(evaluated.error());
    }
    if (options.command == Command::RulesEval) {
        print_all(options, *evaluated);
        return ExitCode::Done;
    }
    const auto printed = print_one(options, settings.campaign.plan, *evaluated);
    return printed ? ExitCode::Done : report_error(printed.error());
}

}  // namespace thidua::daemon
