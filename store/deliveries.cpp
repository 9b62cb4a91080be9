// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Each recipient's row of an edition: what is due, how attempts ended, what people decide.
#include "store/ledger.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace thidua::store {
namespace {

/// What read_delivery() reads, of the agency's rows that `which` leaves.
std::string select_deliveries(std::string_view which) {
    return fmt::format(
        "SELECT edition, recipient, address,"
        " CASE WHEN is_light = 1 THEN light_message_id ELSE message_id END,"
        " CASE WHEN is_light = 1 THEN light_sha256 ELSE sha256 END, state, attempts,"
        " coalesce(reply, ''), next_at,"
        " CASE WHEN is_light = 0 AND light_sha256 IS NOT NULL THEN 1 ELSE 0 END FROM delivery"
        " WHERE agency = ? {}",
        which
    );
}

Delivery read_delivery(const Statement& row) {
    return {
        row.text(0),
        row.text(1),
        row.text(2),
        row.text(3),
        row.text(4),
        row.text(5),
        static_cast<int>(row.integer(6)),
        row.text(7),
        row.instant_or_null(8),
        row.integer(9) != 0};
}

Result<std::vector<Delivery>> read_deliveries(Statement& find) {
    std::vector<Delivery> deliveries;
    const auto read =
        find.for_each_row([&](const Statement& row) { deliveries.push_back(read_delivery(row)); });
    if (!read) {
        return failed("deliveries", read.error());
    }
    return deliveries;
}

/// Of a delivery, when its outcome is recorded.
struct Attempt {
    std::int64_t attempts = 0;
    std::optional<Instant> at;
    std::string light_sha256;
};

}  // namespace

Result<std::vector<Delivery>> Store::due_deliveries(Instant now) {
    static const std::string select = select_deliveries(
        "AND (state IN ('pending', 'attempting')"
        " OR (state IN ('deferred', 'unknown') AND next_at <= ?)) ORDER BY edition, recipient"
    );
    auto find = statement(select);
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(agency, now);
    return read_deliveries(**find);
}

Result<std::optional<Instant>> Store::next_delivery() {
    auto find = statement(
        "SELECT min(next_at) FROM delivery WHERE agency = ? AND state IN ('deferred', 'unknown')"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto row = (*find)->bind(agency).step();
    if (!row) {
        return std::unexpected(row.error());
    }
    const auto next = (*find)->instant_or_null(0);
    (*find)->reset();
    return next;
}

Result<std::vector<Delivery>> Store::deliveries(std::string_view edition) {
    static const std::string select = select_deliveries("AND edition = ? ORDER BY recipient");
    auto find = statement(select);
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(agency, edition);
    return read_deliveries(**find);
}

Result<void> Store::record_attempt(const Delivery& delivery, Instant now) {
    auto put = statement(
        "UPDATE delivery SET state = 'attempting', attempts = attempts + 1, attempted_at = ?"
        " WHERE agency = ? AND edition = ? AND recipient = ?"
    );
    if (!put) {
        return std::unexpected(put.error());
    }
    return (*put)->run(now, agency, delivery.edition, delivery.recipient);
}

Result<void> Store::record_outcome(const Delivery& delivery, const DeliveryEnd& end) {
    auto find = statement(
        "SELECT attempts, attempted_at, coalesce(light_sha256, '') FROM delivery"
        " WHERE agency = ? AND edition = ? AND recipient = ?"
    );
    auto put = statement(
        "UPDATE delivery SET state = ?, next_at = ?, reply_code = ?, reply = ?,"
        " is_light = CASE WHEN ? = 1 THEN 1 ELSE is_light END"
        " WHERE agency = ? AND edition = ? AND recipient = ?"
    );
    if (!find || !put) {
        return std::unexpected(find ? put.error() : find.error());
    }
    const auto attempt =
        (*find)
            ->bind(agency, delivery.edition, delivery.recipient)
            .first_row([](const Statement& row) {
                return Attempt{row.integer(0), row.instant_or_null(1), row.text(2)};
            });
    if (!attempt) {
        return std::unexpected(attempt.error());
    }
    const auto [attempts, attempted_at, light_sha256] = attempt->value_or(Attempt{});
    const DeliveryAccount account{
        delivery.edition,
        delivery.recipient,
        end.state,
        attempts,
        end.reply_code,
        end.goes_light ? light_sha256 : delivery.sha256};
    return record(attempted_at.value_or(Instant{}), note_of(account), [&] {
        return (*put)->run(
            end.state,
            end.next_at,
            end.reply_code,
            end.reply,
            end.goes_light,
            agency,
            delivery.edition,
            delivery.recipient
        );
    });
}

Result<void> Store::decide_delivery(
    const Delivery& delivery, DeliveryDecision decision, std::string_view by, Instant now
) {
    auto put = statement(
        "UPDATE delivery SET state = ?, next_at = NULL, reply_code = NULL"
        " WHERE agency = ? AND edition = ? AND recipient = ?"
    );
    if (!put) {
        return std::unexpected(put.error());
    }
    const bool is_resent = decision == DeliveryDecision::SendAgain;
    const std::string state = is_resent ? "pending" : "sent";
    const AuditNote decided{
        is_resent ? "resend" : "arrival-confirmed",
        delivery.edition,
        fmt::format("recipient={} state={} by={}", delivery.recipient, delivery.state, by)};
    const AuditNote now_is = note_of(DeliveryAccount{
        delivery.edition, delivery.recipient, state, delivery.attempts, 0, delivery.sha256});
    return in_transaction([&]() -> Result<void> {
        auto done = (*put)->run(state, agency, delivery.edition, delivery.recipient);
        done = done ? audit(now, decided) : done;
        return done ? audit(now, now_is) : done;
    });
}

Result<std::vector<Delivery>> Store::undelivered() {
    static const std::string select =
        select_deliveries("AND state <> 'sent' ORDER BY edition, recipient");
    auto find = statement(select);
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(agency);
    return read_deliveries(**find);
}

}  // namespace thidua::store
