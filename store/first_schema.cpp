// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/first_schema.hpp"

#include "store/audit_rows.hpp"
#include "store/dossier_key.hpp"
#include "store/first_schema_sql.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"
#include "store/versions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace thidua::store {
namespace {

struct OldSlice {
    std::int64_t id = 0;
    std::int64_t source = 0;
    Instant published_at;
};

/// A row of dossier_version, whose payments are yet to be read.
struct OldVersion {
    std::int64_t dossier = 0;
    std::int64_t version = 0;
    DossierRecord record;
};

/// A dossier that was found to be another one.
struct OldMerge {
    std::int64_t given_up = 0;
    std::int64_t stands_for = 0;
    Instant at;
};

OldVersion read_version(const Statement& row) {
    OldVersion old{row.integer(0), row.integer(1), {}};
    DossierRecord& record = old.record;
    record.procedure_code = row.text(2);
    record.unit_code = row.text(3);
    record.channel = static_cast<Channel>(row.integer(4));
    record.status = static_cast<int>(row.integer(5));
    record.applied_at = row.instant_or_null(6);
    record.accepted_at = row.instant_or_null(7);
    record.due_at = row.instant_or_null(8);
    record.finished_at = row.instant_or_null(9);
    record.fee_count = row.integer(10);
    record.fee_total = row.integer(11);
    record.paid_flag = static_cast<int>(row.integer(12));
    return old;
}

}  // namespace

/// Tells the old versions to the new tables.
class FirstSchema {
  public:
    static Result<void> migrate(
        std::unique_ptr<Database> database,
        const Location& location,
        Instant now,
        const ProgressSink& told
    ) {
        auto tables = make_version_tables(*database);
        Store store(std::move(database), std::move(tables), location);
        return FirstSchema(store).run(now, told);
    }

  private:
    explicit FirstSchema(Store& store) : store_(store) {}

    Result<void> run(Instant now, const ProgressSink& told) {
        Database& database = *store_.database_;
        auto transaction = Transaction::begin(database);
        if (!transaction) {
            return std::unexpected(transaction.error());
        }
        Result<void> done = database.execute(std::string(set_aside_sql));
        done = done ? database.execute(std::string(second_schema_sql)) : done;
        done = done ? database.execute(std::string(take_over_sql)) : done;
        done = done ? replay(told) : done;
        done = done ? write_audit(now) : done;
        store_.statements_.clear();  // they hold on to tables that now go
        done = done ? database.execute(std::string(finish_sql)) : done;
        done = done ? transaction->commit() : done;
        return done ? store_.bear_witness(Witness::Sync::Yes) : done;
    }

    Result<void> replay(const ProgressSink& told) {
        Result<void> done = read_codes();
        done = done ? read_merges() : done;
        const auto slices = done ? read_slices() : std::unexpected(done.error());
        if (!slices) {
            return std::unexpected(slices.error());
        }
        for (std::size_t at = 0; at < slices->size(); ++at) {
            const OldSlice& slice = (*slices)[at];
            if (auto replayed = replay_slice(slice); !replayed) {
                return failed(fmt::format("slice {}", slice.id), replayed.error());
            }
            const bool is_last = at + 1 == slices->size();
            const Instant until = is_last ? Instant::max() : (*slices)[at + 1].published_at;
            if (auto merged = merge_until(slice, until); !merged) {
                return failed(fmt::format("slice {}", slice.id), merged.error());
            }
            tell(
                told, static_cast<std::int64_t>(at) + 1, static_cast<std::int64_t>(slices->size())
            );
        }
        return {};
    }

    /// A dossier's first code of the usual shape is its own; the others are aliases.
    Result<void> read_codes() {
        auto find = store_.statement(
            "SELECT dossier, code FROM old_dossier_code WHERE agency = ? ORDER BY dossier, code"
        );
        if (!find) {
            return std::unexpected(find.error());
        }
        (*find)->bind(agency);
        auto read = (*find)->for_each_row([&](const Statement& row) {
            codes_[row.integer(0)].push_back(row.text(1));
        });
        for (auto& [dossier, codes] : codes_) {
            const auto usual = std::ranges::find_if(codes, [](const std::string& code) {
                return parse_code(code).has_value();
            });
            if (usual != codes.end()) {
                std::rotate(codes.begin(), usual, usual + 1);
            }
        }
        return read;
    }

