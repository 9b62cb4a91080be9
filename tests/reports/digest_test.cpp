// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/digest.hpp"

#include "reports/digest_facts.hpp"
#include "reports/digest_restatements.hpp"
#include "reports/mail.hpp"
#include "reports/mail_text.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/case_name.hpp"
#include "tests/support/golden.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>

namespace thidua::reports {
namespace {

template <class T>
T first_block(const Document& document) {
    for (const Block& block : document.blocks) {
        if (const T* found = std::get_if<T>(&block)) {
            return *found;
        }
    }
    ADD_FAILURE() << "the document has no such block";
    return T{};
}

template <class T>
bool has_block(const Document& document) {
    return std::ranges::any_of(document.blocks, [](const Block& block) {
        return std::holds_alternative<T>(block);
    });
}

/// Everything between < and >, which no escaped text can be.
std::string tags(const std::string& html) {
    std::string found;
    for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
        found += html.substr(at, html.find('>', at) - at + 1);
    }
    return found;
}

struct SampleCase {
    std::string name;
    test::Sample (*make)();
    std::string subject;

    friend void PrintTo(const SampleCase& row, std::ostream* out) { *out << row.name; }
};

class WeeklyDigest : public testing::TestWithParam<SampleCase> {
  protected:
    test::Sample sample = GetParam().make();
    Document document = weekly_digest(sample.input());
    MailParts mail = render_mail(document);
};

TEST_P(WeeklyDigest, PutsTheVerdictIntoTheSubject) {
    EXPECT_EQ(mail.subject, GetParam().subject);
}

TEST_P(WeeklyDigest, IsWrittenAsOnFile) {
    const std::string base = "weekly_digest/" + GetParam().name;
    test::expect_golden(base + ".txt", mail.subject + "\n\n" + mail.text);
    test::expect_golden(base + ".html", mail.html);
}

TEST_P(WeeklyDigest, StaysBelowTheSizeAtWhichMailsAreCut) {
    EXPECT_LT(mail.html.size(), 90'000U);
}

TEST_P(WeeklyDigest, LoadsAndRunsNothing) {
    for (const char* word :
         {"http:", "https:", "src=", "url(", "<script", "<img", "<link", "<style"}) {
        EXPECT_EQ(tags(mail.html).find(word), std::string::npos) << word;
    }
}

TEST_P(WeeklyDigest, WrapsItsText) {
    std::size_t begin = 0;
    while (begin < mail.text.size()) {
        const std::size_t end = mail.text.find('\n', begin);
        const std::string line = mail.text.substr(begin, end - begin);
        EXPECT_LE(text_width(line), text_columns) << line;
        begin = end + 1;
    }
}

TEST_P(WeeklyDigest, SaysTheWorstFitnessBeforeAnyFigure) {
    EXPECT_TRUE(std::holds_alternative<Notice>(document.blocks.front()));
    const auto& notice = std::get<Notice>(document.blocks.front());
    const bool is_missing = sample.standings.fitness == rules::Fitness::Missing;
    EXPECT_EQ(notice.label, is_missing ? "THIẾU SỐ LIỆU" : "TẠM TÍNH");
}

TEST_P(WeeklyDigest, IsTheSameEveryTime) {
    EXPECT_EQ(weekly_digest(sample.input()), document);
}

const SampleCase sample_cases[] = {
    {"usual_week",
     test::usual_week,
     "[TẠM TÍNH] [Tuần 42] Thanh toán trực tuyến 40,5 % (▲2,1) – thiếu 231 hồ sơ – 4 đơn vị chưa "
     "đạt"},
    {"first_edition",
     test::first_edition,
     "[TẠM TÍNH] [Tuần 23] Thanh toán trực tuyến 40,5 % – thiếu 231 hồ sơ – 4 đơn vị chưa đạt"},
    {"silent_source",
     test::silent_source,
     "[THIẾU SỐ LIỆU] [Tuần 42] Thanh toán trực tuyến: thiếu số liệu – 3 đơn vị chưa đạt"},
    {"stale_source",
     test::stale_source,
     "[THIẾU SỐ LIỆU] [Tuần 42] Thanh toán trực tuyến 40,5 % – thiếu 231 hồ sơ – 4 đơn vị chưa "
     "đạt"},
    {"late_edition",
     test::late_edition,
     "[TẠM TÍNH] [GỬI BÙ] [Tuần 42] Thanh toán trực tuyến 40,5 % (▲2,1) – thiếu 231 hồ sơ – 4 đơn "
     "vị chưa đạt"},
    {"all_met", test::all_met, "[TẠM TÍNH] [Tuần 45] Thanh toán trực tuyến 61,0 % (▲1,0) – đạt"},
    {"many_units",
     test::many_units,
     "[TẠM TÍNH] [Tuần 42] Thanh toán trực tuyến 49,4 % (▼<0,1) – đạt – 36 đơn vị chưa đạt"},
    {"hostile_names",
     test::hostile_names,
     "[TẠM TÍNH] [Tuần 42] Thanh toán  Bcc: ai@example.org 40,5 % (▲2,1) – thiếu 231 hồ sơ – 4 "
     "đơn vị chưa đạt"},
    {"no_targets", test::no_targets, "[TẠM TÍNH] [Tuần 42] Thanh toán trực tuyến 40,5 % (▲2,1)"},
    {"last_edition",
     test::last_edition,
     "[TẠM TÍNH] [Tuần 01/2025] Thanh toán trực tuyến 40,5 % (▲2,1) – thiếu 231 hồ sơ – 4 đơn vị "
     "chưa đạt"},
    {"restated_week",
     test::restated_week,
     "[TẠM TÍNH] [Tuần 42] Thanh toán trực tuyến 40,5 % (▲2,1) – thiếu 231 hồ sơ – 4 đơn vị chưa "
     "đạt"},
    {"on_the_line",
     test::on_the_line,
     "[TẠM TÍNH] [Tuần 42] Thanh toán trực tuyến 45,0 % (không đổi) – thiếu 1 hồ sơ – 1 đơn vị "
     "chưa đạt"},
};

INSTANTIATE_TEST_SUITE_P(Samples, WeeklyDigest, testing::ValuesIn(sample_cases), test::case_name<SampleCase>);

TEST(Digest, NamesThePeriodByItsWeekAndItsDays) {
    EXPECT_EQ(
        weekly_digest(test::usual_week().input()).period,
        "Tuần 42 (14/10–20/10/2024), lũy kế từ 07/06/2024 đến hết ngày 20/10/2024"
    );
    EXPECT_EQ(
        weekly_digest(test::first_edition().input()).period,
        "Tuần 23 (07/06–09/06/2024), lũy kế từ 07/06/2024 đến hết ngày 09/06/2024"
    );
    EXPECT_EQ(
        weekly_digest(test::last_edition().input()).period,
        "Tuần 01/2025 (30/12–31/12/2024), lũy kế từ 07/06/2024 đến hết ngày 31/12/2024"
    );
}

TEST(Digest, SaysThatAWeekIsNotOverYet) {
    test::Sample sample = test::usual_week();
    sample.standings.as_of -= std::chrono::days{2};
    EXPECT_EQ(
        weekly_digest(sample.input()).period,
        "Tuần 42 (14/10–18/10/2024, chưa trọn tuần), lũy kế từ 07/06/2024 đến hết ngày 18/10/2024"
    );
}

TEST(Digest, ListsUnitsBelowWorstFirstWithTheirGaps) {
    const test::Sample sample = test::usual_week();
    const Document document = weekly_digest(sample.input());
    const auto below = first_block<BelowTarget>(document);
    ASSERT_EQ(below.units.size(), 4U);
    EXPECT_EQ(below.units[0].name, "Văn phòng Đăng ký đất đai");
    ASSERT_EQ(below.units[0].shortfalls.size(), 2U);
    EXPECT_EQ(below.units[0].shortfalls[1].gap.convert, 246);
    EXPECT_EQ(below.units[3].name, "Phòng Đo đạc, Bản đồ và Viễn thám");
}

TEST(Digest, AsksForTheSourceBeforeItUrgesAnybody) {
    const std::string text = first_block<Request>(weekly_digest(test::stale_source().input())).text;
    EXPECT_TRUE(text.starts_with("Chỉ đạo kiểm tra kết nối với Nền tảng thanh toán")) << text;
}

TEST(Digest, NeverShowsWhatASourceAnsweredWhenItFailed) {
    const MailParts mail = render_mail(weekly_digest(test::stale_source().input()));
    EXPECT_EQ(mail.html.find("503"), std::string::npos);
    EXPECT_EQ(mail.text.find("503"), std::string::npos);
}

TEST(Digest, DoesNotCompareUnfitFigures) {
    const test::Sample sample = test::stale_source();
    const auto input = sample.input();
    const auto change = change_of(input, sample.standings.total, sample.campaign.indicators[2]);
    ASSERT_TRUE(change);
    EXPECT_FALSE(change->now);
}

TEST(Digest, ClaimsNoQuietWeekForWhatItCannotCompare) {
    const auto bullets = first_block<Bullets>(weekly_digest(test::silent_source().input()));
    ASSERT_FALSE(bullets.items.empty());
    EXPECT_EQ(bullets.items.back(), (Bullets::Item{"Chưa so sánh được", "Thanh toán trực tuyến."}));
}

TEST(Digest, GivesNoVerdictWithoutATarget) {
    const Document document = weekly_digest(test::no_targets().input());
    EXPECT_FALSE(has_block<BelowTarget>(document));
    for (const KeyFigure& figure : first_block<KeyFigures>(document).figures) {
        EXPECT_FALSE(figure.gap.convert);
        EXPECT_FALSE(figure.value.verdict);
    }
}

TEST(Digest, ShowsAtMostThirtyUnitsAndSaysHowManyItLeavesOut) {
    const MailParts mail = render_mail(weekly_digest(test::many_units().input()));
    EXPECT_NE(mail.text.find("10 đơn vị khác"), std::string::npos);
    const auto table = first_block<Table>(weekly_digest(test::many_units().input()));
    EXPECT_EQ(table.rows.size(), 31U);  // and the total
}

TEST(Digest, CountsNothingAsUnmappedWhenNothingIsKnown) {
    test::Sample sample = test::silent_source();
    for (rules::Figure& figure : sample.standings.total.figures) {
        figure.counts.reset();
        figure.verdict = rules::Verdict::Unknown;
    }
    sample.standings.unmapped = 0;
    const MailParts mail = render_mail(weekly_digest(sample.input()));
    EXPECT_NE(mail.text.find("Chưa ánh xạ: thiếu số liệu."), std::string::npos);
}

TEST(Digest, NamesASourceByItsNameWithoutATitle) {
    test::Sample sample = test::silent_source();
    sample.standings.sources[1].title.clear();
    const Document document = weekly_digest(sample.input());
    EXPECT_EQ(first_block<Notice>(document).text, "payment-platform chưa từng có số liệu.");
}

TEST(Digest, TakesASourceNobodyKnowsForOneThatNeverAnswered) {
    test::Sample sample = test::silent_source();
    sample.standings.sources.pop_back();
    const auto sources = needed_sources(sample.input());
    ASSERT_EQ(sources.size(), 2U);
    EXPECT_EQ(sources[1].state, SourceStatus::State::Never);
}

TEST(WeeklyDigestSeal, StandsAtTheFootOfBothPartsAndIsLeftOutWithoutAChain) {
    const test::Sample sample = test::usual_week();
    DigestInput input = sample.input();
    const std::string seal = "Dấu kiểm tra sổ ghi: số 1.234, a1b2c3d4e5f6…";
    const auto without_breaks = [](std::string text) {
        std::ranges::replace(text, '\n', ' ');
        return text;
    };
    const MailParts mail = render_mail(weekly_digest(input));
    EXPECT_NE(mail.html.find(seal), std::string::npos);
    EXPECT_NE(without_breaks(mail.text).find(seal), std::string::npos);
    input.seal.reset();
    EXPECT_EQ(render_mail(weekly_digest(input)).html.find("Dấu kiểm tra"), std::string::npos);
}

std::string label_of(const test::Sample& sample, const rules::Restatement* one) {
    return restated_unit(*one) + ", " + restated_indicator(sample.input(), *one);
}

TEST(Digest, TellsOfRestatementsWorstFirstAndOfTheWholeOnce) {
    const test::Sample sample = test::restated_week();
    const auto told = restatements_told(sample.input());
    ASSERT_EQ(told.size(), 12U) << "the root says what the whole says";
    EXPECT_EQ(label_of(sample, told[0]), "Phòng Khoáng sản, Thanh toán trực tuyến")
        << "it has not met its target after all";
    EXPECT_EQ(
        restatement_causes(*told[0]),
        "Hồ sơ chuyển đơn vị: tử số −2, mẫu số −5; thanh toán bị hoàn, hủy: tử số −1"
    );
    EXPECT_EQ(
        label_of(sample, told.back()), "Phòng Đo đạc, Bản đồ và Viễn thám, Thanh toán trực tuyến"
    );
}

TEST(Digest, ListsTenRestatementsAndSaysWhereTheOthersAre) {
    const MailParts mail = render_mail(weekly_digest(test::restated_week().input()));
    EXPECT_NE(mail.text.find("Còn 2 số liệu khác đã điều chỉnh"), std::string::npos);
    EXPECT_NE(
        mail.text.find("12 số liệu tuần trước nay khác với bản tin đã gửi"), std::string::npos
    );
}

TEST(Digest, ARestatedFigureThatIsExactlyOnItsTargetHasNotMetIt) {
    test::Sample sample = test::restated_week();
    std::erase_if(sample.restated, [](const rules::Restatement& one) {
        return one.figure.now->unit != "H37.10.02";
    });
    const std::string text = render_mail(weekly_digest(sample.input())).text;
    EXPECT_NE(text.find("✓ 46,7 % (21/45)"), std::string::npos) << text;
    EXPECT_NE(text.find("✗ 45,0 % (18/40)"), std::string::npos) << text;
}

TEST(Digest, SaysThatAFigureWasNotPublishedOrIsNoneAnyMore) {
    test::Sample sample = test::restated_week();
    sample.restated.resize(2);
    sample.restated[0].figure.before.reset();
    sample.restated[1].figure.now.reset();
    const std::string text = render_mail(weekly_digest(sample.input())).text;
    EXPECT_NE(text.find("Đã công bố:   không có trong bản tin"), std::string::npos) << text;
    EXPECT_NE(text.find("Nay là:       không còn tính"), std::string::npos) << text;
}

TEST(Digest, SaysNothingOfRestatementsWhereThereAreNone) {
    const MailParts mail = render_mail(weekly_digest(test::usual_week().input()));
    EXPECT_EQ(mail.text.find("iều chỉnh"), std::string::npos);
    EXPECT_EQ(mail.html.find("iều chỉnh"), std::string::npos);
}

TEST(WeeklyDigest, SaysWhatTheAgencyWordsItself) {
    const test::Sample sample = test::usual_week();
    DigestInput input = sample.input();
    const std::string usual = weekly_digest(input).subject;
    input.texts = {
        .title = "Tin thi đua tuần",
        .subject_prefix = "[Sở TNMT]",
        .closing = "Thắc mắc về số liệu: Văn phòng Sở, 0205 xxx xxx."};
    const Document document = weekly_digest(input);
    EXPECT_EQ(document.subject, "[Sở TNMT] " + usual);
    EXPECT_EQ(document.title, "Tin thi đua tuần");
    const auto closing = std::ranges::find(document.blocks, Block(Paragraph{input.texts.closing}));
    ASSERT_NE(closing, document.blocks.end());
    EXPECT_TRUE(std::holds_alternative<Recipients>(*std::next(closing)));
}

}  // namespace
}  // namespace thidua::reports
