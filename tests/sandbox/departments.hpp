// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The departments that the portal's reporting knows: our tree of units, the province above it, and
// neighbours that have nothing to say.

#pragma once

#include "national.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::sandbox {

enum class DepartmentKind : std::uint8_t { Province, ProvincialDepartment, Commune };

struct Department {
    std::string code;
    std::string name;
    DepartmentKind kind = DepartmentKind::ProvincialDepartment;
    // Whose dossiers count for it; none for the neighbours.
    std::optional<UnitIndex> unit;
};

/// A fixed UUID that belongs to `key`: a unit's code, or a procedure's with a prefix.
std::string portal_id(std::string_view key);
/// The department id of a unit.
std::string department_id(std::string_view unit_code);
/// `code uuid`, one unit a line.
std::string departments_text();

/// The department with this id.
std::optional<Department> department_with_id(std::string_view id);
/// Those right below it; the provinces below nothing at all.
std::vector<Department> departments_below(const std::optional<Department>& department);
/// Another department than `department`, for answers about the wrong one.
Department wrong_department(const Department& department);

}  // namespace thidua::sandbox
