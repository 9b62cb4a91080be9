// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua explain ID
#include "daemon/commands.hpp"
#include "daemon/explain.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {

ExitCode run_explain(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const auto explanation = explain((*session)->service(), options.figure);
    if (!explanation) {
        return report_error(explanation.error());
    }
    fmt::print(
        "{}",
        options.json ? pretty_json(explanation_json(*explanation, settings.hash))
                     : explanation_text(*explanation, settings.hash, options.all)
    );
    const auto& counts = explanation->figure.counts;
    const bool is_same_as_published =
        std::ranges::all_of(explanation->published, [&](const PublishedFigure& published) {
            return published.counts == counts.value_or(Ratio{});
        });
    const bool adds_up = !counts || *counts == explanation->recomputed;
    return adds_up && is_same_as_published ? ExitCode::Done : ExitCode::Negative;
}

}  // namespace thidua::daemon
