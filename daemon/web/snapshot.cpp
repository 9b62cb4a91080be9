// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/snapshot.hpp"

#include <utility>

namespace thidua::daemon::web {
namespace {

/// A source goes stale by the clock alone.
constexpr std::chrono::seconds snapshot_lasts{60};

/// The week after that of the newest digest there can be, so that all are read.
IsoWeek week_after(const Campaign& campaign, Day day) {
    return week_of(std::min(day, campaign.end) + std::chrono::weeks{1});
}

Result<std::unique_ptr<Snapshot>> make_snapshot(const Reader& reader) {
    const Instant now = reader.now();
    const Day today = day_of(now);
    auto basis = FigureBasis::load(
        reader.store(), reader.settings(), today, now, FigureBasis::Pieces::Weeks
    );
    if (!basis) {
        return std::unexpected(basis.error());
    }
    auto snapshot = std::make_unique<Snapshot>(*std::move(basis));
    snapshot->standings = rules::measure(snapshot->input);
    snapshot->actions = rules::find_actions(snapshot->input, snapshot->standings);
    auto past = PastWeeks::load(reader.service(), week_after(reader.settings().campaign, today));
    if (!past) {
        return std::unexpected(past.error());
    }
    snapshot->past = *std::move(past);
    return snapshot;
}

}  // namespace

Result<std::unique_ptr<Reader>> Reader::open(std::shared_ptr<const config::Settings> settings) {
    auto session = Session::open(*settings, Session::Purpose::Read, std::nullopt, {});
    if (!session) {
        return std::unexpected(session.error());
    }
    return std::unique_ptr<Reader>(new Reader(std::move(settings), *std::move(session)));
}

Result<const Snapshot*> SnapshotKeeper::get(const Reader& reader) {
    const auto head = reader.store().call([](store::Store& store) { return store.audit_head(); });
    if (!head) {
        return std::unexpected(head.error());
    }
    const Day today = day_of(reader.now());
    const auto now = std::chrono::steady_clock::now();
    const bool is_new = snapshot_ && head->number == newest_entry_ && today == day_ &&
                        now - made_at_ < snapshot_lasts;
    if (!is_new) {
        auto made = make_snapshot(reader);
        if (!made) {
            return std::unexpected(made.error());
        }
        snapshot_ = *std::move(made);
        newest_entry_ = head->number;
        day_ = today;
        made_at_ = now;
    }
    return snapshot_.get();
}

}  // namespace thidua::daemon::web
