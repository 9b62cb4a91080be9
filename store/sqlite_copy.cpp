// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Copies a database that is in use, by SQLite's backup interface. What this connection writes
// meanwhile goes into the copy as well; what another one writes makes it begin again.
#include "store/sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <utility>

namespace thidua::store {
namespace {

/// A megabyte at a time: between two steps nothing is locked, and a writer gets its turn.
constexpr int pages_per_step = 256;

/// A reader's copy begins again when somebody else commits. After so many beginnings the rest is
/// copied in one step, for which a writer has to wait.
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

class SqliteCopy final : public DatabaseCopy {
  public:
    SqliteCopy(std::filesystem::path target, sqlite3* source, sqlite3* opened)
        : target_(std::move(target)),
          is_own_writer_(sqlite3_db_readonly(source, "main") == 0),
          copy_(opened) {}

    Result<void> start(sqlite3* source) {
        backup_.reset(sqlite3_backup_init(copy_.get(), "main", source, "main"));
        return backup_ ? Result<void>{}
                       : copy_error(target_, sqlite3_extended_errcode(copy_.get()));
    }

    Result<CopyState> step() override {
        const bool is_patient = is_own_writer_ || restarts_ < restarts_max;
        int code = sqlite3_backup_step(backup_.get(), is_patient ? pages_per_step : -1);
        if (code != SQLITE_OK && code != SQLITE_DONE) {
            return copy_error(target_, code);  // a busy writer was waited for already
        }
        CopyState state;
        state.is_whole = code == SQLITE_DONE;
        const int left = sqlite3_backup_remaining(backup_.get());
        state.total = sqlite3_backup_pagecount(backup_.get());
        state.done = state.is_whole ? state.total : state.total - left;
        restarts_ += left_before_ >= 0 && left >= left_before_ ? 1 : 0;
        left_before_ = left;
        if (state.is_whole) {
            code = sqlite3_backup_finish(backup_.release());
        }
        return code == SQLITE_OK ? Result<CopyState>(state) : copy_error(target_, code);
    }

  private:
    std::filesystem::path target_;
    bool is_own_writer_;  ///< nobody else writes: it never has to begin again
    std::unique_ptr<sqlite3, Close> copy_;
    std::unique_ptr<sqlite3_backup, Finish> backup_;  // ends before the database that it fills
    int restarts_ = 0;
    int left_before_ = -1;
};

}  // namespace

Result<std::unique_ptr<DatabaseCopy>> SqliteDatabase::start_copy(const std::filesystem::path& target
) {
    sqlite3* opened = nullptr;
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int code = sqlite3_open_v2(target.c_str(), &opened, flags, nullptr);
    auto copy = std::make_unique<SqliteCopy>(target, handle_.get(), opened);
    if (code != SQLITE_OK) {
        return copy_error(target, code);
    }
    if (auto started = copy->start(handle_.get()); !started) {
        return std::unexpected(started.error());
    }
    return copy;
}

}  // namespace thidua::store
