// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/options.hpp"

#include "core/text.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <functional>
#include <tuple>

namespace thidua::daemon {
namespace {

/// A CLI11 check that is one of our parsers.
template <class Parse>
std::function<std::string(const std::string&)> checked(Parse parse) {
    return [parse](const std::string& text) {
        const auto value = parse(text);
        return value ? std::string() : value.error().message;
    };
}

/// An option read by one of our parsers into `target`.
template <class Value, class Parse>
CLI::Option* add_parsed(
    CLI::App& app,
    const std::string& names,
    std::optional<Value>& target,
    Parse parse,
    const std::string& help
) {
    return app
        .add_option_function<std::string>(
            names,
            [&target, parse](const std::string& text) {
                if (const auto value = parse(text)) {
                    target = *value;
                }
            },
            help
        )
        ->check(checked(parse));
}

constexpr std::string_view instant_help = "an instant such as 2024-10-18T16:00:00+07:00";

class CommandLine {
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
        add_simple("validate", Command::Validate, "check the configuration, offline");
        add_simple("status", Command::Status, "the last pull of each source, and what is due next");
        add_pull();
        add_pulls();
        add_import();
        add_again();
        add_quarantine();
        add_units();
        add_standings();
        add_explain();
        add_simple("verify", Command::Verify, "recompute rollups from versions and compare");
        add_report();
        add_simulate();
        add_schedule();
        add_store();
    }

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

    CLI::App& add(
        CLI::App& parent, const std::string& name, Command command, const std::string& help
    ) {
        CLI::App* added = parent.add_subcommand(name, help);
        added->fallthrough();
        added->callback([this, command] { options_.command = command; });
        return *added;
    }

    void add_simple(const std::string& name, Command command, const std::string& help) {
        add_now(add(app_, name, command, help));
    }

    void add_now(CLI::App& app) {
        add_parsed(
            app, "--now", options_.now, parse_instant, "virtual clock: " + std::string(instant_help)
        );
    }

    void add_pull() {
        CLI::App& pull = add(app_, "pull", Command::Pull, "pull all sources, or those named, now");
        pull.add_option("SOURCE", options_.sources, "names of sources");
        add_dry_run(pull, "ask for the newest window and show what comes of it; write nothing");
        pull.add_option(
            "--record", options_.record, "keep what was asked and answered in a folder"
        );
        add_limit(pull);
        add_now(pull);
    }

    void add_import() {
        CLI::App& import = add(
            app_, "import", Command::Import, "take files of records, or write a template for them"
        );
        import.add_option("FILE", options_.files, "xlsx, csv, json or ndjson")
            ->transform(CLI::Validator(
                [](std::string& file) {
                    file = std::filesystem::absolute(file).string();
        return std::string();
    },
                ""
            ));
    CLI::Option* as = import.add_option(
        "--as", options_.kind, "kind of records, or the name of a source that takes files"
    );
    CLI::Option* form = import.add_option(
        "--template", options_.template_kind, "write an empty workbook for such records"
    );
    as->excludes(form);
    import.add_option("--out", options_.out, "the workbook; default mau-KIND.xlsx");
        import.callback([this] {
            options_.command = Command::Import;
        if (options_.template_kind.empty() && (options_.files.empty() || options_.kind.empty())) {
            throw CLI::ValidationError("import", "FILE and --as, or --template, are needed");
        }
        });
        add_now(import);
        }  // namespace

        void add_dry_run(CLI::App& app, const std::string& help) {
            app.add_flag("--dry-run", options_.dry_run, help);
        }

        /// What is asked or read again.
        void add_again() {
            CLI::App& backfill =
                add(app_, "backfill", Command::Backfill, "ask a source again for days that you name"
                );
            backfill.add_option("SOURCE", options_.sources, "its name")->required()->expected(1);
            for (const auto& [name, target, help] :
                 {std::tuple("--from", &options_.from, "the first day"),
                  std::tuple("--to", &options_.last, "the last day")}) {
                add_parsed(backfill, name, *target, parse_day, help)->required();
            }
            add_dry_run(backfill, "tell which windows would be asked for");
            add_now(backfill);
            CLI::App& replay = add(
                app_, "replay", Command::Replay, "read what was kept once more, by today's mapping"
            );
            replay.add_option("SOURCE", options_.sources, "names of sources; default all");
            add_dry_run(replay, "tell what would change");
            add_now(replay);
        }

        void add_quarantine() {
            CLI::App* quarantine =
                app_.add_subcommand("quarantine", "records that could not be read");
            quarantine->fallthrough();
            quarantine->require_subcommand(1);
            CLI::App& list =
                add(*quarantine, "list", Command::QuarantineList, "those that are to be seen to");
            list.add_flag("--all", options_.all, "also those that are settled");
            CLI::App& show =
                add(*quarantine,
                    "show",
                    Command::QuarantineShow,
                    "one: where, why, since when, what is kept");
            CLI::App& drop =
                add(*quarantine,
                    "drop",
                    Command::QuarantineDrop,
                    "never mind this one; a decision, recorded");
            for (CLI::App* app : {&show, &drop}) {
                app->add_option("ID", options_.id, "its number in the list")->required();
            }
            add_by(drop);
            drop.add_option("--note", options_.note, "why; recorded");
            CLI::App& replay =
                add(*quarantine,
                    "replay",
                    Command::QuarantineReplay,
                    "read what was kept of their sources once more, by today's mapping");
            for (CLI::App* app : {&list, &replay}) {
                app->add_option("--source", options_.source, "only of this source");
            }
            add_now(drop);
            add_now(replay);
        }

