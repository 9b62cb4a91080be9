// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// One walk over a record finds exactly what a search for each pointer finds.
#include "connectors/record.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace thidua::connectors {
namespace {

std::vector<Pointer> pointers_of(const std::vector<std::string>& texts) {
    std::vector<Pointer> pointers;
    for (const std::string& text : texts) {
        pointers.push_back(Pointer::parse(text).value());
    }
    return pointers;
}

std::string text_of(std::optional<Element> element) {
    return element ? std::string(simdjson::minify(*element)) : "nothing";
}

const std::vector<std::string> places{
    "",
    "/a",
    "/a",
    "/a/b",
    "/a/b/c",
    "/a/d",
    "/a/0",
    "/a/0/b",
    "/a/1/b",
    "/e",
    "/f~1g/h~0i",
    "/",
    "//",
    "/eight678",
    "/eight67x",
    "/sixteen-letters!",
    "/seventeen-letters",
    "/seventeen-lettert",
    "/a key that is longer than any that has a length of its own/b",
    "/a key that is longer than any that has a length of its own, too",
};

const std::vector<std::string> answers{
    R"({})",
    R"(null)",
    R"(7)",
    R"("a")",
    R"([])",
    R"([{"a":1},{"e":2}])",
    R"({"a":1,"e":2})",
    R"({"e":2,"a":{"d":4,"b":{"c":5}}})",
    R"({"a":null,"e":false})",
    R"({"a":{"b":null,"d":""}})",
    R"({"a":{"b":1},"a":{"d":2}})",
    R"({"a":null,"a":{"b":2}})",
    R"({"a":{"b":1,"b":{"c":2}}})",
    R"({"a":[]})",
    R"({"a":[{"b":1},{"b":2,"d":3}]})",
    R"({"a":[{"b":null},{"b":{"c":6}}]})",
    R"({"a":[[{"d":1}],{"b":[{"c":7}]}]})",
    R"({"a":{"0":{"b":1}}})",
    R"({"a":{"b":[{"x":1},{"c":8}]}})",
    R"({"f/g":{"h~i":9},"":{"":10}})",
    R"({"eight678":1,"eight67x":2,"sixteen-letters!":3,"seventeen-letters":4,"seventeen-lettert":5})",
    R"({"eight67y":1,"Eight678":2,"sixteen-letters?":3,"seventeen-lettersx":4})",
    R"({"a key that is longer than any that has a length of its own":{"b":1}})",
    R"({"a key that is longer than any that has a length of its own, too":1})",
    R"({"\u0061":11,"e\u0000":12})",
};

TEST(Record, HasWhatEachPointerFinds) {
    std::vector<Pointer> pointers = pointers_of(places);
    PlaceTree tree;
    for (Pointer& pointer : pointers) {
        tree.add(pointer);
    }
    EXPECT_EQ(pointers[1].place(), pointers[2].place());
    simdjson::dom::parser parser;
    Record record(tree);  // one for all: nothing of an answer may stay
    for (const std::string& json : answers) {
        const Element answer = parser.parse(json);
        record.look_at(answer);
        for (const Pointer& pointer : pointers) {
            EXPECT_EQ(text_of(record.at(pointer)), text_of(pointer.find(answer)))
                << pointer.text() << " in " << json;
        }
    }
}

TEST(Record, IsAnyElementToo) {
    simdjson::dom::parser parser;
    const Record record = parser.parse(std::string(R"({"a":{"b":1}})"));
    EXPECT_EQ(text_of(record.at(Pointer::parse("/a/b").value())), "1");
}

TEST(Record, FindsMorePointersThanATreeHasPlacesFor) {
    std::vector<std::string> texts;
    std::string json = "{";
    for (std::size_t number = 0; number < PlaceTree::places_max + 6; ++number) {
        texts.push_back(fmt::format("/key-{}", number));
        json += fmt::format(R"({}"key-{}":{})", number == 0 ? "" : ",", number, number);
    }
    json += "}";
    std::vector<Pointer> pointers = pointers_of(texts);
    PlaceTree tree;
    for (Pointer& pointer : pointers) {
        tree.add(pointer);
    }
    EXPECT_TRUE(pointers[PlaceTree::places_max - 1].place());
    EXPECT_FALSE(pointers[PlaceTree::places_max].place());
    simdjson::dom::parser parser;
    Record record(tree);
    record.look_at(parser.parse(json));
    for (std::size_t number = 0; number < pointers.size(); ++number) {
        EXPECT_EQ(text_of(record.at(pointers[number])), std::to_string(number));
    }
}

}  // namespace
}  // namespace thidua::connectors
