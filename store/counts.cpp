// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/dossier_key.hpp"
#include "store/rollup.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"
#include "store/version_scan.hpp"

#include <map>
#include <utility>

namespace thidua::store {
namespace {

std::int64_t day_number(Day day) {
    return day.time_since_epoch().count();
}

/// Adds `times` for each dossier that `query` calls paid by this road: of the roads Dvcqg, Province
/// and Both, the last is what the other two have in common.
std::int64_t times_counted(const PaidKey& paid, const TallyQuery& query, std::int64_t platform) {
    if (paid.settled_day > day_number(query.to)) {
        return 0;
    }
    const bool by_flag = query.evidence == PaymentEvidence::Flag;
    switch (paid.way) {
        case PaidBy::Dvcqg:
            return !by_flag && query.dvcqg_gateway && paid.payment_source == platform ? 1 : 0;
        case PaidBy::Province:
            return !by_flag && query.province_gateway ? 1 : 0;
        case PaidBy::Both:
            return !by_flag && query.dvcqg_gateway && query.province_gateway &&
                           paid.payment_source == platform
                       ? -1
                       : 0;
        case PaidBy::FlagDvcqg:
            return by_flag && query.dvcqg_gateway ? 1 : 0;
        case PaidBy::FlagProvince:
            return by_flag && query.province_gateway ? 1 : 0;
    }
    check(false, "times_counted: a known PaidBy");
    return 0;
}

bool is_in_window(const DayKey& key, const TallyQuery& query) {
    return key.day >= day_number(query.from) && key.day <= day_number(query.to);
}

struct Counted {
    DayCounts counts;
    std::int64_t paid = 0;
};
using Counts = std::map<DayKey, Counted>;

DayKey read_key(const Statement& row) {
    return {row.integer(0), row.integer(1), row.integer(2), row.integer(3)};
}

/// From the rollups, which know the present only.
Result<Counts> count_now(
    Store& store, const TallyQuery& query, std::int64_t source, std::int64_t platform
) {
    auto days = store.statement(
        "SELECT day, source, unit, procedure, received, online, owing FROM day_count"
        " WHERE agency = ? AND day BETWEEN ? AND ? AND source = ?"
    );
    auto paid = store.statement(
        "SELECT day, source, unit, procedure, way, payment_source, settled_day, dossiers"
        " FROM paid_count WHERE agency = ? AND day BETWEEN ? AND ? AND source = ?"
    );
    if (!days || !paid) {
        return std::unexpected(days ? paid.error() : days.error());
    }
    Counts counts;
    (*days)->bind(agency, day_number(query.from), day_number(query.to), source);
    auto read = (*days)->for_each_row([&](const Statement& row) {
        counts.emplace_hint(
            counts.end(),
            read_key(row),
            Counted{{row.integer(4), row.integer(5), row.integer(6)}, 0}
        );
    });
    if (!read) {
        return std::unexpected(read.error());
    }
    (*paid)->bind(agency, day_number(query.from), day_number(query.to), source);
    read = (*paid)->for_each_row([&](const Statement& row) {
        const PaidKey key{
            read_key(row), static_cast<PaidBy>(row.integer(4)), row.integer(5), row.integer(6)};
        if (const std::int64_t times = times_counted(key, query, platform); times != 0) {
            counts[key.received].paid += times * row.integer(7);
        }
    });
    return read ? Result<Counts>(std::move(counts)) : std::unexpected(read.error());
}

/// From the versions as they were known then.
Result<Counts> count_then(
    Store& store, const TallyQuery& query, const VersionScan& scan, std::int64_t platform
) {
    const auto facts = facts_known(store, platform, scan.known_slice);
    if (!facts) {
        return std::unexpected(facts.error());
    }
    Counts counts;
    const auto read = scan_versions(store, scan, [&](const DossierRow& row) {
        const auto what = contribution(row, *facts);
        if (!what || !is_in_window(what->key, query)) {
            return;
        }
        Counted& sum = counts[what->key];
        sum.counts.received += what->counts.received;
        sum.counts.online += what->counts.online;
        sum.counts.owing += what->counts.owing;
        for (const PaidKey& paid : what->paid) {
            sum.paid += times_counted(paid, query, platform);
        }
    });
    return read ? Result<Counts>(std::move(counts)) : std::unexpected(read.error());
}

Result<std::vector<Tally>> to_tallies(Store& store, Dictionary& dictionary, const Counts& counts) {
    std::vector<Tally> tallies;
    tallies.reserve(counts.size());
    for (const auto& [key, sum] : counts) {
        auto unit = dictionary.text(store, Term::Unit, key.unit);
        auto procedure = dictionary.text(store, Term::Procedure, key.procedure);
        if (!unit || !procedure) {
            return std::unexpected(unit ? procedure.error() : unit.error());
        }
        tallies.push_back(
            {Day{std::chrono::days{key.day}},
             *std::move(unit),
             *std::move(procedure),
             sum.counts.received,
             sum.counts.online,
             sum.counts.owing,
             sum.paid}
        );
    }
    return tallies;
}

}  // namespace

Result<std::int64_t> Store::slice_known_at(Instant known_at) {
    auto find = statement("SELECT max(id) FROM slice WHERE agency = ? AND published_at <= ?");
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto slice = (*find)->bind(agency, known_at).first_row([](const Statement& row) {
        return row.integer_or_null(0).value_or(0);
    });
    return slice ? Result<std::int64_t>(slice->value_or(0)) : std::unexpected(slice.error());
}

/// What a query's names and instant stand for in this store.
Result<std::optional<Store::Resolved>> Store::resolve(const TallyQuery& query) {
    const auto source = find_source_id(query.system_of_record);
    const auto platform = find_source_id(query.payment_record);
    const auto then = slice_known_at(query.known_at);
    if (!source || !platform || !then) {
        return std::unexpected(
            !source     ? source.error()
            : !platform ? platform.error()
                        : then.error()
        );
    }
    if (!*source) {
        return std::optional<Resolved>{};  // it never said anything
    }
    // No payment source has the number 0, so one that never said anything confirms nothing.
    return std::optional(Resolved{**source, platform->value_or(0), *then});
}

Result<std::vector<Tally>> Store::tally(const TallyQuery& query) {
    const auto resolved = resolve(query);
    const auto newest = slice_known_at(Instant::max());
    if (!resolved || !newest) {
        return failed("tally", resolved ? newest.error() : resolved.error());
    }
    if (!*resolved) {
        return std::vector<Tally>{};
    }
    const auto [source, platform, then] = **resolved;
    const auto counts = then == *newest ? count_now(*this, query, source, platform)
                                        : count_then(*this, query, {source, then}, platform);
    auto tallies =
        counts ? to_tallies(*this, dictionary_, *counts) : std::unexpected(counts.error());
    return tallies ? std::move(tallies) : failed("tally", tallies.error());
}

Result<void> Store::for_each_counted(
    const TallyQuery& query, const std::function<void(CountedVersion)>& visit
) {
    const auto resolved = resolve(query);
    if (!resolved || !*resolved) {
        return resolved ? Result<void>{} : failed("counted versions", resolved.error());
    }
    const auto [source, platform, then] = **resolved;
    auto facts = facts_known(*this, platform, then);
    if (!facts) {
        return failed("counted versions", facts.error());
    }
    struct Row {
        DossierRow row;
        Contribution counted;
    };
    std::vector<Row> rows;  // codes are looked up when the scan has let go of the connection
    auto done = scan_versions(*this, {source, then}, [&](const DossierRow& row) {
        auto what = contribution(row, *facts);
        if (what && is_in_window(what->key, query)) {
            rows.push_back({row, *std::move(what)});
        }
    });
    for (std::size_t at = 0; done && at < rows.size(); ++at) {
        const auto& [row, counted] = rows[at];
        Counts one;
        one[counted.key].counts = counted.counts;
        for (const PaidKey& paid : counted.paid) {
            one[counted.key].paid += times_counted(paid, query, platform);
        }
        auto tally = to_tallies(*this, dictionary_, one);
        auto code = dossier_code(row.id);
        if (!tally || !code) {
            done = std::unexpected(tally ? code.error() : tally.error());
            break;
        }
        visit({*std::move(code), row.version, row.slice, std::move(tally->front())});
    }
    return done ? done : failed("counted versions", done.error());
}

Result<std::string> Store::dossier_code(std::int64_t key) {
    const std::int64_t number = number_of(key);
    if (!is_odd(number)) {
        const auto issuer = dictionary_.text(*this, Term::Issuer, issuer_of(number));
        return issuer ? Result<std::string>(unpack_code(number, *issuer))
                      : std::unexpected(issuer.error());
    }
    auto find = statement("SELECT code FROM odd_code WHERE agency = ? AND number = ?");
    if (!find) {
        return std::unexpected(find.error());
    }
    auto code =
        (*find)->bind(agency, number).first_row([](const Statement& row) { return row.text(0); });
    return code ? Result<std::string>(code->value_or("")) : std::unexpected(code.error());
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
        " WHERE s.agency = ?2 AND s.name = ?3 AND p.finished_at <= ?1 GROUP BY s.agency, s.id"
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
