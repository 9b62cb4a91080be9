// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/final_report.hpp"

#include "reports/final_report_annex.hpp"
#include "reports/final_report_weeks.hpp"
#include "reports/mail.hpp"
#include "tests/reports/sample_agency.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/golden.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <variant>
#include <vector>

namespace thidua::reports {
namespace {

using namespace std::chrono_literals;
using rules::Stage;

Criterion content(int number) {
    Criterion leaf;
    leaf.content = number;
    return leaf;
}

/// Content 1 is measured, content 2 is the council's to judge; one award asks for both.
Plan small_plan() {
    Plan plan;
    plan.bodies = {{"hoi-dong", "Hội đồng Thi đua - Khen thưởng của Sở"}};
    plan.contents.resize(2);
    plan.contents[0].number = 1;
    plan.contents[0].kind = Content::Kind::Measured;
    plan.contents[0].text = "Thanh toán trực tuyến đạt trên 45%";
    plan.contents[0].clause = "II.1";
    plan.contents[0].indicators = {"payments-online"};
    plan.contents[1].number = 2;
    plan.contents[1].text = "Tăng cường tuyên truyền <trực tiếp>";
    plan.contents[1].clause = "II.3";
    plan.contents[1].judged_by = "hoi-dong";
    Criterion both;
    both.kind = Criterion::Kind::All;
    both.text = "Hoàn thành các nội dung thi đua";
    both.clause = "IV.2.a";
    both.terms = {content(1), content(2)};
    Criterion judged;
    judged.text = "Tích cực trong công tác tham mưu";
    judged.clause = "IV.2.a";
    judged.judged_by = "hoi-dong";
    Award award;
    award.id = "giay-khen";
    award.name = "Giấy khen của Giám đốc Sở";
    award.decided_by = "hoi-dong";
    award.clause = "IV.2.a";
    award.rules = {{Subject::Collective, "IV.2.a", both}, {Subject::Individual, "IV.2.a", judged}};
    plan.awards = {award};
    plan.freeze = {test::at(test::day(2025, 1, 1), 30min), test::at(test::day(2025, 1, 3), 17h)};
    plan.ambiguities = {
        {"vuot", "IV.2.b", "đạt và vượt", "Hội đồng quyết định.", "", std::nullopt},
        {"tren",
         "II.1",
         "trên 45%",
         "Lớn hơn hẳn.",
         "Hội đồng Thi đua - Khen thưởng của Sở",
         test::day(2024, 12, 20)}};
    return plan;
}

class FinalReport : public testing::Test {
  protected:
    FinalReport() {
        sample.campaign.plan = small_plan();
        officers = {{"cb-1", "Nguyễn Văn Mẫu", "H37.10.05", "Viên chức", {}}};
        decisions = {
            {"H37.10.01",
             "content/2/met",
             Outcome::Met,
             "hoi-dong",
             "Văn phòng Sở",
             test::at(test::day(2025, 1, 2), 9h),
             "03/BB-HĐ"}};
    }

    /// By what has been decided and published, as far as the test has set it.
    FinalReportInput input(Stage stage) {
        eligibility = rules::find_eligibility(
            {sample.campaign, sample.standings, officers, decisions, rules::demanded_at(stage)}
        );
        open = rules::open_points(sample.campaign, sample.standings);
        return {
            .campaign = sample.campaign,
            .stage = stage,
            .standings = sample.standings,
            .eligibility = eligibility,
            .open = open,
            .made_at = test::at(test::day(2025, 1, 3), 17h + 5min),
            .recipients = {"Hội đồng Thi đua - Khen thưởng của Sở"},
            .config_hash = "0123456789abcdef0123456789abcdef",
        };
    }

    void reconcile() {
        for (rules::UnitStanding& unit : sample.standings.units) {
            for (rules::Figure& figure : unit.figures) {
                figure.fitness = rules::Fitness::Reconciled;
            }
        }
        for (rules::Figure& figure : sample.standings.total.figures) {
            figure.fitness = rules::Fitness::Reconciled;
        }
    }

