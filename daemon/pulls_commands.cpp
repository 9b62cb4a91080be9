// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua pulls list
#include "daemon/commands.hpp"
#include "daemon/json_values.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

json::object pull_json(const store::PullSummary& pull) {
    return {
        {"pull", pull.id},
        {"source", pull.source},
        {"kind", pull.kind},
        {"sweep", pull.is_sweep},
        {"started_at", to_text(pull.started_at)},
        {"finished_at", time_or_null(pull.finished_at)},
        {"state", pull.state},
        {"slices", pull.slices},
        {"repeats", pull.repeats},
        {"records", pull.records},
        {"changed", pull.changed},
        {"error_kind", text_or_null(pull.error_kind)},
        {"error", text_or_null(pull.error)}};
}

std::string pull_text(const store::PullSummary& pull) {
    return fmt::format(
        "{:>6} {:<12} {:<8} {} {:<25} {:<8} slices {} (repeats {}) records {} changed {}{}{}\n",
        pull.id,
        pull.source,
        pull.is_sweep         ? "sweep"
        : pull.kind == "pull" ? "-"
                              : pull.kind,
        to_text(pull.started_at),
        pull.finished_at ? to_text(*pull.finished_at) : "-",
        pull.state,
        pull.slices,
        pull.repeats,
        pull.records,
        pull.changed,
        pull.error.empty() ? "" : "  " + pull.error_kind + ": ",
        pull.error
    );
}

/// A source that neither the configuration nor the history knows was misspelt.
bool is_known(
    const std::string& source,
    const config::Settings& settings,
    const std::vector<store::PullSummary>& pulls
) {
    return source.empty() || !pulls.empty() ||
           std::ranges::any_of(settings.sources, [&](const config::SourceSettings& one) {
               return one.description.name == source;
           });
}

Result<std::vector<store::PullSummary>> read_pulls(
    const Options& options, const config::Settings& settings, const store::PullQuery& query
) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return std::unexpected(session.error());
    }
    return (*session)->store().call([&](store::Store& store) { return store.pulls(query); });
}

}  // namespace

ExitCode run_pulls_list(const Options& options, const config::Settings& settings) {
    const auto pulls = read_pulls(
        options, settings, {store::PullQuery::Which::All, options.source, options.limit}
    );
    if (!pulls) {
        return report_error(pulls.error());
    }
    if (!is_known(options.source, settings, *pulls)) {
        return report_error({ErrorKind::Usage, "pulls list: there is no source " + options.source});
    }
    json::array array;
    for (const store::PullSummary& pull : *pulls) {
        if (options.json) {
            array.push_back(pull_json(pull));
        } else {
            fmt::print("{}", pull_text(pull));
        }
    }
    if (options.json) {
        fmt::print("{}", pretty_json(array));
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
