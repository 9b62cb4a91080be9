// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/urging_ledger.hpp"

#include "reports/xlsx.hpp"
#include "tests/reports/sample_agency.hpp"
#include "tests/reports/samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace thidua::reports {
namespace {

class UrgingWorkbook : public testing::Test {
  protected:
    UrgedUnit urged(std::optional<rules::UrgingEffect> effect) const {
        Urging urging;
        urging.unit = "H37.10.05";
        urging.indicator = "payments-online";
        urging.day = test::day(2024, 10, 2);
        urging.by = "Bà An";
        urging.document = "120/STNMT-VP";
        urging.at = test::at(urging.day, std::chrono::hours{9});
        return {urging, "Văn phòng Đăng ký đất đai", &payments(), effect};
    }

    const Indicator& payments() const {
        return *std::ranges::find(sample_.campaign.indicators, "payments-online", &Indicator::id);
    }

    /// The row of the ledger, or of those proposed.
    static sheet::Row last_row(const sheet::Workbook& workbook, std::size_t sheet) {
        return workbook.sheets.at(sheet).rows.back();
    }

    const test::Sample sample_ = test::usual_week();
};

TEST_F(UrgingWorkbook, SaysWhomToUrgeAndWhatMoved) {
    const auto unit =
        std::ranges::find(sample_.standings.units, "H37.10.05", &rules::UnitStanding::code);
    const sheet::Workbook workbook = urging_workbook(
        {sample_.campaign,
         sample_.standings,
         {{&*unit, &payments(), test::day(2024, 9, 30), {"Giám đốc", "Phó Giám đốc"}}},
         {urged(rules::UrgingEffect{Ratio{28, 60}, Ratio{18, 30}, 2})}}
    );
    const sheet::Row proposed = last_row(workbook, 0);
    EXPECT_EQ(proposed.cells[3], sheet::Cell(sheet::Count{1874}));
    EXPECT_EQ(proposed.cells[4], sheet::Cell(sheet::Count{4710}));
    EXPECT_EQ(
        std::get<sheet::Formula>(proposed.cells[5]).formula, "IF(E4=0,\"không phát sinh\",D4/E4)"
    );
    EXPECT_EQ(proposed.cells[7], sheet::Cell(sheet::Count{246}));
    EXPECT_EQ(proposed.cells[9], sheet::Cell(sheet::Date{test::day(2024, 9, 30)}));
    EXPECT_EQ(std::get<sheet::Text>(proposed.cells[10]).text, "Giám đốc; Phó Giám đốc");
    const sheet::Row entry = last_row(workbook, 1);
    EXPECT_EQ(std::get<sheet::Text>(entry.cells[4]).text, "đã đôn đốc");
    EXPECT_EQ(entry.cells[8], sheet::Cell(sheet::Count{28}));
    EXPECT_EQ(entry.cells[10], sheet::Cell(sheet::Count{2}));
    EXPECT_EQ(entry.cells[11], sheet::Cell(sheet::Count{18}));
    EXPECT_EQ(std::get<sheet::Text>(entry.cells[13]).text, "nhanh hơn");
    const auto bytes = render_xlsx(workbook);
    ASSERT_TRUE(bytes) << bytes.error().message;
    EXPECT_EQ(*bytes, *render_xlsx(workbook)) << "the same bytes each time";
}

TEST_F(UrgingWorkbook, WithoutWholeWeeksItSaysSo) {
    const auto row_of = [&](const UrgedUnit& one) {
        return last_row(urging_workbook({sample_.campaign, sample_.standings, {}, {one}}), 1);
    };
    const sheet::Row early = row_of(urged(rules::UrgingEffect{Ratio{28, 60}, {}, 0}));
    EXPECT_EQ(std::get<sheet::Text>(early.cells[11]).text, "chưa đủ tuần");
    EXPECT_EQ(std::get<sheet::Text>(early.cells[13]).text, "chưa đủ tuần");
    EXPECT_EQ(std::get<sheet::Text>(row_of(urged({})).cells[13]).text, "thiếu số liệu");
    UrgedUnit draft = urged({});
    draft.urging.kind = UrgingKind::Drafted;
    EXPECT_EQ(row_of(draft).cells[13], sheet::Cell(sheet::Blank{})) << "nobody was urged yet";
}

TEST_F(UrgingWorkbook, OfNothingIsAWorkbookToo) {
    const sheet::Workbook workbook = urging_workbook({sample_.campaign, sample_.standings, {}, {}});
    EXPECT_TRUE(render_xlsx(workbook));
    EXPECT_EQ(workbook.sheets.size(), 2U);
}

}  // namespace
}  // namespace thidua::reports
