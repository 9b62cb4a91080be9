// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the tables of catalogues look like: columns, and the words of their templates.
#pragma once

#include "config/catalogues.hpp"
#include "connectors/tables/template_xlsx.hpp"
#include "core/table_file.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// The columns of a table of `which`, found by their labels; the first label is the template's.
[[nodiscard]] const std::vector<FileColumn>& catalogue_columns(config::Catalogue which);

/// The first label of the column `id`, which must be one of `which`.
[[nodiscard]] const std::string& column_label(config::Catalogue which, std::string_view id);

/// Title and guide of the template.
[[nodiscard]] connectors::TemplateWords catalogue_words(config::Catalogue which);

}  // namespace thidua::daemon
