// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/rollup_row.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>

namespace thidua::store {
namespace {

RollupChange unpacked(const std::vector<RollupRow>& rows) {
    RollupChange sums;
    for (const RollupRow& row : rows) {
        const auto read = unpack(row, sums);
        EXPECT_TRUE(read) << read.error().message;
    }
    return sums;
}

DayKey key(std::int64_t day, std::int64_t unit, std::int64_t procedure) {
    return {day, 2, unit, procedure};
}

struct RowsCase {
    std::string name;
    RollupChange sums;  ///< settled
    std::size_t rows;

    friend void PrintTo(const RowsCase& row, std::ostream* out) { *out << row.name; }
};

class RollupRows : public testing::TestWithParam<RowsCase> {};

TEST_P(RollupRows, HoldWhatWasPacked) {
    const auto rows = pack(GetParam().sums);
    EXPECT_EQ(rows.size(), GetParam().rows);
    EXPECT_TRUE(std::ranges::is_sorted(rows, {}, &RollupRow::key));
    EXPECT_EQ(unpacked(rows), GetParam().sums);
}

constexpr std::int64_t large = (std::int64_t{1} << 48U) - 1;

const RowsCase rows_cases[] = {
    {"Nothing", {}, 0},
    {"OneSum", {{{key(19'000, 7, 9), {1, 1, 0}}}, {}}, 1},
    {"ProceduresOfAUnitShareARow",
     {{{key(19'000, 7, 1), {3, 2, 1}}, {key(19'000, 7, 900), {1, 0, 1}}}, {}},
     1},
    {"UnitsAndDaysDoNot",
     {{{key(19'000, 7, 1), {3, 2, 1}},
       {key(19'000, 8, 1), {1, 0, 1}},
       {key(19'001, 7, 1), {1, 0, 1}}},
      {}},
     3},
    {"PaidStandsBesideTheDaysCounts",
     {{{key(19'000, 7, 1), {3, 2, 1}}, {key(19'000, 8, 1), {1, 0, 1}}},
      {{{key(19'000, 8, 1), PaidBy::Dvcqg, 4, 19'007}, 1},
       {{key(19'000, 8, 1), PaidBy::Dvcqg, 5, 19'003}, 1},
       {{key(19'000, 8, 1), PaidBy::FlagProvince, 0, 0}, 2}}},
     2},
    {"PaidAlone", {{}, {{{key(19'000, 7, 1), PaidBy::Both, 4, 19'007}, 1}}}, 1},
    {"PaidBeforeAndAfterTheDaysThatHaveCounts",
     {{{key(19'001, 7, 1), {1, 1, 1}}},
      {{{key(19'000, 7, 1), PaidBy::Both, 4, 1}, 1}, {{key(19'002, 7, 1), PaidBy::Both, 4, 1}, 1}}},
     3},
    {"LargeAndBelowNothing",
     {{{key(19'000, large, large), {large, -large, -1}}},
      {{{key(19'000, large, large), PaidBy::Both, large, -large}, -large}}},
     1},
};

INSTANTIATE_TEST_SUITE_P(Rollup, RollupRows, testing::ValuesIn(rows_cases), test::case_name<RowsCase>);

TEST(RollupRow, KeepsItsFormOnDisk) {
    const auto rows = pack(
        {{{key(19'000, 7, 3), {200, 5, 0}}, {key(19'000, 7, 131), {1, 0, 1}}},
         {{{key(19'000, 7, 131), PaidBy::Dvcqg, 4, 19'007}, 1}}}
    );
    ASSERT_EQ(rows.size(), 1U);
    using namespace std::string_literals;
    EXPECT_EQ(rows[0].counts, "\x03\x90\x03\x0A\x00\x80\x01\x02\x00\x02"s);
    EXPECT_EQ(rows[0].paid, "\x83\x01\x01\x04\xFE\xA8\x02\x02"s);
}

struct DamagedCase {
    std::string name;
    std::string counts;
    std::string paid;

    friend void PrintTo(const DamagedCase& row, std::ostream* out) { *out << row.name; }
};

class DamagedRow : public testing::TestWithParam<DamagedCase> {};

TEST_P(DamagedRow, IsNamed) {
    RollupChange sums;
    const auto read = unpack({{19'000, 2, 7}, GetParam().counts, GetParam().paid}, sums);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::Io);
    EXPECT_EQ(
        read.error().message,
        "rollup of day 19000, source 2, unit 7: damaged; restore the last backup"
    );
}

const DamagedCase damaged_cases[] = {
    {"EndsWithinANumber", "\x03\x90", ""},
    {"EndsWithinASum", "\x03\x02\x02", ""},
    {"ANumberWithoutEnd", std::string(20, '\x80'), ""},
    {"PaidEndsWithinASum", "", "\x03\x01\x04"},
    {"PaidByARoadThatIsNone", "", "\x03\x06\x04\x02\x02"},
    {"PaidByNoRoad", "", std::string("\x03\x00\x04\x02\x02", 5)},
};

INSTANTIATE_TEST_SUITE_P(Rollup, DamagedRow, testing::ValuesIn(damaged_cases), test::case_name<DamagedCase>);

}  // namespace
}  // namespace thidua::store
