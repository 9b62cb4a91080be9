// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/rollup.hpp"

#include "store/dossier_key.hpp"

#include <algorithm>
#include <map>

namespace thidua::store {
namespace {

std::int64_t day_number(Instant instant) {
    return day_of(instant).time_since_epoch().count();
}

using FirstDay = std::optional<std::int64_t>;

FirstDay earlier(FirstDay one, std::int64_t other) {
    return one ? std::min(*one, other) : other;
}

/// The day of the first of the named payments that the province's own record calls paid.
FirstDay first_in_province(const std::vector<PackedPayment>& payments) {
    FirstDay first;
    for (const PackedPayment& payment : payments) {
        if (const auto paid = paid_in_province(payment)) {
            first = earlier(first, day_number(*paid));
        }
    }
    return first;
}

/// By payment source: the day of the first payment through Cổng DVCQG that it says succeeded and
/// was not taken back.
std::map<std::int64_t, std::int64_t> first_by_platform(
    const std::vector<PackedPayment>& payments, std::span<const PaymentFact> facts
) {
    std::map<std::int64_t, std::int64_t> first;
    for (const PackedPayment& payment : payments) {
        for (const PaymentFact& fact :
             std::ranges::equal_range(facts, payment.reference, {}, &PaymentFact::reference)) {
            if (const auto paid = paid_by_platform(payment, fact)) {
                const std::int64_t day = day_number(*paid);
                const auto place = first.emplace(fact.source, day).first;
                place->second = std::min(place->second, day);
            }
        }
    }
    return first;
}

std::vector<PaidKey> ways_paid(
    const DossierRow& row, const DayKey& received, std::span<const PaymentFact> facts
) {
    std::vector<PaidKey> ways;
    if (row.paid_flag == 1 || row.paid_flag == 2) {
        ways.push_back(
            {received, row.paid_flag == 1 ? PaidBy::FlagDvcqg : PaidBy::FlagProvince, 0, 0}
        );
    }
    if (row.payments.empty()) {
        return ways;
    }
    const std::vector<PackedPayment> payments = unpack_payments(row.payments);
    const FirstDay province = first_in_province(payments);
    if (province) {
        ways.push_back({received, PaidBy::Province, 0, *province});
    }
    for (const auto& [source, platform] : first_by_platform(payments, facts)) {
        ways.push_back({received, PaidBy::Dvcqg, source, platform});
        if (province) {
            ways.push_back({received, PaidBy::Both, source, std::max(platform, *province)});
        }
    }
    return ways;
}

template <class Row>
void sort_by_key(std::vector<Row>& rows) {
    if (!std::ranges::is_sorted(rows, {}, &Row::first)) {
        std::ranges::sort(rows, {}, &Row::first);
    }
}

}  // namespace

std::optional<Instant> paid_in_province(const PackedPayment& payment) {
    const bool is_paid =
        payment.gateway == Gateway::Province && payment.state == PaymentState::Succeeded;
    return is_paid ? payment.paid_at : std::nullopt;
}

std::optional<Instant> paid_by_platform(const PackedPayment& payment, const PaymentFact& fact) {
    const bool is_paid = payment.gateway == Gateway::Dvcqg && fact.state == PaymentState::Succeeded;
    return is_paid ? fact.settled_at : std::nullopt;
}

std::optional<Contribution> contribution(
    const DossierRow& row, std::span<const PaymentFact> facts
) {
    if (!is_received(row.status, row.accepted_at)) {
        return std::nullopt;
    }
    Contribution what;
    what.key = {day_number(*row.accepted_at), source_of(row.id), row.unit, row.procedure};
    const bool owes = !is_free(row.fee_count, row.fee_total);
    what.counts = {1, row.channel == Channel::Online ? 1 : 0, owes ? 1 : 0};
    if (owes) {
        what.paid = ways_paid(row, what.key, facts);
    }
    return what;
}

void add(RollupChange& change, const std::optional<Contribution>& what, std::int64_t times) {
    if (!what) {
        return;
    }
    const DayCounts& counts = what->counts;
    change.days.emplace_back(
        what->key, DayCounts{counts.received * times, counts.online * times, counts.owing * times}
    );
    for (const PaidKey& paid : what->paid) {
        change.paid.emplace_back(paid, times);
    }
}

void settle(RollupChange& change) {
    sort_by_key(change.days);
    std::vector<std::pair<DayKey, DayCounts>> days;
    days.reserve(change.days.size());
    for (const auto& [key, counts] : change.days) {
        if (days.empty() || days.back().first != key) {
            days.emplace_back(key, counts);
            continue;
        }
        DayCounts& sum = days.back().second;
        sum = {
            sum.received + counts.received, sum.online + counts.online, sum.owing + counts.owing};
    }
    std::erase_if(days, [](const auto& row) { return row.second == DayCounts{}; });
    sort_by_key(change.paid);
    std::vector<std::pair<PaidKey, std::int64_t>> paid;
    for (const auto& [key, dossiers] : change.paid) {
        if (paid.empty() || paid.back().first != key) {
            paid.emplace_back(key, dossiers);
        } else {
            paid.back().second += dossiers;
        }
    }
    std::erase_if(paid, [](const auto& row) { return row.second == 0; });
    change = {std::move(days), std::move(paid)};
}

}  // namespace thidua::store
