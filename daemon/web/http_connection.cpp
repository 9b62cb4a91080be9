// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/http_connection.hpp"

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <cstdint>

namespace thidua::daemon::web {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

/// Whatever a page holds, a browser runs nothing, fetches nothing from elsewhere, and shows it in
/// nobody's frame.
constexpr std::pair<const char*, const char*> protecting_headers[] = {
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
     "frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
};

std::string text_of(beast::string_view text) {
    return {text.data(), text.size()};
}

/// What a request says, for those who answer it.
Request read_request(const http::request<http::empty_body>& message, std::string peer) {
    const std::string target = text_of(message.target());
    return {
        .method = text_of(message.method_string()),
        .path = target.substr(0, target.find('?')),
        .host = text_of(message[http::field::host]),
        .authorization = text_of(message[http::field::authorization]),
        .accept_language = text_of(message[http::field::accept_language]),
        .origin = text_of(message[http::field::origin]),
        .fetch_site = text_of(message["Sec-Fetch-Site"]),
        .peer = std::move(peer)};
}

}  // namespace

void Connection::read() {
    enter(Phase::Reading);
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(server_.limits.header_bytes));
    // One limit for the whole: a byte now and then does not prolong it.
    stream_.expires_after(server_.limits.header_time);
    http::async_read_header(
        stream_,
        buffer_,
        *parser_,
        [self = shared_from_this()](const error_code& code, std::size_t) {
            if (self->phase_ == Phase::Closed) {
                return;
            }
            if (code == http::error::header_limit || code == http::error::buffer_overflow) {
                self->refuse(431, "the request's header is too large");
            } else if (code.category() == make_error_code(http::error::bad_value).category() && code != http::error::end_of_stream && code != http::error::partial_message) {
                self->refuse(400, "this is no HTTP request");
            } else if (code) {
                self->close();
            } else {
                self->take_request();
            }
        }
    );
}

void Connection::refuse(int status, const char* sentence) {
    ++server_.counters.refused;
    stays_ = false;
    is_head_ = false;
    respond(say(status, sentence));
}

void Connection::take_request() {
    ++server_.counters.requests;
    const auto& message = parser_->get();
    if (parser_->chunked() || parser_->content_length().value_or(0) > 0) {
        refuse(413, "a request has no body here");
        return;
    }
    is_head_ = message.method() == http::verb::head;
    version_ = message.version();
    stays_ = message.keep_alive();
    Request request = read_request(message, peer_);
    enter(Phase::Waiting);
    stream_.expires_never();
    auto [response, is_old] = server_.handlers.at_once(request);
    const bool is_answered = response.has_value();
    if (is_answered) {
        respond(*std::move(response));
    }
    if (!is_answered || is_old) {
        server_.answer_later(is_answered ? nullptr : shared_from_this(), std::move(request));
    }
}

void Connection::respond(Response response) {
    if (phase_ == Phase::Closed) {
        return;
    }
    if (server_.bytes_under_way + weight(*response.body) > server_.limits.bytes_under_way) {
        ++server_.counters.refused;
        response = say(503, "too much is being sent just now; try again in a minute");
    }
    body_ = std::move(response.body);
    server_.bytes_under_way += weight(*body_);
    response_.emplace();
    auto& message = *response_;
    message.result(static_cast<unsigned>(response.status));
    message.version(version_);
    message.set(http::field::content_type, response.content_type);
    message.set(http::field::cache_control, "no-store");
    for (const auto& [name, value] : protecting_headers) {
        message.set(name, value);
    }
    for (const auto& [name, value] : response.headers) {
        message.set(name, value);
    }
    message.keep_alive(stays_);
    message.content_length(body_->size());
    message.body() = beast::span<char const>(body_->data(), body_->size());
    write();
}

void Connection::write() {
    enter(Phase::Writing);
    stream_.expires_after(server_.limits.response_time);
    serializer_.emplace(*response_);
    auto done = [self = shared_from_this()](const error_code& code, std::size_t) {
        self->wrote(code);
    };
    if (is_head_) {
        http::async_write_header(stream_, *serializer_, std::move(done));
    } else {
        http::async_write(stream_, *serializer_, std::move(done));
    }
}

void Connection::wrote(const error_code& code) {
    if (phase_ == Phase::Closed) {
        return;
    }
    server_.bytes_under_way -= weight(*body_);
    serializer_.reset();
    response_.reset();
    body_.reset();
    if (code || !stays_) {
        close();
    } else {
        read();
    }
}

void Connection::close() {
    if (phase_ == Phase::Closed) {
        return;
    }
    if (phase_ == Phase::Writing && body_) {
        server_.bytes_under_way -= weight(*body_);
    }
    phase_ = Phase::Closed;
    error_code ignored;
    (void)stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.close();
    server_.connections.remove(shared_from_this());
    server_.counters.connections = server_.connections.size();
}

}  // namespace thidua::daemon::web
