// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/mail.hpp"

#include "reports/html.hpp"
#include "reports/mail_bar.hpp"
#include "reports/mail_text.hpp"
#include "tests/reports/samples.hpp"

#include <gtest/gtest.h>

namespace thidua::reports {
namespace {

TEST(EscapeHtml, LeavesNothingThatCouldBeMarkup) {
    EXPECT_EQ(escape_html("<a href='x\"'>&"), "&lt;a href=&#39;x&quot;&#39;&gt;&amp;");
    EXPECT_EQ(escape_html("a\r\nb\x01"), "a  b ");
    EXPECT_EQ(escape_html("trên 45 % đạt"), "trên 45&#160;% đạt");
}

TEST(WrapText, BreaksAtSpacesAndKeepsLongWordsWhole) {
    EXPECT_EQ(wrap_text("a b", "- ", "  "), "- a b\n");
    EXPECT_EQ(wrap_text("  a\r\nb\t c ", "", ""), "a b c\n");
    const std::string word(80, 'x');
    EXPECT_EQ(wrap_text("a " + word + " b", "- ", "  "), "- a\n  " + word + "\n  b\n");
    EXPECT_EQ(wrap_text("", "- ", "  "), "- \n");
    const std::string full(text_columns - 5, 'x');
    EXPECT_EQ(wrap_text(full + " 45,3 % a", "", ""), full + "\n45,3 % a\n");
}

TEST(TextWidth, CountsLettersNotBytes) {
    EXPECT_EQ(text_width("Thanh toán trực tuyến"), 21U);
    EXPECT_EQ(text_width("▲1,2"), 4U);
}

/// The widths of a bar's cells, in per cent.
std::vector<int> widths(const std::string& html) {
    std::vector<int> found;
    const std::string_view start = "<td width=\"";
    for (std::size_t at = html.find(start); at != std::string::npos;
         at = html.find(start, at + 1)) {
        found.push_back(std::stoi(html.substr(at + start.size())));
    }
    return found;
}

Percent against_45(Ratio counts) {
    Percent percent;
    percent.counts = counts;
    percent.target = Target{"", TargetOperator::Above, {9, 20}, {}, {}, ""};
    percent.verdict = rules::assess(counts, *percent.target);
    percent.fitness = rules::Fitness::Provisional;
    return percent;
}

TEST(RenderBar, NeverReachesTheTickFromBelowNorStopsAtItFromAbove) {
    for (std::int64_t part = 0; part <= 1000; ++part) {
        const Percent percent = against_45({part, 1000});
        const std::string html = render_bar(percent);
        int sum = 0;
        for (const int width : widths(html)) {
            EXPECT_GT(width, 0);
            sum += width;
        }
        EXPECT_EQ(sum, 100) << part;
        if (part >= 11 && part < 450) {
            EXPECT_LT(widths(html).front(), 44) << part;
        }
    }
    EXPECT_EQ(widths(render_bar(against_45({450, 1000}))), (std::vector{44, 1, 55}));
    EXPECT_EQ(widths(render_bar(against_45({451, 1000}))), (std::vector{44, 1, 1, 54}));
    EXPECT_EQ(widths(render_bar(against_45({1000, 1000}))), (std::vector{44, 1, 55}));
}

TEST(RenderBar, IsLeftOutWithoutARatio) {
    EXPECT_EQ(render_bar({}), "");
    EXPECT_EQ(render_bar(against_45({0, 0})), "");
}

TEST(RenderMail, PrintsHostileNamesAsText) {
    const MailParts mail = render_mail(weekly_digest(test::hostile_names().input()));
    EXPECT_EQ(mail.subject.find_first_of("\r\n"), std::string::npos);
    EXPECT_EQ(mail.html.find("<script"), std::string::npos);
    EXPECT_EQ(mail.html.find("<img"), std::string::npos);
    EXPECT_EQ(mail.html.find("<b>Hệ"), std::string::npos);
    EXPECT_NE(
        mail.html.find("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"), std::string::npos
    );
}

TEST(RenderMail, WritesEveryKindOfCell) {
    Document document;
    document.blocks.emplace_back(Table{
        .label_title = "Đơn vị",
        .columns = {"một", "hai", "ba"},
        .rows = {{
            .kind = Table::RowKind::Plain,
            .rank = 1,
            .label = "A",
            .cells = {Empty{}, Text{"<x>"}, Count{1234}},
        }},
    });
    const MailParts mail = render_mail(document);
    EXPECT_NE(mail.html.find("&lt;x&gt;"), std::string::npos);
    EXPECT_NE(mail.html.find("1.234"), std::string::npos);
    EXPECT_NE(mail.text.find("<x>"), std::string::npos);
    EXPECT_NE(mail.text.find("1.234"), std::string::npos);
}

TEST(RenderMail, SaysTheSameFiguresInBothParts) {
    const MailParts mail = render_mail(weekly_digest(test::usual_week().input()));
    for (const char* words :
         {"40,5", "2.072/5.117", "246 hồ sơ", "Phòng Khoáng sản", "9f2c41d07be3"}) {
        EXPECT_NE(mail.html.find(words), std::string::npos) << words;
        EXPECT_NE(mail.text.find(words), std::string::npos) << words;
    }
}

}  // namespace
}  // namespace thidua::reports
