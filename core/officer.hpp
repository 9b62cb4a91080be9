// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/time.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace thidua {

/// A person who may be nominated (cán bộ một cửa). Typed in by people, never harvested.
struct Officer {
    std::string id;        ///< the agency's own, such as CB-017
    std::string name;      ///< NFC
    std::string unit;      ///< code of a unit
    std::string position;  ///< chức vụ, NFC; may be empty
    DaysInForce days;      ///< on which the person serves there

    friend bool operator==(const Officer&, const Officer&) = default;
};

/// Letters a to z of either case, digits and single hyphens between them, at most 64.
[[nodiscard]] constexpr bool is_officer_id(std::string_view text) {
    constexpr std::size_t letters_max = 64;
    bool after_hyphen = true;  // nor may one be the first
    for (const char letter : text) {
        const bool is_hyphen = letter == '-';
        const bool is_plain = (letter >= 'a' && letter <= 'z') ||
                              (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
        if (is_hyphen ? after_hyphen : !is_plain) {
            return false;
        }
        after_hyphen = is_hyphen;
    }
    return !after_hyphen && text.size() <= letters_max;
}

}  // namespace thidua
