// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/options.hpp"

#include "core/text.hpp"
#include "daemon/command_tree.hpp"
#include "daemon/config_options.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <tuple>

namespace thidua::daemon {
namespace {

class CommandLine : ConfigOptions {
  public:
    CommandLine() {
        app_.set_version_flag("--version", "thidua " THIDUA_VERSION);
        app_.require_subcommand(1);
        app_.fallthrough();
        app_.add_option("--config", options_.config, "the root configuration file")
            ->capture_default_str();
        app_.add_flag("--json", options_.json, "answer in JSON");
        app_.add_flag("--quiet", options_.quiet, "no progress and no remarks");
        add_simple("run", Command::Run, "run the service until it is told to stop");
        add_simple("reload", Command::Reload, "let the running daemon take up its configuration");
        add_init();
        add_validate();
        add_config();
        add_now(add(
            app_, "status", Command::Status, "how the service, its sources, jobs and mail stand"
        ));
        add_now(add(
            app_,
            "check",
            Command::Check,
            "the same in one line for monitoring: exit code 0 OK, 1 warning, 2 critical, 3 unknown"
        ));
        add_pull();
        add_pulls();
        add_import();
        add_test();
        add_again();
        add_quarantine();
        add_procedures();
        add_units();
        add_standings();
        add_explain();
        add_rules();
        add_evidence();
        add_reviews();
        add_nominations();
        add_alerts();
        add_silences();
        add_urging();
        add_simple("verify", Command::Verify, "recompute rollups from versions and compare");
        add_report();
        add_freeze();
        add_simulate();
        add_schedule();
        add_delivery();
        add_store();
        add_web();
    }

    [[nodiscard]] TreeCommand tree() const { return tree_of(app_); }

    std::expected<Options, ExitCode> parse(int argc, char** argv) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            if (error.get_exit_code() != 0 && report_unknown_command()) {
                return std::unexpected(ExitCode::Usage);
            }
            const int code = app_.exit(error);
            return std::unexpected(code == 0 ? ExitCode::Done : ExitCode::Usage);
        }
        return options_;
    }

  private:
    /// A word that is no command is named, with what may have been meant. False if there is none.
    [[nodiscard]] bool report_unknown_command() const {
        const std::vector<std::string> extra = app_.remaining();
        if (extra.empty() || extra.front().starts_with('-') || !app_.get_subcommands().empty()) {
            return false;
        }
        std::vector<std::string> known;
        for (const CLI::App* command : app_.get_subcommands([](const CLI::App*) { return true; })) {
            known.push_back(command->get_name());
        }
        const std::string meant = nearest(extra.front(), known);
        fmt::print(
            stderr,
            "thidua: there is no command '{}'{}; thidua --help lists them\n",
            extra.front(),
            meant.empty() ? "" : ", did you mean '" + meant + "'?"
        );
        return true;
    }

    void add_standings() {
        add_of_figures(
            add(app_, "standings", Command::Standings, "figures, verdicts and ranks of every unit")
        );
        add_of_figures(add(
            app_, "gap", Command::Gap, "what separates every unit from its targets, and its pace"
        ));
        CLI::App& reconcile =
            add(app_, "reconcile", Command::Reconcile, "what sources differ in, and why");
        add_of_figures(reconcile);
        reconcile.add_flag(
            "--dossiers", options_.dossiers, "list the dossiers that a unit must have fixed"
        );
    }

    void add_of_figures(CLI::App& app) {
        add_parsed(
            app, "--as-of", options_.as_of, parse_day, "the last day counted; default today"
        );
        add_known_at(app);
        app.add_option("--unit", options_.unit, "only this unit, by its code");
        add_now(app);
    }

    void add_explain() {
        CLI::App& explain =
            add(app_, "explain", Command::Explain, "where a figure comes from, by its id: F7K2Q9XAM"
            );
        explain.add_option("ID", options_.figure, "the figure's id")->required();
        explain.add_flag("--all", options_.all, "list every dossier and payment");
        add_now(explain);
    }

