// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/rollup.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"
#include "store/version_scan.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace thidua::store {
namespace {

// Of the versions known then, those that say that money came and stayed.
constexpr std::string_view successes_sql =
    "SELECT reference, version, slice, settled_at FROM payment"
    " WHERE agency = ?1 AND source = ?2 AND slice <= ?3 AND state = ?4 AND settled_at <= ?5"
    " UNION ALL SELECT reference, version, slice, settled_at FROM payment_history"
    " WHERE agency = ?1 AND source = ?2 AND slice <= ?3 AND until_slice > ?3"
    " AND state = ?4 AND settled_at <= ?5";

/// A payment source's word on a reference.
struct Success {
    std::string reference;
    std::int64_t version = 0;
    std::int64_t slice = 0;
    Instant settled_at;
};

/// Those that were settled by the end of the query's last day, ascending by reference.
Result<std::vector<Success>> successes_known(
    Store& store, std::int64_t payment_source, std::int64_t known_slice, Day to
) {
    auto find = store.statement(successes_sql);
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<Success> successes;
    (*find)->bind(
        agency,
        payment_source,
        known_slice,
        static_cast<int>(PaymentState::Succeeded),
        last_instant(to)
    );
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        successes.push_back({row.text(0), row.integer(1), row.integer(2), *row.instant_or_null(3)});
    });
    if (!read) {
        return std::unexpected(read.error());
    }
    std::ranges::sort(successes, {}, &Success::reference);  // by bytes, on every database
    return successes;
}

/// Received in the window, and owing a fee: only then does a payment count.
bool may_be_paid(const DossierRow& row, const TallyQuery& query) {
    const auto what = contribution(row, {});
    if (!what || what->counts.owing == 0) {
        return false;
    }
    const Day day = day_of(*row.accepted_at);
    return query.from <= day && day <= query.to;
}

struct Found {
    std::int64_t dossier = 0;  ///< key of the stream
    CountedPayment payment;    ///< without the dossier's code
};

/// Those of the payments that `row` names which make it paid.
void find_payments(
    const DossierRow& row,
    const TallyQuery& query,
    std::span<const Success> successes,
    std::vector<Found>& found
) {
    for (const PackedPayment& named : unpack_payments(row.payments)) {
        const bool is_record_evidence = named.gateway == Gateway::Province &&
                                        query.province_gateway &&
                                        named.state == PaymentState::Succeeded && named.paid_at &&
                                        day_of(*named.paid_at) <= query.to;
        const auto make = [&](const std::string& source, const Success& word) {
            found.push_back(
                {row.id,
                 {"",
                  std::string(named.reference),
                  named.gateway,
                  source,
                  word.version,
                  word.slice,
                  word.settled_at}}
            );
        };
        if (is_record_evidence) {
            make(query.system_of_record, {"", row.version, row.slice, *named.paid_at});
        } else if (named.gateway == Gateway::Dvcqg && query.dvcqg_gateway) {
            for (const Success& word :
                 std::ranges::equal_range(successes, named.reference, {}, &Success::reference)) {
                make(query.payment_record, word);
            }
        }
    }
}

}  // namespace

Result<void> Store::for_each_counted_payment(
    const TallyQuery& query, const std::function<void(CountedPayment)>& visit
) {
    const auto resolved = resolve(query);
    if (!resolved || !*resolved) {
        return resolved ? Result<void>{} : failed("counted payments", resolved.error());
    }
    if (query.evidence == PaymentEvidence::Flag) {
        return {};
    }
    const auto [source, platform, then] = **resolved;
    const auto successes = successes_known(*this, platform, then, query.to);
    if (!successes) {
        return failed("counted payments", successes.error());
    }
    std::vector<Found> found;  // codes are looked up when the scan has let go of the connection
    auto done = scan_versions(*this, {source, then}, [&](const DossierRow& row) {
        if (!row.payments.empty() && may_be_paid(row, query)) {
            find_payments(row, query, *successes, found);
        }
    });
    for (std::size_t at = 0; done && at < found.size(); ++at) {
        auto code = dossier_code(found[at].dossier);
        if (!code) {
            done = std::unexpected(code.error());
            break;
        }
        found[at].payment.dossier = *std::move(code);
        visit(std::move(found[at].payment));
    }
    return done ? done : failed("counted payments", done.error());
}

}  // namespace thidua::store
