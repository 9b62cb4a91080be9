// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/digest_restatements.hpp"

#include "reports/digest_facts.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"
#include "rules/figure_id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <tuple>

namespace thidua::reports {
namespace {

constexpr std::string_view section_title = "Số liệu tuần trước đã điều chỉnh";

using Said = std::optional<rules::PublishedFigure>;

const rules::PublishedFigure& any_of(const rules::Restatement& restatement) {
    return restatement.figure.now ? *restatement.figure.now : *restatement.figure.before;
}

bool is_of_total(const rules::Restatement& restatement) {
    return any_of(restatement).unit == rules::total_unit;
}

bool is_met(const Said& figure) {
    return figure && rules::verdict_called(figure->verdict) == rules::Verdict::Met;
}

std::int64_t magnitude(std::int64_t count) {
    return count < 0 ? -count : count;
}

/// By how many cases it moved, each way for itself.
std::int64_t cases_of(const rules::Restatement& restatement) {
    std::int64_t cases = 0;
    for (const rules::CauseShare& cause : restatement.causes) {
        cases += magnitude(cause.numerator) + magnitude(cause.denominator);
    }
    return cases;
}

/// The worst is the least.
auto badness(const rules::Restatement& restatement) {
    const auto& [before, now] = restatement.figure;
    const int verdict = is_met(before) && !is_met(now)        ? 0
                        : rules::changes_verdict(restatement) ? 1
                                                              : 2;
    return std::tuple(verdict, !is_of_total(restatement), -cases_of(restatement));
}

/// The whole moved in the same way.
bool is_repeated_by_total(const DigestInput& input, const rules::Restatement& root) {
    return std::ranges::any_of(input.restated, [&](const rules::Restatement& one) {
        return is_of_total(one) && any_of(one).indicator == any_of(root).indicator &&
               one.causes == root.causes;
    });
}

std::string_view words_of(rules::RestatementCause cause) {
    switch (cause) {
        case rules::RestatementCause::FirstAnswer:
            return "khi công bố chưa có số liệu của nguồn";
        case rules::RestatementCause::Configuration:
            return "cấu hình, cách tính thay đổi";
        case rules::RestatementCause::UnitMapping:
            return "mã đơn vị được ánh xạ lại";
        case rules::RestatementCause::Procedures:
            return "danh mục thủ tục thay đổi";
        case rules::RestatementCause::LateDossier:
            return "hồ sơ ghi nhận muộn";
        case rules::RestatementCause::Withdrawn:
            return "hồ sơ rút, bị từ chối hoặc trùng";
        case rules::RestatementCause::OtherUnit:
            return "hồ sơ chuyển đơn vị";
        case rules::RestatementCause::Corrected:
            return "hồ sơ được sửa kênh nộp, thủ tục, phí hoặc ngày tiếp nhận";
        case rules::RestatementCause::LatePayment:
            return "thanh toán ghi nhận muộn";
        case rules::RestatementCause::ReturnedPayment:
            return "thanh toán bị hoàn, hủy";
        case rules::RestatementCause::Unknown:
            return "chưa rõ nguyên nhân";
    }
    check(false, "words_of: a known RestatementCause");
    return "";
}

/// "tử số +1", "mẫu số −2"; empty for 0.
std::string moved_by(std::string_view what, std::int64_t count) {
    return count == 0 ? ""
                      : fmt::format(
                            "{} {}{}", what, count < 0 ? "−" : "+", format_count(magnitude(count))
                        );
}

std::optional<Target> target_of(const DigestInput& input, const rules::PublishedFigure& figure) {
    if (input.previous == nullptr) {
        return std::nullopt;
    }
    const auto& units = input.previous->units;
    const auto place = std::ranges::find(units, figure.unit, &rules::UnitStanding::code);
    const rules::UnitStanding* unit = figure.unit == rules::total_unit ? &input.previous->total
                                      : place == units.end()           ? nullptr
                                                                       : &*place;
    if (unit == nullptr) {
        return std::nullopt;
    }
    const auto one = std::ranges::find(unit->figures, figure.indicator, &rules::Figure::indicator);
    return one == unit->figures.end() ? std::nullopt : one->target;
}

Cell cell_of(const DigestInput& input, const Said& figure, const char* otherwise) {
    if (!figure) {
        return Text{otherwise};
    }
    return Percent{
        .figure = "",
        .counts = figure->counts,
        .target = target_of(input, *figure),
        .verdict = rules::verdict_called(figure->verdict),
        .fitness = figure->fitness};
}

Table restatements_table(
    const DigestInput& input, const std::vector<const rules::Restatement*>& told
) {
    Table table{
        .label_title = "Đơn vị – chỉ tiêu",
        .columns = {"Đã công bố", "Nay là", "Nguyên nhân"},
        .rows = {}};
    for (std::size_t at = 0; at < std::min(told.size(), restatements_max); ++at) {
        table.rows.push_back({
            .kind = Table::RowKind::Plain,
            .rank = std::nullopt,
            .label = restated_unit(*told[at]) + " – " + restated_indicator(input, *told[at]),
            .cells =
                {cell_of(input, told[at]->figure.before, not_published),
                 cell_of(input, told[at]->figure.now, not_counted_now),
                 Text{restatement_causes(*told[at])}},
        });
    }
    return table;
}

}  // namespace

std::vector<const rules::Restatement*> restatements_told(const DigestInput& input) {
    std::vector<const rules::Restatement*> told;
    const std::string root = input.standings.units.empty() ? "" : input.standings.units[0].code;
    for (const rules::Restatement& one : input.restated) {
        if (any_of(one).unit != root || !is_repeated_by_total(input, one)) {
            told.push_back(&one);
        }
    }
    std::ranges::stable_sort(told, {}, [](const rules::Restatement* one) { return badness(*one); });
    return told;
}

std::string restated_unit(const rules::Restatement& restatement) {
    return is_of_total(restatement) ? "Toàn cơ quan" : any_of(restatement).unit_name;
}

std::string restated_indicator(const DigestInput& input, const rules::Restatement& restatement) {
    const std::string& id = any_of(restatement).indicator;
    const auto place = std::ranges::find(input.campaign.indicators, id, &Indicator::id);
    return place == input.campaign.indicators.end() ? id : std::string(short_name(*place));
}

std::string restatement_causes(const rules::Restatement& restatement) {
    std::vector<std::string> causes;
    for (const rules::CauseShare& cause : restatement.causes) {
        std::vector<std::string> moved{
            moved_by("tử số", cause.numerator), moved_by("mẫu số", cause.denominator)};
        std::erase(moved, "");
        causes.push_back(
            std::string(words_of(cause.cause)) + (moved.empty() ? "" : ": " + join(moved, ", "))
        );
    }
    return capitalise(join(causes, "; "));
}

std::optional<Bullets::Item> restatements_hint(const DigestInput& input) {
    const std::vector<const rules::Restatement*> told = restatements_told(input);
    if (told.empty()) {
        return std::nullopt;
    }
    const auto verdicts = std::ranges::count_if(told, [](const rules::Restatement* one) {
        return rules::changes_verdict(*one);
    });
    return Bullets::Item{
        "Điều chỉnh",
        fmt::format(
            "{} số liệu tuần trước nay khác với bản tin đã gửi{} (xem mục “{}”).",
            format_count(std::ssize(told)),
            verdicts == 0 ? "" : fmt::format(", trong đó {} đổi kết luận", format_count(verdicts)),
            section_title
        )};
}

void add_restatements(std::vector<Block>& blocks, const DigestInput& input) {
    const std::vector<const rules::Restatement*> told = restatements_told(input);
    if (told.empty() || input.previous == nullptr) {
        return;
    }
    const Day before = input.previous->as_of;
    blocks.emplace_back(Heading{std::string(section_title)});
    blocks.emplace_back(restatements_table(input, told));
    std::string note = fmt::format(
        "Số liệu đến hết ngày {}: bản tin {} theo ghi nhận đến {}, nay theo ghi nhận đến {}. Bản "
        "tin đã gửi được giữ nguyên.",
        format_day(before),
        name_week(input.campaign, week_of(before)),
        format_instant(input.previous->known_at),
        format_instant(input.standings.known_at)
    );
    if (told.size() > restatements_max) {
        note += fmt::format(
            " Còn {} số liệu khác đã điều chỉnh: xem trang “Điều chỉnh” của bảng tính kèm theo.",
            format_count(std::ssize(told) - static_cast<std::ptrdiff_t>(restatements_max))
        );
    }
    blocks.emplace_back(Note{note});
}

}  // namespace thidua::reports
