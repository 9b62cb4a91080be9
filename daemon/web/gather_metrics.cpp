// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/job_names.hpp"
#include "daemon/web/gather.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <system_error>

namespace thidua::daemon::web {
namespace {

constexpr std::string_view pull_jobs = "pull:";
/// A campaign has fewer of one report.
constexpr std::int64_t runs_counted = 1000;
/// A report that has not ended so long after its hour is overdue.
constexpr std::chrono::hours overdue_after{3};

Result<void> gather_reports(store::Store& store, MetricsInput& input, Instant now) {
    const auto newest = store.newest_slots();
    if (!newest) {
        return std::unexpected(newest.error());
    }
    for (const store::Slot& slot : *newest) {
        const std::string& job = slot.key.job;
        if (job.starts_with(pull_jobs)) {
            continue;
        }
        input.overdue[job] =
            !store::has_ended(slot.state) && slot.key.scheduled_at + overdue_after < now;
        const auto all = store.slots(job, runs_counted);
        if (!all) {
            return std::unexpected(all.error());
        }
        for (const store::Slot& one : *all) {
            if (store::has_ended(one.state)) {
                ++input.runs[{job, std::string(store::to_text(one.state))}];
            }
            if (job == backup_job_name && one.state == store::SlotState::Done) {
                input.last_backup = std::max(
                    input.last_backup.value_or(Instant::min()), one.finished_at.value_or(Instant{})
                );
            }
        }
    }
    return {};
}

std::string report_of(std::string_view edition) {
    return std::string(edition.substr(0, edition.find('/')));
}

Result<void> gather_deliveries(store::Store& store, MetricsInput& input, Instant now) {
    const auto editions = store.editions();
    const auto open = store.undelivered();
    if (!editions || !open) {
        return std::unexpected(editions ? open.error() : editions.error());
    }
    for (const store::EditionSummary& edition : *editions) {
        input.delivered[{report_of(edition.id), "sent"}] += edition.sent;
    }
    for (const store::Delivery& delivery : *open) {
        const bool is_over = delivery.state == "refused" || delivery.state == "unknown";
        if (is_over) {
            ++input.delivered[{report_of(delivery.edition), delivery.state}];
        }
        if (is_over && !delivery.next_at) {
            continue;
        }
        ++input.queued;
        const auto edition =
            std::ranges::find(*editions, delivery.edition, &store::EditionSummary::id);
        if (edition != editions->end()) {
            const auto age = std::chrono::floor<std::chrono::seconds>(now - edition->known_at);
            input.oldest_queued = std::max(input.oldest_queued.value_or(age), age);
        }
    }
    return {};
}

Result<void> gather_reminders(store::Store& store, MetricsInput& input, Instant now) {
    const auto records = store.alerts(now);
    const auto silences = store.silences(now);
    if (!records || !silences) {
        return std::unexpected(records ? silences.error() : records.error());
    }
    std::map<AlertKey, AlertState> states;
    for (const AlertChange& change : records->changes) {
        states[change.key] = change.alert.state;
    }
    for (const auto& [key, state] : states) {
        ++input.alerts[std::string(to_text(state))];
    }
    input.silences = std::ranges::count_if(*silences, [&](const Silence& silence) {
        return is_in_force(silence, day_of(now)) && silence.from <= day_of(now);
    });
    return {};
}

}  // namespace

Result<MetricsInput> gather_metrics(const Reader& reader, const Snapshot* snapshot) {
    const config::Settings& settings = reader.settings();
    const Instant now = reader.now();
    MetricsInput input;
    input.campaign = settings.campaign.id;
    input.standings = snapshot == nullptr ? nullptr : &snapshot->standings;
    auto sources = gather_sources(reader);
    if (!sources) {
        return std::unexpected(sources.error());
    }
    input.sources = std::move(sources->sources);
    input.last_pulls = std::move(sources->last);
    for (const NextDue& next : next_of_all_jobs(settings, now)) {
        input.next_fires.emplace_back(next.job, next.due_at);
    }
    std::error_code code;
    const auto size = std::filesystem::file_size(settings.store_path, code);
    if (!code && settings.store_url.empty()) {
        input.store_bytes = static_cast<std::int64_t>(size);
    }
    auto read = reader.store().call([&](store::Store& store) -> Result<void> {
        const auto rows = store.quarantine({.source = ""});
        if (!rows) {
            return std::unexpected(rows.error());
        }
        for (const store::Quarantined& row : *rows) {
            ++input.quarantined[row.source];
        }
        auto done = gather_reports(store, input, now);
        done = done ? gather_deliveries(store, input, now) : done;
        return done ? gather_reminders(store, input, now) : done;
    });
    if (!read) {
        return std::unexpected(read.error());
    }
    return input;
}

}  // namespace thidua::daemon::web
