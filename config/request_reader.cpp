// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/request_reader.hpp"

#include <utility>

namespace thidua::config {
namespace {

/// Free keys with a text each, in the order in which they are written.
std::vector<std::pair<std::string, std::string>> read_pairs(const Node& node) {
    std::vector<std::pair<std::string, std::string>> texts;
    for (const auto& [key, value] : node.entries()) {
        texts.emplace_back(key, value.raw());
    }
    return texts;
}

std::optional<Signature> read_signature(Node node, const std::filesystem::path& secret_file) {
    if (!node) {
        return std::nullopt;
    }
    Signature signature;
    signature.fields = node.required("fields").texts();
    signature.join = node.optional("join").raw_or(signature.join);
    signature.into = node.required("into").text();
    signature.secret_file = secret_file;
    node.finish();
    return signature;
}

Login read_login(Node node) {
    Login login;
    if (!node) {
        return login;
    }
    login.request = read_request(node.required("request"));
    login.token = pointers(node.optional("token"));
    login.cookie = node.optional("cookie").text_or("");
    login.expires_in = pointer_or(node.optional("expires_in"), "");
    login.expires_at = pointer_or(node.optional("expires_at"), "");
    login.lifetime = node.optional("lifetime").duration_or(login.lifetime);
    node.finish();
    return login;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

}  // namespace

std::vector<std::string> one_or_more(const Node& node) {
    std::vector<std::string> result;
    if (node.is_list()) {
        for (const Node& item : node.items()) {
            result.push_back(item.raw());
        }
    } else if (node) {
        result.push_back(node.raw());
    }
    return result;
}

std::string pointer_or(const Node& node, std::string fallback) {
    if (!node) {
        return fallback;
    }
    std::string pointer = node.raw();
    if (!pointer.empty() && !pointer.starts_with('/')) {
        node.refuse("a JSON pointer such as /data/code");
    }
    return pointer;
}

std::vector<std::string> pointers(const Node& node) {
    std::vector<std::string> result = one_or_more(node);
    for (const std::string& pointer : result) {
        if (!pointer.starts_with('/') && !pointer.empty()) {
            node.report(shown(pointer) + ": must be a JSON pointer such as /data/code");
        }
    }
    return result;
}

TimeFormat read_format(const Node& node, TimeFormat fallback) {
    return node.one_of_or<TimeFormat>(
        {{"iso", TimeFormat::Iso},
         {"local-iso", TimeFormat::LocalIso},
         {"compact", TimeFormat::Compact},
         {"local", TimeFormat::Local},
         {"slashed", TimeFormat::Slashed}},
        fallback
    );
}

Tls read_tls(Node node) {
    Tls tls;
    tls.ca_file = node.optional("ca_file").path();
    tls.cert_file = node.optional("cert_file").path();
    tls.key_file = node.optional("key_file").path();
    tls.pins = node.optional("pins").texts();
    node.finish();
    return tls;
}

RateLimit read_rate_limit(Node node) {
    constexpr std::int64_t daily_max = 100'000'000;
    RateLimit limit;
    limit.requests = node.optional("requests").number_or<int>(1, 1'000'000, limit.requests);
    limit.per = node.optional("per").duration_or(limit.per);
    limit.daily = node.optional("daily").number_or(1, daily_max, limit.daily);
    node.finish();
    return limit;
}

Auth read_auth(Node node) {
    using Type = Auth::Type;
    Auth auth;
    auth.type = node.optional("type").one_of_or<Type>(
        {{"none", Type::None},
         {"api-key", Type::ApiKey},
         {"basic", Type::Basic},
         {"bearer", Type::Bearer},
         {"oauth2-client-credentials", Type::Oauth2ClientCredentials},
         {"oauth2-password", Type::Oauth2Password},
         {"login", Type::Login}},
        auth.type
    );
    auth.token_url = node.optional("token_url").text_or("");
    auth.client_id = node.optional("client_id").text_or("");
    auth.client_secret_file = node.optional("client_secret_file").path();
    auth.is_client_in_body =
        node.optional("client_in").one_of_or<bool>({{"basic", false}, {"body", true}}, false);
    auth.scope = joined(node.optional("scopes").texts());
    auth.username = node.optional("username").text_or("");
    auth.password_file = node.optional("password_file").path();
    auth.key_file = node.optional("key_file").path();
    auth.header = node.optional("header").text_or("");
    auth.prefix = node.optional("prefix").raw_or("");
    auth.query = node.optional("query").text_or("");
    auth.login = read_login(node.optional("login"));
    auth.renew_interval = node.optional("renew_interval").duration_or(auth.renew_interval);
    node.finish();
    return auth;
}

Request read_request(Node node) {
    Request request;
    request.method = node.optional("method").one_of_or<std::string>(
        {{"GET", "GET"}, {"POST", "POST"}}, request.method
    );
    request.path = node.optional("path").raw_or("");
    request.query = read_pairs(node.optional("query"));
    request.headers = read_pairs(node.optional("headers"));
    request.body = node.optional("body").raw_or("");
    request.form = read_pairs(node.optional("form"));
    if (!request.body.empty() && !request.form.empty()) {
        node.report("needs either body or form");
    }
    if (const Node success = node.optional("success")) {
        request.success.clear();
        for (const Node& status : success.items()) {
            request.success.push_back(status.number<int>(200, 299));
        }
    }
    const std::filesystem::path secret_file = node.optional("secret_file").path();
    request.sign = read_signature(node.optional("sign"), secret_file);
    request.verify = read_signature(node.optional("verify"), secret_file);
    node.finish();
    return request;
}

Pagination read_pagination(Node node) {
    using Type = Pagination::Type;
    constexpr std::int64_t pages_max = 1'000'000;
    Pagination pagination;
    pagination.type = node.optional("type").one_of_or<Type>(
        {{"none", Type::None},
         {"page", Type::Page},
         {"offset", Type::Offset},
         {"start-end", Type::StartEnd},
         {"cursor", Type::Cursor},
         {"link", Type::Link},
         {"row", Type::Row}},
        pagination.type
    );
    pagination.first = node.optional("first").number_or<int>(0, 1, pagination.first);
    pagination.size = node.optional("size").number_or<int>(1, 100'000, pagination.size);
    pagination.total = pointer_or(node.optional("total_path"), "");
    pagination.next = pointer_or(node.optional("next_path"), "");
    pagination.last = pointer_or(node.optional("last_path"), "");
    pagination.row = pointer_or(node.optional("row_path"), "");
    pagination.pages_max =
        node.optional("pages_max").number_or<int>(1, pages_max, pagination.pages_max);
    node.finish();
    return pagination;
}

Retry read_retry(Node node) {
    Retry retry;
    retry.max_attempts = node.optional("max_attempts").number_or<int>(1, 100, retry.max_attempts);
    retry.backoff = node.optional("backoff").duration_or(retry.backoff);
    retry.max_backoff = node.optional("max_backoff").duration_or(retry.max_backoff);
    retry.deadline = node.optional("deadline").duration_or(retry.deadline);
    node.finish();
    return retry;
}

}  // namespace thidua::config
