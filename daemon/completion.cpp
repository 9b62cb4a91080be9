// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/completion.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <ranges>

namespace thidua::daemon {
namespace {

/// Where on the command line we are, once the words before the last are read.
struct Position {
    std::vector<const TreeCommand*> commands;  ///< from the program down to the one in hand
    const TreeOption* open = nullptr;          ///< an option whose value comes next
    std::size_t words = 0;                     ///< that went by their place so far
    std::string config;
};

/// An option is taken by the command in hand and by all above it.
const TreeOption* find_option(const Position& at, std::string_view name) {
    for (const TreeCommand* command : std::ranges::reverse_view(at.commands)) {
        for (const TreeOption& option : command->options) {
            if (std::ranges::find(option.names, name) != option.names.end()) {
                return &option;
            }
        }
    }
    return nullptr;
}

void take_value(Position& at, const TreeOption& option, const std::string& value) {
    if (option.names.front() == "--config") {
        at.config = value;
    }
}

void take_option(Position& at, const std::string& word) {
    const auto equals = word.find('=');
    const TreeOption* option = find_option(at, word.substr(0, equals));
    if (option == nullptr || !option->takes_value) {
        return;
    }
    if (equals == std::string::npos) {
        at.open = option;
    } else {
        take_value(at, *option, word.substr(equals + 1));
    }
}

void take(Position& at, const std::string& word) {
    if (at.open != nullptr) {
        take_value(at, *at.open, word);
        at.open = nullptr;
    } else if (word.starts_with('-')) {
        take_option(at, word);
    } else {
        const auto& below = at.commands.back()->commands;
        const auto command = std::ranges::find(below, word, &TreeCommand::name);
        if (command != below.end()) {
            at.commands.push_back(&*command);
        } else {
            ++at.words;
        }
    }
}

std::optional<Named> kind_of(const TreeOption& option) {
    struct Row {
        std::string_view name;
        Named kind;
    };
    constexpr std::array rows{
        Row{"SOURCE", Named::Sources},
        Row{"--source", Named::Sources},
        Row{"UNIT", Named::Units},
        Row{"--unit", Named::Units},
        Row{"CANDIDATE", Named::Candidates},
        Row{"--candidate", Named::Candidates},
        Row{"AWARD", Named::Awards},
        Row{"--award", Named::Awards},
        Row{"INDICATOR", Named::Indicators},
        Row{"--indicator", Named::Indicators},
        Row{"EDITION", Named::Editions},
        Row{"--job", Named::Jobs},
        Row{"--recipient", Named::Recipients},
    };
    const std::string_view name = option.names.empty() ? option.word : option.names.front();
    const auto* const row = std::ranges::find(rows, name, &Row::name);
    return row == rows.end() ? std::nullopt : std::optional(row->kind);
}

std::vector<Candidate> values_of(
    const TreeOption& option, const Position& at, const NameSource& names
) {
    std::vector<std::string> words = option.choices;
    const auto kind = kind_of(option);
    if (words.empty() && kind) {
        words = names(*kind, at.config);
    }
    std::vector<Candidate> values;
    for (std::string& word : words) {
        values.push_back({std::move(word), ""});
    }
    return values;
}

std::vector<Candidate> options_at(const Position& at) {
    std::vector<Candidate> found;
    for (const TreeCommand* command : std::ranges::reverse_view(at.commands)) {
        for (const TreeOption& option : command->options) {
            const std::string& name = option.names.back();
            if (std::ranges::find(found, name, &Candidate::word) == found.end()) {
                found.push_back({name, option.help});
            }
        }
    }
    return found;
}

std::vector<Candidate> words_at(const Position& at, const NameSource& names) {
    const TreeCommand& command = *at.commands.back();
    if (!command.commands.empty()) {
        std::vector<Candidate> found;
        for (const TreeCommand& below : command.commands) {
            found.push_back({below.name, below.help});
        }
        return found;
    }
    if (command.words.empty()) {
        return {};
    }
    const std::size_t last = command.words.size() - 1;
    if (at.words > last && !command.words[last].is_list) {
        return {};
    }
    return values_of(command.words[std::min(at.words, last)], at, names);
}

/// The part of "--unit=H37" that is being typed, with its option; nothing of other words.
std::vector<Candidate> values_after_equals(
    const Position& at, const std::string& word, const NameSource& names
) {
    const std::string name = word.substr(0, word.find('='));
    const TreeOption* option = find_option(at, name);
    std::vector<Candidate> values;
    if (option != nullptr) {
        values = values_of(*option, at, names);
        for (Candidate& value : values) {
            value.word = name + '=' + value.word;
        }
    }
    return values;
}

}  // namespace

std::vector<Candidate> complete(
    const TreeCommand& tree, const std::vector<std::string>& words, const NameSource& names
) {
    if (words.empty()) {
        return {};
    }
    Position at;
    at.commands = {&tree};
    std::for_each(words.begin(), words.end() - 1, [&](const std::string& word) { take(at, word); });
    const std::string& last = words.back();
    std::vector<Candidate> found;
    if (at.open != nullptr) {
        found = values_of(*at.open, at, names);
    } else if (last.starts_with('-')) {
        found = last.find('=') == std::string::npos ? options_at(at)
                                                    : values_after_equals(at, last, names);
    } else {
        found = words_at(at, names);
    }
    std::erase_if(found, [&](const Candidate& one) { return !one.word.starts_with(last); });
    return found;
}

std::string_view completion_script(std::string_view shell) {
    if (shell == "bash") {
        // Where a colon ends a word (COMP_WORDBREAKS), what stands before it is not typed again.
        return R"(# Completion of thidua for bash; the program itself says what may come next.
_thidua() {
    local cur prev words cword
    _get_comp_words_by_ref -n =: cur prev words cword 2>/dev/null || return
    mapfile -t COMPREPLY < <(
        thidua completion words -- "${words[@]:1:cword}" 2>/dev/null | cut -f1
    )
    __ltrim_colon_completions "$cur" 2>/dev/null
}
complete -o default -F _thidua thidua
)";
    }
    if (shell == "zsh") {
        return R"(#compdef thidua
# Completion of thidua for zsh; the program itself says what may come next.
_thidua() {
    local -a lines
    lines=("${(@f)$(thidua completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    lines=("${(@)lines:#}")
    if (( ${#lines} )); then
        local -a names=("${(@)lines%%$'\t'*}") shown=("${(@)lines/$'\t'/  }")
        compadd -l -d shown -a names
    else
        _files
    fi
}
if [ "$funcstack[1]" = "_thidua" ]; then _thidua "$@"; else compdef _thidua thidua; fi
)";
    }
    if (shell == "fish") {
        return R"(# Completion of thidua for fish; the program itself says what may come next.
complete -c thidua -a '(thidua completion words -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
)";
    }
    return {};
}

}  // namespace thidua::daemon
