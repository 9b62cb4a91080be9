// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/digest_practice.hpp"

#include "core/text.hpp"
#include "reports/digest_facts.hpp"
#include "reports/format.hpp"
#include "rules/award_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <tuple>

namespace thidua::reports {
namespace {

__extension__ using Wide = __int128;

/// How far a share rose, as an exact fraction.
struct Rise {
    Wide part = 0;
    Wide whole = 1;

    friend std::strong_ordering operator<=>(const Rise& left, const Rise& right) {
        return left.part * right.whole <=> right.part * left.whole;
    }
};

Rise rise_of(const Change& change) {
    return {
        Wide{change.now->numerator} * change.before->denominator -
            Wide{change.before->numerator} * change.now->denominator,
        Wide{change.now->denominator} * change.before->denominator};
}

/// What is looked for first comes last.
auto order_of(const Evidence& evidence) {
    const bool is_accepted = evidence.state == EvidenceState::Accepted;
    return std::tuple(is_accepted, evidence.filed_at, evidence.id);
}

std::string describe_evidence(const Evidence* evidence) {
    if (evidence == nullptr) {
        return "Đơn vị chưa nộp minh chứng nào về việc đã làm.";
    }
    return fmt::format(
        "Đơn vị đã nộp minh chứng số {} ({}), “{}”: “{}”.",
        evidence->id,
        rules::vietnamese(evidence->state),
        excerpt(evidence->title, quote_letters_max),
        excerpt(evidence->text, quote_letters_max)
    );
}

}  // namespace

Improver find_improver(const DigestInput& input, const Indicator& indicator) {
    Improver best;
    Rise highest;
    for (const rules::UnitStanding* unit : ranked_units(input)) {
        const auto change = change_of(input, *unit, indicator);
        if (!change || !is_comparable(*change)) {
            continue;
        }
        const Rise rise = rise_of(*change);
        const auto order = rise <=> highest;
        if (order > 0) {
            best = {unit, 0};
            highest = rise;
        } else if (order == 0 && best.unit != nullptr) {
            ++best.others;
        }
    }
    return best;
}

std::string equals_phrase(const Improver& improver) {
    return improver.others > 0 ? fmt::format(", và {} đơn vị khác cùng mức", improver.others) : "";
}

const Evidence* find_practice(std::span<const Evidence> evidence, std::string_view unit) {
    const Evidence* found = nullptr;
    for (const Evidence& one : evidence) {
        const bool is_quotable = one.candidate == unit && one.state != EvidenceState::Rejected;
        if (is_quotable && (found == nullptr || order_of(*found) < order_of(one))) {
            found = &one;
        }
    }
    return found;
}

void add_practice(std::vector<Block>& blocks, const DigestInput& input) {
    const Indicator& indicator = primary_indicator(input);
    const Improver best = find_improver(input, indicator);
    if (best.unit == nullptr) {
        return;
    }
    const Evidence* evidence = find_practice(input.evidence, best.unit->code);
    blocks.emplace_back(Heading{"Cách làm hay"});
    blocks.emplace_back(Paragraph{fmt::format(
        "{} tăng nhiều nhất so với tuần trước: {} {} điểm phần trăm{}. {}",
        best.unit->name,
        short_name(indicator),
        format_change(*change_of(input, *best.unit, indicator)),
        equals_phrase(best),
        describe_evidence(evidence)
    )});
    if (evidence != nullptr) {
        blocks.emplace_back(Note{
            "Trích lời đơn vị tự khai; bản tin không kết luận đó là nguyên nhân của mức tăng."});
    }
}

}  // namespace thidua::reports
