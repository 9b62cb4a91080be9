// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/award_json.hpp"

#include "daemon/evidence_json.hpp"
#include "daemon/json_values.hpp"
#include "daemon/reviews.hpp"
#include "rules/award_text.hpp"

#include <boost/json.hpp>

#include <string>
#include <utility>

namespace thidua::daemon {

namespace json = boost::json;

namespace {

json::object decision_json(const Decision& decision) {
    return {
        {"outcome", to_text(decision.outcome)},
        {"body", decision.body},
        {"by", decision.by},
        {"at", to_text(decision.at)},
        {"document", text_or_null(decision.document)},
        {"note", text_or_null(decision.note)}};
}

}  // namespace

boost::json::object finding_json(const rules::Finding& finding) {
    json::array terms;
    for (const rules::Finding& term : finding.terms) {
        terms.push_back(finding_json(term));
    }
    json::array evidence;
    for (const Evidence& one : finding.evidence) {
        evidence.push_back(evidence_json(one));
    }
    return {
        {"value", rules::to_text(finding.value)},
        {"text", text_or_null(finding.text)},
        {"clause", text_or_null(finding.clause)},
        {"at_least", finding.count == 0 ? json::value() : json::value(finding.count)},
        {"figure", finding.figure ? json::value(finding.figure->id) : json::value()},
        {"judged_by", text_or_null(finding.body)},
        {"question", text_or_null(finding.decision_key)},
        {"decision",
         finding.decision ? json::value(decision_json(*finding.decision)) : json::value()},
        {"evidence", std::move(evidence)},
        {"reviewed",
         finding.reviewed ? json::value(review_json(*finding.reviewed)) : json::value()},
        {"terms", std::move(terms)}};
}

boost::json::object eligibility_json(const rules::Eligibility& one) {
    return {
        {"candidate", one.candidate.id},
        {"name", one.candidate.name},
        {"subject", to_text(one.candidate.subject)},
        {"award", one.award->id},
        {"value", rules::to_text(one.finding.value)},
        {"verdict", rules::verdict_text(one.finding)}};
}

}  // namespace thidua::daemon
