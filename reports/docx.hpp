// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Word files (DOCX): what people complete and sign.
#pragma once

#include "core/result.hpp"
#include "reports/official_document.hpp"

#include <string>

namespace thidua::reports {

/// The paper as a DOCX file, by the measures of NĐ 30/2020/NĐ-CP, phụ lục I. The same paper gives
/// the same bytes. Errors: Io if there is no memory to pack it.
[[nodiscard]] Result<std::string> render_docx(const official::Paper& paper);

}  // namespace thidua::reports
