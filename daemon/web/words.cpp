// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/words.hpp"

#include "daemon/job_names.hpp"
#include "daemon/web/words_table.hpp"
#include "reports/action_phrases.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace thidua::daemon::web {
namespace {

/// A Vietnamese number as English readers write it: 1.234,5 % becomes 1,234.5%.
std::string in_english(std::string number) {
    for (char& letter : number) {
        letter = letter == ',' ? '.' : letter == '.' ? ',' : letter;
    }
    if (const auto space = number.find(" %"); space != std::string::npos) {
        number.erase(space, 1);
    }
    return number;
}

/// "q=0.8" as thousandths; 1000 without one.
int quality_of(std::string_view parameters) {
    const auto place = parameters.find("q=");
    if (place == std::string_view::npos) {
        return 1000;
    }
    double quality = 0;
    const std::string_view number = parameters.substr(place + 2);
    (void)std::from_chars(number.data(), number.data() + number.size(), quality);
    return static_cast<int>(std::clamp(quality, 0.0, 1.0) * 1000);
}

/// A word of a closed set, in both languages.
struct Term {
    std::string_view name;
    std::string_view vietnamese;
    std::string_view english;
};

constexpr std::array stored_states{
    Term{"running", "đang chạy", "running"},
    Term{"complete", "xong", "complete"},
    Term{"failed", "lỗi", "failed"},
    Term{"pending", "chờ gửi", "pending"},
    Term{"attempting", "đang gửi", "being sent"},
    Term{"deferred", "sẽ gửi lại", "deferred"},
    Term{"sent", "đã gửi", "sent"},
    Term{"refused", "bị từ chối", "refused"},
    Term{"unknown", "không rõ đã đến chưa", "unknown"},
    Term{"pull", "theo lịch", "pull"},
    Term{"backfill", "lấy bù", "backfill"},
    Term{"replay", "đọc lại", "replay"}};

constexpr std::array error_kinds{
    Term{
        "transient",
        "Tạm thời không kết nối được; sẽ tự thử lại.",
        "Away for the moment; it is "
        "tried again by itself."},
    Term{
        "auth",
        "Bị từ chối đăng nhập; cần người vận hành xem lại tài khoản.",
        "Credentials were refused; somebody has to look."},
    Term{
        "contract",
        "Nguồn trả lời khác cấu trúc đã thống nhất.",
        "The answer does not have the agreed shape."},
    Term{"config", "Cấu hình của nguồn chưa đúng.", "The source's configuration is wrong."},
    Term{
        "data",
        "Số liệu trả về không hợp lệ; đã giữ số liệu cũ.",
        "The data cannot be true; what was known before stays."},
    Term{
        "io",
        "Máy chủ này gặp lỗi ổ đĩa hoặc cơ sở dữ liệu.",
        "This machine's disk or database failed."},
    Term{
        "stopped", "Dừng giữa chừng khi chương trình tắt.", "Cut short when the service stopped."}};

constexpr std::array jobs{
    Term{digest_job_name, "Bản tin tuần", "Weekly digest"},
    Term{unit_editions_job_name, "Bản tin từng đơn vị", "Editions of units"},
    Term{rehearsal_job_name, "Diễn tập báo cáo kết quả", "Rehearsal of the final report"},
    Term{alerts_job_name, "Nhắc đơn vị", "Reminders"},
    Term{backup_job_name, "Sao lưu", "Backup"},
    Term{"freeze:provisional", "Chốt số tạm thời", "Freeze, provisional"},
    Term{"freeze:final", "Chốt số chính thức", "Freeze, final"}};

/// How reasons begin in the ledger.
constexpr std::array reasons{
    std::pair{"overtaken: ", "đã có lượt sau thay thế"},
    std::pair{"missed, and not made up for", "lỡ lượt, không chạy bù"},
    std::pair{"missed: longer ago than the catch-up window", "lỡ lượt đã lâu, không chạy bù nữa"},
    std::pair{"given up when the next fell due: ", "thôi không làm vì đã đến lượt sau"},
    std::pair{"the one before was still under way", "lượt trước chưa xong"},
    std::pair{"to be tried again: ", "sẽ tự thử lại"},
    std::pair{"a source that it counts by is being pulled", "đang lấy số liệu từ nguồn"},
    std::pair{"waits: ", "chờ số liệu"},
    std::pair{"no week of the campaign ended before it", "không có tuần nào của đợt để báo cáo"},
    std::pair{"the provisional report has taken its place", "đã có báo cáo tạm thời thay thế"},
    std::pair{
        "the day before is no day of the campaign", "ngày hôm trước không thuộc đợt thi đua"}};

template <std::size_t Count>
std::string_view find_term(
    const std::array<Term, Count>& terms, std::string_view name, Language language
) {
    const auto term = std::ranges::find(terms, name, &Term::name);
    if (term == terms.end()) {
        return name;
    }
    return language == Language::English ? term->english : term->vietnamese;
}

}  // namespace

