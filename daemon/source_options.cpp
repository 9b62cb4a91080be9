// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/source_options.hpp"

#include "config/catalogues.hpp"

#include <tuple>

namespace thidua::daemon {

void SourceOptions::add_pull() {
    CLI::App& pull = add(app_, "pull", Command::Pull, "pull all sources, or those named, now");
    pull.add_option("SOURCE", options_.sources, "names of sources");
    add_dry_run(pull, "ask for the newest window and show what comes of it; write nothing");
    pull.add_option("--record", options_.record, "keep what was asked and answered in a folder");
    add_limit(pull);
    add_now(pull);
}

void SourceOptions::add_import() {
    CLI::App& intake =
        add(app_,
            "import",
            Command::Import,
            "take files of records or a table of a catalogue, or write a template for them");
    intake.add_option("FILE", options_.files, "xlsx, csv, json or ndjson")
        ->transform(absolute_path());
    CLI::Option* as = intake.add_option(
        "--as",
        options_.kind,
        "units, procedures or officers; or a kind of records, or a source that takes files"
    );
    CLI::Option* form = intake.add_option(
        "--template", options_.template_kind, "write an empty workbook for such a table"
    );
    as->excludes(form);
    intake.add_option(
        "--out",
        options_.out,
        "the workbook, default mau-KIND.xlsx; or the catalogue's file, default the configuration's"
    );
    add_dry_run(intake, "of a catalogue: tell what would change");
    add_parsed(
        intake,
        "--from",
        options_.from,
        parse_day,
        "first day of new procedures whose rows name none"
    );
    intake.callback([this] {
        options_.command = Command::Import;
        if (options_.template_kind.empty() && (options_.files.empty() || options_.kind.empty())) {
            throw CLI::ValidationError("import", "FILE and --as, or --template, are needed");
        }
        const bool is_catalogue = config::parse_catalogue(options_.kind).has_value();
        if (is_catalogue && options_.files.size() != 1) {
            throw CLI::ValidationError("import", "a catalogue comes from one FILE");
        }
        if (!is_catalogue && options_.dry_run) {
            throw CLI::ValidationError("import", "--dry-run goes with a catalogue");
        }
        if (options_.kind != "procedures" && options_.from) {
            throw CLI::ValidationError("import", "--from goes with --as procedures");
        }
    });
    add_now(intake);
}

void SourceOptions::add_test() {
    CLI::App& test =
        add(app_, "test", Command::Test, "try descriptions of sources on recorded answers, offline"
        );
    test.add_option("FOLDER", options_.files, "each with test.yaml and expected.txt")
        ->required()
        ->transform(absolute_path());
    test.add_flag(
        "--update-golden", options_.update_golden, "take what comes now for what is expected"
    );
}

/// What is asked or read again.
void SourceOptions::add_again() {
    CLI::App& backfill =
        add(app_, "backfill", Command::Backfill, "ask a source again for days that you name");
    backfill.add_option("SOURCE", options_.sources, "its name")->required()->expected(1);
    for (const auto& [name, target, help] :
         {std::tuple("--from", &options_.from, "the first day"),
          std::tuple("--to", &options_.last, "the last day")}) {
        add_parsed(backfill, name, *target, parse_day, help)->required();
    }
    add_dry_run(backfill, "tell which windows would be asked for");
    add_now(backfill);
    CLI::App& replay =
        add(app_, "replay", Command::Replay, "read what was kept once more, by today's mapping");
    replay.add_option("SOURCE", options_.sources, "names of sources; default all");
    add_dry_run(replay, "tell what would change");
    add_now(replay);
}

void SourceOptions::add_quarantine() {
    CLI::App* quarantine = app_.add_subcommand("quarantine", "records that could not be read");
    quarantine->fallthrough();
    quarantine->require_subcommand(1);
    CLI::App& list =
        add(*quarantine, "list", Command::QuarantineList, "those that are to be seen to");
    list.add_flag("--all", options_.all, "also those that are settled");
    CLI::App& show = add(
        *quarantine, "show", Command::QuarantineShow, "one: where, why, since when, what is kept"
    );
    CLI::App& drop = add(
        *quarantine, "drop", Command::QuarantineDrop, "never mind this one; a decision, recorded"
    );
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

void SourceOptions::add_procedures() {
    CLI::App* procedures = app_.add_subcommand("procedures", "procedures that are counted by");
    procedures->fallthrough();
    procedures->require_subcommand(1);
    CLI::App& list =
        add(*procedures,
            "list",
            Command::ProceduresList,
            "levels, fees and units, where they come from, and catalogues that say otherwise");
    add_parsed(list, "--as-of", options_.as_of, parse_day, "on this day; default today");
    add_now(list);
}

void SourceOptions::add_units() {
    CLI::App* units = app_.add_subcommand("units", "units, and the codes that name them");
    units->fallthrough();
    units->require_subcommand(1);
    CLI::App& list = add(*units, "list", Command::UnitsList, "units in force, with their codes");
    CLI::App& unmapped =
        add(*units, "unmapped", Command::UnitsUnmapped, "codes in records that name no unit");
    for (CLI::App* app : {&list, &unmapped}) {
        add_parsed(*app, "--as-of", options_.as_of, parse_day, "on this day; default today");
        add_now(*app);
    }
    CLI::App& map =
        add(*units, "map", Command::UnitsMap, "decide which unit a code names; recorded");
    map.add_option("CODE", options_.code, "as records name it")->required();
    map.add_option("UNIT", options_.unit, "code of a unit of the configuration")->required();
    add_by(map);
    add_parsed(map, "--from", options_.from, parse_day, "from this day on; default from ever");
    add_now(map);
}

void SourceOptions::add_pulls() {
    CLI::App* pulls = app_.add_subcommand("pulls", "the history of pulls");
    pulls->fallthrough();
    pulls->require_subcommand(1);
    CLI::App& list = add(*pulls, "list", Command::PullsList, "how each went, newest first");
    list.add_option("--source", options_.source, "only of this source");
    add_limit(list);
}

}  // namespace thidua::daemon
