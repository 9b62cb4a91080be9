// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A slice on its way into the store: all of it in one transaction, or nothing of it.
#include "core/spool.hpp"
#include "store/dossier_key.hpp"
#include "store/intake_rows.hpp"
#include "store/purge.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"
#include "store/versions.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::store {
namespace {

Result<void> add_records(Versions& versions, const SliceToPublish& what) {
    if (what.gathered_by != 0) {
        if (auto left = versions.leave_later_than(what.gathered_by, what.slice.key); !left) {
            return left;
        }
    }
    if (what.slice.spooled) {
        auto added = what.slice.spooled->for_each(
            Versions::batch_size,
            [&](std::span<DossierRecord> records) { return versions.add(records); }
        );
        if (!added) {
            return added;
        }
    }
    if (auto added = versions.add(what.slice.dossiers); !added) {
        return added;
    }
    for (const PaymentRecord& record : what.slice.payments) {
        if (auto added = versions.add(record, what.next_look_up); !added) {
            return added;
        }
    }
    for (const Asked& asked : what.slice.asked) {
        if (auto noted = versions.note_asked(asked, what.next_look_up); !noted) {
            return noted;
        }
    }
    for (const StatisticRecord& record : what.slice.statistics) {
        if (auto added = versions.add(record); !added) {
            return added;
        }
    }
    if (auto added = versions.add(what.slice.procedures, what.slice.key == whole_key); !added) {
        return added;
    }
    return versions.finish();
}

}  // namespace

