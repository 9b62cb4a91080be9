// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/identity.hpp"

#include "store/dossier_key.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <utility>

namespace thidua::store {
namespace {}  // namespace

Result<std::int64_t> Identity::odd_number_of(std::string_view code) {
    auto find = store_.statement("SELECT number FROM odd_code WHERE agency = ? AND code = ?");
    auto count = store_.statement("SELECT count(*) FROM odd_code WHERE agency = ?");
    auto add = store_.statement("INSERT INTO odd_code (agency, code, number) VALUES (?, ?, ?)");
    if (!find || !count || !add) {
        return std::unexpected(!find ? find.error() : !count ? count.error() : add.error());
    }
    const auto first_integer = [](const Statement& row) { return row.integer(0); };
    const auto known = (*find)->bind(agency, code).first_row(first_integer);
    if (!known) {
        return std::unexpected(known.error());
    }
    if (*known) {
        return **known;
    }
    const auto codes = (*count)->bind(agency).first_row(first_integer);
    if (!codes) {
        return std::unexpected(codes.error());
    }
    const std::int64_t number = odd_number(codes->value_or(0) + 1);
    if (auto added = (*add)->run(agency, code, number); !added) {
        return std::unexpected(added.error());
    }
    return number;
}

Result<std::int64_t> Identity::number_of(std::string_view code) {
    const auto parts = parse_code(code);
    if (!parts) {
        return odd_number_of(code);
    }
    const auto issuer = store_.dictionary_.number(store_, Term::Issuer, parts->issuer);
    if (!issuer) {
        return std::unexpected(issuer.error());
    }
    return *issuer <= issuers_max ? pack_number(*parts, *issuer) : odd_number_of(code);
}

/// Notes which of `numbers` have a stream of any source.
Result<void> Identity::load_streams(std::vector<std::int64_t> numbers) {
    with_stream_.clear();
    sort_distinct(numbers);
    const auto sources = store_.source_ids();
    if (!sources) {
        return std::unexpected(sources.error());
    }
    std::vector<std::int64_t> streams;
    streams.reserve(numbers.size() * sources->size());
    for (const std::int64_t number : numbers) {
        for (const std::int64_t source : *sources) {
            streams.push_back(stream_of(number, source));
        }
    }
    const auto known = tables_.look(streams);
    if (!known) {
        return std::unexpected(known.error());
    }
    for (std::size_t at = 0; at < streams.size(); ++at) {
        if ((*known)[at]) {
            with_stream_.insert(thidua::store::number_of(streams[at]));
        }
    }
    return {};
}

Result<Identified> Identity::identify(std::span<const DossierRecord> records) {
    std::vector<std::int64_t> codes;
    std::vector<std::int64_t> others;  // of the aliases, record after record
    codes.reserve(records.size());
    for (const DossierRecord& record : records) {
        const auto own = number_of(record.code);
        if (!own) {
            return std::unexpected(own.error());
        }
        codes.push_back(*own);
        for (const std::string& alias : record.aliases) {
            const auto other = number_of(alias);
            if (!other) {
                return std::unexpected(other.error());
            }
            others.push_back(*other);
        }
    }
    roots_.clear();
    std::vector<std::int64_t> all = codes;
    all.insert(all.end(), others.begin(), others.end());
    if (auto loaded = roots_.load(tables_, std::move(all)); !loaded) {
        return std::unexpected(loaded.error());
    }
    std::vector<std::int64_t> roots;  // of records that have several codes
    roots.reserve(2 * others.size());
    for (const std::int64_t other : others) {
        roots.push_back(roots_.root_of(other));
    }
    for (std::size_t at = 0; at < records.size(); ++at) {
        if (!records[at].aliases.empty()) {
            roots.push_back(roots_.root_of(codes[at]));
        }
    }
    if (auto loaded = load_streams(std::move(roots)); !loaded) {
        return std::unexpected(loaded.error());
    }
    return unite(records, codes, others);
}

/// Of several codes the first that has a stream goes on; otherwise the record's own code begins
/// one.
std::int64_t Identity::choose(std::span<const std::int64_t> roots) const {
    const auto known =
        std::ranges::find_if(roots, [&](auto root) { return with_stream_.contains(root); });
    return known == roots.end() ? roots.front() : *known;
}

Identified Identity::unite(
    std::span<const DossierRecord> records,
    std::span<const std::int64_t> codes,
    std::span<const std::int64_t> others
) {
    Identified found;
    found.numbers.reserve(records.size());
    const bool has_aliases = !others.empty();
    std::vector<std::int64_t> roots;
    for (std::size_t at = 0; at < records.size(); ++at) {
        roots.assign(1, roots_.root_of(codes[at]));
        for (const std::int64_t other : others.first(records[at].aliases.size())) {
            roots.push_back(roots_.root_of(other));
        }
        others = others.subspan(records[at].aliases.size());
        const std::int64_t target = choose(roots);
        for (const std::int64_t root : roots) {
            if (root == target || roots_.is_given_up(root)) {
                continue;
            }
            if (with_stream_.contains(root)) {
                found.merges.push_back({root, target});
            } else {
                found.aliases.push_back({root, target});
            }
            roots_.give_up(root, target);
        }
        if (!found.merges.empty()) {
            return found;
        }
        found.numbers.push_back(target);
        if (has_aliases) {
            with_stream_.insert(target);
        }
    }
    return found;
}

}  // namespace thidua::store
