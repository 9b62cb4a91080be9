// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua rules decide
#include "daemon/awards.hpp"
#include "daemon/commands.hpp"
#include "daemon/record_table.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "rules/question.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// What may be decided about such a candidate, a line each.
std::string lines_of(const std::vector<rules::Question>& questions) {
    std::string text;
    for (const rules::Question& question : questions) {
        text += fmt::format("\n    {} ({}): {}", question.key, question.body, question.text);
    }
    return text;
}

/// The question that is meant. Errors: Usage, with those that there are.
Result<rules::Question> find_question(
    const Campaign& campaign, const NamedCandidate& candidate, const std::string& key
) {
    const auto asked = rules::questions(campaign, candidate.subject);
    const auto place = std::ranges::find(asked, key, &rules::Question::key);
    if (place == asked.end()) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "no award asks {} of {}; what a body decides there:{}",
                key,
                candidate.id,
                lines_of(asked)
            )
        );
    }
    if (std::ranges::count(asked, key, &rules::Question::key) > 1) {
        return fail(
            ErrorKind::Usage,
            fmt::format("the campaign lets several bodies decide {}; let one of them", key)
        );
    }
    return *place;
}

Result<Decision> decision_asked(const Options& options, const Service& service) {
    const auto outcome = parse_outcome(options.entry.word);
    if (!outcome || options.by.empty()) {
        return fail(
            ErrorKind::Usage, "say met, not-met or not-applicable, and who records it (--by)"
        );
    }
    const auto candidate = find_candidate(service.settings, options.unit);
    const auto question =
        candidate ? find_question(service.settings.campaign, *candidate, options.entry.question)
                  : std::unexpected(candidate.error());
    if (!question) {
        return std::unexpected(question.error());
    }
    return Decision{
        candidate->id,
        question->key,
        *outcome,
        question->body,
        as_written(options.by),
        service.clock.now(),
        as_written(options.document),
        as_written(options.note)};
}

}  // namespace

ExitCode rules_decide(const Options& options, const Service& service, const Output& output) {
    const auto decision = decision_asked(options, service);
    const auto is_news =
        decision ? service.store.call([&](store::Store& store) { return store.decide(*decision); })
                 : std::unexpected(decision.error());
    if (!is_news) {
        return report_error(output, failed("rules decide", is_news.error()).error());
    }
    if (options.json) {
        output.out(pretty_json(json::object{
            {"candidate", decision->candidate},
            {"question", decision->key},
            {"outcome", to_text(decision->outcome)},
            {"body", decision->body},
            {"by", decision->by},
            {"recorded", *is_news}}));
    } else if (!options.quiet) {
        output.out(fmt::format(
            "{}, {}: {} by the word of {}{}\n",
            decision->candidate,
            decision->key,
            to_text(decision->outcome),
            decision->body,
            *is_news ? "" : "; on file already"
        ));
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
