// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/slot_pings.hpp"

#include "core/hash.hpp"
#include "daemon/cycle.hpp"
#include "daemon/digest_job.hpp"
#include "daemon/ledger_notices.hpp"
#include "daemon/schedule.hpp"
#include "daemon/webhook.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace thidua::daemon {
namespace {

constexpr std::chrono::hours told_within{24};

/// The row of the slot itself: that of the one before is history.
store::NoticeRow row_of(Instant slot, const std::optional<store::NoticeRow>& row) {
    if (row && row->began_at == slot) {
        return *row;
    }
    store::NoticeRow fresh;
    fresh.key = slot_ping_key;
    fresh.state = "open";
    fresh.began_at = slot;
    fresh.body = "{}";
    return fresh;
}

std::string_view suffix_of_end(store::SlotState state) {
    const bool is_bad = state == store::SlotState::Failed || state == store::SlotState::Withheld;
    return is_bad ? "/fail" : "";
}

}  // namespace

std::optional<SlotPing> slot_ping(
    const config::Settings& settings,
    const std::vector<store::Slot>& slots,
    const std::optional<store::NoticeRow>& row,
    Instant now
) {
    if (!settings.digest || settings.operator_contact.ping_url_file.empty()) {
        return std::nullopt;
    }
    const Occurrence latest = latest_occurrence(settings.digest->schedule, settings.calendar, now);
    const Instant slot = latest.scheduled_at;
    const store::NoticeRow current = row_of(slot, row);
    const bool waits = current.next_at && *current.next_at > now;
    if (current.state == "closed" || waits || !week_reported(settings.campaign, slot)) {
        return std::nullopt;
    }
    const store::Slot* newest = newest_slot(slots, digest_job_name);
    const bool is_known = newest != nullptr && newest->key.scheduled_at >= slot;
    if (is_known && store::has_ended(newest->state)) {
        const bool is_old = newest->finished_at && now > *newest->finished_at + told_within;
        return is_old ? std::nullopt
                      : std::optional(SlotPing{current, suffix_of_end(newest->state)});
    }
    return current.state == "open" ? std::optional(SlotPing{current, "/start"}) : std::nullopt;
}

store::NoticeRow after_ping(const SlotPing& ping, const Result<void>& told, Instant now) {
    store::NoticeRow row = ping.row;
    const bool is_start = ping.suffix == "/start";
    row.words = told ? "" : told.error().message;
    row.next_at = std::nullopt;
    if (told) {
        row.state = is_start ? "told" : "closed";
        row.told_at = now;
        row.attempts = 0;
    } else {
        ++row.attempts;
        row.next_at = next_try(now, row.attempts);
    }
    return row;
}

std::string run_id(Instant slot) {
    std::string hex = sha256_hex(fmt::format("{} {}", digest_job_name, to_utc_text(slot)));
    hex[12] = '8';  // RFC 9562: a UUID of one's own making
    hex[16] = '8';
    return fmt::format(
        "{}-{}-{}-{}-{}",
        hex.substr(0, 8),
        hex.substr(8, 4),
        hex.substr(12, 4),
        hex.substr(16, 4),
        hex.substr(20, 12)
    );
}

}  // namespace thidua::daemon
