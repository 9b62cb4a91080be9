// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Drafts of nomination papers: nothing is made up, and nothing is said too early.
#include "reports/drafts/nomination.hpp"
#include "reports/drafts/phrases.hpp"
#include "reports/drafts/procedure_review.hpp"
#include "tests/reports/sample_agency.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/golden.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace thidua::reports::drafts {
namespace {

using official::Span;

/// Everything that a paper's blocks say.
std::string text_of(const official::Paper& paper) {
    std::string text = paper.kind + "\n" + paper.subject + "\n" + paper.letterhead.symbol + "\n";
    const auto add = [&](const official::Line& line) {
        for (const Span& span : line) {
            text += span.text;
        }
        text += "\n";
    };
    for (const official::Block& block : paper.blocks) {
        if (const auto* paragraph = std::get_if<official::Paragraph>(&block)) {
            add(paragraph->line);
        } else if (const auto* bullet = std::get_if<official::Bullet>(&block)) {
            add(bullet->line);
        } else if (const auto* table = std::get_if<official::Table>(&block)) {
            for (const auto& row : table->rows) {
                std::ranges::for_each(row, add);
            }
        }
    }
    return text;
}

struct Nominated {
    test::Sample sample = test::usual_week();
    Texts texts;
    Award award;
    Officer officer{"CB-1", "Nguyễn Văn Mẫu", "", "Chuyên viên", {}};
    rules::Eligibility eligibility;

    explicit Nominated(rules::Value value) {
        award.id = "giay-khen";
        award.name = "Giấy khen";
        texts.organisation = "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG";
        texts.nominations.addressees = {"Hội đồng"};
        eligibility.candidate.name = unit().name;
        eligibility.award = &award;
        eligibility.finding.value = value;
        eligibility.finding.text = "Đạt các nội dung";
        eligibility.finding.body = "hoi-dong";
        eligibility.finding.decision_key = "giay-khen/collective/1";
    }

