// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/entries.hpp"

#include "store/schema.hpp"
#include "store/store.hpp"

namespace thidua::store {

Result<void> for_each_entry(
    Store& store,
    std::string_view select,
    Instant known_at,
    const std::function<void(const Statement& row)>& visit
) {
    auto find = store.statement(select);
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(agency, known_at);
    return (*find)->for_each_row([&](const Statement& row) { visit(row); });
}

std::optional<std::int64_t> day_number(const std::optional<Day>& day) {
    return day ? std::optional<std::int64_t>(day->time_since_epoch().count()) : std::nullopt;
}

std::optional<Day> day_or_null(const Statement& row, int column) {
    const auto number = row.integer_or_null(column);
    return number ? std::optional(Day{std::chrono::days{*number}}) : std::nullopt;
}

std::string field_of(Instant instant) {
    return std::to_string(instant.time_since_epoch().count());
}

std::string field_of(const std::optional<Day>& day) {
    return day ? thidua::to_text(*day) : "";
}

Result<void> add_entry_notes(Store& store, std::vector<AuditNote>& notes) {
    Result<void> done = add_decision_notes(store, notes);
    done = done ? add_evidence_notes(store, notes) : done;
    done = done ? add_review_notes(store, notes) : done;
    done = done ? add_receipt_notes(store, notes) : done;
    done = done ? add_alert_notes(store, notes) : done;
    done = done ? add_silence_notes(store, notes) : done;
    return done ? add_urging_notes(store, notes) : done;
}

}  // namespace thidua::store
