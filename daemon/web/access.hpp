// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Who may look: nobody is asked on loopback without a password file, everybody otherwise (decisions
// 0024 and 0025). HTTP Basic: it has no state that could be stolen or forged, and every browser,
// Prometheus and reverse proxy speaks it.
#pragma once

#include "core/result.hpp"
#include "daemon/web/message.hpp"

#include <chrono>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon::web {

struct Credentials {
    std::string user;
    std::string password;

    friend bool operator==(const Credentials&, const Credentials&) = default;
};

/// What an Authorization header says; nothing if it is no HTTP Basic.
[[nodiscard]] std::optional<Credentials> parse_basic(std::string_view header);

struct PasswordLine {
    std::string user;
    std::string hash;  ///< $argon2id$v=19$m=...,t=...,p=...$salt$hash

    friend bool operator==(const PasswordLine&, const PasswordLine&) = default;
};

/// Lines `user:$argon2id$...`; empty ones and those that begin with # are left out. Errors: Config
/// with the number of the line, and never its content.
[[nodiscard]] Result<std::vector<PasswordLine>> parse_password_file(std::string_view text);

/// Reads it. Errors: Config if it is missing, readable by everybody, malformed, or names nobody.
[[nodiscard]] Result<std::vector<PasswordLine>> read_password_file(const std::filesystem::path& path
);

/// The line for `credentials`, with a salt of its own. Errors: Usage if the name has other than
/// letters, digits, ".", "-" and "_", or the password is shorter than 12 or longer than 256 bytes.
[[nodiscard]] Result<std::string> make_password_line(const Credentials& credentials);

/// Takes as long for a user whom the file does not name.
[[nodiscard]] bool is_right(const std::vector<PasswordLine>& lines, const Credentials& credentials);

/// How often a password may be guessed: after some failures an address waits, longer each time, and
/// all addresses together may only fail so often in a minute. Used by one thread at a time.
class Throttle {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// How long `address` has to wait before it may try again; 0: not at all.
    [[nodiscard]] std::chrono::seconds wait(const std::string& address, Time now);
    void failed(const std::string& address, Time now);
    void succeeded(const std::string& address) { addresses_.erase(address); }

  private:
    struct Failures {
        int count = 0;
        Time last{};
    };
    void forget_old(Time now);

    std::map<std::string, Failures> addresses_;
    std::deque<Time> recent_;  // failures of all addresses
};

/// Asks visitors for a password, and remembers for a while who gave the right one, since checking
/// it takes as long as guessing it should. For several threads.
class Access {
  public:
    using Time = Throttle::Time;

    explicit Access(std::filesystem::path password_file);

    enum class Verdict {
        Granted,
        Unknown,  ///< check() tells
        Refused,  ///< `response` says why
    };
    struct Answer {
        Verdict verdict = Verdict::Refused;
        Response response{};
    };

    /// Without checking a password.
    [[nodiscard]] Answer look(const Request& request, Time now);
    /// Checks the password; takes about 50 ms and 19 MiB. Nothing: it is right. For one thread.
    [[nodiscard]] std::optional<Response> check(const Request& request, Time now);

  private:
    [[nodiscard]] std::string key_of(const std::string& header) const;

    std::filesystem::path password_file_;
    std::string salt_;
    std::mutex mutex_;
    Throttle throttle_;
    std::map<std::string, Time> granted_;  // key_of() the header -> until when
    std::string last_problem_;             // of the thread that checks; told once
};

}  // namespace thidua::daemon::web
