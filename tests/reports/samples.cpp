// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/reports/samples.hpp"

#include "rules/figure_id.hpp"
#include "rules/rank.hpp"
#include "tests/reports/sample_agency.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace thidua::test {
namespace {

using namespace std::chrono_literals;

constexpr const char* registry = "H37.10.05";

std::vector<UnitCounts> departments() {
    const std::string r = root_code;
    return {
        {registry,
         "Văn phòng Đăng ký đất đai",
         r,
         {{{34, 38}}, {{5120, 7011}}, {{1874, 4710}}},
         {{{33, 38}}, {{4801, 6702}}, {{1702, 4498}}}},
        {"H37.10.01",
         "Phòng Quản lý đất đai",
         r,
         {{{19, 21}}, {{402, 460}}, {{121, 240}}},
         {{{19, 21}}, {{377, 441}}, {{101, 228}}}},
        {"H37.10.02",
         "Phòng Khoáng sản",
         r,
         {{{11, 12}}, {{61, 66}}, {{24, 47}}},
         {{{11, 12}}, {{58, 63}}, {{22, 45}}}},
        {"H37.10.03",
         "Phòng Tài nguyên nước và Khí tượng thủy văn",
         r,
         {{{9, 11}}, {{38, 52}}, {{13, 31}}},
         {{{9, 11}}, {{36, 50}}, {{14, 30}}}},
        {"H37.10.04",
         "Chi cục Bảo vệ môi trường",
         r,
         {{{14, 15}}, {{97, 101}}, {{35, 78}}},
         {{{14, 15}}, {{92, 97}}, {{34, 75}}}},
        {"H37.10.06",
         "Trung tâm Công nghệ thông tin",
         r,
         {{{3, 3}}, {{21, 21}}, {{0, 0}}},
         {{{3, 3}}, {{20, 20}}, {{0, 0}}}},
        {"H37.10.07",
         "Phòng Đo đạc, Bản đồ và Viễn thám",
         r,
         {{{4, 5}}, {{12, 15}}, {{5, 11}}},
         {{{4, 5}}, {{12, 15}}, {{5, 11}}}},
    };
}

std::vector<UnitCounts> with_branches() {
    std::vector<UnitCounts> rows = departments();
    const char* districts[] = {
        "thành phố Lạng Sơn",
        "huyện Cao Lộc",
        "huyện Lộc Bình",
        "huyện Đình Lập",
        "huyện Chi Lăng",
        "huyện Hữu Lũng",
        "huyện Văn Quan",
        "huyện Bình Gia",
        "huyện Bắc Sơn",
        "huyện Tràng Định",
        "huyện Văn Lãng"};
    std::int64_t number = 0;
    for (const char* district : districts) {
        ++number;
        rows.insert(
            rows.begin() + static_cast<std::ptrdiff_t>(number),
            {fmt::format("H37.10.05.{:02}", number),
             fmt::format("Chi nhánh Văn phòng Đăng ký đất đai {}", district),
             registry,
             {{{20 + number, 35}}, {{300 + 13 * number, 640}}, {{110 + 11 * number, 428}}},
             {{{20 + number, 35}}, {{280 + 13 * number, 611}}, {{100 + 11 * number, 409}}}}
        );
    }
    return rows;
}

/// What the week before said of a unit, or of the whole, and what it would say now.
rules::Restatement restated(
    const Sample& sample,
    const std::string& unit,
    const std::string& indicator,
    std::pair<std::optional<Ratio>, std::optional<Ratio>> counts,
    std::vector<rules::CauseShare> causes
) {
    const auto& units = sample.standings.units;
    const auto place = std::ranges::find(units, unit, &rules::UnitStanding::code);
    const auto said = [&](const std::optional<Ratio>& one) {
        rules::PublishedFigure figure{
            unit, place == units.end() ? "" : place->name, indicator, one, "", {}};
        figure.fitness = one ? rules::Fitness::Provisional : rules::Fitness::Missing;
        const Target* target = target_on(sample.campaign, indicator, "", sample.campaign.start);
        if (target != nullptr || !one) {
            figure.verdict =
                rules::to_text(one ? rules::assess(one, *target) : rules::Verdict::Unknown);
        }
        return figure;
    };
    return {{said(counts.first), said(counts.second)}, std::move(causes)};
}

void make_unknown(rules::Standings& standings, const std::string& indicator) {
    const auto forget = [&](rules::UnitStanding& unit) {
        for (rules::Figure& figure : unit.figures) {
            if (figure.indicator == indicator) {
                figure.counts.reset();
                figure.convert.reset();
                figure.new_all_online.reset();
                figure.rank.reset();
                figure.fitness = rules::Fitness::Missing;
                figure.verdict = rules::Verdict::Unknown;
            }
        }
    };
    std::ranges::for_each(standings.units, forget);
    forget(standings.total);
    standings.fitness = rules::Fitness::Missing;
}

void make_unfit(rules::Standings& standings, const std::string& indicator) {
    const auto mark = [&](rules::UnitStanding& unit) {
        for (rules::Figure& figure : unit.figures) {
            if (figure.indicator == indicator) {
                figure.fitness = rules::Fitness::Missing;
            }
        }
    };
    std::ranges::for_each(standings.units, mark);
    mark(standings.total);
    standings.fitness = rules::Fitness::Missing;
}

/// What Phòng Quản lý đất đai filed, accepted.
Evidence make_evidence(std::string title, std::string text) {
    Evidence evidence;
    evidence.id = 7;
    evidence.candidate = "H37.10.01";
    evidence.topic = "content/5";
    evidence.title = std::move(title);
    evidence.text = std::move(text);
    evidence.filed_at = at(day(2024, 10, 15), 9h);
    evidence.state = EvidenceState::Accepted;
    return evidence;
}

}  // namespace

