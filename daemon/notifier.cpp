// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/notifier.hpp"

#include "daemon/asides.hpp"
#include "daemon/log.hpp"
#include "daemon/notice_words.hpp"
#include "daemon/schedule.hpp"
#include "daemon/surroundings.hpp"
#include "daemon/tell_operator.hpp"
#include "store/notices.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace thidua::daemon {
namespace {

constexpr std::chrono::minutes look_every{1};

void log_notice(const Telling& telling) {
    const std::string line = line_of(telling);
    if (telling.turn == Telling::Turn::Over) {
        log_info(line);
    } else if (telling.notice.severity == Notice::Severity::Warning) {
        log_warning(line);
    } else {
        log_error(line);
    }
}

}  // namespace

Notifier::Notifier(const Service& service)
    : service_(service),
      book_(service.store),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Notifier::take(const CycleReport& report) {
    {
        const std::scoped_lock lock(mutex_);
        reports_.push_back(report);
    }
    taken_.notify_one();
}

void Notifier::refused(const std::vector<std::string>& reasons) {
    {
        const std::scoped_lock lock(mutex_);
        refused_ = reasons;
        reports_.emplace_back();  // of nothing: so that it is told now
    }
    taken_.notify_one();
}

std::deque<CycleReport> Notifier::wait_for_reports(const std::stop_token& stop) {
    std::chrono::milliseconds wait = look_every;
    if (service_.settings.digest) {  // a watch is told when a digest begins, not a minute later
        const Instant now = service_.clock.now();
        const auto left =
            next_occurrence(service_.settings.digest->schedule, service_.settings.calendar, now)
                .due_at -
            now;
        wait = std::min<std::chrono::milliseconds>(wait, left);
    }
    std::unique_lock lock(mutex_);
    (void)taken_.wait_for(lock, stop, wait, [&] { return !reports_.empty(); });
    return std::exchange(reports_, {});
}

void Notifier::run(const std::stop_token& stop) {
    std::deque<CycleReport> reports;  // the first look does not wait for any
    for (; !stop.stop_requested(); reports = wait_for_reports(stop)) {
        run_asides(stop);
        for (const CycleReport& report : reports) {
            note(&report);
        }
        if (reports.empty()) {
            note(nullptr);
        }
        tell(stop);
        if (const auto saved = book_.save(service_.clock.now()); !saved) {
            log_warning("notices are not on file, only told: " + saved.error().message);
        }
    }
}

void Notifier::run_asides(const std::stop_token& stop) {
    for (const auto aside : {ping_slots, tell_leaders}) {
        if (const auto done = aside(service_, stop); !done) {
            log_warning("beside the mail: " + done.error().message + "; it is tried again");
        }
    }
}

Surroundings Notifier::look() {
    Surroundings around = look_around(service_);
    const std::scoped_lock lock(mutex_);
    around.refused_configuration = refused_;
    return around;
}

/// Journal and file come first: they need nobody else.
void Notifier::note(const CycleReport* report) {
    const Surroundings around = look();
    const auto news = book_.note(find_notices(report, service_.settings, around), around.now);
    std::vector<std::string> lines;
    for (const Telling& telling : news) {
        log_notice(telling);
        lines.push_back(line_of(telling));
    }
    if (lines.empty()) {
        return;
    }
    const auto& contact = service_.settings.operator_contact;
    if (const auto added = add_to_notices_file(contact, lines, around.now); !added) {
        log_warning(added.error().message);
    }
}

void Notifier::tell(const std::stop_token& stop) {
    const Instant now = service_.clock.now();
    const std::vector<Telling> due = book_.due(now);
    if (due.empty()) {
        return;
    }
    const auto reached =
        tell_operator(service_.settings.operator_contact, due, Ways::FirstThatWorks, now, stop);
    if (!reached.words.empty() && !stop.stop_requested()) {
        log_warning(
            "telling the operator: " + reached.words +
            (reached.is_reached ? "; told by " + reached.by : "; it is tried again")
        );
    }
    book_.told(reached, now);
}

}  // namespace thidua::daemon
