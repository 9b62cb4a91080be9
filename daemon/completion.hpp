// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What may stand next on a command line that is being typed. The shells' scripts ask for it at each
// press of the key, so that they know nothing themselves.
#pragma once

#include "daemon/command_tree.hpp"
#include "daemon/exit_code.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// What is named on the command line and stands in the configuration or the store.
enum class Named { Sources, Units, Candidates, Awards, Indicators, Jobs, Recipients, Editions };

/// Names of a kind, with the root file that was typed (empty: the usual one). None where it cannot
/// be read.
using NameSource = std::function<std::vector<std::string>(Named kind, const std::string& config)>;

struct Candidate {
    std::string word;
    std::string help;  ///< may be empty

    friend bool operator==(const Candidate&, const Candidate&) = default;
};

/// What the last of `words` may become; `words` begin after the program's name, and the last may be
/// empty. Options are offered once a hyphen is typed. Empty: nothing of ours, perhaps a file.
[[nodiscard]] std::vector<Candidate> complete(
    const TreeCommand& tree, const std::vector<std::string>& words, const NameSource& names
);

/// What stands after `thidua completion`: bash, zsh or fish for the script; `words -- WORD...` for
/// what the last word may become, a line each, with a tab before its help; `tree` for all that the
/// command line takes, in JSON. Names come from the configuration, or from none where it cannot be
/// read.
[[nodiscard]] ExitCode run_completion(std::vector<std::string> words);

/// The script for "bash", "zsh" or "fish"; empty for another shell.
[[nodiscard]] std::string_view completion_script(std::string_view shell);

}  // namespace thidua::daemon
