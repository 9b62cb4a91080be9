// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A mail relay on loopback that answers by script, well or badly, and keeps every byte it was sent.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace thidua::test {

/// What the peer does when its turn comes.
struct SmtpAnswer {
    enum class Act {
        Reply,   ///< send `text`, which ends in CRLF
        Drop,    ///< close the connection without a word
        Silent,  ///< say nothing and wait for the client to go
        Stall,   ///< neither speak nor read until the peer ends
    };
    Act act = Act::Reply;
    std::string text;
    std::chrono::milliseconds delay{0};
};

/// Answers by step: "connect", "EHLO", "MAIL", "RCPT", "DATA", "body" (its first bytes are there;
/// never replied to), "." (the last dot), "QUIT" or any other verb; "RCPT a@example.vn" comes
/// before "RCPT". What is not named is answered well.
using SmtpScript = std::map<std::string, SmtpAnswer>;

/// One connection as the peer saw it.
struct SmtpSession {
    std::vector<std::string> commands;  ///< without line ends; a bare LF inside one is kept
    std::string data;                   ///< between DATA and the last dot, stuffed dots and all
    bool accepted = false;              ///< the answer to the last dot was 2xx
};

class SmtpPeer {
  public:
    explicit SmtpPeer(SmtpScript script);
    ~SmtpPeer();
    SmtpPeer(const SmtpPeer&) = delete;
    SmtpPeer& operator=(const SmtpPeer&) = delete;

    [[nodiscard]] int port() const { return port_; }

    /// The connections that are over, oldest first; waits up to 5 s for `count` of them.
    [[nodiscard]] std::vector<SmtpSession> sessions(std::size_t count) const;

    /// Waits up to 5 s until a client has sent `verb` ("." for the last dot); false if none did.
    [[nodiscard]] bool has_seen(const std::string& verb) const;

  private:
    enum class Turn { GoOn, Over };

    void serve(const std::stop_token& stop);
    void converse(int connection);
    Turn answer(int connection, const std::string& step, const std::string& usual);
    Turn take_data(int connection, SmtpSession& session);
    Turn obey(int connection, const std::string& command, SmtpSession& session);
    bool fill(int connection);
    void note(const std::string& verb);

    SmtpScript script_;
    int listener_ = -1;
    int wake_ = -1;  ///< an eventfd: readable once the peer is to end
    int port_ = 0;
    std::string unread_;
    mutable std::mutex mutex_;
    std::vector<SmtpSession> sessions_;
    std::vector<std::string> seen_;
    std::jthread thread_;
};

}  // namespace thidua::test
