// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Files editions into folders of its own. Filing is what is repeated after a crash, so doing it
// twice must be as good as once, and nothing filed may ever change.
#include "delivery/filing.hpp"

#include "core/file.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

namespace thidua::delivery {
namespace {

namespace fs = std::filesystem;

const std::vector<FiledDocument> edition = {
    {"ban-tin.html", "<p>Kính gửi</p>"},
    {"so-lieu.xlsx", std::string("PK\0\x03", 4)},
    {"manifest.json", "{}"},
};

class FileDocuments : public testing::Test {
  protected:
    [[nodiscard]] std::string content(const std::string& name) const {
        return read_file(root_ / "2024" / "W42" / name, 1'000).value_or("(nothing)");
    }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator(root_ / "2024" / "W42")) {
            found.push_back(entry.path().filename().string());
        }
        std::ranges::sort(found);
        return found;
    }

    test::TemporaryFolder folder_;
    fs::path root_ = folder_.path();
};

TEST_F(FileDocuments, MakesTheFolderAndFilesEveryByte) {
    ASSERT_TRUE(file_documents(root_ / "2024" / "W42", edition).has_value());
    EXPECT_EQ(names(), (std::vector<std::string>{"ban-tin.html", "manifest.json", "so-lieu.xlsx"}));
    for (const FiledDocument& document : edition) {
        EXPECT_EQ(content(document.file_name), document.bytes);
    }
}

TEST_F(FileDocuments, TakesAFolderWithATrailingSlash) {
    ASSERT_TRUE(file_documents(root_ / "2024" / "W42" / "", edition).has_value());
    EXPECT_EQ(content("manifest.json"), "{}");
}

TEST_F(FileDocuments, AgainChangesNothing) {
    const fs::path folder = root_ / "2024" / "W42";
    ASSERT_TRUE(file_documents(folder, edition).has_value());
    struct stat before {};
    struct stat after {};
    ASSERT_EQ(::stat((folder / "manifest.json").c_str(), &before), 0);
    ASSERT_TRUE(file_documents(folder, edition).has_value());
    ASSERT_EQ(::stat((folder / "manifest.json").c_str(), &after), 0);
    EXPECT_EQ(before.st_ino, after.st_ino);
    EXPECT_EQ(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

TEST_F(FileDocuments, CompletesWhatACrashLeftHalfDone) {
    const fs::path folder = root_ / "2024" / "W42";
    ASSERT_TRUE(file_documents(folder, {edition[0]}).has_value());
    ASSERT_TRUE(file_documents(folder, edition).has_value());
    EXPECT_EQ(names().size(), 3U);
}

TEST_F(FileDocuments, NeverReplacesOtherBytes) {
    const fs::path folder = root_ / "2024" / "W42";
    ASSERT_TRUE(file_documents(folder, {edition[2]}).has_value());
    for (const std::string bytes : {"[]", "{ }", ""}) {
        std::vector<FiledDocument> other = edition;
        other[2].bytes = bytes;
        const auto filed = file_documents(folder, other);
        ASSERT_FALSE(filed.has_value());
        EXPECT_EQ(filed.error().kind, ErrorKind::Data);
        EXPECT_NE(filed.error().message.find("manifest.json"), std::string::npos);
        EXPECT_EQ(content("manifest.json"), "{}");
        EXPECT_EQ(names().size(), 1U) << "a refusal files nothing else either";
    }
}

TEST_F(FileDocuments, RefusesTwoOfOneNameWithOtherBytes) {
    const auto filed = file_documents(root_ / "2024" / "W42", {{"a", "1"}, {"a", "2"}});
    ASSERT_FALSE(filed.has_value());
    EXPECT_EQ(filed.error().kind, ErrorKind::Data);
    EXPECT_EQ(content("a"), "1");
}

TEST_F(FileDocuments, RefusesNamesThatLeaveTheFolder) {
    for (const std::string& name :
         {std::string(),
          std::string("."),
          std::string(".."),
          std::string("../a"),
          std::string("/etc/a"),
          std::string("a/b"),
          std::string("a\0b", 3),
          std::string(201, 'a')}) {
        const auto filed = file_documents(root_ / "2024" / "W42", {{name, "x"}});
        ASSERT_FALSE(filed.has_value()) << name;
        EXPECT_EQ(filed.error().kind, ErrorKind::Data);
    }
    EXPECT_FALSE(fs::exists(root_ / "2024"));
}

TEST_F(FileDocuments, RefusesAFolderOrLinkInPlaceOfAFile) {
    const fs::path folder = root_ / "2024" / "W42";
    fs::create_directories(folder / "manifest.json");
    EXPECT_EQ(file_documents(folder, {edition[2]}).error().kind, ErrorKind::Data);
    std::ofstream(root_ / "elsewhere") << "{}";
    fs::create_symlink(root_ / "elsewhere", folder / "ban-tin.html");
    EXPECT_EQ(file_documents(folder, {edition[0]}).error().kind, ErrorKind::Data);
}

TEST_F(FileDocuments, NamesThePlaceThatCannotBeWritten) {
    std::ofstream(root_ / "a-file") << "x";
    const auto filed = file_documents(root_ / "a-file" / "W42", edition);
    ASSERT_FALSE(filed.has_value());
    EXPECT_EQ(filed.error().kind, ErrorKind::Io);
    EXPECT_NE(filed.error().message.find((root_ / "a-file").string()), std::string::npos)
        << filed.error().message;
}

TEST_F(FileDocuments, NamesAFolderThatIsReadOnly) {
    if (::geteuid() == 0) {
        GTEST_SKIP() << "root may write everywhere";
    }
    fs::permissions(root_, fs::perms::owner_read | fs::perms::owner_exec);
    const auto filed = file_documents(root_ / "2024", edition);
    fs::permissions(root_, fs::perms::owner_all);
    ASSERT_FALSE(filed.has_value());
    EXPECT_EQ(filed.error().kind, ErrorKind::Io);
    EXPECT_NE(filed.error().message.find(root_.string()), std::string::npos);
}

TEST(FileDocumentsIntoProc, NamesTheFolderEvenForRoot) {
    const auto filed = file_documents("/proc/thidua", edition);
    ASSERT_FALSE(filed.has_value());
    EXPECT_EQ(filed.error().kind, ErrorKind::Io);
    EXPECT_NE(filed.error().message.find("/proc/thidua"), std::string::npos);
}

}  // namespace
}  // namespace thidua::delivery
