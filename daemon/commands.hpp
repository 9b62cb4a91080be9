// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The commands, one function each: they read settings, do one thing and say how it ended.
#pragma once

#include "config/problem.hpp"
#include "config/settings.hpp"
#include "connectors/tables/template_xlsx.hpp"
#include "core/table_file.hpp"
#include "daemon/exit_code.hpp"
#include "daemon/mail_job.hpp"
#include "daemon/options.hpp"
#include "daemon/output.hpp"
#include "daemon/service.hpp"

#include <span>

namespace thidua::daemon {

[[nodiscard]] ExitCode run_daemon(const Options& options, const config::Settings& settings);
/// Tells of mistakes in the configuration, a line each on stderr.
[[nodiscard]] ExitCode report_problems(const std::vector<config::Problem>& problems);
[[nodiscard]] ExitCode run_validate(const Options& options);
[[nodiscard]] ExitCode run_config_show(const Options& options);
[[nodiscard]] ExitCode run_config_schema(const Options& options);
[[nodiscard]] ExitCode run_config_reference();
[[nodiscard]] ExitCode run_init(const Options& options);
[[nodiscard]] ExitCode purge(const Options& options, const Service& service, const Output& output);
[[nodiscard]] ExitCode run_standings(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_gap(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_reconcile(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_report_list(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_report_show(const Options& options, const config::Settings& settings);
/// Asks the files alone: it needs no configuration.
[[nodiscard]] ExitCode run_report_verify(const Options& options);
[[nodiscard]] ExitCode run_report_reproduce(
    const Options& options, const config::Settings& settings
);
[[nodiscard]] ExitCode run_report_diff(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_report_render(const Options& options, const config::Settings& settings);
/// report render urging, report render procedure-review
[[nodiscard]] ExitCode run_report_draft(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_nominations_draft(
    const Options& options, const config::Settings& settings
);
[[nodiscard]] ExitCode run_simulate(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_schedule_next(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_schedule_list(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_delivery_list(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_check(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_status(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_pulls_list(const Options& options, const config::Settings& settings);
/// pull --dry-run: asks, and writes nothing; also where no store is yet.
[[nodiscard]] ExitCode run_pull_rehearsal(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_test(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_import_template(
    const Options& options, const config::Settings& settings
);
/// Whether units, procedures or officers are to be imported, or their template written; those two
/// need no configuration that loads.
[[nodiscard]] bool is_of_catalogue(const Options& options);
[[nodiscard]] ExitCode run_catalogue_import(const Options& options);
[[nodiscard]] ExitCode run_catalogue_template(const Options& options);
/// Writes the workbook for such columns to `options.out`, or mau-KIND.xlsx.
[[nodiscard]] ExitCode write_template(
    const Options& options,
    const connectors::TemplateWords& words,
    std::span<const FileColumn> columns
);
[[nodiscard]] ExitCode run_quarantine_list(
    const Options& options, const config::Settings& settings
);
[[nodiscard]] ExitCode run_quarantine_show(
    const Options& options, const config::Settings& settings
);
[[nodiscard]] ExitCode run_units_list(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_procedures_list(
    const Options& options, const config::Settings& settings
);
[[nodiscard]] ExitCode run_freeze_status(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_evidence_list(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_evidence_template(
    const Options& options, const config::Settings& settings
);
[[nodiscard]] ExitCode run_procedures_review(
    const Options& options, const config::Settings& settings
);
/// nominations list, nominations check
[[nodiscard]] ExitCode run_nominations(const Options& options, const config::Settings& settings);
/// rules eval, rules explain
[[nodiscard]] ExitCode run_rules(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_rules_sensitivity(
    const Options& options, const config::Settings& settings
);
[[nodiscard]] ExitCode run_units_unmapped(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_alerts_list(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_alerts_explain(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_alerts_backtest(
    const Options& options, const config::Settings& settings
);
[[nodiscard]] ExitCode run_silence_list(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_urge_list(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_explain(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_verify(const Options& options, const config::Settings& settings);

// Those that write (daemon/writing_commands.hpp): run by this process, or by the daemon for
// another.

[[nodiscard]] ExitCode pull(const Options& options, const Service& service, const Output& output);
[[nodiscard]] ExitCode report_send(
    const Options& options, const Service& service, const Output& output
);
/// The last reply, if somebody has not got what was to be sent; 69 then.
[[nodiscard]] ExitCode tell_delivered(const DeliveryReport& delivered, const Output& output);
[[nodiscard]] ExitCode delivery_resend(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode delivery_confirm(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode import_files(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode backfill(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode replay(const Options& options, const Service& service, const Output& output);
[[nodiscard]] ExitCode quarantine_drop(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode quarantine_replay(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode units_map(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode freeze_start(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode freeze_amend(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode rules_decide(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode evidence_add(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode evidence_decide(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode procedures_propose(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode procedures_decide(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode nominations_receive(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode silence_add(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode silence_expire(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode urge_record(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode urge_drafted(
    const Options& options, const Service& service, const Output& output
);
[[nodiscard]] ExitCode backup(const Options& options, const Service& service, const Output& output);

}  // namespace thidua::daemon
