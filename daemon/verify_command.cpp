// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua verify
#include "daemon/commands.hpp"
#include "daemon/json_values.hpp"
#include "daemon/progress.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <optional>

namespace thidua::daemon {

ExitCode run_verify(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    std::optional<Progress> progress;
    const auto found = (*session)->store().call([&](store::Store& store) {
        return store.verify([&](std::int64_t done, std::int64_t total) {
            if (!progress) {
                progress.emplace("verify", total, Progress::style_for_stderr(options.quiet));
            }
            progress->show(done, "versions");
        });
    });
    progress.reset();
    if (!found) {
        return report_error(found.error());
    }
    if (options.json) {
        fmt::print(
            "{}",
            pretty_json(boost::json::object{
                {"versions", found->versions},
                {"rollup_rows", found->rollup_rows},
                {"problems", found->problems},
                {"purged_at", time_or_null(found->purged_at)},
                {"first_problems",
                 boost::json::array(found->first_problems.begin(), found->first_problems.end())}})
        );
    } else if (found->purged_at) {
        fmt::print(
            "nothing to recompute from: single dossiers were taken away on {}\n",
            to_text(*found->purged_at)
        );
    } else {
        for (const std::string& problem : found->first_problems) {
            fmt::print("{}\n", problem);
        }
        fmt::print(
            "{} versions read, {} rollup rows compared: {}\n",
            found->versions,
            found->rollup_rows,
            found->problems == 0 ? "all equal"
                                 : fmt::format(
                                       "{} problems; keep this store, and restore the last backup "
                                       "that verifies",
                                       found->problems
                                   )
        );
    }
    return found->problems == 0 ? ExitCode::Done : ExitCode::Negative;
}

}  // namespace thidua::daemon
