// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Files that were made to do harm, or were harmed: each is refused as a whole, in our words.
#include "connectors/tables/xlsx_reader.hpp"
#include "tests/connectors/tables/workbook.hpp"
#include "tests/support/case_name.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>

namespace thidua::connectors {
namespace {

const std::string good_sheet = R"(<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>)";

struct HostileCase {
    std::string name;
    std::function<std::string()> bytes;
    std::string error;  ///< how it begins
    TableLimits limits{};

    friend void PrintTo(const HostileCase& row, std::ostream* out) { *out << row.name; }
};

class HostileFile : public testing::TestWithParam<HostileCase> {};

TEST_P(HostileFile, IsRefusedBeforeARow) {
    std::vector<std::string> lines;
    const std::string bytes = GetParam().bytes();
    const auto read = read_xlsx(bytes, {.limits = GetParam().limits}, test::line_sink(lines));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::Data);
    EXPECT_EQ(read.error().message.substr(0, GetParam().error.size()), GetParam().error);
    EXPECT_EQ(lines, std::vector<std::string>{});
}

/// A good workbook with one more entry.
std::string with(test::ZipEntry entry) {
    auto parts = test::workbook_parts(good_sheet);
    parts.push_back(std::move(entry));
    return test::zip_of(parts);
}

/// A good workbook whose sheet entry was changed.
std::string with_sheet(const std::function<void(test::ZipEntry&)>& change) {
    auto parts = test::workbook_parts(good_sheet);
    change(parts[3]);
    return test::zip_of(parts);
}

std::string many_entries() {
    auto parts = test::workbook_parts(good_sheet);
    for (int at = 0; at < 2'001; ++at) {
        parts.push_back({.name = fmt::format("x{}", at), .content = ""});
    }
    return test::zip_of(parts);
}

std::string many_columns() {
    std::string row = R"(<row r="1">)";
    for (int at = 0; at < (1 << 20); ++at) {
        row += "<c><v>1</v></c>";
    }
    return test::workbook_of("<sheetData>" + row + "</row></sheetData>");
}

std::string doctype(const char* declaration) {
    return with_sheet([&](test::ZipEntry& sheet) {
        sheet.content = std::string(declaration) + "<worksheet>&a;</worksheet>";
    });
}

/// Text that does not pack well, so that it meets another limit than the ratio.
std::string noise(std::size_t bytes) {
    std::string text;
    std::uint32_t state = 1;
    while (text.size() < bytes) {
        state = state * 1'664'525U + 1'013'904'223U;
        text += static_cast<char>('a' + (state >> 24) % 26);
    }
    return text;
}

std::string nested() {
    std::string xml;
    for (int at = 0; at < 100; ++at) {
        xml += "<a>";
    }
    return test::workbook_of(xml);
}

const HostileCase hostile_cases[] = {
    {"NoZip", [] { return std::string("a;b\n1;2\n"); }, "not a whole zip file, as .xlsx is ("},
    {"Empty", [] { return std::string(); }, "the file is empty"},
    {
        "OldFormat",
        [] { return "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(512, '\0'); },
        "not an .xlsx file, but an old .xls or one with a password",
    },
    {
        "Truncated",
        [] {
            const std::string whole = test::workbook_of(good_sheet);
            return whole.substr(0, whole.size() - 40);
        },
        "not a whole zip file, as .xlsx is (",
    },
    {"OtherZip",
     [] { return test::zip_of({{.name = "a.txt", .content = "a"}}); },
     "not an .xlsx file: _rels/.rels: not in the file"},
    {"UpwardName",
     [] { return with({.name = "../evil", .content = "x"}); },
     "entry 4 of the zip has a name that is not allowed"},
    {"UpwardWithin",
     [] { return with({.name = "xl/../../evil", .content = "x"}); },
     "entry 4 of the zip has a name that is not allowed"},
    {"AbsoluteName",
     [] { return with({.name = "/etc/evil", .content = "x"}); },
     "entry 4 of the zip has a name that is not allowed"},
    {"WindowsName",
     [] { return with({.name = "C:\\evil", .content = "x"}); },
     "entry 4 of the zip has a name that is not allowed"},
    // The library has this one itself, but not the next.
    {"DuplicateName",
     [] { return with({.name = "xl/sheet1.xml", .content = "x"}); },
     "not a whole zip file, as .xlsx is ("},
    {"DuplicateButForCase",
     [] { return with({.name = "xl/SHEET1.xml", .content = "x"}); },
     "xl/SHEET1.xml: twice in the zip"},
    {"Encrypted",
     [] { return with_sheet([](auto& sheet) { sheet.flags = 1; }); },
     "xl/sheet1.xml: encrypted; save the file without a password"},
    {"UnusualMethod",
     [] { return with_sheet([](auto& sheet) { sheet.method = 14; }); },
     "xl/sheet1.xml: packed by a method other than deflate"},
    {"WrongChecksum",
     [] { return with_sheet([](auto& sheet) { sheet.crc = 1; }); },
     "xl/sheet1.xml: damaged ("},
    {"DeclaresLess",
     [] { return with_sheet([](auto& sheet) { sheet.declared_size = 10; }); },
     "xl/sheet1.xml: "},
    {"DeclaresMore",
     [] { return with_sheet([](auto& sheet) { sheet.declared_size = 1'000; }); },
     "xl/sheet1.xml: shorter than it declares"},
    {"ManyEntries", many_entries, "the zip has 2005 entries; at most 2000 are read"},
    {
        "BombByRatio",
        [] { return with({.name = "xl/media/x", .content = std::string(32 * 1024 * 1024, ' ')}); },
        "xl/media/x: unpacks to more than 100 times its size",
    },
    {
        "DecodedBytes",
        [] { return with({.name = "x", .content = noise(200'000)}); },
        "x: unpacks to more than 100000 bytes",
        {.decoded_bytes = 100'000},
    },
    {
        "DecodedBytesTogether",
        [] { return with({.name = "x", .content = noise(99'900)}); },
        "the zip unpacks to more than 100000 bytes",
        {.decoded_bytes = 100'000},
    },
    {"FileBytes",
     [] { return test::workbook_of(good_sheet); },
     "the file has ",
     {.file_bytes = 100}},
    {
        "EntityBomb",
        [] {
            return doctype(
                R"(<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY a "&c;&c;&c;">]>)"
            );
        },
        "xl/sheet1.xml: line 1: a DOCTYPE, which is never read",
    },
    {
        "ExternalEntity",
        [] { return doctype(R"(<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>)"); },
        "xl/sheet1.xml: line 1: a DOCTYPE, which is never read",
    },
    {"EmptyDoctype",
     [] { return doctype("<!DOCTYPE a>"); },
     "xl/sheet1.xml: line 1: a DOCTYPE, which is never read"},
    {"Nested", nested, "xl/sheet1.xml: line 1: more than 64 tags in each other"},
    {
        "LongTag",
        [] { return test::workbook_of("<a b=\"" + noise(2 * 1024 * 1024) + "\"/>"); },
        "xl/sheet1.xml: line 1: a tag of more than 1 MiB",
    },
    {
        "SharedTexts",
        [] { return test::workbook_of(good_sheet, "<si><t>" + noise(2'000) + "</t></si>"); },
        "shared texts: the shared texts of more than 1000 bytes",
        {.shared_string_bytes = 1'000},
    },
    {
        "EmptySharedTexts",
        [] {
            std::string texts;
            for (int at = 0; at < 1'000; ++at) {
                texts += "<si/>";
            }
            return test::workbook_of(good_sheet, texts);
        },
        "shared texts: the shared texts of more than 1000 bytes",
        {.shared_string_bytes = 1'000},
    },
    {
        "OneSharedText",
        [] { return test::workbook_of(good_sheet, "<si><t>" + noise(300'000) + "</t></si>"); },
        "shared texts: a text of more than 262144 bytes",
    },
    {
        "Cells",
        [] { return test::workbook_of("<sheetData><row><c/><c/><c/></row></sheetData>"); },
        "Sheet1: more than 2 cells",
        {.cells = 2},
    },
    {
        "Rows",
        [] { return test::workbook_of("<sheetData><row/><row/><row/></sheetData>"); },
        "Sheet1: more than 2 rows",
        {.rows = 2},
    },
    {
        "CellBytes",
        [] {
            return test::workbook_of("<sheetData><row><c t=\"str\"><v>abc</v></c></row></sheetData>"
            );
        },
        "Sheet1!A1: more than 2 bytes",
        {.cell_bytes = 2},
    },
    {
        "GapsBetweenCells",
        [] {
            return test::workbook_of(
                R"(<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>)"
            );
        },
        "Sheet1!XFD1: more than 1000 cells",
        {.cells = 1'000},
    },
    {
        "UnorderedRows",
        [] {
            return test::workbook_of(
                R"(<sheetData><row r="2"><c/><c/></row><row r="1"><c/></row></sheetData>)"
            );
        },
        "Sheet1: its rows are out of order, and there are more than 2 cells",
        {.unordered_cells = 2},
    },
    {"ManyColumns", many_columns, "Sheet1!XFE1: beyond 16384 columns", {.ratio = 1'100}},
    {
        "FarColumn",
        [] {
            return test::workbook_of(
                R"(<sheetData><row r="1"><c r="ZZZZZZ1"><v>1</v></c></row></sheetData>)"
            );
        },
        "Sheet1!ZZZZZZ1: beyond 16384 columns",
    },
};

INSTANTIATE_TEST_SUITE_P(Hostile, HostileFile, testing::ValuesIn(hostile_cases), test::case_name<HostileCase>);

TEST(HostileRelations, AreNotFollowedOutOfTheFile) {
    auto parts = test::workbook_parts(good_sheet);
    const auto error_with = [&parts](const std::string& target, const char* mode) {
        parts[2].content = fmt::format(
            R"(<Relationships><Relationship Id="s" Type="x/worksheet" Target="{}"{}/></Relationships>)",
            target,
            mode
        );
        std::vector<std::string> lines;
        const auto read = read_xlsx(test::zip_of(parts), {}, test::line_sink(lines));
        return read ? "" : read.error().message;
    };
    EXPECT_EQ(error_with("/xl/sheet1.xml", ""), "");
    EXPECT_EQ(error_with("../xl/./sheet1.xml", ""), "");
    EXPECT_EQ(
        error_with("../../etc/passwd", ""),
        "not an .xlsx file: a relation of the workbook leads out of the file"
    );
    EXPECT_EQ(
        error_with("http://example.invalid/", " TargetMode=\"External\""),
        "the workbook names a sheet that is not in the file"
    );
    EXPECT_EQ(error_with("sheet9.xml", ""), "xl/sheet9.xml: not in the file");
}

}  // namespace
}  // namespace thidua::connectors
