// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/question.hpp"

#include "rules/award.hpp"

#include <algorithm>

namespace thidua::rules {
namespace {

void collect(
    const Finding& finding,
    const Finding& leaf,
    const std::string& award,
    std::vector<Question>& questions
) {
    if (!finding.decision_key.empty()) {
        const auto place = std::ranges::find_if(questions, [&](const Question& known) {
            return known.key == finding.decision_key && known.body == finding.body;
        });
        if (place == questions.end()) {
            questions.push_back(
                {finding.decision_key, finding.body, leaf.text, leaf.clause, {award}}
            );
        } else if (std::ranges::find(place->awards, award) == place->awards.end()) {
            place->awards.push_back(award);
        }
    }
    for (const Finding& term : finding.terms) {
        collect(term, finding.kind == Criterion::Kind::Leaf ? leaf : term, award, questions);
    }
}

}  // namespace

std::vector<Question> questions(const Campaign& campaign, Subject subject) {
    Candidate nobody;
    nobody.subject = subject;
    std::vector<Question> asked;
    for (const Award& award : campaign.plan.awards) {
        for (const AwardRule& rule : award.rules) {
            if (rule.subject == subject) {
                const Finding finding = evaluate({campaign, award, rule, nobody, {}});
                collect(finding, finding, award.id, asked);
            }
        }
    }
    return asked;
}

std::string evidence_topic(std::string_view key) {
    constexpr std::string_view content = "content/";
    const std::size_t end = key.starts_with(content) ? key.find('/', content.size()) : key.size();
    return std::string(key.substr(0, end));
}

}  // namespace thidua::rules
