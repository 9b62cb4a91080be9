// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Keys of the operator, reminders, filing elsewhere, and papers that people sign.
#include "config/keys/maps.hpp"

namespace thidua::config::keys {

namespace {

constexpr Type told = map_of(recipient_keys);
constexpr Type short_name = map_of(unit_short_name_keys);

constexpr Key operator_list[] = {
    {"webhook_url_file",
     secret_file,
     may,
     "A file with one line, an https address that gets each notice as JSON.",
     "secrets/operator-webhook"},
    {"ping_url_file",
     secret_file,
     may,
     "A file with the address of a watch that notices silence, such as Healthchecks.",
     "secrets/ping"},
    {"ca_file",
     path,
     depends("the system's certificates"),
     "Where certificates of webhooks are of a private authority.",
     "webhook-ca.pem"},
    {"smtp",
     map_of(second_relay_keys),
     may,
     "A second relay; it must not be that of `smtp`, which could not tell of its own failure."},
    {"file", written_path, default_is("notices.log"), "Every notice is a line of it."},
    {"absence_after",
     duration,
     default_is("3h"),
     "So long after it was due, a digest that has not ended is an alarm (thidua-absence); from 10m "
     "to 6d."},
};

constexpr Key second_relay_list[] = {
    {"recipients", list_of(told), must, "Who is told; at least one."},
    {"timeout", duration, default_is("10s"), "For a step of the conversation with the relay."},
};

constexpr Key alerts_list[] = {
    {"schedule",
     map_of(schedule_keys),
     default_is("{at: \"06:00\"}"),
     "Each day is looked at once: the day before, as known then. `at` alone."},
    {"for",
     duration,
     default_is("7d"),
     "Below the target so long before anybody is reminded; whole days, 1d to 90d."},
    {"recover_after", duration, default_is("7d"), "Not below so long before it is over."},
    {"escalate", map_of(escalate_keys), default_is("{}"), "The steps of the ladder."},
    {"leaders",
     list_of(told),
     depends("it ends with the second reminder"),
     "Who is told at the last step."},
    {"file_to",
     written_path,
     default_is("editions"),
     "The folder they are filed in, below YYYY/nhac/."},
};

constexpr Key escalate_list[] = {
    {"second",
     integer(1, 90),
     default_is("5"),
     "Working days from the first reminder to the second."},
    {"leaders",
     integer(1, 90),
     default_is("10"),
     "Working days from the first reminder until leaders are told; above `second`."},
};

constexpr Key web_list[] = {
    {"listen",
     text_of("address and port, or off"),
     default_is("127.0.0.1:8787"),
     "Where the pages are served; `off` for nowhere. Off loopback only with a `password_file`."},
    {"password_file",
     secret_file,
     may,
     "Visitors are asked for a password; its lines are what `thidua web password USER` prints.",
     "secrets/visitors"},
};

constexpr Key retention_list[] = {
    {"appeals_until",
     day,
     must,
     "The last day on which the awards can be appealed against; `thidua purge` refuses until then.",
     "2025-12-31"},
};

constexpr Key urging_list[] = {
    {"interval",
     duration,
     default_is("14d"),
     "Within it nobody is proposed twice for the same indicator; whole days, 1d to 90d."},
};

constexpr Key filing_list[] = {
    {"url",
     text_of("sftp:// or https:// folder", "^(sftp|https|http)://"),
     must,
     "The folder: SFTP, or WebDAV by https. No user and no password within.",
     "sftp://files.example.vn/thidua/"},
    {"user", private_verbatim, depends("required with sftp://"), "The user there.", "thidua"},
    {"password_file", secret_file, may, "The file with that user's password.", "secrets/files"},
    {"key_file",
     secret_file,
     may,
     "The file with a private key instead; SFTP only.",
     "secrets/files-key"},
    {"known_hosts_file",
     path,
     depends("required with sftp://"),
     "A file with the host's key, as ssh-keyscan prints it, compared by a person.",
     "files-known-hosts"},
    {"ca_file",
     path,
     depends("the system's certificates"),
     "Where the certificate is of a private authority; WebDAV only.",
     "files-ca.pem"},
};

constexpr Key texts_list[] = {
    {"parent_organisation",
     text,
     must,
     "The agency above, in the letterhead.",
     "UBND TỈNH LẠNG SƠN"},
    {"organisation", text, must, "The agency, in the letterhead.", "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"},
    {"short_name", text, must, "The agency in a paper's number: Số: /BC-STNMT.", "STNMT"},
    {"drafted_by", text, may, "Who drafts letters, in their number: Số: /STNMT-VP.", "VP"},
    {"place", text, must, "Where papers are dated from.", "Lạng Sơn"},
    {"signer", map_of(signer_keys), must, "Who signs."},
    {"urging", map_of(urging_texts_keys), must, "Letters that urge a unit."},
    {"procedure_review", map_of(review_texts_keys), must, "The report on procedures."},
    {"nominations", map_of(nominations_texts_keys), must, "Papers of nominations."},
    {"unit_short_names",
     list_of(short_name),
     may,
     "How units stand in numbers of their own papers; others fill it in by hand."},
};

constexpr Key signer_list[] = {
    {"authority",
     text,
     depends("somebody who signs in their own right"),
     "On whose behalf, above the title.",
     "KT. GIÁM ĐỐC"},
    {"title", text, must, "The signer's title.", "PHÓ GIÁM ĐỐC"},
    {"name", private_text, may, "The signer's name, below the signature."},
};

constexpr Key urging_texts_list[] = {
    {"recipients",
     texts,
     must,
     "Nơi nhận, without hyphens and semicolons.",
     "[Như trên, \"Lưu: VT, VP\"]"},
};

constexpr Key review_texts_list[] = {
    {"addressees", texts, must, "Kính gửi.", "[Văn phòng UBND tỉnh Lạng Sơn]"},
    {"recipients", texts, must, "Nơi nhận.", "[Như trên, \"Lưu: VT, VP\"]"},
};

constexpr Key nominations_texts_list[] = {
    {"addressees", texts, must, "Kính gửi.", "[Hội đồng Thi đua - Khen thưởng Sở]"},
    {"grounds",
     texts,
     may,
     "Căn cứ beside the documents of the plan.",
     "[\"Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022\"]"},
    {"recipients", texts, must, "Nơi nhận.", "[Như trên, \"Lưu: VT\"]"},
};

constexpr Key unit_short_name_list[] = {
    {"unit", unit_code, must, "The unit.", "H37.10.05"},
    {"short_name", text, must, "As it stands in a number: Số: /TTr-VPĐKĐĐ.", "VPĐKĐĐ"},
};

}  // namespace

const KeyMap operator_keys{
    .name = "operator",
    .where = "operator",
    .meaning =
        "Who is told of trouble, and by which ways. All of it may be left out: journal and file "
        "have every notice besides.",
    .keys = operator_list,
    .example =
        "operator:\n"
        "  webhook_url_file: secrets/operator-webhook\n"
        "  smtp:\n"
        "    smarthost: other-relay.example.vn:587\n"
        "    from: thidua@example.vn\n"
        "    recipients:\n"
        "      - {id: quan-tri, name: Quản trị hệ thống, address: quan-tri@example.vn}",
};

const KeyMap second_relay_keys{
    .name = "operator-smtp",
    .where = "operator: smtp",
    .meaning = "A relay that is asked when the webhook does not take a notice.",
    .keys = second_relay_list,
    .also = &smtp_keys,
};

const KeyMap alerts_keys{
    .name = "alerts",
    .where = "alerts",
    .meaning =
        "Reminders: looked at are the ranked units and those of `reports.units`, whose "
        "recipients there are reminded. A source that is stale stops the clock.",
    .keys = alerts_list,
    .example =
        "alerts:\n"
        "  for: 7d\n"
        "  escalate: {second: 5, leaders: 10}\n"
        "  leaders:\n"
        "    - {id: giam-doc, name: Giám đốc Sở, address: giam-doc@example.vn}",
};

const KeyMap escalate_keys{
    .name = "alerts-escalate",
    .where = "alerts: escalate",
    .meaning = "The steps after the first reminder, in working days.",
    .keys = escalate_list,
};

const KeyMap urging_keys{
    .name = "urging",
    .where = "urging",
    .meaning = "The urging ledger.",
    .keys = urging_list,
};

const KeyMap filing_keys{
    .name = "filing",
    .where = "filing",
    .meaning =
        "Each edition's documents go to another machine too, into the same folders as below "
        "`file_to`, the manifest last, never over other bytes.",
    .keys = filing_list,
    .example =
        "filing:\n"
        "  url: sftp://files.example.vn/thidua/\n"
        "  user: thidua\n"
        "  key_file: secrets/files-key\n"
        "  known_hosts_file: files-known-hosts",
};

const KeyMap texts_keys{
    .name = "texts",
    .where = "texts",
    .meaning = "What is printed on papers that people sign. Number and day are left blank there.",
    .keys = texts_list,
};

const KeyMap signer_keys{
    .name = "texts-signer",
    .where = "texts: signer",
    .meaning = "Who signs.",
    .keys = signer_list,
};

const KeyMap urging_texts_keys{
    .name = "texts-urging",
    .where = "texts: urging",
    .meaning = "Letters that urge a unit are addressed to it.",
    .keys = urging_texts_list,
};

const KeyMap review_texts_keys{
    .name = "texts-procedure-review",
    .where = "texts: procedure_review",
    .meaning = "The report on procedures below full.",
    .keys = review_texts_list,
};

const KeyMap nominations_texts_keys{
    .name = "texts-nominations",
    .where = "texts: nominations",
    .meaning = "Papers of nominations.",
    .keys = nominations_texts_list,
};

const KeyMap unit_short_name_keys{
    .name = "texts-unit-short-name",
    .where = "texts: unit_short_names",
    .meaning = "How a unit stands in numbers of its papers.",
    .keys = unit_short_name_list,
};

const KeyMap web_keys{
    .name = "web",
    .where = "web",
    .meaning =
        "Read-only pages for people, and endpoints for programs. There is no TLS of its own: a web "
        "server that has it forwards to this address.",
    .keys = web_list,
    .example = "web: {listen: \"127.0.0.1:8787\", password_file: secrets/visitors}",
};

const KeyMap retention_keys{
    .name = "retention",
    .where = "retention",
    .meaning =
        "Nothing is taken away by itself: `thidua purge` does it once somebody says so, after "
        "this.",
    .keys = retention_list,
};

}  // namespace thidua::config::keys
