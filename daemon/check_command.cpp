// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua check: one line and an exit code, as monitoring plug-ins give them.
#include "daemon/check.hpp"
#include "daemon/commands.hpp"
#include "daemon/overview.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

std::string_view state_word(CheckState state) {
    switch (state) {
        case CheckState::Ok:
            return "OK";
        case CheckState::Warning:
            return "WARNING";
        case CheckState::Critical:
            return "CRITICAL";
        case CheckState::Unknown:
            return "UNKNOWN";
    }
    check(false, "state_word: a known CheckState");
    return "";
}

void add(CheckResult& result, CheckState state, std::string words) {
    // Unknown says that nothing else is known, so it never comes together with the others here.
    result.state = std::max(result.state, state);
    result.problems.push_back(std::move(words));
}

ExitCode say(const Options& options, const CheckResult& result) {
    if (options.json) {
        fmt::print(
            "{}",
            pretty_json(boost::json::object{
                {"state", state_word(result.state)},
                {"problems", boost::json::array(result.problems.begin(), result.problems.end())},
                {"sources_late", result.sources_late},
                {"mails_waiting", result.mails_waiting}})
        );
    } else {
        fmt::print("{}\n", check_line(result));
        for (const std::string& problem : result.problems) {
            fmt::print("{}\n", problem);
        }
    }
    return static_cast<ExitCode>(result.state);
}

}  // namespace

CheckResult judge(const Overview& overview) {
    CheckResult result;
    if (!overview.runs) {
        add(result, CheckState::Critical, "no daemon runs: systemctl start thidua");
    }
    for (const Notice& notice : overview.notices) {
        const bool is_error = notice.severity == Notice::Severity::Error;
        add(result,
            is_error ? CheckState::Critical : CheckState::Warning,
            fmt::format(
                "{}, {}: {}; run: {}", notice.subject, notice.period, notice.what, notice.command
            ));
    }
    for (const SourceStatus& source : overview.sources) {
        if (!overview.purged_at && source.past_limit) {
            ++result.sources_late;
            add(result,
                CheckState::Warning,
                fmt::format(
                    "source {}: {}; run: thidua pulls list --source {}",
                    source.name,
                    source.data_through ? "data through " + to_text(*source.data_through)
                                        : "never answered whole",
                    source.name
                ));
        }
    }
    result.mails_waiting = overview.mails_waiting;
    return result;
}

std::string check_line(const CheckResult& result) {
    return fmt::format(
        "THIDUA {} - {} | sources_late={} mails_waiting={} problems={}",
        state_word(result.state),
        result.problems.empty() ? "all is well" : result.problems.front(),
        result.sources_late,
        result.mails_waiting,
        result.problems.size()
    );
}

ExitCode report_unknown(const Options& options, const std::string& why) {
    CheckResult result;
    result.state = CheckState::Unknown;
    result.problems.push_back(why);
    return say(options, result);
}

ExitCode run_check(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_unknown(options, session.error().message);
    }
    const auto overview = overview_of((*session)->service());
    return overview ? say(options, judge(*overview))
                    : report_unknown(options, overview.error().message);
}

}  // namespace thidua::daemon
