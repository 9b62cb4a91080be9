// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Pointers and typed fields, as tables.
#include "connectors/fields.hpp"

#include "tests/connectors/preset.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace thidua::connectors {
namespace {

using namespace std::string_literals;

struct PointerCase {
    std::string name;
    std::string pointer;
    std::string json;
    std::optional<std::string> text;

    friend void PrintTo(const PointerCase& row, std::ostream* out) { *out << row.name; }
};

class PointerTo : public testing::TestWithParam<PointerCase> {};

TEST_P(PointerTo, FindsWhatStandsThere) {
    simdjson::dom::parser parser;
    const auto found = Pointer::parse(GetParam().pointer)->find(parser.parse(GetParam().json));
    EXPECT_EQ(found ? scalar_text(*found) : std::nullopt, GetParam().text);
}

const PointerCase pointer_cases[] = {
    {"Whole", "", "7", "7"},
    {"Deep", "/a/b", R"({"a":{"b":"x"}})", "x"},
    {"Missing", "/a/c", R"({"a":{"b":"x"}})", std::nullopt},
    {"Null", "/a", R"({"a":null})", std::nullopt},
    {"Index", "/a/1", R"({"a":["x","y"]})", "y"},
    {"IndexBeyond", "/a/2", R"({"a":["x","y"]})", std::nullopt},
    {"ObjectOrArrayAsObject", "/task/name", R"({"task":{"name":"x"}})", "x"},
    {"ObjectOrArrayAsArray", "/task/name", R"({"task":[{"id":1},{"name":"x"}]})", "x"},
    {"EmptyArray", "/task/name", R"({"task":[]})", std::nullopt},
    {"ThroughAText", "/a/b", R"({"a":"x"})", std::nullopt},
    {"EscapedKey", "/a~1b/c~0d", R"({"a/b":{"c~d":1}})", "1"},
    {"WholeDouble", "/a", R"({"a":450000.0})", "450000"},
    {"Truth", "/a", R"({"a":true})", "true"},
    {"AnObjectIsNoText", "/a", R"({"a":{}})", std::nullopt},
};

INSTANTIATE_TEST_SUITE_P(Json, PointerTo, testing::ValuesIn(pointer_cases), test::case_name<PointerCase>);

TEST(PointerText, MustBeginWithASlash) {
    EXPECT_EQ(Pointer::parse("content").error().kind, ErrorKind::Config);
}

struct NumberCase {
    std::string name;
    std::string json;
    std::optional<std::int64_t> number;

