// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/yaml.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace thidua::config {

namespace {

/// A parsed text with the problems found so far.
struct Parsed {
    Problems problems;
    std::optional<Value> value;

    explicit Parsed(std::string_view text)
        : value(parse_yaml(text, problems.add_file("x.yaml"), problems)) {}

    [[nodiscard]] Node node() { return {value.value(), "", problems}; }
    [[nodiscard]] std::vector<std::string> said() const {
        std::vector<std::string> lines;
        for (const auto& problem : problems.sorted()) {
            lines.push_back(to_text(problem));
        }
        return lines;
    }
};

using Lines = std::vector<std::string>;

std::string nested(std::size_t levels) {
    return "a: " + std::string(levels - 1, '[') + std::string(levels - 1, ']');
}

TEST(ParseYaml, CountsColumnsInCharacters) {
    Parsed parsed("{tên: Văn phòng, số: Sở}");
    Node node = parsed.node();
    (void)node.optional("tên");
    (void)node.optional("số").integer(0, 9);
    EXPECT_EQ(parsed.said(), Lines{"x.yaml:1:22: số: \"Sở\": must be a whole number from 0 to 9"});
}

TEST(ParseYaml, TakesSixteenLevels) {
    EXPECT_EQ(Parsed(nested(16)).said(), Lines{});
}

TEST(ParseYaml, RefusesSeventeenLevels) {
    EXPECT_EQ(Parsed(nested(17)).said(), Lines{"x.yaml:1:19: nested deeper than 16 levels"});
}

TEST(ParseYaml, SurvivesTwentyThousandLevels) {
    EXPECT_EQ(Parsed(nested(20'000)).said().size(), 1U);
}

TEST(ParseYaml, RefusesMoreThanAMebibyte) {
    const std::string text = "a: " + std::string(file_bytes_max, 'b');
    EXPECT_EQ(
        Parsed(text).said(), Lines{"x.yaml: larger than 1 MiB: a configuration file is smaller"}
    );
}

TEST(ParseYaml, RefusesMoreValuesThanMemoryIsMeantFor) {
    std::string text = "a: [0";
    for (int count = 0; count < 100'000; ++count) {
        text += ",0";
    }
    EXPECT_EQ(Parsed(text + "]").said(), Lines{"x.yaml:1:200003: more than 100000 values"});
}

TEST(ParseYaml, RefusesAnEmptyFile) {
    const Lines empty{"x.yaml: empty: begin with \"version: 1\""};
    EXPECT_EQ(Parsed("").said(), empty);
    EXPECT_EQ(Parsed("# only a comment\n").said(), empty);
}

TEST(ParseYaml, RefusesUtf16AndBrokenUtf8) {
    for (const std::string text : {"\xFF\xFE\x61", "a: \xC0\xAF", "a: \xED\xA0\x80", "a: \xF0"}) {
        const auto said = Parsed(text).said();
        ASSERT_EQ(said.size(), 1U) << text;
        EXPECT_TRUE(said.front().ends_with("not UTF-8: save the file as UTF-8")) << said.front();
    }
}

TEST(ParseYaml, TakesAByteOrderMark) {
    Parsed parsed("\xEF\xBB\xBFversion: 1");
    EXPECT_EQ(parsed.node().required("version").integer(1, 1), 1);
    EXPECT_EQ(parsed.said(), Lines{});
}

TEST(ParseYaml, ReportsDuplicatesDeepDown) {
    EXPECT_EQ(
        Parsed("a:\n  - {b: 1, \"b\": 2}\n").said(),
        Lines{"x.yaml:2:12: a[0].b: the same key twice: the first is in line 2"}
    );
}

TEST(ParseYaml, LooksUpDuplicatesFastEnoughForAFileOfThem) {
    std::string text;
    for (int count = 0; count < 20'000; ++count) {
        text += "k" + std::to_string(count) + ": 0\n";
    }
    EXPECT_EQ(Parsed(text).said(), Lines{});
}

TEST(Overlay, MergesMapsAndReplacesLists) {
    Problems problems;
    const auto under =
        parse_yaml("a: {b: 1, c: [1, 2]}\nd: 5\n", problems.add_file("under.yaml"), problems);
    const auto over =
        parse_yaml("e: 6\na: {c: [3], b: 010}\n", problems.add_file("over.yaml"), problems);
    const Value merged = overlay(*under, *over);
    Node node(merged, "", problems);
    Node inner = node.optional("a");
    EXPECT_EQ(inner.optional("c").texts(), Lines{"3"});
    EXPECT_EQ(node.optional("d").integer(0, 9), 5);
    EXPECT_EQ(node.optional("e").integer(0, 9), 6);
    EXPECT_TRUE(problems.empty());
}

TEST(Overlay, KeepsThePlaceOfEveryValue) {
    Problems problems;
    const auto under =
        parse_yaml("a:\n  b: x\n  c: y\n", problems.add_file("under.yaml"), problems);
    const auto over = parse_yaml("a: {b: z}\n", problems.add_file("over.yaml"), problems);
    const Value merged = overlay(*under, *over);
    Node node(merged, "s", problems);
    Node inner = node.required("a");
    (void)inner.required("b").integer(0, 9);
    (void)inner.required("c").integer(0, 9);
    (void)inner.required("d");
    inner.finish();
    Lines lines;
    for (const auto& problem : problems.sorted()) {
        lines.push_back(to_text(problem));
    }
    EXPECT_EQ(
        lines,
        (Lines{
            "under.yaml:3:6: s.a.c: \"y\": must be a whole number from 0 to 9",
            "over.yaml:1:1: s.a.d: missing: it must be given",
            "over.yaml:1:8: s.a.b: \"z\": must be a whole number from 0 to 9",
        })
    );
}

TEST(Node, GivesTypedValues) {
    Parsed parsed(
        "text: \"  Sở\\u00A0Tài nguye\\u0302n \"\nraw: ' | '\nid: giam-doc\nnumber: -12\n"
        "yes: true\nshare: 45,5%\nday: 2024-06-07\ntime: \"07:30\"\nduration: 90s\nsize: 256MiB\n"
        "path: ../a/b.yaml\n"
    );
    Node node = parsed.node();
    EXPECT_EQ(node.required("text").text(), "Sở Tài nguyên");  // composed, plain blanks, trimmed
    EXPECT_EQ(node.required("raw").raw(), " | ");
    EXPECT_EQ(node.required("id").id(), "giam-doc");
    EXPECT_EQ(node.required("number").number<int>(-20, 20), -12);
    EXPECT_TRUE(node.required("yes").boolean());
    EXPECT_EQ(node.required("share").share(), (Share{91, 200}));
    EXPECT_EQ(node.required("day").day(), Day{std::chrono::year{2024} / 6 / 7});
    EXPECT_EQ(node.required("time").time_of_day(), std::chrono::minutes{450});
    EXPECT_EQ(node.required("duration").duration(), std::chrono::seconds{90});
    EXPECT_EQ(node.required("size").bytes(), 268'435'456U);
    EXPECT_EQ(node.required("path").path_in("/etc/thidua"), "/etc/a/b.yaml");
    node.finish();
    EXPECT_EQ(parsed.said(), Lines{});
}

TEST(Node, TakesASizeInBinaryUnitsOnly) {
    const std::pair<const char*, std::uint64_t> sizes[] = {
        {"0MiB", 0}, {"1KiB", 1024}, {"3GiB", 3'221'225'472}};
    for (const auto& [text, bytes] : sizes) {
        Parsed parsed("size: " + std::string(text));
        EXPECT_EQ(parsed.node().required("size").bytes(), bytes);
        EXPECT_EQ(parsed.said(), Lines{});
    }
    for (const char* text : {"256", "MiB", "-1MiB", "1.5GiB", "1 MiB", "1MB", "1mib", "010MiB"}) {
        Parsed parsed("size: " + std::string(text));
        EXPECT_EQ(parsed.node().required("size").bytes(), 0U);
        EXPECT_EQ(parsed.said().size(), 1U) << text;
    }
}

TEST(Node, IsSilentBelowWhatIsLeftOut) {
    Parsed parsed("a: 1");
    Node tls = parsed.node().optional("tls");
    EXPECT_FALSE(tls);
    EXPECT_EQ(tls.required("ca_file").path(), "");
    EXPECT_EQ(tls.optional("attempts").number_or<int>(1, 9, 7), 7);
    EXPECT_TRUE(tls.items().empty());
    tls.finish();
    tls.refuse("anything");
    EXPECT_EQ(parsed.said(), Lines{});
}

TEST(Node, ReportsABadValueThatHasAFallback) {
    Parsed parsed("attempts: 08");
    EXPECT_EQ(parsed.node().optional("attempts").number_or<int>(1, 9, 7), 0);
    EXPECT_EQ(
        parsed.said(),
        Lines{"x.yaml:1:11: attempts: \"08\": must be a whole number from 1 to 9, without leading "
              "zeros"}
    );
}

TEST(Node, SaysTheSameThingOnce) {
    Parsed parsed("a: 5");
    Node a = parsed.node().optional("a");
    (void)a.required("b");
    (void)a.required("c");
    EXPECT_EQ(parsed.said(), Lines{"x.yaml:1:4: a: \"5\": must be a map of keys and values"});
}

TEST(Node, TakesNoNumberThatAnotherReaderTakesForAnother) {
    for (const char* text :
         {"010",
          "+1",
          "0x10",
          "1_000",
          "1e3",
          "1.0",
          "1,000",
          ".inf",
          "9223372036854775808",
          "''"}) {
        Parsed parsed(std::string("n: ") + text);
        EXPECT_EQ(parsed.node().optional("n").integer(-10'000, 10'000), 0) << text;
        EXPECT_EQ(parsed.said().size(), 1U) << text;
    }
}

TEST(Node, CutsALongValueBetweenCharacters) {
    std::string text;
    for (int count = 0; count < 59; ++count) {
        text += "a";
    }
    EXPECT_EQ(shown(text + "ơơ"), "\"" + text + "...\"");
    EXPECT_EQ(shown("a\nb"), "\"a\\x0Ab\"");
}

TEST(Node, PutsNoControlCharacterIntoAText) {
    Parsed parsed("a: \"Sở\\nBcc: x\"");
    (void)parsed.node().optional("a").text();
    EXPECT_EQ(
        parsed.said(),
        Lines{"x.yaml:1:4: a: \"Sở\\x0ABcc: x\": must be a text in one line without control "
              "characters"}
    );
}

}  // namespace

}  // namespace thidua::config
