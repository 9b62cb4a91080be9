// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/http_server.hpp"

#include "daemon/web/http_connection.hpp"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace thidua::daemon::web {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// While the kernel gives no more descriptors, accepting is tried again so often.
constexpr std::chrono::milliseconds accept_again_after{50};

}  // namespace

void HttpServer::State::accept() {
    acceptor.async_accept([this](const error_code& code, tcp::socket socket) {
        if (code == asio::error::operation_aborted) {
            return;
        }
        if (!code) {
            take(std::move(socket));
            accept();
            return;
        }
        // Out of descriptors, as a rule: the connections that wait have a deadline.
        pause.expires_after(accept_again_after);
        pause.async_wait([this](const error_code& stopped) {
            if (!stopped) {
                accept();
            }
        });
    });
}

void HttpServer::State::take(tcp::socket socket) {
    error_code code;
    const auto peer = socket.remote_endpoint(code);
    if (code) {
        return;  // it has gone already
    }
    const std::string address = peer.address().to_string();
    make_room(address);
    auto connection = std::make_shared<Connection>(*this, std::move(socket), address);
    connections.push_back(connection);
    counters.connections = connections.size();
    connection->read();
}

/// Ends the connection that has waited longest for nothing of ours: of the same address if it has
/// too many, of all if there are too many. Where all are being served, the longest of those.
void HttpServer::State::make_room(const std::string& peer) {
    const auto is_of_peer = [&](const ConnectionPointer& one) { return one->peer() == peer; };
    const auto of_peer = std::ranges::count_if(connections, is_of_peer);
    const bool has_too_many = static_cast<std::size_t>(of_peer) >= limits.connections_of_one;
    if (!has_too_many && connections.size() < limits.connections) {
        return;
    }
    ConnectionPointer last;
    const auto is_further = [](const Connection& one, const Connection& other) {
        const bool waits = one.phase() == Connection::Phase::Reading;
        const bool other_waits = other.phase() == Connection::Phase::Reading;
        return waits != other_waits ? waits : one.since() < other.since();
    };
    for (const ConnectionPointer& one : connections) {
        if ((!has_too_many || is_of_peer(one)) && (!last || is_further(*one, *last))) {
            last = one;
        }
    }
    ++counters.evicted;
    last->close();
}

Response HttpServer::State::ask_later(const Request& request) const {
    try {
        return handlers.later(request);
    } catch (const std::exception& error) {
        return say(500, fmt::format("a mistake of this program: {}", error.what()));
    }
}

/// Without a connection the answer is only made, for whoever comes next.
void HttpServer::State::answer_later(ConnectionPointer connection, Request request) {
    if (waiting >= limits.waiting) {
        if (connection) {
            ++counters.refused;
            Response busy = say(503, "too many ask at once; try again in a few seconds");
            busy.headers.emplace_back("Retry-After", "5");
            connection->respond(std::move(busy));
        }
        return;
    }
    ++waiting;
    asio::post(pages, [this, connection = std::move(connection), request = std::move(request)] {
        Response response = ask_later(request);
        // The connection goes back to the loop's thread, whose it is.
        asio::post(loop, [this, connection, response = std::move(response)]() mutable {
            --waiting;
            if (connection) {
                connection->respond(std::move(response));
            }
        });
    });
}

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

HttpServer::~HttpServer() {
    // First nobody asks any more, then what was asked for is finished, and nobody is left to hear.
    state_->loop.stop();
    state_->thread.join();
    state_->pages.stop();
    state_->pages.join();
}

Result<std::unique_ptr<HttpServer>> HttpServer::open(
    const std::string& address,
    int port,
    Handlers handlers,
    Counters& counters,
    const Limits& limits
) {
    auto state = std::make_unique<State>(std::move(handlers), counters, limits);
    error_code code;
    const auto number = asio::ip::make_address(address, code);
    const tcp::endpoint endpoint(number, static_cast<std::uint16_t>(port));
    tcp::acceptor& acceptor = state->acceptor;
    const auto step = [&](auto&& what) {
        if (!code) {
            what();
        }
    };
    step([&] { (void)acceptor.open(endpoint.protocol(), code); });
    step([&] { (void)acceptor.set_option(tcp::acceptor::reuse_address(true), code); });
    step([&] { (void)acceptor.bind(endpoint, code); });
    // As many as the kernel takes: who has to knock twice waits for a second.
    step([&] { (void)acceptor.listen(tcp::acceptor::max_listen_connections, code); });
    if (code) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "web.listen: cannot listen on {} port {}: {}", address, port, code.message()
            )
        );
    }
    state->accept();
    State& running = *state;
    state->thread = std::jthread([&running] { (void)running.loop.run(); });
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

int HttpServer::port() const {
    error_code code;
    return state_->acceptor.local_endpoint(code).port();
}

}  // namespace thidua::daemon::web
