// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua: arguments become options, the configuration becomes settings, a command runs. The
// outermost catch is here and nowhere else.
#include "config/loader.hpp"
#include "daemon/commands.hpp"
#include "daemon/log.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/store_commands.hpp"
#include "daemon/writing_commands.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <csignal>
#include <exception>
#include <utility>

namespace {

using namespace thidua;          // NOLINT: this file is nobody's header
using namespace thidua::daemon;  // NOLINT

ExitCode report_problems(const Options& options, const std::vector<config::Problem>& problems) {
    for (const config::Problem& problem : problems) {
        fmt::print(stderr, "{}\n", to_text(problem));
    }
    if (options.command == Command::Validate && options.json) {
        fmt::print("{}", pretty_json({{"valid", false}, {"problems", problems_json(problems)}}));
    }
    return ExitCode::Config;
}

/// Commands that write nothing while a daemon may be running.
constexpr std::pair<Command, ExitCode (*)(const Options&, const config::Settings&)>
    other_commands[] = {
        {Command::Run, run_daemon},
        {Command::Validate, run_validate},
        {Command::Standings, run_standings},
        {Command::Gap, run_gap},
        {Command::FreezeStatus, run_freeze_status},
        {Command::ReportRender, run_report_render},
        {Command::ReportList, run_report_list},
        {Command::Simulate, run_simulate},
        {Command::ScheduleNext, run_schedule_next},
        {Command::Status, run_status},
        {Command::PullsList, run_pulls_list},
        {Command::Test, run_test},
        {Command::QuarantineList, run_quarantine_list},
        {Command::QuarantineShow, run_quarantine_show},
        {Command::ProceduresList, run_procedures_list},
        {Command::RulesEval, run_rules},
        {Command::RulesExplain, run_rules},
        {Command::RulesSensitivity, run_rules_sensitivity},
        {Command::UnitsList, run_units_list},
        {Command::UnitsUnmapped, run_units_unmapped},
        {Command::Explain, run_explain},
        {Command::Verify, run_verify},
        {Command::AuditVerify, run_audit_verify},
        {Command::AuditList, run_audit_list},
        {Command::Restore, run_restore},
        {Command::DbMigrate, run_db_migrate},
};

ExitCode run_other_command(const Options& options, const config::Settings& settings) {
    for (const auto& [command, run] : other_commands) {
        if (command == options.command) {
            return run(options, settings);
        }
    }
    check(false, "run_other_command: a command with a function");
    return ExitCode::Internal;
}

ExitCode run_command(const Options& options, const config::Settings& settings) {
    if (options.command == Command::Pull && options.dry_run) {
        return run_pull_rehearsal(options, settings);
    }
    if (options.command == Command::Import && !options.template_kind.empty()) {
        return run_import_template(options, settings);
    }
    if (const WritingCommand* writing = find_writing_command(options.command)) {
        return run_writing_command(*writing, options, settings);
    }
    return run_other_command(options, settings);
}

ExitCode run_program(int argc, char** argv) {
    // A full disk or a closed pipe is an error of the call that meets it, not of the process.
    (void)std::signal(SIGPIPE, SIG_IGN);
    (void)std::signal(SIGXFSZ, SIG_IGN);
    const auto options = parse_options(argc, argv);
    if (!options) {
        return options.error();
    }
    set_up_log();
    if (is_of_catalogue(*options)) {
        return options->template_kind.empty() ? run_catalogue_import(*options)
                                              : run_catalogue_template(*options);
    }
    const auto settings = config::load(options->config);
    if (!settings) {
        return report_problems(*options, settings.error());
    }
    return run_command(*options, *settings);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return static_cast<int>(run_program(argc, argv));
    } catch (const std::exception& error) {
        fmt::print(stderr, "thidua: internal error: {}\n", error.what());
        return static_cast<int>(ExitCode::Internal);
    }
}