    /// The demanded tests were all made, and nothing stood out, but for what the test adds.
    [[nodiscard]] rules::WeeksTested calm_weeks() const {
        rules::WeeksTested weeks;
        weeks.weeks = 18;
        for (const rules::UnitStanding& unit : sample.standings.units) {
            if (!unit.is_ranked) {
                continue;
            }
            rules::UnitTested tested{unit.code, unit.name, {}};
            for (const char* indicator : {"dossiers-online", "payments-online"}) {
                for (const auto test :
                     {rules::WeekTest::Volume,
                      rules::WeekTest::Share,
                      rules::WeekTest::EndOfPeriod}) {
                    tested.figures.push_back({test, indicator, {{}}});
                }
            }
            weeks.units.push_back(std::move(tested));
        }
        return weeks;
    }

    /// From 09/12 to 15/12/2024, 412 cases where 100 are usual.
    static rules::Irregularity week_of_many() {
        rules::Irregularity one;
        one.from = test::day(2024, 12, 9);
        one.to = test::day(2024, 12, 15);
        one.found = {412, 1};
        one.usual = {100, 1};
        one.weeks_before = 12;
        return one;
    }

    test::Sample sample = test::usual_week();
    std::vector<Officer> officers;
    std::vector<Decision> decisions;
    std::vector<rules::Eligibility> eligibility;
    rules::OpenPoints open;
};

std::string text_of(const Document& document) {
    const MailParts mail = render_mail(document);
    return mail.subject + "\n\n" + mail.text;
}

TEST_F(FinalReport, RehearsalIsWrittenAsOnFile) {
    FinalReportInput made = input(Stage::Rehearsal);
    made.weeks = calm_weeks();
    made.weeks.units[0].figures[0].found = {week_of_many()};
    made.weeks.units[1].figures[4].found.reset();
    test::expect_golden("final_report/rehearsal.txt", text_of(final_report(made)));
    test::expect_golden("final_report/rehearsal.html", render_mail(final_report(made)).html);
    test::expect_golden("final_report/annex.txt", text_of(final_report_annex(made)));
    EXPECT_LT(render_mail(final_report(made)).html.size(), 90'000U);
}

TEST_F(FinalReport, AmendmentIsWrittenAsOnFile) {
    reconcile();
    sample.campaign.plan.ambiguities[0].decided_by = "Hội đồng Thi đua - Khen thưởng của Sở";
    sample.campaign.plan.ambiguities[0].decided_on = test::day(2025, 1, 6);
    sample.standings = rules::closed(sample.standings);
    FinalReportInput made = input(Stage::Amendment);
    rules::Published before = rules::published(sample.standings, eligibility);
    before.figures[0].counts = std::nullopt;
    before.verdicts[0].words = "chưa xác định: số liệu chưa đủ căn cứ";
    made.changes = rules::changes_between(before, rules::published(sample.standings, eligibility));
    made.before = "final/mau/council/2";
    made.edition = "final/mau/council/3";
    made.weeks = calm_weeks();
    made.amendment = AmendmentNote{1, "Bổ sung hồ sơ đến muộn", "Giám đốc Sở", "12/QĐ"};
    test::expect_golden("final_report/amendment.txt", text_of(final_report(made)));
}

TEST_F(FinalReport, SaysWhatItMayBeUsedFor) {
    struct Row {
        Stage stage;
        bool is_open;
        std::string label;
    };
    const Row rows[] = {
        {Stage::Rehearsal, true, "DIỄN TẬP"},
        {Stage::Provisional, true, "TẠM THỜI"},
        {Stage::Provisional, false, "TẠM THỜI"},
        {Stage::Final, true, "CHÍNH THỨC, CHƯA CHỐT"},
        {Stage::Final, false, "CHÍNH THỨC, ĐÃ CHỐT"},
    };
    reconcile();
    for (const Row& row : rows) {
        sample.campaign.plan.ambiguities[0].decided_by = row.is_open ? "" : "Hội đồng";
        EXPECT_EQ(stage_label(input(row.stage)), row.label);
    }
}

TEST_F(FinalReport, NobodyIsEligibleWhileABodyHasToDecide) {
    reconcile();
    const std::string text = text_of(final_report(input(Stage::Final)));
    const std::string pending = "Đủ điều kiện về số liệu; chờ thẩm định";
    EXPECT_NE(text.find(pending), std::string::npos) << text;
    EXPECT_NE(text.find("Đủ điều kiện\n"), std::string::npos) << "the one that was decided on";
    decisions.clear();
    const std::string undecided = text_of(final_report(input(Stage::Final)));
    EXPECT_EQ(undecided.find("Đủ điều kiện\n"), std::string::npos) << undecided;
}

TEST_F(FinalReport, AFigureThatWasNotReconciledDecidesNothingInTheEnd) {
    const std::string rehearsal = text_of(final_report(input(Stage::Rehearsal)));
    EXPECT_EQ(rehearsal.find("Chưa xác định"), std::string::npos) << rehearsal;
    const std::string final_text = text_of(final_report(input(Stage::Final)));
    EXPECT_NE(final_text.find("Chưa xác định: số liệu chưa đủ căn cứ"), std::string::npos);
}

/// What stands under "Dấu hiệu cần kiểm tra", without the heading.
std::vector<Block> weeks_blocks(const FinalReportInput& input) {
    std::vector<Block> blocks;
    add_weeks_tested(blocks, input);
    EXPECT_EQ(blocks.front(), Block(Heading{"Dấu hiệu cần kiểm tra"}));
    blocks.erase(blocks.begin());
    return blocks;
}

TEST_F(FinalReport, SaysWhichWeeksStandOutByHowMuch) {
    struct Row {
        rules::WeekTest test;
        const char* indicator;
        Ratio found;
        Ratio usual;
        std::string words;
    };
    const Row rows[] = {
        {rules::WeekTest::Volume,
         "dossiers-online",
         {412, 1},
         {100, 1},
         "Tuần 50 (09/12–15/12/2024) có 412 hồ sơ đã tiếp nhận, gấp 4,1 lần trung vị 100 của 12 "
         "tuần trước"},
        {rules::WeekTest::Volume,
         "payments-online",
         {1399, 1},
         {401, 2},
         "Tuần 50 (09/12–15/12/2024) có 1.399 hồ sơ phải nộp phí, lệ phí, gấp 6,9 lần trung vị "
         "200,5 của 12 tuần trước"},
        {rules::WeekTest::Volume,
         "dossiers-online",
         {30, 1},
         {0, 1},
         "Tuần 50 (09/12–15/12/2024) có 30 hồ sơ đã tiếp nhận, trong khi trung vị của 12 tuần "
         "trước là 0"},
        {rules::WeekTest::Share,
         "payments-online",
         {46, 50},
         {52, 85},
         "Tuần 50 (09/12–15/12/2024) đạt 92,0 % (46/50), ▲30,8 điểm phần trăm so với tuần cao nhất "
         "là 61,2 % (52/85) trong 12 tuần trước có từ 30 hồ sơ"},
        {rules::WeekTest::EndOfPeriod,
         "payments-online",
         {912, 1},
         {100, 1},
         "4 tuần trọn cuối (18/11–15/12/2024) có 912 hồ sơ thanh toán trực tuyến, bằng 45,6 % của "
         "cả 16 tuần (2.000), gấp 2,2 lần mức của ngần ấy tuần theo trung vị 100 của 12 tuần "
         "trước"},
    };
    for (const Row& row : rows) {
        rules::Irregularity one = week_of_many();
        one.found = row.found;
        one.usual = row.usual;
        one.in_all = 2000;
        if (row.test == rules::WeekTest::EndOfPeriod) {
            one.from = test::day(2024, 11, 18);
        }
        const rules::FigureTested tested{row.test, row.indicator, {{one}}};
        EXPECT_EQ(irregularity_phrase(sample.campaign, tested, one), row.words);
    }
}

TEST_F(FinalReport, SaysThatNoWeekStandsOutOnlyWhereItWasTested) {
    FinalReportInput made = input(Stage::Final);
    made.weeks = calm_weeks();
    const std::vector<Block> calm = weeks_blocks(made);
    ASSERT_EQ(calm.size(), 2U) << "a sentence and how it was tested";
    EXPECT_EQ(
        calm.front(),
        Block(Paragraph{"Không thấy dấu hiệu nào trong phần đã xét: 18 tuần trọn của 7 đơn vị."})
    );
    for (rules::UnitTested& unit : made.weeks.units) {
        unit.figures[1].found.reset();
    }
    made.weeks.units[2].figures[4].found.reset();
    made.weeks.units[3].figures[4].found.reset();
    made.weeks.units[2].figures[5].found.reset();
    EXPECT_EQ(
        weeks_blocks(made)[1],
        Block(Bullets{
            {{"Chưa xét được", "Hồ sơ trực tuyến: tỷ lệ từng tuần của 7/7 đơn vị."},
             {"Chưa xét được",
              "Thanh toán trực tuyến: tỷ lệ từng tuần của 2/7 đơn vị; các tuần cuối của 1/7 đơn "
              "vị."}}})
    );
    for (rules::UnitTested& unit : made.weeks.units) {
        for (rules::FigureTested& tested : unit.figures) {
            tested.found.reset();
        }
    }
    made.weeks.weeks = 3;
    EXPECT_EQ(
        weeks_blocks(made),
        (std::vector<Block>{Paragraph{
            "Chưa xét được: có 3 tuần trọn, phải có ít nhất 7 tuần với số liệu đủ căn cứ."}})
    );
}

TEST_F(FinalReport, ListsTwentyWeeksAndSaysHowManyMoreThereAre) {
    FinalReportInput made = input(Stage::Final);
    made.weeks = calm_weeks();
    made.weeks.units[3].figures[0].found = {25, week_of_many()};
    const auto list = std::get<Bullets>(weeks_blocks(made).front());
    ASSERT_EQ(list.items.size(), 21U);
    EXPECT_EQ(list.items.front().label, "Cần kiểm tra");
    EXPECT_EQ(list.items.back().text, "Và 5 dấu hiệu khác, nêu ở trang “Dấu hiệu” của sổ tính.");
}

TEST_F(FinalReport, AWeekThatStandsOutChangesNothingElse) {
    FinalReportInput made = input(Stage::Final);
    made.weeks = calm_weeks();
    const Document calm = final_report(made);
    made.weeks.units[0].figures[0].found = {week_of_many()};
    Document told = final_report(made);
    const auto differs = std::ranges::mismatch(calm.blocks, told.blocks);
    ASSERT_NE(differs.in1, calm.blocks.end());
    EXPECT_TRUE(std::holds_alternative<Bullets>(*differs.in2));
    *differs.in2 = *differs.in1;
    EXPECT_EQ(told, calm);
}

TEST_F(FinalReport, IsMailedWithALineForTheMinutesThatNoFileOfItHas) {
    const std::string hash = "00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef";
    FinalReportInput made = input(Stage::Final);
    made.edition = "final/mau/council/2";
    const Document report = final_report(made);
    const Document mailed = with_minutes_line(report, made, hash);
    const auto line = std::get<Bullets>(mailed.blocks.back()).items.front();
    EXPECT_EQ(line.label, "Dòng ghi vào biên bản");
    EXPECT_EQ(
        line.text,
        "Báo cáo final/mau/council/2, SHA-256 của bản kê: 0011 2233 4455 6677 8899 aabb ccdd eeff "
        "0123 4567 89ab cdef 0123 4567 89ab cdef."
    );
    EXPECT_EQ(text_of(report).find("0011"), std::string::npos);
    Document without = mailed;
    without.blocks.pop_back();
    EXPECT_EQ(without, report) << "and nothing else is added";
}

TEST_F(FinalReport, HasNoLineForTheMinutesWhileItIsARehearsal) {
    const FinalReportInput made = input(Stage::Rehearsal);
    const Document report = final_report(made);
    EXPECT_EQ(with_minutes_line(report, made, "0011"), report);
    EXPECT_EQ(text_of(report).find("biên bản"), std::string::npos);
}

}  // namespace
}  // namespace thidua::reports
