// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The same dossiers as an API's answer and as files of every kind, and files that cannot be used.
#include "connectors/connector.hpp"
#include "core/file.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/support/case_name.hpp"
#include "tests/support/http_peer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ostream>

namespace thidua::connectors {
namespace {

constexpr std::string_view mapping = R"(
map:
  code: {from: /code, required: true}
  accepted_at: {from: /accepted_at, format: local, required: true}
  channel:
    from: /channel
    values: {Trực tiếp: direct, Trực tuyến: online, Bưu chính: postal}
    otherwise: direct
fees: {path: /fee, map: {amount: ""}}
)";

constexpr std::string_view records =
    R"([{"code":"H99.1-240617-0001","accepted_at":"2024-06-17T08:15:03","channel":"Trực tuyến","fee":450000},)"
    R"({"code":"H99.1-240617-0002","accepted_at":"2024-06-17T23:59:59","channel":"Trực tiếp","fee":0},)"
    R"({"code":"H99.1-240618-0003","accepted_at":"2024-06-18T00:00:01","channel":"Bưu chính","fee":1234567},)"
    R"({"code":"0012","accepted_at":"2024-12-31T12:00:00","channel":"Trực tuyến","fee":12000}])";

SourceDescription of_files(const std::string& more = "") {
    return test::described(fmt::format(
        "kind: dossiers\n"
        "slicing: {{type: file}}\n"
        "file:\n"
        "  columns:\n"
        "    code: {{labels: [Mã hồ sơ], required: true}}\n"
        "    accepted_at: {{labels: [Ngày tiếp nhận], kind: time}}\n"
        "    channel: {{labels: [Hình thức]}}\n"
        "    fee: {{labels: ['Phí, lệ phí (đồng)'], kind: dong}}\n"
        "{}{}",
        more,
        mapping
    ));
}

class Files : public testing::Test {
  protected:
    Result<Slice> read(
        const SourceDescription& source, const std::string& name, std::string_view bytes
    ) {
        auto connector = Connector::create(source, world_.environment());
        return connector ? connector->read_file(name, bytes)
                         : Result<Slice>(std::unexpected(connector.error()));
    }

    std::vector<DossierRecord> by_api() {
        const test::HttpPeer peer([](const test::PeerRequest&) {
            return test::json(std::string(records));
        });
        const SourceDescription source = test::described(fmt::format(
            "kind: dossiers\nbase_url: {}\ncursor: {{field: accepted_at}}\n{}", peer.url(), mapping
        ));
        auto connector = Connector::create(source, world_.environment());
        const auto slice = connector->gather({test::day("2024-06-01"), test::day("2024-12-31")});
        EXPECT_TRUE(slice) << slice.error().message;
        return slice ? slice->dossiers : std::vector<DossierRecord>{};
    }

    test::World world_;
};

struct FileCase {
    std::string name;
    std::string file;
    std::string more{};  ///< YAML below `file`

