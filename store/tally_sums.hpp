// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What dossiers add to the tallies of a query, and the sums of many. Private to store/.
#pragma once

#include "core/result.hpp"
#include "core/tally.hpp"
#include "store/dictionary.hpp"
#include "store/rollup.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace thidua::store {

class Store;

/// Days since 1970.
[[nodiscard]] std::int64_t day_number(Day day);

/// How often a dossier that is paid by this road counts as paid for `query`, of which `platform` is
/// the payment source: of the roads Dvcqg, Province and Both, the last is what the other two have
/// in common, and counts -1.
[[nodiscard]] std::int64_t times_counted(
    const PaidKey& paid, const TallyQuery& query, std::int64_t platform
);

[[nodiscard]] bool is_in_window(const DayKey& key, const TallyQuery& query);

/// The first day of the piece of the window that holds `day` (TallyQuery::breaks).
[[nodiscard]] Day first_day_of_piece(const TallyQuery& query, Day day);

/// What one tally counts.
struct TallySum {
    Day day;  ///< first of its piece
    std::int64_t unit = 0;
    std::int64_t procedure = 0;
    DayCounts counts;
    std::int64_t paid = 0;

    friend bool operator==(const TallySum&, const TallySum&) = default;
};

/// The sum with its codes in place of numbers. Errors: Io.
[[nodiscard]] Result<Tally> to_tally(Store& store, Dictionary& dictionary, const TallySum& sum);

/// Sums by piece, unit and procedure, in the order in which these first came. An open hash table
/// of places in one vector: with std::unordered_map a look-up mostly waited for memory.
class TallySums {
  public:
    /// `query` must outlive it.
    explicit TallySums(const TallyQuery& query) : query_(query) {}

    /// The sum to which a day within the window belongs. Valid until the next call.
    [[nodiscard]] TallySum& of(const DayKey& key);

    [[nodiscard]] const std::vector<TallySum>& sums() const { return sums_; }

  private:
    static constexpr std::uint32_t empty = std::numeric_limits<std::uint32_t>::max();

    [[nodiscard]] std::size_t find_slot(const TallySum& wanted) const;
    void grow();

    const TallyQuery& query_;
    std::vector<TallySum> sums_;
    std::vector<std::uint32_t> slots_;  ///< at most half full
};

}  // namespace thidua::store
