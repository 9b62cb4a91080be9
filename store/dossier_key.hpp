// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The key of a dossier's stream of versions: one number that begins with the day the dossier was
// registered, so that new dossiers are appended and a growing store does not slow down
// (docs/decisions/0010). Private to store/.
//
//     agency 8 | day 16 | sequence 20 | width 2 | issuer 12 | source 5      (63 bits)
//
// All of it comes from the dossier's canonical code, "H37.10-240617-0007", and back: a key never
// collides. A code of another shape has day 0 and a number of its own in the bits below.
#pragma once

#include "core/time.hpp"
#include "store/schema.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::store {

inline constexpr std::int64_t sources_max = 31;
inline constexpr std::int64_t issuers_max = 4095;

/// What a code of the usual shape says.
struct CodeParts {
    std::string_view issuer;  ///< of the code that was parsed, and lives as long
    Day day;
    std::int64_t sequence = 0;
    int width = 4;  ///< digits of the sequence, 4 to 6
};

/// Nothing for a code of another shape, or with a day that does not exist.
[[nodiscard]] std::optional<CodeParts> parse_code(std::string_view code);

/// A dossier's number: the key of its streams with source 0. `issuer` is the dictionary's.
[[nodiscard]] std::int64_t pack_number(const CodeParts& parts, std::int64_t issuer);

/// The number of the `count`th code of another shape.
[[nodiscard]] std::int64_t odd_number(std::int64_t count);

/// True if the number stands for a code of another shape.
[[nodiscard]] bool is_odd(std::int64_t number);

/// The code again, given its issuer's text. For numbers that are not odd.
[[nodiscard]] std::string unpack_code(std::int64_t number, std::string_view issuer);

/// The least and the greatest key that this agency can have.
inline constexpr std::int64_t least_key = std::int64_t{agency} << 55;
inline constexpr std::int64_t greatest_key = least_key | ((std::int64_t{1} << 55) - 1);

/// The least key of what was registered on `day`. Codes of another shape come before all days.
[[nodiscard]] std::int64_t first_key_of(Day day);

[[nodiscard]] std::int64_t issuer_of(std::int64_t key);
[[nodiscard]] std::int64_t source_of(std::int64_t key);

/// Number and source -> key of the stream, and back.
[[nodiscard]] std::int64_t stream_of(std::int64_t number, std::int64_t source);
[[nodiscard]] std::int64_t number_of(std::int64_t key);

}  // namespace thidua::store
