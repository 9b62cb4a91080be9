// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "server.hpp"

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace thidua::sandbox {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr std::size_t body_bytes_max = std::size_t{1} << 20U;
constexpr std::size_t buffer_bytes_max = std::size_t{1} << 21U;

using Message = http::request<http::string_body>;

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

Request request_of(const Message& message) {
    const std::string_view target = view(message.target());
    const std::size_t mark = target.find('?');
    Request request;
    request.method = message.method() == http::verb::get    ? Method::Get
                     : message.method() == http::verb::post ? Method::Post
                                                            : Method::Other;
    request.path = target.substr(0, mark);
    request.query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    request.authorization = view(message[http::field::authorization]);
    request.group_id = view(message["groupId"]);
    request.body = message.body();
    return request;
}

enum class After : std::uint8_t { KeepAlive, Close };

std::string head_of(const Reply& reply, After after) {
    std::string head = "HTTP/1.1 " + std::to_string(reply.status) + ' ';
    head += view(http::obsolete_reason(static_cast<http::status>(reply.status)));
    head += "\r\nServer: thidua-sandbox\r\nContent-Type: " + reply.content_type;
    if (reply.retry_after_seconds) {
        head += "\r\nRetry-After: " + std::to_string(*reply.retry_after_seconds);
    }
    head += "\r\nContent-Length: " + std::to_string(reply.body.size());
    head += after == After::Close ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n";
    return head;
}

/// One connection. It lives as long as a handler of its own is pending: each holds one share, and
/// nobody else does.
///
/// Handlers instead of coroutines: g++ 12 warns falsely of a mismatched delete in asio's awaitable
/// frames as soon as it inlines one under the address sanitizer.
class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(tcp::socket socket, Service& service)
        : socket_{std::move(socket)}, service_{service}, timer_{socket_.get_executor()} {}

    void read() {
        parser_.emplace();
        parser_->body_limit(body_bytes_max);
        http::async_read(
            socket_,
            buffer_,
            *parser_,
            [self = shared_from_this()](beast::error_code error, std::size_t) {
                if (!error) {
                    self->answer();
                }
            }
        );
    }

  private:
    void answer() {
        const Message& message = parser_->get();
        reply_ = service_.answer(request_of(message));
        after_ = message.keep_alive() ? After::KeepAlive : After::Close;
        head_ = head_of(reply_, after_);
        switch (reply_.transfer) {
            case Transfer::Whole:
                write(reply_.body.size());
                return;
            case Transfer::CutBody:  // the head has said otherwise
                after_ = After::Close;
                write(reply_.body.size() / 2);
                return;
            case Transfer::Slow:
                write_slowly();
                return;
            case Transfer::Hang:
                hang();
                return;
        }
    }

    void write(std::size_t body_bytes) {
        const std::array<asio::const_buffer, 2> buffers = {
            asio::buffer(head_), asio::const_buffer{reply_.body.data(), body_bytes}};
        asio::async_write(
            socket_,
            buffers,
            [self = shared_from_this()](beast::error_code error, std::size_t) {
                self->wrote(error);
            }
        );
    }

    void write_slowly() {
        timer_.expires_after(reply_.delay);
        timer_.async_wait([self = shared_from_this()](beast::error_code error) {
            if (!error) {
                self->write(self->reply_.body.size());
            }
        });
    }

    void wrote(beast::error_code error) {
        if (!error && after_ == After::KeepAlive) {
            read();
            return;
        }
        beast::error_code ignored;  // the other side may have gone first
        std::ignore = socket_.shutdown(tcp::socket::shutdown_both, ignored);
    }

    /// Reads until the other side gives up; nothing is ever answered.
    void hang() {
        socket_.async_read_some(
            asio::buffer(ignored_),
            [self = shared_from_this()](beast::error_code error, std::size_t) {
                if (!error) {
                    self->hang();
                }
            }
        );
    }

    tcp::socket socket_;
    Service& service_;
    asio::steady_timer timer_;
    beast::flat_buffer buffer_{buffer_bytes_max};
    // Made anew for every message; Beast's parsers cannot be used twice.
    std::optional<http::request_parser<http::string_body>> parser_;
    Reply reply_;
    std::string head_;
    After after_ = After::KeepAlive;
    std::array<char, 1024> ignored_{};
};

void accept_next(tcp::acceptor& acceptor, Service& service) {
    acceptor.async_accept([&acceptor, &service](beast::error_code error, tcp::socket socket) {
        if (!error) {
            beast::error_code ignored;
            std::ignore = socket.set_option(tcp::no_delay{true}, ignored);
            std::make_shared<Session>(std::move(socket), service)->read();
        }
        if (error != asio::error::operation_aborted) {
            accept_next(acceptor, service);
        }
    });
}

void write_port(const std::string& path, std::uint16_t port) {
    const std::string temporary = path + ".tmp";
    std::ofstream file{temporary};
    file << port << '\n' << std::flush;
    if (!file) {
        throw std::runtime_error("cannot write " + temporary);
    }
    file.close();
    std::filesystem::rename(temporary, path);
}

}  // namespace

void serve(Service& service, const Endpoint& endpoint) {
    asio::io_context context{1};
    tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), endpoint.port}};
    const std::uint16_t port = acceptor.local_endpoint().port();
    asio::signal_set signals{context, SIGINT, SIGTERM};
    signals.async_wait([&context](beast::error_code, int) { context.stop(); });
    accept_next(acceptor, service);
    if (endpoint.port_file) {
        write_port(*endpoint.port_file, port);
    }
    std::fprintf(stderr, "thidua-sandbox: http://127.0.0.1:%u\n", unsigned{port});
    context.run();
}

}  // namespace thidua::sandbox
