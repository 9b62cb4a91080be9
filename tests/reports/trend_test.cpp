// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/trend.hpp"

#include "reports/html.hpp"
#include "reports/mail.hpp"
#include "reports/picture.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/golden.hpp"

#include <gtest/gtest.h>

#include <string>

namespace thidua::reports {
namespace {

TEST(TrendCharts, HaveAPointForEveryWeekAndAGapWhereNothingWasPublished) {
    const test::Sample sample = test::usual_week();
    const auto charts = trend_charts(sample.input());
    ASSERT_EQ(charts.size(), sample.campaign.indicators.size());
    for (const TrendChart& chart : charts) {
        ASSERT_EQ(chart.points.size(), 8U);
        EXPECT_EQ(chart.points.front().label, "Tuần 35");
        EXPECT_EQ(chart.points[4].label, "Tuần 39");
        EXPECT_FALSE(chart.points[4].value.counts);
        EXPECT_EQ(chart.points.back().label, "Tuần 42");
    }
    EXPECT_EQ(
        charts.front().points.back().value.counts, sample.standings.total.figures.front().counts
    );
}

TEST(TrendCharts, AreNotDrawnOfOneKnownWeek) {
    test::Sample sample = test::usual_week();
    sample.past = {{{2024, 41}, std::vector<Percent>(sample.campaign.indicators.size())}};
    EXPECT_TRUE(trend_charts(sample.input()).empty());
    sample.past.clear();
    EXPECT_TRUE(trend_charts(sample.input()).empty());
}

TEST(TrendCharts, GoOnOverTheEndOfAYear) {
    test::Sample sample = test::last_edition();  // week 1 of 2025
    const std::vector<Percent> figures(sample.campaign.indicators.size(), {.counts = Ratio{1, 2}});
    sample.past = {{{2024, 51}, figures}, {{2024, 52}, figures}};
    const auto charts = trend_charts(sample.input());
    ASSERT_FALSE(charts.empty());
    EXPECT_EQ(charts.front().points.size(), 3U);
    EXPECT_EQ(charts.front().points.back().label, "Tuần 01/2025");
}

TEST(TrendCharts, AreSaidInWords) {
    const TrendChart chart{
        "Thanh toán trực tuyến",
        {{"Tuần 41", {.counts = Ratio{1, 3}}},
         {"Tuần 42", {}},
         {"Tuần 43", {.counts = Ratio{1, 2}}}}};
    EXPECT_EQ(describe(chart), "Tuần 41: 33,3 %; Tuần 42: không có; Tuần 43: 50,0 %");
}

/// The digest with its pictures.
class Pictures : public testing::Test {
  protected:
    Pictures() : document(weekly_digest(sample.input())), pictures(*draw_pictures(document)) {}

    test::Sample sample = test::usual_week();
    Document document;
    std::vector<Picture> pictures;
};

TEST_F(Pictures, AreTheSameHoweverMuchWasDrawnBefore) {
    ASSERT_EQ(pictures.size(), sample.campaign.indicators.size());
    const auto again = *draw_pictures(document);
    for (std::size_t at = 0; at < pictures.size(); ++at) {
        EXPECT_EQ(again[at].svg, pictures[at].svg);
        EXPECT_EQ(again[at].png, pictures[at].png);
    }
    test::expect_golden("trend/first.svg", pictures.front().svg);
}

TEST(Picture, HasRoomForTheNameOfTheLastOfManyWeeks) {
    TrendChart chart{.name = "Thanh toán", .points = {}};
    for (int week = 1; week <= 31; ++week) {
        chart.points.push_back({"Tuần " + std::to_string(week), {.counts = Ratio{week, 40}}});
    }
    Document document;
    document.blocks = {chart};
    const auto pictures = draw_pictures(document);
    ASSERT_TRUE(pictures) << pictures.error().message;
    const std::string& svg = pictures->front().svg;
    const std::size_t label = svg.rfind("<text", svg.find(">Tuần 31<"));
    const auto number = [&](const std::string& name) {
        return std::stod(svg.substr(svg.find(name + "=\"", label) + name.size() + 2));
    };
    EXPECT_LE(number(" x") + number("textLength"), picture_width);
}

TEST_F(Pictures, AreWithinThePageAndBesideTheMail) {
    const MailParts parts = render_mail(document, pictures);
    EXPECT_EQ(parts.html.find("cid:"), std::string::npos);
    EXPECT_NE(parts.html.find(R"(src="data:image/svg+xml;base64,)"), std::string::npos);
    const std::string mail = with_attached_pictures(parts.html);
    EXPECT_EQ(mail.find("data:"), std::string::npos);
    for (std::size_t at = 0; at < pictures.size(); ++at) {
        EXPECT_NE(mail.find("src=\"cid:" + content_id(at) + "\""), std::string::npos);
        EXPECT_NE(mail.find(escape_html(pictures[at].words)), std::string::npos);
    }
    EXPECT_EQ(mail.find(content_id(pictures.size())), std::string::npos);
    EXPECT_LT(mail.size(), 90'000U);
    EXPECT_TRUE(mail.ends_with("</html>\n"));
}

TEST_F(Pictures, AreSaidInWordsWithoutThem) {
    const MailParts parts = render_mail(document);
    EXPECT_EQ(parts.html.find("<img"), std::string::npos);
    EXPECT_NE(parts.html.find(escape_html(pictures.front().words)), std::string::npos);
    EXPECT_NE(parts.text.find("Tuần 39: không có"), std::string::npos);
}

}  // namespace
}  // namespace thidua::reports