Result<void> Store::check_not_shrunken(std::int64_t source, const SliceToPublish& what) {
    const bool has_dossiers = !what.slice.dossiers.empty() || what.slice.spooled != nullptr;
    if (has_dossiers && source > sources_max) {
        return fail(
            ErrorKind::Config,
            fmt::format(
                "a store keeps the dossiers of {} sources, and this is one more: give it a store "
                "of "
                "its own (store.path)",
                sources_max
            )
        );
    }
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
    if (!what.slice.payments.empty() || !what.slice.asked.empty()) {
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

Result<std::vector<std::int64_t>> Store::source_ids() {
    auto find = statement("SELECT id FROM source WHERE agency = ? AND id <= ? ORDER BY id");
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<std::int64_t> ids;
    (*find)->bind(agency, sources_max);
    const auto read =
        (*find)->for_each_row([&](const Statement& row) { ids.push_back(row.integer(0)); });
    if (!read) {
        return std::unexpected(read.error());
    }
    return ids;
}

Result<bool> Store::has_print(std::string_view source, std::string_view key, std::uint64_t print) {
    auto find = statement(
        "SELECT p.print FROM slice_print p JOIN source s ON s.agency = p.agency AND s.id = p.source"
        " WHERE p.agency = ? AND s.name = ? AND p.key = ?"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto known = (*find)->bind(agency, source, key).first_row([](const Statement& row) {
        return row.integer(0);
    });
    if (!known) {
        return failed("slice print", known.error());
    }
    return print != 0 && *known == static_cast<std::int64_t>(print);
}

/// The next slice's number and when it is recorded: never before an earlier one, so that what was
/// known at an instant is known by the slices' numbers even if the clock steps back.
Result<Store::SliceStart> Store::start_slice(Instant now) {
    auto find =
        statement("SELECT id, published_at FROM slice WHERE agency = ? ORDER BY id DESC LIMIT 1");
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto last = (*find)->bind(agency).first_row([](const Statement& row) {
        return SliceStart{row.integer(0), *row.instant_or_null(1)};
    });
    if (!last) {
        return std::unexpected(last.error());
    }
    return *last ? SliceStart{(*last)->id + 1, std::max((*last)->published_at, now)}
                 : SliceStart{1, now};
}

/// Keeps the print of a slice whose dossiers all have versions of its own key; takes back the
/// prints of other slices to whose dossiers it gave new versions. So a print that is there vouches
/// for every dossier of its slice, however slices overlap.
Result<void> Store::update_prints(
    std::int64_t source, const Slice& slice, const Versions& versions
) {
    auto find = statement("SELECT source, key FROM slice WHERE agency = ? AND id = ?");
    auto drop = statement("DELETE FROM slice_print WHERE agency = ? AND source = ? AND key = ?");
    auto put = statement(
        "INSERT INTO slice_print (agency, source, key, print) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (agency, source, key) DO UPDATE SET print = excluded.print"
    );
    if (!find || !drop || !put) {
        return std::unexpected(!find ? find.error() : !drop ? drop.error() : put.error());
    }
    bool is_alone = slice.print != 0 && slice.rejected.empty();
    const std::pair own(source, slice.key);
    for (const std::int64_t met : versions.met()) {
        const auto found = (*find)->bind(agency, met).first_row([](const Statement& row) {
            return std::pair(row.integer(0), row.text(1));
        });
        if (!found) {
            return std::unexpected(found.error());
        }
        const auto owner = found->value_or(own);  // there is one: no slice's row ever goes
        if (owner == own) {
            continue;
        }
        is_alone = false;
        if (versions.changed().contains(met)) {
            if (auto dropped = (*drop)->run(agency, owner.first, owner.second); !dropped) {
                return dropped;
            }
        }
    }
    return is_alone ? (*put)->run(agency, source, slice.key, static_cast<std::int64_t>(slice.print))
                    : (*drop)->run(agency, source, slice.key);
}

Result<Published> Store::publish_in_transaction(PullRun& run, const SliceToPublish& what) {
    auto transaction = Transaction::begin(*database_);  // rolls back unless commit() was reached
    if (!transaction) {
        return std::unexpected(transaction.error());
    }
    const auto source = source_id(run.source, run.records);
    if (!source) {
        return std::unexpected(source.error());
    }
    if (auto fit = check_not_shrunken(*source, what); !fit) {
        return std::unexpected(fit.error());
    }
    if (auto written = write_pull_row(run, *source); !written) {
        return std::unexpected(written.error());
    }
    const auto start = start_slice(what.now);
    if (!start) {
        return std::unexpected(start.error());
    }
    Versions versions(*this, *source, start->id, start->published_at);
    if (auto added = add_records(versions, what); !added) {
        return std::unexpected(added.error());
    }
    Published published{record_count(what.slice), versions.opened()};
    Result<void> done = write_slice_row({run, *source, *start, what.slice, published});
    done = done ? update_prints(*source, what.slice, versions) : done;
    auto news = done ? keep_intake(*this, {what.slice, *source, start->id, what.gathered_by})
                     : std::unexpected(done.error());
    if (news) {
        published.news = *std::move(news);
        SliceAccount account;
        account.id = start->id;
        account.source = run.source;
        account.key = what.slice.key;
        account.records = published.records;
        account.changed = published.changed;
        account.sha256 = what.slice.sha256;
        done = audit(start->published_at, note_of(account));
    } else {
        done = std::unexpected(news.error());
    }
    done = done ? transaction->commit() : done;
    if (!done) {
        return std::unexpected(done.error());
    }
    return published;
}

Result<void> Store::write_slice_row(const SliceRow& row) {
    auto add = statement(
        "INSERT INTO slice (agency, id, source, pull, key, published_at, records, changed,"
        " rejected, declared_total, requests, bytes, sha256)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    if (!add) {
        return std::unexpected(add.error());
    }
    return (*add)->run(
        agency,
        row.start.id,
        row.source,
        row.run.id,
        row.slice.key,
        row.start.published_at,
        row.published.records,
        row.published.changed,
        static_cast<std::int64_t>(row.slice.rejected.size()),
        row.slice.declared_total,
        row.slice.requests,
        row.slice.bytes,
        row.slice.sha256
    );
}

Result<Published> Store::publish(PullRun& run, const SliceToPublish& what) {
    if (auto may = refuse_if_purged(*this, "publish " + what.slice.key); !may) {
        return std::unexpected(may.error());
    }
    const auto is_repeat = has_print(run.source, what.slice.key, what.slice.print);
    if (!is_repeat) {
        return failed("publish " + what.slice.key, is_repeat.error());
    }
    PullRun next = run;
    ++next.slices;
    if (*is_repeat) {
        ++next.repeats;
        run = next;
        return Published{record_count(what.slice), 0, /*is_repeat=*/true};
    }
    auto published = publish_in_transaction(next, what);
    if (!published) {
        dictionary_.forget();  // what the undone transaction had added
        if (published.error().kind == ErrorKind::Data) {
            return published;  // names the slice itself
        }
        return failed("publish " + what.slice.key, published.error());
    }
    run = next;
    // Not synced: the end of the pull does that, and a witness that lags behind accuses nobody.
    if (auto told = bear_witness(Witness::Sync::No); !told) {
        return failed("publish " + what.slice.key, told.error());
    }
    return published;
}

}  // namespace thidua::store