reports::DigestInput Sample::input() const {
    return {
        .campaign = campaign,
        .week = week,
        .standings = standings,
        .previous = previous ? &*previous : nullptr,
        .past = past,
        .recipients = recipients,
        .is_late = is_late,
        .config_hash = "9f2c41d07be3a8550c1e9f2c41d07be3a8550c1e9f2c41d07be3a8550c1e0011",
        .seal =
            reports::AuditSeal{
                1234, "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90"},
        .restated = restated,
        .evidence = evidence,
        .reconciled = reconciled,
    };
}

Sample usual_week() {
    Sample sample = make_sample(with_branches(), {2024, 42});
    rules::UnitComparison whole{.unit = "", .own = {2072, 5117}, .witness = {2060, 5117}};
    whole.compared = 5117;
    whole.differing = 14;
    whole.waiting = 4;
    whole.reasons.at(static_cast<std::size_t>(rules::Reason::LateSync)) = 2;
    whole.reasons.at(static_cast<std::size_t>(rules::Reason::Refund)) = 12;
    rules::PairResult compared;
    compared.own = sample.standings.sources.front().name;
    compared.witness = sample.standings.sources.back().name;
    compared.indicators = {{"payments-online", {whole}}};
    sample.reconciled = {{std::move(compared), ""}};
    // Nothing was published in week 39.
    for (const int week : {35, 36, 37, 38, 40, 41}) {
        reports::PastWeek past{{2024, week}, {}};
        for (std::size_t at = 0; at < sample.campaign.indicators.size(); ++at) {
            const std::int64_t part = 5 * (week - 35) + 100 * static_cast<std::int64_t>(at);
            past.figures.push_back({.figure = "F7K2Q9XAM", .counts = Ratio{300 + part, 821}});
        }
        sample.past.push_back(std::move(past));
    }
    sample.evidence = {make_evidence(
        "Quầy hỗ trợ thanh toán",
        "Bố trí hai quầy hướng dẫn tạo tài khoản và thanh toán trực tuyến tại Bộ phận Một cửa"
    )};
    return sample;
}

Sample first_edition() {
    Sample sample = make_sample(departments(), {2024, 23});
    sample.previous.reset();
    return sample;
}

Sample silent_source() {
    Sample sample = make_sample(departments(), {2024, 42});
    make_unknown(sample.standings, "payments-online");
    rules::rank_units(sample.standings, sample.campaign);
    SourceStatus& platform = sample.standings.sources[1];
    platform.state = SourceStatus::State::Never;
    platform.data_through.reset();
    platform.past_limit = true;
    return sample;
}

Sample stale_source() {
    Sample sample = make_sample(departments(), {2024, 42});
    make_unfit(sample.standings, "payments-online");
    SourceStatus& platform = sample.standings.sources[1];
    platform.state = SourceStatus::State::Failed;
    platform.data_through = at(day(2024, 10, 15), 5h + 50min);
    platform.past_limit = true;
    platform.last_error = "HTTP 503 <html>secret</html>";
    return sample;
}

Sample late_edition() {
    Sample sample = make_sample(departments(), {2024, 42});
    sample.is_late = true;
    return sample;
}

Sample all_met() {
    std::vector<UnitCounts> rows = departments();
    for (UnitCounts& row : rows) {
        row.now = {{{19, 20}}, {{90, 100}}, {{61, 100}}};
        row.before = {{{19, 20}}, {{89, 99}}, {{60, 100}}};
    }
    Sample sample = make_sample(rows, {2024, 45});
    sample.standings.unmapped = 0;
    return sample;
}

Sample many_units() {
    std::vector<UnitCounts> rows;
    for (std::int64_t number = 1; number <= 40; ++number) {
        rows.push_back(
            {fmt::format("H37.10.{:02}", number),
             fmt::format("Phòng Tài nguyên và Môi trường khu vực số {}", number),
             root_code,
             {{{number % 12 + 9, 20}},
              {{12'345 + 97 * number, 27'890}},
              {{9'000 + 211 * number, 27'001}}},
             {{{number % 12 + 8, 20}},
              {{12'045 + 97 * number, 27'090}},
              {{8'800 + 209 * number, 26'501}}}}
        );
    }
    return make_sample(rows, {2024, 42});
}

