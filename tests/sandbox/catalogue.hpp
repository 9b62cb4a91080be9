// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The fixed facts of the world: the tree of units and the procedures with their dated levels and
// fee flags. They do not depend on the seed, because the two YAML files in config/ repeat them.

#pragma once

#include "instants.hpp"

#include <bitset>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::sandbox {

/// Index into units(); parents come before their children.
using UnitIndex = std::uint8_t;
using ProcedureIndex = std::uint8_t;

inline constexpr UnitIndex root_unit = 0;
inline constexpr UnitIndex land_office = 5;   // H37.10.05, above the eight branches
inline constexpr UnitIndex first_branch = 7;  // H37.10.05.01
inline constexpr UnitIndex unit_count = 15;
/// Stands for the code H37.10.77, which nothing maps.
inline constexpr UnitIndex unmapped_unit = unit_count;

struct Unit {
    std::string code;      // H37.10.05.03
    std::string old_code;  // 000.05.10.H37; 003.05.10.H37 for a branch
    std::string name;
    UnitIndex parent = root_unit;      // its own index for the root
    std::vector<std::string> aliases;  // what the two-level rule does not convert
};

enum class Level : std::uint8_t { Information, Partial, Full };
/// How much a procedure is used: Rare ones get few online dossiers, Never ones no dossier at all.
enum class Use : std::uint8_t { Popular, Rare, Never };

struct LevelRow {
    Level level = Level::Information;
    Day from;
};
struct FeeRow {
    bool fee_bearing = false;
    Day from;
};

struct Procedure {
    std::string code;  // 1.012756
    std::string name;
    UnitIndex owner = root_unit;
    Use use = Use::Popular;
    std::vector<UnitIndex> units;  // responsible; the land office and its branches share theirs
    std::vector<LevelRow> levels;  // each holds from its day on, in order of days
    std::vector<FeeRow> fees;
};

inline constexpr std::size_t procedures_max = 128;
using ProcedureSet = std::bitset<procedures_max>;

std::span<const Unit> units();
std::span<const Procedure> procedures();

Level level_on(const Procedure& procedure, Day day);
bool is_offered_online(const Procedure& procedure, Day day);
bool is_fee_bearing(const Procedure& procedure, Day day);
/// The procedures offered online (partly or fully) on `day`.
ProcedureSet offered_on(Day day);
/// The procedures for which `unit` or a unit below it is responsible.
ProcedureSet responsibility_of(UnitIndex unit);
/// True if `unit` is `above` or below it; never for the unmapped one.
bool is_within(UnitIndex unit, UnitIndex above);

std::string_view to_text(Level level);

}  // namespace thidua::sandbox
