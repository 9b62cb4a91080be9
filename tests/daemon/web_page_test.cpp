// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The pages of a small agency, with HTML planted into every name.
#include "daemon/web/html.hpp"
#include "daemon/web/pages.hpp"
#include "tests/daemon/counted_agency.hpp"
#include "tests/support/golden.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace thidua::daemon::web {
namespace {

const std::string planted = "<script>alert(1)</script>\"'&";

/// Each opening tag of `html`, by its name.
std::vector<std::string> tags_of(std::string_view html) {
    std::vector<std::string> tags;
    for (std::size_t at = html.find('<'); at != std::string_view::npos;
         at = html.find('<', at + 1)) {
        const std::string_view rest = html.substr(at + 1);
        tags.emplace_back(rest.substr(0, rest.find_first_of(" >\n")));
    }
    return tags;
}

class PagesOf : public test::CountedAgency {
  protected:
    PagesOf() {
        campaign_.name = "Đợt thi đua " + planted;
        for (Indicator& indicator : campaign_.indicators) {
            indicator.short_name = indicator.name;
            indicator.name += " " + planted;
        }
        organisation_ = *Organisation::create(
            {{"H37", "Sở " + planted, std::nullopt, {}},
             {"H37.1", "Văn phòng Đăng ký " + planted, "H37", {}},
             {"H37.1.1", "Chi nhánh", "H37.1", {}},
             {"H37.2", "Phòng Đo đạc", "H37", {}}}
        );
        procedures_.push_back(
            {"1.000001",
             "Thủ tục " + planted,
             {"H37.1"},
             {{campaign_.start, Level::Full}},
             {{campaign_.start, true}}}
        );
        SourceStatus source;
        source.name = "tthc";
        source.title = "Hệ thống TTHC " + planted;
        source.state = SourceStatus::State::Failed;
        source.data_through = *parse_instant("2024-07-28T22:00:00+07:00");
        sources_ = {source};
        for (int week = 0; week < 8; ++week) {
            const Day monday = campaign_.start + std::chrono::weeks{week};
            tallies_.push_back({monday, "H37.1", "1.000001", 1010, 909, 1010, 404});
            tallies_.push_back({monday, "H37.1.1", "1.000001", 4, 0, 4, 1});
        }
        input_.emplace(input());
        standings_ = rules::measure(*input_);
        actions_ = rules::find_actions(*input_, standings_);
    }

    [[nodiscard]] StandingsView view() const {
        return {campaign_, *input_, standings_, actions_, past_, "0123456789abcdef"};
    }

    std::optional<rules::StandingsInput> input_;
    rules::Standings standings_;
    rules::Actions actions_;
    PastWeeks past_;
    const Words vietnamese_{Language::Vietnamese};
    const Words english_{Language::English};
};

TEST_F(PagesOf, StandingsAreAsOnFile) {
    test::expect_golden("web/standings.html", standings_page(vietnamese_, view()));
}

TEST_F(PagesOf, UnitIsAsOnFileInEnglish) {
    test::expect_golden("web/unit.html", unit_page(english_, view(), "H37.1"));
}

TEST_F(PagesOf, PlantedHtmlIsText) {
    SourcesView sources{planted, sources_, {}, {}};
    store::PullSummary pull;
    pull.source = planted;
    pull.error = planted;
    pull.error_kind = planted;
    sources.last = {pull};
    sources.recent = {pull};
    EditionsView editions{planted, {{planted, planted, {}, {}, planted, 1, 2}}};
    EditionView edition{planted, planted, planted, {}, {{planted, 5}}, 1};
    ScheduleView schedule{
        planted,
        {{planted, {}, "Asia/Ho_Chi_Minh", true}},
        {{.key = {planted, {}}, .reason = planted}},
        {}};
    store::Delivery delivery;
    delivery.edition = planted;
    delivery.recipient = planted;
    delivery.state = planted;
    schedule.deliveries = {delivery};
    for (const Words& words : {vietnamese_, english_}) {
        for (const std::string& page :
             {standings_page(words, view()),
              unit_page(words, view(), "H37.1"),
              sources_page(words, sources),
              editions_page(words, editions),
              edition_page(words, edition),
              schedule_page(words, schedule),
              message_page(words, planted, planted)}) {
            EXPECT_TRUE(page.contains("&lt;script&gt;alert(1)"));
            EXPECT_FALSE(page.contains(planted));
            const auto tags = tags_of(page);
            EXPECT_EQ(std::ranges::count(tags, "script"), 0);
            EXPECT_EQ(std::ranges::count(tags, "main"), 1);
            EXPECT_EQ(std::ranges::count(tags, "/main"), 1);
            EXPECT_FALSE(page.contains(" style="));
            EXPECT_FALSE(page.contains("://"));
        }
    }
}

TEST_F(PagesOf, NoUnitHasNoPage) {
    EXPECT_EQ(unit_page(vietnamese_, view(), "H37.9"), "");
    EXPECT_EQ(unit_page(vietnamese_, view(), "total"), "");
}

TEST_F(PagesOf, MissingDataAreNeverNought) {
    const std::string shown = figure(vietnamese_, reports::Percent{.figure = "F7K2Q9XAM"});
    EXPECT_TRUE(shown.contains("thiếu số liệu"));
    EXPECT_FALSE(shown.contains('0'));
    EXPECT_FALSE(shown.contains("<svg"));
    const std::string quiet =
        figure(english_, {.counts = Ratio{0, 0}, .fitness = rules::Fitness::Provisional});
    EXPECT_TRUE(quiet.contains("no activity"));
}

TEST(Trend, HasAGapWhereNothingWasPublished) {
    reports::TrendChart chart{.name = "Thanh toán", .points = {}};
    const Target target{.indicator = "p", .value = {9, 20}, .from = {}, .to = {}, .decision = ""};
    for (const int part : {10, 20, -1, 45, 46}) {
        reports::Percent value{.target = target, .fitness = rules::Fitness::Provisional};
        if (part >= 0) {
            value.counts = Ratio{part, 100};
        }
        chart.points.push_back({"Tuần", value});
    }
    const std::string drawn = trend(Words(Language::Vietnamese), chart);
    // 90 units high from y = 100: 45 % is on the target's line, 46 % above it, though it rounds to
    // it.
    EXPECT_TRUE(drawn.contains(R"(d="M34 91L103 82M242 60L312 59")")) << drawn;
    EXPECT_TRUE(drawn.contains(R"(class="goal" d="M34 60H312")")) << drawn;
    chart.points.resize(1);
    EXPECT_EQ(trend(Words(Language::Vietnamese), chart), "");
}

}  // namespace
}  // namespace thidua::daemon::web
