// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

namespace thidua::store {
namespace {

// Received: accepted in the window by the version known at the instant, and neither only
// registered (1) nor turned away (3). Paid: the record names a payment through an accepted gateway
// that had succeeded by the end of the last day and has not been taken back since.
constexpr std::string_view tally_sql = R"sql(
SELECT v.accepted_day, v.unit_code, v.procedure_code,
    count(*),
    sum(v.channel = :online),
    sum(NOT (v.fee_count > 0 AND v.fee_total = 0)),
    sum(NOT (v.fee_count > 0 AND v.fee_total = 0) AND (
        (:by_flag AND ((:dvcqg AND v.paid_flag = 1) OR (:province AND v.paid_flag = 2)))
        OR (NOT :by_flag AND EXISTS (
            SELECT 1 FROM named_payment n
            WHERE n.agency = v.agency AND n.source = v.source AND n.dossier = v.dossier
                AND n.version = v.version
                AND ((:dvcqg AND n.gateway = :gateway_dvcqg AND EXISTS (
                        SELECT 1 FROM payment_version p
                        WHERE p.agency = v.agency AND p.source = :payment_source
                            AND p.reference = n.reference AND p.known_from <= :known_at
                            AND (p.known_until IS NULL OR p.known_until > :known_at)
                            AND p.state = :succeeded AND p.settled_at <= :paid_until))
                    OR (:province AND n.gateway = :gateway_province
                        AND n.state = :succeeded AND n.paid_at <= :paid_until))))))
FROM dossier_version v
WHERE v.agency = :agency AND v.source = :source
    AND v.known_from <= :known_at AND (v.known_until IS NULL OR v.known_until > :known_at)
    AND v.accepted_day BETWEEN :from AND :to
    AND v.status NOT IN (1, 3)
GROUP BY v.accepted_day, v.unit_code, v.procedure_code
ORDER BY v.accepted_day, v.unit_code, v.procedure_code
)sql";

std::int64_t day_number(Day day) {
    return day.time_since_epoch().count();
}

}  // namespace

Result<std::vector<Tally>> Store::tally(const TallyQuery& query) {
    const auto source = find_source_id(query.system_of_record);
    const auto payments = find_source_id(query.payment_record);
    auto find = statement(tally_sql);
    if (!source || !payments || !find) {
        return std::unexpected(
            !source     ? source.error()
            : !payments ? payments.error()
                        : find.error()
        );
    }
    // SQLite numbers named placeholders by their first appearance, which is the order here.
    (*find)->bind(
        static_cast<int>(Channel::Online),
        query.evidence == PaymentEvidence::Flag,
        query.dvcqg_gateway,
        query.province_gateway,
        static_cast<int>(Gateway::Dvcqg),
        payments->value_or(0),
        query.known_at,
        static_cast<int>(PaymentState::Succeeded),
        last_instant(query.to),
        static_cast<int>(Gateway::Province),
        agency,
        source->value_or(0),
        day_number(query.from),
        day_number(query.to)
    );
    std::vector<Tally> tallies;
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        tallies.push_back(
            {Day{std::chrono::days{row.integer(0)}},
             row.text(1),
             row.text(2),
             row.integer(3),
             row.integer(4),
             row.integer(5),
             row.integer(6)}
        );
    });
    if (!read) {
        return failed("tally", read.error());
    }
    return tallies;
}

Result<SourceStatus> Store::source_status(
    std::string_view source, std::chrono::hours freshness, Instant known_at
) {
    SourceStatus status;
    status.name = std::string(source);
    auto find = statement(
        "SELECT max(CASE WHEN p.state = 'complete' THEN p.data_through END),"
        " (SELECT q.error FROM pull q WHERE q.agency = s.agency AND q.source = s.id"
        "  AND q.finished_at <= ?1 ORDER BY q.id DESC LIMIT 1)"
        " FROM source s JOIN pull p ON p.agency = s.agency AND p.source = s.id"
        " WHERE s.agency = ?2 AND s.name = ?3 AND p.finished_at <= ?1 GROUP BY s.id"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto row = (*find)->bind(known_at, agency, source).step();
    if (!row) {
        return failed("source status", row.error());
    }
    if (*row) {
        status.data_through = (*find)->instant_or_null(0);
        status.last_error = (*find)->text(1);
    }
    (*find)->reset();
    if (!status.data_through) {
        return status;
    }
    status.past_limit = known_at - *status.data_through > freshness;
    status.state = !status.last_error.empty() ? SourceStatus::State::Failed
                   : status.past_limit        ? SourceStatus::State::Stale
                                              : SourceStatus::State::Fresh;
    return status;
}

}  // namespace thidua::store
