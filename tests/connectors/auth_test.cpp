// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Who asks: each kind of proof against a peer that wants just that, its renewal and its refusal.
#include "connectors/connector.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/support/case_name.hpp"
#include "tests/support/http_peer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <ostream>

namespace thidua::connectors {
namespace {

using test::HttpPeer;
using test::PeerReply;
using test::PeerRequest;
using namespace std::chrono_literals;

const Window june_17{test::day("2024-06-17"), test::day("2024-06-17")};

constexpr std::string_view empty_answer = R"({"code":"OK","rows":[]})";

/// A small source; `more` is laid under it as YAML.
SourceDescription source(const std::string& url, const std::string& more) {
    return test::described(fmt::format(
        "kind: dossiers\n"
        "base_url: {}\n"
        "cursor: {{field: accepted_at}}\n"
        "records: {{path: /rows}}\n"
        "map: {{code: /code, accepted_at: /at}}\n"
        "errors: [{{when: {{pointer: /code, equals: EXPIRED}}, class: auth}}]\n"
        "{}",
        url,
        more
    ));
}

struct ProofCase {
    std::string name;
    std::string auth;       ///< {} is the file that holds the secret
    std::string request{};  ///< further YAML
    std::function<bool(const PeerRequest&)> is_proved;

    friend void PrintTo(const ProofCase& row, std::ostream* out) { *out << row.name; }
};

bool has_header(const PeerRequest& request, const std::string& name, std::string_view value) {
    const auto found = request.headers.find(name);
    return found != request.headers.end() && found->second == value;
}

class Proof : public testing::TestWithParam<ProofCase> {
  protected:
    test::World world_;
    test::Sources sources_;
};

/// Answers token and login requests as each kind wants; everything else has to be proved.
PeerReply answer(const PeerRequest& request, const ProofCase& row) {
    if (request.path == "/token") {
        const bool is_right = request.body.find("grant_type=password") == std::string::npos ||
                              request.body.find("password=canary-secret-7d1f") != std::string::npos;
        return is_right ? test::json(R"({"access_token":"T1","expires_in":300})")
                        : test::status(401);
    }
    if (request.path == "/login") {
        PeerReply reply = test::json(R"({"error_code":0,"data":{"token":"S1"}})");
        reply.headers = {"Set-Cookie: JSESSIONID=C1; Path=/; HttpOnly", "Set-Cookie: other=x"};
        return request.body == R"({"u":"tnmt","p":"canary-secret-7d1f"})" ? reply
                                                                          : test::status(401);
    }
    return row.is_proved(request) ? test::json(std::string(empty_answer)) : test::status(401);
}

TEST_P(Proof, IsWhatTheSourceWants) {
    const ProofCase& row = GetParam();
    const HttpPeer peer([&](const PeerRequest& request) { return answer(request, row); });
    const std::string auth = fmt::format(fmt::runtime(row.auth), sources_.secret_file().string());
    auto connector =
        Connector::create(source(peer.url(), auth + row.request), world_.environment());
    ASSERT_TRUE(connector) << connector.error().message;
    const auto slice = connector->gather(june_17);
    EXPECT_TRUE(slice) << slice.error().message;
}

TEST_P(Proof, D02OnceRefusedIsNotStormedWith) {
    const ProofCase& row = GetParam();
    const HttpPeer peer([&](const PeerRequest&) { return test::status(401); });
    const std::string auth = fmt::format(fmt::runtime(row.auth), sources_.secret_file().string());
    auto connector =
        Connector::create(source(peer.url(), auth + row.request), world_.environment());
    ASSERT_TRUE(connector) << connector.error().message;
    const auto slice = connector->gather(june_17);
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Auth) << slice.error().message;
    EXPECT_NE(slice.error().message.find("credentials refused"), std::string::npos)
        << slice.error().message;
    EXPECT_EQ(slice.error().message.find(test::test_secret), std::string::npos);
    EXPECT_EQ(peer.requests().size(), 1U);
}

const ProofCase proof_cases[] = {
    {"ApiKeyInAHeader",
     "auth: {{type: api-key, key_file: {}, header: X-Token}}\n",
     "",
     [](const auto& request) { return has_header(request, "x-token", test::test_secret); }},
    {"ApiKeyInTheQuery",
     "auth: {{type: api-key, key_file: {}, query: key}}\n",
     "",
     [](const auto& request) { return request.query.at("key") == test::test_secret; }},
    {"Basic",
     "auth: {{type: basic, username: tnmt, password_file: {}}}\n",
     "",
     [](const auto& request) {
         return has_header(request, "authorization", "Basic dG5tdDpjYW5hcnktc2VjcmV0LTdkMWY=");
     }},
    {"Bearer",
     "auth: {{type: bearer, key_file: {}}}\n",
     "",
     [](const auto& request) {
         return has_header(request, "authorization", "Bearer canary-secret-7d1f");
     }},
    {"Oauth2ClientInTheBody",
     "auth: {{type: oauth2-client-credentials, token_url: /token, client_id: a, client_in: body, "
     "client_secret_file: {}, scopes: [x, y]}}\n",
     "",
     [](const auto& request) { return has_header(request, "authorization", "Bearer T1"); }},
    {"Oauth2Password",
     "auth: {{type: oauth2-password, token_url: /token, client_id: web-onegate, username: tnmt, "
     "password_file: {}}}\n",
     "",
     [](const auto& request) { return has_header(request, "authorization", "Bearer T1"); }},
    {"LoginForAHeader",
     "auth: {{type: login, username: tnmt, password_file: {}, header: lgspaccesstoken, login: "
     "{{request: {{method: POST, path: /login, body: '{{\"u\":\"{{username}}\","
     "\"p\":\"{{password}}\"}}'}}, token: [/token, /data/token]}}}}\n",
     "",
     [](const auto& request) { return has_header(request, "lgspaccesstoken", "S1"); }},
    {"LoginForACookie",
     "auth: {{type: login, username: tnmt, password_file: {}, login: "
     "{{request: {{method: POST, path: /login, body: '{{\"u\":\"{{username}}\","
     "\"p\":\"{{password}}\"}}'}}, cookie: JSESSIONID}}}}\n",
     "",
     [](const auto& request) { return has_header(request, "cookie", "JSESSIONID=C1"); }},
    {"LoginForTheBody",
     "auth: {{type: login, username: tnmt, password_file: {}, login: "
     "{{request: {{method: POST, path: /login, body: '{{\"u\":\"{{username}}\","
     "\"p\":\"{{password}}\"}}'}}, token: /data/token}}}}\n",
     "request: {method: POST, body: '{\"session\":\"{session}\",\"x\":1}'}\n",
     [](const auto& request) { return request.body == R"({"session":"S1","x":1})"; }},
};

INSTANTIATE_TEST_SUITE_P(Auth, Proof, testing::ValuesIn(proof_cases), test::case_name<ProofCase>);

/// A source whose sessions are told apart by number and end when it says so, with HTTP 200.
class Sessions : public testing::Test {
  protected:
    SourceDescription description(const std::string& url) const {
        return source(
            url,
            fmt::format(
                "auth: {{type: login, username: tnmt, password_file: {}, login: {{request: "
                "{{method: POST, path: /login, body: '{{\"p\":\"{{password}}\"}}'}}, token: "
                "/session}}}}\n"
                "request: {{method: POST, body: '{{\"session\":\"{{session}}\"}}'}}\n",
                sources_.secret_file().string()
            )
        );
    }

