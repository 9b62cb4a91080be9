// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The procedures that figures are counted by: those of the configuration, completed by what
// catalogue sources say.
#pragma once

#include "config/settings.hpp"
#include "daemon/service.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// `configured` with what catalogues said, `sources` first to last.
///
/// The configuration has the last word on all that it says of a procedure: it cites a decision. A
/// catalogue completes it: fees where it says none, and whole procedures that it does not have.
/// Of several catalogues the first of `sources` that tells a fact of a procedure decides it.
///
/// A catalogue tells of today only, so what it first said of a procedure is taken to have held from
/// `start` on, and what it said later from that day on. A procedure that it does not have any more
/// is not offered online from that day on.
[[nodiscard]] std::vector<Procedure> with_catalogue(
    std::vector<Procedure> configured,
    std::span<const store::CatalogueEntry> entries,
    std::span<const std::string> sources,
    Day start
);

/// The level as mappings and procedures.yaml word it; "-" where nobody says it.
[[nodiscard]] std::string_view level_word(const std::optional<Level>& level);

/// The sources of procedures, first to last.
[[nodiscard]] std::vector<std::string> catalogues_of(const config::Settings& settings);

/// The procedures as known at `known_at`.
[[nodiscard]] Result<std::vector<Procedure>> procedures_known(
    SharedStore& store, const config::Settings& settings, Instant known_at
);

}  // namespace thidua::daemon
