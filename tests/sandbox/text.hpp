// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// Small text tools: JSON strings, hexadecimal, URL and base64 decoding, and the decomposed (NFD)
// spelling in which some sources send Vietnamese.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::sandbox {

/// Appends `text` as a JSON string, quotes included.
void append_json(std::string& out, std::string_view text);
/// Appends the low 4 * `width` bits of `value`, most significant digit first, lower case.
void append_hex(std::string& out, std::uint64_t value, std::size_t width);

/// Canonical decomposition of the Vietnamese letters of `text`; everything else stays as it is.
std::string decomposed(std::string_view text);
/// `text` with every second blank replaced by U+00A0.
std::string with_no_break_spaces(std::string_view text);

/// `key=value&key=value`, percent-decoded; `+` is a blank.
std::vector<std::pair<std::string, std::string>> parse_form(std::string_view text);
/// Standard base64; what is no base64 gives an empty string.
std::string decode_base64(std::string_view text);

}  // namespace thidua::sandbox
