// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Text from outside, made fit for the XML of a Word file.
#pragma once

#include <string>
#include <string_view>

namespace thidua::reports::docx {

/// NFC, in one line: control characters become spaces, and what turns the direction of writing or
/// is no character is left out. Spaces stay as they are, no-break spaces too.
[[nodiscard]] std::string clean_text(std::string_view text);

/// The same, with the letters that mean something in XML escaped.
[[nodiscard]] std::string xml_text(std::string_view text);

/// Letters as readers count them, near enough to guess a width by.
[[nodiscard]] std::size_t count_letters(std::string_view text);

}  // namespace thidua::reports::docx
