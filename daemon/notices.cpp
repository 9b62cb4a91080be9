// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/notices.hpp"

#include "core/text.hpp"
#include "daemon/digest_job.hpp"
#include "daemon/ledger_notices.hpp"
#include "daemon/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>

namespace thidua::daemon {
namespace {

using Severity = Notice::Severity;

constexpr std::string_view cycle_key = "cycle";
constexpr std::string_view configuration_key = "configuration";

// Pulls

Notice notice_of(
    const PullReport& pull,
    const config::SourceSettings& source,
    const config::Settings& settings,
    Instant now
) {
    const bool again = is_worth_another_try(*pull.error);
    const Instant next = next_occurrence(source.schedule, settings.calendar, now).due_at;
    const Instant retry = again ? std::min(now + pull_again_after, next) : next;
    Notice notice;
    notice.severity =
        pull.error->kind == ErrorKind::Transient ? Severity::Warning : Severity::Error;
    notice.key = pull_job_name(pull.source);
    notice.subject = "source " + pull.source;
    notice.period = local_text(
        settings, latest_occurrence(source.schedule, settings.calendar, now).scheduled_at
    );
    notice.step = "pull";
    notice.error_class = to_text(pull.error->kind);
    notice.what = pull.error->message;
    notice.next = fmt::format(
        "{} at {}; until then its figures stay as they are, and say so",
        again ? "it is tried again" : "nothing before its next slot",
        local_text(settings, retry)
    );
    notice.command = "thidua pull " + pull.source;
    return notice;
}

void find_pulls(
    const CycleReport& report, const config::Settings& settings, Instant now, Findings& findings
) {
    for (const PullReport& pull : report.pulls) {
        if (!pull.error) {
            findings.settled.push_back(pull_job_name(pull.source));
            continue;
        }
        const auto source = std::ranges::find_if(settings.sources, [&](const auto& each) {
            return each.description.name == pull.source;
        });
        if (pull.error->kind != ErrorKind::Stopped && source != settings.sources.end()) {
            findings.standing.push_back(notice_of(pull, *source, settings, now));
        }
    }
}

// Steps that are no pulls

struct OpenJobs {
    std::set<std::string> names;
    std::set<std::string> periods;
};

/// The weekly jobs that have fallen due and have not ended.
OpenJobs open_jobs(const config::Settings& settings, const Surroundings& around) {
    OpenJobs open;
    if (!settings.digest) {
        return open;
    }
    std::vector<std::string_view> jobs{digest_job_name};
    if (settings.unit_editions) {
        jobs.push_back(unit_editions_job_name);
    }
    if (settings.final_reports) {
        jobs.push_back(rehearsal_job_name);
    }
    const Instant slot =
        latest_occurrence(settings.digest->schedule, settings.calendar, around.now).scheduled_at;
    for (const std::string_view job : jobs) {
        const store::Slot* newest = newest_slot(around.slots, job);
        const bool is_over = newest != nullptr && newest->key.scheduled_at >= slot &&
                             store::has_ended(newest->state);
        if (!is_over && week_reported(settings.campaign, slot)) {
            open.names.emplace(job);
            open.periods.insert(week_of_slot(settings, slot));
        }
    }
    return open;
}

void find_step_errors(
    const CycleReport& report,
    const config::Settings& settings,
    const Surroundings& around,
    Findings& findings
) {
    if (report.errors.empty()) {
        findings.settled.emplace_back(cycle_key);
        return;
    }
    const OpenJobs open = open_jobs(settings, around);
    Notice notice;
    notice.key = cycle_key;
    notice.subject =
        open.names.empty() ? "the service itself" : "report " + joined_words(open.names);
    notice.period =
        open.periods.empty() ? local_text(settings, around.now) : joined_words(open.periods);
    notice.step = "cycle";
    notice.error_class = to_text(report.errors.front().kind);
    notice.what = report.errors.front().message;
    if (report.errors.size() > 1) {
        notice.what += fmt::format(" (and {} more)", report.errors.size() - 1);
    }
    notice.next = "it is tried again every minute, until it is done";
    notice.command = "thidua status";
    findings.standing.push_back(std::move(notice));
}

// A changed configuration

void find_refusal(
    const config::Settings& settings, const Surroundings& around, Findings& findings
) {
    const std::vector<std::string>& reasons = around.refused_configuration;
    if (reasons.empty()) {
        findings.settled.emplace_back(configuration_key);
        return;
    }
    Notice notice;
    notice.key = configuration_key;
    notice.subject = "configuration " + settings.file.string();
    notice.period = local_text(settings, around.now);
    notice.step = "reload";
    notice.error_class = to_text(ErrorKind::Config);
    notice.what = reasons.front();
    if (reasons.size() > 1) {
        notice.what += fmt::format(" (and {} more)", reasons.size() - 1);
    }
    notice.next = fmt::format(
        "configuration {} stays in force; a restart would fail", settings.hash.substr(0, 12)
    );
    notice.command = "thidua validate";
    findings.standing.push_back(std::move(notice));
}

}  // namespace

bool Findings::is_over(std::string_view key) const {
    if (std::ranges::find(standing, key, &Notice::key) != standing.end()) {
        return false;
    }
    return (has_ledger && is_of_ledger(key)) || std::ranges::find(settled, key) != settled.end();
}

Findings find_notices(
    const CycleReport* report, const config::Settings& settings, const Surroundings& around
) {
    Findings findings;
    find_refusal(settings, around, findings);
    if (report != nullptr) {
        find_pulls(*report, settings, around.now, findings);
        find_step_errors(*report, settings, around, findings);
    }
    if (around.store_error) {
        findings.standing.push_back(store_notice(settings, around));
    } else {
        findings.has_ledger = true;
        std::ranges::move(ledger_notices(settings, around), std::back_inserter(findings.standing));
        std::ranges::transform(
            around.sources_pulled_well, std::back_inserter(findings.settled), pull_job_name
        );
    }
    for (Notice& notice : findings.standing) {
        notice.what = one_line(notice.what);
    }
    return findings;
}

}  // namespace thidua::daemon
