// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/award.hpp"

#include "core/result.hpp"
#include "rules/question.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace thidua::rules {
namespace {

/// Causes that leave a condition open, the one that is named first last.
Value worst_open(std::span<const Value> terms) {
    Value worst = Value::Pending;
    for (const Value value : terms) {
        worst = is_open(value) ? std::max(worst, value) : worst;
    }
    return worst;
}

Value value_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::Met:
            return Value::Met;
        case Outcome::NotMet:
            return Value::NotMet;
        case Outcome::NotApplicable:
            return Value::NotApplicable;
    }
    return Value::Error;
}

/// A figure that is not fit decides nothing, whatever it says; nor does a provisional one in the
/// end, unless it is provisional because nothing happened that could be compared.
Value value_of(const Figure& figure, Fitness demanded) {
    if (!figure.verdict || (figure.fitness > demanded && !has_nothing_to_compare(figure))) {
        return Value::Undetermined;
        return Value::Undetermined;
    }
    switch (*figure.verdict) {
        case Verdict::Met:
            return Value::Met;
        case Verdict::Below:
            return Value::NotMet;
        case Verdict::NoActivity:
            return Value::NotApplicable;
        case Verdict::Unknown:
            return Value::Undetermined;
    }
    return Value::Error;
}

std::vector<Value> values_of(std::span<const Finding> findings) {
    std::vector<Value> values;
    std::ranges::transform(findings, std::back_inserter(values), &Finding::value);
    return values;
}

class Evaluation {
  public:
    explicit Evaluation(const AwardInput& input) : input_(input) {}

    [[nodiscard]] Finding find(const Criterion& criterion, const std::string& path) const {
        if (criterion.kind == Criterion::Kind::Leaf) {
            return find_leaf(criterion, path);
        }
        Finding finding;
        finding.kind = criterion.kind;
        finding.count = criterion.count;
        finding.text = criterion.text;
        finding.clause = criterion.clause.empty() ? input_.rule.clause : criterion.clause;
        for (std::size_t at = 0; at < criterion.terms.size(); ++at) {
            const std::string number = std::to_string(at + 1);
            finding.terms.push_back(
                find(criterion.terms[at], path.empty() ? number : path + "." + number)
            );
        }
        const std::vector<Value> values = values_of(finding.terms);
        finding.value = criterion.kind == Criterion::Kind::All ? all_of(values)
                        : criterion.kind == Criterion::Kind::Any
                            ? any_of(values)
                            : at_least(criterion.count, values);
        return finding;
    }

  private:
    [[nodiscard]] Finding find_leaf(const Criterion& leaf, const std::string& path) const {
        const Content* content = find_content(leaf.content);
        // What an officer has reached does not follow from the figures of a unit.
        const bool is_measured = content != nullptr && content->kind == Content::Kind::Measured &&
                                 input_.candidate.subject == Subject::Collective;
        const bool is_judged = !leaf.judged_by.empty() ||
                               (content != nullptr && content->kind != Content::Kind::Measured);
        Finding finding = is_measured ? find_measured(*content) : Finding{};
        // Beside the question that it helps to answer, where there is one.
        std::vector<Evidence> evidence =
            evidence_for(decision_key(input_.award, input_.rule.subject, leaf, path));
        if (is_measured && is_judged) {
            Finding said = find_decision(leaf, content, path);
            said.text = leaf.reach == Criterion::Reach::Exceeded ? "được công nhận đạt và vượt"
                                                                 : "được công nhận hoàn thành đạt";
            said.clause = leaf.clause.empty() ? input_.rule.clause : leaf.clause;
            said.evidence = std::move(evidence);
            finding.terms.push_back(std::move(said));
            finding.value = all_of(values_of(finding.terms));
        } else if (is_judged) {
            finding = find_decision(leaf, content, path);
            finding.evidence = std::move(evidence);
        } else {
            finding.evidence = std::move(evidence);
        }
        finding.text = leaf.text.empty() && content != nullptr ? content->text : leaf.text;
        finding.clause = !leaf.clause.empty() ? leaf.clause
                         : content != nullptr ? content->clause
                                              : input_.rule.clause;
        finding.content = leaf.content;
        finding.reach = leaf.reach;
        if (content != nullptr && content->kind == Content::Kind::Counted) {
            finding.reviewed = input_.reviewed;
        }
        return finding;
    }

