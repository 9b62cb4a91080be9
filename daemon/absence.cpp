// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/absence.hpp"

#include "daemon/job_names.hpp"
#include "daemon/reported_week.hpp"
#include "daemon/schedule.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace thidua::daemon {
namespace {

Result<std::optional<store::Slot>> read_newest(const store::Location& location) {
    auto store = store::Store::open(location, store::Access::ReadOnly);
    auto slots = store ? store->slots(digest_job_name, 1) : std::unexpected(store.error());
    if (!slots) {
        return std::unexpected(slots.error());
    }
    return slots->empty() ? std::nullopt : std::optional(std::move(slots->front()));
}

/// What the reader leaves behind; it outlives whoever waits.
struct Reading {
    std::mutex mutex;
    std::condition_variable ended;
    std::optional<Result<std::optional<store::Slot>>> result;
};

/// In a thread that may never come back: a disk that hangs holds up no alarm.
Result<std::optional<store::Slot>> read_within(
    const store::Location& location, std::chrono::milliseconds limit
) {
    const auto reading = std::make_shared<Reading>();
    std::thread([reading, location] {
        auto result = read_newest(location);
        const std::scoped_lock lock(reading->mutex);
        reading->result = std::move(result);
        reading->ended.notify_one();
    }).detach();
    std::unique_lock lock(reading->mutex);
    if (!reading->ended.wait_for(lock, limit, [&] { return reading->result.has_value(); })) {
        return fail(
            ErrorKind::Io,
            fmt::format("{}: no answer in {} s", location.shown(), limit.count() / 1000)
        );
    }
    return *std::move(reading->result);
}

std::string witness_words(const std::optional<store::WitnessLine>& witness) {
    return witness ? fmt::format(
                         "the witness saw its last entry, number {}, at {}",
                         witness->height,
                         to_text(witness->at)
                     )
                   : "there is no witness of it either";
}

std::string what_is_wrong(const ExpectedDigest& expected, const AbsenceLook& look) {
    if (!look.newest) {
        return fmt::format(
            "the ledger cannot be read, so nobody knows whether the digest has ended: {}; {}",
            look.newest.error().message,
            witness_words(look.witness)
        );
    }
    const std::optional<store::Slot>& slot = *look.newest;
    if (!slot || slot->key.scheduled_at < expected.slot) {
        return fmt::format(
            "nobody has begun the digest that was due at {}; {}",
            to_text(expected.due_at),
            witness_words(look.witness)
        );
    }
    return fmt::format(
        "the digest that was due at {} has not ended: {} since {}{}{}",
        to_text(expected.due_at),
        to_text(slot->state),
        to_text(slot->started_at),
        slot->reason.empty() ? "" : ", ",
        slot->reason
    );
}

}  // namespace

std::optional<ExpectedDigest> expected_digest(const config::Settings& settings, Instant now) {
    if (!settings.digest) {
        return std::nullopt;
    }
    const Occurrence latest = latest_occurrence(
        settings.digest->schedule, settings.calendar, now - settings.operator_contact.absence_after
    );
    const auto week = week_reported(settings.campaign, latest.scheduled_at);
    if (!week) {
        return std::nullopt;
    }
    return ExpectedDigest{latest.scheduled_at, latest.due_at, *week};
}

AbsenceLook look_for_digest(const config::Settings& settings, std::chrono::milliseconds limit) {
    store::Location location(settings.store_path);
    location.url = settings.store_url;
    location.password_file = settings.store_password_file;
    AbsenceLook look{read_within(location, limit), std::nullopt};
    if (auto last = store::Witness(settings.store_path).last()) {
        look.witness = *std::move(last);
    }
    return look;
}

Presence presence_of(const ExpectedDigest& expected, const AbsenceLook& look) {
    if (!look.newest) {
        return Presence::Unreadable;
    }
    const std::optional<store::Slot>& slot = *look.newest;
    const bool is_later = slot && slot->key.scheduled_at > expected.slot;
    const bool has_ended =
        slot && slot->key.scheduled_at == expected.slot && store::has_ended(slot->state);
    return is_later || has_ended ? Presence::Ended : Presence::Absent;
}

Notice absence_notice(
    const config::Settings& settings,
    const ExpectedDigest& expected,
    const AbsenceLook& look,
    Instant now
) {
    Notice notice;
    notice.key = fmt::format("absence:{}", digest_job_name);
    notice.subject = fmt::format("report {}", digest_job_name);
    notice.period = to_text(expected.week);
    notice.step = "alarm of absence";
    notice.error_class = look.newest ? "absent" : "unreadable";
    notice.what = what_is_wrong(expected, look);
    notice.next = fmt::format(
        "the service makes up for it once it runs; this alarm looks again within the hour, and is "
        "repeated after {}",
        to_local_text(now + std::chrono::hours{24}, settings.digest->schedule.timezone)
    );
    notice.command = "systemctl status thidua; thidua status";
    return notice;
}

}  // namespace thidua::daemon
