// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/stream.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace thidua::store {
namespace {

/// The links that `to` has and `from` has not.
std::vector<PaymentLink> links_added(
    const std::vector<std::string_view>& from,
    const std::vector<std::string_view>& to,
    std::int64_t id
) {
    std::vector<std::string_view> added;
    std::ranges::set_difference(to, from, std::back_inserter(added));
    std::vector<PaymentLink> links;
    for (const std::string_view reference : added) {
        links.push_back({std::string(reference), id});
    }
    return links;
}

void append(std::vector<PaymentLink>& links, std::vector<PaymentLink> added) {
    std::ranges::move(added, std::back_inserter(links));
}

}  // namespace

std::vector<std::string_view> platform_references(const DossierRow& row) {
    std::vector<std::string_view> references;
    if (row.payments.empty()) {
        return references;
    }
    for (const PackedPayment& payment : unpack_payments(row.payments)) {
        if (payment.gateway == Gateway::Dvcqg && !payment.reference.empty()) {
            references.push_back(payment.reference);
        }
    }
    std::ranges::sort(references);
    const auto repeats = std::ranges::unique(references);
    references.erase(repeats.begin(), repeats.end());
    return references;
}

int advance(
    std::optional<DossierRow> current,
    std::span<DossierRow> said,
    std::span<const PaymentFact> facts,
    VersionBatch& batch,
    RollupChange& change
) {
    std::optional<Contribution> counted;
    std::vector<PaymentLink> linked;
    if (current) {
        counted = contribution(*current, facts);
        linked = links_added({}, platform_references(*current), current->id);
    }
    int opened = 0;
    for (DossierRow& row : said) {
        if (current && current->content == row.content) {
            continue;
        }
        row.version = 1;
        if (current) {
            row.version = current->version + 1;
            batch.closed.push_back({*std::move(current), row.slice});
        }
        current = std::move(row);
        ++opened;
    }
    if (opened == 0) {
        return 0;
    }
    const auto counts_now = contribution(*current, facts);
    if (counts_now != counted) {
        add(change, counted, -1);
        add(change, counts_now, 1);
    }
    const auto named = platform_references(*current);
    std::vector<std::string_view> before;
    before.reserve(linked.size());
    for (const PaymentLink& link : linked) {
        before.push_back(link.reference);
    }
    append(batch.unlinked, links_added(named, before, current->id));
    append(batch.links, links_added(before, named, current->id));
    batch.opened.push_back(*std::move(current));
    return opened;
}

void end_stream(
    const DossierRow& current,
    std::int64_t slice,
    std::span<const PaymentFact> facts,
    VersionBatch& batch,
    RollupChange& change
) {
    add(change, contribution(current, facts), -1);
    append(batch.unlinked, links_added({}, platform_references(current), current.id));
    batch.ended.push_back(current.id);
    batch.closed.push_back({current, slice});
}

}  // namespace thidua::store
