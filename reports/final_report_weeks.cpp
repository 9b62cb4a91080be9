// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/final_report_weeks.hpp"

#include "core/result.hpp"
#include "reports/digest_facts.hpp"
#include "reports/final_report_grounds.hpp"
#include "reports/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

namespace thidua::reports {
namespace {

using rules::WeekTest;

/// "100", "100,5"
std::string format_median(const Ratio& median) {
    const bool is_between = median.denominator == 2;
    return format_count(median.numerator / median.denominator) + (is_between ? ",5" : "");
}

/// "gấp 4,1 lần trung vị 100 của 12 tuần trước": never more than it is, and no measure if the
/// median is 0. `weeks` is how many have the cases.
std::string describe_times(const rules::Irregularity& one, std::int64_t weeks) {
    const Ratio& median = one.usual;
    if (median.numerator == 0) {
        return fmt::format("trong khi trung vị của {} tuần trước là 0", one.weeks_before);
    }
    const std::int64_t tenths =
        one.found.numerator * median.denominator * 10 / (median.numerator * weeks);
    return fmt::format(
        "gấp {},{} lần {}trung vị {} của {} tuần trước",
        format_count(tenths / 10),
        tenths % 10,
        weeks == 1 ? "" : "mức của ngần ấy tuần theo ",
        format_median(median),
        one.weeks_before
    );
}

/// What an indicator's denominator counts, and what its numerator does.
std::pair<std::string_view, std::string_view> nouns_of(
    const Campaign& campaign, std::string_view indicator
) {
    const auto place = std::ranges::find(campaign.indicators, indicator, &Indicator::id);
    const bool is_of_payments =
        place != campaign.indicators.end() && place->kind == IndicatorKind::PaymentsOnline;
    return is_of_payments ? std::pair("hồ sơ phải nộp phí, lệ phí", "hồ sơ thanh toán trực tuyến")
                          : std::pair("hồ sơ đã tiếp nhận", "hồ sơ nộp trực tuyến");
}

std::string describe_share(const rules::Irregularity& one) {
    return fmt::format(
        "đạt {} ({}), {} điểm phần trăm so với tuần cao nhất là {} ({}) trong {} tuần trước có từ "
        "{} hồ sơ",
        format_ratio(one.found, std::nullopt),
        format_counts(one.found),
        format_change({one.found, one.usual}),
        format_ratio(one.usual, std::nullopt),
        format_counts(one.usual),
        one.weeks_before,
        rules::share_cases_min
    );
}

std::span<const rules::Irregularity> found_by(const rules::FigureTested& tested) {
    return tested.found ? std::span<const rules::Irregularity>(*tested.found)
                        : std::span<const rules::Irregularity>();
}

/// All that stands out, in words, in the order of the units.
std::vector<std::string> phrases_of_found(const FinalReportInput& input) {
    std::vector<std::string> phrases;
    for (const rules::UnitTested& unit : input.weeks.units) {
        for (const rules::FigureTested& tested : unit.figures) {
            for (const rules::Irregularity& one : found_by(tested)) {
                phrases.push_back(fmt::format(
                    "{} – {}. {}.",
                    unit.name,
                    name_of_indicator(input.campaign, tested.indicator),
                    irregularity_phrase(input.campaign, tested, one)
                ));
            }
        }
    }
    return phrases;
}

/// The bullets of what stands out, and how many more there are.
Bullets list_found(const FinalReportInput& input) {
    const std::vector<std::string> phrases = phrases_of_found(input);
    const std::size_t shown = std::min(phrases.size(), weeks_listed_max);
    Bullets list;
    for (std::size_t at = 0; at < shown; ++at) {
        list.items.push_back({"Cần kiểm tra", phrases[at]});
    }
    if (phrases.size() > shown) {
        list.items.push_back(
            {"",
             fmt::format(
                 "Và {} dấu hiệu khác, nêu ở trang “Dấu hiệu” của sổ tính.", phrases.size() - shown
             )}
        );
    }
    return list;
}

/// How many units could not be tested, a line for each indicator: the workbook says who.
Bullets list_untested(const FinalReportInput& input) {
    Bullets list;
    const auto& units = input.weeks.units;
    std::string_view indicator;
    for (std::size_t at = 0; !units.empty() && at < units.front().figures.size(); ++at) {
        const rules::FigureTested& tested = units.front().figures[at];
        const auto count = std::ranges::count_if(units, [&](const rules::UnitTested& unit) {
            return !unit.figures[at].found;
        });
        if (count == 0) {
            continue;
        }
        if (indicator != tested.indicator) {
            indicator = tested.indicator;
            list.items.push_back(
                {"Chưa xét được", name_of_indicator(input.campaign, indicator) + ": "}
            );
        } else {
            list.items.back().text += "; ";
        }
        list.items.back().text +=
            fmt::format("{} của {}/{} đơn vị", name_of_test(tested.test), count, units.size());
    }
    for (Bullets::Item& item : list.items) {
        item.text += ".";
    }
    return list;
}

bool is_any_tested(const rules::WeeksTested& weeks) {
    return std::ranges::any_of(weeks.units, [](const rules::UnitTested& unit) {
        return std::ranges::any_of(unit.figures, [](const rules::FigureTested& tested) {
            return tested.found.has_value();
        });
    });
}

std::string describe_thresholds() {
    return fmt::format(
        "Ngưỡng: số hồ sơ một tuần hơn {} lần trung vị các tuần trước và nhiều hơn ít nhất {} hồ "
        "sơ; tỷ lệ một tuần có từ {} hồ sơ cao hơn tuần cao nhất trước đó quá {} điểm phần trăm; "
        "{} tuần cuối cộng lại hơn {} lần mức tính theo trung vị các tuần trước và nhiều hơn ít "
        "nhất {} hồ sơ. Chỉ so sánh tuần trọn, khi có ít nhất {} tuần trước để so và số liệu đủ "
        "căn cứ; tuần lẻ đầu và cuối đợt, chỉ tiêu đếm dịch vụ công không xét. Thanh toán tính vào "
        "tuần tiếp nhận hồ sơ. Từng phép so sánh của từng đơn vị nêu ở trang “Dấu hiệu” của sổ "
        "tính.",
        rules::volume_times,
        rules::cases_more_min,
        rules::share_cases_min,
        rules::share_points,
        rules::end_weeks,
        rules::end_times,
        rules::cases_more_min,
        rules::usual_weeks_min
    );
}

}  // namespace

std::string_view name_of_test(WeekTest test) {
    switch (test) {
        case WeekTest::Volume:
            return "số hồ sơ từng tuần";
        case WeekTest::Share:
            return "tỷ lệ từng tuần";
        case WeekTest::EndOfPeriod:
            return "các tuần cuối";
    }
    check(false, "name_of_test: a known WeekTest");
    return "";
}

std::string irregularity_phrase(
    const Campaign& campaign, const rules::FigureTested& tested, const rules::Irregularity& one
) {
    const std::string days = format_days(one.from, one.to);
    const std::int64_t cases = one.found.numerator;
    const auto& [case_noun, hit_noun] = nouns_of(campaign, tested.indicator);
    switch (tested.test) {
        case WeekTest::Volume:
            return fmt::format(
                "{} ({}) có {} {}, {}",
                name_week(campaign, week_of(one.from)),
                days,
                format_count(cases),
                case_noun,
                describe_times(one, 1)
            );
        case WeekTest::Share:
            return fmt::format(
                "{} ({}) {}", name_week(campaign, week_of(one.from)), days, describe_share(one)
            );
        case WeekTest::EndOfPeriod:
            return fmt::format(
                "{} tuần trọn cuối ({}) có {} {}, bằng {} của cả {} tuần ({}), {}",
                rules::end_weeks,
                days,
                format_count(cases),
                hit_noun,
                format_ratio({cases, one.in_all}, std::nullopt),
                one.weeks_before + rules::end_weeks,
                format_count(one.in_all),
                describe_times(one, rules::end_weeks)
            );
    }
    check(false, "irregularity_phrase: a known WeekTest");
    return "";
}

void add_weeks_tested(std::vector<Block>& blocks, const FinalReportInput& input) {
    blocks.emplace_back(Heading{"Dấu hiệu cần kiểm tra"});
    if (!is_any_tested(input.weeks)) {
        blocks.emplace_back(Paragraph{fmt::format(
            "Chưa xét được: có {} tuần trọn, phải có ít nhất {} tuần với số liệu đủ căn cứ.",
            input.weeks.weeks,
            rules::usual_weeks_min + 1
        )});
        return;
    }
    Bullets found = list_found(input);
    if (found.items.empty()) {
        blocks.emplace_back(Paragraph{fmt::format(
            "Không thấy dấu hiệu nào trong phần đã xét: {} tuần trọn của {} đơn vị.",
            input.weeks.weeks,
            input.weeks.units.size()
        )});
    } else {
        blocks.emplace_back(std::move(found));
    }
    if (Bullets untested = list_untested(input); !untested.items.empty()) {
        blocks.emplace_back(std::move(untested));
    }
    blocks.emplace_back(Note{
        "Đây chỉ là phép so sánh số học giữa các tuần của cùng một đơn vị để Hội đồng xem lại, "
        "không phải kết luận, không nói lên việc làm đúng hay sai, và không làm thay đổi kết luận "
        "hay thứ hạng nào. " +
        describe_thresholds()});
}

}  // namespace thidua::reports