    void add_report() {
        CLI::App* report = app_.add_subcommand("report", "what was published, and what would be");
        report->fallthrough();
        report->require_subcommand(1);
        CLI::App& list = add(*report, "list", Command::ReportList, "what was published");
        CLI::App& render =
            add(*report, "render", Command::ReportRender, "render a digest, publish nothing");
        render.add_option("--out", options_.out, "folder to write it to; default: text to stdout");
        CLI::App& send = add(
            *report, "send", Command::ReportSend, "publish a digest and deliver what is due, once"
        );
        send.add_option("--to", options_.to, "only a trial copy to this address");
        for (CLI::App* app : {&render, &send}) {
            add_parsed(
                *app, "--week", options_.week, parse_week, "2024-W42; default the last complete one"
            );
            add_now(*app);
        }
        add_now(list);
        add_report_archive(*report);
        add_report_drafts(render);
    }

    void add_report_archive(CLI::App& report) {
        CLI::App& show =
            add(report, "show", Command::ReportShow, "what an edition said, from the archive");
        show.add_option("--out", options_.out, "folder to write it to; default: text to stdout");
        show.add_option("--mime", options_.to, "the message as handed over to this recipient");
        CLI::App& verify =
            add(report,
                "verify",
                Command::ReportVerify,
                "whether filed editions are as published; asks the files alone");
        verify.add_option("FOLDER", options_.file, "where editions are filed")->required();
        CLI::App& reproduce =
            add(report,
                "reproduce",
                Command::ReportReproduce,
                "make an edition again; exit code 1 if its figures differ");
        CLI::App& diff =
            add(report, "diff", Command::ReportDiff, "its figures beside what is known of them now"
            );
        for (CLI::App* app : {&show, &reproduce, &diff}) {
            app->add_option("EDITION", options_.edition, "its id: weekly/2024-W42/all/1")
                ->required();
            add_now(*app);
        }
    }

    /// `report render` followed by the name of a paper that people sign.
    void add_report_drafts(CLI::App& render) {
        render
            .add_option(
                "EDITION", options_.kind, "digest (default), or as Word: urging, procedure-review"
            )
            ->check(CLI::IsMember({"digest", "urging", "procedure-review"}));
        CLI::Option* folder = render.add_option("--to", options_.out, "the same as --out");
        folder->excludes("--out");
        add_parsed(render, "--as-of", options_.as_of, parse_day, "of a Word file: default today");
        add_known_at(render);
        render.add_option(
            "--unit", options_.unit, "urging: only this one; default all below a target"
        );
        render.add_option("--by", options_.by, "urging: who drafts it; recorded");
        add_of_drafts(render);
        render.callback([this] {
            const bool is_digest = options_.kind.empty() || options_.kind == "digest";
            options_.command = is_digest ? Command::ReportRender : Command::ReportDraft;
            const bool has_draft_options = options_.as_of || options_.known_at ||
                                           !options_.unit.empty() || !options_.form.empty() ||
                                           !options_.by.empty() || options_.replace;
            if (is_digest && has_draft_options) {
                throw CLI::ValidationError("a digest takes --week, --out and --now alone");
            }
            if (!is_digest && (options_.week || options_.out.empty())) {
                throw CLI::ValidationError(options_.kind, "say --to FOLDER, and no --week");
            }
        });
    }

    void add_freeze() {
        CLI::App* freeze = app_.add_subcommand(
            "freeze", "the reports on the awards: provisional, final, amended (chot so)"
        );
        freeze->fallthrough();
        freeze->require_subcommand(1);
        CLI::App& status =
            add(*freeze,
                "status",
                Command::FreezeStatus,
                "what was published and is due; exit code 1 while anything keeps it open");
        CLI::App& start = add(
            *freeze, "start", Command::FreezeStart, "publish the provisional report before its hour"
        );
        CLI::App& amend = add(
            *freeze, "amend", Command::FreezeAmend, "publish the next amendment, with what differs"
        );
        amend.add_option("--reason", options_.note, "why; printed")->required();
        amend.add_option("--approved-by", options_.approved_by, "who approved it; printed")
            ->required();
        amend.add_option("--document", options_.document, "number of the approving document");
        add_by(start);
        add_by(amend);
        for (CLI::App* app : {&status, &start, &amend}) {
            add_now(*app);
        }
    }

    void add_simulate() {
        CLI::App& simulate =
            add(app_,
                "simulate",
                Command::Simulate,
                "replay the whole campaign against the sandbox under a virtual clock");
        simulate.add_option("--sandbox", options_.sandbox, "the sandbox's URL")->required();
        add_parsed(
            simulate,
            "--until",
            options_.until,
            parse_instant,
            "stop there; default after the last digest"
        );
    }

