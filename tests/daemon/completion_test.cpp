// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What may come next, over the command line as it is.
#include "daemon/completion.hpp"

#include "daemon/options.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

std::vector<std::string> offered(
    const std::vector<std::string>& words, std::string* config = nullptr
) {
    const auto names = [config](Named kind, const std::string& given) {
        if (config != nullptr) {
            *config = given;
        }
        switch (kind) {
            case Named::Sources:
                return std::vector<std::string>{"payments", "tthc"};
            case Named::Units:
                return std::vector<std::string>{"H37.10", "H37.10.05"};
            case Named::Editions:
                return std::vector<std::string>{"weekly/2024-W42/all/1"};
            default:
                return std::vector<std::string>();
        }
    };
    std::vector<std::string> found;
    for (const Candidate& candidate : complete(command_tree(), words, names)) {
        found.push_back(candidate.word);
    }
    return found;
}

bool offers(const std::vector<std::string>& words, const std::string& word) {
    return std::ranges::count(offered(words), word) == 1;
}

using Words = std::vector<std::string>;

TEST(Completion, OffersCommandsAndThoseBelowThem) {
    EXPECT_EQ(offered({"stand"}), Words{"standings"});
    EXPECT_EQ(offered({"audit", ""}), (Words{"verify", "list"}));
    EXPECT_EQ(offered({"--json", "audit", "v"}), Words{"verify"});
    EXPECT_TRUE(offers({""}, "run"));
    EXPECT_FALSE(offers({""}, "completion"));  // hidden
    EXPECT_EQ(offered({"nonsense", "x"}), Words{});
    EXPECT_EQ(offered({}), Words{});
}

TEST(Completion, OffersOptionsOfTheCommandAndOfThoseAboveIt) {
    EXPECT_EQ(offered({"audit", "verify", "--s"}), Words{"--seal"});
    EXPECT_TRUE(offers({"audit", "verify", "--"}, "--config"));
    EXPECT_TRUE(offers({"audit", "verify", "--"}, "--help"));
    EXPECT_FALSE(offers({"audit", "list", "--"}, "--seal"));
}

TEST(Completion, OffersNamesWhereTheyBelong) {
    EXPECT_EQ(offered({"pull", ""}), (Words{"payments", "tthc"}));
    EXPECT_EQ(offered({"pull", "tthc", "p"}), Words{"payments"});  // a list of them
    EXPECT_EQ(offered({"backfill", "tthc", ""}), Words{});         // one only
    EXPECT_EQ(offered({"pulls", "list", "--source", "t"}), Words{"tthc"});
    EXPECT_EQ(offered({"gap", "--unit", "H37.10."}), Words{"H37.10.05"});
    EXPECT_EQ(offered({"gap", "--unit=H37.10."}), Words{"--unit=H37.10.05"});
    EXPECT_EQ(offered({"units", "map", "X1", "H37.10."}), Words{"H37.10.05"});
    EXPECT_EQ(offered({"report", "show", ""}), Words{"weekly/2024-W42/all/1"});
    EXPECT_EQ(offered({"report", "render", ""}), (Words{"digest", "urging", "procedure-review"}));
    EXPECT_EQ(offered({"evidence", "decide", "7", "re"}), Words{"rejected"});
}

TEST(Completion, LeavesFilesAndFreeWordsToTheShell) {
    EXPECT_EQ(offered({"backup", ""}), Words{});
    EXPECT_EQ(offered({"--config", ""}), Words{});
    EXPECT_EQ(offered({"standings", "--as-of", "2024"}), Words{});
}

TEST(Completion, AsksTheConfigurationThatWasTyped) {
    std::string config = "unasked";
    EXPECT_EQ(offered({"pull", "t"}, &config), Words{"tthc"});
    EXPECT_EQ(config, "");
    EXPECT_EQ(offered({"--config", "a.yaml", "pull", "t"}, &config), Words{"tthc"});
    EXPECT_EQ(config, "a.yaml");
    EXPECT_EQ(offered({"pull", "--config=b.yaml", "t"}, &config), Words{"tthc"});
    EXPECT_EQ(config, "b.yaml");
}

TEST(Completion, HasAScriptForEachShell) {
    for (const auto* shell : {"bash", "zsh", "fish"}) {
        EXPECT_NE(completion_script(shell).find("thidua completion words --"), std::string::npos);
    }
    EXPECT_TRUE(completion_script("tcsh").empty());
}

void expect_described(const TreeCommand& command, const std::string& path) {
    EXPECT_FALSE(command.help.empty()) << path;
    for (const TreeOption& option : command.options) {
        EXPECT_FALSE(option.help.empty()) << path << ' ' << option.names.back();
    }
    for (const TreeOption& word : command.words) {
        EXPECT_FALSE(word.help.empty()) << path << ' ' << word.word;
    }
    for (const TreeCommand& below : command.commands) {
        expect_described(below, path + ' ' + below.name);
    }
}

TEST(CommandTree, SaysOfEverythingWhatItIs) {
    const TreeCommand tree = command_tree();
    EXPECT_GT(tree.commands.size(), 30U);
    expect_described(tree, tree.name);
}

TEST(CommandTree, KnowsWhatAnOptionTakes) {
    const TreeCommand tree = command_tree();
    const auto pull = std::ranges::find(tree.commands, "pull", &TreeCommand::name);
    ASSERT_NE(pull, tree.commands.end());
    ASSERT_EQ(pull->words.size(), 1U);
    EXPECT_EQ(pull->words[0].word, "SOURCE");
    EXPECT_TRUE(pull->words[0].is_list);
    EXPECT_FALSE(pull->words[0].is_required);
    const auto limit = std::ranges::find(pull->options, Words{"--limit"}, &TreeOption::names);
    ASSERT_NE(limit, pull->options.end());
    EXPECT_TRUE(limit->takes_value);
    EXPECT_EQ(limit->preset, "20");
    const auto dry = std::ranges::find(pull->options, Words{"--dry-run"}, &TreeOption::names);
    ASSERT_NE(dry, pull->options.end());
    EXPECT_FALSE(dry->takes_value);
}

}  // namespace
}  // namespace thidua::daemon
