// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/yaml.hpp"
#include "core/texts.hpp"
#include "core/unit_history.hpp"

#include <span>

namespace thidua::config {

/// Shape: {parent_organisation, organisation, short_name, drafted_by?, place,
/// signer: {authority?, title, name?}, urging: {recipients}, procedure_review: {addressees,
/// recipients}, nominations: {addressees, grounds?, recipients},
/// unit_short_names?: [{unit, short_name}]}.
[[nodiscard]] Texts read_texts(Node node, std::span<const DatedUnit> units);

}  // namespace thidua::config
