// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ratio.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua {
namespace {

struct ShareCase {
    std::string name;
    std::string text;
    std::optional<Share> share;
    std::string printed;

    friend void PrintTo(const ShareCase& row, std::ostream* out) { *out << row.name; }
};

class ParseShare : public testing::TestWithParam<ShareCase> {};

TEST_P(ParseShare, ReadsExactlyOrRefuses) {
    const auto share = parse_share(GetParam().text);
    ASSERT_EQ(share.has_value(), GetParam().share.has_value());
    if (share) {
        EXPECT_EQ(*share, *GetParam().share);
        EXPECT_EQ(to_text(*share), GetParam().printed);
    } else {
        EXPECT_EQ(share.error().kind, ErrorKind::Data);
        EXPECT_NE(share.error().message.find("45%"), std::string::npos);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Shares,
    ParseShare,
    testing::ValuesIn(std::vector<ShareCase>{
        {"PerCent", "45%", Share{9, 20}, "45%"},
        {"Fraction", "9/20", Share{9, 20}, "45%"},
        {"DecimalComma", "45,5%", Share{91, 200}, "45.5%"},
        {"DecimalPoint", "99.75 %", Share{399, 400}, "99.75%"},
        {"Third", "1/3", Share{1, 3}, "1/3"},
        {"Nothing", "0%", Share{0, 1}, "0%"},
        {"All", "100%", Share{1, 1}, "100%"},
        {"BareNumber", "45", std::nullopt, ""},
        {"Over100", "101%", std::nullopt, ""},
        {"OverOne", "3/2", std::nullopt, ""},
        {"ByZero", "0/0", std::nullopt, ""},
        {"Negative", "-1%", std::nullopt, ""},
        {"Words", "half", std::nullopt, ""},
    }),
    test::case_name<ShareCase>
);

TEST(CompareRatio, IsExactWhereADoubleIsNot) {
    // 2^53 of 2^53 + 1 is 1.0 as a double: a rounded comparison would call it all.
    constexpr std::int64_t big = std::int64_t{1} << 53;
    EXPECT_TRUE(compare(Ratio{big, big + 1}, Share{1, 1}) < 0);
    EXPECT_TRUE(compare(Ratio{45, 100}, Share{9, 20}) == 0);
    EXPECT_TRUE(compare(Ratio{46, 100}, Share{9, 20}) > 0);
    EXPECT_TRUE(compare(Ratio{1, 3}, Ratio{2, 6}) == 0);
}

TEST(CompareRatio, DoesNotOverflow) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    EXPECT_TRUE(compare(Ratio{most - 1, most}, Ratio{most, most}) < 0);
}

}  // namespace
}  // namespace thidua
