// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Copies a database that is in use, by SQLite's backup interface. What this connection writes
// meanwhile goes into the copy as well; what another one writes makes it begin again.
#include "store/sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>

namespace thidua::store {
namespace {

/// A megabyte at a time: between two steps nothing is locked, and a writer gets its turn.
constexpr int pages_per_step = 256;

/// After so many beginnings the rest is copied in one step, for which a writer has to wait.
constexpr int restarts_max = 5;

struct Finish {
    void operator()(sqlite3_backup* backup) const { (void)sqlite3_backup_finish(backup); }
};
struct Close {
    void operator()(sqlite3* handle) const { (void)sqlite3_close_v2(handle); }
};

std::unexpected<Error> copy_error(const std::filesystem::path& target, int code) {
    const bool is_full = (code & 0xFF) == SQLITE_FULL;
    const bool is_busy = (code & 0xFF) == SQLITE_BUSY;
    return fail(
        is_busy ? ErrorKind::Transient : ErrorKind::Io,
        fmt::format(
            "copy to {}: {} (SQLite {}){}",
            target.string(),
            sqlite3_errstr(code),
            code,
            is_full   ? "; the disk is full: make room, nothing was changed"
            : is_busy ? "; somebody writes without a pause: try again when nothing is pulled"
                      : ""
        )
    );
}

}  // namespace

Result<void> SqliteDatabase::copy_to(
    const std::filesystem::path& target, const ProgressSink& told
) {
    sqlite3* opened = nullptr;
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int code = sqlite3_open_v2(target.c_str(), &opened, flags, nullptr);
    const std::unique_ptr<sqlite3, Close> copy(opened);
    if (code != SQLITE_OK) {
        return copy_error(target, code);
    }
    std::unique_ptr<sqlite3_backup, Finish> backup(
        sqlite3_backup_init(copy.get(), "main", handle_.get(), "main")
    );
    if (!backup) {
        return copy_error(target, sqlite3_extended_errcode(copy.get()));
    }
    int restarts = 0;
    int left_before = -1;
    while (true) {
        const bool is_patient = restarts < restarts_max;
        code = sqlite3_backup_step(backup.get(), is_patient ? pages_per_step : -1);
        if (code != SQLITE_OK && code != SQLITE_DONE) {
            return copy_error(target, code);  // a busy writer was waited for already
        }
        const int total = sqlite3_backup_pagecount(backup.get());
        const int left = sqlite3_backup_remaining(backup.get());
        if (code == SQLITE_DONE) {
            tell(told, total, total);
            break;
        }
        restarts += left_before >= 0 && left >= left_before ? 1 : 0;
        left_before = left;
        tell(told, total - left, total);
    }
    code = sqlite3_backup_finish(backup.release());
    return code == SQLITE_OK ? Result<void>{} : copy_error(target, code);
}

}  // namespace thidua::store
