// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The tables a world is drawn from: when work comes in, where, and for which procedure.

#include "generate.hpp"

#include <algorithm>

namespace thidua::sandbox {
namespace {

using std::chrono::days;

// By unit index; the last is the code that nothing maps. Chosen so that at the end of the campaign
// some units are above 45 % paid online and some below, and some cross the line on the way.
constexpr std::array<Habits, unit_count + 1> all_habits = {{
    {6, 400, 600, 400, 500},    // the Sở itself
    {25, 700, 950, 0, 0},       // Văn phòng Sở
    {45, 500, 800, 680, 260},   // Phòng Quản lý đất đai: begins well, falls behind
    {35, 450, 850, 300, 720},   // Phòng Khoáng sản - Nước: catches up late
    {40, 550, 900, 560, 620},   // Chi cục Bảo vệ môi trường: always ahead
    {120, 400, 700, 380, 560},  // Văn phòng Đăng ký đất đai
    {0, 0, 0, 0, 0},            // the data centre: no dossiers at all
    {180, 500, 850, 480, 720},  // thành phố Lạng Sơn
    {100, 350, 700, 380, 600},  // Cao Lộc
    {95, 300, 600, 330, 560},   // Lộc Bình
    {85, 350, 650, 500, 480},   // Chi Lăng
    {110, 400, 800, 450, 640},  // Hữu Lũng
    {60, 250, 550, 260, 440},   // Bắc Sơn
    {50, 250, 500, 300, 380},   // Văn Quan
    {47, 300, 650, 420, 600},   // Tràng Định
    {2, 400, 600, 450, 500},    // H37.10.77
}};

std::int64_t weight_of(Day day) {
    const std::chrono::year_month_day date{day};
    const bool holiday = date.month() == std::chrono::September &&
                         (date.day() == std::chrono::day{2} || date.day() == std::chrono::day{3});
    const std::chrono::weekday weekday{day};
    if (holiday || weekday == std::chrono::Sunday) {
        return 1;
    }
    return weekday == std::chrono::Saturday ? 4 : 100;
}

void add_days(Almanac& almanac) {
    std::int64_t sum = 0;
    for (Day day = campaign_start; day <= campaign_end; day += days{1}) {
        sum += weight_of(day);
        almanac.days.push_back(day);
        almanac.day_sums.push_back(sum);
    }
}

void add_units(Almanac& almanac) {
    std::int64_t sum = 0;
    for (UnitIndex unit = 0; unit <= unmapped_unit; ++unit) {
        sum += all_habits.at(unit).weight;
        almanac.units.push_back(unit);
        almanac.unit_sums.push_back(sum);
    }
}

void add_procedures(Almanac& almanac) {
    std::array<std::int64_t, unit_count> popular{};
    for (std::size_t index = 0; index < procedures().size(); ++index) {
        const Procedure& procedure = procedures()[index];
        if (procedure.use == Use::Never) {
            continue;
        }
        // A few procedures make up most of the work, as everywhere.
        const std::int64_t weight =
            procedure.use == Use::Rare ? 2 : 600 / (++popular.at(procedure.owner) + 2) + 20;
        auto& sums = almanac.procedure_sums.at(procedure.owner);
        sums.push_back((sums.empty() ? 0 : sums.back()) + weight);
        almanac.procedures.at(procedure.owner).push_back(static_cast<ProcedureIndex>(index));
    }
}

/// How many of the rarely used land procedures get no online dossier at all in a branch.
std::size_t missing_in(UnitIndex unit) {
    constexpr std::array<std::size_t, unit_count - first_branch> missing = {0, 1, 0, 2, 1, 0, 3, 0};
    return unit < first_branch ? 0 : missing.at(unit - first_branch);
}

Day anchor_day(UnitIndex unit, std::size_t rank, const Procedure& procedure) {
    const auto offset = static_cast<int>(25 + (rank * 17 + unit * 29U) % 170);
    Day day = campaign_start + days{offset};
    while (!is_offered_online(procedure, day) || weight_of(day) < 100) {
        day += days{1};
    }
    return day;
}

void add_anchors_of(UnitIndex unit, Almanac& almanac) {
    const UnitIndex owner = unit < first_branch ? unit : land_office;
    std::vector<ProcedureIndex> rare;
    for (const ProcedureIndex index : almanac.procedures.at(owner)) {
        const Procedure& procedure = procedures()[index];
        if (procedure.use == Use::Rare && is_offered_online(procedure, campaign_end)) {
            rare.push_back(index);
        }
    }
    for (std::size_t rank = 0; rank < rare.size(); ++rank) {
        if ((rank + rare.size() - unit % rare.size()) % rare.size() < missing_in(unit)) {
            continue;
        }
        const Day day = anchor_day(unit, rank, procedures()[rare[rank]]);
        almanac.anchors.push_back({.unit = unit, .procedure = rare[rank], .day = day});
    }
}

}  // namespace

const Habits& habits_of(UnitIndex unit) {
    return all_habits.at(unit);
}

std::int64_t progress_on(Day day) {
    const auto length = (campaign_end - campaign_start).count();
    const auto passed = std::clamp<std::int64_t>((day - campaign_start).count(), 0, length);
    return passed * 1000 / length;
}

Almanac make_almanac() {
    Almanac almanac;
    add_days(almanac);
    add_units(almanac);
    add_procedures(almanac);
    for (UnitIndex unit = 1; unit < unit_count; ++unit) {
        if (unit != land_office) {
            add_anchors_of(unit, almanac);
        }
    }
    return almanac;
}

std::size_t draw_weighted(Random& random, const std::vector<std::int64_t>& sums) {
    const std::int64_t draw = random.below(sums.back());
    return static_cast<std::size_t>(std::ranges::upper_bound(sums, draw) - sums.begin());
}

std::chrono::seconds some_time(
    Random& random, std::chrono::seconds least, std::chrono::seconds most
) {
    return std::chrono::seconds{random.between(least.count(), most.count())};
}

}  // namespace thidua::sandbox
