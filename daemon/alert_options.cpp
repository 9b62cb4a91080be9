// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/alert_options.hpp"

namespace thidua::daemon {

void AlertOptions::add_indicator(CLI::App& app, const std::string& help) {
    app.add_option("--indicator", options_.indicator, help);
}

void AlertOptions::add_alerts() {
    CLI::App* alerts = app_.add_subcommand("alerts", "who is reminded of which target, and when");
    alerts->fallthrough();
    alerts->require_subcommand(1);
    CLI::App& list =
        add(*alerts, "list", Command::AlertsList, "those that are not inactive, and what comes next"
        );
    list.add_flag("--all", options_.all, "inactive ones too");
    CLI::App& explain =
        add(*alerts,
            "explain",
            Command::AlertsExplain,
            "one: what made it what it is, whom was told, the next action and its date");
    explain.add_option("UNIT", options_.unit, "its code")->required();
    explain.add_option("INDICATOR", options_.indicator, "its id")->required();
    CLI::App& backtest =
        add(*alerts,
            "backtest",
            Command::AlertsBacktest,
            "who would have been reminded when, by the rules of now; writes nothing");
    add_parsed(
        backtest, "--from", options_.from, parse_day, "first day told; default the campaign's first"
    );
    add_parsed(backtest, "--to", options_.last, parse_day, "last day told; default today");
    for (CLI::App* app : {&list, &explain, &backtest}) {
        add_now(*app);
    }
}

void AlertOptions::add_silences() {
    CLI::App* silence = app_.add_subcommand("silence", "nobody is reminded for a while; recorded");
    silence->fallthrough();
    silence->require_subcommand(1);
    CLI::App& intake = add(*silence, "add", Command::SilenceAdd, "hold reminders back");
    intake.add_option("--unit", options_.unit, "of this unit, by its code; default all");
    add_indicator(intake, "of this indicator, by its id; default all");
    add_parsed(intake, "--from", options_.from, parse_day, "the first day; default today");
    add_parsed(intake, "--until", options_.last, parse_day, "the last day, included")->required();
    intake.add_option("--reason", options_.note, "why; shown in the digest")->required();
    CLI::App& list = add(*silence, "list", Command::SilenceList, "those in force");
    list.add_flag("--all", options_.all, "those that have ended too");
    CLI::App& expire = add(*silence, "expire", Command::SilenceExpire, "end one before its time");
    expire.add_option("ID", options_.id, "its number in the list")->required();
    add_by(intake);
    add_by(expire);
    for (CLI::App* app : {&intake, &list, &expire}) {
        add_now(*app);
    }
}

void AlertOptions::add_urging() {
    CLI::App* urge = app_.add_subcommand("urge", "the urging ledger (so don doc)");
    urge->fallthrough();
    urge->require_subcommand(1);
    CLI::App& list =
        add(*urge, "list", Command::UrgeList, "whom to urge now, and what moved after each urging");
    list.add_option("--out", options_.out, "a workbook (.xlsx) to write it to");
    CLI::App& record =
        add(*urge, "record", Command::UrgeRecord, "put on file that a unit was urged; sends nothing"
        );
    record.add_option("UNIT", options_.unit, "its code")->required();
    record.add_option("--indicator", options_.indicator, "by its id")->required();
    add_parsed(record, "--day", options_.entry.day, parse_day, "on which it was; default today");
    record.add_option("--document", options_.document, "number of the letter: 120/STNMT-VP");
    record.add_option("--note", options_.note, "recorded");
    add_by(record);
    for (CLI::App* app : {&list, &record}) {
        add_now(*app);
    }
}

}  // namespace thidua::daemon
