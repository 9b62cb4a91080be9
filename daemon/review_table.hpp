// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Proposals for procedures as units fill them into a table, and who may propose.
#pragma once

#include "config/settings.hpp"
#include "connectors/tables/template_xlsx.hpp"
#include "core/procedure_review.hpp"
#include "core/table_file.hpp"
#include "daemon/catalogue_table.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

[[nodiscard]] const std::vector<FileColumn>& review_columns();
[[nodiscard]] connectors::TemplateWords review_words();

/// The code of the unit that reviews `procedure`: `given`, or where it is empty the only one that
/// answers for it. Errors: Usage, with what is allowed.
[[nodiscard]] Result<std::string> reviewing_unit(
    const config::Settings& settings,
    std::span<const Procedure> procedures,
    std::string_view procedure,
    std::string_view given
);

/// How rows are understood.
struct ReviewBasis {
    const config::Settings& settings;
    std::span<const Procedure> procedures;
    std::string by;
    Instant at;
};

struct ReviewRows {
    std::vector<ProcedureReview> reviews;  ///< not to be used with mistakes
    std::vector<RowMistake> mistakes;      ///< by row
};
[[nodiscard]] ReviewRows proposal_rows(const CatalogueTable& table, const ReviewBasis& basis);

}  // namespace thidua::daemon
