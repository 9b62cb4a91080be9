// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/purge.hpp"
#include "store/rollup.hpp"
#include "store/store.hpp"
#include "store/version_scan.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace thidua::store {
namespace {

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
    std::span<const PaymentFact> facts,
    std::vector<Found>& found
) {
    for (const PackedPayment& named : unpack_payments(row.payments)) {
        const auto add = [&](const std::string& source, const PaymentFact& word) {
            if (word.settled_at && day_of(*word.settled_at) <= query.to) {
                const std::string reference(named.reference);
                found.push_back(
                    {row.id,
                     {"",
                      reference,
                      named.gateway,
                      source,
                      word.version,
                      word.slice,
                      *word.settled_at}}
                );
            }
        };
        if (query.province_gateway) {
            PaymentFact word;  // the record's own
            word.settled_at = paid_in_province(named);
            word.version = row.version;
            word.slice = row.slice;
            add(query.system_of_record, word);
        }
        if (query.dvcqg_gateway) {
            for (PaymentFact word :
                 std::ranges::equal_range(facts, named.reference, {}, &PaymentFact::reference)) {
                word.settled_at = paid_by_platform(named, word);
                add(query.payment_record, word);
            }
        }
    }
}

}  // namespace

Result<void> Store::for_each_counted_payment(
    const TallyQuery& query, const std::function<void(CountedPayment)>& visit
) {
    if (auto may = refuse_if_purged(*this, "single payments"); !may) {
        return may;
    }
    const auto resolved = resolve(query);
    if (!resolved || !*resolved) {
        return resolved ? Result<void>{} : failed("counted payments", resolved.error());
    }
    if (query.evidence == PaymentEvidence::Flag) {
        return {};
    }
    const auto [source, platform, then] = **resolved;
    // No payment source has the number 0, by which facts_known() means all of them.
    const auto facts =
        platform == 0 ? Result<std::vector<PaymentFact>>() : facts_known(*this, platform, then);
    if (!facts) {
        return failed("counted payments", facts.error());
    }
    std::vector<Found> found;  // codes are looked up when the scan has let go of the connection
    auto done = scan_versions(*this, {source, then}, [&](const DossierRow& row) {
        if (!row.payments.empty() && may_be_paid(row, query)) {
            find_payments(row, query, *facts, found);
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