    /// When it was found out is when the last version under the number that was given up ended.
    Result<void> read_merges() {
        auto find = store_.statement(
            "SELECT d.id, d.replaced_by, max(v.known_until) FROM old_dossier d"
            " JOIN old_dossier_version v ON v.agency = d.agency AND v.dossier = d.id"
            " WHERE d.agency = ? AND d.replaced_by IS NOT NULL"
            " GROUP BY d.id, d.replaced_by ORDER BY 3, 1"
        );
        if (!find) {
            return std::unexpected(find.error());
        }
        (*find)->bind(agency);
        auto read = (*find)->for_each_row([&](const Statement& row) {
            merges_.push_back(
                {row.integer(0), row.integer(1), row.instant_or_null(2).value_or(Instant::max())}
            );
            codes_[row.integer(0)] = {fmt::format("replaced-{}", row.integer(0))};
        });
        return read;
    }

    Result<std::vector<OldSlice>> read_slices() {
        auto find = store_.statement(
            "SELECT id, source, published_at FROM slice WHERE agency = ? ORDER BY id"
        );
        if (!find) {
            return std::unexpected(find.error());
        }
        std::vector<OldSlice> slices;
        (*find)->bind(agency);
        const auto read = (*find)->for_each_row([&](const Statement& row) {
            slices.push_back({row.integer(0), row.integer(1), *row.instant_or_null(2)});
        });
        return read ? Result<std::vector<OldSlice>>(std::move(slices))
                    : std::unexpected(read.error());
    }

    Result<void> replay_slice(const OldSlice& slice) {
        auto dossiers = read_dossiers(slice);
        const auto payments = read_payments(slice);
        if (!dossiers || !payments) {
            return std::unexpected(dossiers ? payments.error() : dossiers.error());
        }
        Versions versions(store_, slice.source, slice.id, slice.published_at);
        Result<void> done = versions.add(*dossiers);
        for (const PaymentRecord& payment : *payments) {
            const auto no_look_up = [](PaymentState, int, Instant) { return std::nullopt; };
            done = done ? versions.add(payment, no_look_up) : done;
        }
        return done ? versions.finish() : done;
    }

    Result<std::vector<DossierRecord>> read_dossiers(const OldSlice& slice) {
        auto find = store_.statement(
            "SELECT dossier, version, procedure_code, unit_code, channel, status, applied_at,"
            " accepted_at, due_at, finished_at, fee_count, fee_total, paid_flag"
            " FROM old_dossier_version WHERE agency = ? AND slice = ? ORDER BY dossier, version"
        );
        if (!find) {
            return std::unexpected(find.error());
        }
        std::vector<OldVersion> old;
        (*find)->bind(agency, slice.id);
        const auto read =
            (*find)->for_each_row([&](const Statement& row) { old.push_back(read_version(row)); });
        if (!read) {
            return std::unexpected(read.error());
        }
        std::vector<DossierRecord> records;
        records.reserve(old.size());
        for (OldVersion& version : old) {
            if (auto named = name(version); !named) {
                return std::unexpected(named.error());
            }
            auto paid = read_named_payments(slice.source, version);
            if (!paid) {
                return std::unexpected(paid.error());
            }
            records.push_back(std::move(version.record));
        }
        return records;
    }

    Result<void> name(OldVersion& version) {
        const auto codes = codes_.find(version.dossier);
        if (codes == codes_.end() || codes->second.empty()) {
            return fail(
                ErrorKind::Io,
                fmt::format(
                    "dossier {} has no code in the old store; restore a backup", version.dossier
                )
            );
        }
        version.record.code = codes->second.front();
        // Told once; from then on the new tables know them.
        version.record.aliases.assign(codes->second.begin() + 1, codes->second.end());
        codes->second.resize(1);
        return {};
    }

    Result<void> read_named_payments(std::int64_t source, OldVersion& version) {
        auto find = store_.statement(
            "SELECT reference, gateway, state, paid_at FROM old_named_payment"
            " WHERE agency = ? AND source = ? AND dossier = ? AND version = ? ORDER BY position"
        );
        if (!find) {
            return std::unexpected(find.error());
        }
        (*find)->bind(agency, source, version.dossier, version.version);
        return (*find)->for_each_row([&](const Statement& row) {
            version.record.payments.push_back(
                {row.text(0),
                 static_cast<Gateway>(row.integer(1)),
                 static_cast<PaymentState>(row.integer(2)),
                 row.instant_or_null(3)}
            );
        });
    }

