// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/yaml.hpp"
#include "core/campaign.hpp"
#include "core/organisation.hpp"
#include "core/source.hpp"

#include <optional>
#include <string>
#include <vector>

namespace thidua::config {

/// A source that a campaign may name; without a kind where its description is wrong itself.
struct NamedSource {
    std::string name;
    std::optional<RecordKind> kind;
};

/// Reads a campaign: config/campaigns/langson-2024.yaml shows the whole shape. Of it, `version`,
/// `id`, `name`, `start`, `end` and `indicators` must be there.
///
/// Checked besides: days in order, indicators and ids that exist, targets of one indicator that do
/// not overlap, sources of the right kind, ranked units of `organisation` (unless that is empty
/// because it was wrong itself).
[[nodiscard]] Campaign read_campaign(
    Node node, const std::vector<NamedSource>& sources, const Organisation& organisation
);

}  // namespace thidua::config
