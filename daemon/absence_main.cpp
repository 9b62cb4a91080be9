// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua-absence: speaks up if a weekly digest that must have ended has not. Started by a timer of
// its own; it needs neither the daemon nor room on the disk, and writes nothing but its own memory.
#include "config/loader.hpp"
#include "core/file.hpp"
#include "daemon/absence.hpp"
#include "daemon/clock.hpp"
#include "daemon/exit_code.hpp"
#include "daemon/job_names.hpp"
#include "daemon/notice_words.hpp"
#include "daemon/tell_operator.hpp"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

namespace {

using namespace thidua;          // NOLINT: this file is nobody's header
using namespace thidua::daemon;  // NOLINT

constexpr std::chrono::seconds ledger_limit{30};
constexpr std::chrono::hours repeated_after{24};
constexpr std::uintmax_t memory_bytes_max = 4096;

struct Arguments {
    std::filesystem::path config = "/etc/thidua/thidua.yaml";
    std::string now;
    bool json = false;
    bool quiet = false;
};

/// What came of it, for people and programs.
struct Answer {
    std::string state;  ///< ended, absent, unreadable, not-due, configuration
    std::string week;
    std::string what;
    std::string told_by;  ///< empty: nobody was told just now
    ExitCode code = ExitCode::Done;
};

/// Whom was told of which slot, and when; in the state directory. Where it cannot be kept the alarm
/// is told every time, which is the better mistake.
class Memory {
  public:
    explicit Memory(const std::filesystem::path& folder) : path_(folder / "absence.told") {
        const auto text = read_file(path_, memory_bytes_max);
        const auto at = text ? text->find(' ') : std::string::npos;
        if (at != std::string::npos) {
            key_ = text->substr(0, at);
            const auto told = parse_instant(text->substr(at + 1, text->find('\n') - at - 1));
            told_at_ = told ? std::optional(*told) : std::nullopt;
        }
    }

    [[nodiscard]] bool knows(const std::string& key) const { return told_at_ && key_ == key; }
    [[nodiscard]] bool has_any() const { return told_at_.has_value(); }
    [[nodiscard]] bool is_fresh(const std::string& key, Instant now) const {
        return knows(key) && now < *told_at_ + repeated_after;
    }
    void keep(const std::string& key, Instant now) const {
        (void)write_file(path_, key + ' ' + to_text(now) + '\n');
    }
    void forget() const {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }

