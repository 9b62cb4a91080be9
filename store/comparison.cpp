// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Two streams of versions side by side. The streams of a dossier have neighbouring keys, so that
// one walk over the keys brings them together.
#include "core/comparison.hpp"

#include "store/alias_roots.hpp"
#include "store/dossier_key.hpp"
#include "store/purge.hpp"
#include "store/row_columns.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <unordered_set>
#include <utility>

namespace thidua::store {
namespace {

constexpr std::int64_t versions_at_once = 20'000;  // as in verify.cpp
constexpr std::chrono::days registered_before{366};

const std::string walk_sql = fmt::format(
    "SELECT {0}, CAST(until_slice AS BIGINT) AS ends FROM dossier_history"
    " WHERE (id, version) > (?1, ?2) AND id < ?3 AND slice <= ?4 AND until_slice > ?5"
    " AND (id & 31) IN (?6, ?7)"
    " UNION ALL SELECT {0}, CAST(NULL AS BIGINT) FROM dossier"
    " WHERE (id, version) > (?1, ?2) AND id < ?3 AND slice <= ?4 AND (id & 31) IN (?6, ?7)"
    " ORDER BY id, version LIMIT ?8",
    row_columns
);

const std::string earlier_sql = fmt::format(
    "SELECT {0}, until_slice FROM dossier_history"
    " WHERE id BETWEEN ?1 AND ?2 AND until_slice <= ?3 AND (id & 31) = ?4 ORDER BY id, version",
    row_columns
);

constexpr std::string_view payments_sql =
    "SELECT reference, slice, state FROM payment WHERE agency = ?1 AND source = ?2 AND slice <= ?3"
    " UNION ALL SELECT reference, slice, state FROM payment_history"
    " WHERE agency = ?1 AND source = ?2 AND slice <= ?3";

/// A version and, unless it is current, the slice that ended it.
struct EndedRow {
    DossierRow row;
    std::optional<std::int64_t> ends;
};

using OnRow = std::function<void(EndedRow)>;

/// Numbers of the sources of a query; 0 stands for none.
struct Streams {
    std::int64_t own = 0;
    std::int64_t witness = 0;
    std::int64_t payments = 0;
};

/// The keys from `first` (included) to `last` (excluded), some at a time, so that nobody who
/// commits waits long.
Result<void> walk(
    Store& store,
    const ComparisonQuery& query,
    const Streams& streams,
    std::pair<std::int64_t, std::int64_t> keys,
    const OnRow& on_row
) {
    auto find = store.statement(walk_sql);
    if (!find) {
        return std::unexpected(find.error());
    }
    std::int64_t id = keys.first - 1;
    std::int64_t version = std::numeric_limits<std::int64_t>::max();
    std::int64_t read_now = versions_at_once;
    while (read_now == versions_at_once) {
        read_now = 0;
        (*find)->bind(
            id,
            version,
            keys.second,
            query.known_slice,
            query.settled_slice,
            streams.own,
            streams.witness,
            versions_at_once
        );
        const auto read = (*find)->for_each_row([&](const Statement& row) {
            ++read_now;
            on_row({read_row(row), row.integer_or_null(row_column_count)});
            id = row.integer(0);
            version = row.integer(1);
        });
        if (!read) {
            return read;
        }
    }
    return {};
}

Result<std::vector<PaymentWord>> payment_words(
    Store& store, std::int64_t source, std::int64_t known_slice
) {
    std::vector<PaymentWord> words;
    if (source == 0) {
        return words;
    }
    auto find = store.statement(payments_sql);
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(agency, source, known_slice);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        words.push_back({row.text(0), row.integer(1), static_cast<PaymentState>(row.integer(2))});
    });
    if (!read) {
        return std::unexpected(read.error());
    }
    std::ranges::sort(words, {}, [](const PaymentWord& word) {
        return std::pair<std::string_view, std::int64_t>(word.reference, word.slice);
    });
    return words;
}

bool is_in_window(const DossierWord& word, const ComparisonQuery& query) {
    if (!word.accepted_at) {
        return false;
    }
    const Day day = day_of(*word.accepted_at);
    return query.from <= day && day <= query.to;
}

