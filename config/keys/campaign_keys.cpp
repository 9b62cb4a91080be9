// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Keys of a campaign: its days, indicators and targets.
#include "config/keys/maps.hpp"

namespace thidua::config::keys {

namespace {

constexpr Type indicator = map_of(indicator_keys);
constexpr Type target = map_of(target_keys);
constexpr Type dated_ranked_unit = map_of(ranked_unit_keys);
constexpr Type ranked_unit = either(unit_code, dated_ranked_unit);
constexpr Type document = map_of(document_keys);
constexpr Type body = map_of(body_keys);
constexpr Type content = map_of(content_keys);
constexpr Type subject = map_of(subject_keys);
constexpr Type award = map_of(award_keys);
constexpr Type nomination_part = map_of(nomination_part_keys);
constexpr Type deadline = map_of(deadline_keys);
constexpr Type ambiguity = map_of(ambiguity_keys);
constexpr Type gateway = choice("dvcqg|province");

constexpr Key campaign_list[] = {
    {"file",
     path,
     depends("required in the root file, and only there"),
     "The file of the plan.",
     "campaigns/langson-2024.yaml"},
    {"version", version, must, "The version of this format.", "1"},
    {"id", id, must, "By which outputs name it.", "langson-2024"},
    {"name", text, must, "As the plan calls it."},
    {"start",
     day,
     must,
     "The first day: that on which the signed plan was issued. Nobody guesses it.",
     "2024-06-07"},
    {"end", day, must, "The last day.", "2024-12-31"},
    {"indicators", free_map("id of the indicator", indicator), must, "What is measured."},
    {"targets", list_of(target), may, "What is to be reached (chỉ tiêu được giao)."},
    {"ranked_units",
     list_of(ranked_unit),
     depends("the units just below the root"),
     "Which units are ranked.",
     "[H37.10.01, H37.10.05]"},
    {"reconciliation",
     map_of(reconciliation_keys),
     default_is("{}"),
     "How sources are compared (đối soát)."},
    {"documents", list_of(document), may, "What the campaign rests on (căn cứ)."},
    {"bodies", list_of(body), may, "Who judges, decides or receives."},
    {"contents", list_of(content), may, "What is competed for (nội dung), in rising numbers."},
    {"subjects", list_of(subject), may, "Who may be put forward (đối tượng)."},
    {"awards", list_of(award), may, "Forms of commendation."},
    {"nomination_parts",
     list_of(nomination_part),
     may,
     "Papers that every nomination holds (thành phần hồ sơ)."},
    {"deadlines", list_of(deadline), may, "Windows in which something is handed in."},
    {"freeze", map_of(freeze_keys), depends("see there"), "When the figures are frozen (chốt số)."},
    {"ambiguities",
     list_of(ambiguity),
     may,
     "Phrases that cannot be computed as they stand, with the reading in force."},
};

constexpr Key indicator_list[] = {
    {"kind",
     choice("services-online|dossiers-online|payments-online"),
     must,
     "What is counted over what."},
    {"name", text, must, "As the plan calls it.", "Tỷ lệ thanh toán trực tuyến"},
    {"short_name", text, depends("the name"), "For narrow columns and subjects."},
    {"legal_basis", text, may, "The decisions it rests on."},
    {"system_of_record",
     source_name,
     must,
     "The source of receipt, channel, unit, status and fees.",
     "tthc"},
    {"denominator",
     choice("published|active"),
     with("kind", "services-online", default_is("published")),
     "Divided by the procedures offered online, or by those among them that had "
     "a dossier."},
    {"procedures",
     choice("online|all"),
     with("kind", "dossiers-online", default_is("online")),
     "Of procedures offered online, or of all."},
    {"gateways",
     list_of(gateway),
     with("kind", "payments-online", default_is("[dvcqg]")),
     "The roads of payment that count."},
    {"evidence",
     choice("platform|flag"),
     with("kind", "payments-online", default_is("platform")),
     "Proven by the Payment Platform, or by the provincial record's word."},
    {"payment_record",
     source_name,
     with("kind", "payments-online", depends("required with `evidence: platform`")),
     "The source of payments.",
     "payments"},
};

constexpr Key target_list[] = {
    {"indicator", indicator_id, must, "Which.", "payments-online"},
    {"op", choice(">|>="), must, "\"trên 45%\" is >, \"từ 45%\" is >=.", "\">\""},
    {"value", share, must, "The share that is to be reached.", "45%"},
    {"from", day, depends("the campaign's start"), "The first day on which it is in force."},
    {"to", day, depends("the campaign's end"), "The last such day."},
    {"decision",
     text,
     depends("required with `units`"),
     "The number of the decision that sets it.",
     "497/QĐ-UBND"},
    {"units",
     list_of(unit_code),
     depends("all of which no other target speaks"),
     "The units it was set for, without those below them."},
};

constexpr Key ranked_unit_list[] = {
    {"code", unit_code, must, "The unit."},
    {"from", day, depends("the campaign's start"), "The first day on which it is ranked."},
    {"until", day, depends("the campaign's end"), "The last such day."},
};

constexpr Key reconciliation_list[] = {
    {"witnesses",
     list_of(source_name),
     depends("payment records, and sources asked about each dossier"),
     "The sources that are compared with the systems of record; [] compares nothing."},
    {"tolerance",
     share,
     default_is("1%"),
     "Of the dossiers compared so many may differ for no known reason."},
    {"settle_after",
     duration,
     default_is("3d"),
     "How long two sources have to come to the same; from 1h to 60d."},
    {"without_witness",
     list_of(indicator_id),
     depends("none"),
     "Indicators of which no other source tells: they are closed on the word of their system of "
     "record."},
};

}  // namespace

const KeyMap campaign_keys{
    .name = "campaign",
    .where = "campaign, and the file that campaign: file names",
    .meaning =
        "The plan as data. The root file names its file, and may set or override any key of it: "
        "maps are merged, lists are replaced.",
    .keys = campaign_list,
    .example =
        "campaign:\n"
        "  file: campaigns/langson-2024.yaml\n"
        "  start: 2024-06-07\n"
        "  indicators: {services-online: {denominator: active}}",
    .laid_over = {.key = "file", .is_required = true},
};

const KeyMap indicator_keys{
    .name = "campaign-indicator",
    .where = "campaign: indicators: ID",
    .meaning = "An indicator (chỉ tiêu).",
    .keys = indicator_list,
};

const KeyMap target_keys{
    .name = "campaign-target",
    .where = "campaign: targets",
    .meaning = "A target that somebody decided.",
    .keys = target_list,
    .example =
        "targets:\n"
        "  - {indicator: payments-online, op: \">\", value: 45%, decision: 497/QĐ-UBND}",
};

const KeyMap ranked_unit_keys{
    .name = "campaign-ranked-unit",
    .where = "campaign: ranked_units",
    .meaning =
        "A unit that is ranked on some days only; a code alone stands for one that always is.",
    .keys = ranked_unit_list,
};

const KeyMap reconciliation_keys{
    .name = "campaign-reconciliation",
    .where = "campaign: reconciliation",
    .meaning = "Which sources are compared with the systems of record.",
    .keys = reconciliation_list,
};

}  // namespace thidua::config::keys
