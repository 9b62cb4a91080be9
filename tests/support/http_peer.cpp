// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

namespace thidua::test {
namespace {

struct Listener {
    int socket = -1;
    int port = 0;
};

Listener listen_on_loopback() {
    Listener listener;
    listener.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr base{};
    std::memcpy(&base, &address, sizeof base);
    socklen_t length = sizeof base;
    if (::bind(listener.socket, &base, length) != 0 || ::listen(listener.socket, 128) != 0 ||
        ::getsockname(listener.socket, &base, &length) != 0) {
        throw std::runtime_error("http peer: cannot listen");
    }
    std::memcpy(&address, &base, sizeof address);
    listener.port = ntohs(address.sin_port);
    return listener;
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return text;
}

std::string decoded(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        unsigned byte = 0;
        if (text[at] == '%' && at + 2 < text.size() &&
            std::from_chars(text.data() + at + 1, text.data() + at + 3, byte, 16).ec ==
                std::errc{}) {
            result += static_cast<char>(byte);
            at += 2;
        } else {
            result += text[at];
        }
    }
    return result;
}

std::string_view cut(std::string_view& text, std::string_view mark) {
    const std::size_t length = std::min(text.find(mark), text.size());
    const std::string_view part = text.substr(0, length);
    text.remove_prefix(std::min(length + mark.size(), text.size()));
    return part;
}

PeerRequest parse_head(std::string_view head) {
    PeerRequest request;
    std::string_view first = cut(head, "\r\n");
    request.method = cut(first, " ");
    request.target = cut(first, " ");
    std::string_view query = request.target;
    request.path = cut(query, "?");
    while (!query.empty()) {
        std::string_view value = cut(query, "&");
        const std::string name = decoded(cut(value, "="));
        request.query[name] = decoded(value);
    }
    while (!head.empty()) {
        std::string_view value = cut(head, "\r\n");
        const std::string name = lower(std::string(cut(value, ":")));
        value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
        request.headers[name] = value;
    }
    return request;
}

/// Reads one request; nothing once the client has gone.
std::optional<PeerRequest> read_request(int socket, std::string& buffer) {
    const auto read_more = [&] {
        char bytes[16'384];
        const ssize_t got = ::recv(socket, bytes, sizeof bytes, 0);
        if (got > 0) {
            buffer.append(bytes, static_cast<std::size_t>(got));
        }
        return got > 0;
    };
    std::size_t end = 0;
    while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
        if (!read_more()) {
            return std::nullopt;
        }
    }
    PeerRequest request = parse_head(std::string_view(buffer).substr(0, end + 2));
    std::size_t length = 0;
    if (const auto found = request.headers.find("content-length"); found != request.headers.end()) {
        length = std::stoul(found->second);
    }
    while (buffer.size() < end + 4 + length) {
        if (!read_more()) {
            return std::nullopt;
        }
    }
    request.body = buffer.substr(end + 4, length);
    buffer.erase(0, end + 4 + length);
    return request;
}

bool write_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// Sends the body byte by byte until the client has had enough of it.
void drip(int socket, const PeerReply& reply) {
    for (const char& byte : reply.body) {
        std::this_thread::sleep_for(reply.drip);
        if (!write_all(socket, {&byte, 1})) {
            return;
        }
    }
}

/// Sends the reply. False if the connection is at its end.
bool send_reply(int socket, const PeerReply& reply) {
    if (reply.manner == PeerReply::Manner::Raw) {
        (void)write_all(socket, reply.body);
        return false;
    }
    std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " Said\r\n";
    if (!reply.content_type.empty()) {
        text += "Content-Type: " + reply.content_type + "\r\n";
    }
    for (const std::string& line : reply.headers) {
        text += line + "\r\n";
    }
    if (reply.manner == PeerReply::Manner::Unmeasured) {
        text += "Connection: close\r\n";
    } else {
        text += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
    }
    text += "\r\n";
    if (reply.manner == PeerReply::Manner::Dripping) {
        if (write_all(socket, text)) {
            drip(socket, reply);
        }
        return false;
    }
    const bool is_cut = reply.manner == PeerReply::Manner::CutShort;
    text += is_cut ? reply.body.substr(0, reply.body.size() / 2) : reply.body;
    return write_all(socket, text) && reply.manner == PeerReply::Manner::Whole;
}

}  // namespace

