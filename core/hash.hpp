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

/// The first eight bytes of SHA-256 as a number: tells two contents apart, and is not a secret.
[[nodiscard]] std::int64_t fingerprint(std::string_view bytes);

}  // namespace thidua
