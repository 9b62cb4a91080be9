// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What of a cycle, the ledger and the machine the operator hears of, and in which words.
#include "daemon/notices.hpp"

#include "daemon/notice_words.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace thidua::daemon {
namespace {

using namespace std::chrono_literals;
using test::at;
using test::day;

const std::string id = "weekly/2024-W42/all/1";

config::Settings small_settings() {
    config::Settings settings;
    settings.file = "/etc/thidua/thidua.yaml";
    settings.hash = "0123456789abcdef";
    settings.campaign.start = day("2024-06-07");
    settings.campaign.end = day("2024-12-31");
    settings.store_path = "/var/lib/thidua/thidua.db";
    settings.store_reserve = 256ULL << 20U;
    settings.sources.resize(1);
    settings.sources[0].description.name = "tthc";
    settings.sources[0].schedule.at = 5h;
    settings.digest.emplace();
    settings.digest->schedule.weekday = std::chrono::Monday;
    settings.digest->schedule.at = 7h + 30min;
    settings.smtp.emplace();
    settings.smtp->host = "relay.example.vn";
    settings.smtp->port = 587;
    return settings;
}

/// All is well: the digest of the week is done.
Surroundings calm() {
    Surroundings around;
    around.now = at("2024-10-21T08:00:00+07:00");
    around.slots = {
        {{"digest:weekly", at("2024-10-21T07:30:00+07:00")}, store::SlotState::Done},
        {{"pull:tthc", at("2024-10-21T05:00:00+07:00")}, store::SlotState::Failed}};
    around.recorded_until = around.now;
    around.free_bytes = 300ULL << 20U;
    return around;
}

PullReport pulled(std::optional<Error> error) {
    PullReport report;
    report.source = "tthc";
    report.error = std::move(error);
    return report;
}

store::MailTrouble mail(
    std::string recipient, std::string state, std::optional<Instant> next_at, std::string reply
) {
    return {id, "weekly", "2024-W42", std::move(recipient), std::move(state), 1, next_at, reply};
}

struct Case {
    std::string name;
    std::function<void(CycleReport&, Surroundings&)> spoil;
    std::vector<std::string> lines;

    friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

class NoticesOf : public testing::TestWithParam<Case> {};

TEST_P(NoticesOf, NameReportPeriodStepClassNextActionAndCommand) {
    CycleReport report;
    Surroundings around = calm();
    GetParam().spoil(report, around);
    std::vector<std::string> lines;
    for (const Notice& notice : find_notices(&report, small_settings(), around).standing) {
        lines.push_back(line_of({notice, Telling::Turn::Begins, around.now}));
    }
    EXPECT_EQ(lines, GetParam().lines);
}

const Case cases[] = {
    {"NothingIsWrong",
     [](CycleReport& report, Surroundings&) { report.pulls = {pulled(std::nullopt)}; },
     {}},
    {"ASourceIsAway",
     [](CycleReport& report, Surroundings&) {
         report.pulls = {pulled(Error{ErrorKind::Transient, "connection refused"})};
     },
     {"notice pull:tthc: source tthc, 2024-10-21T05:00:00+07:00, step pull (transient): connection "
      "refused; next: it is tried again at 2024-10-21T08:30:00+07:00; until then its figures stay "
      "as they are, and say so; run: thidua pull tthc"}},
    {"ASourceRefusesTheCredentials",
     [](CycleReport& report, Surroundings&) {
         report.pulls = {pulled(Error{ErrorKind::Auth, "answered 401"})};
     },
     {"notice pull:tthc: source tthc, 2024-10-21T05:00:00+07:00, step pull (auth): answered 401; "
      "next: nothing before its next slot at 2024-10-22T05:00:00+07:00; until then its figures "
      "stay as they are, and say so; run: thidua pull tthc"}},
    {"APullThatWasStoppedIsNoTrouble",
     [](CycleReport& report, Surroundings&) {
         report.pulls = {pulled(Error{ErrorKind::Stopped, "asked to stop"})};
     },
     {}},
    {"TheDigestCannotBeMade",
     [](CycleReport& report, Surroundings& around) {
         around.slots.clear();
         report.errors = {
             {ErrorKind::Io, "file weekly/2024-W42/all/1: disk full"}, {ErrorKind::Io, "another"}};
     },
     {"notice cycle: report digest:weekly, 2024-W42, step cycle (io): file weekly/2024-W42/all/1: "
      "disk full (and 1 more); next: it is tried again every minute, until it is done; run: thidua "
      "status"}},
    {"AChangedConfigurationWasRefused",
     [](CycleReport&, Surroundings& around) {
         around.refused_configuration = {
             "/etc/thidua/thidua.yaml:7:3: smtp.max_atempts: unknown key", "another"};
     },
     {"notice configuration: configuration /etc/thidua/thidua.yaml, "
      "2024-10-21T08:00:00+07:00, step reload (config): /etc/thidua/thidua.yaml:7:3: "
      "smtp.max_atempts: unknown key (and 1 more); next: configuration 0123456789ab stays in "
      "force; a restart would fail; run: thidua validate"}},
    {"ADigestWasWithheld",
     [](CycleReport&, Surroundings& around) {
         around.slots[0].state = store::SlotState::Withheld;
         around.slots[0].reason = "no source has answered";
     },
     {"notice slot:digest:weekly: report digest:weekly, 2024-W42, step publish (withheld): no "
      "source has answered; next: nothing for this period; the next one falls due in its turn; "
      "run: thidua report send --week 2024-W42"}},
    {"TheRelayIsAway",
     [](CycleReport&, Surroundings& around) {
         around.mail = {
             mail("a", "deferred", around.now + 10min, "not handed over"),
             mail("b", "deferred", around.now + 5min, "451 <b@example.vn> later")};
     },
     {"notice mail: report weekly, 2024-W42, step mail (transient): 2 messages wait for the relay "
      "relay.example.vn:587: 451 <(address)> later; next: they are tried again from "
      "2024-10-21T08:05:00+07:00 on, 35 times in all; run: thidua delivery list"}},
    {"ARecipientIsRefused",
     [](CycleReport&, Surroundings& around) {
         around.mail = {mail("a", "refused", std::nullopt, "5.1.1 no such mailbox a@example.vn")};
     },
     {"notice refused:weekly/2024-W42/all/1: report weekly, 2024-W42, step mail (refused): "
      "weekly/2024-W42/all/1 has not reached a (refused): 5.1.1 no such mailbox (address); next: "
      "nothing: who has got it keeps it, and the rest is for a person to decide; run: thidua "
      "delivery list weekly/2024-W42/all/1 --failed"}},
    {"TheLeadersWebhookIsAway",
     [](CycleReport&, Surroundings& around) {
         around.untold_leaders = {
             {"leaders:" + id,
              "open",
              around.now,
              std::nullopt,
              2,
              around.now + 2min,
              "{}",
              "reports.weekly.webhook_url_file: answered 500"}};
     },
     {"notice leaders-webhook: report weekly/2024-W42/all/1, 2024-10-21T08:00:00+07:00, step "
      "webhook (transient): the leaders' webhook has not taken the verdict: "
      "reports.weekly.webhook_url_file: answered 500; next: it is tried again at "
      "2024-10-21T08:02:00+07:00; run: thidua report list"}},
    {"AnotherMachineDoesNotTakeTheFiles",
     [](CycleReport&, Surroundings& around) {
         around.unfiled = {
             {id, "2024/W42", "pending", around.now, 1, around.now + 1min, "upload: answered 500"},
             {"weekly/2024-W41/all/1",
              "2024/W41",
              "failed",
              around.now,
              2,
              std::nullopt,
              "upload: other bytes are filed"}};
     },
     {"notice filing: report weekly/2024-W41/all/1, weekly/2024-W42/all/1, "
      "2024-10-21T08:00:00+07:00, step filing elsewhere (failed): upload: other bytes are filed; "
      "next: nothing; the folder of this machine and the mails are not touched; run: thidua report "
      "verify FOLDER"}},
    {"TheLedgerCannotBeRead",
     [](CycleReport&, Surroundings& around) {
         around.store_error = Error{ErrorKind::Io, "database is locked"};
         around.slots.clear();
     },
     {"notice store: the ledger, 2024-10-21T08:00:00+07:00, step store (io): database is locked; "
      "next: it is read again every minute; run: thidua status"}},
    {"TheClockIsBehind",
     [](CycleReport&, Surroundings& around) { around.recorded_until = around.now + 1h; },
     {"notice clock: the clock, 2024-10-21T08:00:00+07:00, step clock (io): it is behind: "
      "something was recorded at 2024-10-21T09:00:00+07:00 already; next: what falls due is done "
      "by the clock as it is, so perhaps late; run: timedatectl status"}},
    {"TheDiskIsNearlyFull",
     [](CycleReport&, Surroundings& around) { around.free_bytes = 255ULL << 20U; },
     {"notice disk: the disk of /var/lib/thidua, 2024-10-21T08:00:00+07:00, step disk (io): 255 "
      "MiB are free, less than store.reserve, 256 MiB; next: nothing is pulled until there is room "
      "again; digests and mails go on; run: df -h /var/lib/thidua"}},
};

INSTANTIATE_TEST_SUITE_P(All, NoticesOf, testing::ValuesIn(cases), test::case_name<Case>);

TEST(NoticesOver, IsKnownOnlyOfWhatWasLookedAt) {
    CycleReport report;
    report.pulls = {pulled(std::nullopt)};
    const auto after_a_cycle = find_notices(&report, small_settings(), calm());
    for (const char* key : {"pull:tthc", "cycle", "mail", "slot:digest:weekly", "disk"}) {
        EXPECT_TRUE(after_a_cycle.is_over(key)) << key;
    }
    EXPECT_FALSE(after_a_cycle.is_over("pull:payments"));
    const auto without_a_cycle = find_notices(nullptr, small_settings(), calm());
    EXPECT_FALSE(without_a_cycle.is_over("pull:tthc"));
    EXPECT_FALSE(without_a_cycle.is_over("cycle"));
    EXPECT_TRUE(without_a_cycle.is_over("mail"));
    Surroundings pulled_by_hand = calm();
    pulled_by_hand.sources_pulled_well = {"tthc"};
    EXPECT_TRUE(find_notices(nullptr, small_settings(), pulled_by_hand).is_over("pull:tthc"));
    Surroundings blind = calm();
    blind.store_error = Error{ErrorKind::Io, "locked"};
    const auto unread = find_notices(nullptr, small_settings(), blind);
    EXPECT_FALSE(unread.is_over("mail"));
    EXPECT_FALSE(unread.is_over("store"));
}

TEST(NoticeWords, SurviveBeingKept) {
    Notice notice;
    notice.severity = Notice::Severity::Warning;
    notice.key = "mail";
    notice.subject = "báo cáo \"tuần\"";
    notice.is_repeated = false;
    EXPECT_EQ(notice_from_json(to_json_text(notice)), notice);
    EXPECT_EQ(notice_from_json("{}"), std::nullopt);
    EXPECT_EQ(notice_from_json("not JSON"), std::nullopt);
}

TEST(NoticeWords, BeginWithTheWorst) {
    const Instant since = at("2024-10-21T08:00:00+07:00");
    Notice warning;
    warning.severity = Notice::Severity::Warning;
    warning.subject = "source tthc";
    warning.period = "2024-W42";
    Notice error = warning;
    error.severity = Notice::Severity::Error;
    error.subject = "the ledger";
    const std::vector<Telling> all{
        {error, Telling::Turn::Over, since},
        {warning, Telling::Turn::Begins, since},
        {error, Telling::Turn::Lasts, since}};
    EXPECT_EQ(subject_of(all), "[thidua] error: the ledger, 2024-W42 and 2 more");
    EXPECT_EQ(
        subject_of(std::span(all).first(2)), "[thidua] warning: source tthc, 2024-W42 and 1 more"
    );
    EXPECT_EQ(subject_of(std::span(all).first(1)), "[thidua] cleared: the ledger, 2024-W42");
    const std::vector<Telling> many(25, all[1]);
    EXPECT_EQ(webhook_json(many).at("notices").as_array().size(), 20U);
    EXPECT_NE(text_of(many).find("... and 5 more"), std::string::npos);
}

}  // namespace
}  // namespace thidua::daemon
