// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "snapshot.hpp"

#include "random.hpp"

#include <algorithm>
#include <chrono>

namespace thidua::sandbox {
namespace {

/// What is not there sorts first, as null does in the system this one plays.
Instant key_of(const Dossier& dossier, const Facts& facts, SortKey key) {
    switch (key) {
        case SortKey::Id:
            return Instant{};
        case SortKey::Applied:
            return dossier.applied;
        case SortKey::Accepted:
            return facts.accepted ? *dossier.accepted : Instant{};
        case SortKey::Appointment:
            return facts.accepted ? appointment_of(dossier) : Instant{};
        case SortKey::Updated:
            return facts.updated;
    }
    return Instant{};
}

struct Keyed {
    Instant key;
    RowId id;
    Row row;
};

}  // namespace

RowId id_of(const World& world, Row row) {
    const Dossier& dossier = world.dossiers[row.dossier];
    const auto seconds = std::chrono::floor<std::chrono::seconds>(dossier.applied);
    const std::uint32_t number = row.dossier * 2 + (row.second ? 1U : 0U);
    return {
        .seconds = static_cast<std::uint32_t>(seconds.time_since_epoch().count()),
        .hash = static_cast<std::uint32_t>(stream_seed(world.seed, number, Salt::Id)),
        .number = number};
}

Instant appointment_of(const Dossier& dossier) {
    const Day day = day_of(dossier.accepted.value_or(dossier.applied)) + std::chrono::days{15};
    return instant_of(day, std::chrono::hours{17});
}

Snapshot::Snapshot(const World& world, Instant now) : world_{world}, now_{now} {
    facts_.reserve(world.dossiers.size());
    for (const Dossier& dossier : world.dossiers) {
        facts_.push_back(facts_at(dossier, now));
    }
}

const std::vector<Row>& Snapshot::sorted(SortKey key) {
    std::vector<Row>& rows = sorted_.at(static_cast<std::size_t>(key));
    if (!rows.empty()) {
        return rows;
    }
    std::vector<Keyed> keyed;
    for (std::uint32_t index = 0; index < facts_.size(); ++index) {
        if (!facts_[index]) {
            continue;
        }
        const Dossier& dossier = world_.dossiers[index];
        const Instant value = key_of(dossier, *facts_[index], key);
        const Row first{.dossier = index, .second = false};
        keyed.push_back({.key = value, .id = id_of(world_, first), .row = first});
        if (is_listed_twice(dossier)) {
            const Row second{.dossier = index, .second = true};
            keyed.push_back({.key = value, .id = id_of(world_, second), .row = second});
        }
    }
    std::ranges::sort(keyed, [](const Keyed& left, const Keyed& right) {
        return left.key != right.key ? left.key < right.key : left.id < right.id;
    });
    for (const Keyed& one : keyed) {
        rows.push_back(one.row);
    }
    return rows;
}

}  // namespace thidua::sandbox