    PeerReply answer(const PeerRequest& request) {
        if (request.path == "/login") {
            return test::json(fmt::format(R"({{"session":"S{}"}})", ++logins_));
        }
        const std::string wanted = fmt::format(R"({{"session":"S{}"}})", logins_);
        const bool is_good = request.body == wanted && !is_ended_;
        is_ended_ = false;
        return test::json(is_good ? std::string(empty_answer) : R"({"code":"EXPIRED"})");
    }

    test::World world_;
    test::Sources sources_;
    int logins_ = 0;
    bool is_ended_ = false;
};

TEST_F(Sessions, OneThatEndedSilentlyIsRenewedOnce) {
    const HttpPeer peer([this](const PeerRequest& request) { return answer(request); });
    auto connector = Connector::create(description(peer.url()), world_.environment());
    ASSERT_TRUE(connector->gather(june_17));
    EXPECT_EQ(logins_, 1) << "one session serves as long as it is taken";
    is_ended_ = true;
    ASSERT_TRUE(connector->gather(june_17));
    EXPECT_EQ(logins_, 2);
}

TEST_F(Sessions, D04AnotherLoginIsNotFoughtWith) {
    const HttpPeer peer([this](const PeerRequest& request) {
        is_ended_ = request.path != "/login";  // somebody else logs in at once, again and again
        return answer(request);
    });
    auto connector = Connector::create(description(peer.url()), world_.environment());
    const auto first = connector->gather(june_17);
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().kind, ErrorKind::Auth);
    const int logins = logins_;
    const auto second = connector->gather(june_17);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::Auth);
    EXPECT_NE(second.error().message.find("somebody else logs in"), std::string::npos)
        << second.error().message;
    EXPECT_LE(logins_, logins + 1);
}

TEST_F(Sessions, TheEndThatTheLoginStatesIsBelieved) {
    const HttpPeer peer([this](const PeerRequest& request) {
        if (request.path == "/login") {
            ++logins_;
            return test::json(fmt::format(
                R"({{"session":"S{}","expiryDate":"2024-06-17T03:25:00.000Z"}})", logins_
            ));
        }
        return answer(request);
    });
    SourceDescription source = description(peer.url());
    source.auth.login.expires_at = "/expiryDate";
    auto connector = Connector::create(source, world_.environment());
    ASSERT_TRUE(connector->gather(june_17));
    world_.now += 7min + 59s;  // ten minutes of life
    ASSERT_TRUE(connector->gather(june_17));
    EXPECT_EQ(logins_, 1);
    world_.now += 1s;
    ASSERT_TRUE(connector->gather(june_17));
    EXPECT_EQ(logins_, 2) << "renewed at four fifths";
}

}  // namespace
}  // namespace thidua::connectors
