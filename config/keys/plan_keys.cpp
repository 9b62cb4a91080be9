// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Keys of a campaign that say what its plan does beyond figures.
#include "config/keys/maps.hpp"

namespace thidua::config::keys {

namespace {

constexpr Type award_rule = map_of(award_rule_keys);
constexpr Type criterion = map_of(criterion_keys);
constexpr Type criteria = list_of(criterion);
constexpr Type award_id = text_of("id of an award");
constexpr Type content_number = integer(1, 99);

constexpr Key document_list[] = {
    {"id", id, must, "By which the plan's data name it.", "kh-134"},
    {"number", text, must, "Its number, or what of it is filled in.", "134/KH-UBND"},
    {"day", day, depends("the document leaves it blank"), "Its day.", "2024-06-06"},
    {"issuer", text, must, "Who issued it.", "UBND tỉnh Lạng Sơn"},
    {"title", text, must, "What it is about."},
};

constexpr Key body_list[] = {
    {"id", id, must, "By which the plan's data name it.", "hoi-dong"},
    {"name", text, must, "Its name.", "Hội đồng Thi đua - Khen thưởng của Sở"},
};

constexpr Key content_list[] = {
    {"number", content_number, must, "As the plan numbers it.", "1"},
    {"kind",
     choice("measured|counted|judged"),
     must,
     "By figures, by what was done and counted, or by a body alone."},
    {"text", text, must, "The plan's words."},
    {"short_name", text, depends("the text"), "For narrow columns."},
    {"clause", text, must, "Where the plan says it.", "II.1"},
    {"indicators",
     list_of(indicator_id),
     with("kind", "measured", depends("required")),
     "All of their targets must be met."},
    {"counts", text, with("kind", "counted", depends("required")), "What is counted."},
    {"judged_by",
     body_id,
     with("kind", "counted|judged", depends("required")),
     "Who says whether it suffices."},
};

constexpr Key subject_list[] = {
    {"subject", choice("collective|individual"), must, "Tập thể or cá nhân."},
    {"text", text, must, "The plan's words."},
    {"clause", text, must, "Where the plan says it."},
};

constexpr Key award_list[] = {
    {"id", id, must, "By which commands name it.", "bang-khen"},
    {"name", text, must, "Its name."},
    {"decided_by", body_id, must, "Who awards it."},
    {"clause", text, must, "Where the plan says it."},
    {"copies", integer(1, 99), must, "Sets of nomination papers (bộ hồ sơ)."},
    {"rules", list_of(award_rule), must, "What a collective or an individual must have reached."},
};

constexpr Key award_rule_list[] = {
    {"subject", choice("collective|individual"), must, "Whom it is about."},
    {"clause", text, must, "Where the plan says it."},
    {"criterion", map_of(criterion_keys), must, "The condition."},
};

constexpr Key criterion_list[] = {
    {"text", text, depends("required with `judged_by` alone"), "The plan's words."},
    {"clause", text, may, "Where the plan says it."},
    {"all", criteria, may, "All of these hold."},
    {"any", criteria, may, "One of these holds."},
    {"at_least", map_of(at_least_keys), may, "So many of these hold."},
    {"content", content_number, may, "A content is reached, by its number."},
    {"reach",
     choice("met|exceeded"),
     with("content", "", default_is("met")),
     "How: hoàn thành đạt, or đạt và vượt, which a body must judge."},
    {"judged_by", body_id, may, "A body must have said so."},
};

constexpr Key at_least_list[] = {
    {"count", integer(1, 100'000), must, "How many; not more than there are."},
    {"of", criteria, must, "Of which."},
};

constexpr Key nomination_part_list[] = {
    {"id", id, must, "By which commands name it.", "to-trinh"},
    {"name", text, must, "Its name."},
    {"form", text, may, "The prescribed form.", "Mẫu số 08"},
    {"clause", text, must, "Where the plan says it."},
};

constexpr Key deadline_list[] = {
    {"id", id, must, "By which commands name it."},
    {"text", text, must, "The plan's words."},
    {"clause", text, must, "Where the plan says it."},
    {"from", day, must, "The first day."},
    {"to", day, must, "The last day."},
    {"sent_to", body_id, must, "Who receives it."},
    {"awards", list_of(award_id), depends("all"), "Whose nominations it is for."},
};

constexpr Key freeze_list[] = {
    {"provisional",
     instant,
     must,
     "The provisional report counts what is recorded by then.",
     "2025-01-01T00:30:00+07:00"},
    {"final",
     instant,
     must,
     "The final report counts what is recorded by then.",
     "2025-01-03T17:00:00+07:00"},
};

constexpr Key ambiguity_list[] = {
    {"id", id, must, "By which outputs name it.", "mau-so-dich-vu-cong"},
    {"clause", text, must, "Where the plan says it."},
    {"phrase", text, must, "The plan's words."},
    {"reading", text, must, "How they are taken."},
    {"decided_by", text, may, "Who decided on that; goes together with `decided_on`."},
    {"decided_on", day, may, "And when."},
};

}  // namespace

const KeyMap document_keys{
    .name = "plan-document",
    .where = "campaign: documents",
    .meaning = "A document that the campaign rests on.",
    .keys = document_list,
};

const KeyMap body_keys{
    .name = "plan-body",
    .where = "campaign: bodies",
    .meaning = "Somebody who judges, decides or receives.",
    .keys = body_list,
};

const KeyMap content_keys{
    .name = "plan-content",
    .where = "campaign: contents",
    .meaning = "One of the things competed for.",
    .keys = content_list,
};

const KeyMap subject_keys{
    .name = "plan-subject",
    .where = "campaign: subjects",
    .meaning = "Who may be put forward.",
    .keys = subject_list,
};

const KeyMap award_keys{
    .name = "plan-award",
    .where = "campaign: awards",
    .meaning = "A form of commendation.",
    .keys = award_list,
};

const KeyMap award_rule_keys{
    .name = "plan-award-rule",
    .where = "campaign: awards: rules",
    .meaning = "What must have been reached for it.",
    .keys = award_rule_list,
};

const KeyMap criterion_keys{
    .name = "plan-criterion",
    .where = "campaign: awards: rules: criterion, and within all, any, at_least",
    .meaning =
        "A condition: exactly one of `all`, `any`, `at_least`, or else `content` and/or "
        "`judged_by`.",
    .keys = criterion_list,
    .example =
        "criterion:\n  all:\n    - {content: 1}\n"
        "    - at_least: {count: 2, of: [{content: 2}, {content: 3}, {content: 4}]}",
};

const KeyMap at_least_keys{
    .name = "plan-at-least",
    .where = "at_least of a criterion",
    .meaning = "So many of several conditions.",
    .keys = at_least_list,
};

const KeyMap nomination_part_keys{
    .name = "plan-nomination-part",
    .where = "campaign: nomination_parts",
    .meaning = "A paper that every nomination holds.",
    .keys = nomination_part_list,
};

const KeyMap deadline_keys{
    .name = "plan-deadline",
    .where = "campaign: deadlines",
    .meaning = "A window in which something is handed in; both days belong to it.",
    .keys = deadline_list,
};

const KeyMap freeze_keys{
    .name = "plan-freeze",
    .where = "campaign: freeze",
    .meaning =
        "When the figures are frozen. Left out: provisional half an hour after the last day, "
        "final at 17:00 on the third day after it.",
    .keys = freeze_list,
};

const KeyMap ambiguity_keys{
    .name = "plan-ambiguity",
    .where = "campaign: ambiguities",
    .meaning =
        "A phrase with the reading in force; without `decided_by` it is our default, not yet "
        "confirmed.",
    .keys = ambiguity_list,
};

}  // namespace thidua::config::keys
