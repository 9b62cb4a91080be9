// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Compares a store with the made-up source told again from its beginning, without the program's
// own code for versions: what was acknowledged is there, everything exactly once.
#pragma once

#include "core/result.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace thidua::crash {

/// What the killed processes had been promised; 0: nothing yet.
struct Acknowledged {
    std::int64_t published = 0;  ///< the newest slice
    std::int64_t finished = 0;   ///< last slice of the newest pull
};

/// Revisions of each subject, in their order.
using Histories = std::map<std::int64_t, std::vector<int>>;

/// What the source has said up to a slice.
class Expected {
  public:
    void advance_to(std::int64_t number);
    [[nodiscard]] const Histories& dossiers() const { return dossiers_; }
    [[nodiscard]] const Histories& payments() const { return payments_; }
    /// How often each payment was asked for: counts what was published twice.
    [[nodiscard]] const std::map<std::int64_t, int>& look_ups() const { return look_ups_; }

  private:
    std::int64_t number_ = 0;
    Histories dossiers_;
    Histories payments_;
    std::map<std::int64_t, int> look_ups_;
};

/// What a look into the store found.
struct Inspection {
    std::int64_t slices = 0;
    std::int64_t versions = 0;
    std::vector<std::string> problems;  ///< in words; empty if all is well
};

/// Errors: those of reading the store.
[[nodiscard]] Result<Inspection> inspect(
    store::Store& store, Expected& expected, const Acknowledged& acknowledged
);

}  // namespace thidua::crash
