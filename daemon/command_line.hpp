// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What every part of the command line is made of. For options.cpp and source_options.cpp alone.
#pragma once

#include "daemon/options.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::daemon {

/// A CLI11 check that is one of our parsers.
template <class Parse>
std::function<std::string(const std::string&)> checked(Parse parse) {
    return [parse](const std::string& text) {
        const auto value = parse(text);
        return value ? std::string() : value.error().message;
    };
}

/// An option read by one of our parsers into `target`.
template <class Value, class Parse>
CLI::Option* add_parsed(
    CLI::App& app,
    const std::string& names,
    std::optional<Value>& target,
    Parse parse,
    const std::string& help
) {
    return app
        .add_option_function<std::string>(
            names,
            [&target, parse](const std::string& text) {
                if (const auto value = parse(text)) {
                    target = *value;
                }
            },
            help
        )
        ->check(checked(parse));
}

inline constexpr std::string_view instant_help = "an instant such as 2024-10-18T16:00:00+07:00";

/// The options that are being read, and how commands are added to the line.
class CommandLineParts {
  protected:
    CLI::App& add(
        CLI::App& parent, const std::string& name, Command command, const std::string& help
    ) {
        CLI::App* added = parent.add_subcommand(name, help);
        added->fallthrough();
        added->callback([this, command] { options_.command = command; });
        return *added;
    }

    void add_simple(const std::string& name, Command command, const std::string& help) {
        add_now(add(app_, name, command, help));
    }

    void add_now(CLI::App& app) {
        add_parsed(
            app, "--now", options_.now, parse_instant, "virtual clock: " + std::string(instant_help)
        );
    }

    void add_known_at(CLI::App& app) {
        add_parsed(
            app,
            "--known-at",
            options_.known_at,
            parse_instant,
            "by what was recorded then: " + std::string(instant_help)
        );
    }

    /// Where drafts are written to, and how.
    void add_of_drafts(CLI::App& app) {
        app.add_option("--form", options_.form, "an agency's own Word form to fill in instead")
            ->check(CLI::ExistingFile);
        app.add_flag("--replace", options_.replace, "replace files of other content");
    }

    void add_dry_run(CLI::App& app, const std::string& help) {
        app.add_flag("--dry-run", options_.dry_run, help);
    }

    void add_by(CLI::App& app) {
        app.add_option("--by", options_.by, "who decides it; recorded")->required();
    }

    void add_limit(CLI::App& app) {
        app.add_option("--limit", options_.limit, "as many of them")
            ->check(CLI::Range(1, 1'000'000))
            ->capture_default_str();
    }

    /// A path as it is seen from anywhere.
    static CLI::Validator absolute_path() {
        return {
            [](std::string& path) {
                path = std::filesystem::absolute(path).string();
                return std::string();
            },
            ""};
    }

    Options options_;
    CLI::App app_{
        "Measures an emulation campaign on online public services: pulls, counts, reports.",
        "thidua"};
};

}  // namespace thidua::daemon
