// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua import of units, procedures and officers. Works on files alone: neither the store nor a
// running daemon is asked.
#include "core/file.hpp"
#include "daemon/catalogue_columns.hpp"
#include "daemon/catalogue_import.hpp"
#include "daemon/commands.hpp"
#include "daemon/file_words.hpp"
#include "daemon/json_values.hpp"
#include "daemon/record_table.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;
using State = CatalogueOutcome::State;

std::string_view word_of(State state) {
    switch (state) {
        case State::Refused:
            return "refused";
        case State::Unchanged:
            return "unchanged";
        case State::Rehearsed:
            return "rehearsed";
        case State::Written:
            return "written";
    }
    return "";
}

json::array to_json(const std::vector<CatalogueChange>& changes) {
    json::array array;
    for (const CatalogueChange& change : changes) {
        array.push_back({{"code", change.code}, {"text", change.text}});
    }
    return array;
}

json::object to_json(const CatalogueDifference& difference) {
    return {
        {"added", to_json(difference.added)},
        {"changed", to_json(difference.changed)},
        {"gone", to_json(difference.gone)},
        {"unchanged", difference.unchanged},
        {"reordered", difference.is_reordered}};
}

json::object to_json(const CatalogueOutcome& outcome) {
    json::object object;
    object["catalogue"] = config::to_text(outcome.which);
    object["table"] = outcome.table;
    object["sha256"] = text_or_null(outcome.sha256);
    object["state"] = word_of(outcome.state);
    object["file"] = text_or_null(outcome.file.string());
    object["backup"] = text_or_null(outcome.backup.string());
    object["entries"] = outcome.entries;
    put_error(object, outcome.error);
    object["mistakes"] = mistakes_json(outcome.mistakes);
    object["problems"] = problems_json(outcome.problems);
    object["remarks"] = problems_json(outcome.remarks);
    object["kept"] = json::array(outcome.kept.begin(), outcome.kept.end());
    object["difference"] =
        outcome.difference ? json::value(to_json(*outcome.difference)) : json::value(nullptr);
    return object;
}

void print_difference(const CatalogueOutcome& outcome, const Output& output) {
    constexpr std::size_t lines_max = 20;
    output.out(fmt::format(
        "{}, compared with {}: {}",
        outcome.table,
        outcome.present.empty() ? "nothing" : outcome.present.string(),
        to_text(*outcome.difference, lines_max)
    ));
    for (const std::string& line : outcome.kept) {
        output.out(fmt::format("kept as it is: {}\n", line));
    }
}

void print_end(const CatalogueOutcome& outcome, const Output& output) {
    switch (outcome.state) {
        case State::Refused:
            return;
        case State::Unchanged:
            output.out(fmt::format("{}: nothing to change\n", outcome.file.string()));
            return;
        case State::Rehearsed:
            output.out(fmt::format("{}: would be written\n", outcome.file.string()));
            return;
        case State::Written:
            output.out(fmt::format(
                "{}: written{}\n",
                outcome.file.string(),
                outcome.backup.empty() ? ""
                                       : "; what was there is kept in " + outcome.backup.string()
            ));
            output.out(
                outcome.file == outcome.present
                    ? "next: systemctl restart thidua, so that the service goes by it\n"
                    : "next: name this file in the configuration, thidua validate, and systemctl "
                      "restart thidua\n"
            );
            return;
    }
}

void print_refusal(const CatalogueOutcome& outcome, const Output& output) {
    for (const RowMistake& mistake : outcome.mistakes) {
        output.err(fmt::format("{}: {}\n", outcome.table, to_text(mistake)));
    }
    for (const config::Problem& problem : outcome.problems) {
        output.err(fmt::format("{}\n", config::to_text(problem)));
    }
    if (outcome.error) {
        output.err(fmt::format("thidua: {}: {}\n", outcome.table, outcome.error->message));
    }
    if (outcome.error && outcome.error->kind == ErrorKind::Data) {
        output.err(fmt::format("    {}\n", vietnamese_reason(outcome.error->message)));
    }
    const std::size_t count = outcome.mistakes.size() + outcome.problems.size();
    if (count > 0) {
        output.err(fmt::format(
            "thidua: {}: {} {}; nothing was written\n",
            outcome.table,
            count,
            count == 1 ? "mistake" : "mistakes"
        ));
    }
}

}  // namespace

bool is_of_catalogue(const Options& options) {
    return options.command == Command::Import && (config::parse_catalogue(options.kind) ||
                                                  config::parse_catalogue(options.template_kind));
}

ExitCode run_catalogue_import(const Options& options) {
    const Output output = terminal_output();
    const CatalogueOutcome outcome = import_catalogue(options);
    if (options.json) {
        output.out(pretty_json(to_json(outcome)));
        return outcome.code;
    }
    if (outcome.difference && !options.quiet) {
        print_difference(outcome, output);
    }
    for (const config::Problem& remark : outcome.remarks) {
        output.err(fmt::format("thidua: does not fit it: {}\n", config::to_text(remark)));
    }
    print_refusal(outcome, output);
    if (!options.quiet) {
        print_end(outcome, output);
    }
    return outcome.code;
}

ExitCode run_catalogue_template(const Options& options) {
    const auto which = *config::parse_catalogue(options.template_kind);
    return write_template(options, catalogue_words(which), catalogue_columns(which));
}

}  // namespace thidua::daemon