  private:
    std::filesystem::path path_;
    std::string key_;
    std::optional<Instant> told_at_;
};

void say(const std::string& line) {
    fmt::print(stderr, "{}\n", line);
}

/// Journal and file first: they need nobody. Returns by which ways somebody was reached.
std::string tell(const config::OperatorContact& contact, const Telling& telling, Instant now) {
    const std::string line = line_of(telling);
    say((telling.turn == Telling::Turn::Over ? "info: " : "error: ") + line);
    if (const auto added = add_to_notices_file(contact, std::array{line}, now); !added) {
        say("warning: " + added.error().message);
    }
    const auto reached =
        tell_operator(contact, std::array{telling}, Ways::All, now, std::stop_token());
    if (!reached.words.empty()) {
        say("warning: telling the operator: " + reached.words);
    }
    return reached.is_reached ? reached.by : "";
}

Answer tell_of_absence(
    const config::Settings& settings, const Notice& notice, Answer answer, Instant now
) {
    const Memory memory(settings.state_directory);
    const std::string key = answer.state + ':' + answer.week;
    answer.code = ExitCode::Negative;
    if (memory.is_fresh(key, now)) {
        say("error: " + line_of({notice, Telling::Turn::Lasts, now}));
        return answer;
    }
    const auto turn = memory.knows(key) ? Telling::Turn::Lasts : Telling::Turn::Begins;
    answer.told_by = tell(settings.operator_contact, {notice, turn, now}, now);
    if (!answer.told_by.empty()) {
        memory.keep(key, now);
    }
    return answer;
}

Answer look(const config::Settings& settings, Instant now) {
    const auto expected = expected_digest(settings, now);
    if (!expected) {
        return {"not-due", "", "no weekly digest must have ended by now", "", ExitCode::Done};
    }
    const AbsenceLook found = look_for_digest(settings, ledger_limit);
    const Notice notice = absence_notice(settings, *expected, found, now);
    Answer answer{"", to_text(expected->week), notice.what, "", ExitCode::Done};
    switch (presence_of(*expected, found)) {
        case Presence::Absent:
            answer.state = "absent";
            return tell_of_absence(settings, notice, std::move(answer), now);
        case Presence::Unreadable:
            answer.state = "unreadable";
            return tell_of_absence(settings, notice, std::move(answer), now);
        case Presence::Ended:
            break;
    }
    answer.state = "ended";
    answer.what = "the digest has ended";
    if (const Memory memory(settings.state_directory); memory.has_any()) {
        answer.told_by = tell(settings.operator_contact, {notice, Telling::Turn::Over, now}, now);
        memory.forget();
    }
    return answer;
}

/// A configuration that cannot be read: perhaps its operator can be reached all the same.
Answer tell_of_mistakes(
    const Arguments& arguments, const std::vector<config::Problem>& problems, Instant now
) {
    for (const config::Problem& problem : problems) {
        say(to_text(problem));
    }
    Notice notice;
    notice.key = "absence:configuration";
    notice.subject = "the configuration";
    notice.period = to_text(now);
    notice.step = "alarm of absence";
    notice.error_class = to_text(ErrorKind::Config);
    notice.what = fmt::format(
        "{} mistakes, so nobody knows which digest must have ended; the first: {}",
        problems.size(),
        problems.empty() ? "" : to_text(problems.front())
    );
    notice.next = "a running service goes on with what it has read; it does not start again";
    notice.command = fmt::format("thidua validate --config {}", arguments.config.string());
    Answer answer{"configuration", "", notice.what, "", ExitCode::Config};
    const auto alone = config::load_operator(arguments.config);
    if (!alone) {
        say("error: " + line_of({notice, Telling::Turn::Begins, now}));
        return answer;
    }
    const Memory memory(alone->state_directory);
    if (!memory.is_fresh(notice.key, now)) {
        answer.told_by = tell(alone->contact, {notice, Telling::Turn::Begins, now}, now);
        if (!answer.told_by.empty()) {
            memory.keep(notice.key, now);
        }
    }
    return answer;
}

void print(const Arguments& arguments, const Answer& answer) {
    namespace json = boost::json;
    if (arguments.json) {
        const auto text_or_null = [](const std::string& text) {
            return text.empty() ? json::value(nullptr) : json::value(text);
        };
        const json::object object{
            {"job", digest_job_name},
            {"state", answer.state},
            {"week", text_or_null(answer.week)},
            {"what", answer.what},
            {"told_by", text_or_null(answer.told_by)}};
        fmt::print("{}\n", json::serialize(object));
    } else if (!arguments.quiet) {
        fmt::print(
            "{}{}{}: {}\n",
            digest_job_name,
            answer.week.empty() ? "" : " ",
            answer.week,
            answer.what
        );
    }
}

std::optional<ExitCode> parse(int argc, char** argv, Arguments& arguments) {
    CLI::App app{
        "Speaks up if the weekly digest that must have ended has not; by ways of its own.",
        "thidua-absence"};
    app.set_version_flag("--version", "thidua " THIDUA_VERSION);
    app.add_option("--config", arguments.config, "the root configuration file")
        ->capture_default_str();
    app.add_option("--now", arguments.now, "virtual clock: an instant")
        ->check([](const std::string& text) {
            const auto instant = parse_instant(text);
            return instant ? std::string() : instant.error().message;
        });
    app.add_flag("--json", arguments.json, "answer in JSON");
    app.add_flag("--quiet", arguments.quiet, "say nothing where all is well");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? ExitCode::Done : ExitCode::Usage;
    }
    return std::nullopt;
}

ExitCode run(int argc, char** argv) {
    (void)std::signal(SIGPIPE, SIG_IGN);
    (void)std::signal(SIGXFSZ, SIG_IGN);
    Arguments arguments;
    if (const auto code = parse(argc, argv, arguments)) {
        return *code;
    }
    const Clock clock(
        arguments.now.empty() ? std::nullopt : std::optional(*parse_instant(arguments.now))
    );
    const auto settings = config::load(arguments.config);
    const Answer answer = settings ? look(*settings, clock.now())
                                   : tell_of_mistakes(arguments, settings.error(), clock.now());
    print(arguments, answer);
    return answer.code;
}

}  // namespace

int main(int argc, char** argv) {
    ExitCode code = ExitCode::Internal;
    try {
        code = run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "thidua-absence: internal error: {}\n", error.what());
    }
    // What still waits for a disk that hangs is left behind.
    (void)std::fflush(nullptr);
    std::_Exit(static_cast<int>(code));
}
