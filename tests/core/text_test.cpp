// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/text.hpp"

#include "core/base64.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <array>
#include <ostream>
#include <string>

namespace thidua {
namespace {

TEST(Base64, IsThatOfItsSpecification) {  // RFC 4648, 10
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64(std::string("\xff\0\xfe", 3)), "/wD+");
}

TEST(ToNfc, MakesOneTextOfTwoEncodings) {
    // "Sở" with a combining horn and hook, as some systems send it.
    const std::string decomposed = "So\u031B\u0309";
    EXPECT_EQ(to_nfc(decomposed), "Sở");
    EXPECT_EQ(to_nfc("\uFEFF Sở\u00A0Tài\u3000nguyên "), "Sở Tài nguyên");
    EXPECT_EQ(to_nfc("plain"), "plain");
}

TEST(ToNfc, LeavesNoInvalidUtf8) {
    EXPECT_EQ(to_nfc("a\xFF z"), "a\uFFFD z");
}

TEST(Fold, IsBlindToMarksAndCase) {
    EXPECT_EQ(fold("Văn phòng  ĐĂNG KÝ đất đai"), "van phong dang ky dat dai");
    EXPECT_EQ(fold("Uỷ ban"), fold("Ủy ban"));
}

TEST(OneLine, ShowsControlCharacters) {
    EXPECT_EQ(one_line("a\nb\tc"), "a\\x0Ab\\x09c");
}

struct ExcerptCase {
    std::string name;
    std::string text;
    std::size_t letters_max = 0;
    std::string excerpt;

    friend void PrintTo(const ExcerptCase& row, std::ostream* out) { *out << row.name; }
};

class Excerpt : public testing::TestWithParam<ExcerptCase> {};

TEST_P(Excerpt, IsCutBehindAWordAndHarmless) {
    EXPECT_EQ(excerpt(GetParam().text, GetParam().letters_max), GetParam().excerpt);
}

const ExcerptCase excerpt_cases[] = {
    {"AllOfIt", "Bố trí quầy hỗ trợ", 18, "Bố trí quầy hỗ trợ"},
    {"OneLetterTooMany", "Bố trí quầy hỗ trợ", 17, "Bố trí quầy hỗ…"},
    {"ALimitBehindAWord", "Bố trí quầy hỗ trợ", 11, "Bố trí quầy…"},
    {"ALimitBehindASpace", "Bố trí quầy hỗ trợ", 12, "Bố trí quầy…"},
    {"ALimitWithinTheLastLetterOfAWord", "Bố trí quầy hỗ trợ", 10, "Bố trí…"},
    {"AWordLongerThanAll", "ộộộộộộ trí", 3, "ộộộ…"},
    {"LettersAreCountedNotBytes",
     "\U0001F600\U0001F600\U0001F600",
     3,
     "\U0001F600\U0001F600\U0001F600"},
    {"LettersOutsideThePlaneStayWhole",
     "\U0001F600\U0001F600\U0001F600",
     2,
     "\U0001F600\U0001F600…"},
    {"SpacesAreOne", "  a \t\r\n b\u00A0\u2028c  ", 50, "a b c"},
    {"NothingTurnsTheDirection", "a\u202Eb\u2066c\u200Fd", 50, "a b c d"},
    {"ControlsAreGone", std::string("a\0b\x1B[31mc", 9), 50, "a b [31mc"},
    {"TwoEncodingsAreOne", "So\u031B\u0309 Sở", 5, "Sở Sở"},
    {"NoUtf8", "a\xFF z", 50, "a\uFFFD z"},
    {"Empty", "", 5, ""},
    {"OnlySpaces", " \n ", 1, ""},
};

INSTANTIATE_TEST_SUITE_P(Rows, Excerpt, testing::ValuesIn(excerpt_cases), test::case_name<ExcerptCase>);

TEST(Nearest, FindsWhatWasMeant) {
    const std::array<std::string, 3> keys{"pagination", "records", "retry"};
    EXPECT_EQ(nearest("pagintion", keys), "pagination");
    EXPECT_EQ(nearest("something-else", keys), "");
}

}  // namespace
}  // namespace thidua
