// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ratio.hpp"

#include "core/text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <numeric>
#include <optional>

namespace thidua {
namespace {

// Two 64-bit factors fit into 128 bits whatever they are, so no comparison here can overflow.
__extension__ using Wide = __int128;

std::strong_ordering compare_cross(
    const Ratio& left, std::int64_t right_part, std::int64_t right_whole
) {
    return Wide{left.numerator} * right_whole <=> Wide{right_part} * left.denominator;
}

std::optional<std::int64_t> read_count(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || code != std::errc{} || end != text.data() + text.size() || value < 0 ||
        text.size() > 9) {
        return std::nullopt;
    }
    return value;
}

std::optional<Share> make_share(std::int64_t part, std::int64_t whole) {
    if (whole <= 0 || part > whole) {
        return std::nullopt;
    }
    const std::int64_t divisor = std::gcd(part, whole);
    return Share{part / divisor, whole / divisor};
}

/// "45", "45,5" or "45.25" per cent.
std::optional<Share> read_percentage(std::string_view text) {
    const std::size_t point = text.find_first_of(",.");
    if (point == std::string_view::npos) {
        const auto whole = read_count(text);
        return whole ? make_share(*whole, 100) : std::nullopt;
    }
    const std::string_view fraction = text.substr(point + 1);
    const auto whole = read_count(text.substr(0, point));
    const auto part = read_count(fraction);
    if (!whole || !part || fraction.size() > 4 || *whole > 100) {
        return std::nullopt;
    }
    std::int64_t scale = 1;
    for (std::size_t digit = 0; digit < fraction.size(); ++digit) {
        scale *= 10;
    }
    return make_share(*whole * scale + *part, 100 * scale);
}

std::optional<Share> read_share(std::string_view text) {
    if (text.ends_with('%')) {
        return read_percentage(trim(text.substr(0, text.size() - 1)));
    }
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        return std::nullopt;
    }
    const auto part = read_count(trim(text.substr(0, slash)));
    const auto whole = read_count(trim(text.substr(slash + 1)));
    return part && whole ? make_share(*part, *whole) : std::nullopt;
}

}  // namespace

std::strong_ordering compare(const Ratio& ratio, const Share& share) {
    check(ratio.denominator > 0, "compare: ratio.denominator > 0");
    check(share.whole > 0, "compare: share.whole > 0");
    return compare_cross(ratio, share.part, share.whole);
}

std::strong_ordering compare(const Ratio& left, const Ratio& right) {
    check(left.denominator > 0, "compare: left.denominator > 0");
    check(right.denominator > 0, "compare: right.denominator > 0");
    return compare_cross(left, right.numerator, right.denominator);
}

Result<Share> parse_share(std::string_view text) {
    if (const auto share = read_share(trim(text))) {
        return *share;
    }
    return fail(
        ErrorKind::Data,
        fmt::format("'{}' is not a share: write 45%, 45,5% or 9/20, from 0% to 100%", text)
    );
}

std::string to_text(const Share& share) {
    constexpr std::int64_t hundredths = 10'000;
    if (hundredths % share.whole != 0) {
        return fmt::format("{}/{}", share.part, share.whole);
    }
    const std::int64_t value = share.part * (hundredths / share.whole);
    if (value % 100 == 0) {
        return fmt::format("{}%", value / 100);
    }
    if (value % 10 == 0) {
        return fmt::format("{}.{}%", value / 100, value % 100 / 10);
    }
    return fmt::format("{}.{:02}%", value / 100, value % 100);
}

}  // namespace thidua
