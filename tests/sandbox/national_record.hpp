// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// A dossier as the national portal has it (domain.md 1.4), with what befell it on the way there
// (1.6): the same arrivals, flags and statuses as national.hpp counts.

#pragma once

#include "snapshot.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::sandbox {

/// Finds dossiers by code. Made when first asked: most runs never ask.
class NationalIndex {
  public:
    /// `world` outlives the index.
    explicit NationalIndex(const World& world) : world_{world} {}

    /// The dossier that the portal lists under `code` at the snapshot's time. The unit's part may
    /// be in either form. A dossier that was given another code is not found by its first.
    std::optional<std::uint32_t> find(std::string_view code, const Snapshot& snapshot);

  private:
    void fill();

    const World& world_;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> numbers_;  // by code, ascending
};

/// The record of a dossier that has arrived. Dates are yyyyMMddHHmmss, "" where there is none.
boost::json::object national_record(const Snapshot& snapshot, std::uint32_t number);

}  // namespace thidua::sandbox