    [[nodiscard]] std::vector<Evidence> evidence_for(std::string_view key) const {
        const std::string topic = evidence_topic(key);
        std::vector<Evidence> filed;
        std::ranges::copy_if(
            input_.evidence,
            std::back_inserter(filed),
            [&](const Evidence& evidence) {
                return evidence.candidate == input_.candidate.id && evidence.topic == topic;
            }
        );
        return filed;
    }

    [[nodiscard]] const Content* find_content(int number) const {
        const auto& contents = input_.campaign.plan.contents;
        const auto place = std::ranges::find(contents, number, &Content::number);
        return number == 0 || place == contents.end() ? nullptr : &*place;
    }

    [[nodiscard]] Finding find_measured(const Content& content) const {
        Finding finding;
        for (const std::string& indicator : content.indicators) {
            Finding term;
            const auto figure =
                std::ranges::find(input_.candidate.figures, indicator, &Figure::indicator);
            term.value = Value::Undetermined;
            term.text = indicator;
            if (figure != input_.candidate.figures.end()) {
                term.value = value_of(*figure, input_.demanded);
                term.figure = *figure;
            }
            term.clause = content.clause;
            finding.terms.push_back(std::move(term));
        }
        finding.value = all_of(values_of(finding.terms));
        return finding;
    }

    [[nodiscard]] Finding find_decision(
        const Criterion& leaf, const Content* content, const std::string& path
    ) const {
        Finding finding;
        finding.decision_key = decision_key(input_.award, input_.rule.subject, leaf, path);
        finding.body = leaf.judged_by.empty() ? content->judged_by : leaf.judged_by;
        finding.value = Value::Pending;
        for (const Decision& decision : input_.decisions) {
            if (decision.candidate == input_.candidate.id && decision.key == finding.decision_key) {
                finding.decision = decision;
                // The word of a body that is not asked settles nothing.
                finding.value =
                    decision.body == finding.body ? value_of(decision.outcome) : Value::Error;
            }
        }
        return finding;
    }

    const AwardInput& input_;
};

}  // namespace

std::string_view to_text(Value value) {
    switch (value) {
        case Value::Met:
            return "met";
        case Value::NotMet:
            return "not-met";
        case Value::NotApplicable:
            return "not-applicable";
        case Value::Pending:
            return "pending";
        case Value::Undetermined:
            return "undetermined";
        case Value::Error:
            return "error";
    }
    check(false, "to_text: a known Value");
    return "";
}

bool is_open(Value value) {
    return value == Value::Pending || value == Value::Undetermined || value == Value::Error;
}

Value at_least(int count, std::span<const Value> terms) {
    const auto met = std::ranges::count(terms, Value::Met);
    const auto open = std::ranges::count_if(terms, is_open);
    if (std::ranges::count(terms, Value::NotApplicable) == std::ssize(terms)) {
        return Value::NotApplicable;
    }
    if (met >= count) {
        return Value::Met;
    }
    return met + open < count ? Value::NotMet : worst_open(terms);
}

Value all_of(std::span<const Value> terms) {
    const auto idle = std::ranges::count(terms, Value::NotApplicable);
    return at_least(static_cast<int>(std::ssize(terms) - idle), terms);
}

Value any_of(std::span<const Value> terms) {
    return at_least(1, terms);
}

std::string decision_key(
    const Award& award, Subject subject, const Criterion& leaf, std::string_view path
) {
    if (leaf.content != 0) {
        const bool is_met = leaf.reach == Criterion::Reach::Met;
        return "content/" + std::to_string(leaf.content) + (is_met ? "/met" : "/exceeded");
    }
    return award.id + "/" + std::string(to_text(subject)) + "/" + std::string(path);
}

Finding evaluate(const AwardInput& input) {
    return Evaluation(input).find(input.rule.criterion, "");
}

}  // namespace thidua::rules
