// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Hands a finished message to a mail relay, one recipient at a time, and says how that ended.
#pragma once

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

namespace thidua::delivery {

/// A mail relay with its credentials read.
struct Relay {
    std::string host;
    int port = 25;
    std::string hello;            ///< the name we greet with; empty: the host's own
    bool require_tls = true;      ///< STARTTLS with a checked certificate, or nothing is sent;
                                  ///< false: plain text, meant for a relay on this machine
    bool tls_from_start = false;  ///< smtps; require_tls is then met
    std::string username;  ///< empty: no AUTH. Credentials are never sent in plain text, except
                           ///< to a loopback host.
    std::string password;
    std::filesystem::path ca_file;  ///< empty: the system's certificates
    /// How long to wait for the reply to the last dot. RFC 5321 asks for at least 10 minutes: a
    /// shorter one makes duplicates. All steps before together get as long, but at most 5 minutes.
    std::chrono::milliseconds timeout{600'000};
};

/// How a hand-over ended.
struct Outcome {
    enum class State {
        Sent,      ///< the relay answered 2xx after the last dot
        Deferred,  ///< 4xx, no connection, or a relay that is set up wrong (TLS, credentials)
        Refused,   ///< 5xx: final, a person must act
        Unknown,   ///< cut off after the last dot: it may have been accepted
    };
    State state = State::Deferred;
    int reply_code = 0;  ///< of the relay's last reply; 0 if it never spoke
    std::string reply;   ///< the relay's words or ours, one line of valid UTF-8, at most 500 bytes;
                         ///< no credential

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// Hands one message to one recipient in a transaction of its own.
///
/// `message` must be what `build_message` gives: strict CRLF, 7-bit, lines of at most 998 bytes.
/// If it is not, or an address is not safe, nothing is sent and the outcome is Refused.
/// Refused credentials, missing STARTTLS and a bad certificate are Deferred: no recipient is at
/// fault, and the mail still goes out once an operator has put the relay's settings right. 530,
/// 534, 535 and 538 count as refused credentials whenever they come before the message. `stop` ends
/// it within milliseconds until the message is handed over whole (Deferred); after that the relay's
/// reply is waited for, since giving up would make the outcome Unknown. Repeatable as often as the
/// outcome is Deferred. Thread-safe; blocks the calling thread.
[[nodiscard]] Outcome send(
    const Relay& relay,
    std::string_view from,
    std::string_view to,
    std::string_view message,
    std::stop_token stop
);

/// Goes as far as a message would: connection, greeting, TLS, credentials; then it says NOOP and
/// leaves. Sent: a message would have been taken up to here. Otherwise as send() ends, and nothing
/// was handed over. All steps together get `relay.timeout`, but at most 5 minutes.
[[nodiscard]] Outcome greet(const Relay& relay, std::stop_token stop);

}  // namespace thidua::delivery
