// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/schema.hpp"
#include "store/versions.hpp"

#include <algorithm>

namespace thidua::store {
namespace {

/// A reference that failed after it had succeeded was taken back.
PaymentState resolved_state(const std::optional<PaymentState>& before, PaymentState now) {
    const bool succeeded_once =
        before == PaymentState::Succeeded || before == PaymentState::Refunded;
    return now == PaymentState::Failed && succeeded_once ? PaymentState::Refunded : now;
}

struct CurrentPayment {
    std::int64_t version = 0;
    Instant known_from;
    PaymentState state = PaymentState::Unknown;
    std::optional<Instant> settled_at;
    std::optional<std::int64_t> amount;
};

bool says_the_same(const CurrentPayment& before, const PaymentRecord& record, PaymentState state) {
    return before.state == state && before.settled_at == record.settled_at &&
           before.amount == record.amount;
}

Result<std::optional<CurrentPayment>> read_current(
    Statement& find, std::int64_t source, std::string_view reference
) {
    const auto row = find.bind(agency, source, reference).step();
    if (!row) {
        return std::unexpected(row.error());
    }
    std::optional<CurrentPayment> current;
    if (*row) {
        current = CurrentPayment{
            find.integer(0),
            *find.instant_or_null(1),
            static_cast<PaymentState>(find.integer(2)),
            find.instant_or_null(3),
            find.integer_or_null(4)};
    }
    find.reset();
    return current;
}

}  // namespace

Result<PaymentState> Versions::update_payment(const PaymentRecord& record) {
    auto find = store_.statement(
        "SELECT version, known_from, state, settled_at, amount FROM payment_version"
        " WHERE agency = ? AND source = ? AND reference = ? ORDER BY version DESC LIMIT 1"
    );
    auto close = store_.statement(
        "UPDATE payment_version SET known_until = ?"
        " WHERE agency = ? AND source = ? AND reference = ? AND version = ?"
    );
    auto add = store_.statement(
        "INSERT INTO payment_version (agency, source, reference, version, known_from, slice, state,"
        " settled_at, amount) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    if (!find || !close || !add) {
        return std::unexpected(!find ? find.error() : !close ? close.error() : add.error());
    }
    const auto found = read_current(**find, source_, record.reference);
    if (!found) {
        return std::unexpected(found.error());
    }
    const std::optional<CurrentPayment>& before = *found;
    const PaymentState state =
        resolved_state(before ? std::optional(before->state) : std::nullopt, record.state);
    if (record.state == PaymentState::Unknown ||
        (before && says_the_same(*before, record, state))) {
        return before ? before->state : PaymentState::Unknown;
    }
    Instant known_from = now_;
    std::int64_t version = 1;
    if (before) {
        known_from = std::max(now_, before->known_from);
        version = before->version + 1;
        auto closed = (*close)->run(known_from, agency, source_, record.reference, before->version);
        if (!closed) {
            return std::unexpected(closed.error());
        }
    }
    auto added = (*add)->run(
        agency,
        source_,
        record.reference,
        version,
        known_from,
        slice_,
        static_cast<int>(state),
        record.settled_at,
        record.amount
    );
    if (!added) {
        return std::unexpected(added.error());
    }
    ++opened_;
    return state;
}

Result<void> Versions::update_look_up(
    std::string_view reference,
    PaymentState state,
    const std::function<std::optional<Instant>(PaymentState, int, Instant)>& next_look_up
) {
    auto find = store_.statement(
        "SELECT attempts FROM look_up WHERE agency = ? AND source = ? AND reference = ?"
    );
    auto put = store_.statement(
        "INSERT INTO look_up (agency, source, reference, attempts, asked_at, next_at)"
        " VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (agency, source, reference) DO UPDATE SET attempts = excluded.attempts,"
        " asked_at = excluded.asked_at, next_at = excluded.next_at"
    );
    if (!find || !put) {
        return std::unexpected(find ? put.error() : find.error());
    }
    const auto row = (*find)->bind(agency, source_, reference).step();
    if (!row) {
        return std::unexpected(row.error());
    }
    const int attempts = 1 + (*row ? static_cast<int>((*find)->integer(0)) : 0);
    (*find)->reset();
    return (*put)->run(
        agency, source_, reference, attempts, now_, next_look_up(state, attempts, now_)
    );
}

Result<void> Versions::add(
    const PaymentRecord& record,
    const std::function<std::optional<Instant>(PaymentState, int, Instant)>& next_look_up
) {
    const auto state = update_payment(record);
    if (!state) {
        return std::unexpected(state.error());
    }
    return update_look_up(record.reference, *state, next_look_up);
}

}  // namespace thidua::store
