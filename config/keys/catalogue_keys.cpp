// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Keys of the files that the root file names beside the campaign: units, procedures, officers,
// days.
#include "config/keys/maps.hpp"

namespace thidua::config::keys {

namespace {

constexpr Type unit = map_of(unit_keys);
constexpr Type dated_alias = map_of(alias_keys);
constexpr Type alias = either(unit_code, dated_alias);
constexpr Type change = map_of(change_keys);
constexpr Type procedure = map_of(procedure_keys);
constexpr Type level = map_of(level_keys);
constexpr Type fee = map_of(fee_keys);
constexpr Type officer = map_of(officer_keys);
constexpr Type holiday = map_of(holiday_keys);

constexpr Presence always_from = depends("the beginning");
constexpr Presence always_until = depends("the end");

constexpr Key organisation_list[] = {
    {"version", version, must, "The version of this format.", "1"},
    {"units", list_of(unit), must, "All units; one of them, the root, has no parent."},
};

constexpr Key unit_list[] = {
    {"code", unit_code, must, "Its code, in the old or the new way.", "H37.10.05"},
    {"name", text, must, "Its name.", "Văn phòng Đăng ký đất đai"},
    {"parent", unit_code, depends("left out for the root alone"), "The code of the unit above."},
    {"from", day, always_from, "The first day on which it is there."},
    {"until", day, always_until, "The last such day."},
    {"merged_into",
     unit_code,
     may,
     "The heir of its code and its records from the day after `until`."},
    {"aliases", list_of(alias), may, "Other codes that mean it.", "[005.10.H37]"},
    {"changes", list_of(change), may, "Renames and moves, in the order of their days."},
};

constexpr Key alias_list[] = {
    {"code", unit_code, must, "The other code."},
    {"from", day, always_from, "The first day on which it means the unit."},
    {"until", day, always_until, "The last such day."},
};

constexpr Key change_list[] = {
    {"from", day, must, "The day from which it is so."},
    {"name", text, may, "The new name."},
    {"parent", unit_code, may, "The code of the new unit above."},
};

constexpr Key procedures_list[] = {
    {"version", version, must, "The version of this format.", "1"},
    {"procedures", list_of(procedure), must, "All procedures."},
};

constexpr Key procedure_list[] = {
    {"code",
     text_of("code of a procedure"),
     must,
     "Its code in the national database.",
     "1.012756"},
    {"name", text, must, "Its name.", "Đăng ký biến động"},
    {"units", list_of(unit_code), must, "The units that answer for it.", "[H37.10.05]"},
    {"levels", list_of(level), must, "What is offered online, each from a day on."},
    {"fees", list_of(fee), may, "Whether it costs something, each from a day on."},
};

constexpr Key level_list[] = {
    {"level",
     choice("information|partial|full"),
     must,
     "Nothing online, a part (một phần), all of it (toàn trình).",
     "full"},
    {"from", day, must, "The day from which it is so.", "2024-08-15"},
};

constexpr Key fee_list[] = {
    {"fee_bearing", boolean, must, "Whether a fee is owed.", "true"},
    {"from", day, must, "The day from which it is so.", "2023-10-27"},
};

constexpr Key officers_list[] = {
    {"version", version, must, "The version of this format.", "1"},
    {"officers", list_of(officer), must, "Everybody who may be nominated."},
};

constexpr Key officer_list[] = {
    {"id",
     text_of("id of letters, digits and single hyphens"),
     must,
     "By which papers and records name the person.",
     "CB-017"},
    {"name", text, must, "Name."},
    {"unit", unit_code, must, "Where the person serves.", "H37.10.05"},
    {"position", text, may, "As what."},
    {"from", day, always_from, "The first day of that."},
    {"until", day, always_until, "The last day of that."},
};

constexpr Key calendar_list[] = {
    {"version", version, must, "The version of this format.", "1"},
    {"holidays",
     list_of(holiday),
     must,
     "Days on which nobody works although they are no Saturday or Sunday."},
    {"swapped", list_of(day), may, "Saturdays and Sundays on which people do.", "[2025-04-26]"},
};

constexpr Key holiday_list[] = {
    {"day", day, depends("or `from` and `to`"), "One day."},
    {"from", day, depends("required without `day`"), "The first of several."},
    {"to", day, depends("required without `day`"), "The last of them, within a month."},
    {"name", text, must, "What it is.", "Tết Nguyên đán"},
};

}  // namespace

const KeyMap organisation_keys{
    .name = "organisation",
    .where = "the file that organisation names",
    .meaning =
        "The units. Without days a unit is there always; with them a day is counted by the "
        "units in force on it. Written from a table too: thidua import FILE --as units.",
    .keys = organisation_list,
    .example =
        "version: 1\n"
        "units:\n"
        "  - {code: H37.10, name: Sở}\n"
        "  - {code: H37.10.02, name: Phòng A, parent: H37.10, until: 2024-09-30, "
        "merged_into: H37.10.03}\n"
        "  - {code: H37.10.03, name: Phòng B, parent: H37.10, aliases: [003.10.H37]}",
};

const KeyMap unit_keys{
    .name = "unit",
    .where = "units of that file",
    .meaning = "A unit. A code may be used again once its days are over.",
    .keys = unit_list,
};

const KeyMap alias_keys{
    .name = "unit-alias",
    .where = "units: aliases",
    .meaning = "A code that means the unit on some days only.",
    .keys = alias_list,
};

const KeyMap change_keys{
    .name = "unit-change",
    .where = "units: changes",
    .meaning = "A new name, a new unit above, or both.",
    .keys = change_list,
    .example =
        "changes:\n"
        "  - {from: 2024-10-01, name: Phòng A và B}\n"
        "  - {from: 2024-11-01, parent: H37.10.05}",
};

const KeyMap procedures_keys{
    .name = "procedures",
    .where = "the file that procedures names",
    .meaning = "The procedures. Written from a table too: thidua import FILE --as procedures.",
    .keys = procedures_list,
};

const KeyMap procedure_keys{
    .name = "procedure",
    .where = "procedures of that file",
    .meaning = "A procedure. While it is offered online a unit must answer for it.",
    .keys = procedure_list,
    .example =
        "- code: 1.012756\n"
        "  name: Đăng ký biến động\n"
        "  units: [H37.10.05]\n"
        "  levels: [{level: partial, from: 2023-10-27}, {level: full, from: 2024-08-15}]\n"
        "  fees: [{fee_bearing: true, from: 2023-10-27}]",
};

const KeyMap level_keys{
    .name = "procedure-level",
    .where = "procedures: levels",
    .meaning = "What is offered online from a day on.",
    .keys = level_list,
};

const KeyMap fee_keys{
    .name = "procedure-fee",
    .where = "procedures: fees",
    .meaning = "Whether a fee is owed from a day on.",
    .keys = fee_list,
};

const KeyMap officers_keys{
    .name = "officers",
    .where = "the file that officers names",
    .meaning = "Who may be nominated. Written from a table too: thidua import FILE --as officers.",
    .keys = officers_list,
};

const KeyMap officer_keys{
    .name = "officer",
    .where = "officers of that file",
    .meaning = "A person.",
    .keys = officer_list,
};

const KeyMap calendar_keys{
    .name = "calendar",
    .where = "the file that calendar names",
    .meaning = "Days off and days on.",
    .keys = calendar_list,
    .example =
        "version: 1\n"
        "holidays:\n"
        "  - {day: 2025-01-01, name: Tết Dương lịch}\n"
        "  - {from: 2025-01-25, to: 2025-02-02, name: Tết Nguyên đán Ất Tỵ}\n"
        "swapped: [2025-04-26]",
};

const KeyMap holiday_keys{
    .name = "calendar-holiday",
    .where = "holidays of that file",
    .meaning = "A day off, or several in a row.",
    .keys = holiday_list,
};

}  // namespace thidua::config::keys
