// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The fetcher's part that proves who asks: OAuth 2 client credentials (RFC 6749, 4.4).
#include "connectors/fetch.hpp"
#include "connectors/request.hpp"
#include "core/file.hpp"

#include <algorithm>

namespace thidua::connectors {
namespace {

using std::chrono::seconds;

// What a server says about a token's life is believed within reason only.
constexpr seconds lifetime_min{10};
constexpr seconds lifetime_max{24 * 3600};
constexpr seconds lifetime_unsaid{60};

std::string base64(std::string_view bytes) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        for (std::size_t offset = 0; offset < 3; ++offset) {
            const bool is_there = at + offset < bytes.size();
            group = group << 8U |
                    (is_there ? static_cast<unsigned char>(bytes[at + offset]) : std::uint32_t{0});
        }
        for (std::size_t offset = 0; offset < 4; ++offset) {
            const bool is_there = at + offset <= bytes.size();
            result += is_there ? letters[group >> (18 - 6 * offset) & 63U] : '=';
        }
    }
    return result;
}

}  // namespace

Result<void> Fetcher::prove(const Manner& manner) {
    const bool needs_token = manner.proof == Manner::Proof::Bearer &&
                             description_.auth.type == Auth::Type::Oauth2ClientCredentials;
    if (!needs_token || (!token_.empty() && environment_.now() < renew_at_)) {
        return {};
    }
    return request_token();
}

Result<void> Fetcher::request_token() {
    const Auth& auth = description_.auth;
    const auto secret = read_secret(auth.client_secret_file);
    if (!secret) {
        return failed("token", secret.error());
    }
    const bool is_path = auth.token_url.starts_with('/');
    Question question{"token", {}};
    question.request.method = "POST";
    question.request.url =
        is_path ? joined_url(description_.base_url, auth.token_url) : auth.token_url;
    question.request.headers = {
        {"Content-Type", "application/x-www-form-urlencoded"},
        {"Authorization", "Basic " + base64(auth.client_id + ":" + *secret)}};
    question.request.body = "grant_type=client_credentials";
    Manner manner;
    manner.path = is_path ? auth.token_url : "(auth.token_url)";
    manner.proof = Manner::Proof::None;
    return ask({&question, 1}, manner, [this](std::size_t, Element answer) {
        return keep_token(answer);
    });
}

Result<void> Fetcher::keep_token(Element answer) {
    std::string_view token;
    if (answer["access_token"].get(token) || token.empty()) {
        return fail(ErrorKind::Contract, "/access_token: not there");
    }
    const bool is_plain =
        std::ranges::all_of(token, [](char letter) { return letter > 0x20 && letter < 0x7F; });
    if (!is_plain) {
        return fail(ErrorKind::Contract, "/access_token: not a token");
    }
    seconds lifetime = lifetime_unsaid;
    if (Element element; !answer["expires_in"].get(element)) {
        lifetime = seconds{whole_number(element).value_or(lifetime_unsaid.count())};
    }
    lifetime = std::clamp(lifetime, lifetime_min, lifetime_max);
    token_ = token;
    renew_at_ = environment_.now() + lifetime * 4 / 5;
    return {};
}

}  // namespace thidua::connectors
