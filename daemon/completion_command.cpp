// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua completion: scripts for shells, what may come next, and the command line as a tree.
// Hidden: people install the scripts, and type none of it.
#include "config/loader.hpp"
#include "daemon/completion.hpp"
#include "daemon/options.hpp"
#include "daemon/scheduled_jobs.hpp"
#include "daemon/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace thidua::daemon {
namespace {

std::vector<std::string> editions_on_file(const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, std::nullopt, {});
    const auto editions =
        session ? (*session)->store().call([](store::Store& store) { return store.editions(); })
                : std::unexpected(session.error());
    std::vector<std::string> ids;
    if (editions) {
        for (const store::EditionSummary& edition : *editions) {
            ids.push_back(edition.id);
        }
    }
    return ids;
}

std::vector<std::string> recipients_of(const config::Settings& settings) {
    std::set<std::string> ids;
    const auto add = [&](const auto& recipients) {
        for (const auto& recipient : recipients) {
            ids.insert(recipient.id);
        }
    };
    if (settings.digest) {
        add(settings.digest->recipients);
    }
    if (settings.final_reports) {
        add(settings.final_reports->recipients);
        add(settings.final_reports->rehearsal_recipients);
    }
    if (settings.unit_editions) {
        for (const config::UnitReader& reader : settings.unit_editions->readers) {
            ids.insert(reader.recipient.id);
        }
    }
    return {ids.begin(), ids.end()};
}

/// `get` of each, each once.
template <class List, class Get>
std::vector<std::string> each_of(const List& list, Get get) {
    std::vector<std::string> words;
    for (const auto& one : list) {
        if (std::string word = get(one); std::ranges::find(words, word) == words.end()) {
            words.push_back(std::move(word));
        }
    }
    return words;
}

std::vector<std::string> candidates_of(const config::Settings& settings) {
    std::vector<std::string> words =
        each_of(settings.units, [](const auto& unit) { return unit.code; });
    for (std::string& id : each_of(settings.officers, [](const auto& one) { return one.id; })) {
        words.push_back(std::move(id));
    }
    return words;
}

std::vector<std::string> names_in(const config::Settings& settings, Named kind) {
    switch (kind) {
        case Named::Sources:
            return each_of(settings.sources, [](const auto& one) { return one.description.name; });
        case Named::Units:
            return each_of(settings.units, [](const auto& one) { return one.code; });
        case Named::Candidates:
            return candidates_of(settings);
        case Named::Awards:
            return each_of(settings.campaign.plan.awards, [](const auto& one) { return one.id; });
        case Named::Indicators:
            return each_of(settings.campaign.indicators, [](const auto& one) { return one.id; });
        case Named::Jobs:
            return each_of(scheduled_jobs(settings), [](const auto& one) { return one.name; });
        case Named::Recipients:
            return recipients_of(settings);
        case Named::Editions:
            return editions_on_file(settings);
    }
    return {};
}

std::vector<std::string> names_from(Named kind, const std::string& config) {
    const auto settings = config::load(config.empty() ? Options().config.string() : config);
    return settings ? names_in(*settings, kind) : std::vector<std::string>();
}

}  // namespace

ExitCode run_completion(std::vector<std::string> words) {
    const std::string what = words.empty() ? "" : words.front();
    if (what == "tree") {
        fmt::print("{}", tree_json(command_tree()));
        return ExitCode::Done;
    }
    if (what == "words") {
        const auto begin = words.begin() + (words.size() > 1 && words[1] == "--" ? 2 : 1);
        for (const Candidate& one : complete(command_tree(), {begin, words.end()}, names_from)) {
            fmt::print("{}\t{}\n", one.word, one.help);
        }
        return ExitCode::Done;
    }
    const std::string_view script = completion_script(what);
    if (script.empty()) {
        fmt::print(stderr, "usage: thidua completion bash|zsh|fish|tree|words -- WORD...\n");
        return ExitCode::Usage;
    }
    fmt::print("{}", script);
    return ExitCode::Done;
}

}  // namespace thidua::daemon
