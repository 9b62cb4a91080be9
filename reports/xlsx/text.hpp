// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What of a text, a name and a number Excel takes.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace thidua::reports::xlsx {

/// `text` as a cell takes it: NFC, line ends and tabs as spaces, other control characters, those
/// that turn the direction of writing and what is not UTF-8 as U+FFFD, at most 32,767 UTF-16
/// units. What Excel would read as an escaped character ("_x000D_") stays as it is written.
[[nodiscard]] std::string cell_text(std::string_view text);

/// Whether Excel takes a sheet of that name. Errors: Data, saying why not.
[[nodiscard]] Result<void> check_sheet_name(std::string_view name);

/// Days since 1899-12-30, as Excel counts them, with the hour of Viet Nam.
[[nodiscard]] double serial(Day day);
[[nodiscard]] double serial(Instant instant);

/// Whether a count keeps all its digits in Excel, which has 15 of them.
[[nodiscard]] bool is_exact(std::int64_t count);

}  // namespace thidua::reports::xlsx
