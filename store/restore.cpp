// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/restore.hpp"

#include "store/backup.hpp"
#include "store/migrations.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace thidua::store {
namespace {

const std::string journal_suffix = "-journal";

std::filesystem::path beside(const std::filesystem::path& path, const std::string& suffix) {
    return path.string() + suffix;
}

Result<int> read_schema(const std::filesystem::path& path) {
    auto database = Database::open(path, Access::ReadOnly);
    return database ? (*database)->schema_version() : std::unexpected(database.error());
}

Result<void> check_chain(
    Store& store, const std::filesystem::path& backup, const ProgressSink& told
) {
    const auto report = store.audit_verify(told);
    if (!report) {
        return std::unexpected(report.error());
    }
    return report->faults.empty()
               ? Result<void>{}
               : fail(
                     ErrorKind::Io,
                     fmt::format(
                         "backup {}: its audit chain is broken: {}; use another one",
                         backup.string(),
                         report->faults.front().problem
                     )
                 );
}

/// The backup's schema, once it is known to be whole.
Result<int> check_backup(const std::filesystem::path& backup, const ProgressSink& told) {
    if (auto whole = check_integrity(backup); !whole) {
        return std::unexpected(whole.error());
    }
    const auto schema = read_schema(backup);
    if (!schema || (*schema > 0 && *schema < schema_version)) {
        return schema;  // the chain of an older one is verified once it is brought up to date
    }
    auto store = Store::open(backup, Access::ReadOnly);  // refuses an empty and a newer one
    auto whole = store ? check_chain(*store, backup, told) : std::unexpected(store.error());
    return whole ? schema : std::unexpected(whole.error());
}

void remove_leftovers(const std::filesystem::path& path) {
    std::error_code ignored;
    for (const char* suffix : {"", "-journal", ".witness"}) {
        std::filesystem::remove(beside(path, suffix), ignored);
    }
}

/// Moves the store that is there out of the way. What an interrupted writer left of a transaction
/// is rolled back first: its journal must never meet another database.
Result<std::filesystem::path> keep_replaced(const std::filesystem::path& path, Instant now) {
    std::error_code code;
    if (!std::filesystem::exists(path, code)) {
        return std::filesystem::path();
    }
    if (auto current = Database::open(path, Access::ReadWrite)) {
        (void)(*current)->schema_version();  // a damaged one is kept as it is
    }
    auto kept = free_name(path, "before-restore", now);
    const auto journal = beside(path, journal_suffix);
    if (std::filesystem::exists(journal, code) && std::filesystem::file_size(journal, code) > 0) {
        std::filesystem::rename(journal, beside(kept, journal_suffix), code);
        if (code) {
            return fail(ErrorKind::Io, "rename " + journal.string() + ": " + code.message());
        }
    }
    // A second name, so that there is a store at every moment; where the file system knows no
    // second names, there is none for an instant.
    if (::link(path.c_str(), kept.c_str()) != 0) {
        std::filesystem::rename(path, kept, code);
        if (code) {
            return fail(ErrorKind::Io, "rename " + path.string() + ": " + code.message());
        }
    }
    return kept;
}

}  // namespace

/// What needs the store's inside.
class Restore {
  public:
    /// Begins a new epoch in `store`, above `others`, and records why; not witnessed yet.
    static Result<Restored> begin_epoch(
        Store& store,
        const std::optional<WitnessLine>& seen,
        std::int64_t others,
        Instant now,
        AuditNote note
    ) {
        const auto own = store.epoch();
        const auto head = store.audit_head();
        auto transaction = Transaction::begin(*store.database_);
        if (!own || !head || !transaction) {
            return std::unexpected(!own ? own.error() : !head ? head.error() : transaction.error());
        }
        Restored restored{*head, seen, 0, {}};
        restored.epoch = std::max({*own, seen ? seen->epoch : 0, others}) + 1;
        note.detail = fmt::format(
            "epoch={} entry={} witnessed_epoch={} witnessed={} {}",
            restored.epoch,
            head->number,
            seen ? seen->epoch : 0,
            seen ? seen->height : 0,
            note.detail
        );
        Result<void> done = store.set_meta("epoch", std::to_string(restored.epoch));
        done = done ? store.audit(now, std::move(note)) : done;
        done = done ? transaction->commit() : done;
        if (!done) {
            return std::unexpected(done.error());
        }
        store.epoch_ = restored.epoch;
        return restored;
    }

