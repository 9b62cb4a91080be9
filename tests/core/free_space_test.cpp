// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/free_space.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <string>

namespace thidua {
namespace {

TEST(FreeSpace, IsToldOfTheFileSystemThatHoldsAPath) {
    const test::TemporaryFolder folder;
    const auto free = free_space(folder.path());
    ASSERT_TRUE(free);
    EXPECT_GT(free->bytes, 0U);
    EXPECT_TRUE(free->takes_files);
    EXPECT_EQ(free_space("/proc")->bytes, 0U);
    EXPECT_TRUE(free_space("/proc")->takes_files) << "one that does not count its files";
}

TEST(FreeSpace, NamesAPathThatIsNotThere) {
    const auto none = free_space("/nonexistent/folder");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, ErrorKind::Io);
    EXPECT_NE(none.error().message.find("/nonexistent/folder"), std::string::npos);
}

TEST(FreeSpace, TakesBytesForTheCauseUnlessInodesAreUsedUp) {
    const test::TemporaryFolder folder;
    EXPECT_NE(space_remedy(folder.path() / "new").find("disk is full"), std::string_view::npos);
    EXPECT_NE(space_remedy("/nonexistent/new").find("disk is full"), std::string_view::npos);
}

}  // namespace
}  // namespace thidua
