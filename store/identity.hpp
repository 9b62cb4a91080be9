// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which dossier a record speaks of: its codes and aliases to one number. Private to store/.
#pragma once

#include "core/records.hpp"
#include "core/result.hpp"
#include "store/alias_roots.hpp"
#include "store/dictionary.hpp"
#include "store/version_tables.hpp"

#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

namespace thidua::store {

class Store;

/// Two numbers that turned out to be one dossier.
struct Merge {
    std::int64_t given_up = 0;
    std::int64_t stands_for = 0;
};

/// What a run of records was found to be.
struct Identified {
    std::vector<std::int64_t> numbers;  ///< of the first records, as many as were looked at
    std::vector<Alias> aliases;         ///< that they make known; none had a stream of its own
    std::vector<Merge> merges;          ///< needed before the record after those can be identified
};

class Identity {
  public:
    Identity(Store& store, VersionTables& tables) : store_(store), tables_(tables) {}

    /// Identifies records from the first on. It stops before a record whose codes belong to two
    /// dossiers with streams of their own: those are to be merged first, once the records before
    /// are written.
    [[nodiscard]] Result<Identified> identify(std::span<const DossierRecord> records);

    /// The number that `code` stands for by itself, whatever other codes its dossier has.
    [[nodiscard]] Result<std::int64_t> number_of(std::string_view code);

  private:
    [[nodiscard]] Result<std::int64_t> odd_number_of(std::string_view code);
    [[nodiscard]] Result<void> load_streams(std::vector<std::int64_t> numbers);
    [[nodiscard]] Identified unite(
        std::span<const DossierRecord> records,
        std::span<const std::int64_t> codes,
        std::span<const std::int64_t> others
    );
    [[nodiscard]] std::int64_t choose(std::span<const std::int64_t> roots) const;

    Store& store_;
    VersionTables& tables_;
    // Of the records in hand:
    AliasRoots roots_;
    std::unordered_set<std::int64_t> with_stream_;  ///< of the aliases, and what was met before
};

}  // namespace thidua::store
