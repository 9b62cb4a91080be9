// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/control_message.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace thidua::daemon {
namespace {

TEST(ControlRequest, CarriesEveryOption) {
    ControlRequest request{"report send", "c0ffee", {}};
    Options& options = request.options;
    options.json = true;
    options.quiet = true;
    options.now = *parse_instant("2024-10-18T16:00:00+07:00");
    options.sources = {"tthc", "một nguồn \"lạ\"\n"};
    options.as_of = *parse_day("2024-10-18");
    options.known_at = *parse_instant("2024-10-18T17:00:00+07:00");
    options.unit = "H37.10";
    options.week = IsoWeek{2024, 42};
    options.out = "/tmp/out";
    options.to = "a@example.vn";
    options.sandbox = "http://127.0.0.1:1";
    options.until = *parse_instant("2024-12-18T17:00:00+07:00");
    options.file = "/tmp/backup.db";
    options.by = "Bà An";
    options.source = "tthc";
    options.record = "/tmp/record";
    options.from = *parse_day("2024-06-07");
    options.last = *parse_day("2024-06-20");
    options.id = 4711;
    options.note = "thử";
    options.code = "000.05.10.H37";
    options.award = "giay-khen";
    options.indicator = "payments-online";
    options.entry = {
        "content/2/met",
        "met",
        "Hội nghị",
        "Đã làm",
        *parse_day("2024-09-01"),
        "to-trinh",
        "nop-ho-so",
        2};
    const std::string line = to_line(request);
    EXPECT_EQ(line.find('\n'), line.size() - 1) << "one line";
    const auto read = parse_request(line);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, request);
}

TEST(ControlRequest, NamesFilesByTheirWholePath) {
    ControlRequest request{"report render", "", {}};
    request.options.out = "here";
    EXPECT_EQ(
        parse_request(to_line(request))->options.out, std::filesystem::current_path() / "here"
    );
}

struct BadRequest {
    std::string name;
    std::string line;
    std::string told;

    friend void PrintTo(const BadRequest& row, std::ostream* out) { *out << row.name; }
};

class RefusedRequest : public testing::TestWithParam<BadRequest> {};

TEST_P(RefusedRequest, IsToldWhatIsWrong) {
    const auto read = parse_request(GetParam().line);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::Usage);
    EXPECT_NE(read.error().message.find(GetParam().told), std::string::npos)
        << read.error().message;
}

const BadRequest bad_requests[] = {
    {"NoJson", "GET / HTTP/1.1", "not a JSON object"},
    {"Nothing", "", "not a JSON object"},
    {"NoObject", "[1]", "not a JSON object"},
    {"NoVersion", R"({"command":"pull","arguments":{}})", "version 1"},
    {"AnotherVersion", R"({"version":2,"command":"pull","arguments":{}})", "restart the daemon"},
    {"NoArguments", R"({"version":1,"command":"pull"})", "arguments: not an object"},
    {"UnknownArgument", R"({"version":1,"arguments":{"figure":"x"}})", "unknown: figure"},
    {"NoText", R"({"version":1,"arguments":{"unit":1}})", "arguments.unit: not a text"},
    {"NoList", R"({"version":1,"arguments":{"sources":"a"}})", "arguments.sources: not a list"},
    {"NoTexts", R"({"version":1,"arguments":{"sources":[1]}})", "not a list of texts"},
    {"NoNumber", R"({"version":1,"arguments":{"id":"7a"}})", "arguments.id: not a whole number"},
    {"NoWeek", R"({"version":1,"arguments":{"week":"2024-W99"}})", "arguments.week: "},
};

INSTANTIATE_TEST_SUITE_P(Control, RefusedRequest, testing::ValuesIn(bad_requests), test::case_name<BadRequest>);

TEST(ControlWord, IsReadAsItWasSaid) {
    const std::vector<ControlWord> words = {
        {ControlWord::Kind::Out, "tthc: complete\n\"2\"\n", 0},
        {ControlWord::Kind::Err, "thidua: Đơn vị \xff\n", 0},
        {ControlWord::Kind::Progress, "", 0},
        {ControlWord::Kind::Progress, "Copying", 0, 10, 100},
        {ControlWord::Kind::Exit, "", 69}};
    for (const ControlWord& word : words) {
        const auto read = parse_word(to_line(word));
        ASSERT_TRUE(read) << to_line(word);
        EXPECT_EQ(*read, word) << "a relay's words need not be UTF-8, and are passed on";
    }
}

TEST(ControlWord, IsRefusedIfItIsNone) {
    for (const char* line :
         {"", "{}", R"({"out":1})", R"({"exit":"0"})", R"({"exit":256})", "[]"}) {
        EXPECT_FALSE(parse_word(line)) << line;
    }
}

}  // namespace
}  // namespace thidua::daemon
