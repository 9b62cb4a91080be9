// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "departments.hpp"

#include "random.hpp"
#include "text.hpp"

#include <algorithm>

namespace thidua::sandbox {
namespace {

constexpr std::string_view province_code = "H37";

Department department_of(UnitIndex unit) {
    const Unit& named = units()[unit];
    return {
        .code = named.code,
        .name = named.name + " - Tỉnh Lạng Sơn",
        .kind = DepartmentKind::ProvincialDepartment,
        .unit = unit};
}

std::vector<Department> provinces() {
    return {
        {.code = "H01", .name = "UBND tỉnh A", .kind = DepartmentKind::Province, .unit = {}},
        {.code = "H05", .name = "UBND tỉnh B", .kind = DepartmentKind::Province, .unit = {}},
        {.code = std::string{province_code},
         .name = "UBND tỉnh Lạng Sơn",
         .kind = DepartmentKind::Province,
         .unit = root_unit}};
}

std::vector<Department> departments_of_province() {
    return {
        {.code = "H37.07",
         .name = "Sở B - Tỉnh Lạng Sơn",
         .kind = DepartmentKind::ProvincialDepartment,
         .unit = {}},
        department_of(root_unit),
        {.code = "H37.100",
         .name = "UBND xã C - Tỉnh Lạng Sơn",
         .kind = DepartmentKind::Commune,
         .unit = {}}};
}

std::vector<Department> all_departments() {
    std::vector<Department> all = provinces();
    const std::vector<Department> below = departments_of_province();
    all.insert(all.end(), below.begin(), below.end());
    for (UnitIndex unit = 1; unit < unit_count; ++unit) {
        all.push_back(department_of(unit));
    }
    return all;
}

}  // namespace

std::string portal_id(std::string_view key) {
    std::uint64_t hash = 0;
    for (const char letter : key) {
        hash = mix(hash * 257 + static_cast<unsigned char>(letter));
    }
    std::string out = "019d2be3-0000-7000-8000-";
    append_hex(out, hash, 12);
    return out;
}

std::string department_id(std::string_view unit_code) {
    return portal_id(unit_code);
}

std::string departments_text() {
    std::string out;
    for (const Unit& unit : units()) {
        out += unit.code + ' ' + department_id(unit.code) + '\n';
    }
    return out;
}

std::optional<Department> department_with_id(std::string_view id) {
    for (Department& department : all_departments()) {
        if (department_id(department.code) == id) {
            return std::move(department);
        }
    }
    return std::nullopt;
}

std::vector<Department> departments_below(const std::optional<Department>& department) {
    if (!department) {
        return provinces();
    }
    if (department->code == province_code) {
        return departments_of_province();
    }
    std::vector<Department> below;
    for (UnitIndex unit = 1; department->unit && unit < unit_count; ++unit) {
        if (units()[unit].parent == *department->unit) {
            below.push_back(department_of(unit));
        }
    }
    return below;
}

Department wrong_department(const Department& department) {
    const UnitIndex other = department.unit == land_office ? root_unit : land_office;
    return department_of(other);
}

}  // namespace thidua::sandbox
