// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/dossier_key.hpp"
#include "store/intake_rows.hpp"
#include "store/schema.hpp"
#include "store/versions.hpp"

#include <algorithm>
#include <utility>

namespace thidua::store {
namespace {

void note(std::set<std::int64_t>& slices, std::int64_t slice) {
    if (slices.empty() || *slices.rbegin() != slice) {
        slices.insert(slice);
    }
}

/// Where the rows of one dossier begin and end.
std::span<DossierRow> rows_of_one(std::vector<DossierRow>& rows, std::size_t begin) {
    std::size_t end = begin;
    while (end < rows.size() && rows[end].id == rows[begin].id) {
        ++end;
    }
    return {rows.data() + begin, end - begin};
}

}  // namespace

Versions::Versions(Store& store, std::int64_t source, std::int64_t slice, Instant now)
    : store_(store),
      tables_(*store.tables_),
      identity_(store, tables_),
      source_(source),
      slice_(slice),
      now_(now) {}

Result<void> Versions::leave_later_than(std::int64_t gathered_by, std::string_view key) {
    auto later = later_words(store_, source_, gathered_by, key);
    if (!later) {
        return std::unexpected(later.error());
    }
    left_ = *std::move(later);
    return {};
}

Result<void> Versions::add(std::span<const DossierRecord> records) {
    while (!records.empty()) {
        const auto batch = records.first(std::min(batch_size, records.size()));
        auto identified = identity_.identify(batch);
        if (!identified) {
            return std::unexpected(identified.error());
        }
        const auto known = batch.first(identified->numbers.size());
        auto rows = make_rows(known, identified->numbers);
        if (!rows) {
            return std::unexpected(rows.error());
        }
        if (auto applied = apply(*std::move(rows), std::move(identified->aliases)); !applied) {
            return applied;
        }
        for (const Merge& pair : identified->merges) {
            if (auto merged = merge(pair); !merged) {
                return merged;
            }
        }
        records = records.subspan(known.size());
    }
    return {};
}

/// The records as rows of this slice, ascending by key; those of one dossier in their order.
Result<std::vector<DossierRow>> Versions::make_rows(
    std::span<const DossierRecord> records, std::span<const std::int64_t> numbers
) {
    std::vector<std::pair<std::int64_t, std::size_t>> order;  // number, place
    order.reserve(records.size());
    for (std::size_t at = 0; at < records.size(); ++at) {
        order.emplace_back(numbers[at], at);
    }
    std::ranges::sort(order);
    std::vector<DossierRow> rows;
    rows.reserve(records.size());
    for (const auto& [number, at] : order) {
        const DossierRecord& record = records[at];
        const auto procedure =
            store_.dictionary_.number(store_, Term::Procedure, record.procedure_code);
        const auto unit = store_.dictionary_.number(store_, Term::Unit, record.unit_code);
        if (!procedure || !unit) {
            return std::unexpected(procedure ? unit.error() : procedure.error());
        }
        DossierRow& row = rows.emplace_back(row_of(record, *procedure, *unit));
        row.id = stream_of(number, source_);
        row.slice = slice_;
    }
    return rows;
}

/// The current rows of those dossiers that are known and say something new. `is_news` tells for
/// each of `rows` whether its dossier does.
Result<std::vector<DossierRow>> Versions::read_changed(
    std::span<const DossierRow> rows, std::vector<bool>& is_news
) {
    const auto largest = tables_.largest_id();
    if (!largest) {
        return std::unexpected(largest.error());
    }
    std::vector<std::int64_t> ids;
    for (const DossierRow& row : rows) {
        if (row.id <= *largest && (ids.empty() || ids.back() != row.id)) {
            ids.push_back(row.id);
        }
    }
    const auto known = tables_.look(ids);
    if (!known) {
        return std::unexpected(known.error());
    }
    std::vector<std::int64_t> changed;
    std::size_t row = 0;
    for (std::size_t at = 0; at < ids.size(); ++at) {
        const std::optional<KnownVersion>& version = (*known)[at];
        bool is_new = !version;
        const std::size_t first = row;
        for (; row < rows.size() && rows[row].id == ids[at]; ++row) {
            is_new = is_new || rows[row].content != version->content;
        }
        is_new = is_new && !(version && left_.contains(version->slice));
        std::fill(
            is_news.begin() + static_cast<std::ptrdiff_t>(first),
            is_news.begin() + static_cast<std::ptrdiff_t>(row),
            is_new
        );
        if (version) {
            note(met_, version->slice);
            if (is_new) {
                note(changed_, version->slice);
                changed.push_back(ids[at]);
            }
        }
    }
    return tables_.read(changed);
}

/// What the payment sources say of everything that the rows name.
Result<std::vector<PaymentFact>> Versions::facts_for(
    std::span<const DossierRow> one, std::span<const DossierRow> other
) {
    std::vector<std::string> references;
    for (const std::span<const DossierRow> rows : {one, other}) {
        for (const DossierRow& row : rows) {
            for (const std::string_view reference : platform_references(row)) {
                references.emplace_back(reference);
            }
        }
    }
    std::ranges::sort(references);
    const auto repeats = std::ranges::unique(references);
    references.erase(repeats.begin(), repeats.end());
    return tables_.facts(references);
}

Result<void> Versions::apply(std::vector<DossierRow> rows, std::vector<Alias> aliases) {
    std::vector<bool> is_news(rows.size(), true);  // beyond the largest key everything is new
    auto changed = read_changed(rows, is_news);
    if (!changed) {
        return std::unexpected(changed.error());
    }
    const auto facts = facts_for(rows, *changed);
    if (!facts) {
        return std::unexpected(facts.error());
    }
    VersionBatch batch;
    batch.aliases = std::move(aliases);
    batch.opened.reserve(rows.size());
    auto before = changed->begin();
    for (std::size_t at = 0; at < rows.size();) {
        const std::span<DossierRow> said = rows_of_one(rows, at);
        if (is_news[at]) {
            std::optional<DossierRow> current;
            if (before != changed->end() && before->id == said.front().id) {
                current = std::move(*before++);
            }
            opened_ += advance(std::move(current), said, *facts, batch, change_);
        }
        at += said.size();
    }
    return tables_.write(batch);
}

/// The streams under the given-up number end, each source's that has none under the other number
/// goes on there: the dossier is counted once from here on, and as before until here.
Result<void> Versions::merge(const Merge& merge) {
    const auto sources = store_.source_ids();
    if (!sources) {
        return std::unexpected(sources.error());
    }
    VersionBatch batch;
    batch.aliases.push_back({merge.given_up, merge.stands_for});
    for (const std::int64_t source : *sources) {
        const std::int64_t stream = stream_of(merge.given_up, source);
        const std::int64_t target = stream_of(merge.stands_for, source);
        auto given_up = tables_.read({&stream, 1});
        auto other = tables_.look({&target, 1});
        if (!given_up || !other) {
            return std::unexpected(given_up ? other.error() : given_up.error());
        }
        if (given_up->empty()) {
            continue;
        }
        DossierRow row = std::move(given_up->front());
        const auto facts = facts_for({&row, 1}, {});
        if (!facts) {
            return std::unexpected(facts.error());
        }
        note(met_, row.slice);
        note(changed_, row.slice);
        end_stream(row, slice_, *facts, batch, change_);
        if (!other->front() && source != source_) {
            row.id = target;
            row.slice = slice_;
            opened_ += advance(std::nullopt, {&row, 1}, *facts, batch, change_);
        }
    }
    return tables_.write(batch);
}

Result<void> Versions::add(const StatisticRecord& record) {
    auto add = store_.statement(
        "INSERT INTO statistic (agency, source, period, unit_code, metric, slice, value)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (agency, source, period, unit_code, metric, slice)"
        " DO UPDATE SET value = excluded.value"
    );
    if (!add) {
        return std::unexpected(add.error());
    }
    ++opened_;
    return (*add)->run(
        agency, source_, record.period, record.unit_code, record.metric, slice_, record.value
    );
}

Result<void> Versions::finish() {
    return tables_.add(std::move(change_));
}

}  // namespace thidua::store
