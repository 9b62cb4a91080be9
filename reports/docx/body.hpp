// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The main part of a Word file: what the paper says.
#pragma once

#include "reports/official_document.hpp"

#include <string>

namespace thidua::reports::docx {

[[nodiscard]] std::string document_part(const official::Paper& paper);

}  // namespace thidua::reports::docx
