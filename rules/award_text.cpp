// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/award_text.hpp"

#include "core/result.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <vector>

namespace thidua::rules {
namespace {

/// What keeps a finding open, and what its figures say.
struct Open {
    std::set<int> contents;          ///< numbers of contents that a body has yet to judge
    std::vector<std::string> words;  ///< other conditions that it has yet to judge
    bool has_figures = false;
    bool are_figures_met = true;
};

void look_at(const Finding& finding, const Finding& leaf, Open& open) {
    if (finding.figure) {
        open.has_figures = true;
        open.are_figures_met = open.are_figures_met && (finding.value == Value::Met ||
                                                        finding.value == Value::NotApplicable);
    }
    const bool is_question = !finding.decision_key.empty();
    if (is_question && finding.value == Value::Pending && leaf.content != 0) {
        open.contents.insert(leaf.content);
    } else if (is_question && finding.value == Value::Pending) {
        open.words.push_back(leaf.text);
    }
    const bool is_settled = finding.value == Value::Met || finding.value == Value::NotMet;
    for (const Finding& term : finding.terms) {
        // Below a condition that is settled nothing is waited for; its figures still count.
        const bool is_leaf = finding.kind == Criterion::Kind::Leaf;
        if (!is_settled || term.figure) {
            look_at(term, is_leaf ? leaf : term, open);
        }
    }
}

/// "2-5", "2, 4-5"
std::string ranges(const std::set<int>& numbers) {
    std::string text;
    for (auto first = numbers.begin(); first != numbers.end();) {
        auto last = first;
        while (std::next(last) != numbers.end() && *std::next(last) == *last + 1) {
            ++last;
        }
        text += (text.empty() ? "" : ", ") + std::to_string(*first);
        text += last == first ? "" : "-" + std::to_string(*last);
        first = std::next(last);
    }
    return text;
}

std::string pending_text(const Finding& finding) {
    Open open;
    look_at(finding, finding, open);
    std::string text = open.has_figures && open.are_figures_met ? "đủ điều kiện về số liệu" : "";
    const auto add = [&](const std::string& what) { text += (text.empty() ? "" : "; ") + what; };
    if (!open.contents.empty()) {
        add("chờ thẩm định nội dung " + ranges(open.contents));
    }
    for (const std::string& words : open.words) {
        add("chờ thẩm định “" + words + "”");
    }
    return text;
}

}  // namespace

std::string_view vietnamese(Value value) {
    switch (value) {
        case Value::Met:
            return "đạt";
        case Value::NotMet:
            return "không đạt";
        case Value::NotApplicable:
            return "không áp dụng";
        case Value::Pending:
            return "chờ thẩm định";
        case Value::Undetermined:
            return "chưa xác định";
        case Value::Error:
            return "lỗi";
    }
    check(false, "vietnamese: a known Value");
    return "";
}

std::string verdict_text(const Finding& finding) {
    switch (finding.value) {
        case Value::Met:
            return "đủ điều kiện";
        case Value::NotMet:
            return "không đủ điều kiện";
        case Value::NotApplicable:
            return "không áp dụng";
        case Value::Pending:
            return pending_text(finding);
        case Value::Undetermined:
            return "chưa xác định: số liệu chưa đủ căn cứ";
        case Value::Error:
            return "lỗi: có quyết định ghi nhận không hợp lệ";
    }
    check(false, "verdict_text: a known Value");
    return "";
}

std::string_view vietnamese(EvidenceState state) {
    switch (state) {
        case EvidenceState::Filed:
            return "đã nộp";
        case EvidenceState::Accepted:
            return "được chấp nhận";
        case EvidenceState::Rejected:
            return "không được chấp nhận";
    }
    check(false, "vietnamese: a known EvidenceState");
    return "";
}

std::string review_text(const ReviewCounts& counts) {
    return "đã rà soát " + std::to_string(counts.reviewed) + "/" +
           std::to_string(counts.to_review) +
           " TTHC chưa cung cấp toàn trình; đề nghị toàn trình " + std::to_string(counts.proposed) +
           "; được chấp thuận " + std::to_string(counts.approved);
}

}  // namespace thidua::rules