    friend void PrintTo(const FileCase& row, std::ostream* out) { *out << row.name; }
};

class TheSame : public Files, public testing::WithParamInterface<FileCase> {};

TEST_P(TheSame, DossiersAsByTheApi) {
    constexpr std::uintmax_t bytes_max = 1'000'000;
    const auto bytes = read_file(
        std::filesystem::path(THIDUA_SOURCE_DIR) / "tests/data/files" / GetParam().file, bytes_max
    );
    ASSERT_TRUE(bytes) << bytes.error().message;
    const auto slice = read(of_files(GetParam().more), GetParam().file, *bytes);
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_TRUE(slice->rejected.empty());
    EXPECT_EQ(slice->dossiers, by_api());
    EXPECT_EQ(slice->dossiers.size(), 4U);
}

const FileCase file_cases[] = {
    {"OpenPyxl", "dossiers_openpyxl.xlsx"},
    {"LibreOffice", "dossiers_libreoffice.xlsx"},
    {"TheOtherEpoch", "dossiers_1904.xlsx"},
    {"BehindAHiddenSheet", "dossiers_hidden_sheet.xlsx"},
    {"SemicolonsWithAMark", "dossiers_utf8_semicolon.csv"},
    {"Tabs", "dossiers_tab.tsv"},
    {"Utf16", "dossiers_comma_utf16.csv"},
    {"Windows1258", "dossiers_windows1258.csv", "  encoding: windows-1258\n"},
    {"Tcvn3", "dossiers_tcvn3.csv", "  encoding: tcvn3\n"},
    {"Viscii", "dossiers_viscii.csv", "  encoding: viscii\n"},
};

INSTANTIATE_TEST_SUITE_P(Kinds, TheSame, testing::ValuesIn(file_cases), test::case_name<FileCase>);

TEST_F(Files, JsonAndItsLinesAreTheSameToo) {
    const auto json = read(of_files(), "thang-6.JSON", records);
    ASSERT_TRUE(json) << json.error().message;
    EXPECT_EQ(json->dossiers, by_api());
    std::string lines(records.substr(1, records.size() - 2));
    for (std::size_t at = lines.find("},{"); at != std::string::npos; at = lines.find("},{", at)) {
        lines.replace(at, 3, "}\r\n{");
    }
    const auto ndjson = read(of_files(), "thang-6.ndjson", "\xEF\xBB\xBF" + lines + "\n\n");
    ASSERT_TRUE(ndjson) << ndjson.error().message;
    EXPECT_EQ(ndjson->dossiers, by_api());
}

TEST_F(Files, TheKeyIsTheContents) {
    const auto first = read(of_files(), "a.json", records);
    const auto renamed = read(of_files(), "b.json", records);
    ASSERT_TRUE(first && renamed);
    EXPECT_EQ(first->key, renamed->key);
    EXPECT_EQ(first->print, renamed->print);
    const auto other =
        read(of_files(), "a.json", R"([{"code":"H99.1-240617-0009","accepted_at":"2024-06-17"}])");
    ASSERT_TRUE(other);
    EXPECT_NE(first->key, other->key);
}

TEST_F(Files, RowsThatAreAllWrongAreCountedAndNamed) {
    std::string text = "Mã hồ sơ;Ngày tiếp nhận\n";
    for (int number = 1; number <= 5; ++number) {
        text += fmt::format("H99.1-240617-000{};30/02/2024\n", number);
    }
    const auto slice = read(of_files(), "a.csv", text);
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Contract);
    EXPECT_TRUE(slice.error().message.starts_with("5 of 5 records cannot be read; the first: row 2")
    ) << slice.error().message;
}

TEST_F(Files, AWrongRowIsPutAsideByItsNumber) {
    const std::string text =
        "Mã hồ sơ;Ngày tiếp nhận\n"
        "H99.1-240617-0001;17/06/2024\n"
        "H99.1-240617-0002;30/02/2024\n"
        ";18/06/2024\n";
    const auto slice = read(of_files(), "a.csv", text);
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_EQ(slice->dossiers.size(), 1U);
    EXPECT_EQ(slice->declared_total, 3) << "a row that its table refuses is one of them";
    ASSERT_EQ(slice->rejected.size(), 2U);
    EXPECT_EQ(slice->rejected[0].where, "row 3");
    EXPECT_NE(slice->rejected[0].reason.find("not a day of the calendar"), std::string::npos)
        << slice->rejected[0].reason;
    EXPECT_EQ(slice->rejected[1].where, "row 4");
    EXPECT_EQ(slice->rejected[1].reason, "/code: required, but not there");
}

struct BadCase {
    std::string name;
    std::string file;
    std::string bytes;
    std::string words;

    friend void PrintTo(const BadCase& row, std::ostream* out) { *out << row.name; }
};

class BadFile : public Files, public testing::WithParamInterface<BadCase> {};

TEST_P(BadFile, IsRefusedAsAWhole) {
    const auto slice = read(of_files(), GetParam().file, GetParam().bytes);
    ASSERT_FALSE(slice);
    EXPECT_NE(slice.error().message.find(GetParam().words), std::string::npos)
        << slice.error().message;
}

const BadCase bad_cases[] = {
    {"AnotherKind", "a.pdf", "%PDF-1.7", "neither .xlsx"},
    {"Empty", "a.csv", "", "none of the first"},
    {"HeaderAlone", "a.csv", "Mã hồ sơ;Ngày tiếp nhận\n", "no record in it"},
    {"NoSuchColumn", "a.csv", "Số hồ so;Ngày tiếp nhận\nx;17/06/2024\n", "Mã hồ sơ"},
    {"NotAWorkbook", "a.xlsx", "PK\x03\x04nonsense", "zip"},
    {"NotJson", "a.json", "[{\"code\":", "not JSON"},
    {"NoArray", "a.json", "{\"code\":\"1\"}", "not an array of records"},
    {"TooDeep", "a.json", std::string(70, '[') + std::string(70, ']'), "not JSON"},
    {"EmptyArray", "a.json", "[]", "no record in it"},
    {"EmptyJson", "a.json", "", "not JSON"},
    {"EmptyLines", "a.ndjson", "", "no record in it"},
};

INSTANTIATE_TEST_SUITE_P(Files, BadFile, testing::ValuesIn(bad_cases), test::case_name<BadCase>);

}  // namespace
}  // namespace thidua::connectors
