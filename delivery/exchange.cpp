// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "delivery/exchange.hpp"

#include "core/result.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::delivery {
namespace {

using State = Outcome::State;

constexpr std::size_t reply_bytes_max = 500;
constexpr std::size_t line_bytes_max = 998;  // RFC 5322, 2.1.1

// Valid UTF-8 on one line, cut between letters.
std::string presentable(std::string_view words) {
    std::string line = one_line(to_nfc(words));
    if (line.size() > reply_bytes_max) {
        std::size_t end = reply_bytes_max;
        while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        line.resize(end);
    }
    return line;
}

// RFC 4954: authentication required, too weak, refused, encryption required for it.
bool is_about_credentials(int code) {
    return code == 530 || code == 534 || code == 535 || code == 538;
}

std::string with_cause(std::string_view words, const Exchange& exchange) {
    return exchange.cause.empty() ? std::string(words)
                                  : fmt::format("{}: {}", words, exchange.cause);
}

/// Before the relay had the whole message: nothing can have been accepted.
Outcome before_dot(const Exchange& exchange) {
    const int code = exchange.reply_code;
    if (exchange.trouble == Exchange::Trouble::Stopped) {
        return {State::Deferred, code, "stopped before the message was handed over"};
    }
    if (exchange.trouble == Exchange::Trouble::Tls) {
        return {State::Deferred, code, with_cause("no trusted TLS with the relay", exchange)};
    }
    if (exchange.trouble == Exchange::Trouble::Credentials || is_about_credentials(code)) {
        // The relay's words are left out: some echo what they were sent.
        return {
            State::Deferred,
            code,
            "the relay refused the credentials or wants others: check the user name and password "
            "of the smtp section",
        };
    }
    if (code >= 400 && code < 600) {
        return {code < 500 ? State::Deferred : State::Refused, code, exchange.reply};
    }
    return {State::Deferred, code, with_cause("not handed over", exchange)};
}

/// After the last byte: only the relay's answer to the dot can say what became of the message.
Outcome after_dot(const Exchange& exchange) {
    const int code = exchange.reply_code;
    switch (code / 100) {
        case 2:
            return {State::Sent, code, exchange.reply};
        case 4:
            return {State::Deferred, code, exchange.reply};
        case 5:
            return {State::Refused, code, exchange.reply};
        default:
            return {
                State::Unknown,
                code,
                with_cause("no answer to the whole message, it may have been accepted", exchange),
            };
    }
}

}  // namespace

void ReplyLog::add(std::string_view line) {
    const bool is_reply = line.size() >= 3 && line[0] >= '1' && line[0] <= '5';
    const bool goes_on = line.size() > 3 && line[3] == '-';
    if (complete_) {
        words_.clear();
    }
    complete_ = is_reply && !goes_on;
    const std::string_view said =
        trim(line.substr(is_reply ? std::min<std::size_t>(4, line.size()) : 0));
    if (!words_.empty() && !said.empty()) {
        words_ += ' ';
    }
    // Four times what is shown: enough to be cut after it was made presentable, and no more.
    words_ += said.substr(0, 4 * reply_bytes_max - std::min(words_.size(), 4 * reply_bytes_max));
}

Outcome to_outcome(const Exchange& exchange) {
    Outcome outcome = exchange.handed_over ? after_dot(exchange) : before_dot(exchange);
    outcome.reply = presentable(outcome.reply);
    return outcome;
}

bool is_strict_message(std::string_view message) {
    if (!message.ends_with("\r\n")) {
        return false;
    }
    while (!message.empty()) {
        const std::size_t end = message.find('\r');
        const std::string_view line = message.substr(0, end);
        if (line.size() > line_bytes_max || message.substr(end, 2) != "\r\n") {
            return false;
        }
        if (!std::ranges::all_of(line, [](char byte) {
                return byte != '\n' && byte != '\0' && static_cast<unsigned char>(byte) < 0x80;
            })) {
            return false;
        }
        message.remove_prefix(end + 2);
    }
    return true;
}

}  // namespace thidua::delivery
