// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Who improved most, and what is quoted of that unit: its own words, and nobody else's.
#include "reports/digest_practice.hpp"

#include "reports/digest_facts.hpp"
#include "reports/mail.hpp"
#include "tests/reports/sample_agency.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>
#include <variant>
#include <vector>

namespace thidua::reports {
namespace {

using namespace std::chrono_literals;

/// Payments of units A, B and C before and now.
struct ImproverCase {
    std::string name;
    std::vector<std::optional<Ratio>> before;
    std::vector<std::optional<Ratio>> now;
    std::string unit;  ///< "A"; empty: nobody
    int others = 0;

    friend void PrintTo(const ImproverCase& row, std::ostream* out) { *out << row.name; }
};

test::Sample sample_of(const ImproverCase& row) {
    std::vector<test::UnitCounts> rows;
    for (std::size_t at = 0; at < row.now.size(); ++at) {
        const std::string letter(1, static_cast<char>('A' + at));
        rows.push_back(
            {"H37.10.0" + std::to_string(at + 1),
             letter,
             test::root_code,
             {{{9, 10}}, {{9, 10}}, row.now[at]},
             {{{9, 10}}, {{9, 10}}, row.before[at]}}
        );
    }
    return test::make_sample(rows, {2024, 42});
}

class FindImprover : public testing::TestWithParam<ImproverCase> {};

TEST_P(FindImprover, TakesTheHighestRiseExactly) {
    const test::Sample sample = sample_of(GetParam());
    const DigestInput input = sample.input();
    const Improver best = find_improver(input, primary_indicator(input));
    EXPECT_EQ(best.unit == nullptr ? "" : best.unit->name, GetParam().unit);
    EXPECT_EQ(best.others, GetParam().others);
}

const ImproverCase improver_cases[] = {
    {"HighestRise", {{{1, 10}}, {{5, 10}}, {{3, 10}}}, {{{2, 10}}, {{7, 10}}, {{4, 10}}}, "B"},
    {"PointsNotCases", {{{100, 1000}}, {{1, 10}}}, {{{190, 1000}}, {{2, 10}}}, "B"},
    {"FirstOfEqualsInTheRanking", {{{1, 10}}, {{20, 100}}}, {{{2, 10}}, {{30, 100}}}, "B", 1},
    // 1/3 and 333333/1000000 differ only beyond what a rounded percentage shows.
    {"ByLessThanIsShown", {{{0, 3}}, {{0, 1000000}}}, {{{1, 3}}, {{333333, 1000000}}}, "A"},
    {"NobodyRose", {{{5, 10}}, {{5, 10}}}, {{{5, 10}}, {{4, 10}}}, ""},
    {"MoreCasesAtTheSameShareAreNoRise", {{{5, 10}}}, {{{50, 100}}}, ""},
    {"UnknownBefore", {std::nullopt, {{1, 10}}}, {{{9, 10}}, {{2, 10}}}, "B"},
    {"UnknownNow", {{{1, 10}}, {{1, 10}}}, {std::nullopt, {{2, 10}}}, "B"},
    {"NothingReceivedBefore", {{{0, 0}}, {{1, 10}}}, {{{9, 10}}, {{2, 10}}}, "B"},
};

INSTANTIATE_TEST_SUITE_P(Rows, FindImprover, testing::ValuesIn(improver_cases), test::case_name<ImproverCase>);

TEST(FindImprover, NeverTakesAFigureThatIsNotFit) {
    test::Sample sample = sample_of({"", {{{1, 10}}, {{1, 10}}}, {{{9, 10}}, {{2, 10}}}, ""});
    for (rules::UnitStanding& unit : sample.standings.units) {
        if (unit.name == "A") {
            unit.figures[2].fitness = rules::Fitness::Unreconciled;
        }
    }
    const DigestInput input = sample.input();
    EXPECT_EQ(find_improver(input, primary_indicator(input)).unit->name, "B");
}

struct PracticeCase {
    std::string name;
    std::vector<Evidence> evidence;
    std::int64_t id = 0;  ///< 0: none

