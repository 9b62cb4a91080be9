// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/format.hpp"

#include <fmt/format.h>

#include <compare>

namespace thidua::reports {
namespace {

// Counts of dossiers are far below 2^57, so products of two counts and a thousand fit.
__extension__ using Wide = __int128;

constexpr std::int64_t tenths_per_whole = 1000;  // tenths of a per cent

enum class Rounding { Down, HalfUp, Up };

/// part/whole of `scale`, as a whole number; neither count is negative.
std::int64_t scaled(const Ratio& counts, std::int64_t scale, Rounding rounding) {
    const Wide exact = Wide{counts.numerator} * scale;
    const Wide whole = counts.denominator;
    switch (rounding) {
        case Rounding::Down:
            return static_cast<std::int64_t>(exact / whole);
        case Rounding::HalfUp:
            return static_cast<std::int64_t>((2 * exact + whole) / (2 * whole));
        case Rounding::Up:
            return static_cast<std::int64_t>((exact + whole - 1) / whole);
    }
    check(false, "scaled: a known Rounding");
    return 0;
}

bool passes(std::strong_ordering order, TargetOperator op) {
    switch (op) {
        case TargetOperator::Above:
            return order > 0;
        case TargetOperator::AtLeast:
            return order >= 0;
    }
    check(false, "passes: a known TargetOperator");
    return false;
}

/// True if the printed figure stands to the target as the exact one does.
bool is_truthful(std::strong_ordering exact, const Ratio& shown, const Target& target) {
    const auto printed = compare(shown, target.value);
    if (exact < 0) {
        return printed < 0;
    }
    if (exact > 0) {
        return printed > 0;
    }
    return passes(printed, target.op) == passes(exact, target.op);
}

std::int64_t truthful_tenths(const Ratio& counts, const std::optional<Target>& target) {
    const std::int64_t nearest = scaled(counts, tenths_per_whole, Rounding::HalfUp);
    if (!target) {
        return nearest;
    }
    const auto exact = compare(counts, target->value);
    if (is_truthful(exact, {nearest, tenths_per_whole}, *target)) {
        return nearest;
    }
    const auto away = passes(exact, target->op) ? Rounding::Up : Rounding::Down;
    return scaled(counts, tenths_per_whole, away);
}

std::string one_decimal(std::int64_t tenths) {
    return fmt::format("{},{}", format_count(tenths / 10), tenths % 10);
}

bool has_activity(const std::optional<Ratio>& counts) {
    return counts && counts->denominator > 0;
}

}  // namespace

std::string format_count(std::int64_t count) {
    const std::string digits = fmt::format("{}", count);
    const std::size_t first = digits.front() == '-' ? 1 : 0;
    std::string text;
    for (std::size_t at = 0; at < digits.size(); ++at) {
        if (at > first && (digits.size() - at) % 3 == 0) {
            text += '.';
        }
        text += digits[at];
    }
    return text;
}

std::string format_counts(const Ratio& counts) {
    return format_count(counts.numerator) + "/" + format_count(counts.denominator);
}

std::string format_ratio(const Ratio& counts, const std::optional<Target>& target) {
    check(counts.numerator >= 0 && counts.denominator > 0, "format_ratio: counts of something");
    return one_decimal(truthful_tenths(counts, target)) + " %";
}

int decimals_needed(const Ratio& counts, const std::optional<Target>& target) {
    constexpr int most = 6;
    std::int64_t scale = tenths_per_whole;
    int decimals = 1;
    for (; target && decimals < most; ++decimals, scale *= 10) {
        const std::int64_t nearest = scaled(counts, scale, Rounding::HalfUp);
        if (is_truthful(compare(counts, target->value), {nearest, scale}, *target)) {
            break;
        }
    }
    return decimals;
}

std::string format_share(const Share& share) {
    constexpr std::int64_t scale = 1'000'000;  // four decimals of a per cent
    const Wide exact = Wide{share.part} * scale;
    if (exact % share.whole != 0) {
        return fmt::format("{}/{}", share.part, share.whole);
    }
    const auto value = static_cast<std::int64_t>(exact / share.whole);
    std::string fraction = fmt::format("{:04}", value % 10'000);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return format_count(value / 10'000) + (fraction.empty() ? "" : "," + fraction) + " %";
}

std::string format_target(const Target& target) {
    switch (target.op) {
        case TargetOperator::Above:
            return "trên " + format_share(target.value);
        case TargetOperator::AtLeast:
            return "từ " + format_share(target.value) + " trở lên";
    }
    check(false, "format_target: a known TargetOperator");
    return "";
}

std::string format_value(const Percent& percent) {
    if (!percent.counts) {
        return "thiếu số liệu";
    }
    if (percent.counts->denominator == 0) {
        return "không phát sinh";
    }
    return format_ratio(*percent.counts, percent.target);
}

std::string format_verdict(const Percent& percent) {
    if (!percent.verdict || !has_activity(percent.counts)) {
        return "";
    }
    switch (*percent.verdict) {
        case rules::Verdict::Met:
            return "đạt";
        case rules::Verdict::Below:
            if (percent.target && compare(*percent.counts, percent.target->value) == 0) {
                return "chưa đạt (phải " + format_target(*percent.target) + ")";
            }
            return "chưa đạt";
        case rules::Verdict::NoActivity:
            return "không phát sinh";
        case rules::Verdict::Unknown:
            return "chưa xác định";
    }
    check(false, "format_verdict: a known Verdict");
    return "";
}

std::string format_mark(const Percent& percent) {
    const bool is_unfit = percent.fitness == rules::Fitness::Missing ||
                          percent.fitness == rules::Fitness::Unreconciled;
    return percent.counts && is_unfit ? std::string(format_fitness(percent.fitness)) : "";
}

bool is_comparable(const Change& change) {
    return has_activity(change.now) && has_activity(change.before);
}

std::string format_change(const Change& change) {
    if (!is_comparable(change)) {
        return "chưa so sánh được";
    }
    const auto order = compare(*change.now, *change.before);
    if (order == 0) {
        return "không đổi";
    }
    const Wide whole = Wide{change.now->denominator} * change.before->denominator;
    const Wide difference = Wide{change.now->numerator} * change.before->denominator -
                            Wide{change.before->numerator} * change.now->denominator;
    const Wide exact = (difference < 0 ? -difference : difference) * tenths_per_whole;
    const auto tenths = static_cast<std::int64_t>((2 * exact + whole) / (2 * whole));
    const std::string sign = order > 0 ? "▲" : "▼";
    return sign + (tenths == 0 ? "<0,1" : one_decimal(tenths));
}

std::string_view counted_noun(IndicatorKind kind) {
    switch (kind) {
        case IndicatorKind::ServicesOnline:
            return "dịch vụ công";
        case IndicatorKind::DossiersOnline:
        case IndicatorKind::PaymentsOnline:
            return "hồ sơ";
    }
    check(false, "counted_noun: a known IndicatorKind");
    return "";
}

std::string format_gap(const Gap& gap) {
    if (!gap.convert) {
        return "";
    }
    return fmt::format("cần thêm {} {}", format_count(*gap.convert), counted_noun(gap.kind));
}

std::string format_day(Day day) {
    const std::chrono::year_month_day date{day};
    return fmt::format(
        "{:02}/{:02}/{:04}",
        static_cast<unsigned>(date.day()),
        static_cast<unsigned>(date.month()),
        static_cast<int>(date.year())
    );
}

std::string format_days(Day from, Day to) {
    if (from == to) {
        return format_day(to);
    }
    const std::string first = format_day(from);
    const std::string last = format_day(to);
    const std::size_t year = first.rfind('/');
    const bool is_of_one_year = first.substr(year) == last.substr(year);
    return first.substr(0, is_of_one_year ? year : first.size()) + "–" + last;
}

std::string format_instant(Instant instant) {
    const Day day = day_of(instant);
    const std::chrono::hh_mm_ss time{instant - first_instant(day)};
    return fmt::format(
        "{:02}:{:02} {}", time.hours().count(), time.minutes().count(), format_day(day)
    );
}

std::string format_week(IsoWeek week, int usual_year) {
    if (week.year == usual_year) {
        return fmt::format("Tuần {:02}", week.week);
    }
    return fmt::format("Tuần {:02}/{}", week.week, week.year);
}

std::string_view format_fitness(rules::Fitness fitness) {
    switch (fitness) {
        case rules::Fitness::Final:
            return "đã chốt";
        case rules::Fitness::Reconciled:
            return "đã đối soát";
        case rules::Fitness::Provisional:
            return "tạm tính";
        case rules::Fitness::Unreconciled:
            return "chưa đối soát";
        case rules::Fitness::Missing:
            return "thiếu số liệu";
    }
    check(false, "format_fitness: a known Fitness");
    return "";
}

std::string_view format_status(rules::Fitness fitness) {
    switch (fitness) {
        case rules::Fitness::Final:
            return "ĐÃ CHỐT";
        case rules::Fitness::Reconciled:
            return "ĐÃ ĐỐI SOÁT";
        case rules::Fitness::Provisional:
            return "TẠM TÍNH";
        case rules::Fitness::Unreconciled:
            return "CHƯA ĐỐI SOÁT";
        case rules::Fitness::Missing:
            return "THIẾU SỐ LIỆU";
    }
    check(false, "format_status: a known Fitness");
    return "";
}

std::string_view format_state(SourceStatus::State state) {
    switch (state) {
        case SourceStatus::State::Fresh:
            return "cập nhật đủ";
        case SourceStatus::State::Stale:
            return "chậm cập nhật";
        case SourceStatus::State::Failed:
            return "lần lấy gần nhất bị lỗi";
        case SourceStatus::State::Never:
            return "chưa từng có số liệu";
    }
    check(false, "format_state: a known State");
    return "";
}

std::string capitalise(std::string_view text) {
    constexpr std::string_view small_d = "đ";
    if (text.starts_with(small_d)) {
        return "Đ" + std::string(text.substr(small_d.size()));
    }
    std::string capital(text);
    if (!capital.empty() && capital.front() >= 'a' && capital.front() <= 'z') {
        capital.front() = static_cast<char>(capital.front() - 'a' + 'A');
    }
    return capital;
}

}  // namespace thidua::reports
