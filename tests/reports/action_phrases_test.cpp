// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/action_phrases.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::reports {
namespace {

using rules::Pace;
using rules::PaceVerdict;

constexpr auto services = IndicatorKind::ServicesOnline;
constexpr auto payments = IndicatorKind::PaymentsOnline;

struct PhraseCase {
    std::string name;
    std::string said;
    std::string phrase;

    friend void PrintTo(const PhraseCase& row, std::ostream* out) { *out << row.name; }
};

class ActionPhrase : public testing::TestWithParam<PhraseCase> {};

TEST_P(ActionPhrase, IsWhatReadersSay) {
    EXPECT_EQ(GetParam().said, GetParam().phrase);
}

const Target above_45{"payments-online", TargetOperator::Above, {9, 20}, {}, {}, ""};

const PhraseCase phrases[] = {
    {"Expected",
     expected_phrase({1200, {9, 20}, 541, true}),
     "trong 1.200 hồ sơ dự kiến cần ít nhất 541 hồ sơ đạt yêu cầu"},
    {"ExpectedIsTooLittle",
     expected_phrase({100, {21, 20}, 106, false}),
     "dù cả 100 hồ sơ dự kiến đều đạt yêu cầu vẫn không đủ"},
    {"PaceSuffices",
     pace_phrase({9, 180, 81, 9, 36, PaceVerdict::Sufficient}, payments),
     "còn 9 tuần; cần 9 hồ sơ/tuần; 4 tuần qua đạt 9 hồ sơ/tuần: đang đủ nhịp"},
    {"PaceOfAQuarter",
     pace_phrase({9, 180, 82, 10, 37, PaceVerdict::Sufficient}, payments),
     "còn 9 tuần; cần 10 hồ sơ/tuần; 4 tuần qua đạt 9,25 hồ sơ/tuần: đang đủ nhịp"},
    // 126 in 9 weeks against 9 a week: 14 / 9 = 1.555...
    {"PaceMustRise",
     pace_phrase({9, 180, 126, 14, 36, PaceVerdict::TooSlow}, payments),
     "còn 9 tuần; cần 14 hồ sơ/tuần; 4 tuần qua đạt 9 hồ sơ/tuần: phải tăng ×1,6"},
    {"PaceMustRiseALittle",
     pace_verdict({9, 180, 82, 10, 36, PaceVerdict::TooSlow}),
     "phải tăng ×1,1"},
    {"PaceMustBegin",
     pace_verdict({9, 180, 82, 10, 0, PaceVerdict::TooSlow}),
     "phải tăng, 4 tuần qua chưa thêm được trường hợp nào"},
    {"PaceCannotSuffice",
     pace_verdict({9, 180, 202, 23, 36, PaceVerdict::OutOfReach}),
     "không thể đạt với khối lượng dự kiến"},
    {"PaceOfServices",
     pace_phrase({5, 16, 6, 2, 2, PaceVerdict::TooSlow}, services),
     "còn 5 tuần; cần 2 dịch vụ công/tuần; 4 tuần qua đạt 0,5 dịch vụ công/tuần: phải tăng ×2,4"},
    // 44.996 % at the end is not 45 %
    {"Forecast",
     forecast_phrase({{44'996, 100'000}, 135, 5}, above_45),
     "dự báo đến cuối đợt 44,9 % (thử lại trên 5 tuần trước: lệch trung bình 1,35 điểm phần trăm)"},
    {"Cause", cause_phrase({0, 120, 300}, 280, payments), "120 hồ sơ (42,9 % phần còn thiếu)"},
    {"CauseOfServices",
     cause_phrase({0, 1, 35}, 4, services),
     "35 hồ sơ, chưa có hồ sơ trực tuyến"},
    {"CauseWithoutDossiers", cause_phrase({0, 1, 0}, 4, services), "chưa phát sinh hồ sơ"},
};

INSTANTIATE_TEST_SUITE_P(Rows, ActionPhrase, testing::ValuesIn(phrases), test::case_name<PhraseCase>);

}  // namespace
}  // namespace thidua::reports