bool is_in_window(const ComparedDossier& dossier, const ComparisonQuery& query) {
    const auto any = [&](const std::vector<DossierWord>& words) {
        return std::ranges::any_of(words, [&](const DossierWord& word) {
            return is_in_window(word, query);
        });
    };
    return any(dossier.own) || any(dossier.witness);
}

bool has_ended(const std::vector<DossierWord>& words) {
    return !words.empty() && words.back().until.has_value();
}

void append(std::vector<DossierWord>& words, std::vector<DossierWord> more) {
    std::ranges::move(more, std::back_inserter(words));
    std::ranges::stable_sort(words, {}, &DossierWord::slice);
}

/// Makes one dossier of those whose number was given up for another's in the meantime.
Result<void> unite(VersionTables& tables, std::vector<ComparedDossier>& dossiers) {
    std::vector<std::int64_t> ended;
    for (const ComparedDossier& dossier : dossiers) {
        if (has_ended(dossier.own) || has_ended(dossier.witness)) {
            ended.push_back(dossier.number);
        }
    }
    AliasRoots roots;
    if (auto loaded = roots.load(tables, std::move(ended)); !loaded) {
        return loaded;
    }
    for (ComparedDossier& dossier : dossiers) {
        const std::int64_t root = roots.root_of(dossier.number);
        const auto heir = std::ranges::lower_bound(dossiers, root, {}, &ComparedDossier::number);
        if (root != dossier.number && heir != dossiers.end() && heir->number == root) {
            append(heir->own, std::exchange(dossier.own, {}));
            append(heir->witness, std::exchange(dossier.witness, {}));
        }
    }
    std::erase_if(dossiers, [](const ComparedDossier& dossier) {
        return dossier.own.empty() && dossier.witness.empty();
    });
    return {};
}

void add_payments(ComparedDossier& dossier, std::span<const PaymentWord> words) {
    std::vector<std::string_view> references;
    for (const DossierWord& word : dossier.own) {
        for (const NamedPayment& named : word.payments) {
            references.push_back(named.reference);
        }
    }
    std::ranges::sort(references);
    const auto repeats = std::ranges::unique(references);
    references.erase(repeats.begin(), repeats.end());
    for (const std::string_view reference : references) {
        const auto said = std::ranges::equal_range(words, reference, {}, [](const auto& word) {
            return std::string_view(word.reference);
        });
        dossier.payments.insert(dossier.payments.end(), said.begin(), said.end());
    }
}

}  // namespace

/// Rows as words: codes in place of numbers.
class WordReader {
  public:
    WordReader(Store& store, Dictionary& dictionary, std::int64_t known_slice)
        : store_(store), dictionary_(dictionary), known_slice_(known_slice) {}

    [[nodiscard]] Result<DossierWord> read(const EndedRow& what) {
        const DossierRow& row = what.row;
        DossierWord word;
        auto unit = dictionary_.text(store_, Term::Unit, row.unit);
        auto procedure = dictionary_.text(store_, Term::Procedure, row.procedure);
        if (!unit || !procedure) {
            return std::unexpected(unit ? procedure.error() : unit.error());
        }
        word.slice = row.slice;
        word.until = what.ends && *what.ends <= known_slice_ ? what.ends : std::nullopt;
        word.applied_at = row.applied_at;
        word.accepted_at = row.accepted_at;
        word.status = row.status;
        word.channel = row.channel;
        word.unit_code = *std::move(unit);
        word.procedure_code = *std::move(procedure);
        word.fee_count = row.fee_count;
        word.fee_total = row.fee_total;
        word.paid_flag = row.paid_flag;
        for (const PackedPayment& named : unpack_payments(row.payments)) {
            word.payments.push_back(
                {std::string(named.reference), named.gateway, named.state, named.paid_at}
            );
        }
        return word;
    }

  private:
    Store& store_;
    Dictionary& dictionary_;
    std::int64_t known_slice_;
};

