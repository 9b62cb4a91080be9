// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Keys of the root file itself, its store, and of schedules, which stand in many places.
#include "config/keys/maps.hpp"

#include <algorithm>

namespace thidua::config::keys {

namespace {

constexpr Type source = map_of(source_keys);
constexpr Type never = choice("off");
constexpr Type scheduled = map_of(schedule_keys);

constexpr Key root_list[] = {
    {"version", version, must, "The version of this format.", "1"},
    {"state_directory",
     path,
     default_is("/var/lib/thidua"),
     "The folder the program writes into: database, lock, notices. systemd makes the default one."},
    {"store", map_of(store_keys), default_is("{}"), "The database."},
    {"organisation",
     file_of(organisation_keys),
     must,
     "The file of the units: codes, names, parents, days.",
     "organisations/so-tnmt-langson.yaml"},
    {"procedures",
     file_of(procedures_keys),
     depends("required without a source of procedures"),
     "The file of the procedures: levels and fee flags, each from a day on.",
     "procedures/so-tnmt-langson.yaml"},
    {"officers",
     file_of(officers_keys),
     may,
     "The file of the people who may be nominated.",
     "officers.yaml"},
    {"calendar",
     file_of(calendar_keys),
     depends("weekends only"),
     "The file of holidays and of weekends that are worked on.",
     "calendars/vietnam-2024-2025.yaml"},
    {"presets",
     path,
     default_is("/usr/share/thidua/presets"),
     "The folder in which presets of sources are looked up."},
    {"sources",
     free_map("name of the source, an id", source),
     must,
     "The systems that are asked. The campaign refers to them by these names."},
    {"campaign",
     map_of(campaign_keys),
     must,
     "The file of the plan, and what of it is set or overridden here."},
    {"smtp", map_of(smtp_keys), may, "The mail relay. Without it reports are filed and not sent."},
    {"operator",
     map_of(operator_keys),
     default_is("{}"),
     "Who is told of trouble, by ways that have no part in the relay above."},
    {"reports", map_of(reports_keys), may, "What is published, for whom."},
    {"alerts", map_of(alerts_keys), may, "Reminders. Without this nobody is reminded."},
    {"urging", map_of(urging_keys), default_is("{}"), "Letters that urge units."},
    {"filing", map_of(filing_keys), may, "Editions are filed on another machine too."},
    {"texts", map_of(texts_keys), may, "What is printed on papers that people sign."},
    {"retention",
     map_of(retention_keys),
     may,
     "How long what tells of single dossiers and payments is needed."},
    {"web", map_of(web_keys), default_is("{}"), "The status pages and metrics of the service."},
};

constexpr Key store_list[] = {
    {"path", written_path, default_is("thidua.db"), "The file of the database."},
    {"url",
     text_of("postgresql:// URL without a password", "^postgresql://"),
     may,
     "A PostgreSQL server instead of a file.",
     "postgresql://thidua@db.example.vn/thidua"},
    {"password_file",
     secret_file,
     may,
     "The password for that server; goes together with `url`.",
     "secrets/store"},
    {"reserve",
     bytes,
     default_is("256MiB"),
     "Nothing is pulled while less than this is free where the database lies; digests and mails go "
     "on."},
    {"backup",
     map_of(backup_keys),
     may,
     "Copies that the service makes by itself; of a file only, a server has `pg_dump`."},
    {"maintenance",
     either(never, scheduled),
     default_is("{weekday: sunday, at: \"03:00\"}"),
     "When the whole store is read over: rollups against versions, the audit chain, archived "
     "bytes."},
};

constexpr Key backup_list[] = {
    {"schedule", map_of(schedule_keys), default_is("{at: \"02:00\"}"), "When a copy is made."},
    {"folder", written_path, must, "Where the copies lie.", "backups"},
    {"keep", integer(1, 1000), default_is("14"), "The newest so many stay."},
};

constexpr Key schedule_list[] = {
    {"every",
     duration,
     may,
     "So often, aligned to midnight: whole minutes that divide a day evenly.",
     "6h"},
    {"weekday",
     choice("monday|tuesday|wednesday|thursday|friday|saturday|sunday"),
     may,
     "On this day of the week, at `at`.",
     "monday"},
    {"at", time_of_day, may, "At this time of the day.", "\"07:30\""},
    {"cron",
     text_of("cron expression of five fields"),
     may,
     "Or minute, hour, day, month and weekday as cron has them.",
     "\"30 7 * * mon\""},
    {"timezone",
     text_of("name of a time zone"),
     default_is("Asia/Ho_Chi_Minh"),
     "In which all of this is meant, whatever the machine's own zone."},
    {"on_holiday",
     choice("same|previous|next"),
     depends("`same`; not with `every`"),
     "What comes of an occurrence on a day off (`calendar`): it stays, or moves to a working day."},
    {"misfire",
     choice("run_latest|run_all|skip"),
     default_is("run_latest"),
     "What was missed while the program was stopped: the last is made up for, or each, or none."},
    {"catchup_window",
     duration,
     depends("no limit"),
     "Nothing longer ago than this is made up for.",
     "7d"},
};

constexpr FileKind kinds[] = {
    {"root", file_of(root_keys)},
    {"drop-in", file_of(root_keys), true},
    {"preset", file_of(source_keys), true},
    {"campaign", file_of(campaign_keys)},
    {"organisation", file_of(organisation_keys)},
    {"procedures", file_of(procedures_keys)},
    {"officers", file_of(officers_keys)},
    {"calendar", file_of(calendar_keys)},
};

void add_map(const KeyMap& map, std::vector<const KeyMap*>& maps);

void add_type(const Type& type, std::vector<const KeyMap*>& maps) {
    if (type.map) {
        add_map(*type.map, maps);
    }
    for (const Type* part : {type.item, type.other}) {
        if (part) {
            add_type(*part, maps);
        }
    }
}

void add_map(const KeyMap& map, std::vector<const KeyMap*>& maps) {
    if (std::ranges::find(maps, &map) != maps.end()) {
        return;
    }
    maps.push_back(&map);
    for (const Key* key : all_keys(map)) {
        add_type(key->type, maps);
    }
}

}  // namespace

const KeyMap root_keys{
    .name = "root",
    .where = "thidua.yaml, thidua.d/*.yaml",
    .meaning = "The root file, and the drop-ins that are laid over it.",
    .keys = root_list,
};

const KeyMap store_keys{
    .name = "store",
    .where = "store",
    .meaning = "The database, with the ledger of everything that was sent.",
    .keys = store_list,
    .example = "store: {path: thidua.db, reserve: 1GiB}",
};

const KeyMap backup_keys{
    .name = "backup",
    .where = "store: backup",
    .meaning =
        "A copy is checked, and ends with an entry of the audit chain. The copies lie on the "
        "same disk unless `folder` says otherwise.",
    .keys = backup_list,
    .example =
        "store:\n  backup: {schedule: {at: \"02:00\"}, folder: /mnt/backup/thidua, keep: 30}",
};

const KeyMap schedule_keys{
    .name = "schedule",
    .where =
        "wherever something comes by itself: sources: NAME: schedule, reports: weekly: "
        "schedule, ...",
    .meaning =
        "One of `every`, `at` with or without `weekday`, and `cron`. A source takes no "
        "`misfire: run_all`, since one pull brings everything; a digest no `on_holiday: "
        "previous`, since its week would not have ended.",
    .keys = schedule_list,
    .example =
        "schedule: {every: 6h}\n"
        "schedule: {at: \"05:00\"}\n"
        "schedule: {weekday: monday, at: \"07:30\", on_holiday: next}\n"
        "schedule: {cron: \"30 7 * * mon\", timezone: Asia/Ho_Chi_Minh}",
};

std::span<const FileKind> file_kinds() {
    return kinds;
}

const Type& root_file() {
    return kinds[0].type;
}

std::vector<const KeyMap*> all_maps() {
    std::vector<const KeyMap*> maps;
    for (const FileKind& kind : kinds) {
        add_map(*kind.type.map, maps);
    }
    return maps;
}

}  // namespace thidua::config::keys