struct HttpPeer::State {
    Answer answer;
    Listener listener;
    mutable std::mutex mutex;
    mutable std::condition_variable came;
    std::mutex answering;
    std::vector<PeerRequest> requests;
    std::vector<int> sockets;
    std::vector<std::thread> threads;
    int connections = 0;
    int at_once = 0;
    int most_at_once = 0;
    bool is_over = false;
    std::thread acceptor;

    void accept_all() {
        while (true) {
            const int socket = ::accept4(listener.socket, nullptr, nullptr, SOCK_CLOEXEC);
            const std::scoped_lock lock(mutex);
            if (socket < 0 || is_over) {
                if (socket >= 0) {
                    ::close(socket);
                }
                return;
            }
            const int on = 1;
            (void)::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            ++connections;
            sockets.push_back(socket);
            threads.emplace_back([this, socket] { serve(socket); });
        }
    }

    void serve(int socket) {
        std::string buffer;
        while (auto request = read_request(socket, buffer)) {
            {
                const std::scoped_lock lock(mutex);
                requests.push_back(*request);
                most_at_once = std::max(most_at_once, ++at_once);
            }
            came.notify_all();
            PeerReply reply;
            {
                const std::scoped_lock lock(answering);
                reply = answer(*request);
            }
            if (reply.manner == PeerReply::Manner::Silent) {
                (void)read_request(socket, buffer);  // returns once the client has gone
            }
            {
                const std::scoped_lock lock(mutex);
                --at_once;
            }
            if (reply.manner == PeerReply::Manner::Silent || !send_reply(socket, reply)) {
                break;
            }
        }
        (void)::shutdown(socket, SHUT_RDWR);
    }
};

HttpPeer::HttpPeer(Answer answer) : state_(std::make_unique<State>()) {
    state_->answer = std::move(answer);
    state_->listener = listen_on_loopback();
    state_->acceptor = std::thread([state = state_.get()] { state->accept_all(); });
}

HttpPeer::~HttpPeer() {
    {
        const std::scoped_lock lock(state_->mutex);
        state_->is_over = true;
        for (const int socket : state_->sockets) {
            (void)::shutdown(socket, SHUT_RDWR);
        }
    }
    (void)::shutdown(state_->listener.socket, SHUT_RDWR);
    state_->acceptor.join();
    for (std::thread& thread : state_->threads) {
        thread.join();
    }
    for (const int socket : state_->sockets) {
        ::close(socket);
    }
    ::close(state_->listener.socket);
}

std::string HttpPeer::url() const {
    return "http://127.0.0.1:" + std::to_string(state_->listener.port);
}

std::vector<PeerRequest> HttpPeer::requests() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->requests;
}

int HttpPeer::connections() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->connections;
}

int HttpPeer::most_at_once() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->most_at_once;
}

bool HttpPeer::wait_for(std::size_t count) const {
    std::unique_lock lock(state_->mutex);
    return state_->came.wait_for(lock, std::chrono::seconds(10), [&] {
        return state_->requests.size() >= count;
    });
}

HttpPeer::Answer script(std::vector<PeerReply> replies) {
    return [replies = std::move(replies), next = std::size_t{0}](const PeerRequest&) mutable {
        return replies.at(std::min(next++, replies.size() - 1));
    };
}

PeerReply json(std::string body) {
    PeerReply reply;
    reply.body = std::move(body);
    return reply;
}

PeerReply status(int number, std::vector<std::string> headers) {
    PeerReply reply;
    reply.status = number;
    reply.body = "{}";
    reply.headers = std::move(headers);
    return reply;
}

std::string refused_url() {
    const Listener listener = listen_on_loopback();
    ::close(listener.socket);
    return "http://127.0.0.1:" + std::to_string(listener.port);
}

}  // namespace thidua::test
