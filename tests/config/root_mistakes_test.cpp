// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Mistakes in the root file.
#include "tests/config/mistake.hpp"
#include "tests/config/workspace.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

class RootMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(RootMistakes, AreNamedWithTheirPlaceAndTheirRemedy) {
    const Workspace workspace;
    workspace.replace(GetParam().file, GetParam().from, GetParam().to);
    EXPECT_EQ(workspace.problems(), GetParam().problems);
}

const Mistake root_mistakes[] = {
    {"UnknownKey",
     "thidua.yaml",
     "state_directory:",
     "state_dir:",
     {"thidua.yaml:8:1: state_dir: unknown key; did you mean \"state_directory\"?"}},
    {"UnknownKeyFarFromAll",
     "thidua.yaml",
     "state_directory:",
     "qqqqqqqq:",
     {"thidua.yaml:8:1: qqqqqqqq: unknown key: allowed here: \"version\", \"state_directory\", "
      "\"store\", \"organisation\", \"procedures\", \"officers\", \"calendar\", \"presets\", "
      "\"sources\", "
      "\"campaign\", \"smtp\", \"operator\", \"reports\", \"alerts\", \"urging\", "
      "\"filing\", \"retention\", \"texts\", \"web\""}},
    {"UnknownKeyBelow",
     "thidua.yaml",
     "from_name:",
     "from_nam:",
     {"thidua.yaml:22:3: smtp.from_nam: unknown key; did you mean \"from_name\"?"}},
    {"DuplicateKey",
     "thidua.yaml",
     "procedures:",
     "organisation:",
     {"thidua.yaml:1:1: procedures: missing: it must be given, such as "
      "\"procedures: procedures/so-tnmt-langson.yaml\"",
      "thidua.yaml:6:1: organisation: the same key twice: the first is in line 5"}},
    {"MissingVersion",
     "thidua.yaml",
     "version: 1\n",
     "",
     {"thidua.yaml:1:1: version: missing: it must be given, such as "
      "\"version: 1\""}},
    {"OtherVersion",
     "thidua.yaml",
     "version: 1",
     "version: 2",
     {"thidua.yaml:1:10: version: \"2\": must be 1"}},
    {"MissingStart",
     "thidua.yaml",
     "  start: 2024-06-07\n",
     "",
     {"thidua.yaml:2:1: campaign.start: missing: nobody guesses the first day of the campaign: set "
      "it to the day on which the signed plan was issued, such as \"start: 2024-06-07\", in the "
      "campaign file or in the root file below \"campaign:\""}},
    {"DayThatDoesNotExist",
     "thidua.yaml",
     "2024-06-07",
     "2024-06-31",
     {"thidua.yaml:4:10: campaign.start: \"2024-06-31\": must be a day of the calendar, such as "
      "2024-06-07"}},
    {"EndBeforeStart",
     "thidua.yaml",
     "2024-06-07",
     "2025-06-07",
     {"campaign.yaml:4:6: campaign.end: \"2024-12-31\": must be a day not before \"start\", "
      "2025-06-07"}},
    {"CampaignFileMissing",
     "thidua.yaml",
     "campaign.yaml",
     "campain.yaml",
     {"thidua.yaml:3:9: campaign.file: \"campain.yaml\": must be a file that can be read (open "
      "campain.yaml: No such file or directory)"}},
    {"OrganisationIsNoPath",
     "thidua.yaml",
     "organisation: organisation.yaml",
     "organisation:",
     {"thidua.yaml:5:1: organisation: nothing: must be a path"}},
    {"UnknownPreset",
     "thidua.yaml",
     "some-dossiers",
     "some-dossier",
     {"thidua.yaml:11:13: sources.tthc.preset: \"some-dossier\": must be the name of a preset in "
      "presets: \"some-dossiers\", \"some-payments\"; did you mean \"some-dossiers\"?"}},
    {"UnknownLookupSource",
     "presets/some-payments.yaml",
     "for_each: {source: tthc}",
     "for_each: {source: thtc}",
     {"thidua.yaml:15:3: sources.payments.for_each.source: \"thtc\": must be the name of another "
      "source: \"tthc\"; did you mean \"tthc\"?"}},
    {"LooksItselfUp",
     "presets/some-payments.yaml",
     "for_each: {source: tthc}",
     "for_each: {source: payments}",
     {"thidua.yaml:15:3: sources.payments.for_each.source: \"payments\": must be the name of "
      "another "
      "source: \"tthc\""}},
    {"SecretInClear",
     "thidua.yaml",
     "client_secret_file: secrets/tthc",
     "client_secret: hunter2",
     {"thidua.yaml:13:31: sources.tthc.auth.client_secret: unknown key: a secret is never written "
      "here: put it into a file that only the service can read, and name that file in "
      "\"client_secret_file\""}},
    {"PasswordInClear",
     "thidua.yaml",
     "auth_password_file: secrets/smtp",
     "auth_password: hunter2",
     {"thidua.yaml:19:1: smtp: \"auth_username\" and \"auth_password_file\" go together",
      "thidua.yaml:24:3: smtp.auth_password: unknown key: a secret is never written here: put it "
      "into a file that only the service can read, and name that file in \"auth_password_file\""}},
    {"UnknownTimeZone",
     "thidua.yaml",
     "Asia/Ho_Chi_Minh",
     "Asia/Ho_Chi_Min",
     {"thidua.yaml:14:39: sources.tthc.schedule.timezone: \"Asia/Ho_Chi_Min\": must be the name of "
      "a time zone, such as Asia/Ho_Chi_Minh; did you mean \"Asia/Ho_Chi_Minh\"?"}},
    {"TimeZoneByName",
     "thidua.yaml",
     "Asia/Ho_Chi_Minh",
     "Giờ Việt Nam",
     {"thidua.yaml:14:39: sources.tthc.schedule.timezone: \"Giờ Việt Nam\": must be the name of a "
      "time zone, such as Asia/Ho_Chi_Minh"}},
    {"TimeOfDayWithoutZero",
     "thidua.yaml",
     "at: \"05:00\"",
     "at: \"5:00\"",
     {"thidua.yaml:14:20: sources.tthc.schedule.at: \"5:00\": must be a time of day from 00:00 to "
      "23:59, such as \"07:30\""}},
    {"TimeOfDayBeyondMidnight",
     "thidua.yaml",
     "at: \"05:00\"",
     "at: \"24:00\"",
     {"thidua.yaml:14:20: sources.tthc.schedule.at: \"24:00\": must be a time of day from 00:00 to "
      "23:59, such as \"07:30\""}},
    {"EveryThatDoesNotDivideADay",
     "thidua.yaml",
     "every: 6h",
     "every: 7h",
     {"thidua.yaml:18:23: sources.payments.schedule.every: \"7h\": must be whole minutes that "
      "divide a day evenly, such as 15m, 1h or 6h"}},
    {"EveryWithoutUnit",
     "thidua.yaml",
     "every: 6h",
     "every: 6",
     {"thidua.yaml:18:23: sources.payments.schedule.every: \"6\": must be a duration such as "
      "500ms, 30s, 5m, 1h or 7d"}},
    {"EveryAndAt",
     "thidua.yaml",
     "every: 6h",
     "every: 6h, at: \"05:00\"",
     {"thidua.yaml:18:5: sources.payments.schedule: give one of \"every\", \"at\" with or without "
      "\"weekday\", and \"cron\", not several"}},
    {"EmptySchedule",
     "thidua.yaml",
     "{every: 6h}",
     "{}",
     {"thidua.yaml:18:5: sources.payments.schedule: when? Give {every: 6h}, {at: \"05:00\"}, "
      "{weekday: monday, at: \"05:00\"} or {cron: \"30 7 * * mon\"}"}},
    {"UnknownWeekday",
     "thidua.yaml",
     "weekday: monday",
     "weekday: mon",
     {"thidua.yaml:28:25: reports.weekly.schedule.weekday: \"mon\": must be one of \"monday\", "
      "\"tuesday\", \"wednesday\", \"thursday\", \"friday\", \"saturday\", \"sunday\"; did you "
      "mean \"monday\"?"}},
    {"DigestWithoutWeekday",
     "thidua.yaml",
     "{weekday: monday, at: \"07:30\"}",
     "{every: 12h}",
     {"thidua.yaml:28:5: reports.weekly.schedule: a weekly digest needs \"weekday\" and \"at\", "
      "such as {weekday: monday, at: \"07:30\"}, or a \"cron\" of one weekday and time"}},
    {"AddressWithLineEnd",
     "thidua.yaml",
     "address: giam-doc@example.vn",
     "address: \"giam-doc@example.vn\\r\\nBcc: x@example.org\"",
     {"thidua.yaml:30:52: reports.weekly.recipients[0].address: "
      "\"giam-doc@example.vn\\x0D\\x0ABcc: x@example.org\": must be one mail address, such as "
      "giam-doc@example.vn"}},
    {"TwoAddresses",
     "thidua.yaml",
     "address: giam-doc@example.vn",
     "address: \"a@example.vn, b@example.vn\"",
     {"thidua.yaml:30:52: reports.weekly.recipients[0].address: \"a@example.vn, b@example.vn\": "
      "must be one mail address, such as giam-doc@example.vn"}},
    {"AddressWithName",
     "thidua.yaml",
     "from: thidua@example.vn",
     "from: Thi đua <thidua@example.vn>",
     {"thidua.yaml:21:9: smtp.from: \"Thi đua <thidua@example.vn>\": must be one mail address, "
      "such as giam-doc@example.vn"}},
    {"TwoRecipientsWithOneId",
     "thidua.yaml",
     "id: van-phong",
     "id: giam-doc",
     {"thidua.yaml:31:9: reports.weekly.recipients[1]: id \"giam-doc\": the same id as "
      "reports.weekly.recipients[0]"}},
    {"IdWithCapitals",
     "thidua.yaml",
     "id: van-phong",
     "id: Van_Phong",
     {"thidua.yaml:31:14: reports.weekly.recipients[1].id: \"Van_Phong\": must be an id of small "
      "letters a-z, digits and single hyphens, such as giam-doc"}},
    {"SourceNameWithCapitals",
     "thidua.yaml",
     "sources:\n",
     "sources:\n  Old_1: {preset: some-dossiers, base_url: http://127.0.0.1:1}\n",
     {"thidua.yaml:10:3: sources.Old_1: \"Old_1\": must be an id of small letters a-z, digits and "
      "single hyphens, such as giam-doc"}},
    {"RelayWithoutPort",
     "thidua.yaml",
     "relay.example.vn:587",
     "relay.example.vn",
     {"thidua.yaml:20:14: smtp.smarthost: \"relay.example.vn\": must be a mail relay with its "
      "port, such as relay.example.vn:25"}},
    {"NumberWithLeadingZero",
     "thidua.yaml",
     "timeout: 10m",
     "max_attempts: 010",
     {"thidua.yaml:25:17: smtp.max_attempts: \"010\": must be a whole number from 1 to 100, "
      "without leading zeros"}},
    {"NumberInQuotes",
     "thidua.yaml",
     "timeout: 10m",
     "max_attempts: \"10\"",
     {"thidua.yaml:25:17: smtp.max_attempts: \"10\": must be a whole number from 1 to 100, without "
      "quotes"}},
    {"NumberOutOfRange",
     "thidua.yaml",
     "timeout: 10m",
     "max_attempts: 0",
     {"thidua.yaml:25:17: smtp.max_attempts: \"0\": must be a whole number from 1 to 100"}},
    {"NumberIsText",
     "thidua.yaml",
     "timeout: 10m",
     "max_attempts: five",
     {"thidua.yaml:25:17: smtp.max_attempts: \"five\": must be a whole number from 1 to 100"}},
    {"YesForTrue",
     "thidua.yaml",
     "timeout: 10m",
     "require_tls: yes",
     {"thidua.yaml:25:16: smtp.require_tls: \"yes\": must be true or false, without quotes"}},
    {"PasswordInClearOnTheWire",
     "thidua.yaml",
     "timeout: 10m",
     "require_tls: false",
     {"thidua.yaml:25:16: smtp.require_tls: \"false\": must be true with \"auth_username\", or the "
      "password is sent in clear"}},
    {"UsernameWithoutPassword",
     "thidua.yaml",
     "  auth_password_file: secrets/smtp\n",
     "",
     {"thidua.yaml:19:1: smtp: \"auth_username\" and \"auth_password_file\" go together"}},
    {"RecipientsWithoutRelay",
     "thidua.yaml",
     "smtp:\n  smarthost: relay.example.vn:587\n  from: thidua@example.vn\n  from_name: Văn phòng "
     "Sở\n  auth_username: thidua\n  auth_password_file: secrets/smtp\n  timeout: 10m\n",
     "",
     {"thidua.yaml:20:3: reports.weekly: has recipients, but there is no \"smtp:\" to reach them"}},
    {"UnitEditions",
     "thidua.yaml",
     "    file_to: editions",
     "    file_to: editions\n  units:\n    recipients:\n      - {unit: H37.10.1, id: mot, name: "
     "Một, "
     "address: mot@example.vn}\n      - {unit: H37.10.01, id: mot, name: Hai, address: hai}",
     {"thidua.yaml:35:16: reports.units.recipients[0].unit: \"H37.10.1\": must be the code of a "
      "unit of "
      "the organisation: \"H37.10\", \"H37.10.01\", \"H37.10.05\", \"H37.10.05.01\"; did you mean "
      "\"H37.10.01\"?",
      "thidua.yaml:36:9: reports.units.recipients[1]: id \"mot\": the same id as "
      "reports.units.recipients[0]",
      "thidua.yaml:36:56: reports.units.recipients[1].address: \"hai\": must be one mail address, "
      "such as giam-doc@example.vn"}},
    {"UnitEditionsWithoutDigest",
     "thidua.yaml",
     "  weekly:\n    schedule: {weekday: monday, at: \"07:30\"}\n    recipients:\n      - {id: "
     "giam-doc, "
     "name: Giám đốc Sở, address: giam-doc@example.vn}\n      - {id: van-phong, name: Văn phòng "
     "Sở, "
     "address: van-phong@example.vn}\n    file_to: editions",
     "  units:\n    recipients: [{unit: H37.10.01, id: mot, name: Một, address: mot@example.vn}]",
     {"thidua.yaml:27:3: reports.units: goes with a digest: there is no \"weekly\" beside it"}},
    {"ListForMap",
     "thidua.yaml",
     "{every: 6h}",
     "[every, 6h]",
     {"thidua.yaml:18:5: sources.payments.schedule: a list: must be a map of keys and values"}},
    {"MapForText",
     "thidua.yaml",
     "from_name: Văn phòng Sở",
     "from_name: {vi: Văn phòng Sở}",
     {"thidua.yaml:22:3: smtp.from_name: a map: must be a text"}},
    {"NoSpaceAfterColon",
     "thidua.yaml",
     "{weekday: monday, at: \"07:30\"}",
     "at:07",
     {"thidua.yaml:28:15: reports.weekly.schedule: \"at:07\": must be a map of keys and values (a "
      "space must follow the colon)"}},
    {"StoreUrlWithPassword",
     "thidua.yaml",
     "state_directory:",
     "store: {url: \"postgresql://thidua:secret@db.example.vn/thidua\"}\nstate_directory:",
     {"thidua.yaml:8:14: store.url: holds a password: write it into a file of its own that only "
      "the "
      "service can read, name that file in \"password_file\", and change the password"}},
    {"StoreUrlWithPasswordParameter",
     "thidua.yaml",
     "state_directory:",
     "store: {url: \"postgresql://db.example.vn/thidua?password=secret\"}\nstate_directory:",
     {"thidua.yaml:8:14: store.url: holds a password: write it into a file of its own that only "
      "the "
      "service can read, name that file in \"password_file\", and change the password"}},
    {"StoreUrlOfAnotherKind",
     "thidua.yaml",
     "state_directory:",
     "store: {url: \"mysql://db.example.vn/thidua\"}\nstate_directory:",
     {"thidua.yaml:8:14: store.url: must be a PostgreSQL server, as in "
      "postgresql://user@host:5432/database"}},
    {"StoreReserveWithoutUnit",
     "thidua.yaml",
     "state_directory:",
     "store: {reserve: 256}\nstate_directory:",
     {"thidua.yaml:8:18: store.reserve: \"256\": must be a size such as 512KiB, 256MiB or 2GiB"}},
    {"StorePasswordWithoutUrl",
     "thidua.yaml",
     "state_directory:",
     "store: {password_file: secrets/store}\nstate_directory:",
     {"thidua.yaml:8:24: store.password_file: goes together with \"url\""}},
    {"NothingAfterColon",
     "thidua.yaml",
     "from_name: Văn phòng Sở",
     "from_name:",
     {"thidua.yaml:22:3: smtp.from_name: nothing: must be a text"}},
};

INSTANTIATE_TEST_SUITE_P(Config, RootMistakes, testing::ValuesIn(root_mistakes), test::case_name<Mistake>);

}  // namespace

}  // namespace thidua::config
