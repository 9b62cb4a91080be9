// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "formalities.hpp"

#include "departments.hpp"
#include "json_text.hpp"
#include "text.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace thidua::sandbox {
namespace {

namespace json = boost::json;

constexpr std::int64_t page_size_max = 100;

/// Every eleventh name is decomposed, as copies from elsewhere are.
std::string name_of(std::size_t index) {
    const std::string& name = procedures()[index].name;
    return index % 11 == 4 ? decomposed(name) : name;
}

json::object item_of(std::size_t index) {
    const Procedure& procedure = procedures()[index];
    json::array applied;
    for (const UnitIndex unit : procedure.units) {
        applied.emplace_back(department_id(units()[unit].code));
    }
    return {
        {"id", formality_id(procedure.code)},
        {"code", procedure.code},
        {"name", name_of(index)},
        {"state", procedure.use == Use::Never ? "INACTIVE" : "UPDATED"},
        {"departmentId", department_id(units()[root_unit].code)},
        {"publishingDepartmentIds", json::array{department_id("H37")}},
        {"appliedDepartmentIds", std::move(applied)}};
}

std::vector<std::size_t> matching(std::string_view words) {
    std::vector<std::size_t> found;
    for (std::size_t index = 0; index < procedures().size(); ++index) {
        const Procedure& procedure = procedures()[index];
        if (procedure.code.find(words) != std::string::npos ||
            procedure.name.find(words) != std::string::npos) {
            found.push_back(index);
        }
    }
    return found;
}

}  // namespace

std::string formality_id(std::string_view code) {
    return portal_id("formality " + std::string{code});
}

std::optional<ProcedureIndex> procedure_with_id(std::string_view id) {
    for (std::size_t index = 0; index < procedures().size(); ++index) {
        if (formality_id(procedures()[index].code) == id) {
            return static_cast<ProcedureIndex>(index);
        }
    }
    return std::nullopt;
}

Reply list_formalities(std::string_view body) {
    const auto asked = parse_object(body);
    if (!asked) {
        return json_reply(400, R"({"code":"BAD_REQUEST","data":null,"message":"q, currentPage"})");
    }
    const std::vector<std::size_t> found = matching(text_of(*asked, "q"));
    const std::int64_t page = std::clamp<std::int64_t>(number_of(*asked, "currentPage"), 1, 10'000);
    const std::int64_t size =
        std::clamp<std::int64_t>(number_of(*asked, "pageSize"), 1, page_size_max);
    const auto total = static_cast<std::int64_t>(found.size());
    json::array items;
    for (std::int64_t at = (page - 1) * size; at < std::min(total, page * size); ++at) {
        items.emplace_back(item_of(found[static_cast<std::size_t>(at)]));
    }
    const json::object pagination{
        {"total", total},
        {"currentPage", page},
        {"pageSize", size},
        {"totalPages", (total + size - 1) / size}};
    const json::object data{{"items", std::move(items)}, {"pagination", pagination}};
    return json_reply(
        201, json::serialize(json::object{{"code", "OK"}, {"data", data}, {"message", "OK"}})
    );
}

}  // namespace thidua::sandbox
