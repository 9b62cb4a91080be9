// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/digest_facts.hpp"
#include "reports/digest_news.hpp"
#include "reports/format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports {
namespace {

std::string status_tag(rules::Fitness fitness) {
    switch (fitness) {
        case rules::Fitness::Final:
        case rules::Fitness::Reconciled:
            return "";
        case rules::Fitness::Provisional:
        case rules::Fitness::Unreconciled:
        case rules::Fitness::Missing:
            return fmt::format("[{}] ", format_status(fitness));
    }
    check(false, "status_tag: a known Fitness");
    return "";
}

/// How the targets of the whole stand.
struct TargetCount {
    int targets = 0;
    int met = 0;
    int no_activity = 0;
    int unknown = 0;
    bool is_fit = true;
};

TargetCount count_targets(const rules::UnitStanding& total) {
    TargetCount count;
    for (const rules::Figure& figure : total.figures) {
        if (!figure.target) {
            continue;
        }
        ++count.targets;
        count.is_fit = count.is_fit && is_fit(figure);
        if (!figure.counts) {
            ++count.unknown;
        } else if (figure.verdict == rules::Verdict::NoActivity) {
            ++count.no_activity;
        } else if (figure.verdict == rules::Verdict::Met) {
            ++count.met;
        }
    }
    return count;
}

std::string verdict_on_total(const TargetCount& count) {
    if (count.targets == 0) {
        return "kế hoạch không giao chỉ tiêu để đánh giá";
    }
    if (count.unknown == count.targets) {
        return "chưa đánh giá được: thiếu số liệu";
    }
    std::string text;
    if (count.met == count.targets) {
        text = count.targets == 1 ? "đạt chỉ tiêu được giao"
                                  : fmt::format("đạt cả {} chỉ tiêu được giao", count.targets);
    } else if (count.targets == 1) {
        text = count.no_activity == 1 ? "chưa phát sinh" : "chưa đạt chỉ tiêu được giao";
    } else {
        text = fmt::format("đạt {}/{} chỉ tiêu được giao", count.met, count.targets);
    }
    if (count.unknown > 0) {
        text += fmt::format(", {} chỉ tiêu thiếu số liệu", count.unknown);
    }
    if (count.no_activity > 0 && count.targets > 1) {
        text += fmt::format(", {} chỉ tiêu không phát sinh", count.no_activity);
    }
    return text;
}

bool is_known(const rules::UnitStanding& unit) {
    return std::ranges::all_of(unit.figures, [](const rules::Figure& figure) {
        return !figure.target || figure.counts.has_value();
    });
}

/// "4/9 đơn vị chưa đạt"; says that none is below only if every unit is known.
std::string verdict_on_units(const DigestInput& input) {
    const auto ranked = ranked_units(input);
    const std::size_t below = units_below(input).size();
    if (below > 0) {
        return fmt::format("{}/{} đơn vị chưa đạt", below, ranked.size());
    }
    const bool all_known = std::ranges::all_of(ranked, [](const rules::UnitStanding* unit) {
        return is_known(*unit);
    });
    const bool has_targets = std::ranges::any_of(ranked, [](const rules::UnitStanding* unit) {
        return std::ranges::any_of(unit->figures, [](const rules::Figure& figure) {
            return figure.verdict == rules::Verdict::Met && figure.target;
        });
    });
    return all_known && has_targets ? "không đơn vị nào chưa đạt" : "";
}

}  // namespace

std::string compose_subject(const DigestInput& input) {
    const Indicator& indicator = primary_indicator(input);
    const rules::UnitStanding& total = input.standings.total;
    const Percent value = percent_of(total, indicator);
    std::string subject = status_tag(input.standings.fitness);
    subject += input.is_late ? "[GỬI BÙ] " : "";
    const bool is_number = value.counts && value.counts->denominator > 0;
    subject += fmt::format(
        "[{}] {}{} {}",
        name_week(input.campaign, input.week),
        short_name(indicator),
        is_number ? "" : ":",
        format_value(value)
    );
    const auto change = change_of(input, total, indicator);
    if (change && is_comparable(*change)) {
        subject += fmt::format(" ({})", format_change(*change));
    }
    const Gap gap = gap_of(total, indicator);
    if (gap.convert) {
        subject +=
            fmt::format(" – thiếu {} {}", format_count(*gap.convert), counted_noun(gap.kind));
    } else if (const std::string verdict = format_verdict(value); !verdict.empty()) {
        subject += " – " + verdict;
    }
    const std::size_t below = units_below(input).size();
    return subject + (below > 0 ? fmt::format(" – {} đơn vị chưa đạt", below) : "");
}

Headline compose_headline(const DigestInput& input) {
    const TargetCount count = count_targets(input.standings.total);
    const bool is_partial = !count.is_fit && count.unknown < count.targets;
    std::string text = verdict_on_total(count);
    if (const std::string units = verdict_on_units(input); !units.empty()) {
        text += "; " + units;
    }
    text = is_partial ? "Theo số liệu chưa đủ: " + text : capitalise(text);
    auto tone = Headline::Tone::Open;
    if (count.is_fit && count.targets > count.no_activity) {
        tone = count.met == count.targets && units_below(input).empty() ? Headline::Tone::Good
                                                                        : Headline::Tone::Bad;
    }
    return {tone, text + "."};
}

}  // namespace thidua::reports
