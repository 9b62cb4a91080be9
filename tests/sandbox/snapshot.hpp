// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The world at one virtual instant, as the endpoints that list and add up want it.

#pragma once

#include "facts.hpp"
#include "world.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace thidua::sandbox {

/// A dossier in the list; twins and duplicates stand there twice, the second time under
/// another id.
struct Row {
    std::uint32_t dossier = 0;
    bool second = false;
    bool operator==(const Row&) const = default;
};

enum class SortKey : std::uint8_t { Id, Applied, Accepted, Appointment, Updated };
inline constexpr std::size_t sort_key_count = 5;

/// The id of a row: 24 hexadecimal digits, the first eight its time, as in an ObjectId.
struct RowId {
    std::uint32_t seconds = 0;
    std::uint32_t hash = 0;
    std::uint32_t number = 0;  // 2 * dossier, + 1 for the second row of a twin
    auto operator<=>(const RowId&) const = default;
};
RowId id_of(const World& world, Row row);

Instant appointment_of(const Dossier& dossier);

class Snapshot {
  public:
    /// `world` outlives the snapshot.
    Snapshot(const World& world, Instant now);

    [[nodiscard]] const World& world() const { return world_; }
    [[nodiscard]] Instant now() const { return now_; }
    [[nodiscard]] const std::optional<Facts>& facts(std::uint32_t dossier) const {
        return facts_[dossier];
    }
    /// Every visible row, ascending by `key` and then by id; sorted when first asked for.
    const std::vector<Row>& sorted(SortKey key);

  private:
    const World& world_;
    Instant now_;
    std::vector<std::optional<Facts>> facts_;
    std::array<std::vector<Row>, sort_key_count> sorted_;
};

}  // namespace thidua::sandbox
