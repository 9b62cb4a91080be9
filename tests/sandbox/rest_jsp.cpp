// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "rest_jsp.hpp"

#include "json_text.hpp"
#include "rest_jsp_rows.hpp"
#include "text.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <string>

namespace thidua::sandbox {
namespace {

namespace json = boost::json;

constexpr std::int64_t rows_default = 10;
constexpr std::int64_t rows_max = 500;

std::optional<json::object> params_of(std::string_view body) {
    for (const auto& [key, value] : parse_form(body)) {
        if (key == "params") {
            return parse_object(value);
        }
    }
    return std::nullopt;
}

Reply error_page() {
    Reply reply;
    reply.status = 500;
    reply.content_type = "text/html;charset=UTF-8";
    reply.body = "<html><head><title>Error report</title></head><body>HTTP 500</body></html>";
    return reply;
}

/// 0 says that another granularity is meant, and all of them 0 the whole year.
std::optional<Period> period_of(const json::object& asked) {
    const std::int64_t year = number_of(asked, "p_nam");
    const std::int64_t month = number_of(asked, "p_thang");
    const std::int64_t quarter = number_of(asked, "p_quy");
    const std::int64_t half = number_of(asked, "p_6thang");
    const bool is_real = year >= year_first && year <= year_last && month >= 0 && month <= 12 &&
                         quarter >= 0 && quarter <= 4 && half >= 0 && half <= 2;
    if (!is_real) {
        return std::nullopt;
    }
    if (month > 0) {
        return months(year, month, 1);
    }
    if (quarter > 0) {
        return months(year, quarter * 3 - 2, 3);
    }
    return half > 0 ? months(year, half * 6 - 5, 6) : months(year, 1, 12);
}

/// The page that is asked for, each row saying its place and how many there are.
json::array page_of(const json::array& rows, const json::object& asked) {
    const std::string_view size_key =
        asked.contains("recordPerPage") ? "recordPerPage" : "pageSize";
    const std::int64_t given = number_of(asked, size_key);
    const std::int64_t size = given > 0 ? std::min(given, rows_max) : rows_default;
    const std::int64_t page = std::clamp<std::int64_t>(number_of(asked, "pageIndex"), 1, 100'000);
    const auto total = static_cast<std::int64_t>(rows.size());
    json::array shown;
    for (std::int64_t at = (page - 1) * size; at < std::min(total, page * size); ++at) {
        json::object row = rows[static_cast<std::size_t>(at)].get_object();
        row["ROW_STT"] = std::to_string(at + 1);
        row["TOTAL"] = std::to_string(total);
        shown.emplace_back(std::move(row));
    }
    return shown;
}

json::array scores(const json::object& asked, const Snapshot& snapshot) {
    const auto period = period_of(asked);
    if (!period) {
        return {};
    }
    const ReportCounts counts{{.period = *period, .root = {}, .procedure = {}}, snapshot};
    const Department province = *department_with_id(department_id("H37"));
    if (counts.of(province).synchronised() == 0) {
        return {};
    }
    json::array rows;
    for (const Listed& one : listed(text_of(asked, "p_tinh_id"), *period)) {
        rows.emplace_back(score_row(one, counts));
    }
    return page_of(rows, asked);
}

/// The narrowest place that is named: p_xa_id, then p_huyen_id, then p_tinh_id.
std::optional<UnitIndex> place_of(const json::object& asked) {
    for (const std::string_view key : {"p_xa_id", "p_huyen_id"}) {
        const std::string id = text_of(asked, key);
        if (!id.empty() && id != "0") {
            return unit_with_id(id);
        }
    }
    return unit_with_id(text_of(asked, "p_tinh_id"));
}

json::array summary(const json::object& asked, const Snapshot& snapshot) {
    const auto period = period_of(asked);
    const auto unit = place_of(asked);
    if (!period || !unit) {
        return {};
    }
    const ReportCounts counts{{.period = *period, .root = {}, .procedure = {}}, snapshot};
    const Department department = *department_with_id(department_id(units()[*unit].code));
    if (counts.of(department).synchronised() == 0) {
        return {};
    }
    return {summary_row(counts.of(department), counts.portfolio(department))};
}

json::array procedures_found(const json::object& asked) {
    const std::string words = text_of(asked, "keyword");
    json::array rows;
    for (std::size_t index = 0; index < procedures().size(); ++index) {
        const Procedure& procedure = procedures()[index];
        if (procedure.code.find(words) != std::string::npos ||
            procedure.name.find(words) != std::string::npos) {
            rows.emplace_back(procedure_row(index));
        }
    }
    return page_of(rows, asked);
}

}  // namespace

Reply RestJsp::answer(std::string_view body, const Snapshot& snapshot) {
    const auto asked = params_of(body);
    if (!asked) {
        return error_page();
    }
    const std::string service = text_of(*asked, "service");
    json::array rows;
    if (service == "report_tinh_766_service") {
        rows = scores(*asked, snapshot);
    } else if (service == "report_by_month_sum_service" || service == "report_by_year_sum_service") {
        rows = summary(*asked, snapshot);
    } else if (service == "procedure_advanced_search_service_v2") {
        rows = procedures_found(*asked);
    }
    const bool wrapped = answers_++ % 2 == 1 && !rows.empty();
    if (wrapped) {
        return json_reply(200, json::serialize(json::object{{"data", std::move(rows)}}));
    }
    return json_reply(200, json::serialize(rows));
}

}  // namespace thidua::sandbox
