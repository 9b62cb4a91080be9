// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// One visitor, and the server it belongs to. This header brings Beast, which takes long to compile:
// for http_server.cpp and http_connection.cpp alone.
#pragma once

#include "daemon/web/http_server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/span_body.hpp>

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace thidua::daemon::web {

class Connection;
using ConnectionPointer = std::shared_ptr<Connection>;

struct HttpServer::State {
    State(Handlers to_ask, Counters& to_count, const Limits& to_keep)
        : handlers(std::move(to_ask)),
          counters(to_count),
          limits(to_keep),
          acceptor(loop),
          pause(loop) {}

    void accept();
    void take(boost::asio::ip::tcp::socket socket);
    void make_room(const std::string& peer);
    void answer_later(ConnectionPointer connection, Request request);
    [[nodiscard]] Response ask_later(const Request& request) const;

    Handlers handlers;
    Counters& counters;
    Limits limits;
    boost::asio::io_context loop{1};
    boost::asio::ip::tcp::acceptor acceptor;
    boost::asio::steady_timer pause;
    std::list<ConnectionPointer> connections;  // the oldest first
    std::size_t waiting = 0;
    std::size_t bytes_under_way = 0;
    boost::asio::thread_pool pages{1};
    std::jthread thread;
};

/// One visitor. Everything happens on the loop's thread.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    enum class Phase {
        Reading,  ///< nothing, or a part of a request, has come
        Waiting,  ///< for the answer
        Writing,
        Closed,
    };

    Connection(HttpServer::State& server, boost::asio::ip::tcp::socket socket, std::string peer)
        : server_(server), stream_(std::move(socket)), peer_(std::move(peer)) {
        boost::system::error_code ignored;
        (void)stream_.socket().set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() = default;

    [[nodiscard]] const std::string& peer() const { return peer_; }
    [[nodiscard]] Phase phase() const { return phase_; }
    [[nodiscard]] std::chrono::steady_clock::time_point since() const { return since_; }

    void read();
    void respond(Response response);
    void close();

  private:
    void enter(Phase phase) {
        phase_ = phase;
        since_ = std::chrono::steady_clock::now();
    }
    /// Bytes of the body that count against the limit of all.
    [[nodiscard]] std::size_t weight(const std::string& body) const {
        return body.size() > server_.limits.large_body ? body.size() : 0;
    }
    void take_request();
    void refuse(int status, const char* sentence);
    void write();
    void wrote(const boost::system::error_code& code);

    HttpServer::State& server_;
    boost::beast::tcp_stream stream_;
    std::string peer_;
    Phase phase_ = Phase::Reading;
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
    boost::beast::flat_buffer buffer_{2 * server_.limits.header_bytes};
    std::optional<boost::beast::http::request_parser<boost::beast::http::empty_body>> parser_;
    unsigned version_ = 11;
    bool is_head_ = false;
    bool stays_ = false;
    std::shared_ptr<const std::string> body_;
    std::optional<boost::beast::http::response<boost::beast::http::span_body<char const>>>
        response_;
    std::optional<
        boost::beast::http::response_serializer<boost::beast::http::span_body<char const>>>
        serializer_;
};

}  // namespace thidua::daemon::web