Language language_of(std::string_view accept_language) {
    int vietnamese = 0;
    int english = 0;
    while (!accept_language.empty()) {
        const auto comma = accept_language.find(',');
        std::string_view range = accept_language.substr(0, comma);
        accept_language.remove_prefix(
            comma == std::string_view::npos ? accept_language.size() : comma + 1
        );
        range.remove_prefix(std::min(range.find_first_not_of(" \t"), range.size()));
        const int quality = quality_of(range);
        if (range.starts_with("vi")) {
            vietnamese = std::max(vietnamese, quality);
        } else if (range.starts_with("en")) {
            english = std::max(english, quality);
        }
    }
    return english > vietnamese ? Language::English : Language::Vietnamese;
}

std::string_view Words::operator()(Say text) const {
    const SayText& entry = say_table.at(static_cast<std::size_t>(text));
    return is_english() ? entry.english : entry.vietnamese;
}

std::string Words::count(std::int64_t count) const {
    std::string text = reports::format_count(count);
    return is_english() ? in_english(std::move(text)) : text;
}

std::string Words::counts(const Ratio& counts) const {
    return count(counts.numerator) + "/" + count(counts.denominator);
}

std::string Words::ratio(const Ratio& counts) const {
    std::string text = reports::format_ratio(counts, std::nullopt);
    return is_english() ? in_english(std::move(text)) : text;
}

std::string Words::day(Day day) const {
    return is_english() ? to_text(day) : reports::format_day(day);
}

std::string Words::instant(Instant instant) const {
    if (!is_english()) {
        return reports::format_instant(instant);
    }
    const std::string text = to_text(instant);  // 2024-10-18T16:00:00+07:00
    return text.substr(0, 10) + " " + text.substr(11, 5);
}

std::string Words::instant_or_none(const std::optional<Instant>& instant) const {
    return instant ? this->instant(*instant) : "–";
}

std::string Words::bytes(std::size_t bytes) const {
    constexpr std::size_t kilo = 1000;
    if (bytes < kilo * kilo) {
        return fmt::format("{} kB", (bytes + kilo - 1) / kilo);
    }
    const std::size_t tenths = (bytes + kilo * kilo / 10 - 1) / (kilo * kilo / 10);
    return fmt::format("{}{}{} MB", tenths / 10, is_english() ? "." : ",", tenths % 10);
}

std::string Words::value(const reports::Percent& percent) const {
    if (!is_english()) {
        return reports::format_value(percent);
    }
    if (!percent.counts) {
        return std::string((*this)(Say::NoData));
    }
    return percent.counts->denominator == 0
               ? "no activity"
               : in_english(reports::format_ratio(*percent.counts, percent.target));
}

std::string Words::verdict(const reports::Percent& percent) const {
    if (!is_english()) {
        return reports::format_verdict(percent);
    }
    if (percent.verdict == rules::Verdict::Met) {
        return "met";
    }
    return percent.verdict == rules::Verdict::Below ? "below" : "";
}

std::string Words::target(const std::optional<Target>& target) const {
    if (!target) {
        return is_english() ? "no target" : "không giao chỉ tiêu";
    }
    if (!is_english()) {
        return reports::format_target(*target);
    }
    return fmt::format(
        "{} {}",
        target->op == TargetOperator::Above ? "above" : "at least",
        in_english(reports::format_share(target->value))
    );
}

std::string_view Words::fitness(rules::Fitness fitness) const {
    if (!is_english()) {
        return reports::format_fitness(fitness);
    }
    switch (fitness) {
        case rules::Fitness::Final:
            return "final";
        case rules::Fitness::Reconciled:
            return "reconciled";
        case rules::Fitness::Provisional:
            return "provisional";
        case rules::Fitness::Unreconciled:
            return "unreconciled";
        case rules::Fitness::Missing:
            return "no data";
    }
    check(false, "Words::fitness: a known Fitness");
    return "";
}

