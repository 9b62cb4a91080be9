// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/request.hpp"

#include "tests/connectors/preset.hpp"

#include <gtest/gtest.h>

namespace thidua::connectors {
namespace {

TEST(Fill, ReplacesNamesAndLeavesOtherBraces) {
    const Values values{{"page", "3"}, {"key", "a\"b\\c\n"}, {"id", "x/y?z&1 ă"}};
    EXPECT_EQ(fill("p={page}", values, Escape::None), "p=3");
    EXPECT_EQ(fill(R"({"a":{page},"b":{}})", values, Escape::Json), R"({"a":3,"b":{}})");
    EXPECT_EQ(fill(R"("{key}")", values, Escape::Json), R"("a\"b\\c\u000a")");
    EXPECT_EQ(fill("/d/{id}", values, Escape::Url), "/d/x%2Fy%3Fz%261%20%C4%83");
    EXPECT_EQ(fill("{", values, Escape::None), "{");
    EXPECT_EQ(fill("{page", values, Escape::None), "{page");
    EXPECT_EQ(fill("{Page}", values, Escape::None), "{Page}");
}

TEST(Fill, NamesAPlaceholderThatStandsForNothing) {
    const auto filled = fill("{pgae}", {{"page", "3"}}, Escape::None);
    ASSERT_FALSE(filled);
    EXPECT_EQ(filled.error(), (Error{ErrorKind::Config, "{pgae} stands for nothing here"}));
}

TEST(BuildRequest, JoinsPathAndQuery) {
    Request request;
    request.path = "/pa/{key}";
    request.query = {{"sort", "acceptedDate,asc"}, {"from", "{from}"}, {"a b", "+"}};
    const Values values{{"key", "k"}, {"from", "2024-06-06T00:00:00.000Z"}};
    const auto built = build_request("https://host/", request, values, "");
    ASSERT_TRUE(built);
    EXPECT_EQ(
        built->url,
        "https://host/pa/k?sort=acceptedDate,asc&from=2024-06-06T00:00:00.000Z&a%20b=%2B"
    );
}

TEST(Signature, IsTheKnownOneOfAQuery) {
    Request request;
    request.method = "POST";
    request.path = "/";
    request.body = R"({"LoaiBanTin":"QUERY","PhienBan":"1.0.6","MaDoiTac":"LANGSON",)"
                   R"("MaThamChieu":"{key}","ThoiGianGD":"{now}"})";
    request.sign = Signature{
        {"LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD"}, "|", {}, "MaXacThuc"};
    const Values values{{"key", "dvc0000010H372406170007x1"}, {"now", "20240617101500"}};
    const auto built = build_request("http://localhost", request, values, test::test_secret);
    ASSERT_TRUE(built);
    EXPECT_EQ(
        built->body,
        R"({"LoaiBanTin":"QUERY","PhienBan":"1.0.6","MaDoiTac":"LANGSON",)"
        R"("MaThamChieu":"dvc0000010H372406170007x1","ThoiGianGD":"20240617101500",)"
        R"("MaXacThuc":"4b2b3b0dd4dd94c4e83ffc4664501e2ac3df3dcff40c221d4493dafb5f9dd19a"})"
    );
}

TEST(Signature, TakesANumberForItsDigitsAndAMissingFieldForEmpty) {
    const Signature signature{
        {"LoaiBanTin",
         "MaLoi",
         "MaDoiTac",
         "MaThamChieu",
         "SoTien",
         "MaTienTe",
         "MaGiaoDich",
         "MaNganHang",
         "ThoiGianGD",
         "ThongTinGiaoDich"},
        "|",
        {},
        "MaXacThuc"};
    const std::string known = "d09d7750881d5fad71061805735a4b0cb7a278c551439c38022557b322c9ab86";
    for (const std::string amount : {"450000", "\"450000\"", "450000.0"}) {
        simdjson::dom::parser parser;
        const std::string body =
            R"({"LoaiBanTin":"QUERY","MaLoi":"00","MaDoiTac":"LANGSON",)"
            R"("MaThamChieu":"dvc0000010H372406170007x1","SoTien":)" +
            amount +
            R"(,"MaTienTe":"VND","MaGiaoDich":"PP24061700123","MaNganHang":"BANKX",)"
            R"("ThoiGianGD":"20240617101733","ThongTinGiaoDich":"Thanh toan phi tham dinh"})";
        EXPECT_EQ(signature_of(signature, parser.parse(body), test::test_secret), known) << amount;
    }
    simdjson::dom::parser parser;
    const std::string body =
        R"({"LoaiBanTin":"QUERY","MaLoi":"01","MaDoiTac":"LANGSON","MaThamChieu":"ref-2",)"
        R"("SoTien":null})";
    EXPECT_EQ(
        signature_of(signature, parser.parse(body), test::test_secret),
        "e4ae340986f36f42a180e99169d982de3b456d80d57947ee9b359b5dd41aa6c9"
    );
}

}  // namespace
}  // namespace thidua::connectors
