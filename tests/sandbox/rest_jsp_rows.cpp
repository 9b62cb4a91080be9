// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "rest_jsp_rows.hpp"

#include "text.hpp"
#include "workload.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace thidua::sandbox {
namespace {

namespace json = boost::json;

constexpr std::int64_t first_number = 418'000;
constexpr std::int64_t second_number = 11'358;  // what the renumbered units got
constexpr Day renumbered_on =
    std::chrono::local_days{std::chrono::year{2024} / std::chrono::October / 1};

/// The land office and two of its branches.
bool is_renumbered(UnitIndex unit) {
    return unit == land_office || unit == first_branch + 1 || unit == first_branch + 4;
}

std::string number_before(UnitIndex unit) {
    return std::to_string(first_number + unit);
}

std::string number_after(UnitIndex unit) {
    return is_renumbered(unit) ? std::to_string(second_number + unit) : number_before(unit);
}

void add_unit(std::vector<Listed>& all, UnitIndex unit, const Period& period) {
    const Unit& named = units()[unit];
    const Department department = *department_with_id(department_id(named.code));
    const std::string& usual = unit % 3 == 0 ? named.old_code : named.code;
    const std::string& other = unit % 3 == 0 ? named.code : named.old_code;
    if (is_renumbered(unit) && period.from < renumbered_on) {
        all.push_back({.id = number_before(unit), .code = usual, .department = department});
        if (period.to < renumbered_on) {
            return;
        }
        all.push_back({.id = number_after(unit), .code = other, .department = department});
        return;
    }
    all.push_back({.id = number_after(unit), .code = usual, .department = department});
}

std::vector<Listed> provinces(const std::vector<Department>& departments) {
    std::vector<Listed> all;
    std::int64_t number = 11'300;
    for (const Department& department : departments) {
        const bool ours = department.unit.has_value();
        all.push_back(
            {.id = ours ? std::string{province_number} : std::to_string(number++),
             .code = ours ? "000.00.00.H37" : department.code,
             .department = department}
        );
    }
    return all;
}

/// Every fifth unit's numbers have a comma in them.
std::string decimal(double value, bool with_comma) {
    std::string text = shortest(value);
    if (with_comma) {
        std::ranges::replace(text, '.', ',');
    }
    return text;
}

void put_share(json::object& out, const std::string& key, std::int64_t part, std::int64_t whole) {
    out[key] = shortest(per_cent(part, whole));
    out[key + "_TOTAL"] = std::to_string(part);
}

}  // namespace

std::vector<Listed> listed(std::string_view id, const Period& period) {
    if (id.empty() || id == "0") {
        return provinces(departments_below(std::nullopt));
    }
    std::vector<Listed> all;
    for (UnitIndex unit = 0; id == province_number && unit < unit_count; ++unit) {
        add_unit(all, unit, period);
    }
    return all;
}

std::optional<UnitIndex> unit_with_id(std::string_view id) {
    if (id == province_number) {
        return root_unit;
    }
    for (UnitIndex unit = 0; unit < unit_count; ++unit) {
        if (number_before(unit) == id || number_after(unit) == id) {
            return unit;
        }
    }
    return std::nullopt;
}

json::object score_row(const Listed& one, const ReportCounts& counts) {
    const Department& department = one.department;
    const NationalCounts& own = counts.of(department);
    const Portfolio portfolio = counts.portfolio(department);
    const bool province = department.kind == DepartmentKind::Province;
    const bool with_comma = department.unit.value_or(0) % 5 == 3;
    const double published = total_of(transparency(own, counts.goes_on()));
    const double progress = progress_score(own).value();
    const double online = online_score(own, portfolio).value();
    const double payment = payment_score(own, portfolio).value();
    const double digitised = total_of(digitisation(own));
    const double satisfied = total_of(satisfaction(own));
    const double total = published + progress + online + payment + digitised + satisfied;
    const bool apart = department.unit.value_or(0) % 4 == 2;
    const std::string name = apart ? decomposed(department.name) : department.name;
    return {
        {"ID", one.id},
        {"ID_COQUAN", one.id},
        {"TEN", name},
        {"TEN_COQUAN", name},
        {"MA_COQUAN", one.code},
        {"LOAI_COQUAN", province ? "1" : "2"},
        {"CAPDONVIID", "1"},
        {"CKMB", decimal(published, with_comma)},
        {"TDGQ", decimal(progress, with_comma)},
        {"CLGQ", decimal(online, with_comma)},
        {"TTTT", decimal(payment, with_comma)},
        {"MDSH", decimal(digitised, with_comma)},
        {"MDHL", decimal(satisfied, with_comma)},
        {"TONG_SCORE", decimal(total, with_comma)}};
}

json::object summary_row(const NationalCounts& counts, const Portfolio& portfolio) {
    const std::int64_t received = counts.synchronised();
    const std::int64_t local = counts.paid_online - counts.paid_national;
    json::object out{
        {"HS_TOTAL", std::to_string(counts.reported)},
        {"DB_TOTAL", std::to_string(received)},
        {"TILE_DB", shortest(per_cent(received, counts.reported))},
        {"TNTK_TOTAL", std::to_string(size_of(counts.used))}};
    put_share(out, "HTN_TRUCTIEP", counts.direct, received);
    put_share(out, "HTN_BUUCHINH", counts.postal, received);
    put_share(out, "HTN_TRUCTUYEN", counts.online, received);
    put_share(out, "HTN_TRUCTUYEN_KHONGCHUAN", 0, received);
    put_share(out, "DXLTH", counts.pending_in_time, received);
    put_share(out, "DXLQH", counts.pending_overdue, received);
    put_share(out, "HTDH", counts.on_time, received);
    put_share(out, "HTQH", counts.overdue, received);
    put_share(out, "NTTDXLTH", counts.online_pending_in_time, counts.online);
    put_share(out, "NTTDXLQH", counts.online_pending_overdue, counts.online);
    put_share(out, "GDTT", counts.paid_online, counts.owing);
    put_share(out, "GDTTQG", counts.paid_national, counts.paid_online);
    put_share(out, "GDTTDP", local, counts.paid_online);
    out["NTTQG_TOTAL"] = std::to_string(size_of(portfolio.partial | portfolio.full));
    return out;
}

json::object procedure_row(std::size_t index) {
    constexpr std::int64_t first_id = 432'000;
    const Procedure& procedure = procedures()[index];
    return {
        {"ID", std::to_string(first_id + static_cast<std::int64_t>(index))},
        {"PROCEDURE_CODE", procedure.code},
        {"PROCEDURE_NAME", index % 9 == 2 ? decomposed(procedure.name) : procedure.name},
        {"PUBLISHED_AGENCY", "UBND tỉnh Lạng Sơn"},
        {"IMPLEMENTATION_AGENCY", units()[procedure.owner].name},
        {"FIELD_NAME", domain_name(domain_of(procedure))},
        {"QDCBID", std::to_string(123'000 + static_cast<std::int64_t>(index / 7))},
        {"AMOUNT", "1"}};
}

}  // namespace thidua::sandbox
