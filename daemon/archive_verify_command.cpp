// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua report verify: whether filed editions are what was published.
#include "daemon/archive.hpp"
#include "daemon/commands.hpp"
#include "daemon/edition_files.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <utility>

namespace thidua::daemon {

namespace json = boost::json;

ExitCode run_report_verify(const Options& options) {
    const auto report = verify_archive(options.file);
    if (!report) {
        return report_error(report.error());
    }
    json::array manifests;
    for (const ArchivedManifest& manifest : report->manifests) {
        manifests.push_back(
            {{"edition", manifest.edition}, {"file", manifest.file}, {"sha256", manifest.sha256}}
        );
        if (!options.json) {
            fmt::print("{}", minutes_text(manifest.edition, manifest.sha256));
        }
    }
    json::array problems;
    for (const ArchiveProblem& problem : report->problems) {
        problems.push_back(
            {{"edition", problem.edition}, {"file", problem.file}, {"problem", problem.what}}
        );
        if (!options.json) {
            fmt::print(
                "{}: {} {}\n",
                problem.edition.empty() ? "?" : problem.edition,
                problem.file,
                problem.what
            );
        }
    }
    if (options.json) {
        fmt::print(
            "{}",
            pretty_json(
                {{"editions", report->manifests.size()},
                 {"documents", report->documents},
                 {"manifests", std::move(manifests)},
                 {"problems", std::move(problems)}}
            )
        );
    } else {
        fmt::print(
            "{} editions with {} documents: {}\n",
            report->manifests.size(),
            report->documents,
            report->problems.empty() ? "all as published"
                                     : fmt::format("{} problems", report->problems.size())
        );
    }
    return report->problems.empty() ? ExitCode::Done : ExitCode::Negative;
}

}  // namespace thidua::daemon
