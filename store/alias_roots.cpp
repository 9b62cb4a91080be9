// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/alias_roots.hpp"

#include <algorithm>

namespace thidua::store {

void sort_distinct(std::vector<std::int64_t>& numbers) {
    std::ranges::sort(numbers);
    const auto repeats = std::ranges::unique(numbers);
    numbers.erase(repeats.begin(), repeats.end());
}

Result<void> AliasRoots::load(VersionTables& tables, std::vector<std::int64_t> numbers) {
    while (!numbers.empty()) {
        sort_distinct(numbers);
        const auto aliases = tables.aliases(numbers);
        if (!aliases) {
            return std::unexpected(aliases.error());
        }
        numbers.clear();
        for (const Alias& alias : *aliases) {
            stands_for_[alias.number] = alias.stands_for;
            numbers.push_back(alias.stands_for);
        }
    }
    return {};
}

std::int64_t AliasRoots::root_of(std::int64_t number) const {
    auto place = stands_for_.find(number);
    while (place != stands_for_.end()) {
        number = place->second;
        place = stands_for_.find(number);
    }
    return number;
}

}  // namespace thidua::store
