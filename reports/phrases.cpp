// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/phrases.hpp"

#include "reports/format.hpp"

#include <fmt/format.h>

namespace thidua::reports {

std::vector<std::string> figure_phrases(const KeyFigure& figure) {
    const Percent& value = figure.value;
    const std::string verdict = format_verdict(value);
    std::vector<std::string> phrases{format_mark(value)};
    if (value.counts && value.counts->denominator > 0) {
        phrases.push_back(
            fmt::format("{} {}", format_counts(*value.counts), counted_noun(figure.gap.kind))
        );
    }
    const bool names_target = value.target && verdict.contains(format_target(*value.target));
    if (!names_target) {
        phrases.push_back(
            value.target ? "chỉ tiêu " + format_target(*value.target) : "không giao chỉ tiêu"
        );
    }
    phrases.push_back(verdict);
    std::erase(phrases, "");
    return phrases;
}

std::string change_phrase(const KeyFigure& figure) {
    if (!figure.change) {
        return "";
    }
    if (!is_comparable(*figure.change)) {
        return "chưa so sánh được với tuần trước";
    }
    const bool is_moved = compare(*figure.change->now, *figure.change->before) != 0;
    return format_change(*figure.change) + (is_moved ? " điểm phần trăm" : "") +
           " so với tuần trước";
}

std::string gap_phrase(const Gap& gap) {
    std::string phrase = capitalise(format_gap(gap));
    if (!phrase.empty() && gap.new_all_online) {
        phrase += fmt::format(" (hoặc {} hồ sơ mới)", format_count(*gap.new_all_online));
    }
    return phrase;
}

std::string shortfall_phrase(const Shortfall& shortfall) {
    const std::string gap = format_gap(shortfall.gap);
    return gap.empty() ? format_verdict(shortfall.value) : gap;
}

std::string value_and_mark(const Percent& percent) {
    const std::string mark = format_mark(percent);
    return format_value(percent) + (mark.empty() ? "" : " (" + mark + ")");
}

std::string verdict_and_value(const Percent& percent) {
    const std::string value = format_value(percent);
    if (percent.verdict == rules::Verdict::Met) {
        return "✓ " + value;
    }
    return percent.verdict == rules::Verdict::Below ? "✗ " + value : value;
}

std::string format_freshness(const Freshness& freshness) {
    return std::string(format_state(freshness.state)) + (freshness.is_late ? " (quá hạn)" : "");
}

std::string hidden_phrase(std::int64_t hidden) {
    return fmt::format("và {} đơn vị khác (xem bảng xếp hạng)", format_count(hidden));
}

std::vector<std::string> recipient_lines(const Recipients& recipients) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < recipients.names.size(); ++at) {
        const bool is_last = at + 1 == recipients.names.size();
        lines.push_back("- " + recipients.names[at] + (is_last ? "." : ";"));
    }
    return lines;
}

std::string minutes_line(std::string_view edition, std::string_view manifest_sha256) {
    constexpr std::size_t group = 4;
    std::string line = fmt::format("Báo cáo {}, SHA-256 của bản kê:", edition);
    for (std::size_t at = 0; at < manifest_sha256.size(); at += group) {
        line += " ";
        line += manifest_sha256.substr(at, group);
    }
    return line;
}

std::string join(const std::vector<std::string>& parts, const std::string& between) {
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : between) + part;
    }
    return text;
}

}  // namespace thidua::reports