        void add_units() {
            CLI::App* units = app_.add_subcommand("units", "units, and the codes that name them");
            units->fallthrough();
            units->require_subcommand(1);
            CLI::App& list =
                add(*units, "list", Command::UnitsList, "units in force, with their codes");
            CLI::App& unmapped =
                add(*units, "unmapped", Command::UnitsUnmapped, "codes in records that name no unit"
                );
            for (CLI::App* app : {&list, &unmapped}) {
                add_parsed(
                    *app, "--as-of", options_.as_of, parse_day, "on this day; default today"
                );
                add_now(*app);
            }
            CLI::App& map =
                add(*units, "map", Command::UnitsMap, "decide which unit a code names; recorded");
            map.add_option("CODE", options_.code, "as records name it")->required();
            map.add_option("UNIT", options_.unit, "code of a unit of the configuration")
                ->required();
            add_by(map);
            add_parsed(
                map, "--from", options_.from, parse_day, "from this day on; default from ever"
            );
            add_now(map);
        }

        void add_by(CLI::App& app) {
            app.add_option("--by", options_.by, "who decides it; recorded")->required();
        }

        void add_pulls() {
            CLI::App* pulls = app_.add_subcommand("pulls", "the history of pulls");
            pulls->fallthrough();
            pulls->require_subcommand(1);
            CLI::App& list = add(*pulls, "list", Command::PullsList, "how each went, newest first");
            list.add_option("--source", options_.source, "only of this source");
            add_limit(list);
        }

        void add_limit(CLI::App& app) {
            app.add_option("--limit", options_.limit, "as many of them")
                ->check(CLI::Range(1, 1'000'000))
                ->capture_default_str();
        }

        void add_standings() {
            CLI::App& standings = add(
                app_, "standings", Command::Standings, "figures, verdicts and ranks of every unit"
            );
            add_parsed(
                standings,
                "--as-of",
                options_.as_of,
                parse_day,
                "the last day counted; default today"
            );
            add_parsed(
                standings,
                "--known-at",
                options_.known_at,
                parse_instant,
                "by what was recorded then: " + std::string(instant_help)
            );
            standings.add_option("--unit", options_.unit, "only this unit, by its code");
            add_now(standings);
        }

        void add_explain() {
            CLI::App& explain = add(
                app_, "explain", Command::Explain, "where a figure comes from, by its id: F7K2Q9XAM"
            );
            explain.add_option("ID", options_.figure, "the figure's id")->required();
            explain.add_flag("--all", options_.all, "list every dossier and payment");
            add_now(explain);
        }

        void add_report() {
            CLI::App* report = app_.add_subcommand("report", "editions of the weekly digest");
            report->fallthrough();
            report->require_subcommand(1);
            CLI::App& list = add(*report, "list", Command::ReportList, "what was published");
            CLI::App& render =
                add(*report, "render", Command::ReportRender, "render a digest, publish nothing");
            render.add_option(
                "--out", options_.out, "folder to write it to; default: text to stdout"
            );
            CLI::App& send =
                add(*report,
                    "send",
                    Command::ReportSend,
                    "publish a digest and deliver what is due, once");
            send.add_option("--to", options_.to, "only a trial copy to this address");
            for (CLI::App* app : {&render, &send}) {
                add_parsed(
                    *app,
                    "--week",
                    options_.week,
                    parse_week,
                    "2024-W42; default the last complete one"
                );
                add_now(*app);
            }
            add_now(list);
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
            add_now(
                add(*schedule, "next", Command::ScheduleNext, "each job's next time, local and UTC")
            );
        }

        void add_store() {
            CLI::App* audit =
                app_.add_subcommand("audit", "the chain of what was recorded and sent");
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
            add(app_, "backup", Command::Backup, "copy the store into a new file, checked")
                .add_option("FILE", options_.file, "a file that is not there yet")
                ->required();
            CLI::App& restore =
                add(app_,
                    "restore",
                    Command::Restore,
                    "put a backup in the store's place, which is kept");
            restore.add_option("FILE", options_.file, "a backup");
            restore.add_flag(
                "--accept-loss",
                options_.accept_loss,
                "go on without what the witness saw and is gone"
            );
            restore.add_option("--by", options_.by, "who decides it; recorded");
            add_now(restore);
            CLI::App* db = app_.add_subcommand("db", "the database of the store");
            db->fallthrough();
            db->require_subcommand(1);
            add_now(
                add(*db,
                    "migrate",
                    Command::DbMigrate,
                    "bring an older store up to date, after a backup")
            );
        }

        Options options_;
        CLI::App app_{
            "Measures an emulation campaign on online public services: pulls, counts, reports.",
            "thidua"};
        };  // namespace thidua::daemon

        }  // namespace

        std::expected<Options, ExitCode> parse_options(int argc, char** argv) {
            CommandLine command_line;
            return command_line.parse(argc, argv);
        }

        }  // namespace thidua::daemon
