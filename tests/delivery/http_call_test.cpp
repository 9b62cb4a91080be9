// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Calls to a webhook that behaves, and to those that do not. Whatever happens, no error repeats the
// address: whoever knows it can write there.
#include "delivery/http_call.hpp"

#include "delivery/network.hpp"
#include "tests/support/case_name.hpp"
#include "tests/support/http_peer.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <chrono>
#include <thread>

namespace thidua::delivery {
namespace {

using namespace std::chrono_literals;
using test::PeerReply;
using Manner = PeerReply::Manner;

constexpr std::string_view token = "t0ken";

PeerReply reply(std::string body, Manner manner = Manner::Whole) {
    PeerReply made;
    made.body = std::move(body);
    made.manner = manner;
    made.drip = 100ms;
    return made;
}

HttpCall call_to(const std::string& base) {
    HttpCall call;
    call.url = base + "/hook/" + std::string(token);
    call.timeout = 2s;
    return call;
}

TEST(HttpCall, CarriesMethodHeadersBodyAndCredentials) {
    const test::HttpPeer peer(test::script({{.status = 201, .body = "taken", .headers = {}}}));
    HttpCall wanted = call_to(peer.url());
    wanted.method = "POST";
    wanted.headers = {{"Content-Type", "application/json"}};
    wanted.body = R"({"text":"Tuần 42"})";
    wanted.username = "u";
    wanted.password = "p";
    const auto answer = call_well(wanted, {});
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, 201);
    EXPECT_EQ(answer->body, "taken");
    const auto requests = peer.requests();
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(requests[0].method, "POST");
    EXPECT_EQ(requests[0].path, "/hook/t0ken");
    EXPECT_EQ(requests[0].body, wanted.body);
    EXPECT_EQ(requests[0].headers.at("content-type"), "application/json");
    EXPECT_EQ(requests[0].headers.at("authorization"), "Basic dTpw");
}

struct Trouble {
    std::string name;
    PeerReply reply;
    ErrorKind kind;
    std::string words;

    friend void PrintTo(const Trouble& row, std::ostream* out) { *out << row.name; }
};

class HttpCallInTrouble : public testing::TestWithParam<Trouble> {};

TEST_P(HttpCallInTrouble, IsAnErrorThatRepeatsNoAddress) {
    const test::HttpPeer peer(test::script({GetParam().reply}));
    const auto answer = call_well(call_to(peer.url()), {});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, GetParam().kind);
    EXPECT_NE(answer.error().message.find(GetParam().words), std::string::npos)
        << answer.error().message;
    EXPECT_EQ(answer.error().message.find(token), std::string::npos) << answer.error().message;
    EXPECT_EQ(peer.requests().size(), 1U) << "a redirect was followed";
}

const Trouble troubles[] = {
    {"Redirect",
     test::status(302, {"Location: /elsewhere"}),
     ErrorKind::Data,
     "302: a redirect, which is not followed"},
    {"Forbidden", test::status(403), ErrorKind::Auth, "403"},
    {"NotFound", test::status(404), ErrorKind::Data, "answered 404"},
    {"TooMany", test::status(429), ErrorKind::Transient, "429"},
    {"Broken", test::status(500), ErrorKind::Transient, "500"},
    {"Silent", reply("", Manner::Silent), ErrorKind::Transient, "Timeout"},
    {"Slow", reply(std::string(60, 'x'), Manner::Dripping), ErrorKind::Transient, "Timeout"},
    {"TooLong", reply(std::string(70'000, 'x')), ErrorKind::Data, "more than 65536 bytes"},
};

INSTANTIATE_TEST_SUITE_P(All, HttpCallInTrouble, testing::ValuesIn(troubles), test::case_name<Trouble>);

struct Address {
    std::string name;
    std::string url;
    ErrorKind kind;

    friend void PrintTo(const Address& row, std::ostream* out) { *out << row.name; }
};

class HttpCallAddress : public testing::TestWithParam<Address> {};

TEST_P(HttpCallAddress, IsRefusedBeforeAnythingIsSent) {
    HttpCall wanted;
    wanted.url = GetParam().url;
    wanted.timeout = 2s;
    const auto answer = call(wanted, {});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, GetParam().kind) << answer.error().message;
    EXPECT_EQ(answer.error().message.find(token), std::string::npos) << answer.error().message;
}

const Address addresses[] = {
    {"PlainToAnotherHost", "http://hook.example.vn/t0ken", ErrorKind::Config},
    {"PlainToTheNetwork", "http://10.0.0.1/t0ken", ErrorKind::Config},
    {"LinkLocal", "https://169.254.169.254/t0ken", ErrorKind::Config},
    {"LinkLocalWithin", "https://[::ffff:169.254.169.254]/t0ken", ErrorKind::Config},
    {"File", "file:///etc/passwd?t0ken", ErrorKind::Config},
    {"NoAddress", "t0ken at nowhere", ErrorKind::Config},
    {"Lines", "https://127.0.0.1/t0ken\r\nX: y", ErrorKind::Config},
    {"NobodyThere", test::refused_url() + "/t0ken", ErrorKind::Transient},
};

INSTANTIATE_TEST_SUITE_P(All, HttpCallAddress, testing::ValuesIn(addresses), test::case_name<Address>);

TEST(HttpCall, EndsSoonWhenItIsAskedToStop) {
    const test::HttpPeer peer(test::script({reply("", Manner::Silent)}));
    HttpCall wanted = call_to(peer.url());
    wanted.timeout = 60s;
    std::stop_source stop;
    const std::jthread asking([&] {
        (void)peer.wait_for(1);
        stop.request_stop();
    });
    const auto began = std::chrono::steady_clock::now();
    const auto answer = call(wanted, stop.get_token());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Stopped);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 20s);
}

TEST(Network, KnowsLoopbackAndWhatIsForbidden) {
    for (const char* host : {"localhost", "127.0.0.1", "127.8.9.10", "::1"}) {
        EXPECT_TRUE(is_loopback(host)) << host;
    }
    for (const char* host : {"example.vn", "10.0.0.1", "128.0.0.1", "localhost.example.vn", ""}) {
        EXPECT_FALSE(is_loopback(host)) << host;
    }
    const auto forbidden = [](const char* text) {
        sockaddr_in6 ipv6{};
        ipv6.sin6_family = AF_INET6;
        EXPECT_EQ(::inet_pton(AF_INET6, text, &ipv6.sin6_addr), 1) << text;
        return is_forbidden(reinterpret_cast<const sockaddr&>(ipv6));
    };
    EXPECT_TRUE(forbidden("fe80::1"));
    EXPECT_TRUE(forbidden("ff02::1"));
    EXPECT_TRUE(forbidden("::ffff:169.254.1.1"));
    EXPECT_FALSE(forbidden("::ffff:10.0.0.1"));
    EXPECT_FALSE(forbidden("2001:db8::1"));
}

}  // namespace
}  // namespace thidua::delivery
