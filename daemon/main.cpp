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

/// A command that shows figures, or what stands behind them.
ExitCode run_on_figures(const Options& options, const config::Settings& settings) {
    if (options.command == Command::Standings) {
        return run_standings(options, settings);
    }
    if (options.command == Command::Reconcile) {
        return run_reconcile(options, settings);
    }
    return options.command == Command::Explain ? run_explain(options, settings)
                                               : run_rules(options, settings);
}

/// A command that writes nothing while a daemon may be running.
ExitCode run_other_command(const Options& options, const config::Settings& settings) {
    switch (options.command) {
        case Command::Run:
            return run_daemon(options, settings);
        case Command::Validate:
            return run_validate(options, settings);
        case Command::Standings:
        case Command::Reconcile:
        case Command::RulesEval:
        case Command::RulesExplain:
        case Command::Explain:
            return run_on_figures(options, settings);
        case Command::ReportRender:
            return run_report_render(options, settings);
        case Command::ReportList:
            return run_report_list(options, settings);
        case Command::Simulate:
            return run_simulate(options, settings);
        case Command::ScheduleNext:
            return run_schedule_next(options, settings);
        case Command::Status:
            return run_status(options, settings);
        case Command::PullsList:
            return run_pulls_list(options, settings);
        case Command::Test:
            return run_test(options, settings);
        case Command::QuarantineList:
            return run_quarantine_list(options, settings);
        case Command::QuarantineShow:
            return run_quarantine_show(options, settings);
        case Command::ProceduresList:
            return run_procedures_list(options, settings);
        case Command::UnitsList:
            return run_units_list(options, settings);
        case Command::UnitsUnmapped:
            return run_units_unmapped(options, settings);
        case Command::Verify:
            return run_verify(options, settings);
        case Command::AuditVerify:
            return run_audit_verify(options, settings);
        case Command::AuditList:
            return run_audit_list(options, settings);
        case Command::Restore:
            return run_restore(options, settings);
        case Command::DbMigrate:
            return run_db_migrate(options, settings);
        case Command::Pull:
        case Command::Import:
        case Command::Backfill:
        case Command::Replay:
        case Command::QuarantineDrop:
        case Command::QuarantineReplay:
        case Command::UnitsMap:
        case Command::ReportSend:
        case Command::Backup:
            break;  // rows of the table of writing commands
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
