// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Mistakes about when something falls due, what it needs, and who gets it.
#include "tests/config/mistake.hpp"
#include "tests/config/workspace.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

class ScheduleMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(ScheduleMistakes, AreNamedWithTheirPlaceAndTheirRemedy) {
    const Workspace workspace;
    workspace.replace(GetParam().file, GetParam().from, GetParam().to);
    EXPECT_EQ(workspace.problems(), GetParam().problems);
}

const Mistake schedule_mistakes[] = {
    {"CronThatIsNone",
     "thidua.yaml",
     "{every: 6h}",
     "{cron: \"0 24 * * *\"}",
     {"thidua.yaml:18:22: sources.payments.schedule.cron: \"0 24 * * *\": hour '24': numbers "
      "from 0 to 23, as in 5, 1-5, */2 or 1,15"}},
    {"CronThatNeverFires",
     "thidua.yaml",
     "{every: 6h}",
     "{cron: \"0 0 30 feb *\"}",
     {"thidua.yaml:18:22: sources.payments.schedule.cron: \"0 0 30 feb *\": it never "
      "falls due: no such month has such a day"}},
    {"PullsThatAreAllMadeUpFor",
     "thidua.yaml",
     "{every: 6h}",
     "{every: 6h, misfire: run_all}",
     {"thidua.yaml:18:5: sources.payments.schedule: \"misfire\" must be \"run_latest\" or "
      "\"skip\": one "
      "pull "
      "brings all that was missed"}},
    {"HolidayOfWhatComesEverySoOften",
     "thidua.yaml",
     "{every: 6h}",
     "{every: 6h, on_holiday: next}",
     {"thidua.yaml:18:39: sources.payments.schedule.on_holiday: goes with \"at\" or \"cron\": what "
      "comes every so often is not moved"}},
    {"DigestBeforeItsWeekHasEnded",
     "thidua.yaml",
     "{weekday: monday, at: \"07:30\"}",
     "{weekday: monday, at: \"07:30\", on_holiday: previous}",
     {"thidua.yaml:28:5: reports.weekly.schedule: \"on_holiday\" must be \"next\" or \"same\": the "
      "week "
      "would not have ended before"}},
    {"RecipientOutsideTheAllowedDomains",
     "thidua.yaml",
     "from_name: Văn phòng Sở",
     "allowed_domains: [langson.gov.vn]",
     {"thidua.yaml:30:52: reports.weekly.recipients[0].address: \"giam-doc@example.vn\": must be "
      "in "
      "a domain of smtp.allowed_domains: \"langson.gov.vn\"",
      "thidua.yaml:31:54: reports.weekly.recipients[1].address: \"van-phong@example.vn\": must be "
      "in "
      "a domain of smtp.allowed_domains: \"langson.gov.vn\""}},
    {"AllowedDomainThatIsNone",
     "thidua.yaml",
     "from_name: Văn phòng Sở",
     "allowed_domains: [\"@example.vn\"]",
     {"thidua.yaml:22:21: smtp.allowed_domains[0]: \"@example.vn\": must be a mail domain, such as "
      "example.vn"}},
    {"OneWhoIsSucceededByNobody",
     "thidua.yaml",
     "address: giam-doc@example.vn",
     "address: giam-doc@example.vn, until: 2024-09-30",
     {"thidua.yaml:29:5: reports.weekly.recipients: id \"giam-doc\": nobody has it after "
      "2024-09-30; "
      "name who does, with \"from\""}},
    {"GateThatNeedsAnUnknownSource",
     "thidua.yaml",
     "    schedule: {weekday: monday, at: \"07:30\"}\n    recipients:",
     "    schedule: {weekday: monday, at: \"07:30\"}\n    requires: {sources: [tthcc], on_unfit: "
     "hold}\n    recipients:",
     {"thidua.yaml:29:26: reports.weekly.requires.sources[0]: \"tthcc\": must be the name of a "
      "source: \"tthc\", \"payments\"; did you mean \"tthc\"?",
      "thidua.yaml:29:44: reports.weekly.requires.on_unfit: \"hold\": must be one of \"degrade\", "
      "\"withhold\""}},
};

INSTANTIATE_TEST_SUITE_P(Config, ScheduleMistakes, testing::ValuesIn(schedule_mistakes), test::case_name<Mistake>);

}  // namespace

}  // namespace thidua::config
