// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/digest_facts.hpp"
#include "reports/digest_news.hpp"
#include "reports/format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports {
namespace {

/// The unit that lacks most of an indicator.
struct Neediest {
    const rules::UnitStanding* unit = nullptr;
    const Indicator* indicator = nullptr;
    std::int64_t convert = 0;
};

Neediest find_neediest(const DigestInput& input, const Indicator& indicator) {
    Neediest neediest;
    for (const rules::UnitStanding* unit : units_below(input)) {
        const rules::Figure* figure = find_figure(*unit, indicator);
        if (figure == nullptr || !is_below(*figure)) {
            continue;
        }
        const std::int64_t convert = gap_of(*unit, indicator).convert.value_or(0);
        if (neediest.unit == nullptr || convert > neediest.convert) {
            neediest = {unit, &indicator, convert};
        }
    }
    return neediest;
}

/// For the primary indicator if any unit is below it, else for the first one that has such a unit.
Neediest find_neediest(const DigestInput& input) {
    const Neediest primary = find_neediest(input, primary_indicator(input));
    if (primary.unit != nullptr) {
        return primary;
    }
    for (const Indicator& indicator : input.campaign.indicators) {
        const Neediest neediest = find_neediest(input, indicator);
        if (neediest.unit != nullptr) {
            return neediest;
        }
    }
    return {};
}

std::string describe_action(IndicatorKind kind, std::int64_t convert) {
    const std::string count = format_count(convert);
    switch (kind) {
        case IndicatorKind::ServicesOnline:
            return "hướng dẫn nộp hồ sơ trực tuyến ở thêm " + count + " dịch vụ công";
        case IndicatorKind::DossiersOnline:
            return "hướng dẫn nộp trực tuyến thêm " + count + " hồ sơ";
        case IndicatorKind::PaymentsOnline:
            return "vận động thanh toán trực tuyến thêm " + count + " hồ sơ";
    }
    check(false, "describe_action: a known IndicatorKind");
    return "";
}

/// Asks for the source first: without data there is nobody to urge.
std::string ask_for_source(const DigestInput& input) {
    for (const SourceStatus& source : needed_sources(input)) {
        if (source.state == SourceStatus::State::Never || source.past_limit) {
            return fmt::format(
                "Chỉ đạo kiểm tra kết nối với {}; chưa dùng các số liệu bị ảnh hưởng để nhận xét "
                "đơn vị.",
                source_title(source)
            );
        }
    }
    return "";
}

std::string ask_for_unit(const Neediest& neediest, std::size_t units) {
    if (neediest.convert == 0) {
        return fmt::format("Chỉ đạo {} nâng {}.", neediest.unit->name, neediest.indicator->name);
    }
    return fmt::format(
        "Chỉ đạo {} {}{}.",
        neediest.unit->name,
        describe_action(neediest.indicator->kind, neediest.convert),
        units > 1 ? " (đơn vị còn thiếu nhiều nhất)" : ""
    );
}

std::string ask(const DigestInput& input) {
    if (std::string text = ask_for_source(input); !text.empty()) {
        return text;
    }
    if (const Neediest neediest = find_neediest(input); neediest.unit != nullptr) {
        return ask_for_unit(neediest, units_below(input).size());
    }
    if (input.standings.unmapped > 0) {
        return fmt::format(
            "Rà soát {} hồ sơ chưa xác định được đơn vị.", format_count(input.standings.unmapped)
        );
    }
    const bool is_met =
        std::ranges::any_of(input.standings.total.figures, [](const rules::Figure& figure) {
            return figure.verdict == rules::Verdict::Met;
        });
    return is_met ? "Các đơn vị giữ vững kết quả đã đạt."
                  : "Các đơn vị tiếp tục thực hiện kế hoạch thi đua.";
}

}  // namespace

Request compose_request(const DigestInput& input) {
    const auto left = input.campaign.end - input.standings.as_of;
    const std::string end = format_day(input.campaign.end);
    if (left.count() <= 0) {
        return {fmt::format("{} Đợt thi đua đã kết thúc ngày {}.", ask(input), end)};
    }
    return {fmt::format(
        "{} Còn {} ngày đến hết đợt thi đua ({}).", ask(input), format_count(left.count()), end
    )};
}

}  // namespace thidua::reports
