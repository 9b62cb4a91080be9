// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "opencps.hpp"

#include "json_text.hpp"
#include "opencps_record.hpp"
#include "opencps_statistics.hpp"
#include "text.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <map>

namespace thidua::sandbox {
namespace {

namespace json = boost::json;

constexpr std::int64_t rows_default = 10;
constexpr std::string_view dossiers_path = "/o/rest/v2/dossiers/";
constexpr std::string_view payment_end = "/payment";

/// What the list is narrowed to; what is not given lets everything through.
struct Wanted {
    std::optional<Instant> received_after;
    std::optional<Instant> received_before;
    std::optional<UnitIndex> unit;
    std::vector<std::string> statuses;
    std::string service;
    std::string online;
    SortKey sort = SortKey::Id;
    bool descending = false;
    std::int64_t start = 0;
    std::int64_t end = 0;
};

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(','));
        parts.emplace_back(part);
        text.remove_prefix(std::min(part.size() + 1, text.size()));
    }
    return parts;
}

SortKey sort_key(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, SortKey>, 4> keys = {{
        {"submitDate", SortKey::Applied},
        {"receiveDate", SortKey::Accepted},
        {"dueDate", SortKey::Appointment},
        {"modifiedDate", SortKey::Updated},
    }};
    const auto* found = std::ranges::find(keys, name, &std::pair<std::string_view, SortKey>::first);
    return found == keys.end() ? SortKey::Id : found->second;
}

/// Nothing for a query that makes OpenCPS stumble.
std::optional<Wanted> read_wanted(std::string_view query) {
    std::map<std::string, std::string> given;
    for (auto& [key, value] : parse_form(query)) {
        if (!value.empty()) {
            given.insert_or_assign(key, value);
        }
    }
    Wanted wanted;
    for (const std::string key : {"fromReceiveDate", "toReceiveDate"}) {
        const auto day = parse_slashed_day(given[key]);
        if (!day && !given[key].empty()) {
            return std::nullopt;
        }
        if (day) {
            const Instant midnight = instant_of(*day, std::chrono::milliseconds{0});
            (key.starts_with("from") ? wanted.received_after : wanted.received_before) = midnight;
        }
    }
    if (!given["agency"].empty()) {
        wanted.unit = opencps_unit(given["agency"]);
        if (!wanted.unit) {
            return std::nullopt;
        }
    }
    wanted.statuses = split(given["status"]);
    wanted.service = given["service"];
    wanted.online = given["online"];
    wanted.sort = sort_key(given["sort"]);
    wanted.descending = given["order"] == "true";
    wanted.start = std::max<std::int64_t>(whole_number(given["start"]).value_or(0), 0);
    wanted.end = whole_number(given["end"]).value_or(0);
    return wanted;
}

/// Neither bound belongs to the window: what was received at midnight of the first day is lost.
bool is_between(const Wanted& wanted, const std::optional<Instant>& at) {
    if (!wanted.received_after && !wanted.received_before) {
        return true;
    }
    return at && (!wanted.received_after || *at > *wanted.received_after) &&
           (!wanted.received_before || *at < *wanted.received_before);
}

bool matches(const Wanted& wanted, const Dossier& dossier, const Facts& facts) {
    const std::string_view online = dossier.channel == Channel::Online   ? "true"
                                    : dossier.channel == Channel::Postal ? "true"
                                                                         : "false";
    const auto status = opencps_status(dossier, facts);
    return is_between(wanted, facts.accepted ? dossier.accepted : std::nullopt) &&
           (!wanted.unit || *wanted.unit == facts.unit) &&
           (wanted.statuses.empty() ||
            std::ranges::find(wanted.statuses, status) != wanted.statuses.end()) &&
           (wanted.service.empty() ||
            wanted.service.starts_with(procedures()[dossier.procedure].code)) &&
           (wanted.online.empty() || wanted.online == online);
}

std::vector<std::uint32_t> matching(const Wanted& wanted, Snapshot& snapshot) {
    std::vector<std::uint32_t> found;
    for (const Row row : snapshot.sorted(wanted.sort)) {
        const Dossier& dossier = snapshot.world().dossiers[row.dossier];
        if (!row.second && matches(wanted, dossier, *snapshot.facts(row.dossier))) {
            found.push_back(row.dossier);
        }
    }
    if (wanted.descending) {
        std::ranges::reverse(found);
    }
    return found;
}

Reply message_reply(int status, std::string_view message) {
    const json::object said{{"message", message}, {"code", status}, {"description", message}};
    return json_reply(status, json::serialize(said));
}

}  // namespace

Reply opencps_no_content() {
    return message_reply(403, "No Content.");
}

std::optional<Reply> OpenCps::refusal(const Request& request) const {
    const std::string basic = decode_base64(after_scheme(request.authorization, "basic"));
    if (basic != client_.id + ":" + client_.secret) {
        return message_reply(203, "Non-Authoritative Information.");
    }
    if (request.group_id.empty()) {
        return opencps_no_content();
    }
    if (request.group_id != group_) {
        return message_reply(401, "Unauthorized.");
    }
    return std::nullopt;
}

Reply OpenCps::dossiers(std::string_view query, Snapshot& snapshot) {
    const auto wanted = read_wanted(query);
    if (!wanted) {
        return opencps_no_content();
    }
    const std::vector<std::uint32_t> found = matching(*wanted, snapshot);
    const auto total = static_cast<std::int64_t>(found.size());
    const bool bounded = wanted->end > 0;
    const std::int64_t start = bounded ? std::min(wanted->start, total) : 0;
    const std::int64_t end = std::min(bounded ? wanted->end : rows_default, total);
    json::array data;
    for (std::int64_t at = start; at < end; ++at) {
        data.emplace_back(opencps_dossier(snapshot, found[static_cast<std::size_t>(at)]));
    }
    return json_reply(
        200, json::serialize(json::object{{"total", total}, {"data", std::move(data)}})
    );
}

Reply OpenCps::payment(std::string_view path, const Snapshot& snapshot) {
    const bool is_payment = path.starts_with(dossiers_path) && path.ends_with(payment_end) &&
                            path.size() > dossiers_path.size() + payment_end.size();
    if (!is_payment) {
        return opencps_no_content();
    }
    path.remove_prefix(dossiers_path.size());
    path.remove_suffix(payment_end.size());
    const auto dossier = opencps_find(snapshot, path);
    if (!dossier) {
        return opencps_no_content();
    }
    return json_reply(200, json::serialize(opencps_payment(snapshot, *dossier)));
}

Reply OpenCps::statistics(std::string_view query, const Snapshot& snapshot) {
    auto rows = opencps_statistics(query, snapshot);
    if (!rows) {
        return opencps_no_content();
    }
    json::object answer{{"total", rows->size()}};
    answer["agency"] = "H37.10";
    answer[answers_++ % 2 == 0 ? "dossierStatisticData" : "data"] = std::move(*rows);
    return json_reply(200, json::serialize(answer));
}

}  // namespace thidua::sandbox
