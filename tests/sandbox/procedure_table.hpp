// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The raw rows behind procedures(): codes are invented, names follow the manner of the field.

#pragma once

#include "catalogue.hpp"

#include <span>
#include <string_view>

namespace thidua::sandbox {

enum class Fee : std::uint8_t { No, Yes };

struct ProcedureRow {
    std::string_view code;
    UnitIndex owner;
    Level level;  // on 2023-10-27, the day of the base list
    Fee fee;
    Use use;
    std::string_view name;
};

struct LevelChange {
    std::string_view code;
    Level level;
    Day from;
};

struct FeeChange {
    std::string_view code;
    Fee fee;
    Day from;
};

std::span<const ProcedureRow> procedure_rows();
std::span<const LevelChange> level_changes();
std::span<const FeeChange> fee_changes();

}  // namespace thidua::sandbox
