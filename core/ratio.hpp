// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Figures are two counts, never a quotient: a comparison is a cross-multiplication, so 45 of 100
// is exactly 45 % and a rounded figure cannot cross a target.
#pragma once

#include "core/result.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace thidua {

/// Two counts of the same thing. A denominator of 0 means nothing happened: not 0 %.
struct Ratio {
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;

    friend bool operator==(const Ratio&, const Ratio&) = default;
    Ratio& operator+=(const Ratio& other) {
        numerator += other.numerator;
        denominator += other.denominator;
        return *this;
    }
};

/// A part of a whole that people decided on, such as a target: `whole` is above 0.
struct Share {
    std::int64_t part = 0;
    std::int64_t whole = 1;

    friend bool operator==(const Share&, const Share&) = default;
};

/// Compares exactly; `ratio.denominator` must be above 0.
[[nodiscard]] std::strong_ordering compare(const Ratio& ratio, const Share& share);

/// Compares exactly; both denominators must be above 0.
[[nodiscard]] std::strong_ordering compare(const Ratio& left, const Ratio& right);

/// Reads "45%", "45,5%", "45.5%" or "9/20", in lowest terms, between 0 and 1. A bare 45 is
/// refused: it could mean either. Errors: Data.
[[nodiscard]] Result<Share> parse_share(std::string_view text);

/// "45%" where hundredths of a per cent say it exactly, else "1/3". For JSON and messages.
[[nodiscard]] std::string to_text(const Share& share);

}  // namespace thidua
