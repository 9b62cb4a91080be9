// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Numbers of dossiers that were given up for others, and what they stand for in the end. Private to
// store/.
#pragma once

#include "core/result.hpp"
#include "store/version_tables.hpp"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace thidua::store {

/// Sorts `numbers` and leaves each once.
void sort_distinct(std::vector<std::int64_t>& numbers);

class AliasRoots {
  public:
    /// Reads what `numbers` stand for, and what those stand for in turn. Errors: Io.
    [[nodiscard]] Result<void> load(VersionTables& tables, std::vector<std::int64_t> numbers);

    /// What `number` stands for in the end: itself, unless it was given up. As far as was loaded.
    [[nodiscard]] std::int64_t root_of(std::int64_t number) const;

    /// The first number on the way from `number` to its root that `is_wanted`; nothing if none is.
    template <class IsWanted>
    [[nodiscard]] std::optional<std::int64_t> first_heir(std::int64_t number, IsWanted is_wanted)
        const {
        auto place = stands_for_.find(number);
        while (place != stands_for_.end() && !is_wanted(place->second)) {
            place = stands_for_.find(place->second);
        }
        return place == stands_for_.end() ? std::nullopt : std::optional(place->second);
    }

    [[nodiscard]] bool is_given_up(std::int64_t number) const {
        return stands_for_.contains(number);
    }
    void give_up(std::int64_t number, std::int64_t for_another) {
        stands_for_[number] = for_another;
    }
    void clear() { stands_for_.clear(); }

  private:
    std::unordered_map<std::int64_t, std::int64_t> stands_for_;
};

}  // namespace thidua::store
