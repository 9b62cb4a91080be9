// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/dossier_key.hpp"

#include "tests/support/case_name.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace thidua::store {
namespace {

struct CodeCase {
    std::string name;
    std::string code;
    std::string issuer;  ///< empty: of another shape
    std::string day;
    std::int64_t sequence = 0;
    int width = 0;

    friend void PrintTo(const CodeCase& row, std::ostream* out) { *out << row.name; }
};

class ParseCode : public testing::TestWithParam<CodeCase> {};

TEST_P(ParseCode, TakesTheUsualShapeApart) {
    const auto parts = parse_code(GetParam().code);
    ASSERT_EQ(parts.has_value(), !GetParam().issuer.empty());
    if (parts) {
        EXPECT_EQ(parts->issuer, GetParam().issuer);
        EXPECT_EQ(parts->day, *parse_day(GetParam().day));
        EXPECT_EQ(parts->sequence, GetParam().sequence);
        EXPECT_EQ(parts->width, GetParam().width);
    }
}

const CodeCase code_cases[] = {
    {"Usual", "H37.10-240617-0007", "H37.10", "2024-06-17", 7, 4},
    {"FiveDigits", "H37.10-240617-10007", "H37.10", "2024-06-17", 10'007, 5},
    {"SixDigits", "H37.10-240617-999999", "H37.10", "2024-06-17", 999'999, 6},
    {"LeadingZerosInSix", "H37.10-240617-000000", "H37.10", "2024-06-17", 0, 6},
    {"DashInTheIssuer", "H37-10-240617-0007", "H37-10", "2024-06-17", 7, 4},
    {"ShortestIssuer", "A-240617-0007", "A", "2024-06-17", 7, 4},
    {"FirstDay", "A-000101-0007", "A", "2000-01-01", 7, 4},
    {"LastDay", "A-991231-0007", "A", "2099-12-31", 7, 4},
    {"LeapDay", "A-240229-0007", "A", "2024-02-29", 7, 4},
    {"Empty", "", "", ""},
    {"NoDash", "A2406170007", "", ""},
    {"OnlyDashes", "--", "", ""},
    {"NoIssuer", "-240617-0007", "", ""},
    {"NothingBeforeTheDay", "240617-0007", "", ""},
    {"ShortDay", "A-24617-0007", "", ""},
    {"LongDay", "A-2024617-0007", "", ""},
    {"OtherMarkBeforeTheDay", "A/240617-0007", "", ""},
    {"ThreeDigits", "A-240617-007", "", ""},
    {"SevenDigits", "A-240617-0000007", "", ""},
    {"NoSequence", "A-240617-", "", ""},
    {"LetterInTheSequence", "A-240617-000x", "", ""},
    {"MarkBelowTheDigits", "A-240617-00.7", "", ""},
    {"LetterInTheDay", "A-24o617-0007", "", ""},
    {"MarkInTheDay", "A-24.617-0007", "", ""},
    {"MonthThirteen", "A-241317-0007", "", ""},
    {"MonthZero", "A-240017-0007", "", ""},
    {"DayZero", "A-240600-0007", "", ""},
    {"DayThirtyOneInJune", "A-240631-0007", "", ""},
    {"NoLeapDay", "A-230229-0007", "", ""},
    {"BlankAfterIt", "A-240617-007 ", "", ""},
};

INSTANTIATE_TEST_SUITE_P(DossierKey, ParseCode, testing::ValuesIn(code_cases), test::case_name<CodeCase>);

TEST(DossierKey, ManyCodesBecomeNumbersAndCodesAgain) {
    std::mt19937 random(7);
    const auto below = [&](unsigned limit) { return static_cast<unsigned>(random()) % limit; };
    std::set<std::string> codes;
    std::set<std::int64_t> streams;
    for (int count = 0; count < 20'000; ++count) {
        const auto issuer = static_cast<std::int64_t>(1 + below(issuers_max));
        const auto source = static_cast<std::int64_t>(1 + below(sources_max));
        const unsigned width = 4 + below(3);
        const std::string code = fmt::format(
            "H{}-{:02}{:02}{:02}-{:0{}}",
            issuer,
            below(100),
            1 + below(12),
            1 + below(28),
            below(
                width == 4   ? 10'000U
                : width == 5 ? 100'000U
                             : 1'000'000U
            ),
            width
        );
        const auto parts = parse_code(code);
        ASSERT_TRUE(parts) << code;
        const std::int64_t number = pack_number(*parts, issuer);
        const std::int64_t stream = stream_of(number, source);
        ASSERT_EQ(unpack_code(number, parts->issuer), code);
        ASSERT_EQ(number_of(stream), number) << code;
        ASSERT_EQ(source_of(stream), source) << code;
        ASSERT_EQ(issuer_of(stream), issuer) << code;
        ASSERT_FALSE(is_odd(number)) << code;
        ASSERT_TRUE(least_key < stream && stream <= greatest_key) << code;
        codes.insert(code + "#" + std::to_string(source));
        streams.insert(stream);
    }
    EXPECT_EQ(streams.size(), codes.size());
}

TEST(DossierKey, LaterDaysHaveGreaterNumbersWhoeverTheIssuer) {
    const std::int64_t before = pack_number(*parse_code("A-240617-999999"), issuers_max);
    EXPECT_LT(stream_of(before, sources_max), pack_number(*parse_code("B-240618-0000"), 1));
}

TEST(DossierKey, ASequenceOfAnotherWidthIsAnotherDossier) {
    EXPECT_NE(
        pack_number(*parse_code("A-240617-0007"), 1), pack_number(*parse_code("A-240617-00007"), 1)
    );
}

TEST(DossierKey, OddNumbersAreBelowAllOthersAndWithinTheAgency) {
    const std::int64_t first = odd_number(1);
    const std::int64_t billionth = odd_number(1'000'000'000);
    EXPECT_TRUE(is_odd(first));
    EXPECT_TRUE(is_odd(billionth));
    EXPECT_LT(least_key, first);
    EXPECT_LT(stream_of(first, sources_max), odd_number(2));
    EXPECT_LT(billionth, pack_number(*parse_code("A-000101-0000"), 1));
    EXPECT_EQ(number_of(stream_of(billionth, 3)), billionth);
    EXPECT_EQ(source_of(stream_of(billionth, 3)), 3);
}

TEST(DossierKeyDeathTest, WhatDoesNotFitEndsTheProgramInsteadOfMeaningAnother) {
    const CodeParts parts = *parse_code("A-240617-0007");
    EXPECT_DEATH((void)pack_number(parts, 0), "an issuer");
    EXPECT_DEATH((void)pack_number(parts, issuers_max + 1), "12 bits of issuer");
    EXPECT_DEATH((void)stream_of(odd_number(1), 0), "a source");
    EXPECT_DEATH((void)stream_of(odd_number(1), sources_max + 1), "5 bits of source");
    EXPECT_DEATH((void)unpack_code(odd_number(1), "A"), "a number made from a code");
}

}  // namespace
}  // namespace thidua::store
