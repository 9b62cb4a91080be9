// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The versions as they were known at some moment, one after another. Private to store/.
#pragma once

#include "core/result.hpp"
#include "store/dossier_row.hpp"
#include "store/rollup.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace thidua::store {

class Store;

/// Which versions to look at.
struct VersionScan {
    std::int64_t source = 0;       ///< of the dossiers; 0: all
    std::int64_t known_slice = 0;  ///< as known when this slice had been published
};

/// Offers every version that was known then.
[[nodiscard]] Result<void> scan_versions(
    Store& store, const VersionScan& scan, const std::function<void(const DossierRow&)>& visit
);

/// What payment sources (0: all) said then, ascending by reference.
[[nodiscard]] Result<std::vector<PaymentFact>> facts_known(
    Store& store, std::int64_t payment_source, std::int64_t known_slice
);

}  // namespace thidua::store
