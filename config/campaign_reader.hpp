// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/yaml.hpp"
#include "core/campaign.hpp"
#include "core/source.hpp"
#include "core/unit_history.hpp"

#include <optional>
#include <span>
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
/// not overlap, sources of the right kind, and unless `units` is empty because it was wrong itself:
/// units on every day of the campaign, and ranked units in force while they are ranked.
[[nodiscard]] Campaign read_campaign(
    Node node, const std::vector<NamedSource>& sources, std::span<const DatedUnit> units
);

}  // namespace thidua::config