    friend void PrintTo(const PracticeCase& row, std::ostream* out) { *out << row.name; }
};

Evidence filed(std::int64_t id, int day, EvidenceState state, std::string candidate = "H37.10.01") {
    Evidence evidence;
    evidence.id = id;
    evidence.candidate = std::move(candidate);
    evidence.topic = "content/5";
    evidence.title = "Quầy hỗ trợ";
    evidence.text = "Bố trí quầy hướng dẫn thanh toán trực tuyến";
    evidence.filed_at = test::at(test::day(2024, 10, static_cast<unsigned>(day)), 9h);
    evidence.state = state;
    return evidence;
}

class FindPractice : public testing::TestWithParam<PracticeCase> {};

TEST_P(FindPractice, TakesWhatTheUnitFiled) {
    const Evidence* found = find_practice(GetParam().evidence, "H37.10.01");
    EXPECT_EQ(found == nullptr ? 0 : found->id, GetParam().id);
}

const PracticeCase practice_cases[] = {
    {"Nothing", {}, 0},
    {"Filed", {filed(1, 3, EvidenceState::Filed)}, 1},
    {"TheNewest",
     {filed(1, 3, EvidenceState::Filed),
      filed(2, 5, EvidenceState::Filed),
      filed(3, 4, EvidenceState::Filed)},
     2},
    {"TheLastOfOneMoment",
     {filed(1, 3, EvidenceState::Filed), filed(2, 3, EvidenceState::Filed)},
     2},
    {"AcceptedBeforeNewer",
     {filed(1, 3, EvidenceState::Accepted), filed(2, 5, EvidenceState::Filed)},
     1},
    {"RejectedNever", {filed(1, 3, EvidenceState::Rejected)}, 0},
    {"RejectedIsPassedOver",
     {filed(1, 3, EvidenceState::Filed), filed(2, 5, EvidenceState::Rejected)},
     1},
    {"AnotherUnitNever", {filed(1, 3, EvidenceState::Accepted, "H37.10.02")}, 0},
    {"NeitherAUnitBelow", {filed(1, 3, EvidenceState::Accepted, "H37.10.01.01")}, 0},
    {"NorAnOfficer", {filed(1, 3, EvidenceState::Accepted, "CB-017")}, 0},
};

INSTANTIATE_TEST_SUITE_P(Rows, FindPractice, testing::ValuesIn(practice_cases), test::case_name<PracticeCase>);

/// What stands under "Cách làm hay", without the heading.
std::vector<Block> practice(const DigestInput& input) {
    std::vector<Block> blocks;
    add_practice(blocks, input);
    if (!blocks.empty()) {
        EXPECT_EQ(blocks.front(), Block(Heading{"Cách làm hay"}));
        blocks.erase(blocks.begin());
    }
    return blocks;
}

TEST(Practice, QuotesTheUnitThatImprovedMost) {
    test::Sample sample = test::usual_week();
    sample.evidence = {
        filed(7, 15, EvidenceState::Accepted), filed(8, 16, EvidenceState::Accepted, "H37.10.02")};
    EXPECT_EQ(
        practice(sample.input()),
        (std::vector<Block>{
            Paragraph{
                "Phòng Quản lý đất đai tăng nhiều nhất so với tuần trước: Thanh toán trực tuyến "
                "▲6,1 điểm phần trăm. Đơn vị đã nộp minh chứng số 7 (được chấp nhận), "
                "“Quầy hỗ trợ”: “Bố trí quầy hướng dẫn thanh toán trực tuyến”."},
            Note{"Trích lời đơn vị tự khai; bản tin không kết luận đó là nguyên nhân của mức "
                 "tăng."}})
    );
}

TEST(Practice, SaysThatNothingWasFiled) {
    test::Sample sample = test::usual_week();
    sample.evidence = {
        filed(8, 16, EvidenceState::Accepted, "H37.10.02"), filed(9, 16, EvidenceState::Rejected)};
    EXPECT_EQ(
        practice(sample.input()),
        (std::vector<Block>{Paragraph{
            "Phòng Quản lý đất đai tăng nhiều nhất so với tuần trước: Thanh toán trực tuyến ▲6,1 "
            "điểm phần trăm. Đơn vị chưa nộp minh chứng nào về việc đã làm."}})
    );
}

TEST(Practice, HasNoSectionWhereNobodyImprovedOrNothingCanBeCompared) {
    for (const auto make : {test::first_edition, test::silent_source, test::stale_source}) {
        test::Sample sample = make();
        sample.evidence = {filed(7, 15, EvidenceState::Accepted)};
        EXPECT_TRUE(practice(sample.input()).empty());
    }
    test::Sample sample = sample_of({"", {{{5, 10}}}, {{{5, 10}}}, ""});
    sample.evidence = {filed(7, 15, EvidenceState::Accepted)};
    EXPECT_TRUE(practice(sample.input()).empty());
}

TEST(Practice, CutsALongTextBehindAWord) {
    test::Sample sample = test::usual_week();
    Evidence evidence = filed(7, 15, EvidenceState::Filed);
    evidence.text.clear();
    for (int count = 0; count < 100; ++count) {
        evidence.text += "hướng dẫn ";
    }
    sample.evidence = {evidence};
    const auto text = std::get<Paragraph>(practice(sample.input()).front()).text;
    EXPECT_NE(text.find("hướng dẫn hướng dẫn…”"), std::string::npos) << text;
    EXPECT_LT(text.size(), 800U);
}

TEST(Practice, IsHarmlessInBothPartsOfAMail) {
    test::Sample sample = test::usual_week();
    Evidence evidence = filed(7, 15, EvidenceState::Filed);
    evidence.title = "<img src=x onerror=alert(1)>";
    evidence.text = "a\r\n\r\n.\r\nBcc: ai@example.org \u202Eevil <script>alert(1)</script> =1+1";
    sample.evidence = {evidence};
    const MailParts mail = render_mail(weekly_digest(sample.input()));
    EXPECT_EQ(mail.html.find("<img"), std::string::npos);
    EXPECT_EQ(mail.html.find("<script"), std::string::npos);
    EXPECT_NE(mail.html.find("&lt;script&gt;"), std::string::npos);
    for (const std::string& part : {mail.html, mail.text}) {
        EXPECT_EQ(part.find("\u202E"), std::string::npos);
        EXPECT_EQ(part.find("\nBcc:"), std::string::npos);
        EXPECT_EQ(part.find("\n.\n"), std::string::npos);
        EXPECT_EQ(part.find('\r'), std::string::npos);
    }
}

}  // namespace
}  // namespace thidua::reports
