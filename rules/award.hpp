// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Whether a candidate has reached what an award asks for: from figures and recorded decisions to
// one of six values, with what each of them rests on. Pure.
#pragma once

#include "core/campaign.hpp"
#include "core/decision.hpp"
#include "rules/standings.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::rules {

/// What is known of a condition. Kleene's logic, with the causes that leave a condition open told
/// apart; the worst of them is named first.
enum class Value {
    Met,            ///< đạt
    NotMet,         ///< không đạt
    NotApplicable,  ///< không áp dụng: left out of what is counted
    Pending,        ///< chờ thẩm định: a body has to decide
    Undetermined,   ///< chưa xác định: the figure is not fit
    Error,          ///< lỗi: what was recorded cannot be true
};

/// "met", "not-met", "not-applicable", "pending", "undetermined", "error"
[[nodiscard]] std::string_view to_text(Value value);

/// Open: it may still become met or not met.
[[nodiscard]] bool is_open(Value value);

/// At least `count` of `terms`, those that do not apply left out: met only if enough are met for
/// certain, not met only if enough cannot be reached. Otherwise the worst of the open causes. Not
/// applicable if no term is.
[[nodiscard]] Value at_least(int count, std::span<const Value> terms);

/// Every term, and any of them.
[[nodiscard]] Value all_of(std::span<const Value> terms);
[[nodiscard]] Value any_of(std::span<const Value> terms);

/// What a condition came to, and why: a tree as the criterion is one.
struct Finding {
    Value value = Value::Error;
    Criterion::Kind kind = Criterion::Kind::Leaf;
    int count = 0;               ///< AtLeast
    std::string text;            ///< the plan's words
    std::string clause;          ///< of the plan
    std::vector<Finding> terms;  ///< of what it is made; also of a leaf with figures

    // Of a leaf:
    int content = 0;  ///< number of the content it asks about; 0: none
    Criterion::Reach reach = Criterion::Reach::Met;
    std::optional<Figure> figure;      ///< that decides it
    std::string decision_key;          ///< what a body has to decide, or has decided
    std::string body;                  ///< id of that body
    std::optional<Decision> decision;  ///< once recorded

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// Who is put forward: a unit with its figures, or an officer, who has none.
struct Candidate {
    std::string id;  ///< a unit's code, or an officer's id
    std::string name;
    Subject subject = Subject::Collective;
    std::span<const Figure> figures;  ///< of a unit
};

/// What an award asks of a candidate, found out. Decisions of other candidates are not looked at;
/// of several on one question the last counts.
struct AwardInput {
    const Campaign& campaign;
    const Award& award;
    const AwardRule& rule;  ///< of `award`, for the candidate's subject
    const Candidate& candidate;
    std::span<const Decision> decisions;
    /// For the final report: a provisional figure decides nothing either.
    bool is_final = false;
};
[[nodiscard]] Finding evaluate(const AwardInput& input);

/// The question that a leaf at `path` (positions from 1, "." between them) puts to a body: that of
/// a content is the same in every award.
[[nodiscard]] std::string decision_key(
    const Award& award, Subject subject, const Criterion& leaf, std::string_view path
);

}  // namespace thidua::rules