namespace {

/// Rows that come by key, as dossiers.
Result<std::vector<ComparedDossier>> to_dossiers(
    const std::vector<EndedRow>& rows, std::int64_t own, WordReader& reader
) {
    std::vector<ComparedDossier> dossiers;
    for (const EndedRow& one : rows) {
        const std::int64_t number = number_of(one.row.id);
        if (dossiers.empty() || dossiers.back().number != number) {
            dossiers.push_back({.number = number});
        }
        auto word = reader.read(one);
        if (!word) {
            return std::unexpected(word.error());
        }
        ComparedDossier& dossier = dossiers.back();
        const bool is_own = source_of(one.row.id) == own;
        (is_own ? dossier.own : dossier.witness).push_back(*std::move(word));
    }
    return dossiers;
}

}  // namespace

Result<std::vector<ComparedDossier>> Store::side_by_side(const ComparisonQuery& query) {
    if (auto may = refuse_if_purged(*this, "a reconciliation"); !may) {
        return std::unexpected(may.error());
    }
    const auto own = find_source_id(query.own);
    const auto witness = find_source_id(query.witness);
    const auto payments = find_source_id(query.payment_record);
    if (!own || !witness || !payments) {
        const Error& error = !own ? own.error() : !witness ? witness.error() : payments.error();
        return failed("side by side", error);
    }
    const Streams streams{own->value_or(0), witness->value_or(0), payments->value_or(0)};
    std::vector<EndedRow> rows;  // codes are looked up when the walk has let go of the connection
    const auto keep = [&](EndedRow row) { rows.push_back(std::move(row)); };
    const std::int64_t first_day = first_key_of(query.from - registered_before);
    const std::int64_t first_of_days = first_key_of(Day{} + std::chrono::days{1});
    auto walked = walk(*this, query, streams, {least_key, first_of_days}, keep);
    if (walked) {
        walked = walk(*this, query, streams, {first_day, greatest_key}, keep);
    }
    auto words = walked ? payment_words(*this, streams.payments, query.known_slice)
                        : std::unexpected(walked.error());
    if (!words) {
        return failed("side by side", words.error());
    }
    WordReader reader(*this, dictionary_, query.known_slice);
    auto dossiers = to_dossiers(rows, streams.own, reader);
    if (!dossiers) {
        return failed("side by side", dossiers.error());
    }
    if (auto united = unite(*tables_, *dossiers); !united) {
        return failed("side by side", united.error());
    }
    std::erase_if(*dossiers, [&](const ComparedDossier& dossier) {
        return !is_in_window(dossier, query);
    });
    for (ComparedDossier& dossier : *dossiers) {
        auto code = dossier_code(dossier.number);
        if (!code) {
            return failed("side by side", code.error());
        }
        dossier.code = *std::move(code);
        add_payments(dossier, *words);
    }
    return dossiers;
}

Result<void> Store::add_earlier_words(
    const ComparisonQuery& query, std::span<ComparedDossier> dossiers
) {
    const auto own = find_source_id(query.own);
    auto find = statement(earlier_sql);
    if (!own || !find) {
        return failed("earlier words", own ? find.error() : own.error());
    }
    if (dossiers.empty() || !*own) {
        return {};
    }
    std::unordered_set<std::int64_t> wanted;
    for (const ComparedDossier& dossier : dossiers) {
        wanted.insert(dossier.number);
    }
    std::vector<EndedRow> rows;
    const std::int64_t last = stream_of(dossiers.back().number, sources_max);
    (*find)->bind(dossiers.front().number, last, query.settled_slice, **own);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        if (wanted.contains(number_of(row.integer(0)))) {
            rows.push_back({read_row(row), row.integer_or_null(row_column_count)});
        }
    });
    if (!read) {
        return failed("earlier words", read.error());
    }
    WordReader reader(*this, dictionary_, query.known_slice);
    auto earlier = to_dossiers(rows, **own, reader);
    if (!earlier) {
        return failed("earlier words", earlier.error());
    }
    for (ComparedDossier& from : *earlier) {
        const auto place =
            std::ranges::lower_bound(dossiers, from.number, {}, &ComparedDossier::number);
        append(place->own, std::move(from.own));
    }
    return {};
}

}  // namespace thidua::store
