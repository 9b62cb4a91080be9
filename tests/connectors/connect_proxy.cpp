// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/connectors/connect_proxy.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace thidua::test {
namespace {

/// An address of 127.0.0.1 as the calls want it.
struct Loopback {
    sockaddr base{};
    socklen_t length = sizeof base;

    explicit Loopback(int port = 0) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        std::memcpy(&base, &address, sizeof base);
    }

    [[nodiscard]] int port() const {
        sockaddr_in address{};
        std::memcpy(&address, &base, sizeof address);
        return ntohs(address.sin_port);
    }
};

/// A descriptor that is closed with it.
class Socket {
  public:
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket() { ::close(descriptor_); }
    [[nodiscard]] int get() const { return descriptor_; }

  private:
    int descriptor_;
};

int new_socket() {
    return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

/// One read of `from`, written to `to`. False at the end.
bool pass_on(int from, int to) {
    std::array<char, 16'384> bytes{};
    const ssize_t got = ::recv(from, bytes.data(), bytes.size(), 0);
    return got > 0 && ::send(to, bytes.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
}

/// Passes on what both say until one of them has nothing more to say.
void join(int client, int server) {
    std::array<pollfd, 2> both{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
    bool goes_on = true;
    while (goes_on && ::poll(both.data(), both.size(), -1) > 0) {
        goes_on = (both[0].revents == 0 || pass_on(client, server)) &&
                  (both[1].revents == 0 || pass_on(server, client));
    }
}

/// Up to the empty line; what a client says after it waits for the answer.
std::string read_head(int client) {
    std::string head;
    char byte = 0;
    while (!head.ends_with("\r\n\r\n") && ::recv(client, &byte, 1, 0) == 1) {
        head += byte;
    }
    return head;
}

}  // namespace

struct ConnectProxy::State {
    int status = 200;
    Socket listener{new_socket()};
    int port = 0;
    mutable std::mutex mutex;
    std::vector<std::string> heads;
    std::vector<int> clients;  // being served
    bool is_over = false;
    std::vector<std::jthread> threads;
    std::jthread acceptor;

    void accept_all() {
        while (true) {
            const int client = ::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC);
            const std::scoped_lock lock(mutex);
            if (client < 0 || is_over) {
                ::close(client);
                return;
            }
            clients.push_back(client);
            threads.emplace_back([this, client] { serve(client); });
        }
    }

    void serve(int client) {
        const std::string head = read_head(client);
        {
            const std::scoped_lock lock(mutex);
            heads.push_back(head);
        }
        const std::string answer = fmt::format("HTTP/1.1 {} Said\r\n\r\n", status);
        const Socket server(new_socket());
        const Loopback target(std::atoi(head.substr(head.find(':') + 1, 5).c_str()));
        const bool is_joined =
            status == 200 && ::connect(server.get(), &target.base, target.length) == 0;
        (void)::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
        if (is_joined) {
            join(client, server.get());
        }
        const std::scoped_lock lock(mutex);
        std::erase(clients, client);
        ::close(client);
    }
};

ConnectProxy::ConnectProxy(int status) : state_(std::make_unique<State>()) {
    state_->status = status;
    Loopback address;
    const int listener = state_->listener.get();
    if (::bind(listener, &address.base, address.length) != 0 || ::listen(listener, 16) != 0 ||
        ::getsockname(listener, &address.base, &address.length) != 0) {
        throw std::runtime_error("connect proxy: cannot listen");
    }
    state_->port = address.port();
    state_->acceptor = std::jthread([state = state_.get()] { state->accept_all(); });
}

ConnectProxy::~ConnectProxy() {
    {
        const std::scoped_lock lock(state_->mutex);
        state_->is_over = true;
        for (const int client : state_->clients) {
            (void)::shutdown(client, SHUT_RDWR);
        }
    }
    (void)::shutdown(state_->listener.get(), SHUT_RDWR);
    state_->acceptor.join();
    state_->threads.clear();
}

std::string ConnectProxy::url() const {
    return fmt::format("http://127.0.0.1:{}", state_->port);
}

std::vector<std::string> ConnectProxy::heads() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->heads;
}

}  // namespace thidua::test
