// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua-bench: the measuring program behind scripts/bench. One command a process; what it
// measured goes to standard output as one line of JSON.
#include "tests/bench/commands.hpp"
#include "tests/bench/generate.hpp"
#include "tests/bench/measurement.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <map>

namespace thidua::bench {
namespace {

struct Options {
    Recipe recipe;
    Files files;
    std::string name;
    std::string known_at;
    int repeats = 5;
};

const std::map<std::string, Set> sets{
    {"clean", Set::Clean},
    {"mixed", Set::Mixed},
    {"changed", Set::Changed},
    {"window", Set::Window}};

Result<void> run_generate(const Options& options) {
    const auto done = generate(options.recipe, options.files.pages);
    if (!done) {
        return std::unexpected(done.error());
    }
    Measurement("generate")
        .add("records", done->records)
        .add("dossiers", done->dossiers)
        .add("pages", done->pages)
        .add("bytes", done->bytes)
        .print();
    return {};
}

void add_files(CLI::App& command, Options& options) {
    command.add_option("--pages", options.files.pages, "file of pages, one a line");
    command.add_option("--store", options.files.store, "database file, or postgresql://...");
    command.add_option("--name", options.name, "what the measurement is called");
    command.add_option("--repeats", options.repeats, "of a report");
    command.add_option("--known-at", options.known_at, "an instant, 2026-01-01T12:00:00+07:00");
}

using Command = Result<void> (*)(const Options& options);

const std::map<std::string, Command> commands{
    {"read", [](const Options& o) { return run_read(Reading::Bytes, o.files); }},
    {"read-xxh3", [](const Options& o) { return run_read(Reading::Xxh3, o.files); }},
    {"read-sha256", [](const Options& o) { return run_read(Reading::Sha256, o.files); }},
    {"decode", [](const Options& o) { return run_read(Reading::Decode, o.files); }},
    {"raw", [](const Options& o) { return run_raw(o.files); }},
    {"publish-1", [](const Options& o) { return run_publish(o.name, Threads::One, o.files); }},
    {"publish-2", [](const Options& o) { return run_publish(o.name, Threads::Two, o.files); }},
    {"repull-print", [](const Options& o) { return run_repull(o.files); }},
    {"payments", [](const Options& o) { return run_payments(o.files); }},
    {"standings",
     [](const Options& o) {
         const auto known_at = o.known_at.empty() ? std::nullopt : std::optional(o.known_at);
         return run_standings(o.name, o.files, o.repeats, known_at);
     }},
    {"scan", [](const Options& o) { return run_scan(Scan::All, o.files, o.repeats); }},
    {"scan-month", [](const Options& o) { return run_scan(Scan::Month, o.files, o.repeats); }},
    {"totals", [](const Options& o) { return run_totals(o.files); }}};

int run(int count, char** arguments) {
    CLI::App app("The measuring program behind scripts/bench.");
    app.require_subcommand(1);
    Options options;
    CLI::App* generating = app.add_subcommand("generate", "write a file of pages");
    generating->add_option("--set", options.recipe.set, "clean, mixed, changed or window")
        ->transform(CLI::CheckedTransformer(sets));
    generating->add_option("--records", options.recipe.records, "records in the set");
    generating->add_option("--seed", options.recipe.seed, "another seed, other data");
    add_files(*generating, options);
    for (const auto& [name, command] : commands) {
        add_files(*app.add_subcommand(name, ""), options);
    }
    CLI11_PARSE(app, count, arguments);
    const std::string chosen = app.get_subcommands().front()->get_name();
    if (options.name.empty()) {
        options.name = chosen;
    }
    const auto done = chosen == "generate" ? run_generate(options) : commands.at(chosen)(options);
    if (!done) {
        (void)std::fprintf(
            stderr, "thidua-bench %s: %s\n", chosen.c_str(), done.error().message.c_str()
        );
        return 1;
    }
    return 0;
}

}  // namespace
}  // namespace thidua::bench

int main(int count, char** arguments) {
    try {
        return thidua::bench::run(count, arguments);
    } catch (const std::exception& trouble) {  // CLI11's, and the file system's
        (void)std::fprintf(stderr, "thidua-bench: %s\n", trouble.what());
        return 1;
    }
}
