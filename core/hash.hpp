// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace thidua {

/// SHA-256 of `bytes`, as 64 lowercase hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// The first `length` (at most 32) letters of SHA-256 in Crockford's base 32: short ids that
/// survive being read out over the telephone (no I, L, O, U).
[[nodiscard]] std::string short_id(std::string_view bytes, std::size_t length);

/// XXH3 with a seed: tells apart what nobody would forge, at the speed of memory.
[[nodiscard]] std::uint64_t print_of(std::string_view bytes, std::uint64_t seed = 0);

}  // namespace thidua