    void add_schedule() {
        CLI::App* schedule = app_.add_subcommand("schedule", "when jobs fall due");
        schedule->fallthrough();
        schedule->require_subcommand(1);
        add_now(add(*schedule, "next", Command::ScheduleNext, "each job's next time, local and UTC")
        );
        CLI::App& list =
            add(*schedule, "list", Command::ScheduleList, "what fell due, and how it ended");
        list.add_option("--job", options_.job, "only this job, such as digest:weekly");
        add_limit(list);
    }

    void add_delivery() {
        CLI::App* delivery = app_.add_subcommand("delivery", "who has got what");
        delivery->fallthrough();
        delivery->require_subcommand(1);
        CLI::App& list =
            add(*delivery,
                "list",
                Command::DeliveryList,
                "each recipient of an edition, and how it went");
        list.add_option("EDITION", options_.edition, "its id; default all that did not arrive");
        list.add_flag("--failed", options_.failed, "only those that did not arrive");
        CLI::App& resend =
            add(*delivery,
                "resend",
                Command::DeliveryResend,
                "send again what did not arrive, the archived bytes");
        resend.add_option("EDITION", options_.edition, "its id")->required();
        resend.add_flag("--failed", options_.failed, "all recipients that were refused");
        CLI::App& confirm =
            add(*delivery,
                "confirm",
                Command::DeliveryConfirm,
                "put on file that a message arrived of which the relay did not say so");
        confirm.add_option("EDITION", options_.edition, "its id")->required();
        for (CLI::App* decided : {&resend, &confirm}) {
            decided->add_option("--recipient", options_.recipient, "this one, by its id");
            decided->add_option("--by", options_.by, "who decides it; recorded")->required();
            add_now(*decided);
        }
    }

    void add_web() {
        CLI::App* web = app_.add_subcommand("web", "the status pages");
        web->fallthrough();
        web->require_subcommand(1);
        add(*web, "password", Command::WebPassword, "a line of web.password_file, from stdin")
            .add_option("USER", options_.by, "whose password it is")
            ->required();
    }

    void add_purge() {
        CLI::App& purge =
            add(app_,
                "purge",
                Command::Purge,
                "take away what tells of single dossiers and payments, after the appeals; without "
                "--yes-delete only count it");
        purge.add_flag("--yes-delete", options_.accept_loss, "do it, for good");
        purge.add_option("--by", options_.by, "who decides it; recorded");
        add_now(purge);
    }

    void add_store() {
        CLI::App* audit = app_.add_subcommand("audit", "the chain of what was recorded and sent");
        audit->fallthrough();
        audit->require_subcommand(1);
        CLI::App& verify =
            add(*audit,
                "verify",
                Command::AuditVerify,
                "find what was altered or taken out; exit code 1 if there is anything");
        add_parsed(
            verify,
            "--seal",
            options_.seal,
            parse_seal,
            "the seal of a digest, from its foot: 1234:a1b2c3d4e5f6; the chain must have it"
        );
        add_limit(add(*audit, "list", Command::AuditList, "the newest entries"));
        CLI::App& copy =
            add(app_, "backup", Command::Backup, "copy the store into a new file, checked");
        copy.add_option(
                "FILE",
                options_.file,
                "a file that is not there yet; or a folder, to name it by its time"
        )
            ->required();
        copy.add_option(
                "--keep",
                options_.entry.copies,
                "in a folder: how many stay, the newest; default 14"
        )
            ->check(CLI::Range(1, 1'000'000));
        add_purge();
        CLI::App& restore = add(
            app_, "restore", Command::Restore, "put a backup in the store's place, which is kept"
        );
        restore.add_option("FILE", options_.file, "a backup");
        restore.add_flag(
            "--accept-loss", options_.accept_loss, "go on without what the witness saw and is gone"
        );
        restore.add_option("--by", options_.by, "who decides it; recorded");
        add_now(restore);
        CLI::App* db = app_.add_subcommand("db", "the database of the store");
        db->fallthrough();
        db->require_subcommand(1);
        add_now(add(
            *db, "migrate", Command::DbMigrate, "bring an older store up to date, after a backup"
        ));
    }
};

}  // namespace

std::expected<Options, ExitCode> parse_options(int argc, char** argv) {
    CommandLine command_line;
    return command_line.parse(argc, argv);
}

TreeCommand command_tree() {
    return CommandLine().tree();
}

}  // namespace thidua::daemon
