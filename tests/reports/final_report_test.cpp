// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/final_report.hpp"

#include "reports/final_report_annex.hpp"
#include "reports/mail.hpp"
#include "tests/reports/sample_agency.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/golden.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
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
    const FinalReportInput made = input(Stage::Rehearsal);
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

}  // namespace
}  // namespace thidua::reports
