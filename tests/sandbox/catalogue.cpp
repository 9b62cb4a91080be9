// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "catalogue.hpp"

#include "procedure_table.hpp"

#include <array>

namespace thidua::sandbox {
namespace {

constexpr Day base_list_day =
    std::chrono::local_days{std::chrono::year{2023} / std::chrono::October / 27};

std::string two_digits(int number) {
    std::string digits;
    append_padded(digits, number, 2);
    return digits;
}

Unit direct_unit(int number, std::string_view name) {
    const std::string digits = two_digits(number);
    return {
        .code = "H37.10." + digits,
        .old_code = "000." + digits + ".10.H37",
        .name = std::string{name},
        .parent = root_unit,
        .aliases = {}};
}

Unit branch(int number, std::string_view district) {
    const std::string digits = two_digits(number);
    const std::string old_code = "0" + digits + ".05.10.H37";
    return {
        .code = "H37.10.05." + digits,
        .old_code = old_code,
        .name = "Chi nhánh Văn phòng Đăng ký đất đai " + std::string{district},
        .parent = land_office,
        .aliases = {old_code, "H37.10.05" + digits}};
}

std::vector<Unit> make_units() {
    std::vector<Unit> all;
    all.push_back(
        {.code = "H37.10",
         .old_code = "000.00.10.H37",
         .name = "Sở Tài nguyên và Môi trường",
         .parent = root_unit,
         .aliases = {}}
    );
    int number = 0;
    for (const std::string_view name :
         {"Văn phòng Sở",
          "Phòng Quản lý đất đai",
          "Phòng Khoáng sản - Nước và Biến đổi khí hậu",
          "Chi cục Bảo vệ môi trường",
          "Văn phòng Đăng ký đất đai",
          "Trung tâm Công nghệ thông tin và Kỹ thuật tài nguyên"}) {
        all.push_back(direct_unit(++number, name));
    }
    number = 0;
    for (const std::string_view district :
         {"thành phố Lạng Sơn",
          "huyện Cao Lộc",
          "huyện Lộc Bình",
          "huyện Chi Lăng",
          "huyện Hữu Lũng",
          "huyện Bắc Sơn",
          "huyện Văn Quan",
          "huyện Tràng Định"}) {
        all.push_back(branch(++number, district));
    }
    return all;
}

std::vector<UnitIndex> responsible_units(UnitIndex owner) {
    std::vector<UnitIndex> all{owner};
    for (UnitIndex unit = first_branch; owner == land_office && unit < unit_count; ++unit) {
        all.push_back(unit);
    }
    return all;
}

Procedure make_procedure(const ProcedureRow& row) {
    Procedure procedure{
        .code = std::string{row.code},
        .name = std::string{row.name},
        .owner = row.owner,
        .use = row.use,
        .units = responsible_units(row.owner),
        .levels = {{.level = row.level, .from = base_list_day}},
        .fees = {{.fee_bearing = row.fee == Fee::Yes, .from = base_list_day}}};
    for (const LevelChange& change : level_changes()) {
        if (change.code == row.code) {
            procedure.levels.push_back({.level = change.level, .from = change.from});
        }
    }
    for (const FeeChange& change : fee_changes()) {
        if (change.code == row.code) {
            procedure.fees.push_back({.fee_bearing = change.fee == Fee::Yes, .from = change.from});
        }
    }
    return procedure;
}

std::vector<Procedure> make_procedures() {
    std::vector<Procedure> all;
    for (const ProcedureRow& row : procedure_rows()) {
        all.push_back(make_procedure(row));
    }
    return all;
}

}  // namespace

std::span<const Unit> units() {
    static const std::vector<Unit> all = make_units();
    return all;
}

std::span<const Procedure> procedures() {
    static const std::vector<Procedure> all = make_procedures();
    return all;
}

Level level_on(const Procedure& procedure, Day day) {
    Level level = Level::Information;
    for (const LevelRow& row : procedure.levels) {
        if (row.from <= day) {
            level = row.level;
        }
    }
    return level;
}

bool is_offered_online(const Procedure& procedure, Day day) {
    return level_on(procedure, day) != Level::Information;
}

bool is_fee_bearing(const Procedure& procedure, Day day) {
    bool fee_bearing = false;
    for (const FeeRow& row : procedure.fees) {
        if (row.from <= day) {
            fee_bearing = row.fee_bearing;
        }
    }
    return fee_bearing;
}

ProcedureSet offered_on(Day day) {
    ProcedureSet offered;
    for (std::size_t index = 0; index < procedures().size(); ++index) {
        offered.set(index, is_offered_online(procedures()[index], day));
    }
    return offered;
}

ProcedureSet responsibility_of(UnitIndex unit) {
    ProcedureSet responsible;
    for (std::size_t index = 0; index < procedures().size(); ++index) {
        for (const UnitIndex named : procedures()[index].units) {
            responsible[index] = responsible[index] || is_within(named, unit);
        }
    }
    return responsible;
}

bool is_within(UnitIndex unit, UnitIndex above) {
    while (unit < unit_count && unit != above && unit != root_unit) {
        unit = units()[unit].parent;
    }
    return unit == above;
}

std::string_view to_text(Level level) {
    switch (level) {
        case Level::Information:
            return "information";
        case Level::Partial:
            return "partial";
        case Level::Full:
            return "full";
    }
    return "";
}

}  // namespace thidua::sandbox