    const rules::UnitStanding& unit() { return sample.standings.units[1]; }
    std::string text(NominationPaper paper, bool is_officer = false) {
        return text_of(nomination(
            paper,
            {texts,
             sample.campaign,
             sample.standings,
             eligibility,
             unit(),
             is_officer ? &officer : nullptr}
        ));
    }
};

constexpr NominationPaper papers[] = {
    NominationPaper::Submission,
    NominationPaper::Minutes,
    NominationPaper::Achievement,
    NominationPaper::Summary};

TEST(NominationDraft, NeverSaysEligibleWhileSomethingIsPending) {
    Nominated pending(rules::Value::Pending);
    for (const NominationPaper paper : papers) {
        const std::string text = pending.text(paper);
        EXPECT_EQ(text.find("đủ điều kiện"), std::string::npos) << text;
    }
    EXPECT_NE(
        pending.text(NominationPaper::Submission).find("lập: chờ thẩm định."), std::string::npos
    );
    Nominated met(rules::Value::Met);
    EXPECT_NE(met.text(NominationPaper::Submission).find("lập: đủ điều kiện"), std::string::npos);
}

TEST(NominationDraft, IsWrittenAsOnFile) {
    Nominated nominated(rules::Value::Pending);
    test::expect_golden("drafts/to-trinh.txt", nominated.text(NominationPaper::Submission));
    test::expect_golden("drafts/bien-ban.txt", nominated.text(NominationPaper::Minutes));
    test::expect_golden("drafts/bao-cao.txt", nominated.text(NominationPaper::Achievement));
    test::expect_golden("drafts/tom-tat.txt", nominated.text(NominationPaper::Summary));
}

TEST(NominationDraft, BindsEachFigureToItsIdAndLeavesTheStoryToPeople) {
    Nominated nominated(rules::Value::Pending);
    for (const NominationPaper paper : papers) {
        const std::string text = nominated.text(paper);
        for (const rules::Figure& figure : nominated.unit().figures) {
            EXPECT_NE(text.find(figure.id), std::string::npos) << figure.id << text;
        }
        EXPECT_NE(
            text.find(paper == NominationPaper::Minutes ? "[Thư ký ghi: " : "[Đơn vị viết: "),
            std::string::npos
        );
    }
}

TEST(NominationDraft, QuotesInTheMinutesTheReportThatHasTheFigures) {
    Nominated nominated(rules::Value::Pending);
    NominationInput input{
        nominated.texts,
        nominated.sample.campaign,
        nominated.sample.standings,
        nominated.eligibility,
        nominated.unit()};
    const std::string without = text_of(nomination(NominationPaper::Minutes, input));
    EXPECT_NE(without.find("[Thư ký ghi: “Dòng ghi vào biên bản” của"), std::string::npos);
    input.report = "Báo cáo final/mau/council/2, SHA-256 của bản kê: 0011 2233";
    const std::string with = text_of(nomination(NominationPaper::Minutes, input));
    EXPECT_NE(with.find("Số liệu trên là của " + input.report + "."), std::string::npos) << with;
    EXPECT_EQ(with.find("“Dòng ghi vào biên bản”"), std::string::npos);
    const auto values = nomination_values(input);
    EXPECT_EQ(values.texts.at("dong_bien_ban"), input.report);
}

TEST(NominationDraft, DoesNotGiveAUnitsFiguresToAPerson) {
    Nominated nominated(rules::Value::Pending);
    EXPECT_NE(
        nominated.text(NominationPaper::Achievement, true)
            .find("không phải kết quả riêng của cá nhân"),
        std::string::npos
    );
    EXPECT_EQ(
        nominated.text(NominationPaper::Achievement).find("kết quả riêng của cá nhân"),
        std::string::npos
    );
}

TEST(Cite, LeavesBlankWhatTheDocumentLeavesBlank) {
    EXPECT_EQ(
        cite({"a", "497/QĐ-UBND", test::day(2024, 3, 5), "UBND tỉnh", "Quyết định về giao chỉ tiêu"}
        ),
        "Quyết định số 497/QĐ-UBND ngày 05/3/2024 của UBND tỉnh về giao chỉ tiêu"
    );
    EXPECT_EQ(
        cite({"b", "12/TB", test::day(2024, 2, 15), "", "Thông báo kết luận"}),
        "Văn bản số 12/TB ngày 15/02/2024 Thông báo kết luận"
    );
    EXPECT_EQ(
        cite({"c", "/KH-STNMT", {}, "Sở", "Kế hoạch phát động"}),
        "Kế hoạch số ……/KH-STNMT ngày ……/……/…… của Sở phát động"
    );
}

TEST(ProcedureReviewDraft, ListsFeeBearingOnesAsTheyComeAndProposesWhatNobodyDecidedOn) {
    rules::ReviewRow row;
    row.code = "1.012756";
    row.name = "Đăng ký đất đai";
    row.units = {"H37.10.05", "H37.10.06", "H37.10.07"};
    row.level = thidua::Level::Partial;
    row.is_fee_bearing = true;
    row.received = 1'234;
    row.proposals = {{row.code, "H37.10.05", ReviewWord::ProposeFull, "An", Instant{}}};
    rules::ReviewRow decided = row;
    decided.code = "1.000001";
    decided.decision = ProcedureReview{row.code, "H37.10.05", ReviewWord::Refuse, "An", Instant{}};
    const std::vector<rules::ReviewRow> rows{row, decided};
    const Campaign campaign = test::make_campaign();
    const Texts texts;
    const ReviewReportInput input{
        texts,
        campaign,
        rows,
        {2, 2, 2, 0},
        {{"H37.10.05", "Văn phòng Đăng ký"}},
        test::day(2024, 10, 20),
        Instant{}};
    const official::Paper paper = procedure_review(input);
    const std::string text = text_of(paper);
    EXPECT_NE(text.find("1.012756"), std::string::npos);
    EXPECT_EQ(text.find("1.000001"), std::string::npos) << "it was decided on";
    EXPECT_NE(text.find("2 thủ tục, 2.468 hồ sơ"), std::string::npos) << text;
    const auto& annex = std::get<official::Table>(paper.annexes.at(0).blocks.at(0));
    ASSERT_EQ(annex.rows.size(), 2U);
    EXPECT_EQ(annex.rows[0][3][0].text, "Văn phòng Đăng ký và 2 đơn vị khác");
    const auto values = procedure_review_values(input);
    EXPECT_EQ(values.lists.at("thu_tuc")[1].at("y_kien"), "không chấp thuận");
}

}  // namespace
}  // namespace thidua::reports::drafts
