// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/file.hpp"

#include "core/hash.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace thidua {
namespace {

TEST(WriteFile, ReplacesAWholeFileAndLeavesNothingElse) {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "edition.html";
    ASSERT_TRUE(write_file(path, "first"));
    ASSERT_TRUE(write_file(path, "second"));
    EXPECT_EQ(read_file(path, 100), "second");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(WriteFile, NamesThePlaceWhenItCannot) {
    const auto written = write_file("/nonexistent/folder/file", "x");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::Io);
    EXPECT_NE(written.error().message.find("/nonexistent/folder/file"), std::string::npos);
}

TEST(WriteFile, TakesTheModeOfItsModel) {
    using std::filesystem::perms;
    const test::TemporaryFolder folder;
    const auto model = folder.path() / "thidua.yaml";
    const auto path = folder.path() / "officers.yaml";
    ASSERT_TRUE(write_file(model, "model"));
    const perms mode = perms::owner_read | perms::owner_write | perms::group_read |
                       perms::group_write | perms::others_read;  // more than any umask leaves
    std::filesystem::permissions(model, mode);
    ASSERT_TRUE(write_file_like(path, "new", model));
    EXPECT_EQ(read_file(path, 100), "new");
    EXPECT_EQ(std::filesystem::status(path).permissions(), mode);
    EXPECT_TRUE(write_file_like(path, "again", folder.path() / "nobody"));
}

TEST(ReadFile, RefusesMoreThanItsLimit) {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "large";
    ASSERT_TRUE(write_file(path, std::string(101, 'x')));
    EXPECT_FALSE(read_file(path, 100));
}

TEST(ReadSecret, TakesOneTrimmedLineOfAPrivateFile) {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "secret";
    ASSERT_TRUE(write_file(path, "  hush \n"));
    std::filesystem::permissions(path, std::filesystem::perms{0600});
    EXPECT_EQ(read_secret(path), "hush");
    std::filesystem::permissions(path, std::filesystem::perms{0644});
    const auto open_to_all = read_secret(path);
    ASSERT_FALSE(open_to_all);
    EXPECT_EQ(open_to_all.error().kind, ErrorKind::Config);
    EXPECT_EQ(open_to_all.error().message.find("hush"), std::string::npos);
    EXPECT_FALSE(read_secret(folder.path() / "none"));
}

TEST(Sha256, IsTheStandardOne) {
    EXPECT_EQ(
        sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    EXPECT_EQ(short_id("abc", 7).size(), 7U);
}

}  // namespace
}  // namespace thidua
