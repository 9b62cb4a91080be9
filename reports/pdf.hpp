// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.hpp"
#include "reports/document.hpp"

#include <string>

namespace thidua::reports {

/// The document as an A4 PDF: tagged, with an outline, its fonts embedded. The same document gives
/// the same bytes on any machine with the same libraries and fonts; nothing of the host's font
/// settings matters. Errors: Io if a font is not installed, naming its package.
[[nodiscard]] Result<std::string> render_pdf(const Document& document);

/// Whether PDF files can be written here. Errors: as those of render_pdf.
[[nodiscard]] Result<void> check_pdf_fonts();

}  // namespace thidua::reports
