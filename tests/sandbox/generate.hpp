// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The steps by which a world is made, in the order in which make_world() takes them. Each draws
// from its own random stream, so that a change in one leaves what the others drew.

#pragma once

#include "random.hpp"
#include "world.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

namespace thidua::sandbox {

/// How a unit behaves over the campaign; shares in per mille, from its first to its last day.
struct Habits {
    std::int64_t weight;  // share of all dossiers
    std::int64_t online_first;
    std::int64_t online_last;
    std::int64_t paid_first;  // of owing dossiers, through the Payment Platform
    std::int64_t paid_last;
};
const Habits& habits_of(UnitIndex unit);
/// 0 on the campaign's first day, 1000 on its last, never outside.
std::int64_t progress_on(Day day);

/// A dossier that has to exist so that a rarely used procedure has an online dossier in a unit.
struct Anchor {
    UnitIndex unit = root_unit;
    ProcedureIndex procedure = 0;
    Day day;
};

/// What drafting needs to know of the whole world.
struct Almanac {
    std::vector<Anchor> anchors;
    std::vector<Day> days;               // acceptance days of the campaign
    std::vector<std::int64_t> day_sums;  // running sums of their weights
    std::vector<UnitIndex> units;
    std::vector<std::int64_t> unit_sums;
    // By owner: procedures and the running sums of their weights.
    std::array<std::vector<ProcedureIndex>, unit_count> procedures;
    std::array<std::vector<std::int64_t>, unit_count> procedure_sums;
};
Almanac make_almanac();

/// Who, what, when and through which channel; the code is given later.
Dossier draft_dossier(std::uint64_t seed, std::uint32_t number, const Almanac& almanac);
/// Gives every dossier the next number of its issuer's day.
void number_dossiers(std::vector<Dossier>& dossiers);
/// The later states of a dossier, apart from payment.
void add_life(Dossier& dossier, Random random);
/// Fees and payments; the references go to the end of `world.references`.
void add_payment(World& world, Dossier& dossier, Random random);
/// Orders the changes and lets nothing take effect before the dossier is visible.
void settle_changes(Dossier& dossier);

/// A duration between `least` and `most`, in whole seconds.
std::chrono::seconds some_time(
    Random& random, std::chrono::seconds least, std::chrono::seconds most
);
/// The index that a draw falls on, `sums` being running sums of weights.
std::size_t draw_weighted(Random& random, const std::vector<std::int64_t>& sums);

}  // namespace thidua::sandbox