    friend void PrintTo(const NumberCase& row, std::ostream* out) { *out << row.name; }
};

class WholeNumber : public testing::TestWithParam<NumberCase> {};

TEST_P(WholeNumber, IsNeverRounded) {
    simdjson::dom::parser parser;
    EXPECT_EQ(whole_number(Element(parser.parse(GetParam().json))), GetParam().number);
}

const NumberCase number_cases[] = {
    {"Integer", "450000", 450'000},
    {"Negative", "-7", -7},
    {"Double", "450000.0", 450'000},
    {"Fraction", "450000.5", std::nullopt},
    {"Text", "\"450000\"", 450'000},
    {"TextWithSpaces", "\" 450000 \"", 450'000},
    {"TextDouble", "\"450000.0\"", 450'000},
    {"TextFraction", "\"0.5\"", std::nullopt},
    {"PerhapsGrouped", "\"450.000\"", std::nullopt},
    {"Grouped", "\"1.234.567\"", std::nullopt},
    {"CommaDecimal", "\"450000,0\"", std::nullopt},
    {"Percent", "\"45%\"", std::nullopt},
    {"Huge", "1e300", std::nullopt},
    {"BeyondExactDoubles", "1e17", std::nullopt},
    {"BeyondInt64", "18446744073709551615", std::nullopt},
    {"TextBeyondInt64", "\"99999999999999999999\"", std::nullopt},
    {"LargestInt64", "9223372036854775807", std::numeric_limits<std::int64_t>::max()},
    {"MinusZero", "-0.0", 0},
    {"EmptyText", "\"\"", std::nullopt},
    {"Truth", "true", std::nullopt},
    {"Array", "[1]", std::nullopt},
};

INSTANTIATE_TEST_SUITE_P(Json, WholeNumber, testing::ValuesIn(number_cases), test::case_name<NumberCase>);

struct FieldCase {
    std::string name;
    FieldMap map;
    std::string json;
    std::optional<std::string> word;  ///< nothing: absent
    std::string error{};

    friend void PrintTo(const FieldCase& row, std::ostream* out) { *out << row.name; }
};

class WordOf : public testing::TestWithParam<FieldCase> {};

TEST_P(WordOf, IsOurs) {
    simdjson::dom::parser parser;
    const Field field = Field::make(GetParam().map).value();
    const auto word = field.word(parser.parse(GetParam().json));
    if (!GetParam().error.empty()) {
        ASSERT_FALSE(word);
        EXPECT_EQ(word.error(), (Error{ErrorKind::Data, GetParam().error}));
        return;
    }
    ASSERT_TRUE(word) << word.error().message;
    EXPECT_EQ(*word, GetParam().word);
}

const FieldMap channel{
    .from = {"/m/id"},
    .values = {{"0", "online"}, {"1", "direct"}},
    .otherwise = "direct",
};
const FieldMap state{.from = {"/s"}, .values = {{"Chờ thanh toán", "pending"}}};

const FieldCase field_cases[] = {
    {"Plain", {.from = {"/a"}}, R"({"a":"x"})", "x"},
    {"FirstOf", {.from = {"/a", "/b"}}, R"({"a":null,"b":"y"})", "y"},
    {"FirstThatIsNotEmpty", {.from = {"/a", "/b"}}, R"({"a":" ","b":"y"})", "y"},
    {"NormalisedAndTrimmed", {.from = {"/a"}}, "{\"a\":\"\xC2\xA0Ho\xCC\x80\xC2\xA0\"}", "Hò"},
    {"NumberForAText", channel, R"({"m":{"id":0}})", "online"},
    {"Otherwise", channel, R"({"m":{"id":null}})", "direct"},
    {"OtherwiseForMissing", channel, R"({})", "direct"},
    {"NotListed", channel, R"({"m":{"id":9}})", {}, "/m/id: a text that the mapping does not list"},
    {"Unlisted", {.from = {"/a"}, .values = {{"x", "1"}}, .unlisted = "2"}, R"({"a":"z"})", "2"},
    {"DecomposedText", state, "{\"s\":\"Cho\xCC\x9B\xCC\x80 thanh toa\xCC\x81n\"}", "pending"},
    {"Absent", {.from = {"/a"}}, R"({})", std::nullopt},
    {"Required", {.from = {"/a"}, .required = true}, R"({})", {}, "/a: required, but not there"},
    {"AnObject", {.from = {"/a"}}, R"({"a":{}})", {}, "/a: not a text"},
};

INSTANTIATE_TEST_SUITE_P(Fields, WordOf, testing::ValuesIn(field_cases), test::case_name<FieldCase>);

struct TimeCase {
    std::string name;
    TimeFormat format;
    std::string json;
    std::optional<std::string> time;
    bool is_error = false;

    friend void PrintTo(const TimeCase& row, std::ostream* out) { *out << row.name; }
};

class TimeOf : public testing::TestWithParam<TimeCase> {};

TEST_P(TimeOf, IsRead) {
    simdjson::dom::parser parser;
    const Field field = Field::make({.from = {"/t"}, .format = GetParam().format}).value();
    const auto time = read_time(field, parser.parse(GetParam().json));
    ASSERT_EQ(time.has_value(), !GetParam().is_error);
    if (time) {
        EXPECT_EQ(*time ? std::optional(to_text(**time)) : std::nullopt, GetParam().time);
    }
}

const TimeCase time_cases[] = {
    {"IsoWithoutColon",
     TimeFormat::Iso,
     R"({"t":"2024-06-17T08:15:03.000+0700"})",
     "2024-06-17T08:15:03+07:00"},
    {"TrueZulu", TimeFormat::Iso, R"({"t":"2024-06-17T08:15:03Z"})", "2024-06-17T15:15:03+07:00"},
    {"FalseZulu",
     TimeFormat::LocalIso,
     R"({"t":"2024-06-17T08:15:03Z"})",
     "2024-06-17T08:15:03+07:00"},
    {"Compact", TimeFormat::Compact, R"({"t":"20240617081503"})", "2024-06-17T08:15:03+07:00"},
    {"CompactAsNumber",
     TimeFormat::Compact,
     R"({"t":20240617081503})",
     "2024-06-17T08:15:03+07:00"},
    {"Null", TimeFormat::Iso, R"({"t":null})", std::nullopt},
    {"Empty", TimeFormat::Compact, R"({"t":""})", std::nullopt},
    {"Zero", TimeFormat::Compact, R"({"t":"0"})", std::nullopt},
    {"YearOne", TimeFormat::Compact, R"({"t":"00010101000000"})", std::nullopt},
    {"YearOneIso", TimeFormat::Iso, R"({"t":"0001-01-01T00:00:00Z"})", std::nullopt},
    {"NoSuchDay", TimeFormat::Iso, R"({"t":"2024-02-30T08:15:03Z"})", {}, true},
    {"AnotherForm", TimeFormat::Iso, R"({"t":"17/06/2024"})", {}, true},
    {"AnObject", TimeFormat::Iso, R"({"t":{}})", {}, true},
};

INSTANTIATE_TEST_SUITE_P(Fields, TimeOf, testing::ValuesIn(time_cases), test::case_name<TimeCase>);

TEST(Texts, ComeFromEveryPlaceAndAreTextsOrLists) {
    simdjson::dom::parser parser;
    const Field field = Field::make({.from = {"/a", "/b"}}).value();
    const auto texts = [&](const char* json) {
        return read_texts(field, parser.parse(std::string(json)));
    };
    using Texts = std::vector<std::string>;
    EXPECT_EQ(texts(R"({"a":"x","b":["y",null,""," z "]})"), (Texts{"x", "y", "z"}));
    EXPECT_EQ(texts(R"({"a":[],"b":null})"), Texts{});
    EXPECT_EQ(texts(R"({"a":[7]})"), Texts{"7"});
    EXPECT_FALSE(texts(R"({"a":[{}]})"));
}

TEST(Integers, MayBeWordsOfTheMapping) {
    simdjson::dom::parser parser;
    const Field field =
        Field::make({.from = {"/s"}, .values = {{"processing", "4"}}, .otherwise = "1"}).value();
    EXPECT_EQ(read_integer(field, parser.parse(R"({"s":"processing"})"s)), 4);
    EXPECT_EQ(read_integer(field, parser.parse(R"({})"s)), 1);
    EXPECT_FALSE(read_integer(field, parser.parse(R"({"s":"done"})"s)));
}

}  // namespace
}  // namespace thidua::connectors
