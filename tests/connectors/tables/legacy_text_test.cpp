// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/legacy_text.hpp"

#include "core/text.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::connectors {
namespace {

/// Decodes `bytes` in pieces of `size`.
Result<std::string> decoded(std::string_view bytes, Encoding encoding, std::size_t size) {
    auto decoder = TextDecoder::make(encoding).value();
    std::string text;
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, size);
        if (auto read = decoder.decode(piece, false, text); !read) {
            return std::unexpected(read.error());
        }
        bytes.remove_prefix(piece.size());
    }
    if (auto read = decoder.decode({}, true, text); !read) {
        return std::unexpected(read.error());
    }
    return to_nfc(text);
}

struct TextCase {
    std::string name;
    Encoding encoding;
    std::string bytes;
    std::string text;
    std::string error{};

    friend void PrintTo(const TextCase& row, std::ostream* out) { *out << row.name; }
};

class DecodeText : public testing::TestWithParam<TextCase> {};

TEST_P(DecodeText, GivesUtf8HoweverItIsCut) {
    const auto& row = GetParam();
    for (const std::size_t size : {1U, 2U, 3U, 1024U}) {
        const auto text = decoded(row.bytes, row.encoding, size);
        EXPECT_EQ(text.value_or(""), row.text) << size;
        EXPECT_EQ(text ? "" : text.error().message, row.error) << size;
    }
}

constexpr const char* no_utf8 = "line {}: bytes that are not UTF-8; declare the file's encoding";

std::string no_utf8_in(int line) {
    std::string text = no_utf8;
    return text.replace(text.find("{}"), 2, std::to_string(line));
}

const TextCase text_cases[] = {
    {"Ascii", Encoding::Utf8, "abc", "abc"},
    {"Utf8", Encoding::Utf8, "Hồ sơ 😀", "Hồ sơ 😀"},
    {"Utf8Mark", Encoding::Utf8, "\xEF\xBB\xBFHồ", "Hồ"},
    {"Utf16Little", Encoding::Utf8, std::string("\xFF\xFEH\0\xD3\x1E", 6), "Hồ"},
    {"Utf16Big", Encoding::Utf8, std::string("\xFE\xFF\0H\x1E\xD3", 6), "Hồ"},
    {"Utf16Pair", Encoding::Utf8, std::string("\xFF\xFE\x3D\xD8\x00\xDE", 6), "😀"},
    {"Windows1258", Encoding::Windows1258, "H\xF4\xCC s\xF5", "Hồ sơ"},
    {"Tcvn3", Encoding::Tcvn3, "H\xE5 s\xAC", "Hồ sơ"},
    {"Viscii", Encoding::Viscii, "H\xB0 s\xBD", "Hồ sơ"},
    {"Windows1258EndsWithAMark", Encoding::Windows1258, "H\xF4\xCC", "Hồ"},
    {"Windows1258EndsBeforeAMark", Encoding::Windows1258, "H\xF4", "Hô"},
    {"LongForm", Encoding::Utf8, "a\n\xC0\xAF", "", no_utf8_in(2)},
    {"Surrogate", Encoding::Utf8, "a\r\nb\r\n\xED\xA0\x80", "", no_utf8_in(3)},
    {"BeyondUnicode", Encoding::Utf8, "\xF4\x90\x80\x80", "", no_utf8_in(1)},
    {"LoneContinuation", Encoding::Utf8, "a\r\x80", "", no_utf8_in(2)},
    {"Cut", Encoding::Utf8, "a\xE1\xBB", "", no_utf8_in(1)},
    {
        "LoneSurrogate",
        Encoding::Utf8,
        std::string("\xFF\xFE\x00\xDC", 4),
        "",
        "line 1: bytes that are not UTF-16; declare the file's encoding",
    },
    {
        "OddBytesOfUtf16",
        Encoding::Utf8,
        std::string("\xFF\xFE\x41\x00\x42", 5),
        "",
        "line 1: bytes that are not UTF-16; declare the file's encoding",
    },
    {
        "NotInWindows1258",
        Encoding::Windows1258,
        "a\nb\xD2\x8Ax",
        "",
        "line 2: bytes that are not of the declared encoding; declare another",
    },
};

INSTANTIATE_TEST_SUITE_P(Encodings, DecodeText, testing::ValuesIn(text_cases), test::case_name<TextCase>);

}  // namespace
}  // namespace thidua::connectors
