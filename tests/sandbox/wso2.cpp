// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "wso2.hpp"

#include "json_text.hpp"
#include "random.hpp"
#include "text.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace thidua::sandbox {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds lifetime{3600};

bool asks_for_client_credentials(std::string_view body) {
    return std::ranges::any_of(parse_form(body), [](const auto& field) {
        return field.first == "grant_type" && field.second == "client_credentials";
    });
}

Reply oauth_error(int status, std::string_view error, std::string_view description) {
    const json::object body{{"error", error}, {"error_description", description}};
    return json_reply(status, json::serialize(body));
}

}  // namespace

Reply wso2_fault(int status, int code, std::string_view message) {
    json::object fault{
        {"code", code},
        {"message", message},
        {"description", "Access failure for API: /lgsp/payment, version: 1.0"}};
    if (status == 429) {
        fault["description"] = "You have exceeded your quota";
        fault["nextAccessTime"] = "2024-Jun-17 01:16:00+0000 UTC";
    }
    return json_reply(status, json::serialize(json::object{{"fault", fault}}));
}

bool Wso2::is_valid(Instant now) const {
    return !token_.empty() && issued_at_ <= now && now < issued_at_ + lifetime;
}

std::string Wso2::next_token() {
    Random random{stream_seed(seed_, (std::uint64_t{1} << 40U) + issued_++, Salt::Token)};
    std::string token;
    for (const std::size_t width : {8U, 4U, 4U, 4U, 12U}) {
        token += token.empty() ? "" : "-";
        append_hex(token, random.next(), width);
    }
    return token;
}

Reply Wso2::issue(const Request& request, Instant now) {
    if (!asks_for_client_credentials(request.body)) {
        return oauth_error(400, "unsupported_grant_type", "Unsupported grant_type value");
    }
    const std::string basic = decode_base64(after_scheme(request.authorization, "basic"));
    if (basic != client_.id + ":" + client_.secret) {
        return oauth_error(401, "invalid_client", "Client Authentication failed.");
    }
    if (!is_valid(now)) {
        token_ = next_token();
        issued_at_ = now;
    }
    const auto left = std::chrono::floor<std::chrono::seconds>(issued_at_ + lifetime - now);
    const json::object body{
        {"access_token", token_},
        {"scope", "am_application_scope default"},
        {"token_type", "Bearer"},
        {"expires_in", left.count()}};
    return json_reply(200, json::serialize(body));
}

std::optional<Reply> Wso2::refusal(std::string_view authorization, Instant now) const {
    const std::string_view token = after_scheme(authorization, "bearer");
    if (token.empty()) {
        return wso2_fault(401, 900902, "Missing Credentials");
    }
    if (token != token_) {
        return wso2_fault(401, 900901, "Invalid Credentials");
    }
    if (!is_valid(now)) {
        return wso2_fault(401, 900903, "Access Token Expired");
    }
    return std::nullopt;
}

Reply Wso2::log_in(std::string_view body) {
    const auto asked = parse_object(body);
    const bool known = asked && text_of(*asked, "username") == client_.id &&
                       text_of(*asked, "password") == client_.secret &&
                       !text_of(*asked, "applicationCode").empty();
    if (!known) {
        const json::object refused{
            {"success", false}, {"code", 401}, {"message", "Sai tên đăng nhập hoặc mật khẩu"}};
        return json_reply(200, json::serialize(refused));
    }
    json::object granted{{"success", true}, {"code", 200}};
    const std::string token = next_token();
    if (++logins_ % 2 == 1) {
        granted["token"] = token;
    } else {
        granted["data"] = json::object{{"token", token}};
    }
    return json_reply(200, json::serialize(granted));
}

}  // namespace thidua::sandbox
