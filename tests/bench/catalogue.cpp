// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace thidua::bench {
namespace {

constexpr std::size_t departments = 31;
constexpr std::size_t first_district = 11;  // departments from here on have communes
constexpr std::size_t communes = 11;        // of each

Day day_zero() {
    return Day{std::chrono::days{0}};
}

Indicator indicator(
    std::string id, IndicatorKind kind, const std::string& records, const std::string& payments
) {
    Indicator made;
    made.name = id;
    made.short_name = id;
    made.id = std::move(id);
    made.kind = kind;
    made.system_of_record = records;
    made.payment_record = payments;
    return made;
}

Target above(std::string indicator, Share value) {
    Target target;
    target.indicator = std::move(indicator);
    target.value = value;
    return target;
}

}  // namespace

std::uint64_t mix(std::uint64_t seed, std::uint64_t stream, std::uint64_t number) {
    // splitmix64
    std::uint64_t value = seed * 0x9E3779B97F4A7C15U + stream * 0xD1B54A32D192ED03U + number;
    for (int round = 0; round < 2; ++round) {
        value += 0x9E3779B97F4A7C15U;
        value = (value ^ value >> 30U) * 0xBF58476D1CE4E5B9U;
        value = (value ^ value >> 27U) * 0x94D049BB133111EBU;
        value ^= value >> 31U;
    }
    return value;
}

std::string unit_code(std::size_t unit) {
    check(unit < unit_count, "unit_code: unit < unit_count");
    if (unit < departments) {
        return fmt::format("H37.{:02}", unit + 1);
    }
    const std::size_t commune = unit - departments;
    return fmt::format(
        "H37.{:02}.{:02}", first_district + 1 + commune / communes, commune % communes + 1
    );
}

std::string old_unit_code(std::string_view code) {
    const std::string_view department = code.substr(4, 2);
    const std::string_view commune = code.size() > 6 ? code.substr(7, 2) : "00";
    return fmt::format("000.{}.{}.{}", commune, department, code.substr(0, 3));
}

std::string procedure_code(std::size_t procedure) {
    return fmt::format("1.{:06}", procedure);
}

Result<Organisation> make_organisation() {
    std::vector<Unit> units;
    units.push_back({"H37", "Tỉnh mẫu", std::nullopt, {}});
    for (std::size_t unit = 0; unit < unit_count; ++unit) {
        const std::string code = unit_code(unit);
        units.push_back({code, "Đơn vị " + code, code.substr(0, code.rfind('.')), {}});
    }
    return Organisation::create(std::move(units));
}

std::vector<Procedure> make_procedures() {
    constexpr std::array levels{Level::Full, Level::Partial, Level::Information};
    std::vector<Procedure> procedures;
    for (std::size_t number = 0; number < procedure_count; ++number) {
        Procedure procedure;
        procedure.code = procedure_code(number);
        procedure.name = "Thủ tục " + procedure.code;
        procedure.units = {unit_code(number % unit_count)};
        procedure.levels = {{day_zero(), levels.at(number % levels.size())}};
        procedure.fees = {{day_zero(), number % 2 == 0}};
        procedures.push_back(std::move(procedure));
    }
    return procedures;
}

Campaign make_campaign(Day from, Day to, const std::string& records, const std::string& payments) {
    Campaign campaign;
    campaign.id = "bench";
    campaign.name = "Bench";
    campaign.start = from;
    campaign.end = to;
    campaign.indicators = {
        indicator("services-online", IndicatorKind::ServicesOnline, records, payments),
        indicator("dossiers-online", IndicatorKind::DossiersOnline, records, payments),
        indicator("payments-online", IndicatorKind::PaymentsOnline, records, payments)};
    campaign.targets = {
        above("services-online", {4, 5}),
        above("dossiers-online", {9, 20}),
        above("payments-online", {9, 20})};
    return campaign;
}

Zipf::Zipf(std::size_t size) {
    double sum = 0;
    for (std::size_t rank = 0; rank < size; ++rank) {
        sum += 1.0 / static_cast<double>(rank + 1);
        up_to_.push_back(sum);
    }
}

std::size_t Zipf::draw(std::uint64_t random) const {
    constexpr double range = 18'446'744'073'709'551'616.0;  // 2^64
    const double wanted = static_cast<double>(random) / range * up_to_.back();
    const auto place = std::ranges::upper_bound(up_to_, wanted);
    const auto rank = static_cast<std::size_t>(place - up_to_.begin());
    return std::min(rank, up_to_.size() - 1);
}

}  // namespace thidua::bench
