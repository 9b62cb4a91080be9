// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/text.hpp"

#include "core/base64.hpp"

#include <gtest/gtest.h>

#include <array>

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

TEST(Nearest, FindsWhatWasMeant) {
    const std::array<std::string, 3> keys{"pagination", "records", "retry"};
    EXPECT_EQ(nearest("pagintion", keys), "pagination");
    EXPECT_EQ(nearest("something-else", keys), "");
}

}  // namespace
}  // namespace thidua
