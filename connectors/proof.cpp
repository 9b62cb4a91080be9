// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The fetcher's part that proves who asks: keys, OAuth 2 (RFC 6749, 4.3 and 4.4), sessions.
#include "connectors/fetch.hpp"
#include "connectors/request.hpp"
#include "core/base64.hpp"
#include "core/file.hpp"

#include <algorithm>

namespace thidua::connectors {
namespace {

using std::chrono::seconds;

// What a server says about a token's life is believed within reason only.
constexpr seconds lifetime_min{10};
constexpr seconds lifetime_max{24 * 3600};
constexpr seconds lifetime_unsaid{60};

/// The text or number at a pointer of the description; empty if there is none, or no pointer.
std::string text_at(Element root, const std::string& text) {
    const auto pointer = Pointer::parse(text);
    const auto element = pointer && !text.empty() ? pointer->find(root) : std::nullopt;
    return element ? scalar_text(*element).value_or("") : "";
}

/// The session that an answer gives; empty if it gives none.
std::string session_of(const Login& login, const Answer& answer) {
    if (!login.cookie.empty()) {
        const std::string begin = login.cookie + "=";
        const auto last = std::find_if(
            answer.cookies.rbegin(),
            answer.cookies.rend(),
            [&](const std::string& cookie) { return cookie.starts_with(begin); }
        );
        if (last != answer.cookies.rend()) {
            return last->substr(begin.size());
        }
    }
    for (const std::string& pointer : login.token) {
        if (std::string session = text_at(answer.root, pointer); !session.empty()) {
            return session;
        }
    }
    return {};
}

/// How long a session lives from `now` on, by the answer or else by the description; nothing: until
/// it is refused.
std::optional<std::chrono::milliseconds> lifetime_of(
    const Login& login, const Answer& answer, Instant now
) {
    if (const auto life = whole_number(text_at(answer.root, login.expires_in))) {
        return std::clamp(seconds{*life}, lifetime_min, lifetime_max);
    }
    if (const auto end = parse_instant(text_at(answer.root, login.expires_at))) {
        return std::clamp<std::chrono::milliseconds>(*end - now, lifetime_min, lifetime_max);
    }
    return login.lifetime.count() > 0 ? std::optional(login.lifetime) : std::nullopt;
}

bool is_oauth2(Auth::Type type) {
    return type == Auth::Type::Oauth2ClientCredentials || type == Auth::Type::Oauth2Password;
}

/// Every place of `name` in `text` taken by `value`.
void put(std::string& text, std::string_view name, std::string_view value) {
    for (std::size_t at = text.find(name); at != std::string::npos;
         at = text.find(name, at + value.size())) {
        text.replace(at, name.size(), value);
    }
}

std::string form_of(const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string form;
    for (const auto& [name, value] : fields) {
        form += (form.empty() ? "" : "&") + name + "=" + url_escaped(value);
    }
    return form;
}

/// A token as it may stand in a header or a body: nothing that could end the line or the text.
bool is_plain_token(std::string_view token) {
    return !token.empty() && std::ranges::all_of(token, [](char letter) {
        return letter > 0x20 && letter < 0x7F && letter != '"' && letter != '\\';
    });
}

}  // namespace

bool Fetcher::is_anonymous(const Manner& manner) const {
    return manner.proof == Manner::Proof::AsDescribed && description_.auth.type == Auth::Type::None;
}

bool Fetcher::is_renewable(const Manner& manner) const {
    const Auth::Type type = description_.auth.type;
    return manner.proof == Manner::Proof::AsDescribed &&
           (is_oauth2(type) || type == Auth::Type::Login);
}

Result<void> Fetcher::prove(const Manner& manner) {
    const Auth& auth = description_.auth;
    const bool is_needed = manner.proof != Manner::Proof::None && auth.type != Auth::Type::None;
    if (!is_needed || environment_.recorded) {
        return {};
    }
    if (is_renewable(manner)) {
        const bool is_good = !proof_.empty() && (!renew_at_ || environment_.now() < *renew_at_);
        if (is_good) {
            return {};
        }
        return auth.type == Auth::Type::Login ? request_session() : request_token();
    }
    // Read each time, so that a new key needs no restart.
    const bool is_basic = auth.type == Auth::Type::Basic;
    const auto secret = read_secret(is_basic ? auth.password_file : auth.key_file);
    if (!secret) {
        return failed("auth", secret.error());
    }
    if (!is_basic && !is_plain_token(*secret)) {
        return fail(ErrorKind::Config, "auth.key_file: not one line of visible ASCII");
    }
    proof_ = is_basic ? base64(auth.username + ":" + *secret) : *secret;
    return {};
}

/// Gives the refused proof up, unless it is refused again too soon.
Result<void> Fetcher::renew() {
    const Instant now = environment_.now();
    const Auth& auth = description_.auth;
    // A session that served many questions ended by their number, not by somebody else's login.
    constexpr int answers_min = 10;
    const bool is_too_soon = auth.type == Auth::Type::Login && renewed_at_ &&
                             now - *renewed_at_ < auth.renew_interval &&
                             answers_since_renewal_ < answers_min;
    if (is_too_soon) {
        return fail(
            ErrorKind::Auth,
            "the session ended twice within auth.renew_interval: somebody else logs in with these "
            "credentials, or they are refused"
        );
    }
    renewed_at_ = now;
    answers_since_renewal_ = 0;
    proof_.clear();
    return {};
}

void Fetcher::add_proof(HttpRequest& request, std::string_view proof) const {
    const Auth& auth = description_.auth;
    const auto add = [&](std::string_view header, std::string_view prefix) {
        std::string value(auth.header.empty() ? prefix : auth.prefix);
        request.headers.emplace_back(
            auth.header.empty() ? std::string(header) : auth.header, value.append(proof)
        );
    };
    switch (auth.type) {
        case Auth::Type::None:
            return;
        case Auth::Type::ApiKey:
            if (auth.query.empty()) {
                add("X-API-Key", "");
                return;
            }
            request.url += request.url.find('?') == std::string::npos ? '?' : '&';
            request.url += auth.query + "=" + url_escaped(proof);
            return;
        case Auth::Type::Basic:
            request.headers.emplace_back("Authorization", std::string("Basic ").append(proof));
            return;
        case Auth::Type::Bearer:
        case Auth::Type::Oauth2ClientCredentials:
        case Auth::Type::Oauth2Password:
            add("Authorization", "Bearer ");
            return;
        case Auth::Type::Login:
            put(request.body, session_placeholder, proof);
            for (auto& [name, value] : request.headers) {
                put(value, session_placeholder, proof);
            }
            if (!auth.login.cookie.empty()) {
                request.headers.emplace_back("Cookie", (auth.login.cookie + "=").append(proof));
            } else if (!auth.header.empty()) {
                add("", "");
            }
            return;
    }
}

Result<void> Fetcher::ask_for_proof(HttpRequest request, std::string path, const Reader& keep) {
    const Question question{
        description_.auth.type == Auth::Type::Login ? "login" : "token", std::move(request)};
    Manner manner;
    manner.path = std::move(path);
    manner.success = {200, 201};
    manner.proof = Manner::Proof::None;
    return ask({&question, 1}, manner, keep);
}

Result<void> Fetcher::request_token() {
    const Auth& auth = description_.auth;
    std::string client_secret;
    if (!auth.client_secret_file.empty()) {
        auto secret = read_secret(auth.client_secret_file);
        if (!secret) {
            return failed("token", secret.error());
        }
        client_secret = *std::move(secret);
    }
    std::vector<std::pair<std::string, std::string>> fields{{"grant_type", "client_credentials"}};
    if (auth.type == Auth::Type::Oauth2Password) {
        auto password = read_secret(auth.password_file);
        if (!password) {
            return failed("token", password.error());
        }
        fields = {
            {"grant_type", "password"},
            {"username", auth.username},
            {"password", *std::move(password)}};
    }
    if (!auth.scope.empty()) {
        fields.emplace_back("scope", auth.scope);
    }
    const bool is_path = auth.token_url.starts_with('/');
    HttpRequest request;
    request.method = "POST";
    request.url = is_path ? joined_url(description_.base_url, auth.token_url) : auth.token_url;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    if (auth.is_client_in_body || client_secret.empty()) {
        fields.emplace_back("client_id", auth.client_id);
        if (!client_secret.empty()) {
            fields.emplace_back("client_secret", client_secret);
        }
    } else {
        request.headers.emplace_back(
            "Authorization", "Basic " + base64(auth.client_id + ":" + client_secret)
        );
    }
    request.body = form_of(fields);
    return ask_for_proof(
        std::move(request),
        is_path ? auth.token_url : "(auth.token_url)",
        [this](std::size_t, const Answer& answer) { return keep_token(answer); }
    );
}

Result<void> Fetcher::request_session() {
    const Auth& auth = description_.auth;
    Values values(description_.parameters.begin(), description_.parameters.end());
    values["username"] = auth.username;
    if (!auth.password_file.empty()) {
        auto password = read_secret(auth.password_file);
        if (!password) {
            return failed("login", password.error());
        }
        values["password"] = *std::move(password);
    }
    auto request = build_request(description_.base_url, auth.login.request, values, "");
    if (!request) {
        return failed("login", std::move(request.error()));
    }
    return ask_for_proof(
        *std::move(request),
        auth.login.request.path,
        [this](std::size_t, const Answer& answer) { return keep_session(answer); }
    );
}

Result<void> Fetcher::keep_token(const Answer& given) {
    const Element answer = given.root;
    std::string_view token;
    if (answer["access_token"].get(token) || token.empty()) {
        return fail(ErrorKind::Contract, "/access_token: not there");
    }
    if (!is_plain_token(token)) {
        return fail(ErrorKind::Contract, "/access_token: not a token");
    }
    seconds lifetime = lifetime_unsaid;
    if (Element element; !answer["expires_in"].get(element)) {
        lifetime = seconds{whole_number(element).value_or(lifetime_unsaid.count())};
    }
    lifetime = std::clamp(lifetime, lifetime_min, lifetime_max);
    proof_ = token;
    renew_at_ = environment_.now() + lifetime * 4 / 5;
    return {};
}

Result<void> Fetcher::keep_session(const Answer& answer) {
    const Login& login = description_.auth.login;
    std::string session = session_of(login, answer);
    if (!is_plain_token(session)) {
        const std::string place =
            login.token.empty() ? "cookie " + login.cookie : login.token.front();
        return fail(
            ErrorKind::Auth, place + (session.empty() ? ": no session came" : ": not a session")
        );
    }
    const Instant now = environment_.now();
    const auto lifetime = lifetime_of(login, answer, now);
    proof_ = std::move(session);
    renew_at_.reset();
    if (lifetime) {
        renew_at_ = now + *lifetime * 4 / 5;
    }
    return {};
}

/// Whether a refusal is one of the credentials themselves: of a key, or where a token is issued. A
/// good token may still not be enough for what was asked.
bool Fetcher::is_proof_judged(const Manner& manner, const Error& error) const {
    const bool is_static = !is_anonymous(manner) && !is_renewable(manner);
    return manner.proof == Manner::Proof::None ||
           (is_static && error.message.find("status 401") != std::string::npos);
}

std::string Fetcher::refused_words() const {
    switch (description_.auth.type) {
        case Auth::Type::None:
            return "";
        case Auth::Type::ApiKey:
        case Auth::Type::Bearer:
            return ": credentials refused; check auth.key_file";
        case Auth::Type::Oauth2ClientCredentials:
            return ": credentials refused; check auth.client_id and auth.client_secret_file";
        case Auth::Type::Basic:
        case Auth::Type::Oauth2Password:
        case Auth::Type::Login:
            break;
    }
    return ": credentials refused; check auth.username and auth.password_file";
}

}  // namespace thidua::connectors
