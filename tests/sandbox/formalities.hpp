// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The list of procedures in the portal's new reporting (domain.md 2.2).

#pragma once

#include "catalogue.hpp"
#include "http_types.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace thidua::sandbox {

/// The id by which the reporting names a procedure.
std::string formality_id(std::string_view code);
std::optional<ProcedureIndex> procedure_with_id(std::string_view id);

/// Answers POST /api/v1/reporting/formalities `{q,currentPage,pageSize}`: items and pagination,
/// which here is heeded. `q` is looked for in code and name.
Reply list_formalities(std::string_view body);

}  // namespace thidua::sandbox
