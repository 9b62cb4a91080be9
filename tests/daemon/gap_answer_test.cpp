// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What `thidua gap` says of a small agency, as people read it and as programs do.
#include "daemon/gap_answer.hpp"

#include "tests/daemon/counted_agency.hpp"

#include <gtest/gtest.h>

namespace thidua::daemon {
namespace {

class GapOf : public test::CountedAgency {
  protected:
    GapOf() {
        organisation_ = *Organisation::create(
            {{"H37", "Sở", std::nullopt, {}},
             {"H37.1", "Văn phòng Đăng ký", "H37", {}},
             {"H37.2", "Phòng Đo đạc", "H37", {}}}
        );
        for (const char* code : {"1.000001", "1.000002", "1.000003"}) {
            const bool bears_fee = std::string(code) != "1.000003";
            procedures_.push_back(
                {code,
                 "Thủ tục " + std::string(code).substr(7),
                 {"H37.1"},
                 {{campaign_.start, Level::Full}},
                 {{campaign_.start, bears_fee}}}
            );
        }
        SourceStatus source;
        source.name = "tthc";
        source.state = SourceStatus::State::Fresh;
        source.past_limit = false;
        sources_ = {source};
        // Eight complete weeks until 28 July, each like the others: 4 of 10, and 1 of 4 direct.
        for (int week = 0; week < 8; ++week) {
            const Day monday = campaign_.start + std::chrono::weeks{week};
            tallies_.push_back({monday, "H37.1", "1.000001", 10, 9, 10, 4});
            tallies_.push_back({monday, "H37.1", "1.000002", 4, 0, 4, 1});
        }
    }

    GapAnswer answer() { return GapAnswer(input()); }
};

TEST_F(GapOf, IsSaidInVietnamese) {
    EXPECT_EQ(
        answer().as_text("H37.1"),
        R"(nho-2024: tính đến 28/07/2024, theo số liệu ghi nhận lúc 05:00 29/07/2024, tạm tính; còn 22 tuần trọn

H37.1 Văn phòng Đăng ký
  DVC phát sinh HSTT: 33,3 %, 1/3 dịch vụ công, chỉ tiêu trên 90 %, chưa đạt
    Cần thêm 2 dịch vụ công
    2 thủ tục chưa có hồ sơ trực tuyến:
      1.000002 Thủ tục 2: 32 hồ sơ, chưa có hồ sơ trực tuyến
      1.000003 Thủ tục 3: chưa phát sinh hồ sơ
  Thanh toán trực tuyến: 35,7 %, 40/112 hồ sơ, chỉ tiêu trên 45 %, chưa đạt
    Cần thêm 11 hồ sơ (hoặc 19 hồ sơ mới)
    Trong 308 hồ sơ dự kiến cần ít nhất 150 hồ sơ đạt yêu cầu
    Còn 22 tuần; cần 7 hồ sơ/tuần; 4 tuần qua đạt 5 hồ sơ/tuần: phải tăng ×1,4
    Dự báo đến cuối đợt 35,7 % (thử lại trên 4 tuần trước: lệch trung bình 0,00 điểm phần trăm)
    2 thủ tục chiếm 100,0 % phần còn thiếu:
      1.000001 Thủ tục 1: 48 hồ sơ (66,7 % phần còn thiếu)
      1.000002 Thủ tục 2: 24 hồ sơ (33,3 % phần còn thiếu)
)"
    );
}

TEST_F(GapOf, OfAUnitWithoutActivitySaysThatAndNothingElse) {
    const GapAnswer said = answer();
    EXPECT_TRUE(said.has("H37.2"));
    EXPECT_FALSE(said.has("H37.3"));
    EXPECT_TRUE(said.as_text("H37.2").ends_with(
        "H37.2 Phòng Đo đạc\n"
        "  DVC phát sinh HSTT: không phát sinh, chỉ tiêu trên 90 %\n"
        "  Thanh toán trực tuyến: không phát sinh, chỉ tiêu trên 45 %\n"
    )) << said.as_text("H37.2");
}

TEST_F(GapOf, OfEverythingEndsWithTheWhole) {
    const std::string text = answer().as_text("");
    EXPECT_NE(text.find("\nH37 Sở\n"), std::string::npos);
    EXPECT_NE(text.find("\nToàn bộ, kể cả hồ sơ chưa ánh xạ đơn vị\n"), std::string::npos);
}

TEST_F(GapOf, MarksFiguresWhoseSourceIsLate) {
    sources_[0].past_limit = true;
    const std::string text = answer().as_text("H37.1");
    EXPECT_NE(text.find("35,7 %, thiếu số liệu, 40/112 hồ sơ"), std::string::npos) << text;
}

TEST_F(GapOf, IsExactInJson) {
    const auto unit = answer().as_json("H37.1").at("units").at(0);
    const auto& payments = unit.at("indicators").at(1);
    EXPECT_EQ(payments.at("can_convert"), true);
    // (0.45 * (112 + 308) - 40) / 308 = 149 / 308: exactly 149 of them do not pass.
    EXPECT_EQ(
        payments.at("expected"),
        boost::json::parse(
            R"({"volume":308,"share":{"numerator":149,"denominator":308},"least":150,"feasible":true})"
        )
    );
    EXPECT_EQ(
        payments.at("pace"),
        boost::json::parse(
            R"({"volume":308,"needed":150,"needed_per_week":7,"done_in_four_weeks":20,
            "increase":{"numerator":600,"denominator":440},"verdict":"too-slow"})"
        )
    );
    EXPECT_EQ(payments.at("missed"), 72);
    EXPECT_EQ(unit.at("indicators").at(0).at("expected"), nullptr);
    EXPECT_EQ(unit.at("indicators").at(2).at("pace"), nullptr) << "without a target";
}

}  // namespace
}  // namespace thidua::daemon
