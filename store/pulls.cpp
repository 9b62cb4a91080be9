// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/schema.hpp"
#include "store/store.hpp"
#include "store/versions.hpp"

#include <fmt/format.h>

namespace thidua::store {
namespace {

std::int64_t record_count(const Slice& slice) {
    return static_cast<std::int64_t>(
        slice.dossiers.size() + slice.payments.size() + slice.statistics.size()
    );
}

Result<void> add_records(Versions& versions, const SliceToPublish& what) {
    for (const DossierRecord& record : what.slice.dossiers) {
        if (auto added = versions.add(record); !added) {
            return added;
        }
    }
    for (const PaymentRecord& record : what.slice.payments) {
        if (auto added = versions.add(record, what.next_look_up); !added) {
            return added;
        }
    }
    for (const StatisticRecord& record : what.slice.statistics) {
        if (auto added = versions.add(record); !added) {
            return added;
        }
    }
    return {};
}

}  // namespace

Result<void> Store::check_not_shrunken(std::int64_t source, const SliceToPublish& what) {
    const std::int64_t records = record_count(what.slice);
    if (records < what.expect.min_rows) {
        return fail(
            ErrorKind::Data,
            fmt::format(
                "slice {}: {} records, at least {} are expected; the figures so far stay",
                what.slice.key,
                records,
                what.expect.min_rows
            )
        );
    }
    if (!what.slice.payments.empty()) {
        return {};  // look-ups are asked for one by one: there is no predecessor to compare with
    }
    auto find = statement(
        "SELECT records FROM slice WHERE agency = ? AND source = ? AND key = ?"
        " ORDER BY id DESC LIMIT 1"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto row = (*find)->bind(agency, source, what.slice.key).step();
    if (!row) {
        return std::unexpected(row.error());
    }
    const std::int64_t before = *row ? (*find)->integer(0) : 0;
    (*find)->reset();
    const bool is_shrunken =
        records < before && compare(Ratio{before - records, before}, what.expect.max_drop) > 0;
    if (!is_shrunken) {
        return {};
    }
    return fail(
        ErrorKind::Data,
        fmt::format(
            "slice {}: {} records where there were {}, a drop of more than {} (expect.max_drop); "
            "the figures so far stay",
            what.slice.key,
            records,
            before,
            to_text(what.expect.max_drop)
        )
    );
}

Result<void> Store::write_pull_row(PullRun& run, std::int64_t source) {
    if (run.id != 0) {
        auto count = statement("UPDATE pull SET slices = ? WHERE agency = ? AND id = ?");
        return count ? (*count)->run(run.slices, agency, run.id) : std::unexpected(count.error());
    }
    auto add = statement(
        "INSERT INTO pull (agency, id, source, started_at, is_sweep, state, slices)"
        " SELECT ?1, coalesce(max(id), 0) + 1, ?2, ?3, ?4, 'running', ?5 FROM pull"
        " WHERE agency = ?1 RETURNING id"
    );
    if (!add) {
        return std::unexpected(add.error());
    }
    const auto row = (*add)->bind(agency, source, run.started_at, run.is_sweep, run.slices).step();
    if (!row) {
        return std::unexpected(row.error());
    }
    run.id = (*add)->integer(0);
    (*add)->reset();
    return {};
}

Result<Published> Store::publish(PullRun& run, const SliceToPublish& what) {
    auto transaction = Transaction::begin(*database_);  // rolls back unless commit() was reached
    if (!transaction) {
        return failed("publish", transaction.error());
    }
    const auto source = source_id(run.source);
    if (!source) {
        return failed("publish", source.error());
    }
    if (auto fit = check_not_shrunken(*source, what); !fit) {
        return std::unexpected(fit.error());
    }
    PullRun next = run;
    ++next.slices;
    if (auto written = write_pull_row(next, *source); !written) {
        return failed("publish", written.error());
    }
    auto number = statement("SELECT coalesce(max(id), 0) + 1 FROM slice WHERE agency = ?");
    auto add = statement(
        "INSERT INTO slice (agency, id, source, pull, key, published_at, records, changed,"
        " rejected, declared_total, requests, bytes, sha256)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    if (!number || !add) {
        return std::unexpected(number ? add.error() : number.error());
    }
    if (const auto row = (*number)->bind(agency).step(); !row) {
        return failed("publish", row.error());
    }
    const std::int64_t slice = (*number)->integer(0);
    (*number)->reset();
    Versions versions(*this, *source, slice, what.now);
    if (auto added = add_records(versions, what); !added) {
        return failed("publish " + what.slice.key, added.error());
    }
    const Published published{record_count(what.slice), versions.opened()};
    auto added = (*add)->run(
        agency,
        slice,
        *source,
        next.id,
        what.slice.key,
        what.now,
        published.records,
        published.changed,
        static_cast<std::int64_t>(what.slice.rejected.size()),
        what.slice.declared_total,
        what.slice.requests,
        what.slice.bytes,
        what.slice.sha256
    );
    if (!added) {
        return failed("publish", added.error());
    }
    if (auto committed = transaction->commit(); !committed) {
        return failed("publish " + what.slice.key, committed.error());
    }
    run = next;
    return published;
}

Result<void> Store::finish_pull(PullRun& run, const PullEnd& end) {
    auto transaction = Transaction::begin(*database_);
    if (!transaction) {
        return failed("finish pull", transaction.error());
    }
    const auto source = source_id(run.source);
    if (!source) {
        return failed("finish pull", source.error());
    }
    PullRun next = run;
    if (auto written = write_pull_row(next, *source); !written) {
        return failed("finish pull", written.error());
    }
    auto finish = statement(
        "UPDATE pull SET finished_at = ?, state = ?, data_through = ?, error_kind = ?, error = ?"
        " WHERE agency = ? AND id = ?"
    );
    if (!finish) {
        return std::unexpected(finish.error());
    }
    std::optional<Instant> data_through;
    std::optional<std::string> kind;
    std::optional<std::string> message;
    if (end.error) {
        kind = std::string(to_text(end.error->kind));
        message = end.error->message;
    } else {
        data_through = run.started_at;
    }
    const std::string_view state = end.error ? "failed" : "complete";
    auto finished =
        (*finish)->run(end.finished_at, state, data_through, kind, message, agency, next.id);
    if (!finished) {
        return failed("finish pull", finished.error());
    }
    if (auto committed = transaction->commit(); !committed) {
        return failed("finish pull", committed.error());
    }
    run = next;
    return {};
}

Result<int> Store::close_interrupted(Instant now) {
    auto close = statement(
        "UPDATE pull SET state = 'failed', finished_at = max(started_at, ?),"
        " error_kind = 'stopped', error = 'interrupted before its end'"
        " WHERE agency = ? AND state = 'running' RETURNING id"
    );
    if (!close) {
        return std::unexpected(close.error());
    }
    int closed = 0;
    (*close)->bind(now, agency);
    const auto read = (*close)->for_each_row([&](const Statement&) { ++closed; });
    if (!read) {
        return failed("close interrupted pulls", read.error());
    }
    return closed;
}

Result<SourceProgress> Store::progress(std::string_view source) {
    auto find = statement(
        "SELECT max(p.data_through), max(CASE WHEN p.is_sweep THEN p.started_at END)"
        " FROM pull p JOIN source s ON s.agency = p.agency AND s.id = p.source"
        " WHERE p.agency = ? AND s.name = ? AND p.state = 'complete'"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto row = (*find)->bind(agency, source).step();
    if (!row) {
        return std::unexpected(row.error());
    }
    const SourceProgress progress{(*find)->instant_or_null(0), (*find)->instant_or_null(1)};
    (*find)->reset();
    return progress;
}

Result<std::vector<PullSummary>> Store::last_pulls() {
    auto find = statement(
        "SELECT s.name, p.started_at, p.finished_at, p.state, p.slices, coalesce(p.error, '')"
        " FROM source s JOIN pull p ON p.agency = s.agency AND p.id ="
        " (SELECT max(id) FROM pull q WHERE q.agency = s.agency AND q.source = s.id)"
        " WHERE s.agency = ? ORDER BY s.name"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<PullSummary> pulls;
    (*find)->bind(agency);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        pulls.push_back(
            {row.text(0),
             *row.instant_or_null(1),
             row.instant_or_null(2),
             row.text(3),
             static_cast<int>(row.integer(4)),
             row.text(5)}
        );
    });
    if (!read) {
        return std::unexpected(read.error());
    }
    return pulls;
}

Result<std::vector<std::string>> Store::open_references(
    std::string_view source, std::string_view look_up_source, Instant now, LookUpScope scope
) {
    const auto records = source_id(source);
    const auto payments = source_id(look_up_source);
    auto find = statement(
        "SELECT DISTINCT n.reference FROM dossier_version v"
        " JOIN named_payment n ON n.agency = v.agency AND n.source = v.source"
        " AND n.dossier = v.dossier AND n.version = v.version"
        " LEFT JOIN look_up l ON l.agency = v.agency AND l.source = ?1"
        " AND l.reference = n.reference"
        " WHERE v.agency = ?2 AND v.source = ?3 AND v.known_until IS NULL AND n.gateway = ?4"
        " AND n.reference <> '' AND (l.reference IS NULL"
        " OR (l.next_at IS NOT NULL AND (?5 OR l.next_at <= ?6)))"
        " ORDER BY n.reference"
    );
    if (!records || !payments || !find) {
        return std::unexpected(
            !records    ? records.error()
            : !payments ? payments.error()
                        : find.error()
        );
    }
    (*find)->bind(
        *payments,
        agency,
        *records,
        static_cast<int>(Gateway::Dvcqg),
        scope == LookUpScope::Everything,
        now
    );
    std::vector<std::string> references;
    const auto read =
        (*find)->for_each_row([&](const Statement& row) { references.push_back(row.text(0)); });
    if (!read) {
        return failed("open references", read.error());
    }
    return references;
}

}  // namespace thidua::store