    static Result<void> bear_witness(Store& store) {
        const auto head = store.audit_head();
        if (!head) {
            return std::unexpected(head.error());
        }
        store.recorded_ = *head;
        return store.bear_witness(Witness::Sync::Yes);
    }

    static Result<void> disagreement(Store& store) { return store.check_witness(); }

    /// The epoch of the store that is there; 0 if it cannot be read.
    static std::int64_t epoch_of(const Location& location) {
        auto store = Store::open(location, Access::ReadOnly);
        const auto epoch = store ? store->epoch() : Result<std::int64_t>(0);
        return epoch.value_or(0);
    }
};

namespace {

/// Makes the copy that is to be used: brought up to date, in a new epoch, verified.
Result<Restored> make_copy(
    const RestoreOrder& order,
    const std::filesystem::path& copy,
    const std::optional<WitnessLine>& seen,
    const ProgressSink& told
) {
    const auto schema = check_backup(order.backup, told);
    if (!schema) {
        return std::unexpected(schema.error());
    }
    auto backup = Database::open(order.backup, Access::ReadOnly);
    Result<void> done = make_empty(copy);
    if (done) {
        done = backup ? (*backup)->copy_to(copy, told) : std::unexpected(backup.error());
    }
    done = done ? migrate_copy(copy, *schema, order.now, told) : done;
    if (!done) {
        return std::unexpected(done.error());
    }
    auto store = Store::open(copy, Access::ReadWrite, Store::Agreement::Waived);
    if (!store) {
        return std::unexpected(store.error());
    }
    if (*schema < schema_version) {
        if (auto whole = check_chain(*store, order.backup, told); !whole) {
            return std::unexpected(whole.error());
        }
    }
    auto restored = Restore::begin_epoch(
        *store,
        seen,
        Restore::epoch_of(order.store),
        order.now,
        {"restored",
         order.backup.filename().string(),
         fmt::format("schema={} by={}", *schema, order.by)}
    );
    const auto verified =
        restored ? store->verify(told) : Result<Verification>(std::unexpected(restored.error()));
    if (!verified) {
        return std::unexpected(verified.error());
    }
    if (verified->problems != 0) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "backup {}: {} problems, the first: {}; use another one",
                order.backup.string(),
                verified->problems,
                verified->first_problems.front()
            )
        );
    }
    return restored;
}

}  // namespace

Result<Restored> restore(const RestoreOrder& order, const ProgressSink& told) {
    if (!order.store.url.empty()) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "restore: the store {} is on PostgreSQL; bring its database back with pg_restore, "
                "then go on with 'thidua restore --accept-loss --by NAME' if the next command that "
                "writes names missing entries",
                order.store.shown()
            )
        );
    }
    const std::filesystem::path& path = order.store.path;
    std::error_code code;
    if (std::filesystem::equivalent(path, order.backup, code)) {
        return fail(ErrorKind::Usage, "restore: the backup is the store itself");
    }
    const auto seen = Witness(path).last();
    if (!seen) {
        return failed("restore", seen.error());
    }
    const auto copy = beside(path, ".restoring");
    remove_leftovers(copy);
    auto restored = make_copy(order, copy, *seen, told);
    auto done = restored ? check_integrity(copy) : std::unexpected(restored.error());
    auto replaced = done ? keep_replaced(path, order.now) : std::unexpected(done.error());
    if (!replaced) {
        remove_leftovers(copy);
        return failed("restore", replaced.error());
    }
    restored->replaced = *std::move(replaced);
    done = put_in_place(copy, path);
    remove_leftovers(copy);
    auto store = done ? Store::open(path, Access::ReadWrite, Store::Agreement::Waived)
                      : std::unexpected(done.error());
    done = store ? Restore::bear_witness(*store) : std::unexpected(store.error());
    return done ? restored : failed("restore", done.error());
}

Result<Restored> accept_loss(const Location& location, const std::string& by, Instant now) {
    const auto seen = Witness(location.path).last();
    if (!seen) {
        return std::unexpected(seen.error());
    }
    auto store = Store::open(location, Access::ReadWrite, Store::Agreement::Waived);
    if (!store) {
        return std::unexpected(store.error());
    }
    if (Restore::disagreement(*store)) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "store {}: it agrees with its witness, nothing is missing", location.shown()
            )
        );
    }
    auto accepted = Restore::begin_epoch(
        *store, *seen, 0, now, {"loss-accepted", location.path.filename().string(), "by=" + by}
    );
    const auto told = accepted ? Restore::bear_witness(*store) : std::unexpected(accepted.error());
    return told ? accepted : failed("accept the loss", told.error());
}

}  // namespace thidua::store
