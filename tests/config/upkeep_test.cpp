// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The weekly look at the store, and reminders of nomination papers.
#include "tests/config/mistake.hpp"
#include "tests/config/workspace.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace thidua::config {

namespace {

const std::string upkeep_file = "thidua.d/upkeep.yaml";

Settings upkeep_of(const std::string& text) {
    const Workspace workspace;
    workspace.write(upkeep_file, text);
    EXPECT_EQ(workspace.problems(), std::vector<std::string>{});
    auto settings = load(workspace.root());
    return settings ? *std::move(settings) : Settings{};
}

TEST(Maintenance, IsOnSundaysAtThreeUnlessSomebodySaysOtherwise) {
    const auto settings = load(Workspace().root());
    ASSERT_TRUE(settings && settings->maintenance);
    EXPECT_EQ(settings->maintenance->weekday, std::chrono::Sunday);
    EXPECT_EQ(settings->maintenance->at, std::chrono::hours{3});
    const Settings moved = upkeep_of("store: {maintenance: {weekday: saturday, at: \"22:00\"}}\n");
    ASSERT_TRUE(moved.maintenance);
    EXPECT_EQ(moved.maintenance->weekday, std::chrono::Saturday);
    EXPECT_FALSE(upkeep_of("store: {maintenance: off}\n").maintenance);
}

TEST(NominationReminders, AreDailyAndFiledWithTheEditions) {
    const Workspace workspace;
    workspace.write(
        upkeep_file,
        "reports:\n  nominations:\n    recipients:\n"
        "      - {id: van-phong, name: Văn phòng, address: van-phong@example.vn}\n"
    );
    const auto settings = load(workspace.root());
    ASSERT_TRUE(settings && settings->nomination_reminders);
    EXPECT_EQ(
        settings->nomination_reminders->schedule.at,
        std::chrono::hours{6} + std::chrono::minutes{30}
    );
    EXPECT_EQ(settings->nomination_reminders->recipients.at(0).id, "van-phong");
    EXPECT_EQ(settings->nomination_reminders->file_to, workspace.folder() / "state/editions");
}

TEST(NominationReminders, HaveNoWeekday) {
    const Workspace workspace;
    workspace.write(
        upkeep_file, "reports: {nominations: {schedule: {weekday: monday, at: \"06:30\"}}}\n"
    );
    EXPECT_EQ(
        workspace.problems(),
        std::vector<std::string>{
            "thidua.d/upkeep.yaml:1:25: reports.nominations.schedule: every day is looked at once: "
            "give \"at\" alone, such as {at: \"06:00\"}"}
    );
}

}  // namespace

}  // namespace thidua::config
