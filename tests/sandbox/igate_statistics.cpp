// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "igate_statistics.hpp"

#include "json_text.hpp"
#include "render.hpp"
#include "text.hpp"
#include "workload.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <functional>

namespace thidua::sandbox {
namespace {

namespace json = boost::json;

constexpr std::int64_t agencies_max = 2000;

std::string field_of(std::string_view query, std::string_view name) {
    for (const auto& [key, value] : parse_form(query)) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

Reply bad_request(std::string_view message) {
    return json_reply(
        400,
        json::serialize(json::object{
            {"status", 400}, {"error", "Bad Request"}, {"message", message}})
    );
}

/// Both bounds belong to the window, so that T23:59:59.999Z ends a day.
std::optional<Span> read_span(
    std::string_view query, std::string_view from_key, std::string_view to_key
) {
    const auto from = parse_instant(field_of(query, from_key), Zulu::Local);
    const auto to = parse_instant(field_of(query, to_key), Zulu::Local);
    if (!from || !to || *to < *from) {
        return std::nullopt;
    }
    return Span{.begin = *from, .end = *to + std::chrono::milliseconds{1}};
}

/// Half of the branches come under their old code, one is spelt without its dot.
std::string_view code_of(UnitIndex unit) {
    return unit_code_text(unit, unit % 2 == 0 ? 80 : unit == first_branch ? 99 : 0);
}

std::string name_of(UnitIndex unit) {
    if (unit == unmapped_unit) {
        return "Đơn vị chưa rõ";
    }
    const std::string& name = units()[unit].name;
    return unit % 4 == 2 ? decomposed(name) : unit % 4 == 3 ? with_no_break_spaces(name) : name;
}

json::object agency_of(UnitIndex unit) {
    std::string id;
    append_agency_id(id, unit);
    return {{"id", id}, {"code", code_of(unit)}, {"name", name_of(unit)}};
}

using MakeRow = std::function<json::object(UnitIndex, const Workload&)>;

Reply rows_of(const Snapshot& snapshot, const WorkloadQuestion& question, const MakeRow& make) {
    json::array rows;
    for (const auto& [unit, work] : by_unit(count_workloads(snapshot, question))) {
        rows.emplace_back(make(unit, work));
    }
    return json_reply(200, json::serialize(rows));
}

json::object row_by_agency(UnitIndex unit, const Workload& work) {
    return {
        {"agency", agency_of(unit)},
        {"received", work.received},
        {"receivedOnline", work.online},
        {"receivedDirect", work.received - work.online},
        {"receivedOld", work.remaining},
        {"resolved", work.released()},
        {"resolvedOverdue", work.released_late},
        {"unresolved", work.undue + work.overdue + work.waiting},
        {"unresolvedOverdue", work.overdue},
        {"suspended", work.stopped},
        {"cancelled", work.withdrawn}};
}

json::object row_01_2020(UnitIndex unit, const Workload& work) {
    return {
        {"agency", agency_of(unit)},
        {"receivedOnline", work.online},
        {"receivedDirect", work.received - work.online},
        {"receivedOld", work.remaining},
        {"resolved", work.released()},
        {"unresolved", work.in_hand() - work.released()},
        {"procedureLevelUnknown", work.in_hand()}};
}

json::object row_online(UnitIndex unit, const Workload& work) {
    return {
        {"agency_name", name_of(unit)},
        {"phatsinh_1phan_quantity", work.applied_online_partial},
        {"phatsinh_toanphan_quantity", work.applied_online_full},
        {"chotiepnhan_quantity", work.registered},
        {"datiepnhan_quantity", work.received},
        {"hoanthanh_quantity", work.released()},
        {"tuchoi_quantity", work.denied},
        {"onlinepaid_quantity", work.online_paid}};
}

}  // namespace

Reply statistic_by_agency(std::string_view query, const Snapshot& snapshot) {
    const auto span = read_span(query, "from-date", "to-date");
    if (!span || field_of(query, "agency-id").empty()) {
        return bad_request("agency-id, from-date, to-date");
    }
    return rows_of(snapshot, {.span = *span}, row_by_agency);
}

Reply statistic_01_2020(std::string_view query, const Snapshot& snapshot) {
    const auto span = read_span(query, "from-date", "to-date");
    if (!span) {
        return bad_request("from-date, to-date");
    }
    return rows_of(snapshot, {.span = *span}, row_01_2020);
}

Reply statistic_online(std::string_view query, const Snapshot& snapshot) {
    const auto span = read_span(query, "from-applied-date", "to-applied-date");
    if (!span) {
        return bad_request("from-applied-date, to-applied-date");
    }
    const bool ignore_free = field_of(query, "is-ignore-free-dossier") == "true";
    return rows_of(snapshot, {.span = *span, .ignore_free = ignore_free}, row_online);
}

Reply list_agencies(std::string_view query) {
    const std::int64_t page =
        std::clamp<std::int64_t>(whole_number(field_of(query, "page")).value_or(0), 0, 10'000);
    const std::int64_t size = std::clamp<std::int64_t>(
        whole_number(field_of(query, "size")).value_or(20), 1, agencies_max
    );
    const std::int64_t total = unit_count;
    json::array content;
    for (std::int64_t at = page * size; at < std::min(total, (page + 1) * size); ++at) {
        const auto unit = static_cast<UnitIndex>(at);
        json::object agency = agency_of(unit);
        agency["parent"] = nullptr;
        if (unit != root_unit) {
            agency["parent"] = agency_of(units()[unit].parent);
        }
        content.emplace_back(std::move(agency));
    }
    const auto shown = static_cast<std::int64_t>(content.size());
    const json::object answer{
        {"content", std::move(content)},
        {"last", (page + 1) * size >= total},
        {"number", page},
        {"size", size},
        {"numberOfElements", shown},
        {"totalElements", total},
        {"totalPages", (total + size - 1) / size}};
    return json_reply(200, json::serialize(answer));
}

}  // namespace thidua::sandbox