Sample hostile_names() {
    std::vector<UnitCounts> rows = departments();
    rows[0].name = "Phòng <script>alert(\"x\")</script> & 'Đo đạc'\r\nBcc: ai@example.org";
    Sample sample = make_sample(rows, {2024, 42});
    sample.standings.sources[0].title = "<b>Hệ thống</b>";
    sample.recipients = {"<img src=x onerror=alert(1)>"};
    sample.evidence = {make_evidence(
        "=HYPERLINK(\"http://example.org\")",
        "<script>alert(1)</script>\r\n.\r\nBcc: ai@example.org \u202Ekhông\u2028đọc\x1B[31m"
    )};
    sample.campaign.indicators[2].short_name = "Thanh toán\r\nBcc: ai@example.org";
    return sample;
}

Sample no_targets() {
    Sample sample;
    const std::vector<UnitCounts> rows = departments();
    sample.campaign = make_campaign();
    sample.campaign.targets.clear();
    sample.week = {2024, 42};
    const Day sunday = sunday_of(sample.week);
    sample.standings = make_standings(sample.campaign, rows, &UnitCounts::now, sunday);
    sample.previous =
        make_standings(sample.campaign, rows, &UnitCounts::before, sunday - std::chrono::days{7});
    return sample;
}

Sample last_edition() {
    return make_sample(departments(), {2025, 1});
}

Sample on_the_line() {
    const std::string r = root_code;
    return make_sample(
        {
            {"H37.10.01",
             "Phòng Quản lý đất đai",
             r,
             {{{9, 10}}, {{50, 100}}, {{45, 100}}},
             {{{9, 10}}, {{50, 100}}, {{45, 100}}}},
            {"H37.10.02",
             "Phòng Khoáng sản",
             r,
             {{{0, 0}}, {{0, 0}}, {{0, 0}}},
             {{{0, 0}}, {{0, 0}}, {{0, 0}}}},
        },
        {2024, 42}
    );
}

Sample restated_week() {
    using enum rules::RestatementCause;
    using Causes = std::vector<rules::CauseShare>;
    using BeforeAndNow = std::pair<std::optional<Ratio>, std::optional<Ratio>>;
    struct Row {
        std::string unit;
        std::string indicator;
        BeforeAndNow counts;
        Causes causes;
    };
    const std::string payments = "payments-online";
    const std::string dossiers = "dossiers-online";
    const std::string services = "services-online";
    const std::string total(rules::total_unit);
    const BeforeAndNow whole{Ratio{1888, 4927}, Ratio{1896, 4928}};
    const Causes of_whole{{LateDossier, 0, 1}, {LatePayment, 8, 0}};
    const Row rows[] = {
        {root_code, payments, whole, of_whole},
        {registry,
         payments,
         {{{1702, 4498}}, {{1709, 4499}}},
         {{LateDossier, 0, 1}, {LatePayment, 7, 0}}},
        {registry,
         dossiers,
         {{{4801, 6702}}, {{4802, 6704}}},
         {{LateDossier, 2, 3}, {Withdrawn, -1, -1}}},
        {"H37.10.01", payments, {{{101, 228}}, {{103, 228}}}, {{LatePayment, 2, 0}}},
        {"H37.10.02",
         payments,
         {{{21, 45}}, {{18, 40}}},
         {{OtherUnit, -2, -5}, {ReturnedPayment, -1, 0}}},
        {"H37.10.03", payments, {{{13, 30}}, {{14, 30}}}, {{LatePayment, 1, 0}}},
        {"H37.10.03", services, {{{9, 10}}, {{10, 11}}}, {{Procedures, 1, 1}}},
        {"H37.10.04", payments, {std::nullopt, {{34, 75}}}, {{FirstAnswer, 0, 0}}},
        {"H37.10.06", dossiers, {{{20, 20}}, {{19, 20}}}, {{Corrected, -1, 0}}},
        {"H37.10.07", dossiers, {{{12, 15}}, {{12, 14}}}, {{Configuration, 0, -1}}},
        {"H37.10.07", payments, {{{5, 11}}, {{5, 10}}}, {{Unknown, 0, -1}}},
        {"H37.10.05.01", dossiers, {{{293, 611}}, {{294, 612}}}, {{UnitMapping, 1, 1}}},
        {total, payments, whole, of_whole},
    };
    Sample sample = usual_week();
    for (const Row& row : rows) {
        sample.restated.push_back(restated(sample, row.unit, row.indicator, row.counts, row.causes)
        );
    }
    return sample;
}

}  // namespace thidua::test
