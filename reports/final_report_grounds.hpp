// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a report on the awards rests on: what comparing the sources came to, whose verdict depends
// on the reading, the ambiguity register, sources, definitions.
#pragma once

#include "reports/document.hpp"
#include "reports/final_report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace thidua::reports {

/// The same figures, as the tables of a digest take them.
[[nodiscard]] DigestInput as_digest(const FinalReportInput& input);

/// "Mục II.1: “đạt trên 90%”", with the reading in force and who decided on it.
[[nodiscard]] DefinitionList ambiguity_register(const Campaign& campaign);

void add_grounds(std::vector<Block>& blocks, const FinalReportInput& input);

}  // namespace thidua::reports
