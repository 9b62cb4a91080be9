// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/smtp_peer.hpp"

#include "core/result.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

namespace thidua::test {
namespace {

constexpr std::chrono::seconds patience{5};
constexpr std::string_view last_dot = "\r\n.\r\n";

// True once `descriptor` is readable; false if the peer is to end first.
bool wait_for(int descriptor, int wake) {
    std::array<pollfd, 2> both = {{{descriptor, POLLIN, 0}, {wake, POLLIN, 0}}};
    return ::poll(both.data(), both.size(), -1) > 0 && (both[1].revents & POLLIN) == 0;
}

void say(int connection, std::string_view text) {
    while (!text.empty()) {
        const ssize_t sent = ::send(connection, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return;
        }
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool within_patience(const std::function<bool()>& holds) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

}  // namespace

SmtpPeer::SmtpPeer(SmtpScript script) : script_(std::move(script)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    wake_ = ::eventfd(0, EFD_CLOEXEC);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    check(::bind(listener_, plain, size) == 0, "the SMTP peer binds to loopback");
    check(::listen(listener_, 16) == 0, "the SMTP peer listens");
    check(::getsockname(listener_, plain, &size) == 0, "the SMTP peer knows its port");
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
}

SmtpPeer::~SmtpPeer() {
    thread_.request_stop();
    (void)::eventfd_write(wake_, 1);
    thread_.join();
    (void)::close(listener_);
    (void)::close(wake_);
}

std::vector<SmtpSession> SmtpPeer::sessions(std::size_t count) const {
    (void)within_patience([this, count] {
        const std::lock_guard lock(mutex_);
        return sessions_.size() >= count;
    });
    const std::lock_guard lock(mutex_);
    return sessions_;
}

bool SmtpPeer::has_seen(const std::string& verb) const {
    return within_patience([this, &verb] {
        const std::lock_guard lock(mutex_);
        return std::ranges::find(seen_, verb) != seen_.end();
    });
}

void SmtpPeer::serve(const std::stop_token& stop) {
    while (!stop.stop_requested() && wait_for(listener_, wake_)) {
        const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection >= 0) {
            converse(connection);
            (void)::close(connection);
        }
    }
}

void SmtpPeer::converse(int connection) {
    SmtpSession session;
    unread_.clear();
    Turn turn = answer(connection, "connect", "220 peer.example.vn ESMTP\r\n");
    while (turn == Turn::GoOn) {
        const std::size_t end = unread_.find("\r\n");
        if (end == std::string::npos) {
            turn = fill(connection) ? Turn::GoOn : Turn::Over;
            continue;
        }
        const std::string command = unread_.substr(0, end);
        unread_.erase(0, end + 2);
        session.commands.push_back(command);
        turn = obey(connection, command, session);
    }
    const std::lock_guard lock(mutex_);
    sessions_.push_back(std::move(session));
}

SmtpPeer::Turn SmtpPeer::obey(int connection, const std::string& command, SmtpSession& session) {
    const std::string verb = command.substr(0, command.find(' '));
    note(verb);
    if (verb == "EHLO") {
        return answer(connection, verb, "250-peer.example.vn\r\n250 SIZE 10000000\r\n");
    }
    if (verb == "RCPT") {
        const std::size_t open = command.find('<');
        const std::string address = command.substr(open + 1, command.find('>') - open - 1);
        const std::string step = script_.contains("RCPT " + address) ? "RCPT " + address : verb;
        return answer(connection, step, "250 2.1.5 Ok\r\n");
    }
    if (verb == "DATA") {
        const Turn turn = answer(connection, verb, "354 go ahead\r\n");
        const auto scripted = script_.find(verb);
        const bool goes_on = scripted == script_.end() || scripted->second.text.starts_with("354");
        return turn == Turn::GoOn && goes_on ? take_data(connection, session) : turn;
    }
    if (verb == "QUIT") {
        (void)answer(connection, verb, "221 2.0.0 Bye\r\n");
        return Turn::Over;
    }
    return answer(connection, verb, "250 2.0.0 Ok\r\n");
}

SmtpPeer::Turn SmtpPeer::take_data(int connection, SmtpSession& session) {
    unread_.insert(0, "\r\n");  // so that an empty message's dot is found as well
    std::size_t from = 0;       // where the dot may still begin
    while (unread_.find(last_dot, from) == std::string::npos) {
        from = unread_.size() < last_dot.size() ? 0 : unread_.size() - last_dot.size();
        if (!fill(connection)) {
            return Turn::Over;
        }
        note("body");
        if (script_.contains("body")) {
            return answer(connection, "body", "");
        }
    }
    const std::size_t end = unread_.find(last_dot, from);
    session.data = unread_.substr(2, end);  // with the CRLF before the dot
    unread_.erase(0, end + last_dot.size());
    note(".");
    const auto scripted = script_.find(".");
    session.accepted = scripted == script_.end() || scripted->second.text.starts_with('2');
    return answer(connection, ".", "250 2.0.0 Ok: queued as 4XY\r\n");
}

SmtpPeer::Turn SmtpPeer::answer(int connection, const std::string& step, const std::string& usual) {
    const auto scripted = script_.find(step);
    if (scripted == script_.end()) {
        say(connection, usual);
        return Turn::GoOn;
    }
    const SmtpAnswer& answer = scripted->second;
    if (answer.delay.count() > 0) {
        pollfd wake = {wake_, POLLIN, 0};
        (void)::poll(&wake, 1, static_cast<int>(answer.delay.count()));
    }
    switch (answer.act) {
        case SmtpAnswer::Act::Reply:
            say(connection, answer.text);
            return Turn::GoOn;
        case SmtpAnswer::Act::Drop:
            return Turn::Over;
        case SmtpAnswer::Act::Silent:
            while (fill(connection)) {
            }
            return Turn::Over;
        case SmtpAnswer::Act::Stall: {
            pollfd wake = {wake_, POLLIN, 0};
            (void)::poll(&wake, 1, -1);
            return Turn::Over;
        }
    }
    return Turn::Over;
}

bool SmtpPeer::fill(int connection) {
    if (!wait_for(connection, wake_)) {
        return false;
    }
    std::array<char, 65'536> bytes{};
    const ssize_t got = ::recv(connection, bytes.data(), bytes.size(), 0);
    if (got <= 0) {
        return false;
    }
    unread_.append(bytes.data(), static_cast<std::size_t>(got));
    return true;
}

void SmtpPeer::note(const std::string& verb) {
    const std::lock_guard lock(mutex_);
    seen_.push_back(verb);
}

}  // namespace thidua::test
