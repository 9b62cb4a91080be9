// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua validate: mistakes, warnings, and what the machine and the network say. Nothing is
// written.
#include "config/effective.hpp"
#include "config/loader.hpp"
#include "connectors/check.hpp"
#include "daemon/clock.hpp"
#include "daemon/commands.hpp"
#include "daemon/edition_job.hpp"
#include "daemon/environment.hpp"
#include "daemon/online_check.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/text_table.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// Everything that was found.
struct ValidateFindings {
    std::optional<config::Settings> settings;  ///< if it could be read
    std::vector<config::Problem> problems;
    std::vector<config::Problem> warnings;
    std::vector<OnlineAnswer> reached;
    ExitCode of_problems = ExitCode::Config;
};

const config::EffectiveValue* find_value(
    const config::EffectiveValue& value, std::string_view key
) {
    if (value.key == key) {
        return &value;
    }
    for (const config::EffectiveValue& each : value.below) {
        if (const auto* found = find_value(each, key)) {
            return found;
        }
    }
    return nullptr;
}

void warn_of_end(
    const config::Settings& settings,
    const config::EffectiveValue& effective,
    Instant now,
    std::vector<config::Problem>& warnings
) {
    const config::EffectiveValue* end = find_value(effective, "campaign.end");
    const Day freeze = day_of(settings.campaign.plan.freeze.final);
    if (end && day_of(now) > std::max(settings.campaign.end, freeze)) {
        warnings.push_back(
            {end->file,
             end->line,
             end->column,
             end->key,
             fmt::format(
                 "the campaign ended on {} and its figures were frozen on {}: nothing falls due "
                 "any more",
                 to_text(settings.campaign.end),
                 to_text(freeze)
             )}
        );
    }
}

/// What can be said without the machine and the network.
ValidateFindings read_configuration(const Options& options) {
    ValidateFindings findings;
    auto settings = config::load(options.config);
    if (!settings) {
        findings.problems = settings.error();
        return findings;
    }
    findings.settings = *std::move(settings);
    findings.warnings = findings.settings->warnings;
    for (const config::SourceSettings& source : findings.settings->sources) {
        if (const auto fits = connectors::check_source(source.description); !fits) {
            findings.problems.push_back(
                {options.config.string(),
                 0,
                 0,
                 "sources." + source.description.name,
                 fits.error().message}
            );
        }
    }
    return findings;
}

void look_at_machine(const Options& options, Instant now, ValidateFindings& findings) {
    const auto effective = config::read_effective(options.config, config::Privacy::Whole);
    if (!effective) {
        findings.problems = effective.error();  // a file was changed while it was looked at
        return;
    }
    warn_of_end(*findings.settings, *effective, now, findings.warnings);
    std::ranges::move(look_for_placeholders(*effective), std::back_inserter(findings.warnings));
    if (options.checking.no_environment) {
        return;
    }
    if (const auto fonts = check_documents(*findings.settings); !fonts) {
        findings.of_problems =
            findings.problems.empty() ? exit_code_of(fonts.error().kind) : ExitCode::Config;
        findings.problems.push_back({options.config.string(), 0, 0, "", fonts.error().message});
    }
    std::ranges::move(look_at_environment(*effective), std::back_inserter(findings.warnings));
}

json::object findings_json(const Options& options, const ValidateFindings& findings) {
    json::object object{
        {"valid", findings.problems.empty()},
        {"file", options.config.string()},
        {"campaign", nullptr},
        {"hash", nullptr},
        {"problems", problems_json(findings.problems)},
        {"warnings", problems_json(findings.warnings)},
    };
    if (findings.settings) {
        object["campaign"] = findings.settings->campaign.id;
        object["hash"] = findings.settings->hash;
    }
    json::array online;
    for (const OnlineAnswer& each : findings.reached) {
        online.push_back(
            {{"what", each.what},
             {"reached", each.is_reached},
             {"said", each.said},
             {"remedy", each.remedy}}
        );
    }
    object["online"] = std::move(online);
    return object;
}

void print_reached(const std::vector<OnlineAnswer>& reached) {
    std::vector<TextRow> rows{{"asked", "result", "said", "what to do"}};
    for (const OnlineAnswer& each : reached) {
        rows.push_back({each.what, each.is_reached ? "ok" : "FAILED", each.said, each.remedy});
    }
    fmt::print("{}", text_table(rows));
}

void print_findings(const Options& options, const ValidateFindings& findings) {
    for (const config::Problem& problem : findings.problems) {
        fmt::print(stderr, "{}\n", to_text(problem));
    }
    for (config::Problem warning : findings.warnings) {
        warning.message = "warning: " + warning.message;
        fmt::print(stderr, "{}\n", to_text(warning));
    }
    if (!findings.reached.empty()) {
        print_reached(findings.reached);
    }
    if (!findings.problems.empty() || options.quiet) {
        return;
    }
    const config::Settings& settings = *findings.settings;
    fmt::print(
        "{}: valid. Campaign {} from {} to {}, {} units, {} procedures, {} officers, {} sources.\n",
        settings.file.string(),
        settings.campaign.id,
        to_text(settings.campaign.start),
        to_text(settings.campaign.end),
        settings.units.size(),
        settings.procedures.size(),
        settings.officers.size(),
        settings.sources.size()
    );
}

ExitCode code_of(const Options& options, const ValidateFindings& findings) {
    if (!findings.problems.empty()) {
        return findings.of_problems;
    }
    if (!std::ranges::all_of(findings.reached, &OnlineAnswer::is_reached)) {
        return ExitCode::Unavailable;
    }
    return options.checking.strict && !findings.warnings.empty() ? ExitCode::Warnings
                                                                 : ExitCode::Done;
}

ExitCode report_findings(const Options& options, const ValidateFindings& findings) {
    if (options.json) {
        fmt::print("{}", pretty_json(findings_json(options, findings)));
    } else {
        print_findings(options, findings);
    }
    return code_of(options, findings);
}

}  // namespace

ExitCode report_problems(const std::vector<config::Problem>& problems) {
    for (const config::Problem& problem : problems) {
        fmt::print(stderr, "{}\n", to_text(problem));
    }
    return ExitCode::Config;
}

ExitCode run_validate(const Options& options) {
    const StopOnSignal signals;
    const Clock clock(options.now);
    ValidateFindings findings = read_configuration(options);
    if (findings.settings) {
        look_at_machine(options, clock.now(), findings);
    }
    if (options.checking.online && findings.problems.empty()) {
        findings.reached =
            check_online(*findings.settings, options.checking.mail_to, clock, signals.token());
    }
    return report_findings(options, findings);
}

}  // namespace thidua::daemon
