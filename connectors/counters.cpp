// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/counters.hpp"

#include "core/codes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::connectors {

Result<CounterReader> CounterReader::make(const CounterQuery& query, const Field& unit_code) {
    CounterReader reader;
    reader.query_ = query;
    reader.unit_code_ = unit_code;
    Result<Pointer> pointer;
    for (const auto& alternatives : query.rows) {
        std::vector<Pointer>& pointers = reader.rows_.emplace_back();
        for (const std::string& text : alternatives) {
            pointer = Pointer::parse(text);
            if (!pointer) {
                return failed("queries.rows", std::move(pointer.error()));
            }
            pointers.push_back(*std::move(pointer));
        }
    }
    auto where = tests_of(query.where);
    if (!where) {
        return failed("queries.where", std::move(where.error()));
    }
    reader.where_ = *std::move(where);
    for (const auto& [text, expected] : query.echoes) {
        pointer = Pointer::parse(text);
        if (!pointer) {
            return failed("queries.echoes", std::move(pointer.error()));
        }
        reader.echoes_.emplace_back(*std::move(pointer), expected);
    }
    auto children = Pointer::parse(query.children);
    auto child_key = Pointer::parse(query.child_key);
    if (!children || !child_key) {
        return failed(
            "queries.children",
            children ? std::move(child_key.error()) : std::move(children.error())
        );
    }
    reader.children_ = *std::move(children);
    reader.child_key_ = *std::move(child_key);
    return reader;
}

Result<Counters> CounterReader::read(
    Element answer, const Values& asked, const std::string& period, const std::string& step
) const {
    if (auto right = check_echoes(answer, asked); !right) {
        return std::unexpected(std::move(right.error()));
    }
    Counters counters;
    for (const std::vector<Pointer>& alternatives : rows_) {
        std::string base;
        const auto found = find_rows(alternatives, answer, base);
        if (!found) {
            return fail(ErrorKind::Contract, base + ": not there");
        }
        simdjson::dom::array rows;
        if (found->get_array().get(rows)) {
            read_row(*found, step + ": " + base, period, counters);
            continue;
        }
        std::size_t position = 0;
        for (const Element row : rows) {
            read_row(row, fmt::format("{}: {}/{}", step, base, position++), period, counters);
        }
    }
    if (auto children = read_children(answer, counters); !children) {
        return std::unexpected(std::move(children.error()));
    }
    return counters;
}

/// What stands at the first alternative that is there; `place` says at which, or names them all.
std::optional<Element> CounterReader::find_rows(
    const std::vector<Pointer>& alternatives, Element answer, std::string& place
) const {
    for (const Pointer& pointer : alternatives) {
        if (const auto found = pointer.find(answer)) {
            place = pointer.text();
            return found;
        }
        place += (place.empty() ? "" : " or ") + pointer.text();
    }
    return std::nullopt;
}

Result<void> CounterReader::check_echoes(Element answer, const Values& asked) const {
    for (const auto& [pointer, expected] : echoes_) {
        const auto wanted = fill(expected, asked, Escape::None);
        if (!wanted) {
            return failed("queries.echoes", wanted.error());
        }
        const auto element = pointer.find(answer);
        const auto given = element ? scalar_text(*element) : std::nullopt;
        if (given != *wanted) {
            return fail(
                ErrorKind::Contract, pointer.text() + ": the answer is about something else"
            );
        }
    }
    return {};
}

void CounterReader::read_row(
    Element row, const std::string& place, const std::string& period, Counters& counters
) const {
    const bool is_counted =
        std::ranges::all_of(where_, [&](const Test& test) { return test.holds(row); });
    if (!is_counted) {
        return;
    }
    ++counters.rows;
    const auto code = query_.unit_code.empty() ? read_text(unit_code_, row)
                                               : Result<std::string>(query_.unit_code);
    if (!code || code->empty()) {
        counters.rejected.push_back({place, unit_code_.place() + ": no code of a unit"});
        return;
    }
    const std::string unit = canonical_unit_code(*code);
    if (counters.rows == 1) {
        counters.first_unit = unit;
    }
    for (const std::string& metric : query_.metrics) {
        Element counter;
        if (row.at_key(metric).get(counter) || counter.is_null()) {
            continue;
        }
        const auto value = whole_number(counter);
        if (!value || *value < 0) {
            counters.rejected.push_back({place, "/" + metric + ": not a count"});
            continue;
        }
        counters.statistics.push_back({unit, period, metric, *value});
    }
}

Result<void> CounterReader::read_children(Element answer, Counters& counters) const {
    if (query_.children.empty()) {
        return {};
    }
    const auto found = children_.find(answer);
    simdjson::dom::array children;
    if (!found || found->get_array().get(children)) {
        return fail(ErrorKind::Contract, children_.text() + ": not an array");
    }
    for (const Element child : children) {
        const auto key = child_key_.find(child);
        const auto text = key ? scalar_text(*key) : std::nullopt;
        const auto code = read_text(unit_code_, child);
        if (!text || text->empty() || !code) {
            return fail(
                ErrorKind::Contract,
                fmt::format("{}{}: not there", children_.text(), child_key_.text())
            );
        }
        counters.children.push_back({*text, canonical_unit_code(*code)});
    }
    return {};
}

}  // namespace thidua::connectors
