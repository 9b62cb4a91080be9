// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "search.hpp"

#include "text.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace thidua::sandbox {
namespace {

constexpr std::int64_t size_default = 20;
constexpr std::int64_t size_max = 500;
constexpr std::int64_t number_max = 1'000'000'000;
constexpr std::size_t object_id_digits = 24;

struct Paging {
    std::int64_t page = 0;
    std::int64_t size = size_default;
    bool counted = true;  // spec=page; a slice says neither totalElements nor totalPages
    bool has_ancestor = false;
};

struct Asked {
    Filter filter;
    Paging paging;
    std::string problem;
};

bool is_object_id(std::string_view text) {
    return text.size() == object_id_digits &&
           text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// A whole number, small enough that page * size cannot overflow.
std::optional<std::int64_t> read_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0 ||
        value > number_max) {
        return std::nullopt;
    }
    return value;
}

std::optional<std::vector<int>> read_numbers(std::string_view text) {
    std::vector<int> values;
    while (!text.empty()) {
        const std::string_view one = text.substr(0, text.find(','));
        const auto value = read_number(one);
        if (!value) {
            return std::nullopt;
        }
        values.push_back(static_cast<int>(*value));
        text.remove_prefix(std::min(one.size() + 1, text.size()));
    }
    return values;
}

/// Stores what was read; false where nothing could be.
template <typename Field, typename Value>
bool keep(Field& field, const std::optional<Value>& value) {
    if (value) {
        field = *value;
    }
    return value.has_value();
}

bool read_sort(std::string_view text, Filter& filter) {
    constexpr std::array<std::pair<std::string_view, SortKey>, sort_key_count> keys = {{
        {"id", SortKey::Id},
        {"appliedDate", SortKey::Applied},
        {"acceptedDate", SortKey::Accepted},
        {"appointmentDate", SortKey::Appointment},
        {"updatedDate", SortKey::Updated},
    }};
    const std::size_t comma = text.find(',');
    const std::string_view direction =
        comma == std::string_view::npos ? "asc" : text.substr(comma + 1);
    const auto* key = std::ranges::find(
        keys, text.substr(0, comma), &std::pair<std::string_view, SortKey>::first
    );
    if (key == keys.end() || (direction != "asc" && direction != "desc")) {
        return false;
    }
    filter.sort = key->second;
    filter.descending = direction == "desc";
    return true;
}

/// Unknown parameters are ignored, as the real one ignores them.
bool read_parameter(Asked& asked, std::string_view name, std::string_view value) {
    if (value.empty()) {
        return true;
    }
    Paging& paging = asked.paging;
    if (name == "page") {
        return keep(paging.page, read_number(value));
    }
    if (name == "size") {
        return keep(paging.size, read_number(value)) && paging.size > 0;
    }
    if (name == "spec") {
        paging.counted = value == "page";
        return paging.counted || value == "slice";
    }
    if (name == "sort") {
        return read_sort(value, asked.filter);
    }
    if (name == "ancestor-agency-id") {
        paging.has_ancestor = is_object_id(value);
        return paging.has_ancestor;
    }
    if (name == "dossier-status") {
        return keep(asked.filter.statuses, read_numbers(value));
    }
    if (name == "apply-method-id") {
        return keep(asked.filter.channels, read_numbers(value));
    }
    if (name == "accepted-from" || name == "accepted-to") {
        Window& window = asked.filter.accepted;
        return keep(
            name == "accepted-from" ? window.from : window.to, parse_instant(value, Zulu::Local)
        );
    }
    if (name == "applied-from" || name == "applied-to") {
        Window& window = asked.filter.applied;
        return keep(
            name == "applied-from" ? window.from : window.to, parse_instant(value, Zulu::Local)
        );
    }
    return true;
}

Asked parse_query(std::string_view query) {
    Asked asked;
    for (const auto& [name, value] : parse_form(query)) {
        if (!read_parameter(asked, name, value)) {
            asked.problem = name;
            asked.problem += ": ";
            asked.problem += value;
            return asked;
        }
    }
    if (!asked.paging.has_ancestor) {
        asked.problem = "ancestor-agency-id is required";
    }
    asked.paging.size = std::min(asked.paging.size, size_max);
    return asked;
}

Reply bad_request(std::string_view problem) {
    std::string body = R"({"status":400,"error":"Bad Request","message":)";
    append_json(body, problem);
    return json_reply(400, body + "}");
}

bool is_in(const Window& window, const std::optional<Instant>& at) {
    if (!window.from && !window.to) {
        return true;
    }
    return at && (!window.from || *at >= *window.from) && (!window.to || *at < *window.to);
}

bool is_listed(const std::vector<int>& values, int value) {
    return values.empty() || std::ranges::find(values, value) != values.end();
}

