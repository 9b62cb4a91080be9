// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "opencps_statistics.hpp"

#include "json_text.hpp"
#include "opencps_record.hpp"
#include "report_question.hpp"
#include "text.hpp"
#include "workload.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <map>
#include <string>

namespace thidua::sandbox {
namespace {

namespace json = boost::json;

using std::chrono::milliseconds;

constexpr std::string_view unmapped_code = "H37.10.77";

struct Asked {
    std::int64_t year = 0;
    std::int64_t month = 0;
    Span span;
    std::string agency;
    std::string domain;
    std::int64_t start = 0;
    std::int64_t end = 0;
};

std::optional<Span> span_of_dates(std::string_view from_text, std::string_view to_text) {
    const auto from = parse_slashed_day(from_text);
    const auto to = parse_slashed_day(to_text);
    if (!from || !to) {
        return std::nullopt;
    }
    // The first instant after midnight: what came at midnight itself is not in it.
    return Span{
        .begin = instant_of(*from, milliseconds{1}), .end = instant_of(*to, milliseconds{0})};
}

std::optional<Span> span_of_months(std::int64_t year, std::int64_t month) {
    if (year < 2000 || year > 2099 || month > 12) {
        return std::nullopt;
    }
    const Period period = month > 0 ? months(year, month, 1) : months(year, 1, 12);
    return Span{
        .begin = instant_of(period.from, milliseconds{0}),
        .end = end_of(period.to) + milliseconds{1}};
}

std::optional<Asked> read_asked(std::string_view query) {
    std::map<std::string, std::string> given;
    for (auto& [key, value] : parse_form(query)) {
        given.insert_or_assign(key, value);
    }
    Asked asked;
    asked.year = whole_number(given["year"]).value_or(0);
    asked.month = std::max<std::int64_t>(whole_number(given["month"]).value_or(0), 0);
    const bool by_dates = !given["fromStatisticDate"].empty() || !given["toStatisticDate"].empty();
    const auto span = by_dates ? span_of_dates(given["fromStatisticDate"], given["toStatisticDate"])
                               : span_of_months(asked.year, asked.month);
    if (!span) {
        return std::nullopt;
    }
    asked.span = *span;
    asked.agency = given["agency"];
    asked.domain = given["domain"];
    asked.start = std::max<std::int64_t>(whole_number(given["start"]).value_or(0), 0);
    asked.end = whole_number(given["end"]).value_or(0);
    return asked;
}

/// Empty: a roll-up over all of them.
struct Place {
    std::optional<UnitIndex> unit;
    std::optional<Domain> domain;
    auto operator<=>(const Place&) const = default;
};

std::map<Place, Workload> with_roll_ups(const Workloads& workloads) {
    std::map<Place, Workload> rows;
    for (const auto& [key, work] : workloads) {
        const auto [unit, domain] = key;
        rows[{.unit = unit, .domain = domain}].add(work);
        rows[{.unit = unit, .domain = {}}].add(work);
        rows[{.unit = {}, .domain = domain}].add(work);
        rows[{.unit = {}, .domain = {}}].add(work);
    }
    return rows;
}

bool is_wanted(const Asked& asked, const Place& place) {
    const bool unit_fits =
        asked.agency.empty() || (place.unit && place.unit == opencps_unit(asked.agency));
    const bool domain_fits =
        asked.domain.empty() || (place.domain && domain_code(*place.domain) == asked.domain);
    return unit_fits && domain_fits;
}

void put_place(json::object& out, const Place& place) {
    std::string_view code;
    std::string_view name;
    if (place.unit == unmapped_unit) {
        code = unmapped_code;
        name = "Đơn vị chưa rõ";
    } else if (place.unit) {
        const Unit& unit = units()[*place.unit];
        code = *place.unit % 2 == 0 ? unit.code : unit.old_code;
        name = unit.name;
    }
    out["govAgencyCode"] = code;
    out["govAgencyName"] = name;
    out["domainCode"] = place.domain ? domain_code(*place.domain) : "";
    out["domainName"] = place.domain ? domain_name(*place.domain) : "";
}

void put_counts(json::object& out, const Workload& work) {
    const std::int64_t in_time = work.released_early + work.released_on_time;
    out["totalCount"] = work.in_hand() + work.denied;
    out["receivedCount"] = work.received;
    // Post is online here, as in the list of dossiers: only viaPostalCount tells it apart.
    out["onlineCount"] = work.online + work.postal;
    out["onegateCount"] = work.direct;
    out["deniedCount"] = work.denied;
    out["cancelledCount"] = work.withdrawn;
    out["processCount"] = work.in_hand();
    out["remainingCount"] = work.remaining;
    out["processingCount"] = work.undue + work.overdue;
    out["undueCount"] = work.undue;
    out["overdueCount"] = work.overdue;
    out["waitingCount"] = work.waiting;
    out["releaseCount"] = work.released();
    out["betimesCount"] = work.released_early;
    out["ontimeCount"] = work.released_on_time;
    out["overtimeCount"] = work.released_late;
    out["doneCount"] = work.returned;
    out["releasingCount"] = work.released() - work.returned;
    out["unresolvedCount"] = work.stopped;
    out["interoperatingCount"] = 0;
    out["insideCount"] = 0;
    out["outsideCount"] = 0;
    out["ontimePercentage"] = work.released() == 0 ? 100 : in_time * 100 / work.released();
    out["viaPostalCount"] = work.postal;
    out["fromViaPostalCount"] = work.postal;
    out["dossierOnline3Count"] = work.online_partial;
    out["dossierOnline4Count"] = work.online_full;
}

bool has_form(const Unit& unit, std::string_view code) {
    return unit.code == code || unit.old_code == code ||
           std::ranges::find(unit.aliases, code) != unit.aliases.end();
}

}  // namespace

std::optional<UnitIndex> opencps_unit(std::string_view code) {
    for (UnitIndex unit = 0; unit < unit_count; ++unit) {
        if (has_form(units()[unit], code)) {
            return unit;
        }
    }
    return code == unmapped_code ? std::optional{unmapped_unit} : std::nullopt;
}

std::optional<json::array> opencps_statistics(std::string_view query, const Snapshot& snapshot) {
    const auto asked = read_asked(query);
    if (!asked) {
        return std::nullopt;
    }
    json::array rows;
    for (const auto& [place, work] :
         with_roll_ups(count_workloads(snapshot, {.span = asked->span}))) {
        if (!is_wanted(*asked, place)) {
            continue;
        }
        json::object row{{"month", asked->month}, {"year", asked->year}};
        put_place(row, place);
        put_counts(row, work);
        rows.emplace_back(std::move(row));
    }
    const auto total = static_cast<std::int64_t>(rows.size());
    if (asked->end <= 0) {  // unlike the list of dossiers: all of them
        return rows;
    }
    const std::int64_t start = std::min(asked->start, total);
    const std::int64_t end = std::clamp(asked->end, start, total);
    return json::array(rows.begin() + start, rows.begin() + end);
}

}  // namespace thidua::sandbox
