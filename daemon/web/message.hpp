// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a visitor asks and what is answered, without the library that carries it.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace thidua::daemon::web {

struct Request {
    std::string method;  ///< GET, HEAD, POST ...
    std::string path;    ///< as it was sent, without a query
    std::string host;
    std::string authorization;
    std::string accept_language;
    std::string origin;      ///< only a browser says it
    std::string fetch_site;  ///< Sec-Fetch-Site; only a browser says it
    std::string peer;        ///< address of whoever is connected
};

struct Response {
    int status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::shared_ptr<const std::string> body = std::make_shared<const std::string>();
    /// Further ones; those that protect a reader are added to every response.
    std::vector<std::pair<std::string, std::string>> headers{};
};

inline constexpr const char* json_type = "application/json";
inline constexpr const char* html_type = "text/html; charset=utf-8";

[[nodiscard]] inline Response make_response(int status, const char* type, std::string body) {
    return {status, type, std::make_shared<const std::string>(std::move(body))};
}

/// A sentence for people and programs, with a line end.
[[nodiscard]] inline Response say(int status, std::string sentence) {
    return make_response(status, "text/plain; charset=utf-8", std::move(sentence) + "\n");
}

}  // namespace thidua::daemon::web
