// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands.hpp"

#include "daemon/exchange_record.hpp"
#include "daemon/log.hpp"
#include "daemon/measure.hpp"
#include "daemon/pull_steps.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/standings_table.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

json::object pull_json(const PullReport& report) {
    json::object object;
    object["source"] = report.source;
    object["state"] = report.error ? "failed" : "complete";
    object["sweep"] = report.is_sweep;
    object["slices"] = report.slices;
    object["records"] = report.records;
    object["changed"] = report.changed;
    object["rejected"] = report.rejected;
    object["requests"] = report.requests;
    put_error(object, report.error);
    return object;
}

ExitCode print_pulls(
    const Options& options, const std::vector<PullReport>& reports, const Output& output
) {
    ExitCode code = ExitCode::Done;
    json::array array;
    for (const PullReport& report : reports) {
        if (options.json) {
            array.push_back(pull_json(report));
        } else if (!report.error) {
            output.out(describe(report) + "\n");
        }
        for (const std::string& notice : report.notices) {
            output.err("thidua: " + notice + "\n");
        }
        if (report.error) {
            output.err("thidua: " + describe(report) + "\n");
            code = code == ExitCode::Done ? exit_code_of(report.error->kind) : code;
        }
    }
    if (options.json) {
        output.out(pretty_json(array));
    }
    return code;
}

}  // namespace

ExitCode pull(const Options& options, const Service& service, const Output& output) {
    const auto sources = named_sources(service.settings, options.sources, "pull");
    if (!sources) {
        return report_error(output, sources.error());
    }
    std::unique_ptr<ExchangeRecord> record;
    if (!options.record.empty()) {
        auto made = ExchangeRecord::make(options.record);
        if (!made) {
            return report_error(output, made.error());
        }
        record = *std::move(made);
    }
    Connectors connectors(
        record ? Connectors::OnExchange([&](const std::string& source, const auto& exchange) {
            record->add(source, exchange);
        })
               : Connectors::OnExchange{}
    );
    const ExitCode code = print_pulls(options, pull_sources(service, connectors, *sources), output);
    const auto recorded = record ? record->finish() : Result<void>{};
    return recorded ? code : report_error(output, recorded.error());
}

ExitCode run_standings(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const Instant now = (*session)->clock().now();
    auto standings = standings_of(
        (*session)->store(),
        settings,
        options.as_of.value_or(day_of(now)),
        options.known_at.value_or(now)
    );
    if (!standings) {
        return report_error(standings.error());
    }
    if (!options.unit.empty()) {
        std::erase_if(standings->units, [&](const rules::UnitStanding& unit) {
            return unit.code != options.unit;
        });
        if (standings->units.empty()) {
            return report_error({ErrorKind::Usage, "standings: there is no unit " + options.unit});
        }
    }
    fmt::print(
        "{}",
        options.json ? pretty_json(standings_json(*standings))
                     : standings_table(*standings, settings.campaign)
    );
    return ExitCode::Done;
}

}  // namespace thidua::daemon
