// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/text.hpp"

#include "core/result.hpp"

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <vector>

namespace thidua {
namespace {

constexpr UChar32 no_break_space = 0x00A0;
constexpr UChar32 narrow_no_break_space = 0x202F;
constexpr UChar32 full_width_space = 0x3000;
constexpr UChar32 small_d_with_stroke = 0x0111;
constexpr UChar32 byte_order_mark = 0xFEFF;

const icu::Normalizer2& normalizer(bool composed) {
    UErrorCode code = U_ZERO_ERROR;
    const icu::Normalizer2* form =
        composed ? icu::Normalizer2::getNFCInstance(code) : icu::Normalizer2::getNFDInstance(code);
    check(U_SUCCESS(code) != 0 && form != nullptr, "ICU has its normalisation data");
    return *form;  // NOLINT(clang-analyzer-core.uninitialized.UndefReturn): check() ended it
}

icu::UnicodeString normalized(const icu::UnicodeString& text, bool composed) {
    UErrorCode code = U_ZERO_ERROR;
    icu::UnicodeString result = normalizer(composed).normalize(text, code);
    check(U_SUCCESS(code) != 0, "ICU normalises valid text");
    return result;
}

icu::UnicodeString from_utf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))
    );
}

constexpr UChar32 ellipsis = 0x2026;

/// White space, controls, line separators, and marks that nobody sees, such as those that turn the
/// direction of writing.
bool parts_words(UChar32 letter) {
    constexpr std::uint32_t unseen = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_Z_MASK;
    return (U_GET_GC_MASK(letter) & unseen) != 0;
}

bool is_odd_space(UChar32 letter) {
    return letter == no_break_space || letter == narrow_no_break_space ||
           letter == full_width_space;
}

/// Eight letters at a time; the last eight may overlap those before.
bool is_ascii(std::string_view text) {
    constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080U;
    std::uint64_t seen = 0;
    if (text.size() < sizeof seen) {
        for (const char letter : text) {
            seen |= static_cast<unsigned char>(letter);
        }
        return (seen & 0x80U) == 0;
    }
    const auto eight_at = [&](std::size_t at) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + at, sizeof eight);
        return eight;
    };
    for (std::size_t at = 0; at + sizeof seen <= text.size(); at += sizeof seen) {
        seen |= eight_at(at);
    }
    return ((seen | eight_at(text.size() - sizeof seen)) & high_bits) == 0;
}

/// For texts that are not ASCII.
std::string normal_form(std::string_view text) {
    icu::UnicodeString plain;
    const icu::UnicodeString given = from_utf8(text);
    for (int32_t at = 0; at < given.length(); at = given.moveIndex32(at, 1)) {
        const UChar32 letter = given.char32At(at);
        if (letter != byte_order_mark) {
            plain.append(is_odd_space(letter) ? UChar32{' '} : letter);
        }
    }
    std::string result;
    normalized(plain, true).toUTF8String(result);
    return std::string(trim(result));
}

}  // namespace

std::string to_nfc(std::string_view text) {
    return is_ascii(text) ? std::string(trim(text)) : normal_form(text);
}

std::string_view to_nfc(std::string_view text, std::string& room) {
    if (is_ascii(text)) {
        return trim(text);
    }
    room = normal_form(text);
    return room;
}

std::string fold(std::string_view text) {
    icu::UnicodeString decomposed = normalized(from_utf8(to_nfc(text)), false);
    decomposed.toLower(icu::Locale::getRoot());
    icu::UnicodeString folded;
    bool after_space = false;
    for (int32_t at = 0; at < decomposed.length(); at = decomposed.moveIndex32(at, 1)) {
        const UChar32 letter = decomposed.char32At(at);
        if (u_charType(letter) == U_NON_SPACING_MARK) {
            continue;
        }
        const bool is_space = u_isUWhiteSpace(letter) != 0;
        if (!is_space || !after_space) {
            folded.append(
                is_space                        ? UChar32{' '}
                : letter == small_d_with_stroke ? UChar32{'d'}
                                                : letter
            );
        }
        after_space = is_space;
    }
    std::string result;
    folded.toUTF8String(result);
    return result;
}

std::string to_upper(std::string_view text) {
    icu::UnicodeString letters = from_utf8(to_nfc(text));
    letters.toUpper(icu::Locale::getRoot());
    std::string result;
    letters.toUTF8String(result);
    return result;
}

std::string excerpt(std::string_view text, std::size_t letters_max) {
    constexpr UChar space = ' ';
    const icu::UnicodeString given = from_utf8(to_nfc(text));
    icu::UnicodeString line;
    for (int32_t at = 0; at < given.length(); at = given.moveIndex32(at, 1)) {
        const UChar32 letter = given.char32At(at);
        if (!parts_words(letter)) {
            line.append(letter);
        } else if (!line.isEmpty() && !line.endsWith(space)) {
            line.append(space);
        }
    }
    line.trim();
    const auto limit = static_cast<int32_t>(letters_max);
    if (line.countChar32() > limit) {
        const int32_t end = line.moveIndex32(0, limit);
        const int32_t word = line.lastIndexOf(space, 0, end + 1);
        line.truncate(word > 0 ? word : end);
        line.append(ellipsis);
    }
    std::string result;
    line.toUTF8String(result);
    return result;
}

std::string one_line(std::string_view text) {
    std::string line;
    line.reserve(text.size());
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x20 || byte == 0x7F) {
            line += fmt::format("\\x{:02X}", byte);
        } else {
            line += letter;
        }
    }
    return line;
}

std::size_t edit_distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t replaced = diagonal + (left[i] == right[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

}  // namespace thidua
