// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua init: asks, writes what is not there yet, and says what to do next.
#include "daemon/commands.hpp"
#include "daemon/first_configuration.hpp"
#include "daemon/session.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>

namespace thidua::daemon {
namespace {

constexpr mode_t file_mode = 0640;
constexpr auto folder_of_secrets = std::filesystem::perms::owner_all;

/// An answer, or `fallback` for an empty line.
std::string ask(const std::string& question, const std::string& fallback) {
    fmt::print(stderr, "{}{}: ", question, fallback.empty() ? "" : " [" + fallback + "]");
    std::string answer;
    std::getline(std::cin, answer);
    return answer.empty() ? fallback : answer;
}

void ask_start(Starting& starting) {
    while (!starting.start) {
        const std::string answer =
            ask("First day of the campaign, from the signed plan, as in 2024-06-07 (empty: later)",
                "");
        const auto day = parse_day(answer);
        if (day) {
            starting.start = *day;
        }
        if (day || answer.empty()) {
            return;
        }
        fmt::print(stderr, "{}\n", day.error().message);
    }
}

/// Asks for what no option has said.
void ask_rest(Starting& starting) {
    ask_start(starting);
    if (starting.sources.empty()) {
        const std::string preset =
            ask("The provincial system (igate-dossiers, opencps-dossiers)", "igate-dossiers");
        starting.sources.push_back(preset + ":" + ask("Its address", "https://igate.example.vn"));
        starting.sources.push_back(
            "payment-platform:" +
            ask("The Payment Platform's address", "https://payment-platform.example.vn")
        );
    }
    if (starting.relay.empty()) {
        starting.relay = ask("The mail relay, host:port (empty: nothing is sent)", "");
    }
    if (!starting.relay.empty() && starting.from.empty()) {
        starting.from = ask("The sender's address", "");
    }
    if (!starting.relay.empty() && starting.to.empty()) {
        const std::string to = ask("Who gets the digest, an address (empty: later)", "");
        if (!to.empty()) {
            starting.to.push_back(to);
        }
    }
}

Error trouble(const std::filesystem::path& path, int code) {
    return {
        ErrorKind::Io,
        fmt::format("init: {}: {}", path.string(), std::generic_category().message(code))};
}

/// A file that was not there; nothing is ever written over.
Result<void> write_new(const std::filesystem::path& path, const std::string& text) {
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file_mode);
    if (file < 0) {
        return std::unexpected(trouble(path, errno));
    }
    std::string_view rest = text;
    while (!rest.empty()) {
        const ssize_t written = ::write(file, rest.data(), rest.size());
        if (written < 0 && errno != EINTR) {
            const int code = errno;
            (void)::close(file);
            return std::unexpected(trouble(path, code));
        }
        rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    return ::close(file) == 0 ? Result<void>{} : std::unexpected(trouble(path, errno));
}

Result<void> refuse_overwriting(const Starting& starting, const FirstConfiguration& made) {
    for (const NewFile& file : made.files) {
        std::error_code error;
        if (std::filesystem::exists(starting.folder / file.path, error)) {
            return fail(
                ErrorKind::Usage,
                fmt::format(
                    "init: {} is there already, and nothing is ever written over: nothing was "
                    "changed. Name another folder, or go on with what is there: thidua validate",
                    (starting.folder / file.path).string()
                )
            );
        }
    }
    return {};
}

Result<void> write_all(const Starting& starting, const FirstConfiguration& made) {
    for (const NewFile& file : made.files) {
        if (const auto written = write_new(starting.folder / file.path, file.text); !written) {
            return written;
        }
    }
    const auto secrets = starting.folder / "secrets";
    std::error_code error;
    if (std::filesystem::create_directories(secrets, error)) {
        std::filesystem::permissions(secrets, folder_of_secrets, error);
    }
    return error ? std::unexpected(trouble(secrets, error.value())) : Result<void>{};
}

void say_next(const Starting& starting, const FirstConfiguration& made) {
    const std::string root = (starting.folder / "thidua.yaml").string();
    int step = 0;
    const auto say = [&](const std::string& text) { fmt::print("  {}. {}\n", ++step, text); };
    fmt::print("Written: {} and {} files that it names.\n\nNext:\n", root, made.files.size() - 1);
    if (!starting.start) {
        say(fmt::format(
            "Set campaign.start in {}: the day on which the signed plan was issued.", root
        ));
    }
    if (made.has_placeholders) {
        say("Replace what says CHANGE-ME, and addresses of example.vn, by what the systems' owners "
            "gave you.");
    }
    for (const std::string& secret : made.secrets) {
        say(fmt::format(
            "Put the secret, one line, into {0}: install -m 0600 -o thidua /dev/stdin {0}",
            (starting.folder / secret).string()
        ));
    }
    say("Replace the example's units and procedures by your own: thidua import FILE --as units "
        "(docs/catalogues.md).");
    say(fmt::format("thidua validate --config {}, then again with --online", root));
    say("systemctl enable --now thidua thidua-absence.timer");
}

}  // namespace

ExitCode run_init(const Options& options) {
    Starting starting = options.starting;
    if (!starting.non_interactive && ::isatty(STDIN_FILENO) == 1) {
        ask_rest(starting);
    }
    const auto made = first_configuration(starting);
    if (!made) {
        return report_error(made.error());
    }
    if (const auto free = refuse_overwriting(starting, *made); !free) {
        return report_error(free.error());
    }
    if (const auto written = write_all(starting, *made); !written) {
        return report_error(written.error());
    }
    if (!options.quiet) {
        say_next(starting, *made);
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