std::string_view Words::counted(IndicatorKind kind) const {
    if (!is_english()) {
        return reports::counted_noun(kind);
    }
    return kind == IndicatorKind::ServicesOnline ? "services" : "dossiers";
}

std::string Words::gap(const reports::Gap& gap) const {
    if (!is_english()) {
        return reports::gap_phrase(gap);
    }
    if (!gap.convert) {
        return "";
    }
    std::string text = fmt::format("{} more {}", count(*gap.convert), counted(gap.kind));
    return gap.new_all_online
               ? text + fmt::format(" (or {} new ones, all online)", count(*gap.new_all_online))
               : text;
}

std::string Words::expected(const rules::ExpectedNeed& need) const {
    if (!is_english()) {
        return reports::capitalise(reports::expected_phrase(need));
    }
    return need.is_feasible
               ? fmt::format(
                     "of {} dossiers expected, at least {} must count",
                     count(need.volume),
                     count(need.least)
                 )
               : fmt::format("not even all {} dossiers expected suffice", count(need.volume));
}

std::string Words::pace(const rules::Pace& pace, IndicatorKind kind) const {
    if (!is_english()) {
        return reports::capitalise(reports::pace_phrase(pace, kind));
    }
    const std::string_view verdict = pace.verdict == rules::PaceVerdict::Sufficient ? "fast enough"
                                     : pace.verdict == rules::PaceVerdict::TooSlow
                                         ? "too slow"
                                         : "out of reach at the expected volume";
    return fmt::format(
        "{} weeks left; {} {} a week needed; {} in the last {} weeks: {}",
        pace.weeks_left,
        count(pace.needed_per_week),
        counted(kind),
        count(pace.done),
        rules::pace_weeks,
        verdict
    );
}

std::string Words::forecast(const rules::Forecast& forecast, const Target& target) const {
    if (!is_english()) {
        return reports::capitalise(reports::forecast_phrase(forecast, target));
    }
    return fmt::format(
        "{} at the end (tried on {} earlier weeks: off by {}.{:02} points on average)",
        in_english(reports::format_ratio(forecast.at_end, target)),
        forecast.tries,
        forecast.error / 100,
        forecast.error % 100
    );
}

std::string Words::cause(const rules::Cause& cause, std::int64_t missed, IndicatorKind kind) const {
    if (!is_english()) {
        return reports::cause_phrase(cause, missed, kind);
    }
    if (kind == IndicatorKind::ServicesOnline) {
        return cause.received == 0 ? "no dossier yet"
                                   : count(cause.received) + " dossiers, none online";
    }
    return fmt::format(
        "{} dossiers ({} of the gap)", count(cause.missed), ratio({cause.missed, missed})
    );
}

std::string_view Words::state(SourceStatus::State state) const {
    return is_english() ? to_text(state) : reports::format_state(state);
}

std::string_view Words::slot_state(store::SlotState state) const {
    if (is_english()) {
        return store::to_text(state);
    }
    switch (state) {
        case store::SlotState::Running:
            return "đang chạy";
        case store::SlotState::Waiting:
            return "đang chờ";
        case store::SlotState::Delivering:
            return "đang gửi";
        case store::SlotState::Done:
            return "xong";
        case store::SlotState::Sent:
            return "đã gửi";
        case store::SlotState::PartlySent:
            return "gửi thiếu";
        case store::SlotState::Withheld:
            return "không phát hành";
        case store::SlotState::Skipped:
            return "bỏ qua";
        case store::SlotState::Failed:
            return "lỗi";
    }
    check(false, "Words::slot_state: a known SlotState");
    return "";
}

std::string_view Words::stored_state(std::string_view state) const {
    return find_term(stored_states, state, language_);
}

std::string_view Words::error_kind(std::string_view kind) const {
    return find_term(error_kinds, kind, language_);
}

Words::Reason Words::reason(std::string_view reason) const {
    for (const auto& [begins, vietnamese] : reasons) {
        if (!is_english() && reason.starts_with(begins)) {
            return {vietnamese, std::string(reason.substr(std::string_view(begins).size()))};
        }
    }
    return {"", std::string(reason)};
}

std::string Words::job(std::string_view name) const {
    constexpr std::string_view pull = "pull:";
    if (name.starts_with(pull)) {
        return fmt::format(
            "{}: {}", is_english() ? "Pull" : "Lấy số liệu", name.substr(pull.size())
        );
    }
    return std::string(find_term(jobs, name, language_));
}

}  // namespace thidua::daemon::web
