// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Keys of a source that say how its answers are read.
#include "config/keys/maps.hpp"

namespace thidua::config::keys {

namespace {

constexpr Type own_word = text_of("text, or one of our words for the field");
constexpr Type case_map = map_of(case_keys);
constexpr Type condition = map_of(condition_keys);
constexpr Type mapped_map = map_of(field_keys);
constexpr Type mapped = either(one_or_more_pointers, mapped_map);
constexpr Type drift = choice("ignore|notice|quarantine|fail");

constexpr Key records_list[] = {
    {"path",
     pointer,
     depends("the answer itself"),
     "Where the array of records stands.",
     "/data/items"},
};

constexpr Key nested_list[] = {
    {"path", pointer, depends("none"), "Where the object or the array stands in the record."},
    {"map", free_map("name of a field", mapped), may, "Where our fields stand in it."},
};

constexpr Key field_list[] = {
    {"from",
     one_or_more_pointers,
     may,
     "Where it stands; the first that is there and not empty wins.",
     "[/code, /id]"},
    {"format",
     choice("iso|local-iso|compact|local|slashed"),
     default_is("iso"),
     "How a time is written."},
    {"values",
     free_map("their word", own_word),
     may,
     "Our word for each of theirs.",
     "{\"1\": direct, \"2\": online}"},
    {"otherwise", own_word, may, "Our word where it is absent, null or empty."},
    {"constant", own_word, may, "Our word always; without `from`."},
    {"unlisted", own_word, may, "Our word for one that `values` does not list."},
    {"cases", list_of(case_map), may, "Conditions that decide before `from`."},
    {"sum", one_or_more_pointers, may, "Whole numbers that are added up."},
    {"inside", pointer, may, "The text at `from` is JSON itself: where it stands in that."},
    {"required", boolean, default_is("false"), "A record without it is refused."},
};

constexpr Key case_list[] = {
    {"when", map_of(condition_keys), must, "The condition."},
    {"value", own_word, must, "Our word where it holds."},
};

constexpr Key condition_list[] = {
    {"pointer", pointer, must, "The place; what is missing or null counts as \"\"."},
    {"equals", one_or_more, depends("or `differs_from`"), "Any of these."},
    {"differs_from", one_or_more, depends("or `equals`"), "None of these."},
};

constexpr Key join_list[] = {
    {"request", map_of(request_keys), must, "The second request, with {keys}."},
    {"key", text, must, "The mapped field of a record that the rows name.", "id"},
    {"row_key", pointer, may, "Where a row names it."},
    {"records", map_of(records_keys), may, "Where the rows stand."},
    {"map", free_map("name of a field", mapped), must, "Where our fields stand in a row."},
    {"batch", integer(1, 10'000), default_is("100"), "Keys a request."},
};

constexpr Key query_list[] = {
    {"path", verbatim, must, "Below base_url."},
    {"rows",
     list_of(one_or_more_pointers),
     must,
     "Places of a row or an array of rows, each with the ways of which one is there."},
    {"where", list_of(condition), may, "Only rows for which all hold are counted."},
    {"metrics", texts, must, "Keys of a row, each of which becomes a statistic."},
    {"echoes",
     free_map("JSON pointer", verbatim),
     may,
     "Fields in which the answer repeats what was asked."},
    {"values", free_map("name", verbatim), may, "Placeholders of this question alone."},
    {"unit_code", text, depends("by the mapping"), "Of every row, where rows name none."},
    {"children", map_of(children_keys), may, "Rows that are each asked again."},
};

constexpr Key children_list[] = {
    {"path", pointer, must, "Where those rows stand."},
    {"key", pointer, must, "Where in such a row stands what becomes {root}."},
};

constexpr Key error_list[] = {
    {"when", map_of(error_when_keys), must, "All that is given must hold."},
    {"class",
     choice("transient|auth|contract|config|data|unknown"),
     must,
     "What it means; `unknown`: the source does not know the reference."},
    {"renew",
     boolean,
     depends("true with `class: auth`"),
     "It may only mean that the session has ended: it is renewed once."},
};

constexpr Key error_when_list[] = {
    {"status", integer(200, 599), depends("any that is accepted"), "The status of HTTP."},
    {"pointer", pointer, depends("the whole answer"), "A place in the answer."},
    {"equals", one_or_more, may, "Any of these stands there."},
    {"differs_from", one_or_more, may, "None of these stands there."},
    {"contains", text, may, "It contains this, without case and marks."},
    {"lacks", text, may, "It does not contain this."},
};

constexpr Key contract_list[] = {
    {"on_new_field", drift, default_is("notice"), "A field that there was not before."},
    {"on_missing_required", drift, default_is("quarantine"), "A required field is missing."},
    {"on_type_change", drift, default_is("quarantine"), "A value of another type."},
    {"on_unknown_enum", drift, default_is("quarantine"), "A word that `values` does not list."},
};

}  // namespace

const KeyMap records_keys{
    .name = "source-records",
    .where = "sources: NAME: records",
    .meaning = "Where records stand in an answer.",
    .keys = records_list,
};

const KeyMap nested_keys{
    .name = "source-nested",
    .where = "sources: NAME: payments, fees",
    .meaning = "An object, or an array of objects, inside a record.",
    .keys = nested_list,
};

const KeyMap field_keys{
    .name = "source-field",
    .where = "sources: NAME: map: FIELD",
    .meaning = "How a field is read. A JSON pointer, or a list of them, may stand for it.",
    .keys = field_list,
    .example =
        "map:\n"
        "  code: /code\n"
        "  channel: {from: /receiveType, values: {\"0\": direct, \"1\": online}, otherwise: "
        "direct}",
};

const KeyMap case_keys{
    .name = "source-field-case",
    .where = "sources: NAME: map: FIELD: cases",
    .meaning = "Our word where a condition holds.",
    .keys = case_list,
};

const KeyMap condition_keys{
    .name = "source-condition",
    .where = "cases: when, queries: where",
    .meaning = "A test of one place in a record.",
    .keys = condition_list,
};

const KeyMap join_keys{
    .name = "source-join",
    .where = "sources: NAME: joins",
    .meaning =
        "A second request whose rows belong to the records of a slice, such as fees by dossier.",
    .keys = join_list,
};

const KeyMap query_keys{
    .name = "source-query",
    .where = "sources: NAME: queries",
    .meaning = "A question of a monthly source, and the counters that its answer holds.",
    .keys = query_list,
};

const KeyMap children_keys{
    .name = "source-query-children",
    .where = "sources: NAME: queries: children",
    .meaning = "Rows that are asked again, one by one.",
    .keys = children_list,
};

const KeyMap error_keys{
    .name = "source-error",
    .where = "sources: NAME: errors",
    .meaning =
        "An answer that says it failed although HTTP says it did not, or the other way round.",
    .keys = error_list,
    .example = "errors:\n  - {when: {pointer: /error_code, differs_from: \"0\"}, class: contract}",
};

const KeyMap error_when_keys{
    .name = "source-error-when",
    .where = "sources: NAME: errors: when",
    .meaning = "A status, a test of the answer, or both.",
    .keys = error_when_list,
};

const KeyMap contract_keys{
    .name = "source-contract",
    .where = "sources: NAME: contract",
    .meaning =
        "`ignore` it, `notice` it once, put the record into `quarantine`, or `fail` the slice.",
    .keys = contract_list,
};

}  // namespace thidua::config::keys
