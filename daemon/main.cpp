// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua: arguments become options, the configuration becomes settings, a command runs. The
// outermost catch is here and nowhere else.
#include "config/loader.hpp"
#include "daemon/check.hpp"
#include "daemon/commands.hpp"
#include "daemon/completion.hpp"
#include "daemon/log.hpp"
#include "daemon/store_commands.hpp"
#include "daemon/web/password_command.hpp"
#include "daemon/writing_commands.hpp"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <exception>
#include <optional>
#include <string_view>

namespace {

using namespace thidua;          // NOLINT: this file is nobody's header
using namespace thidua::daemon;  // NOLINT

/// A command that writes nothing while a daemon may be running.
struct ReadingCommand {
    Command command;
    ExitCode (*run)(const Options& options, const config::Settings& settings);
};

constexpr std::array reading_commands{
    ReadingCommand{Command::Run, run_daemon},
    ReadingCommand{Command::FreezeStatus, run_freeze_status},
    ReadingCommand{Command::Standings, run_standings},
    ReadingCommand{Command::Gap, run_gap},
    ReadingCommand{Command::Reconcile, run_reconcile},
    ReadingCommand{Command::ReportRender, run_report_render},
    ReadingCommand{Command::ReportList, run_report_list},
    ReadingCommand{Command::ReportShow, run_report_show},
    ReadingCommand{Command::ReportReproduce, run_report_reproduce},
    ReadingCommand{Command::ReportDiff, run_report_diff},
    ReadingCommand{Command::ReportDraft, run_report_draft},
    ReadingCommand{Command::NominationsDraft, run_nominations_draft},
    ReadingCommand{Command::Simulate, run_simulate},
    ReadingCommand{Command::ScheduleNext, run_schedule_next},
    ReadingCommand{Command::ScheduleList, run_schedule_list},
    ReadingCommand{Command::DeliveryList, run_delivery_list},
    ReadingCommand{Command::Status, run_status},
    ReadingCommand{Command::Check, run_check},
    ReadingCommand{Command::PullsList, run_pulls_list},
    ReadingCommand{Command::Test, run_test},
    ReadingCommand{Command::QuarantineList, run_quarantine_list},
    ReadingCommand{Command::QuarantineShow, run_quarantine_show},
    ReadingCommand{Command::ProceduresList, run_procedures_list},
    ReadingCommand{Command::EvidenceList, run_evidence_list},
    ReadingCommand{Command::EvidenceTemplate, run_evidence_template},
    ReadingCommand{Command::ProceduresReview, run_procedures_review},
    ReadingCommand{Command::NominationsList, run_nominations},
    ReadingCommand{Command::NominationsCheck, run_nominations},
    ReadingCommand{Command::RulesEval, run_rules},
    ReadingCommand{Command::RulesExplain, run_rules},
    ReadingCommand{Command::RulesSensitivity, run_rules_sensitivity},
    ReadingCommand{Command::UnitsList, run_units_list},
    ReadingCommand{Command::UnitsUnmapped, run_units_unmapped},
    ReadingCommand{Command::AlertsList, run_alerts_list},
    ReadingCommand{Command::AlertsExplain, run_alerts_explain},
    ReadingCommand{Command::AlertsBacktest, run_alerts_backtest},
    ReadingCommand{Command::SilenceList, run_silence_list},
    ReadingCommand{Command::UrgeList, run_urge_list},
    ReadingCommand{Command::Explain, run_explain},
    ReadingCommand{Command::Verify, run_verify},
    ReadingCommand{Command::AuditVerify, run_audit_verify},
    ReadingCommand{Command::AuditList, run_audit_list},
    ReadingCommand{Command::Restore, run_restore},
    ReadingCommand{Command::DbMigrate, run_db_migrate},
};

ExitCode run_reading_command(const Options& options, const config::Settings& settings) {
    const auto* const row =
        std::ranges::find(reading_commands, options.command, &ReadingCommand::command);
    check(row != reading_commands.end(), "run_reading_command: a row, or one that writes");
    return row->run(options, settings);
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
    return run_reading_command(options, settings);
}

/// Commands that ask no configuration, or one that may be full of mistakes; nothing: another one.
std::optional<ExitCode> run_without_settings(const Options& options) {
    switch (options.command) {
        case Command::ReportVerify:
            return run_report_verify(options);
        case Command::Validate:
            return run_validate(options);
        case Command::ConfigShow:
            return run_config_show(options);
        case Command::ConfigSchema:
            return run_config_schema(options);
        case Command::ConfigReference:
            return run_config_reference();
        case Command::Init:
            return run_init(options);
        default:
            return std::nullopt;
    }
}

/// A core would hold credentials. A sanitizer's own look at the process needs it dumpable.
void forbid_cores() {
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    (void)::setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__
    (void)::prctl(PR_SET_DUMPABLE, 0);
#endif
}

ExitCode run_program(int argc, char** argv) {
    forbid_cores();
    // A full disk or a closed pipe is an error of the call that meets it, not of the process.
    (void)std::signal(SIGPIPE, SIG_IGN);
    (void)std::signal(SIGXFSZ, SIG_IGN);
    // For scripts of shells and of the build alone, so it is no command that people are told of.
    if (argc > 1 && std::string_view(argv[1]) == "completion") {
        return run_completion({argv + 2, argv + argc});
    }
    const auto options = parse_options(argc, argv);
    if (!options) {
        return options.error();
    }
    set_up_log();
    if (is_of_catalogue(*options)) {
        return options->template_kind.empty() ? run_catalogue_import(*options)
                                              : run_catalogue_template(*options);
    }
    if (const auto code = run_without_settings(*options)) {
        return *code;
    }
    if (options->command == Command::WebPassword) {
        return web::run_password(*options);
    }
    const auto settings = config::load(options->config);
    if (!settings && options->command == Command::Check) {
        return report_unknown(
            *options,
            fmt::format(
                "{}: {} mistakes, 'thidua validate' lists them",
                options->config.string(),
                settings.error().size()
            )
        );
    }
    if (!settings) {
        return report_problems(settings.error());
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
