// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/reports/sample_agency.hpp"

#include "rules/gap.hpp"
#include "rules/rank.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::test {
namespace {

using namespace std::chrono_literals;

constexpr const char* decision = "Quyết định số 497/QĐ-UBND ngày 15/3/2024";

std::vector<SourceStatus> make_sources(Day last) {
    SourceStatus province;
    province.name = "tthc";
    province.title = "Hệ thống thông tin giải quyết TTHC tỉnh";
    province.state = SourceStatus::State::Fresh;
    province.data_through = at(last + 1 * std::chrono::days{1}, 5h + 45min);
    province.past_limit = false;
    SourceStatus platform = province;
    platform.name = "payment-platform";
    platform.title = "Nền tảng thanh toán (Payment Platform)";
    platform.data_through = at(last + 1 * std::chrono::days{1}, 5h + 50min);
    return {province, platform};
}

rules::Figure make_figure(
    const Campaign& campaign, std::size_t indicator, const Counts& counts, const std::string& unit
) {
    rules::Figure figure;
    figure.indicator = campaign.indicators[indicator].id;
    figure.id = fmt::format("F{}{}", unit.substr(unit.size() - 2), indicator + 1);
    figure.counts = counts[indicator];
    figure.fitness = figure.counts ? rules::Fitness::Provisional : rules::Fitness::Missing;
    const Target* target = target_on(campaign, figure.indicator, "", campaign.start);
    if (target != nullptr) {
        figure.target = *target;
    }
    if (!figure.counts) {
        figure.verdict = rules::Verdict::Unknown;
    } else if (figure.target) {
        figure.verdict = rules::assess(figure.counts, *figure.target);
        figure.convert = rules::convert_needed(*figure.counts, *figure.target);
        if (indicator != 0) {
            figure.new_all_online = rules::new_all_online_needed(*figure.counts, *figure.target);
        }
    } else if (figure.counts->denominator == 0) {
        figure.verdict = rules::Verdict::NoActivity;
    }
    return figure;
}

rules::UnitStanding make_unit(
    const Campaign& campaign, const UnitCounts& row, const Counts& counts
) {
    rules::UnitStanding unit;
    unit.code = row.code;
    unit.name = row.name;
    unit.is_ranked = row.parent == root_code;
    unit.depth = row.parent.empty() ? 0 : (unit.is_ranked ? 1 : 2);
    if (!row.parent.empty()) {
        unit.parent = row.parent;
    }
    for (std::size_t at = 0; at < campaign.indicators.size(); ++at) {
        unit.figures.push_back(make_figure(campaign, at, counts, row.code));
    }
    return unit;
}

/// The sum over the ranked units; unknown as soon as one of them is.
Counts sum(const std::vector<UnitCounts>& rows, Counts UnitCounts::*week) {
    Counts total(3, Ratio{});
    for (const UnitCounts& row : rows) {
        for (std::size_t at = 0; at < total.size() && row.parent == root_code; ++at) {
            const auto& part = (row.*week)[at];
            if (part && total[at]) {
                *total[at] += *part;
            } else {
                total[at].reset();
            }
        }
    }
    return total;
}

}  // namespace

Day day(int year, unsigned month, unsigned number) {
    return Day{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{number}};
}

Instant at(Day date, std::chrono::minutes time) {
    return first_instant(date) + time;
}

Campaign make_campaign() {
    Campaign campaign;
    campaign.id = "langson-2024";
    campaign.name = "Nâng cao tỷ lệ thanh toán trực tuyến trong giải quyết thủ tục hành chính";
    campaign.start = day(2024, 6, 7);
    campaign.end = day(2024, 12, 31);
    Indicator services;
    services.id = "services-online";
    services.name = "Tỷ lệ dịch vụ công phát sinh hồ sơ trực tuyến";
    services.short_name = "DVC phát sinh trực tuyến";
    services.kind = IndicatorKind::ServicesOnline;
    services.system_of_record = "tthc";
    Indicator dossiers;
    dossiers.id = "dossiers-online";
    dossiers.name = "Tỷ lệ hồ sơ xử lý trực tuyến";
    dossiers.short_name = "Hồ sơ trực tuyến";
    dossiers.kind = IndicatorKind::DossiersOnline;
    dossiers.system_of_record = "tthc";
    Indicator payments;
    payments.id = "payments-online";
    payments.name = "Tỷ lệ thanh toán trực tuyến trên Cổng Dịch vụ công quốc gia";
    payments.short_name = "Thanh toán trực tuyến";
    payments.kind = IndicatorKind::PaymentsOnline;
    payments.system_of_record = "tthc";
    payments.payment_record = "payment-platform";
    campaign.indicators = {services, dossiers, payments};
    campaign.targets = {
        {"services-online", TargetOperator::Above, {9, 10}, {}, {}, decision},
        {"payments-online", TargetOperator::Above, {9, 20}, {}, {}, decision},
    };
    return campaign;
}

rules::Standings make_standings(
    const Campaign& campaign,
    const std::vector<UnitCounts>& rows,
    Counts UnitCounts::*week,
    Day as_of
) {
    rules::Standings standings;
    standings.campaign = campaign.id;
    standings.as_of = as_of;
    standings.known_at = at(as_of + std::chrono::days{1}, 6h);
    standings.fitness = rules::Fitness::Provisional;
    standings.sources = make_sources(as_of);
    standings.unmapped = 12;
    const UnitCounts root{root_code, "Sở Tài nguyên và Môi trường", "", {}, {}};
    const Counts total = sum(rows, week);
    standings.units.push_back(make_unit(campaign, root, total));
    for (const UnitCounts& row : rows) {
        standings.units.push_back(make_unit(campaign, row, row.*week));
    }
    standings.total = make_unit(campaign, root, total);
    for (const rules::Figure& figure : standings.total.figures) {
        standings.fitness = std::max(standings.fitness, figure.fitness);
    }
    rules::rank_units(standings, campaign);
    return standings;
}

Sample make_sample(const std::vector<UnitCounts>& rows, IsoWeek week) {
    Sample sample;
    sample.campaign = make_campaign();
    sample.week = week;
    const Day as_of = std::min(sunday_of(week), sample.campaign.end);
    sample.standings = make_standings(sample.campaign, rows, &UnitCounts::now, as_of);
    sample.previous = make_standings(
        sample.campaign, rows, &UnitCounts::before, monday_of(week) - std::chrono::days{1}
    );
    sample.recipients = {"Lãnh đạo Sở", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, VP"};
    return sample;
}

}  // namespace thidua::test
