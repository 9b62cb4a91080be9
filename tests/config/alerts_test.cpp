// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// When units are reminded, and whom it is reported to: `alerts:` and `urging:`.
#include "tests/config/mistake.hpp"
#include "tests/config/workspace.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

constexpr std::string_view last_line = "    file_to: editions";

/// Adds lines at the end of the good root file.
void add_lines(const Workspace& workspace, const std::string& lines) {
    workspace.replace("thidua.yaml", last_line, std::string(last_line) + "\n" + lines);
}

TEST(AlertSettings, AreNoneWithoutTheirSection) {
    const Workspace workspace;
    const auto settings = load(workspace.root());
    ASSERT_TRUE(settings);
    EXPECT_FALSE(settings->alerts);
    EXPECT_EQ(settings->urging_interval_days, 14);
}

TEST(AlertSettings, HaveVisibleDefaults) {
    const Workspace workspace;
    add_lines(workspace, "alerts: {}\n");
    const auto settings = load(workspace.root());
    ASSERT_EQ(workspace.problems(), std::vector<std::string>{});
    const Alerts& alerts = *settings->alerts;
    EXPECT_EQ(alerts.schedule, (Schedule{std::nullopt, std::nullopt, std::chrono::hours{6}}));
    EXPECT_EQ(alerts.fire_after_days, 7);
    EXPECT_EQ(alerts.recover_after_days, 7);
    EXPECT_EQ(alerts.second_after, 5);
    EXPECT_EQ(alerts.leaders_after, 10);
    EXPECT_TRUE(alerts.leaders.empty());
    EXPECT_EQ(alerts.file_to, workspace.folder() / "state/editions");
}

TEST(AlertSettings, AreReadInFull) {
    const Workspace workspace;
    add_lines(
        workspace,
        "alerts:\n"
        "  schedule: {at: \"06:15\"}\n"
        "  for: 10d\n"
        "  recover_after: 3d\n"
        "  escalate: {second: 3, leaders: 7}\n"
        "  leaders: [{id: giam-doc, name: Giám đốc Sở, address: giam-doc@example.vn}]\n"
        "  file_to: nhac\n"
        "urging: {interval: 21d}\n"
    );
    const auto settings = load(workspace.root());
    ASSERT_EQ(workspace.problems(), std::vector<std::string>{});
    const Alerts& alerts = *settings->alerts;
    EXPECT_EQ(alerts.schedule.at, std::chrono::minutes{375});
    EXPECT_EQ(alerts.fire_after_days, 10);
    EXPECT_EQ(alerts.recover_after_days, 3);
    EXPECT_EQ(alerts.second_after, 3);
    EXPECT_EQ(alerts.leaders_after, 7);
    ASSERT_EQ(alerts.leaders.size(), 1U);
    EXPECT_EQ(alerts.leaders[0].address, "giam-doc@example.vn");
    EXPECT_EQ(alerts.file_to, workspace.folder() / "state/nhac");
    EXPECT_EQ(settings->urging_interval_days, 21);
}

class AlertMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(AlertMistakes, AreNamedWithTheirPlaceAndTheirRemedy) {
    const Workspace workspace;
    workspace.replace(GetParam().file, GetParam().from, GetParam().to);
    EXPECT_EQ(workspace.problems(), GetParam().problems);
}

Mistake alert_mistake(std::string name, const std::string& lines, std::vector<std::string> said) {
    const std::string last(last_line);
    return {std::move(name), "thidua.yaml", last, last + "\n" + lines, std::move(said)};
}

const Mistake alert_mistakes[] = {
    alert_mistake(
        "Weekly",
        "alerts: {schedule: {weekday: monday, at: \"06:00\"}}",
        {"thidua.yaml:33:10: alerts.schedule: every day is looked at once: give \"at\" alone, such "
         "as {at: \"06:00\"}"}
    ),
    alert_mistake(
        "EverySixHours",
        "alerts: {schedule: {every: 6h}}",
        {"thidua.yaml:33:10: alerts.schedule: every day is looked at once: give \"at\" alone, such "
         "as {at: \"06:00\"}"}
    ),
    alert_mistake(
        "PartOfADay",
        "alerts: {for: 36h, recover_after: 0d}",
        {"thidua.yaml:33:15: alerts.for: \"36h\": must be whole days from 1d to 90d, such as 7d",
         "thidua.yaml:33:35: alerts.recover_after: \"0d\": must be whole days from 1d to 90d, such "
         "as 7d"}
    ),
    alert_mistake(
        "LeadersBeforeTheUnit",
        "alerts: {escalate: {second: 5, leaders: 5}}",
        {"thidua.yaml:33:10: alerts.escalate: leaders are told after the second reminder: "
         "\"leaders\" must be above \"second\", both are working days after the first"}
    ),
    alert_mistake(
        "UnknownKeys",
        "alerts: {repeat_every: 1d, escalate: {third: 5}}",
        {"thidua.yaml:33:10: alerts.repeat_every: unknown key: allowed here: \"schedule\", "
         "\"for\", \"recover_after\", \"escalate\", \"leaders\", \"file_to\"",
         "thidua.yaml:33:39: alerts.escalate.third: unknown key: allowed here: \"second\", "
         "\"leaders\""}
    ),
    alert_mistake(
        "OneIdOfTwoPeople",
        "  units:\n    recipients: [{unit: H37.10.01, id: mot, name: Một, address: "
        "mot@example.vn}]\nalerts: {leaders: [{id: mot, name: Hai, address: hai@example.vn}]}",
        {"thidua.yaml:35:20: alerts.leaders[0]: id \"mot\": has another address below "
         "\"reports.units\""}
    ),
    alert_mistake(
        "UrgingInterval",
        "urging: {interval: soon}",
        {"thidua.yaml:33:20: urging.interval: \"soon\": must be a duration such as 500ms, 30s, 5m, "
         "1h or 7d"}
    ),
};

INSTANTIATE_TEST_SUITE_P(Rows, AlertMistakes, testing::ValuesIn(alert_mistakes), test::case_name<Mistake>);

}  // namespace
}  // namespace thidua::config
