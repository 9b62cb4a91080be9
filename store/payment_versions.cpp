// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/schema.hpp"
#include "store/versions.hpp"

namespace thidua::store {
namespace {

struct CurrentPayment {
    std::int64_t version = 0;
    PaymentState state = PaymentState::Unknown;
    std::optional<Instant> settled_at;
    std::optional<std::int64_t> amount;
};

bool says_the_same(const CurrentPayment& before, const PaymentRecord& record, PaymentState state) {
    return before.state == state && before.settled_at == record.settled_at &&
           before.amount == record.amount;
}

}  // namespace

PaymentState settled_state(PaymentState before, PaymentState now) {
    const bool succeeded_once =
        before == PaymentState::Succeeded || before == PaymentState::Refunded;
    return now == PaymentState::Failed && succeeded_once ? PaymentState::Refunded : now;
}

/// Counts (`times` 1) or discounts (-1) every dossier that names `reference`, by the payments as
/// they are at this moment.
Result<void> Versions::recount(std::string_view reference, std::int64_t times) {
    auto find = store_.statement(
        "SELECT dossier FROM payment_link WHERE agency = ? AND reference = ? ORDER BY dossier"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<std::int64_t> ids;
    (*find)->bind(agency, reference);
    const auto found =
        (*find)->for_each_row([&](const Statement& row) { ids.push_back(row.integer(0)); });
    if (!found) {
        return found;
    }
    const auto rows = tables_.read(ids);
    if (!rows) {
        return std::unexpected(rows.error());
    }
    const auto facts = facts_for(*rows, {});
    if (!facts) {
        return std::unexpected(facts.error());
    }
    for (const DossierRow& row : *rows) {
        thidua::store::add(change_, contribution(row, *facts), times);
    }
    return {};
}

Result<PaymentState> Versions::update_payment(const PaymentRecord& record) {
    auto find = store_.statement(
        "SELECT version, state, settled_at, amount FROM payment"
        " WHERE agency = ? AND reference = ? AND source = ?"
    );
    auto close = store_.statement(
        "INSERT INTO payment_history (agency, reference, source, version, slice, until_slice,"
        " state, settled_at, amount) SELECT agency, reference, source, version, slice,"
        " CAST(? AS BIGINT), state, settled_at, amount FROM payment"
        " WHERE agency = ? AND reference = ? AND source = ?"
    );
    auto put = store_.statement(
        "INSERT INTO payment (agency, reference, source, version, slice, state, settled_at, amount)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (agency, reference, source) DO UPDATE SET"
        " version = excluded.version, slice = excluded.slice, state = excluded.state,"
        " settled_at = excluded.settled_at, amount = excluded.amount"
    );
    if (!find || !close || !put) {
        return std::unexpected(!find ? find.error() : !close ? close.error() : put.error());
    }
    const auto before =
        (*find)->bind(agency, record.reference, source_).first_row([](const Statement& row) {
            return CurrentPayment{
                row.integer(0),
                static_cast<PaymentState>(row.integer(1)),
                row.instant_or_null(2),
                row.integer_or_null(3)};
        });
    if (!before) {
        return std::unexpected(before.error());
    }
    const PaymentState state =
        settled_state(*before ? (*before)->state : PaymentState::Unknown, record.state);
    if (record.state == PaymentState::Unknown ||
        (*before && says_the_same(**before, record, state))) {
        return *before ? (*before)->state : PaymentState::Unknown;
    }
    Result<void> done = recount(record.reference, -1);
    if (done && *before) {
        done = (*close)->run(slice_, agency, record.reference, source_);
    }
    if (done) {
        done = (*put)->run(
            agency,
            record.reference,
            source_,
            *before ? (*before)->version + 1 : 1,
            slice_,
            static_cast<int>(state),
            record.settled_at,
            record.amount
        );
    }
    done = done ? recount(record.reference, 1) : done;
    if (!done) {
        return std::unexpected(done.error());
    }
    ++opened_;
    return state;
}

Result<void> Versions::update_look_up(
    std::string_view reference, PaymentState state, const NextLookUp& next_look_up
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
    const auto asked =
        (*find)->bind(agency, source_, reference).first_row([](const Statement& row) {
            return row.integer(0);
        });
    if (!asked) {
        return std::unexpected(asked.error());
    }
    const int attempts = 1 + static_cast<int>(asked->value_or(0));
    return (*put)->run(
        agency, source_, reference, attempts, now_, next_look_up(state, attempts, now_)
    );
}

Result<void> Versions::add(const PaymentRecord& record, const NextLookUp& next_look_up) {
    const auto state = update_payment(record);
    if (!state) {
        return std::unexpected(state.error());
    }
    return update_look_up(record.reference, *state, next_look_up);
}

Result<void> Versions::note_asked(const Asked& asked, const NextLookUp& next_look_up) {
    const PaymentState state = asked.is_known ? PaymentState::Succeeded : PaymentState::Unknown;
    return update_look_up(asked.code, state, next_look_up);
}

}  // namespace thidua::store
