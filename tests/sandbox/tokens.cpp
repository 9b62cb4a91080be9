// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "tokens.hpp"

#include "random.hpp"
#include "text.hpp"

#include <chrono>

namespace thidua::sandbox {
namespace {

constexpr std::chrono::seconds lifetime{300};
constexpr std::size_t tokens_max = 10'000;  // a session that loops on logging in must not grow us

}  // namespace

std::string_view after_scheme(std::string_view text, std::string_view lower_scheme) {
    if (text.size() <= lower_scheme.size() || text[lower_scheme.size()] != ' ') {
        return {};
    }
    for (std::size_t index = 0; index < lower_scheme.size(); ++index) {
        if ((text[index] | 0x20) != lower_scheme[index]) {
            return {};
        }
    }
    return text.substr(lower_scheme.size() + 1);
}

bool Tokens::is_client(const Request& request) const {
    const std::string basic = decode_base64(after_scheme(request.authorization, "basic"));
    if (!basic.empty()) {
        return basic == client_.id + ":" + client_.secret;
    }
    bool id_matches = false;
    bool secret_matches = false;
    for (const auto& [key, value] : parse_form(request.body)) {
        id_matches = id_matches || (key == "client_id" && value == client_.id);
        secret_matches = secret_matches || (key == "client_secret" && value == client_.secret);
    }
    return id_matches && secret_matches;
}

Reply Tokens::issue(const Request& request, Instant now) {
    bool has_grant = false;
    for (const auto& [key, value] : parse_form(request.body)) {
        has_grant = has_grant || (key == "grant_type" && value == "client_credentials");
    }
    if (!has_grant) {
        return json_reply(
            400,
            R"({"error":"unsupported_grant_type","error_description":"Unsupported grant_type"})"
        );
    }
    if (!is_client(request)) {
        return json_reply(
            401,
            R"({"error":"unauthorized_client",)"
            R"("error_description":"Invalid client or Invalid client credentials"})"
        );
    }
    if (tokens_.size() >= tokens_max) {
        std::erase_if(tokens_, [now](const auto& one) { return one.second + lifetime <= now; });
    }
    if (tokens_.size() >= tokens_max) {
        tokens_.clear();
    }
    Random random{stream_seed(seed_, issued_++, Salt::Token)};
    std::string token = "eyJhbGciOiJSUzI1NiJ9.";
    for (int part = 0; part < 4; ++part) {
        append_hex(token, random.next(), 16);
    }
    tokens_.insert_or_assign(token, now);
    return json_reply(
        200,
        R"({"access_token":")" + token +
            R"(","expires_in":300,"refresh_expires_in":0,"token_type":"Bearer",)"
            R"("not-before-policy":0,"scope":"profile email"})"
    );
}

bool Tokens::admits(std::string_view authorization, Instant now) const {
    const auto found = tokens_.find(std::string{after_scheme(authorization, "bearer")});
    return found != tokens_.end() && found->second <= now && now < found->second + lifetime;
}

}  // namespace thidua::sandbox
