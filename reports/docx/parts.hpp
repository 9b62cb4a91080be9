// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The parts of a Word file that do not depend on what the paper says.
#pragma once

#include "reports/official_document.hpp"

#include <string>
#include <string_view>

namespace thidua::reports::docx {

// Measures in twentieths of a point: 56.69 to a millimetre.
inline constexpr int page_width = 11'906;   ///< A4: 210 mm
inline constexpr int page_height = 16'838;  ///< 297 mm
inline constexpr int margin_top = 1'134;    ///< 20 mm, above and below
inline constexpr int margin_left = 1'701;   ///< 30 mm
inline constexpr int margin_right = 964;    ///< 17 mm
inline constexpr int text_width = page_width - margin_left - margin_right;
inline constexpr int landscape_text_width = page_height - margin_left - margin_right;

/// The namespaces that our parts use, for the first element of each.
inline constexpr std::string_view namespaces =
    R"(xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" )"
    R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" )"
    R"(xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office")";

inline constexpr std::string_view xml_head =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

[[nodiscard]] std::string content_types_part();
[[nodiscard]] std::string package_relations_part();
[[nodiscard]] std::string document_relations_part();
[[nodiscard]] std::string settings_part();
[[nodiscard]] std::string styles_part();

/// The top margin of the first page, and of the others, which are numbered.
[[nodiscard]] std::string header_part(bool is_numbered, bool is_draft);

[[nodiscard]] std::string core_properties_part(const official::Paper& paper);
[[nodiscard]] std::string custom_properties_part(const official::Paper& paper);

}  // namespace thidua::reports::docx
