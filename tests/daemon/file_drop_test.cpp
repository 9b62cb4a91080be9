// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Files that people drop: which are read at all, and what people read beside one of which something
// was not taken.
#include "core/file.hpp"
#include "daemon/file_words.hpp"
#include "daemon/inbox.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

namespace thidua::daemon {
namespace {

TEST(FileWords, TranslateReasonsAndKeepPlaces) {
    EXPECT_EQ(
        vietnamese_reason("row 4: /code: required, but not there"),
        "dòng 4: /code: thiếu giá trị bắt buộc"
    );
    EXPECT_EQ(
        vietnamese_reason("row 3: line 3, column B: not a day of the calendar, as dd/MM/yyyy"),
        "dòng 3: dòng 3, cột B: không phải ngày hợp lệ theo dạng ngày/tháng/năm"
    );
    EXPECT_EQ(
        vietnamese_reason("header in row 1: no column 'Mã hồ sơ' for code; there are 'A', 'B'"),
        "không tìm thấy cột “Mã hồ sơ” ở dòng tiêu đề; hãy đặt tên cột như trong tệp mẫu"
    );
    EXPECT_EQ(
        vietnamese_reason(
            "9 of 10 records cannot be read; the first: row 2: /code: required, but not there"
        ),
        "quá nhiều dòng sai; dòng đầu tiên: dòng 2: /code: thiếu giá trị bắt buộc"
    );
    EXPECT_EQ(
        vietnamese_reason("row 3: line 3: 4 columns; the header has 6"),
        "dòng 3: dòng 3: có 4 cột, dòng tiêu đề có 6; hãy kiểm tra dấu phân cách và dấu xuống dòng"
    );
    EXPECT_EQ(
        vietnamese_reason("header in row 1: two columns for name: 'Tên' in B and 'TÊN' in D"),
        "dòng tiêu đề có hai cột cùng nội dung ('Tên' ở cột B và 'TÊN' ở cột D); hãy bỏ một cột"
    );
    EXPECT_EQ(vietnamese_reason("something new"), "lỗi khác: something new");
}

TEST(FileWords, ANoteSaysWhatHappenedAndWhatToDo) {
    const std::string note =
        rejection_note("a.xlsx", "2024-06-17T08:00:00+07:00", "no record in it");
    EXPECT_NE(note.find("KHÔNG NHẬN"), std::string::npos);
    EXPECT_NE(note.find("tệp không có dòng số liệu nào"), std::string::npos);
    EXPECT_NE(note.find("Cách sửa"), std::string::npos);
    const std::vector<Rejected> rejected{{"row 7", "/code: required, but not there"}};
    const std::string partial = partial_note("a.xlsx", "lúc", 12, rejected);
    EXPECT_NE(partial.find("đã nhận 12 dòng, chưa nhận 1 dòng"), std::string::npos);
    EXPECT_NE(partial.find("- dòng 7: /code: thiếu giá trị bắt buộc"), std::string::npos);
}

/// Whoever may drop files may not have the service read one of somebody else's for them.
TEST(ReadOwnFile, ReadsAFileThatIsNobodyElsesToo) {
    namespace fs = std::filesystem;
    const test::TemporaryFolder folder;
    const fs::path secret = folder.path() / "secret";
    ASSERT_TRUE(write_file(secret, "bytes"));
    EXPECT_EQ(read_own_file(secret), "bytes");
    fs::create_symlink(secret, folder.path() / "link.csv");
    ASSERT_EQ(::mkfifo((folder.path() / "pipe.csv").c_str(), 0600), 0);
    fs::create_directory(folder.path() / "folder.csv");
    fs::create_hard_link(secret, folder.path() / "second-name.csv");
    for (const char* name : {"link.csv", "pipe.csv", "folder.csv", "second-name.csv"}) {
        const auto bytes = read_own_file(folder.path() / name);
        ASSERT_FALSE(bytes) << name;
        EXPECT_EQ(bytes.error().kind, ErrorKind::Data) << name;
        EXPECT_EQ(bytes.error().message, "not a file of its own") << name;
    }
}

}  // namespace
}  // namespace thidua::daemon
