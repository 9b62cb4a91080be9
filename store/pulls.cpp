// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/pulls.hpp"

#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::store {

Result<void> Store::write_pull_row(PullRun& run, std::int64_t source) {
    if (run.id != 0) {
        auto count =
            statement("UPDATE pull SET slices = ?, repeats = ? WHERE agency = ? AND id = ?");
        if (!count) {
            return std::unexpected(count.error());
        }
        return (*count)->run(run.slices, run.repeats, agency, run.id);
    }
    auto add = statement(
        "INSERT INTO pull (agency, id, source, started_at, is_sweep, state, slices, repeats, kind)"
        " SELECT ?1, coalesce(max(id), 0) + 1, ?2, ?3, ?4, 'running', ?5, ?6, ?7 FROM pull"
        " WHERE agency = ?1 RETURNING id"
    );
    if (!add) {
        return std::unexpected(add.error());
    }
    (*add)->bind(
        agency, source, run.started_at, run.is_sweep, run.slices, run.repeats, to_text(run.kind)
    );
    const auto row = (*add)->step();
    if (!row) {
        return std::unexpected(row.error());
    }
    run.id = (*add)->integer(0);
    (*add)->reset();
    return {};
}

Result<void> Store::finish_pull(PullRun& run, const PullEnd& end) {
    auto transaction = Transaction::begin(*database_);
    if (!transaction) {
        return failed("finish pull", transaction.error());
    }
    const auto source = source_id(run.source, run.records);
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
    } else if (run.kind == PullKind::Pull) {
        data_through = run.started_at;
    }
    const std::string_view state = end.error ? "failed" : "complete";
    auto finished =
        (*finish)->run(end.finished_at, state, data_through, kind, message, agency, next.id);
    if (finished) {
        finished = audit(
            end.finished_at,
            note_of(PullAccount{
                next.id,
                run.source,
                std::string(state),
                kind.value_or(""),
                next.slices,
                next.repeats,
                std::string(to_text(run.kind))})
        );
    }
    if (!finished) {
        return failed("finish pull", finished.error());
    }
    if (auto committed = transaction->commit(); !committed) {
        return failed("finish pull", committed.error());
    }
    run = next;
    return bear_witness(Witness::Sync::Yes);
}

Result<int> Store::close_interrupted(Instant now) {
    auto find = statement(
        "SELECT p.id, s.name, p.slices, p.repeats, p.kind FROM pull p"
        " JOIN source s ON s.agency = p.agency AND s.id = p.source"
        " WHERE p.agency = ? AND p.state = 'running' ORDER BY p.id"
    );
    auto close = statement(
        "UPDATE pull SET state = 'failed', error_kind = 'stopped',"
        " error = 'interrupted before its end',"
        " finished_at = CASE WHEN started_at > ?1 THEN started_at ELSE ?1 END"
        " WHERE agency = ?2 AND id = ?3"
    );
    if (!find || !close) {
        return std::unexpected(find ? close.error() : find.error());
    }
    std::vector<PullAccount> pulls;
    (*find)->bind(agency);
    auto done = (*find)->for_each_row([&](const Statement& row) {
        PullAccount& pull = pulls.emplace_back();
        pull.id = row.integer(0);
        pull.source = row.text(1);
        pull.state = "failed";
        pull.error_kind = "stopped";
        pull.slices = row.integer(2);
        pull.repeats = row.integer(3);
        pull.kind = row.text(4);
    });
    for (const PullAccount& pull : pulls) {
        if (done) {
            done = record(now, note_of(pull), [&] { return (*close)->run(now, agency, pull.id); });
        }
    }
    if (!done) {
        return failed("close interrupted pulls", done.error());
    }
    return static_cast<int>(pulls.size());
}

Result<SourceProgress> Store::progress(std::string_view source) {
    auto find = statement(
        "SELECT max(p.data_through), max(CASE WHEN p.is_sweep = 1 THEN p.started_at END)"
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

Result<std::vector<PullSummary>> Store::pulls(const PullQuery& query) {
    auto find = statement(
        "SELECT p.id, s.name, p.is_sweep, p.started_at, p.finished_at, p.state, p.slices, "
        "p.repeats,"
        " coalesce(l.records, 0), coalesce(l.changed, 0), coalesce(p.error_kind, ''),"
        " coalesce(p.error, ''), p.kind FROM pull p"
        " JOIN source s ON s.agency = p.agency AND s.id = p.source"
        " LEFT JOIN (SELECT pull, CAST(sum(records) AS BIGINT) AS records,"
        "  CAST(sum(changed) AS BIGINT) AS changed FROM slice WHERE agency = ?1 GROUP BY pull) l"
        " ON l.pull = p.id WHERE p.agency = ?1 AND (?2 = '' OR s.name = ?2) AND (?3 = 0 OR p.id ="
        " (SELECT max(q.id) FROM pull q WHERE q.agency = p.agency AND q.source = p.source"
        "  AND q.kind = 'pull'))"
        " ORDER BY p.id DESC LIMIT ?4"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<PullSummary> pulls;
    const bool only_last = query.which == PullQuery::Which::LastOfEachSource;
    (*find)->bind(agency, query.source, only_last, query.limit);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        PullSummary& pull = pulls.emplace_back();
        pull.id = row.integer(0);
        pull.source = row.text(1);
        pull.is_sweep = row.integer(2) != 0;
        pull.started_at = *row.instant_or_null(3);
        pull.finished_at = row.instant_or_null(4);
        pull.state = row.text(5);
        pull.slices = static_cast<int>(row.integer(6));
        pull.repeats = static_cast<int>(row.integer(7));
        pull.records = row.integer(8);
        pull.changed = row.integer(9);
        pull.error_kind = row.text(10);
        pull.error = row.text(11);
        pull.kind = row.text(12);
    });
    if (!read) {
        return failed("pulls", read.error());
    }
    return pulls;
}

Result<std::vector<SliceSummary>> Store::slices() {
    auto find = statement(
        "SELECT l.id, s.name, l.key, l.published_at, l.records, l.changed, l.sha256, l.pull,"
        " p.started_at FROM slice l JOIN source s ON s.agency = l.agency AND s.id = l.source"
        " JOIN pull p ON p.agency = l.agency AND p.id = l.pull WHERE l.agency = ? ORDER BY l.id"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<SliceSummary> slices;
    (*find)->bind(agency);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        SliceSummary& slice = slices.emplace_back();
        slice.id = row.integer(0);
        slice.source = row.text(1);
        slice.key = row.text(2);
        slice.published_at = *row.instant_or_null(3);
        slice.records = row.integer(4);
        slice.changed = row.integer(5);
        slice.sha256 = row.text(6);
        slice.pull = row.integer(7);
        slice.pull_started_at = *row.instant_or_null(8);
    });
    if (!read) {
        return failed("slices", read.error());
    }
    return slices;
}

}  // namespace thidua::store
