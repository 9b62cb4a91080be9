// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua simulate: the daemon's own cycle on a virtual clock that jumps from one due instant to the
// next, with the sandbox's clock set to the same instant before each.
#include "connectors/http.hpp"
#include "daemon/commands.hpp"
#include "daemon/cycle.hpp"
#include "daemon/edition_job.hpp"
#include "daemon/log.hpp"
#include "daemon/progress.hpp"
#include "daemon/schedule.hpp"
#include "daemon/session.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

/// What a simulated campaign came to.
struct CampaignRun {
    int cycles = 0;
    int pulls = 0;
    int failed_pulls = 0;
    int digests = 0;
    int unit_editions = 0;
    int reports = 0;  ///< on the awards
    int reminders = 0;
    int mails = 0;
    int errors = 0;
};

Result<void> set_sandbox_clock(
    connectors::HttpClient& http,
    const std::string& sandbox,
    Instant now,
    const std::stop_token& stop
) {
    connectors::HttpRequest request;
    request.method = "POST";
    request.url = sandbox + "/sandbox/clock";
    request.headers = {{"Content-Type", "application/json"}};
    request.body = fmt::format(R"({{"now":"{}"}})", to_text(now));
    const auto answer = http.perform(request, stop);
    if (!answer) {
        return failed("set the sandbox's clock", answer.error());
    }
    if (answer->status != 200) {
        return fail(
            ErrorKind::Transient,
            fmt::format("set the sandbox's clock: it answers {}", answer->status)
        );
    }
    return {};
}

/// After the slot of the last digest, the Monday behind the campaign's last week, and the freeze.
Instant default_end(const config::Settings& settings) {
    Instant end = last_instant(sunday_of(week_of(settings.campaign.end)));
    if (settings.digest) {
        end = next_occurrence(settings.digest->schedule, settings.calendar, end).due_at;
    }
    return settings.final_reports ? std::max(end, settings.campaign.plan.freeze.final) : end;
}

void add_up(CampaignRun& run, const CycleReport& report) {
    ++run.cycles;
    for (const store::Edition& edition : report.editions) {
        ++(edition.report == "weekly"                                    ? run.digests
           : edition.report == "unit"                                    ? run.unit_editions
           : edition.report == "alert" || edition.report == "nomination" ? run.reminders
                                                                         : run.reports);
    }
    run.mails += report.deliveries.sent;
    run.errors += static_cast<int>(report.errors.size());
    for (const PullReport& pull : report.pulls) {
        ++run.pulls;
        run.failed_pulls += pull.error ? 1 : 0;
        if (pull.error) {
            log_warning("pull " + describe(pull));
        }
    }
    for (const Error& error : report.errors) {
        log_error(error.message);
    }
}

Result<CampaignRun> replay(Session& session, const Options& options, Instant end) {
    const Instant begin = session.clock().now();
    connectors::HttpClient http(connectors::HttpLimits{});
    Cycle cycle(session.service(), Cycle::Pulls::Awaited);
    Progress progress(
        "Simulating", (end - begin).count(), Progress::style_for_stderr(options.quiet)
    );
    CampaignRun run;
    if (begin > first_instant(session.service().settings.campaign.start)) {
        add_up(run, cycle.run());  // as the daemon does at its start: what was left is done
    }
    for (auto next = cycle.next_due(); !next || *next <= end; next = cycle.next_due()) {
        if (!next) {
            return std::unexpected(next.error());
        }
        if (session.service().stop.stop_requested()) {
            return fail(ErrorKind::Stopped, "simulation stopped; run it again to go on");
        }
        auto set = set_sandbox_clock(http, options.sandbox, *next, session.service().stop);
        if (!set) {
            return std::unexpected(set.error());
        }
        session.clock().set(*next);
        add_up(run, cycle.run());
        progress.show(
            (*next - begin).count(),
            fmt::format("{}  {} digests, {} mails", to_text(day_of(*next)), run.digests, run.mails)
        );
    }
    return run;
}

/// Where the clock begins: at the campaign's start, or where an earlier simulation was left.
Result<Instant> beginning(Session& session) {
    const Instant start = first_instant(session.service().settings.campaign.start);
    const auto last =
        session.store().call([](store::Store& store) { return store.last_recorded(); });
    return last ? Result<Instant>(std::max(start, last->value_or(start)))
                : std::unexpected(last.error());
}

}  // namespace

ExitCode run_simulate(const Options& options, const config::Settings& settings) {
    const StopOnSignal signals;
    if (const auto documents = check_documents(settings); !documents) {
        return report_error(documents.error());
    }
    auto lock = Session::take_lock(settings, "simulate");
    if (!lock) {
        return report_error(lock.error());
    }
    auto session = Session::open_for_writing(
        settings,
        Session::Purpose::Simulate,
        *std::move(lock),
        first_instant(settings.campaign.start),
        signals.token()
    );
    if (!session) {
        return report_error(session.error());
    }
    const auto begin = beginning(**session);
    if (!begin) {
        return report_error(begin.error());
    }
    (*session)->clock().set(*begin);
    const auto run = replay(**session, options, options.until.value_or(default_end(settings)));
    if (!run) {
        return report_error(run.error());
    }
    if (!options.quiet) {
        fmt::print(
            stderr,
            "{} cycles, {} pulls of which {} failed, {} digests, {} editions of units, {} reports "
            "on awards, {} reminders, {} mails sent\n",
            run->cycles,
            run->pulls,
            run->failed_pulls,
            run->digests,
            run->unit_editions,
            run->reports,
            run->reminders,
            run->mails
        );
    }
    return run->errors == 0 && run->failed_pulls == 0 ? ExitCode::Done : ExitCode::Negative;
}

}  // namespace thidua::daemon