    Result<std::vector<PaymentRecord>> read_payments(const OldSlice& slice) {
        auto find = store_.statement(
            "SELECT reference, state, settled_at, amount FROM old_payment_version"
            " WHERE agency = ? AND slice = ? ORDER BY reference, version"
        );
        if (!find) {
            return std::unexpected(find.error());
        }
        std::vector<PaymentRecord> records;
        (*find)->bind(agency, slice.id);
        const auto read = (*find)->for_each_row([&](const Statement& row) {
            records.push_back(
                {row.text(0),
                 static_cast<PaymentState>(row.integer(1)),
                 row.instant_or_null(2),
                 row.integer_or_null(3)}
            );
        });
        return read ? Result<std::vector<PaymentRecord>>(std::move(records))
                    : std::unexpected(read.error());
    }

    /// Ends what was found out before `until` to be another dossier, at the last slice of its time.
    Result<void> merge_until(const OldSlice& slice, Instant until) {
        for (; next_merge_ < merges_.size() && merges_[next_merge_].at < until; ++next_merge_) {
            if (auto merged = merge(slice, merges_[next_merge_]); !merged) {
                return merged;
            }
        }
        return {};
    }

    /// As schema 1 did it: all its streams end, and none goes on under the other number.
    Result<void> merge(const OldSlice& slice, const OldMerge& merge) {
        Identity identity(store_, *store_.tables_);
        const auto given_up = identity.number_of(codes_[merge.given_up].front());
        const auto stands_for = identity.number_of(codes_[merge.stands_for].front());
        const auto sources = store_.source_ids();
        if (!given_up || !stands_for || !sources) {
            return std::unexpected(
                !given_up     ? given_up.error()
                : !stands_for ? stands_for.error()
                              : sources.error()
            );
        }
        std::vector<std::int64_t> streams;
        for (const std::int64_t source : *sources) {
            streams.push_back(stream_of(*given_up, source));
        }
        const auto rows = store_.tables_->read(streams);
        if (!rows) {
            return std::unexpected(rows.error());
        }
        VersionBatch batch;
        RollupChange change;
        batch.aliases.push_back({*given_up, *stands_for});
        for (const DossierRow& row : *rows) {
            const auto named = platform_references(row);
            const auto facts =
                store_.tables_->facts(std::vector<std::string>(named.begin(), named.end()));
            if (!facts) {
                return std::unexpected(facts.error());
            }
            end_stream(row, slice.id, *facts, batch, change);
        }
        const auto written = store_.tables_->write(batch);
        return written ? store_.tables_->add(std::move(change)) : written;
    }

    /// The chain begins with what was there: what is published from now on has entries of its own.
    Result<void> write_audit(Instant now) {
        auto count = store_.statement("SELECT count(*) FROM slice WHERE agency = ?");
        // Later schemas have more columns for deliveries than the one that this step leads to.
        const auto archive = delivery_accounts(
            store_,
            "SELECT edition, recipient, state, attempts, coalesce(reply_code, 0), sha256"
            " FROM delivery WHERE agency = ? ORDER BY edition, recipient"
        );
        const auto editions = store_.editions();
        if (!count || !archive || !editions) {
            return std::unexpected(
                !count     ? count.error()
                : !archive ? archive.error()
                           : editions.error()
            );
        }
        const auto slices =
            (*count)->bind(agency).first_row([](const Statement& row) { return row.integer(0); });
        if (!slices) {
            return std::unexpected(slices.error());
        }
        Result<void> done = store_.audit(
            now,
            {"migrated",
             "schema",
             fmt::format(
                 "from=1 to=2 slices={} editions={}", slices->value_or(0), editions->size()
             )}
        );
        for (const EditionSummary& edition : *editions) {
            const auto note = edition_note(store_, edition.id);
            done = !done ? done : !note ? std::unexpected(note.error()) : store_.audit(now, **note);
        }
        for (const DeliveryAccount& delivery : *archive) {
            const bool has_outcome = delivery.state != "pending" && delivery.state != "attempting";
            done = done && has_outcome ? store_.audit(now, note_of(delivery)) : done;
        }
        return done;
    }

    Store& store_;
    std::map<std::int64_t, std::vector<std::string>> codes_;  ///< by old number, its own first
    std::vector<OldMerge> merges_;                            ///< by the time they were found out
    std::size_t next_merge_ = 0;
};

Result<void> migrate_from_1(const Location& location, Instant now, const ProgressSink& told) {
    auto database = Database::open(location, Access::ReadWrite);
    return database ? FirstSchema::migrate(*std::move(database), location, now, told)
                    : std::unexpected(database.error());
}

}  // namespace thidua::store
