// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/command_tree.hpp"

#include "daemon/standings_json.hpp"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <string_view>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// CLI11 tells a closed set in the name of the type only: "TEXT:{full,partial,keep}".
std::vector<std::string> choices_of(const std::string& type_name) {
    const auto open = type_name.find(":{");
    const auto close = type_name.find('}', open);
    if (open == std::string::npos || close == std::string::npos) {
        return {};
    }
    return CLI::detail::split(type_name.substr(open + 2, close - open - 2), ',');
}

TreeOption option_of(const CLI::Option& option) {
    TreeOption made;
    for (const std::string& name : option.get_snames()) {
        made.names.push_back("-" + name);
    }
    for (const std::string& name : option.get_lnames()) {
        made.names.push_back("--" + name);
    }
    if (made.names.empty()) {
        made.word = option.get_name(true);
    }
    made.help = option.get_description();
    made.preset = option.get_default_str();
    made.choices = choices_of(option.get_type_name());
    made.takes_value = option.get_items_expected_max() > 0;
    made.is_required = option.get_required();
    made.is_list = option.get_items_expected_max() > 1;
    return made;
}

json::object option_json(const TreeOption& option) {
    const json::array names(option.names.begin(), option.names.end());
    const json::array choices(option.choices.begin(), option.choices.end());
    return {
        {"names", names},
        {"word", option.word},
        {"help", option.help},
        {"default", option.preset},
        {"choices", choices},
        {"takes_value", option.takes_value},
        {"required", option.is_required},
        {"list", option.is_list}};
}

json::object command_json(const TreeCommand& command) {
    json::array options;
    for (const TreeOption& option : command.options) {
        options.push_back(option_json(option));
    }
    json::array words;
    for (const TreeOption& word : command.words) {
        words.push_back(option_json(word));
    }
    json::array commands;
    for (const TreeCommand& below : command.commands) {
        commands.push_back(command_json(below));
    }
    return {
        {"name", command.name},
        {"help", command.help},
        {"options", std::move(options)},
        {"words", std::move(words)},
        {"commands", std::move(commands)}};
}

}  // namespace

TreeCommand tree_of(const CLI::App& app) {
    TreeCommand made;
    made.name = app.get_name();
    made.help = app.get_description();
    for (const CLI::Option* option : app.get_options()) {
        if (!option->get_group().empty()) {
            TreeOption one = option_of(*option);
            (one.names.empty() ? made.words : made.options).push_back(std::move(one));
        }
    }
    for (const CLI::App* below : app.get_subcommands([](const CLI::App*) { return true; })) {
        if (!below->get_group().empty()) {
            made.commands.push_back(tree_of(*below));
        }
    }
    return made;
}

std::string tree_json(const TreeCommand& tree) {
    return pretty_json(command_json(tree));
}

}  // namespace thidua::daemon
