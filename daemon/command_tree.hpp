// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the command line takes, as plain values: what completion, manual pages and tests read, so
// that none of them keeps a list of its own.
#pragma once

#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): of CLI11
class App;
}

namespace thidua::daemon {

/// An option, or a word without a name.
struct TreeOption {
    std::vector<std::string> names;  ///< "-h", "--help"; none of a word that goes by its place
    std::string word;                ///< what such a word stands for: SOURCE
    std::string help;
    std::string preset;                ///< what it is where it is not given; may be empty
    std::vector<std::string> choices;  ///< a closed set; empty: any
    bool takes_value = false;
    bool is_required = false;
    bool is_list = false;  ///< takes several values

    friend bool operator==(const TreeOption&, const TreeOption&) = default;
};

struct TreeCommand {
    std::string name;
    std::string help;
    std::vector<TreeOption> options;  ///< in the order in which --help has them
    std::vector<TreeOption> words;    ///< those that go by their place, in that order
    std::vector<TreeCommand> commands;

    friend bool operator==(const TreeCommand&, const TreeCommand&) = default;
};

/// All but what is hidden from --help.
[[nodiscard]] TreeCommand tree_of(const CLI::App& app);

/// All that the command line takes (options.cpp).
[[nodiscard]] TreeCommand command_tree();

/// The same in JSON, as `thidua completion tree` prints it.
[[nodiscard]] std::string tree_json(const TreeCommand& tree);

}  // namespace thidua::daemon
