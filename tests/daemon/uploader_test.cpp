// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Where an edition lies on another machine: below the folder that its own report is filed in.
#include "daemon/uploader.hpp"

#include <gtest/gtest.h>

namespace thidua::daemon {
namespace {

TEST(FolderBelow, IsThatOfTheReportsOwnFolder) {
    config::Settings settings;
    settings.digest.emplace().file_to = "/srv/editions";
    settings.alerts.emplace().file_to = "/srv/reminders";
    settings.nomination_reminders.emplace().file_to = "/srv/papers";
    EXPECT_EQ(folder_below(settings, "/srv/editions/2024/W42"), "2024/W42");
    EXPECT_EQ(
        folder_below(settings, "/srv/reminders/2024/nhac/2024-10-18/giam-doc"),
        "2024/nhac/2024-10-18/giam-doc"
    );
    EXPECT_EQ(
        folder_below(settings, "/srv/papers/2024/ho-so/2024-12-25/van-phong"),
        "2024/ho-so/2024-12-25/van-phong"
    );
}

TEST(FolderBelow, OfAFolderThatNoReportHasIsItsName) {
    EXPECT_EQ(folder_below(config::Settings{}, "/srv/editions/2024/W42"), "W42");
}

}  // namespace
}  // namespace thidua::daemon