bool matches(const Filter& filter, const Dossier& dossier, const Facts& facts) {
    const auto accepted = facts.accepted ? dossier.accepted : std::nullopt;
    return is_in(filter.accepted, accepted) && is_in(filter.applied, dossier.applied) &&
           is_listed(filter.statuses, facts.status) &&
           is_listed(filter.channels, static_cast<int>(dossier.channel));
}

struct Totals {
    std::int64_t elements;
    std::int64_t pages;
    std::int64_t on_page;
};

void append_tail(std::string& out, const Paging& paging, const Totals& totals) {
    const bool last = (paging.page + 1) * paging.size >= totals.elements;
    out += last ? R"(],"last":true,"number":)" : R"(],"last":false,"number":)";
    out += std::to_string(paging.page);
    out += R"(,"size":)" + std::to_string(paging.size);
    out += R"(,"numberOfElements":)" + std::to_string(totals.on_page);
    out += paging.page == 0 ? R"(,"first":true)" : R"(,"first":false)";
    if (paging.counted) {
        out += R"(,"totalElements":)" + std::to_string(totals.elements);
        out += R"(,"totalPages":)" + std::to_string(totals.pages);
    }
    out += '}';
}

Reply empty_answer(const Paging& paging) {
    Paging first = paging;
    first.page = 0;
    std::string body = R"({"content":[)";
    append_tail(body, first, {.elements = 0, .pages = 0, .on_page = 0});
    return json_reply(200, std::move(body));
}

/// The row an id names, if it is an id that this world gave.
std::optional<Row> row_of(const World& world, std::string_view id) {
    if (!is_object_id(id)) {
        return std::nullopt;
    }
    std::uint32_t number = 0;
    const std::string_view tail = id.substr(16);
    std::from_chars(tail.data(), tail.data() + tail.size(), number, 16);
    const Row row{.dossier = number / 2, .second = number % 2 != 0};
    if (row.dossier >= world.dossiers.size() ||
        (row.second && !is_listed_twice(world.dossiers[row.dossier]))) {
        return std::nullopt;
    }
    std::string whole;
    append_row_id(whole, id_of(world, row));
    return whole == id ? std::optional{row} : std::nullopt;
}

}  // namespace

const std::vector<Row>& Search::matching(const Filter& filter, Snapshot& snapshot) {
    if (remembered_ && remembered_->filter == filter) {
        return remembered_->rows;
    }
    Remembered fresh{.filter = filter, .rows = {}};
    for (const Row row : snapshot.sorted(filter.sort)) {
        if (matches(filter, world_.dossiers[row.dossier], *snapshot.facts(row.dossier))) {
            fresh.rows.push_back(row);
        }
    }
    if (filter.descending) {
        std::ranges::reverse(fresh.rows);
    }
    remembered_ = std::move(fresh);
    return remembered_->rows;
}

Reply Search::find(std::string_view query, Snapshot& snapshot, Tamper tamper) {
    const Asked asked = parse_query(query);
    if (!asked.problem.empty()) {
        return bad_request(asked.problem);
    }
    const Paging& paging = asked.paging;
    if (tamper == Tamper::EmptyContent) {
        return empty_answer(paging);
    }
    const std::vector<Row>& rows = matching(asked.filter, snapshot);
    const auto count = static_cast<std::int64_t>(rows.size());
    const std::int64_t begin = std::min(count, paging.page * paging.size);
    const std::int64_t end = std::min(count, begin + paging.size);
    std::string body = R"({"content":[)";
    body.reserve(static_cast<std::size_t>(end - begin) * 2048 + 256);
    for (std::int64_t index = begin; index < end; ++index) {
        const Row row = rows[static_cast<std::size_t>(index)];
        body += index == begin ? "" : ",";
        renderer_.append_dossier(body, row, *snapshot.facts(row.dossier));
    }
    const std::int64_t said = count + (tamper == Tamper::LargerTotal ? 3 : 0);
    const std::int64_t pages = (said + paging.size - 1) / paging.size;
    append_tail(body, paging, {.elements = said, .pages = pages, .on_page = end - begin});
    return json_reply(200, std::move(body));
}

Reply Search::fees(std::string_view query, const Snapshot& snapshot) const {
    std::string ids;
    for (const auto& [name, value] : parse_form(query)) {
        if (name == "dossier-ids") {
            ids = value;
        }
    }
    std::string body = "[";
    for (std::string_view rest = ids; !rest.empty();) {
        const std::string_view id = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(id.size() + 1, rest.size()));
        const auto row = row_of(world_, id);
        if (row && snapshot.facts(row->dossier)) {
            renderer_.append_fees(body, *row, *snapshot.facts(row->dossier));
        }
    }
    if (body.back() == ',') {
        body.pop_back();
    }
    return json_reply(200, body + "]");
}

}  // namespace thidua::sandbox
