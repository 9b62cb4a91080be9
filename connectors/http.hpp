// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// HTTP as far as a source needs it: one attempt each, many at once, limits on everything that the
// other side can make grow. Retrying is somebody else's decision.
#pragma once

#include "core/result.hpp"
#include "core/source.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace thidua::connectors {

struct HttpRequest {
    std::string method = "GET";
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

/// What came back, whatever the status says.
struct HttpAnswer {
    int status = 0;
    std::string content_type;
    std::string retry_after;           ///< a line each
    std::string date;                  ///< the Date header
    std::string link;                  ///< the Link header
    std::vector<std::string> cookies;  ///< "name=value" of each Set-Cookie
    std::string body;                  ///< decoded; with room behind for a parser's padding
};

struct HttpLimits {
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds timeout{60'000};       ///< for one attempt as a whole
    std::int64_t body_bytes_max = 32 * 1024 * 1024;  ///< decoded
    Tls tls{};
    std::string proxy{};  ///< empty: none
};

/// HTTP/1.1 with kept connections: no redirects, no proxy but a declared one, no netrc, no kept
/// cookies, gzip at most once, certificates checked, and no connection to an address of this
/// machine or its network unless the URL names it. Used by one thread.
class HttpClient {
  public:
    explicit HttpClient(HttpLimits limits);
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;
    ~HttpClient();

    enum class Proceed { GoOn, Stop };
    using Take = std::function<Proceed(std::size_t index, Result<HttpAnswer> answer)>;

    /// Makes all requests, at most `in_flight` at a time, and hands each answer to `take` as it
    /// comes. After Proceed::Stop, transfers under way are dropped and `take` is not called again.
    ///
    /// Errors of one request, given to `take`: Transient (time-out, refused, cut off), Contract
    /// (too large, not acceptable HTTP, certificate not accepted), Config (URL or address that may
    /// not be asked). Error of the call: Stopped, promptly once `stop` is requested.
    [[nodiscard]] Result<void> perform_all(
        std::span<const HttpRequest> requests,
        int in_flight,
        const std::stop_token& stop,
        const Take& take
    );

    /// The earliest end of a certificate that a server showed last; nothing without TLS.
    [[nodiscard]] std::optional<Instant> certificate_end() const;

    [[nodiscard]] Result<HttpAnswer> perform(
        const HttpRequest& request, const std::stop_token& stop
    );

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace thidua::connectors
