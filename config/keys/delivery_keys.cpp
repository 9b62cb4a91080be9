// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Keys of the relay, the reports and those who get them.
#include "config/keys/maps.hpp"

namespace thidua::config::keys {

namespace {

constexpr Type domain = host;
constexpr Type recipient = map_of(recipient_keys);
constexpr Type recipients = list_of(recipient);
constexpr Type unit_reader = map_of(unit_reader_keys);

constexpr Key smtp_list[] = {
    {"smarthost",
     text_of("host:port", "^[A-Za-z0-9.-]+:[0-9]+$"),
     must,
     "The relay and its port.",
     "relay.example.vn:587"},
    {"hello",
     host,
     depends("this machine's name"),
     "The name to greet the relay with.",
     "thidua.example.vn"},
    {"from", address, must, "The sender's address.", "thidua@example.vn"},
    {"from_name", text, may, "The sender's name.", "Theo dõi đợt thi đua"},
    {"auth_username",
     private_verbatim,
     may,
     "The user at the relay; goes together with the password.",
     "thidua"},
    {"auth_password_file", secret_file, may, "The file with that user's password.", "secrets/smtp"},
    {"require_tls",
     boolean,
     default_is("true"),
     "STARTTLS, or TLS from the first byte, or nothing is sent. A password is never sent without."},
    {"tls", map_of(smtp_tls_keys), default_is("{}"), "How the relay is believed."},
    {"timeout", duration, default_is("10m"), "For a step of the conversation with the relay."},
    {"max_attempts",
     integer(1, 100),
     default_is("35"),
     "How often a message is tried; 35 take five days."},
    {"max_message_size",
     bytes,
     default_is("20MiB"),
     "A larger message goes without its attachments, with the folder where they are filed."},
    {"connections", integer(1, 20), default_is("4"), "Messages under way at once."},
    {"allowed_domains",
     list_of(domain),
     depends("any domain"),
     "A recipient elsewhere is a mistake.",
     "[langson.gov.vn]"},
};

constexpr Key smtp_tls_list[] = {
    {"from_start",
     boolean,
     depends("true with port 465, else false"),
     "TLS from the first byte (smtps) instead of STARTTLS."},
    {"ca_file",
     path,
     depends("the system's certificates"),
     "Certificates of the authorities to believe.",
     "relay-ca.pem"},
};

constexpr Key recipient_list[] = {
    {"id", id, must, "The office, by which logs and the ledger name it.", "giam-doc"},
    {"name", private_text, must, "As it stands in Nơi nhận.", "Giám đốc Sở"},
    {"address", address, must, "One mailbox.", "giam-doc@example.vn"},
    {"from", day, depends("the beginning"), "The first day on which this person holds the office."},
    {"until",
     day,
     depends("the end"),
     "The last such day. Those who hold an office follow one another without a gap."},
};

constexpr Key reports_list[] = {
    {"weekly", map_of(weekly_keys), may, "The digest of the last complete week."},
    {"units",
     map_of(unit_editions_keys),
     may,
     "Each unit's own figures, with the digest; needs `weekly`."},
    {"final",
     map_of(final_reports_keys),
     may,
     "Reports on the awards: a rehearsal with each digest, then by the campaign's `freeze`."},
    {"nominations",
     map_of(nomination_reminders_keys),
     may,
     "Reminders of nomination papers, on the mornings that the plan's deadlines make."},
};

constexpr Key weekly_list[] = {
    {"schedule",
     map_of(schedule_keys),
     default_is("{weekday: monday, at: \"07:30\"}"),
     "When it comes: once a week."},
    {"requires",
     map_of(requires_keys),
     may,
     "What must hold before it is published. Without this it is published as it is, with what is "
     "wrong."},
    {"recipients", recipients, may, "Who gets it by mail."},
    {"texts", map_of(digest_texts_keys), default_is("{}"), "What the agency words itself."},
    {"file_to",
     written_path,
     default_is("editions"),
     "The folder it is filed in, below YYYY/Www/."},
    {"webhook_url_file",
     secret_file,
     may,
     "A file with the address that is told the verdict of each digest.",
     "secrets/leaders-webhook"},
};

constexpr Key requires_list[] = {
    {"sources",
     list_of(source_name),
     depends("all that the indicators count by"),
     "They must be within their freshness.",
     "[tthc, payments]"},
    {"wait_until",
     time_of_day,
     depends("it does not wait"),
     "Until then, on the day it is due, it waits for what is missing.",
     "\"11:00\""},
    {"on_unfit",
     choice("degrade|withhold"),
     default_is("degrade"),
     "Then it is published and says what is wrong, or nobody gets it."},
};

constexpr Key digest_texts_list[] = {
    {"title", text, default_is("Bản tin thi đua"), "What it is called."},
    {"subject_prefix",
     text,
     may,
     "Before every subject, for filters of mailboxes.",
     "\"[Sở TNMT]\""},
    {"closing",
     text,
     may,
     "A paragraph before Nơi nhận.",
     "\"Thắc mắc về số liệu: Văn phòng Sở.\""},
};

constexpr Key unit_editions_list[] = {
    {"recipients", list_of(unit_reader), must, "Who reads of which unit."},
    {"file_to",
     written_path,
     default_is("editions"),
     "The folder they are filed in, below YYYY/Www/don-vi/CODE/."},
    {"dossier_codes",
     boolean,
     default_is("false"),
     "Adds a workbook with the codes of the dossiers that the unit is to have fixed."},
};

constexpr Key unit_reader_list[] = {
    {"unit", unit_code, must, "Whose figures they read.", "H37.10.05"},
};

constexpr Key final_reports_list[] = {
    {"recipients", recipients, may, "Who gets provisional, final and amended reports."},
    {"rehearsal_recipients", recipients, may, "Who gets the rehearsals."},
    {"file_to",
     written_path,
     default_is("editions"),
     "The folder they are filed in, below YYYY/chot-so/."},
};

constexpr Key nomination_reminders_list[] = {
    {"schedule",
     map_of(schedule_keys),
     default_is("{at: \"06:30\"}"),
     "Each day is looked at once. `at` alone."},
    {"recipients", recipients, may, "The coordinator, who hears of all nominations."},
    {"file_to",
     written_path,
     default_is("editions"),
     "The folder they are filed in, below YYYY/ho-so/."},
};

}  // namespace

const KeyMap smtp_keys{
    .name = "smtp",
    .where = "smtp",
    .meaning = "The mail relay, with Alertmanager's names for the keys.",
    .keys = smtp_list,
    .example =
        "smtp:\n"
        "  smarthost: relay.example.vn:587\n"
        "  from: thidua@example.vn\n"
        "  from_name: Theo dõi đợt thi đua\n"
        "  auth_username: thidua\n"
        "  auth_password_file: secrets/smtp",
};

const KeyMap smtp_tls_keys{
    .name = "smtp-tls",
    .where = "smtp: tls",
    .meaning = "What is believed of the relay's certificate.",
    .keys = smtp_tls_list,
};

const KeyMap recipient_keys{
    .name = "recipient",
    .where = "reports: weekly: recipients, and other lists of people",
    .meaning =
        "Somebody who gets mail. An `id` is an office: those who hold it follow one another, "
        "and a day until the campaign's end on which nobody does is a mistake.",
    .keys = recipient_list,
    .example =
        "recipients:\n"
        "  - {id: giam-doc, name: Ông An, address: an@example.vn, until: 2024-09-30}\n"
        "  - {id: giam-doc, name: Bà Bình, address: binh@example.vn, from: 2024-10-01}",
};

const KeyMap reports_keys{
    .name = "reports",
    .where = "reports",
    .meaning = "What is published, for whom.",
    .keys = reports_list,
};

const KeyMap weekly_keys{
    .name = "reports-weekly",
    .where = "reports: weekly",
    .meaning =
        "The digest: the last complete week, Monday to Sunday, with figures from the start of "
        "the campaign.",
    .keys = weekly_list,
    .example =
        "reports:\n"
        "  weekly:\n"
        "    schedule: {weekday: monday, at: \"07:30\"}\n"
        "    file_to: editions\n"
        "    recipients:\n"
        "      - {id: giam-doc, name: Giám đốc Sở, address: giam-doc@example.vn}",
};

const KeyMap requires_keys{
    .name = "reports-requires",
    .where = "reports: weekly: requires",
    .meaning =
        "What is asked before a digest is published. A source is missing when its data are "
        "older than its own `expect.freshness`.",
    .keys = requires_list,
};

const KeyMap digest_texts_keys{
    .name = "reports-texts",
    .where = "reports: weekly: texts",
    .meaning = "Worded by the agency, in the editions of units too; what the figures say never is.",
    .keys = digest_texts_list,
};

const KeyMap unit_editions_keys{
    .name = "reports-units",
    .where = "reports: units",
    .meaning =
        "One edition a week for each unit that somebody reads of: its own figures and those "
        "below it.",
    .keys = unit_editions_list,
};

const KeyMap unit_reader_keys{
    .name = "reports-units-recipient",
    .where = "reports: units: recipients",
    .meaning = "A recipient, and the unit that is read of.",
    .keys = unit_reader_list,
    .example = "- {unit: H37.10.05, id: vpdkdd, name: Giám đốc VPĐKĐĐ, address: vpdkdd@example.vn}",
    .also = &recipient_keys,
};

const KeyMap final_reports_keys{
    .name = "reports-final",
    .where = "reports: final",
    .meaning = "The reports on the awards.",
    .keys = final_reports_list,
};

const KeyMap nomination_reminders_keys{
    .name = "reports-nominations",
    .where = "reports: nominations",
    .meaning =
        "Reminders of nomination papers: five working days and one before a window opens, on its "
        "last working day and on the first after it. Each unit's own go to its readers below "
        "`reports.units` too.",
    .keys = nomination_reminders_list,
    .example =
        "reports:\n"
        "  nominations:\n"
        "    recipients:\n"
        "      - {id: van-phong, name: Văn phòng Sở, address: van-phong@example.vn}",
};

}  // namespace thidua::config::keys
