// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the pages show, read once for all who look: the figures of today with what is still to be
// done, and those of the weeks before.
#pragma once

#include "config/settings.hpp"
#include "daemon/measure.hpp"
#include "daemon/past_weeks.hpp"
#include "daemon/session.hpp"
#include "rules/actions.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace thidua::daemon::web {

/// A way of its own to the store, for reading beside the daemon. Used by one thread.
class Reader {
  public:
    /// Errors: Io if the store cannot be had.
    [[nodiscard]] static Result<std::unique_ptr<Reader>> open(
        std::shared_ptr<const config::Settings> settings
    );

    [[nodiscard]] const config::Settings& settings() const { return *settings_; }
    [[nodiscard]] const Service& service() const { return session_->service(); }
    [[nodiscard]] SharedStore& store() const { return session_->store(); }
    [[nodiscard]] Instant now() const { return session_->clock().now(); }

  private:
    Reader(std::shared_ptr<const config::Settings> settings, std::unique_ptr<Session> session)
        : settings_(std::move(settings)), session_(std::move(session)) {}

    std::shared_ptr<const config::Settings> settings_;
    std::unique_ptr<Session> session_;
};

/// The figures as they were read. It has views of itself: it does not move.
struct Snapshot {
    explicit Snapshot(FigureBasis loaded) : basis(std::move(loaded)), input(basis.input()) {}
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

    FigureBasis basis;
    rules::StandingsInput input;
    rules::Standings standings;
    rules::Actions actions;  ///< in the order of the standings
    PastWeeks past;
};

/// The newest snapshot, made again once something new is on file, another day has begun, or a
/// minute has passed. Belongs to a Reader, and goes before it. Used by one thread.
class SnapshotKeeper {
  public:
    /// Errors: Usage before the campaign's first day; Io.
    [[nodiscard]] Result<const Snapshot*> get(const Reader& reader);
    void forget() { snapshot_.reset(); }

  private:
    std::unique_ptr<Snapshot> snapshot_;
    std::int64_t newest_entry_ = 0;  // of the audit chain: everything that counts has one
    Day day_{};
    std::chrono::steady_clock::time_point made_at_{};
};

}  // namespace thidua::daemon::web
