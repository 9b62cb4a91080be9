// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Keys of a source itself, of the pieces it is asked in, and of files that people hand over.
#include "config/keys/maps.hpp"

namespace thidua::config::keys {

namespace {

constexpr Type field_map = map_of(field_keys);
constexpr Type field = either(one_or_more_pointers, field_map);
constexpr Type join = map_of(join_keys);
constexpr Type query = map_of(query_keys);
constexpr Type error_rule = map_of(error_keys);
constexpr Type column_map = map_of(column_keys);
constexpr Type column = either(one_or_more, column_map);
constexpr Type time_format = choice("iso|local-iso|compact|local|slashed");

constexpr Key source_list[] = {
    {"version", version, may, "The version of this format; in presets.", "1"},
    {"preset",
     id,
     may,
     "A known system: what is left out here is as that file says.",
     "igate-dossiers"},
    {"schedule", map_of(schedule_keys), default_is("{at: \"05:00\"}"), "When it is asked."},
    {"title", text, depends("its name"), "How leaders read of it."},
    {"kind",
     choice("dossiers|payments|statistics|procedures"),
     must,
     "What its records are; presets say it."},
    {"base_url",
     text_of("URL"),
     depends("required unless `slicing.type` is `file`"),
     "Where it is asked. Private and loopback addresses only if they are named here.",
     "https://igate.example.vn"},
    {"file", map_of(file_keys), may, "For files that people hand over."},
    {"tls", map_of(source_tls_keys), default_is("{}"), "What is believed of its certificate."},
    {"proxy",
     text_of("http://host:port"),
     depends("none"),
     "The only proxy that is used.",
     "http://proxy.example.vn:3128"},
    {"rate_limit", map_of(rate_limit_keys), default_is("{}"), "How often it may be asked."},
    {"auth", map_of(auth_keys), default_is("{}"), "How a request proves who asks."},
    {"request", map_of(request_keys), default_is("{}"), "What is asked."},
    {"pagination",
     map_of(pagination_keys),
     default_is("{}"),
     "How an answer leads to the next one."},
    {"slicing", map_of(slicing_keys), default_is("{}"), "In which pieces it is asked."},
    {"cursor", map_of(cursor_keys), default_is("{}"), "From where a pull goes on."},
    {"for_each", map_of(for_each_keys), may, "What look-ups are asked about."},
    {"parameters",
     free_map("name, as {name} in requests", private_verbatim),
     may,
     "Values for the placeholders of its requests.",
     "{partner: LANGSON}"},
    {"unwrap", pointer, may, "Where a text stands that holds the answer as JSON."},
    {"records", map_of(records_keys), may, "Where the records stand in an answer."},
    {"map",
     free_map("name of a field, see connectors/README.md", field),
     may,
     "Where our fields stand in a record."},
    {"payments", map_of(nested_keys), may, "The payments within a record of a dossier."},
    {"fees", map_of(nested_keys), may, "The fees within a record of a dossier."},
    {"joins", list_of(join), may, "Second requests whose rows belong to the records."},
    {"queries", list_of(query), may, "The questions of a source of statistics."},
    {"errors",
     list_of(error_rule),
     may,
     "Answers that say otherwise than HTTP does; the first rule that holds counts."},
    {"contract",
     map_of(contract_keys),
     default_is("{}"),
     "What is done about records of another shape."},
    {"keep",
     one_or_more_pointers,
     depends("nothing"),
     "What is kept of a record beside the mapped fields; nothing of a person's."},
    {"timeout", duration, default_is("60s"), "For one request."},
    {"body_bytes_max",
     integer(1, 1 << 30),
     default_is("33554432"),
     "The largest answer, in bytes."},
    {"retry", map_of(retry_keys), default_is("{}"), "How often a request is tried again."},
    {"expect", map_of(expect_keys), default_is("{}"), "What its data must be like."},
};

constexpr Key slicing_list[] = {
    {"type",
     choice("window|month|whole|lookup|file"),
     default_is("window"),
     "Closed ranges of days, calendar months, all at once, one question for each of another "
     "source's records, or files."},
    {"days", integer(1, 366), default_is("14"), "The length of a window."},
    {"widen_days", integer(0, 31), default_is("1"), "Asked wider on both sides, and filtered."},
    {"sweep_weekly",
     boolean,
     default_is("true"),
     "The first pull of an ISO week reads the whole campaign again."},
    {"concurrency", integer(1, 64), default_is("1"), "Look-ups and joins under way at once."},
    {"batch", integer(1, 100'000), default_is("500"), "Look-ups a slice."},
};

constexpr Key cursor_list[] = {
    {"field", text, may, "The mapped time that decides what is in a window.", "accepted_at"},
    {"format", time_format, default_is("local-iso"), "How {from}, {to} and {now} are written."},
    {"lookback", duration, default_is("14d"), "Read again behind it on every pull; whole days."},
};

constexpr Key for_each_list[] = {
    {"item", choice("payment|dossier|procedure"), default_is("payment"), "What is asked about."},
    {"source",
     source_name,
     depends("required unless `item` is `procedure`"),
     "Whose records name them.",
     "tthc"},
};

constexpr Key expect_list[] = {
    {"min_rows", integer(0, 1'000'000'000), default_is("0"), "A slice with fewer is refused."},
    {"max_drop",
     share,
     default_is("20%"),
     "A slice that is smaller than last time by more than this is refused."},
    {"freshness", duration, default_is("48h"), "Older data are stale; whole hours."},
};

constexpr Key file_list[] = {
    {"inbox",
     path,
     depends("files come by thidua import alone"),
     "A folder of its own, where people put their files."},
    {"accepted", path, depends("da-nhan in the inbox"), "Where files go that were taken."},
    {"rejected", path, depends("tu-choi in the inbox"), "Where files go that were not."},
    {"sheet", text, depends("the first that can be seen"), "The sheet of a workbook."},
    {"encoding", choice("utf-8|windows-1258|tcvn3|viscii"), default_is("utf-8"), "Of text files."},
    {"separator", choice("comma|semicolon|tab"), depends("the likeliest"), "Of CSV files."},
    {"numbers",
     choice("vi|en|plain"),
     default_is("vi"),
     "How numbers are written: 1.234,5 or 1,234.5 or 1234.5."},
    {"columns",
     free_map("id of the column, by which the mapping finds it", column),
     may,
     "The columns that are wanted, by their labels."},
    {"settle", duration, default_is("10s"), "A file that grew less than that ago is let be."},
};

constexpr Key column_list[] = {
    {"labels",
     one_or_more,
     must,
     "Any of them; the first is written into the template.",
     "[Mã hồ sơ, Số hồ sơ]"},
    {"required", boolean, default_is("false"), "The column must be there."},
    {"kind", choice("text|count|dong|percent|time|day"), default_is("text"), "What its cells are."},
    {"note", text, may, "In the template's guide."},
    {"words", texts, may, "The only values that the template lets people enter."},
};

}  // namespace

const KeyMap source_keys{
    .name = "source",
    .where = "sources: NAME, and the files of presets",
    .meaning =
        "A system that is asked. A preset says how a known system is asked and where the values "
        "stand; any of these keys may be laid over it. A further system of a known shape needs "
        "nothing but such a file.",
    .keys = source_list,
    .example =
        "sources:\n"
        "  tthc:\n"
        "    preset: igate-dossiers\n"
        "    base_url: https://igate.example.vn\n"
        "    auth: {client_id: thidua, client_secret_file: secrets/tthc}\n"
        "    parameters: {ancestor_agency_id: \"000000000000000000000000\"}\n"
        "    schedule: {at: \"05:00\"}",
    .laid_over = {.key = "preset"},
};

const KeyMap slicing_keys{
    .name = "source-slicing",
    .where = "sources: NAME: slicing",
    .meaning = "How a source is cut into slices that each prove their completeness.",
    .keys = slicing_list,
};

const KeyMap cursor_keys{
    .name = "source-cursor",
    .where = "sources: NAME: cursor",
    .meaning = "What a window is cut by, and from where a pull goes on.",
    .keys = cursor_list,
};

const KeyMap for_each_keys{
    .name = "source-for-each",
    .where = "sources: NAME: for_each",
    .meaning = "What look-ups are asked about.",
    .keys = for_each_list,
    .example = "for_each: {source: tthc}",
};

const KeyMap expect_keys{
    .name = "source-expect",
    .where = "sources: NAME: expect",
    .meaning = "What a slice is held against before it is taken.",
    .keys = expect_list,
};

const KeyMap file_keys{
    .name = "source-file",
    .where = "sources: NAME: file",
    .meaning = "Files that people hand over, with `slicing: {type: file}` or the preset file-drop.",
    .keys = file_list,
    .example = "sources:\n  tep: {preset: file-drop, file: {inbox: /srv/thidua/nop}}",
};

const KeyMap column_keys{
    .name = "source-file-column",
    .where = "sources: NAME: file: columns: ID",
    .meaning = "A column, found by its label; a label alone may stand for it.",
    .keys = column_list,
};

}  // namespace thidua::config::keys
