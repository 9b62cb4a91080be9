// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua report diff: what of an edition would be told otherwise now, and why.
#include "daemon/commands.hpp"
#include "daemon/opened_edition.hpp"
#include "daemon/published_json.hpp"
#include "daemon/restatements.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <utility>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

json::array restatements_json(const std::vector<rules::Restatement>& restatements) {
    json::array array;
    for (const rules::Restatement& restatement : restatements) {
        json::array causes;
        for (const rules::CauseShare& cause : restatement.causes) {
            causes.push_back(
                {{"cause", rules::to_text(cause.cause)},
                 {"numerator", cause.numerator},
                 {"denominator", cause.denominator}}
            );
        }
        json::object one = changed_json(restatement.figure);
        one["causes"] = std::move(causes);
        array.push_back(std::move(one));
    }
    return array;
}

void print_restatements(const std::vector<rules::Restatement>& restatements) {
    for (const rules::Restatement& restatement : restatements) {
        std::string causes;
        for (const rules::CauseShare& cause : restatement.causes) {
            causes += causes.empty() ? "" : ", ";
            causes += rules::to_text(cause.cause);
            if (cause.numerator != 0 || cause.denominator != 0) {
                causes += fmt::format(" {:+}/{:+}", cause.numerator, cause.denominator);
            }
        }
        fmt::print("  {} ({})\n", changed_text(restatement.figure), causes);
    }
}

}  // namespace

ExitCode run_report_diff(const Options& options, const config::Settings& settings) {
    const auto opened = open_edition(options, settings);
    if (!opened) {
        return report_error(opened.error());
    }
    const store::Edition& edition = opened->edition;
    const Instant now = opened->session->clock().now();
    const auto found = restatements_of(opened->session->store(), settings, edition, now);
    if (!found) {
        return report_error(found.error());
    }
    const ExitCode code = found->empty() ? ExitCode::Done : ExitCode::Negative;
    if (options.json) {
        fmt::print(
            "{}",
            pretty_json(
                {{"edition", edition.id},
                 {"as_of", to_text(edition.as_of)},
                 {"known_at", to_text(now)},
                 {"changes", restatements_json(*found)}}
            )
        );
        return code;
    }
    fmt::print(
        "{}: {}\n",
        edition.id,
        found->empty() ? "as published" : fmt::format("{} figures are others now", found->size())
    );
    print_restatements(*found);
    return code;
}

}  // namespace thidua::daemon
