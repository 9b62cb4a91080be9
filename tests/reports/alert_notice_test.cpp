// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/alert_notice.hpp"

#include "reports/mail.hpp"
#include "tests/reports/sample_agency.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/golden.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace thidua::reports {
namespace {

/// Reminders of units of the usual week.
class AlertNotice : public testing::Test {
  protected:
    AlertNotice() {
        for (const rules::UnitStanding& unit : sample_.standings.units) {
            for (const Indicator& indicator : sample_.campaign.indicators) {
                const auto figure =
                    std::ranges::find(unit.figures, indicator.id, &rules::Figure::indicator);
                if (unit.is_ranked && figure->verdict == rules::Verdict::Below) {
                    below_.push_back({&unit, &indicator, AlertStep::First, since_, next_});
                }
            }
        }
    }

    [[nodiscard]] MailParts mail(const std::vector<AlertReminder>& reminders) const {
        DigestInput figures{
            .campaign = sample_.campaign,
            .week = sample_.week,
            .standings = sample_.standings,
            .recipients = {"Giám đốc Văn phòng Đăng ký đất đai"},
            .config_hash = sample_.input().config_hash};
        return render_mail(alert_notice(
            {std::move(figures), "Sở Tài nguyên và Môi trường", reminders, test::day(2024, 10, 21)}
        ));
    }

    const test::Sample sample_ = test::usual_week();
    const Day since_ = test::day(2024, 10, 14);
    const std::optional<rules::NextStep> next_ =
        rules::NextStep{AlertStep::Second, test::day(2024, 10, 28)};
    std::vector<AlertReminder> below_;
};

TEST_F(AlertNotice, OfOneFigureIsWrittenAsOnFile) {
    const MailParts parts = mail({below_.front()});
    test::expect_golden("alert_notice/one.txt", parts.subject + "\n\n" + parts.text);
    test::expect_golden("alert_notice/one.html", parts.html);
}

TEST_F(AlertNotice, PutsTheGravestFirst) {
    ASSERT_GE(below_.size(), 3U);
    below_[1].step = AlertStep::Second;
    below_[1].next = rules::NextStep{AlertStep::Leaders, test::day(2024, 11, 4)};
    below_[2].step = AlertStep::Leaders;
    below_[2].next.reset();
    const MailParts parts = mail(below_);
    test::expect_golden("alert_notice/leaders.txt", parts.subject + "\n\n" + parts.text);
}

TEST_F(AlertNotice, NamesOnlyUnitsItIsAbout) {
    const std::string text = mail({below_.front()}).text;
    for (const rules::UnitStanding& unit : sample_.standings.units) {
        if (unit.is_ranked && unit.code != below_.front().unit->code) {
            EXPECT_FALSE(text.contains(unit.name)) << unit.name;
        }
    }
}

/// The digest of the usual week, with these silences on file.
std::string digest_with(const std::vector<Silence>& silences) {
    const test::Sample sample = test::usual_week();
    DigestInput input = sample.input();
    input.silences = silences;
    return render_mail(weekly_digest(input)).text;
}

TEST(DigestSilences, AreShownWhileTheyAreInForce) {
    const Day sunday = test::day(2024, 10, 20);
    Silence silence{
        1, "H37.10.05", "payments-online", sunday, sunday, "Bà An", "chuyển trụ sở", {}, {}};
    EXPECT_FALSE(digest_with({silence}).contains("Đang tạm ngưng nhắc")) << "it is Monday by now";
    silence.until = test::day(2024, 10, 31);
    EXPECT_TRUE(digest_with({silence}).contains(
        "- Văn phòng Đăng ký đất đai, Thanh toán trực tuyến, đến hết 31/10/2024\n"
        "  (chuyển trụ sở); Bà An\n"
    )) << digest_with({silence});
    silence.end = Silence::End{"Bà An", {}};
    EXPECT_FALSE(digest_with({silence}).contains("Đang tạm ngưng nhắc"));
    EXPECT_FALSE(digest_with({}).contains("Đang tạm ngưng nhắc"));
}

TEST(AlertPhrases, SayWhatComesNextAndWhen) {
    using rules::NextStep;
    NextStep next{AlertStep::Second, test::day(2024, 10, 28)};
    EXPECT_EQ(next_step_phrase(next), "nhắc lần 2 ngày 28/10/2024 nếu vẫn chưa đạt");
    next.wait = NextStep::Wait::Silenced;
    EXPECT_EQ(
        next_step_phrase(next), "nhắc lần 2 ngày 28/10/2024 nếu vẫn chưa đạt (đang tạm ngưng nhắc)"
    );
    next = {AlertStep::Leaders, std::nullopt, NextStep::Wait::Frozen};
    EXPECT_EQ(next_step_phrase(next), "báo cáo lãnh đạo, khi lại có số liệu");
    next.wait = NextStep::Wait::Recovery;
    EXPECT_EQ(next_step_phrase(next), "báo cáo lãnh đạo, nếu lại chưa đạt");
    EXPECT_EQ(next_step_phrase(std::nullopt), "không còn bước nhắc nào");
}

TEST(AlertPhrases, SayWhatIsSilenced) {
    Silence silence;
    silence.until = test::day(2024, 10, 31);
    silence.reason = "chuyển trụ sở";
    EXPECT_EQ(
        silence_phrase(silence, "", ""),
        "mọi đơn vị, mọi chỉ tiêu, đến hết 31/10/2024 (chuyển trụ sở)"
    );
    EXPECT_EQ(
        silence_phrase(silence, "Phòng A", "Thanh toán trực tuyến"),
        "Phòng A, Thanh toán trực tuyến, đến hết 31/10/2024 (chuyển trụ sở)"
    );
}

}  // namespace
}  // namespace thidua::reports
