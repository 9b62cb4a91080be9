// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_row.hpp"

#include "store/schema.hpp"

#include <libpq-fe.h>

namespace thidua::store {
namespace {

std::optional<std::int64_t> millis(const std::optional<Instant>& at) {
    return at ? std::optional(at->time_since_epoch().count()) : std::nullopt;
}

}  // namespace

std::int64_t integer_at(const pg_result* rows, int row, int column) {
    return integer_from(PQgetvalue(rows, row, column));
}

std::optional<Instant> instant_at(const pg_result* rows, int row, int column) {
    if (PQgetisnull(rows, row, column) != 0) {
        return std::nullopt;
    }
    return Instant{std::chrono::milliseconds{integer_at(rows, row, column)}};
}

std::string text_at(const pg_result* rows, int row, int column) {
    return {
        PQgetvalue(rows, row, column), static_cast<std::size_t>(PQgetlength(rows, row, column))};
}

DossierRow row_at(const pg_result* rows, int row) {
    return {
        integer_at(rows, row, 0),
        integer_at(rows, row, 1),
        integer_at(rows, row, 2),
        integer_at(rows, row, 3),
        integer_at(rows, row, 4),
        static_cast<Channel>(integer_at(rows, row, 5)),
        static_cast<int>(integer_at(rows, row, 6)),
        instant_at(rows, row, 7),
        instant_at(rows, row, 8),
        instant_at(rows, row, 9),
        instant_at(rows, row, 10),
        integer_at(rows, row, 11),
        integer_at(rows, row, 12),
        static_cast<int>(integer_at(rows, row, 13)),
        text_at(rows, row, 14),
        integer_at(rows, row, 15)};
}

void add_row(CopyRows& rows, const DossierRow& row) {
    rows.row()
        .add(std::int64_t{agency})
        .add(row.id)
        .add(row.version)
        .add(row.slice)
        .add(row.procedure)
        .add(row.unit)
        .add(static_cast<std::int64_t>(row.channel))
        .add(std::int64_t{row.status})
        .add(millis(row.applied_at))
        .add(millis(row.accepted_at))
        .add(millis(row.due_at))
        .add(millis(row.finished_at))
        .add(row.fee_count)
        .add(row.fee_total)
        .add(std::int64_t{row.paid_flag})
        .add(std::string_view(row.payments))
        .add(row.content);
}

}  // namespace thidua::store
