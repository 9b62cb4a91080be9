// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/dossier_key.hpp"
#include "store/purge.hpp"
#include "store/rollup_row.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"
#include "store/tally_sums.hpp"
#include "store/version_scan.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace thidua::store {
namespace {

void add(DayCounts& sum, const DayCounts& counts) {
    sum.received += counts.received;
    sum.online += counts.online;
    sum.owing += counts.owing;
}

/// From the rollups, which know the present only.
Result<TallySums> count_now(
    Store& store, const TallyQuery& query, std::int64_t source, std::int64_t platform
) {
    auto find = store.statement(
        "SELECT day, unit, counts, paid FROM rollup"
        " WHERE agency = ? AND day BETWEEN ? AND ? AND source = ?"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    TallySums counts(query);
    RollupChange sums;  // of one row; kept for its memory
    Result<void> unpacked;
    (*find)->bind(agency, day_number(query.from), day_number(query.to), source);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        sums.days.clear();
        sums.paid.clear();
        const RollupKey key{row.integer(0), source, row.integer(1)};
        unpacked = unpacked ? unpack({key, row.text(2), row.text(3)}, sums) : unpacked;
        for (const auto& [received, counted] : sums.days) {
            add(counts.of(received).counts, counted);
        }
        for (const auto& [paid, dossiers] : sums.paid) {
            if (const std::int64_t times = times_counted(paid, query, platform); times != 0) {
                counts.of(paid.received).paid += times * dossiers;
            }
        }
    });
    if (!read || !unpacked) {
        return std::unexpected(read ? unpacked.error() : read.error());
    }
    return counts;
}

/// From the versions as they were known then.
Result<TallySums> count_then(
    Store& store, const TallyQuery& query, const VersionScan& scan, std::int64_t platform
) {
    const auto facts = facts_known(store, platform, scan.known_slice);
    if (!facts) {
        return std::unexpected(facts.error());
    }
    TallySums counts(query);
    const auto read = scan_versions(store, scan, [&](const DossierRow& row) {
        const auto what = contribution(row, *facts);
        if (!what || !is_in_window(what->key, query)) {
            return;
        }
        TallySum& sum = counts.of(what->key);
        add(sum.counts, what->counts);
        for (const PaidKey& paid : what->paid) {
            sum.paid += times_counted(paid, query, platform);
        }
    });
    return read ? Result<TallySums>(std::move(counts)) : std::unexpected(read.error());
}

Result<std::vector<Tally>> to_tallies(
    Store& store, Dictionary& dictionary, const TallySums& counts
) {
    std::vector<Tally> tallies;
    tallies.reserve(counts.sums().size());
    for (const TallySum& sum : counts.sums()) {
        auto tally = to_tally(store, dictionary, sum);
        if (!tally) {
            return std::unexpected(tally.error());
        }
        tallies.push_back(*std::move(tally));
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
    if (then != *newest) {
        if (auto may = refuse_if_purged(*this, "figures as known at an earlier instant"); !may) {
            return std::unexpected(may.error());
        }
    }
    const auto counts = then == *newest ? count_now(*this, query, source, platform)
                                        : count_then(*this, query, {source, then}, platform);
    auto tallies =
        counts ? to_tallies(*this, dictionary_, *counts) : std::unexpected(counts.error());
    return tallies ? std::move(tallies) : failed("tally", tallies.error());
}

Result<void> Store::for_each_counted(
    const TallyQuery& query, const std::function<void(CountedVersion)>& visit
) {
    if (auto may = refuse_if_purged(*this, "single dossiers"); !may) {
        return may;
    }
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
        Tally tally;
        tally.day = Day{std::chrono::days{counted.key.day}};
        tally.received = counted.counts.received;
        tally.online = counted.counts.online;
        tally.owing = counted.counts.owing;
        for (const PaidKey& paid : counted.paid) {
            tally.paid += times_counted(paid, query, platform);
        }
        auto unit = dictionary_.text(*this, Term::Unit, counted.key.unit);
        auto procedure = dictionary_.text(*this, Term::Procedure, counted.key.procedure);
        auto code = dossier_code(row.id);
        if (!unit || !procedure || !code) {
            const Error& error = !unit        ? unit.error()
                                 : !procedure ? procedure.error()
                                              : code.error();
            done = std::unexpected(error);
            break;
        }
        tally.unit_code = *std::move(unit);
        tally.procedure_code = *std::move(procedure);
        visit({*std::move(code), row.version, row.slice, std::move(tally)});
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
        "  AND q.finished_at <= ?1 AND q.kind = 'pull' ORDER BY q.id DESC LIMIT 1)"
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
