// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A call to an HTTP address that the operator chose: a webhook, a ping, a folder that takes files.
#pragma once

#include "core/result.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace thidua::delivery {

struct HttpCall {
    std::string url;  ///< often a secret: no error repeats any part of it
    std::string method = "GET";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;                           ///< sent with every method but GET and HEAD
    std::string username;                       ///< empty: no credentials
    std::string password;                       ///< Basic, over TLS or to a loopback host only
    std::filesystem::path ca_file;              ///< empty: the system's certificates
    std::chrono::milliseconds timeout{10'000};  ///< for all of it
    std::size_t answer_bytes_max = 65'536;      ///< a longer body is an error
};

struct HttpAnswer {
    int status = 0;
    std::string body;

    [[nodiscard]] bool is_success() const { return status >= 200 && status < 300; }
};

/// Makes the call, once. https only, but for a loopback host; TLS 1.2 at least, with a checked
/// certificate; no redirect is followed, no proxy asked, no link-local address spoken to.
/// Errors: Config for an address that cannot be used; Transient if no answer comes in time;
/// Stopped. Thread-safe; blocks the calling thread.
[[nodiscard]] Result<HttpAnswer> call(const HttpCall& call, const std::stop_token& stop);

/// Which error an answer other than 2xx is: Auth for 401, 403 and 407, Transient for 408, 429 and
/// 5xx, Data for the rest.
[[nodiscard]] std::unexpected<Error> error_of(const HttpAnswer& answer);

/// As call(), but an answer other than 2xx is an error.
[[nodiscard]] Result<HttpAnswer> call_well(const HttpCall& wanted, const std::stop_token& stop);

}  // namespace thidua::delivery
