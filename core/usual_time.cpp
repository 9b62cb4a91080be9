// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/find_time.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace thidua {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

using Eight = std::uint64_t;
constexpr Eight each_byte = 0x0101'0101'0101'0101U;

/// How eight letters must look: 0 stands for any digit and a space for any letter. Made while this
/// is compiled: else the loop would be gone through for every time that is read.
struct Form {
    Eight agreed = 0;
    Eight marks = 0;  // letters that must be as agreed
    Eight known = 0;  // letters that are looked at

    consteval explicit Form(const char (&form)[9]) {  // NOLINT(*-avoid-c-arrays)
        for (std::size_t at = 0; at < sizeof(Eight); ++at) {
            const Eight byte = Eight{0xFF} << (8 * at);
            agreed |= Eight{static_cast<unsigned char>(form[at])} << (8 * at);
            marks |= form[at] == '0' ? 0 : byte;
            known |= form[at] == ' ' ? 0 : byte;
        }
    }
};

/// The eight letters of a text from `at` on, which must look like a form.
struct EightLetters {
    Eight values = 0;  // of digits; 0 for the other letters that are as in the form
    Eight wrong = 0;   // not 0 if the text is another

    EightLetters(std::string_view text, std::size_t at, const Form& form) {
        std::memcpy(&values, text.data() + at, sizeof values);
        values = (values ^ form.agreed) & form.known;
        // A digit differs from '0' by 0 to 9, of which only more than 9 reach 16 when 6 is added.
        constexpr Eight high_halves = 0xF0 * each_byte;
        wrong = (values & (form.marks | high_halves)) | ((values + 6 * each_byte) & high_halves);
    }

    /// The number of the digits at `place` and behind it.
    [[nodiscard]] unsigned two(std::size_t place) const {
        return static_cast<unsigned>((10 * values + (values >> 8U)) >> (8 * place) & 0xFFU);
    }
};

}  // namespace

std::optional<ZonedTime> read_usual_iso(std::string_view text) {
    if (text.size() < 20) {
        return std::nullopt;
    }
    const bool has_fraction = text[19] == '.' && text.size() > 23;
    std::array<char, sizeof(Eight)> end{':', '0', '0', '.', '0', '0', '0', ' '};
    std::memcpy(end.data(), text.data() + 16, has_fraction ? sizeof(Eight) : 3);
    const EightLetters date(text, 0, Form("0000-00-"));
    const EightLetters middle(text, 8, Form("00T00:00"));
    const EightLetters seconds_of({end.data(), end.size()}, 0, Form(":00.000 "));
    if ((date.wrong | middle.wrong | seconds_of.wrong) != 0) {
        return std::nullopt;
    }
    const std::string_view zone = text.substr(has_fraction ? 23 : 19);
    const bool is_vietnam = zone == "+0700" || zone == "+07:00";
    const unsigned year = 100 * date.two(0) + date.two(2);
    const unsigned month = date.two(5);
    const unsigned day = middle.two(0);
    const unsigned hour = middle.two(3);
    const unsigned minute = middle.two(6);
    const unsigned second = seconds_of.two(1);
    // The letter behind the last digit counts as 0.
    const unsigned fraction = 10 * seconds_of.two(4) + seconds_of.two(6) / 10;
    // The days from the 29th on are few, and need a calendar.
    const bool is_usual_time = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 28 &&
                               hour <= 23 && minute <= 59 && second <= 59;
    if (!is_usual_time || (!is_vietnam && zone != "Z")) {
        return std::nullopt;
    }
    const Day whole_day{
        std::chrono::year{static_cast<int>(year)} / std::chrono::month{month} /
        std::chrono::day{day}};
    const milliseconds time =
        hours{hour} + minutes{minute} + seconds{second} + milliseconds{fraction};
    return ZonedTime{whole_day + time, is_vietnam ? minutes{hours{7}} : minutes{0}};
}

}  // namespace thidua
