// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/password_command.hpp"

#include "daemon/session.hpp"
#include "daemon/web/access.hpp"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <string>

namespace thidua::daemon::web {
namespace {

/// A terminal that does not show what is typed, until this goes.
class Unseen {
  public:
    Unseen() : is_terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (is_terminal_) {
            termios hidden = before_;
            hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            (void)::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
            fmt::print(stderr, "Password: ");
        }
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;
    ~Unseen() {
        if (is_terminal_) {
            (void)::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
            fmt::print(stderr, "\n");
        }
    }

  private:
    termios before_{};
    bool is_terminal_;
};

}  // namespace

ExitCode run_password(const Options& options) {
    std::string password;
    {
        const Unseen unseen;
        std::getline(std::cin, password);
    }
    const auto line = make_password_line({options.by, password});
    if (!line) {
        return report_error({line.error().kind, "web password: " + line.error().message});
    }
    fmt::print("{}\n", *line);
    return ExitCode::Done;
}

}  // namespace thidua::daemon::web
