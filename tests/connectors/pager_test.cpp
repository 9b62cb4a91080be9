// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Pages in a row, and what each kind of paging makes of them.
#include "connectors/pager.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <vector>

namespace thidua::connectors {
namespace {

using Type = Pagination::Type;
using Proceed = Pager::Proceed;

struct WalkCase {
    std::string name;
    Pagination pagination;
    std::vector<PageFacts> pages;
    Proceed end = Proceed::Done;  ///< after the last page; GoOn after those before
    std::string error{};          ///< instead

    friend void PrintTo(const WalkCase& row, std::ostream* out) { *out << row.name; }
};

class Walk : public testing::TestWithParam<WalkCase> {};

TEST_P(Walk, EndsWhereNothingIsMissing) {
    const WalkCase& row = GetParam();
    Pager pager(row.pagination);
    for (std::size_t number = 0; number < row.pages.size(); ++number) {
        const auto proceed = pager.take(row.pages[number]);
        const bool is_last = number + 1 == row.pages.size();
        if (is_last && !row.error.empty()) {
            ASSERT_FALSE(proceed);
            EXPECT_EQ(proceed.error().kind, ErrorKind::Contract);
            EXPECT_EQ(proceed.error().message, row.error);
            return;
        }
        ASSERT_TRUE(proceed) << proceed.error().message;
        EXPECT_EQ(*proceed, is_last ? row.end : Proceed::GoOn) << "page " << number + 1;
    }
}

Pagination by(Type type, std::string next = {}, std::string last = {}) {
    Pagination pagination;
    pagination.type = type;
    pagination.size = 2;
    pagination.total = "/total";
    pagination.next = std::move(next);
    pagination.last = std::move(last);
    pagination.row = "/row";
    pagination.pages_max = 5;
    return pagination;
}

PageFacts counted(std::int64_t records, std::string print, std::int64_t total) {
    return {.records = records, .print = std::move(print), .total = total};
}

PageFacts leading(std::int64_t records, std::string print, std::optional<std::string> next) {
    return {.records = records, .print = std::move(print), .next = std::move(next)};
}

PageFacts flagged(std::int64_t records, std::string print, bool is_last) {
    return {.records = records, .print = std::move(print), .is_last = is_last};
}

PageFacts numbered(std::int64_t first, std::int64_t last, std::int64_t total) {
    return {
        .records = last - first + 1,
        .print = std::to_string(first),
        .total = total,
        .first_row = first,
        .last_row = last};
}

const WalkCase walk_cases[] = {
    {"OneWhole", by(Type::None), {counted(3, "a", 3)}},
    {"OneWithoutATotal", by(Type::None), {leading(3, "a", {})}},
    {"OneCutShort",
     by(Type::None),
     {counted(2, "a", 3)},
     {},
     "the last, though 1 of 3 records are missing"},
    {"Counted", by(Type::Page), {counted(2, "a", 3), counted(1, "b", 3)}},
    {"CountedNothing", by(Type::Page), {counted(0, "", 0)}},
    {"CountedEmptied",
     by(Type::Page),
     {counted(2, "a", 3), counted(0, "", 3)},
     {},
     "empty, though 1 of 3 records are missing"},
    {"CountedRepeated",
     by(Type::Offset),
     {counted(2, "a", 4), counted(2, "a", 4)},
     {},
     "holds the records of an earlier page"},
    {"CountedMoved", by(Type::StartEnd), {counted(2, "a", 3), counted(1, "b", 4)}, Proceed::Moved},
    {"CountedTooMany", by(Type::Page), {counted(2, "a", 3), counted(2, "b", 3)}, Proceed::Moved},
    {"CountedForEver",
     by(Type::Page),
     {counted(1, "a", 99),
      counted(1, "b", 99),
      counted(1, "c", 99),
      counted(1, "d", 99),
      counted(1, "e", 99)},
     {},
     "more pages than there may be (pagination.pages_max)"},
    {"Flagged", by(Type::Page, "", "/last"), {flagged(2, "a", false), flagged(1, "b", true)}},
    {"FlaggedEmptied",
     by(Type::Page, "", "/last"),
     {flagged(2, "a", false), flagged(0, "", false)},
     {},
     "empty, though it is not said to be the last"},
    {"Leading", by(Type::Cursor, "/next"), {leading(2, "a", "t1"), leading(1, "b", "")}},
    {"LeadingThroughAnEmptyPage",
     by(Type::Cursor, "/next"),
     {leading(2, "a", "t1"), leading(0, "", "t2"), leading(1, "c", "")}},
    {"LeadingNowhere",
     by(Type::Cursor, "/next"),
     {leading(2, "a", {})},
     {},
     "/next: not there, so nothing says that this is the last page"},
    {"LeadingInACircle",
     by(Type::Cursor, "/next"),
     {leading(2, "a", "t1"), leading(2, "b", "t2"), leading(2, "c", "t1")},
     {},
     "leads back to a page that was asked for already"},
    {"LinkedInACircle",
     by(Type::Link),
     {leading(2, "a", "/p?2"), leading(2, "b", "/p?2")},
     {},
     "leads back to a page that was asked for already"},
    {"Numbered", by(Type::Row), {numbered(1, 2, 3), numbered(3, 3, 3)}},
    {"NumberedWithAGap",
     by(Type::Row),
     {numbered(1, 2, 5), numbered(4, 5, 5)},
     {},
     "/row: records are not numbered from 3 to 4"},
};

INSTANTIATE_TEST_SUITE_P(Pager, Walk, testing::ValuesIn(walk_cases), test::case_name<WalkCase>);

TEST(Pager, SaysWhereTheNextPageIs) {
    Pager pager(by(Type::StartEnd));
    Values values;
    pager.set_values(values);
    EXPECT_EQ(values["start"], "0");
    EXPECT_EQ(values["end"], "2");
    ASSERT_TRUE(pager.take(counted(2, "a", 5)));
    pager.set_values(values);
    EXPECT_EQ(values["start"], "2");
    EXPECT_EQ(values["end"], "4");
    EXPECT_EQ(values["offset"], "2");
    EXPECT_EQ(values["page"], "1");
    EXPECT_EQ(pager.step(), "page 2");
}

}  // namespace
}  // namespace thidua::connectors
