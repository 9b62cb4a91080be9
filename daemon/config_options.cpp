// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/config_options.hpp"

#include "config/keys/maps.hpp"

namespace thidua::daemon {

void ConfigOptions::add_init() {
    Starting& starting = options_.starting;
    CLI::App& init = add(
        app_, "init", Command::Init, "write a commented configuration to begin with; never over one"
    );
    init.add_option("FOLDER", starting.folder, "where to")->capture_default_str();
    init.add_option("--organisation", starting.organisation, "a file of units, to be copied");
    add_parsed(
        init, "--start", starting.start, parse_day, "the campaign's first day, from the signed plan"
    );
    init.add_option("--source", starting.sources, "PRESET:BASE_URL of a system, or several");
    init.add_option("--relay", starting.relay, "the mail relay, host:port");
    init.add_option("--from", starting.from, "the sender's address");
    init.add_option("--to", starting.to, "who gets the digest, an address or several");
    init.add_option("--templates", starting.templates, "where presets, campaigns and examples are")
        ->capture_default_str();
    init.add_flag("--non-interactive", starting.non_interactive, "ask nothing");
}

void ConfigOptions::add_validate() {
    Checking& checking = options_.checking;
    CLI::App& validate =
        add(app_, "validate", Command::Validate, "check the configuration; offline but for --online"
        );
    validate.add_flag("--strict", checking.strict, "exit code 3 if there are warnings");
    validate.add_flag(
        "--no-environment", checking.no_environment, "look at no font, secret or folder"
    );
    CLI::Option* online = validate.add_flag(
        "--online", checking.online, "ask each source and the relay; writes and sends nothing"
    );
    validate.add_option("--mail-to", checking.mail_to, "send a test message to this address")
        ->needs(online);
    add_now(validate);
}

void ConfigOptions::add_config() {
    CLI::App* config = app_.add_subcommand("config", "what counts, and what there is to write");
    config->fallthrough();
    config->require_subcommand(1);
    CLI::App& show =
        add(*config, "show", Command::ConfigShow, "what counts, with defaults, presets and drop-ins"
        );
    show.add_flag("--origin", options_.showing.origin, "where each value comes from");
    show.add_flag(
        "--redacted",
        options_.showing.redacted,
        "without people, users and what sources are sent; secrets are never shown"
    );
    CLI::App& schema =
        add(*config, "schema", Command::ConfigSchema, "a JSON Schema, for editors of these files");
    std::vector<std::string> names;
    for (const config::keys::FileKind& kind : config::keys::file_kinds()) {
        names.emplace_back(kind.name);
    }
    schema.add_option("--of", options_.kind, "of another file than the root file")
        ->check(CLI::IsMember(names));
    add(*config, "reference", Command::ConfigReference, "docs/configuration.md: all keys");
}

}  // namespace thidua::daemon
