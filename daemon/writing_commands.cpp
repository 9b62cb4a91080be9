// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/writing_commands.hpp"

#include "daemon/commands.hpp"
#include "daemon/hand_over.hpp"
#include "daemon/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace thidua::daemon {
namespace {

using std::chrono::steady_clock;
using Manner = WritingCommand::Manner;

bool always(const Options& /*options*/) {
    return true;
}

bool is_no_trial(const Options& options) {
    return options.to.empty();
}

bool has_accepted_loss(const Options& options) {
    return options.accept_loss;
}

bool is_no_rehearsal(const Options& options) {
    return !options.dry_run;
}

constexpr std::array commands{
    WritingCommand{Command::Pull, "pull", always, Manner::InTurn, pull},
    WritingCommand{Command::Import, "import", always, Manner::InTurn, import_files},
    WritingCommand{Command::Backfill, "backfill", is_no_rehearsal, Manner::InTurn, backfill},
    WritingCommand{Command::Replay, "replay", is_no_rehearsal, Manner::InTurn, replay},
    WritingCommand{
        Command::QuarantineDrop, "quarantine drop", always, Manner::InTurn, quarantine_drop},
    WritingCommand{
        Command::QuarantineReplay, "quarantine replay", always, Manner::InTurn, quarantine_replay},
    WritingCommand{Command::RulesDecide, "rules decide", always, Manner::InTurn, rules_decide},
    WritingCommand{Command::EvidenceAdd, "evidence add", always, Manner::InTurn, evidence_add},
    WritingCommand{
        Command::EvidenceDecide, "evidence decide", always, Manner::InTurn, evidence_decide},
    WritingCommand{
        Command::ProceduresPropose,
        "procedures propose",
        always,
        Manner::InTurn,
        procedures_propose},
    WritingCommand{
        Command::ProceduresDecide, "procedures decide", always, Manner::InTurn, procedures_decide},
    WritingCommand{
        Command::NominationsReceive,
        "nominations receive",
        always,
        Manner::InTurn,
        nominations_receive},
    WritingCommand{Command::SilenceAdd, "silence add", always, Manner::InTurn, silence_add},
    WritingCommand{
        Command::SilenceExpire, "silence expire", always, Manner::InTurn, silence_expire},
    WritingCommand{Command::UrgeRecord, "urge record", always, Manner::InTurn, urge_record},
    WritingCommand{Command::UrgeDrafted, "urge drafted", always, Manner::InTurn, urge_drafted},
    WritingCommand{Command::UnitsMap, "units map", always, Manner::InTurn, units_map},
    WritingCommand{Command::ReportSend, "report send", is_no_trial, Manner::InTurn, report_send},
    WritingCommand{
        Command::DeliveryResend, "delivery resend", always, Manner::InTurn, delivery_resend},
    WritingCommand{
        Command::DeliveryConfirm, "delivery confirm", always, Manner::InTurn, delivery_confirm},
    WritingCommand{Command::FreezeStart, "freeze start", always, Manner::InTurn, freeze_start},
    WritingCommand{Command::FreezeAmend, "freeze amend", always, Manner::InTurn, freeze_amend},
    WritingCommand{Command::Purge, "purge", has_accepted_loss, Manner::InTurn, purge},
    WritingCommand{Command::Reload, "reload", always, Manner::Reload, nullptr},
    WritingCommand{Command::Backup, "backup", always, Manner::Beside, backup},
};

/// A daemon that has just started does not listen yet, one that stops does so no more: both pass.
constexpr std::chrono::seconds daemon_comes_or_goes{5};
constexpr std::chrono::milliseconds look_again_after{50};

ExitCode run_in(
    const WritingCommand& command,
    const Options& options,
    const Output& output,
    const Result<std::unique_ptr<Session>>& session
) {
    if (!session) {
        return report_error(output, session.error());
    }
    return command.run(options, (*session)->service(), output);
}

/// The store is held: what the holder makes of the command, or nothing while it may yet listen.
std::optional<ExitCode> hand_to_holder(
    const HandOver& what, const config::Settings& settings, const Error& held, bool is_last_try
) {
    const auto holder = store::read_lock_holder(settings.store_path);
    if (!holder || !takes_commands(*holder)) {
        return report_error(what.output, held);
    }
    if (!holder->socket.empty()) {
        auto answer = hand_over(what, *holder);
        if (answer) {
            return *answer;
        }
        if (is_last_try) {
            return report_error(what.output, failed(held.message, answer.error()).error());
        }
    } else if (is_last_try) {
        return report_error(what.output, held);
    }
    return std::nullopt;
}

/// Through the daemon, if there is one that listens.
std::optional<ExitCode> hand_to_daemon(const HandOver& what, const config::Settings& settings) {
    const auto holder = store::read_lock_holder(settings.store_path);
    if (!holder || !takes_commands(*holder) || holder->socket.empty()) {
        return std::nullopt;
    }
    // Nobody there: a killed daemon leaves its name behind.
    const auto answer = hand_over(what, *holder);
    return answer ? std::optional(*answer) : std::nullopt;
}

}  // namespace

const WritingCommand* find_writing_command(Command command) {
    const auto* const row = std::ranges::find(commands, command, &WritingCommand::command);
    return row == commands.end() ? nullptr : row;
}

const WritingCommand* find_writing_command(std::string_view name) {
    const auto* const row = std::ranges::find(commands, name, &WritingCommand::name);
    return row == commands.end() ? nullptr : row;
}

ExitCode run_writing_command(
    const WritingCommand& command, const Options& options, const config::Settings& settings
) {
    const Output output = terminal_output(Progress::style_for_stderr(options.quiet));
    const StopOnSignal signals;
    const HandOver what{std::string(command.name), options, settings.hash, output, signals.token()};
    if (command.manner != Manner::InTurn) {
        if (const auto code = hand_to_daemon(what, settings)) {
            return *code;
        }
    }
    if (command.manner == Manner::Reload) {
        return report_error(
            output,
            {ErrorKind::Transient,
             "reload: no daemon runs on this store, so nothing is to be taken up; 'thidua run' "
             "reads the configuration when it starts"}
        );
    }
    if (command.manner == Manner::Beside || !command.writes(options)) {
        return run_in(
            command,
            options,
            output,
            Session::open(settings, Session::Purpose::Read, options.now, signals.token())
        );
    }
    const auto wait = make_wait(Clock{}, signals.token());
    const auto last_try = steady_clock::now() + daemon_comes_or_goes;
    while (true) {
        const bool is_last_try = signals.token().stop_requested() || steady_clock::now() > last_try;
        auto lock = Session::take_lock(settings, command.name);
        if (lock) {
            return run_in(
                command,
                options,
                output,
                Session::open_for_writing(
                    settings,
                    Session::Purpose::Write,
                    *std::move(lock),
                    options.now,
                    signals.token()
                )
            );
        }
        if (const auto code = hand_to_holder(what, settings, lock.error(), is_last_try)) {
            return *code;
        }
        wait(look_again_after);
    }
}

}  // namespace thidua::daemon
