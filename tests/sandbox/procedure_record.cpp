// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "procedure_record.hpp"

#include "catalogue.hpp"
#include "text.hpp"
#include "workload.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace thidua::sandbox {
namespace {

namespace json = boost::json;

constexpr std::size_t bare_code_length = 8;  // 1.012756
constexpr std::string_view publisher = "000.00.00.H37";

std::string_view agency_code(UnitIndex unit) {
    const Unit& named = units()[unit];
    return unit % 2 == 0 ? named.old_code : named.code;
}

json::array agencies_of(const Procedure& procedure) {
    json::array agencies;
    for (const UnitIndex unit : procedure.units) {
        agencies.emplace_back(json::object{
            {"MADONVI", agency_code(unit)}, {"TENDONVI", units()[unit].name}});
    }
    return agencies;
}

/// What is to be paid: a text of digits; now and then it is empty or a word, where nothing is.
std::string_view amount_of(const Procedure& procedure, std::size_t index, Day day) {
    constexpr std::array<std::string_view, 3> none = {"0", "", "Không"};
    return is_fee_bearing(procedure, day) ? "450000" : none.at(index % none.size());
}

json::array ways_of(const Procedure& procedure, std::size_t index, Day day) {
    json::array ways;
    for (const std::string_view channel : {"1", "2", "3"}) {
        if (channel == "2" && !is_offered_online(procedure, day)) {
            continue;
        }
        const json::object fee{
            {"MAPHILEPHI", "PTD01"},
            {"SOTIEN", amount_of(procedure, index, day)},
            {"DONVI", "Đồng"},
            {"MOTA", ""}};
        const json::object time{
            {"THOIGIANGIAIQUYET", "15"},
            {"DONVITINH", "Ngày"},
            {"MOTA", ""},
            {"PHILEPHI", json::array{fee}}};
        ways.emplace_back(json::object{{"KENH", channel}, {"THOIGIAN", json::array{time}}});
    }
    return ways;
}

json::object domain_record(Domain domain) {
    return {{"MALINHVUC", domain_code(domain)}, {"TENLINHVUC", domain_name(domain)}};
}

json::object record_of(std::size_t index, Day day) {
    const Procedure& procedure = procedures()[index];
    return {
        {"MATTHC", procedure.code},
        {"TENTTHC", index % 9 == 2 ? decomposed(procedure.name) : procedure.name},
        {"MACOQUANCONGBO", publisher},
        {"TRANGTHAI", procedure.use == Use::Never ? "0" : "1"},
        {"LINHVUCTHUCHIEN", json::array{domain_record(domain_of(procedure))}},
        {"TRINHTUTHUCHIEN", json::array{}},
        {"CACHTHUCTHUCHIEN", ways_of(procedure, index, day)},
        {"YEUCAU", ""},
        {"DOITUONGTHUCHIEN", json::array{json::object{{"TENDOITUONG", "Công dân"}}}},
        {"KETQUATHUCHIEN", json::array{}},
        {"CANCUPHAPLY", json::array{}},
        {"COQUANTHUCHIEN", agencies_of(procedure)},
        {"THANHPHANHOSO", json::array{}}};
}

}  // namespace

std::optional<json::object> procedure_record(std::string_view code, Day day) {
    const std::string_view rest = code.substr(std::min(code.size(), bare_code_length));
    if (!rest.empty() && rest != ".H37" && rest != ".000.00.00.H37") {
        return std::nullopt;
    }
    for (std::size_t index = 0; index < procedures().size(); ++index) {
        if (procedures()[index].code == code.substr(0, bare_code_length)) {
            return record_of(index, day);
        }
    }
    return std::nullopt;
}

json::array service_list(Day day) {
    json::array services;
    for (std::size_t index = 0; index < procedures().size(); ++index) {
        const Procedure& procedure = procedures()[index];
        if (!is_offered_online(procedure, day)) {
            continue;
        }
        services.emplace_back(json::object{
            {"MADVC", procedure.code + ".01"},
            {"TENDVC", procedure.name},
            {"MATTHC", index % 3 == 1 ? procedure.code + ".H37" : procedure.code},
            {"TENTTHC", procedure.name},
            {"TENCOQUANBANHANH", "UBND tỉnh Lạng Sơn"},
            {"TENLINHVUC", domain_name(domain_of(procedure))},
            {"APDUNGDVC", agencies_of(procedure)}});
    }
    return services;
}

json::array procedure_list() {
    json::array list;
    for (const Procedure& procedure : procedures()) {
        list.emplace_back(json::object{{"MATTHC", procedure.code}, {"TENTTHC", procedure.name}});
    }
    return list;
}

json::array agency_list() {
    json::array list;
    for (UnitIndex unit = 0; unit < unit_count; ++unit) {
        list.emplace_back(json::object{
            {"MADONVI", agency_code(unit)},
            {"TENDONVI", units()[unit].name},
            {"CAPDONVI",
             unit == root_unit     ? "2"
             : unit < first_branch ? "3"
                                   : "4"}});
    }
    return list;
}

json::array domain_list() {
    json::array list;
    for (const Domain domain :
         {Domain::Office, Domain::Land, Domain::Minerals, Domain::Environment}) {
        json::object record = domain_record(domain);
        record["MANGANH"] = "TNMT";
        list.emplace_back(std::move(record));
    }
    return list;
}

}  // namespace thidua::sandbox
