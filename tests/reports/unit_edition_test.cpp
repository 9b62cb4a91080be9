// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/unit_edition.hpp"

#include "reports/mail.hpp"
#include "reports/pdf.hpp"
#include "reports/unit_workbook.hpp"
#include "rules/part.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/golden.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace thidua::reports {
namespace {

/// The edition of one unit of a sample, with all that it can show.
class UnitEdition : public testing::Test {
  protected:
    UnitEdition() {
        procedures[0].code = "1.000049";
        procedures[0].name = "Đăng ký biến động";
        procedures[1].code = "1.012756";
        procedures[1].name = "Cấp đổi giấy chứng nhận";
        differences = {
            {"H37.10.05-240617-0007", unit, "payments-online", rules::Reason::Refund},
            {"H37.10.05-240617-0007", unit, "dossiers-online", rules::Reason::Refund},
            {"H37.10.05-240618-0001", unit, "payments-online", rules::Reason::Unknown},
            {"H37.10.05-240618-0002", unit, "payments-online", rules::Reason::LateSync}};
        rules::Pace pace;
        pace.weeks_left = 10;
        pace.volume = 400;
        pace.needed = 250;
        pace.needed_per_week = 25;
        pace.done = 60;
        pace.verdict = rules::PaceVerdict::TooSlow;
        actions.missed = 120;
        actions.causes = {{0, 90, 140}, {1, 30, 31}};
        actions.pace = pace;
    }

    Document make() { return made().first; }

    /// The edition and its workbook.
    std::pair<Document, sheet::Workbook> made() {
        const rules::Standings part = rules::part_of(sample.standings, unit);
        const rules::Standings before = rules::part_of(*sample.previous, unit);
        DigestInput digest = sample.input();
        DigestInput own{
            .campaign = digest.campaign,
            .week = digest.week,
            .standings = part,
            .previous = &before,
            .recipients = {"Giám đốc Văn phòng Đăng ký đất đai"},
            .config_hash = digest.config_hash};
        const std::vector all(part.total.figures.size(), actions);
        const std::vector<PastWeek> past{{{2024, 40}, figures()}, {{2024, 41}, figures()}};
        own.past = past;
        const UnitEditionInput input{std::move(own), all, procedures, differences};
        Document document = unit_edition(input);
        sheet::Workbook workbook = unit_workbook(document, input);
        return {std::move(document), std::move(workbook)};
    }

    [[nodiscard]] std::vector<Percent> figures() const {
        std::vector<Percent> percents;
        for (const Indicator& indicator : sample.campaign.indicators) {
            Percent percent;
            percent.figure = "F7K2Q9XAM";
            percent.counts = Ratio{indicator.id.size() > 14 ? 1 : 2, 3};
            percent.fitness = rules::Fitness::Provisional;
            percents.push_back(percent);
        }
        return percents;
    }

    test::Sample sample = test::usual_week();
    std::string unit = "H37.10.05";
    std::vector<Procedure> procedures{2};
    std::vector<rules::Difference> differences;
    rules::FigureActions actions;
};

TEST_F(UnitEdition, IsWrittenAsOnFile) {
    const MailParts mail = render_mail(make());
    test::expect_golden("unit_edition/usual_week.txt", mail.subject + "\n\n" + mail.text);
    test::expect_golden("unit_edition/usual_week.html", mail.html);
}

TEST_F(UnitEdition, HasNothingOfAnotherUnit) {
    const std::string own_branches = unit + ".";
    for (rules::UnitStanding& one : sample.standings.units) {
        if (one.code != unit && !one.code.starts_with(own_branches)) {
            one.name = "Canary " + one.name;
            for (rules::Figure& figure : one.figures) {
                figure.id = "CANARY";
                figure.counts = Ratio{77'777, 88'888};
            }
        }
    }
    const Document document = make();
    const MailParts mail = render_mail(document);
    for (const std::string& text : {mail.subject, mail.html, mail.text}) {
        for (const char* canary : {"Canary", "CANARY", "77.777", "88.888"}) {
            EXPECT_EQ(text.find(canary), std::string::npos) << canary;
        }
    }
}

TEST_F(UnitEdition, NamesNoDossier) {
    const MailParts mail = render_mail(make());
    EXPECT_EQ(mail.html.find("240617"), std::string::npos);
    EXPECT_EQ(mail.text.find("240617"), std::string::npos);
}

TEST_F(UnitEdition, SaysNothingToDoOnceEveryTargetIsMet) {
    sample = test::all_met();
    sample.previous = sample.standings;
    differences.clear();
    const MailParts mail = render_mail(make());
    EXPECT_EQ(mail.text.find("Việc cần làm"), std::string::npos);
    EXPECT_EQ(mail.text.find("cần đối chiếu"), std::string::npos);
}

TEST_F(UnitEdition, IsAPdfAsWell) {
    const auto pdf = render_pdf(make());
    ASSERT_TRUE(pdf) << pdf.error().message;
    EXPECT_TRUE(pdf->starts_with("%PDF-"));
}

TEST_F(UnitEdition, NamesDossiersInItsWorkbookAlone) {
    const auto [document, workbook] = made();
    EXPECT_EQ(document.known_at, sample.standings.known_at);
    EXPECT_EQ(render_mail(document).html.find("H37.10.05-240617-0007"), std::string::npos);
    ASSERT_EQ(workbook.sheets.size(), 1U);
    const std::vector<sheet::Row>& rows = workbook.sheets.front().rows;
    std::vector<std::string> codes;
    for (std::size_t row = workbook.sheets.front().head + 1; row < rows.size(); ++row) {
        codes.push_back(std::get<sheet::Text>(rows[row].cells.front()).text);
    }
    // Nothing is to be done about what only comes late.
    EXPECT_EQ(
        codes,
        (std::vector<std::string>{
            "H37.10.05-240617-0007", "H37.10.05-240617-0007", "H37.10.05-240618-0001"})
    );
}

}  // namespace
}  // namespace thidua::reports
