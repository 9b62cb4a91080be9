// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Hands messages to a scripted relay. Each way a relay can answer has to end in the one outcome
// that neither loses a message nor sends it twice.
#include "delivery/smtp.hpp"

#include "tests/delivery/hand_over.hpp"
#include "tests/support/case_name.hpp"
#include "tests/support/smtp_peer.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

namespace thidua::delivery {
namespace {

using namespace std::chrono_literals;
using test::SmtpAnswer;
using test::SmtpPeer;
using test::SmtpScript;
using test::SmtpSession;
using Act = SmtpAnswer::Act;
using State = Outcome::State;

TEST(Send, HandsOverEveryByteWithDotsStuffed) {
    const SmtpPeer peer({});
    const Outcome outcome = hand_over(peer);
    EXPECT_EQ(outcome.state, State::Sent);
    EXPECT_EQ(outcome.reply_code, 250);
    EXPECT_EQ(outcome.reply, "2.0.0 Ok: queued as 4XY");

    const auto sessions = peer.sessions(1);
    ASSERT_EQ(sessions.size(), 1U);
    EXPECT_EQ(sessions[0].data, on_the_wire);
    const std::vector<std::string> dialogue = {
        "EHLO thidua.example.vn",
        "MAIL FROM:<" + sender + "> SIZE=" + std::to_string(message.size()),
        "RCPT TO:<" + unit + ">",
        "DATA",
        "QUIT",
    };
    EXPECT_EQ(sessions[0].commands, dialogue);
}

// More than the sockets between us and the peer can hold.
std::string large_message() {
    std::string large = "Subject: x\r\n\r\n";
    while (large.size() < 12'000'000) {
        large += "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5emE=\r\n";
    }
    return large;
}

TEST(Send, HandsOverALargeMessageWhole) {
    const std::string large = large_message();
    const SmtpPeer peer({});
    EXPECT_EQ(send(relay_to(peer), sender, unit, large, {}).state, State::Sent);
    EXPECT_EQ(peer.sessions(1).at(0).data, large);
}

struct ReplyCase {
    std::string name;
    std::string step;
    std::string text;
    State state;
    int code;
    bool data_was_sent;
};

void PrintTo(const ReplyCase& row, std::ostream* out) {
    *out << row.name;
}

class SendToARelayThatSays : public testing::TestWithParam<ReplyCase> {};

TEST_P(SendToARelayThatSays, EndsAsTheReplyCodeSays) {
    const ReplyCase& row = GetParam();
    const SmtpPeer peer({{row.step, reply(row.text)}});
    const Outcome outcome = hand_over(peer);
    EXPECT_EQ(outcome.state, row.state) << outcome.reply;
    EXPECT_EQ(outcome.reply_code, row.code) << outcome.reply;
    EXPECT_NE(outcome.reply.find("tu choi"), std::string::npos) << outcome.reply;
    EXPECT_EQ(!peer.sessions(1).at(0).data.empty(), row.data_was_sent);
}

INSTANTIATE_TEST_SUITE_P(
    Relay,
    SendToARelayThatSays,
    testing::Values(
        ReplyCase{"LaterAtConnect", "connect", "421 tu choi\r\n", State::Deferred, 421, false},
        ReplyCase{"NeverAtConnect", "connect", "554 tu choi\r\n", State::Refused, 554, false},
        ReplyCase{"LaterAtMail", "MAIL", "451 4.3.0 tu choi\r\n", State::Deferred, 451, false},
        ReplyCase{"NeverAtMail", "MAIL", "550 5.7.1 tu choi\r\n", State::Refused, 550, false},
        ReplyCase{"TooLargeAtMail", "MAIL", "552 5.3.4 tu choi\r\n", State::Refused, 552, false},
        ReplyCase{"LaterAtRcpt", "RCPT", "450 4.2.1 tu choi\r\n", State::Deferred, 450, false},
        ReplyCase{"NeverAtRcpt", "RCPT", "550 5.1.1 tu choi\r\n", State::Refused, 550, false},
        ReplyCase{"LaterAtData", "DATA", "451 tu choi\r\n", State::Deferred, 451, false},
        ReplyCase{"NeverAtData", "DATA", "554 tu choi\r\n", State::Refused, 554, false},
        ReplyCase{"LaterAfterTheDot", ".", "451 4.3.2 tu choi\r\n", State::Deferred, 451, true},
        ReplyCase{"NeverAfterTheDot", ".", "554 5.6.0 tu choi\r\n", State::Refused, 554, true},
        ReplyCase{"AnotherGoodCode", ".", "252 khong tu choi\r\n", State::Sent, 252, true},
        ReplyCase{
            "SeveralLines", "RCPT", "550-5.1.1 tu\r\n550 choi\r\n", State::Refused, 550, false}
    ),
    test::case_name<ReplyCase>
);

TEST(Send, JoinsTheLinesOfAReply) {
    const SmtpPeer peer({{"RCPT", reply("550-5.1.1 khong co\r\n550-hop thu\r\n550 nay\r\n")}});
    EXPECT_EQ(hand_over(peer).reply, "5.1.1 khong co hop thu nay");
}

TEST(Send, FallsBackToHeloWhereEhloIsUnknown) {
    const SmtpPeer peer({{"EHLO", reply("502 5.5.1 no\r\n")}});
    EXPECT_EQ(hand_over(peer).state, State::Sent);
}

TEST(Greet, LeavesWithoutHandingAnythingOver) {
    const SmtpPeer peer({});
    EXPECT_EQ(greet(relay_to(peer), {}).state, State::Sent);
    const auto sessions = peer.sessions(1);
    ASSERT_EQ(sessions.size(), 1U);
    const std::vector<std::string> dialogue = {"EHLO thidua.example.vn", "NOOP", "QUIT"};
    EXPECT_EQ(sessions[0].commands, dialogue);
    EXPECT_EQ(sessions[0].data, "");
}

TEST(Greet, SaysWhatTheRelaySaid) {
    const SmtpPeer busy({{"connect", reply("421 4.3.2 nghi\r\n")}});
    const Outcome outcome = greet(relay_to(busy), {});
    EXPECT_EQ(outcome.state, State::Deferred);
    EXPECT_EQ(outcome.reply_code, 421);
    const SmtpPeer gone({{"EHLO", drop()}});
    EXPECT_EQ(greet(relay_to(gone), {}).state, State::Deferred);
}

TEST(Greet, TakesRefusedCredentialsAndMissingTlsForFailures) {
    const SmtpPeer strict({
        {"EHLO", reply("250-relay\r\n250 AUTH PLAIN\r\n")},
        {"AUTH", reply("535 5.7.8 sai mat khau\r\n")},
    });
    Relay relay = relay_to(strict);
    relay.username = "thidua";
    relay.password = "mat-khau-bi-mat";
    const Outcome refused = greet(relay, {});
    EXPECT_EQ(refused.state, State::Deferred);
    EXPECT_EQ(refused.reply_code, 535);
    EXPECT_EQ(refused.reply.find("bi-mat"), std::string::npos) << refused.reply;
    const SmtpPeer plain({});
    Relay careful = relay_to(plain);
    careful.require_tls = true;
    EXPECT_EQ(greet(careful, {}).state, State::Deferred);
}

TEST(Send, DefersWhenNobodyListens) {
    Relay relay;
    {
        const SmtpPeer gone({});
        relay = relay_to(gone);
    }
    const Outcome outcome = send(relay, sender, unit, message, {});
    EXPECT_EQ(outcome.state, State::Deferred);
    EXPECT_EQ(outcome.reply_code, 0);
    EXPECT_FALSE(outcome.reply.empty());
}

class SendToARelayThatHangsUp : public testing::TestWithParam<const char*> {};

TEST_P(SendToARelayThatHangsUp, IsDeferredBeforeTheDot) {
    const SmtpPeer peer({{GetParam(), drop()}});
    const Outcome outcome = hand_over(peer);
    EXPECT_EQ(outcome.state, State::Deferred) << outcome.reply;
    EXPECT_TRUE(peer.sessions(1).at(0).data.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Relay, SendToARelayThatHangsUp, testing::Values("connect", "EHLO", "MAIL", "RCPT", "DATA")
);

TEST(Send, IsDeferredWhenTheRelayHangsUpInsideTheMessage) {
    const SmtpPeer peer({{"body", drop()}});
    const Outcome outcome = send(relay_to(peer), sender, unit, large_message(), {});
    EXPECT_EQ(outcome.state, State::Deferred) << outcome.reply;
}

TEST(Send, IsUnknownWhenTheRelayHangsUpAfterTheDot) {
    const SmtpPeer peer({{".", drop()}});
    const Outcome outcome = hand_over(peer);
    EXPECT_EQ(outcome.state, State::Unknown);
    EXPECT_EQ(outcome.reply_code, 354);
    EXPECT_EQ(peer.sessions(1).at(0).data, on_the_wire);
}

TEST(Send, IsUnknownWhenTheReplyToTheDotTakesTooLong) {
    const SmtpPeer peer({{".", silence()}});
    Relay relay = relay_to(peer);
    relay.timeout = 300ms;
    const auto start = std::chrono::steady_clock::now();
    const Outcome outcome = send(relay, sender, unit, message, {});
    EXPECT_EQ(outcome.state, State::Unknown);
    EXPECT_EQ(outcome.reply_code, 354);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 4s);
}

TEST(Send, IsUnknownWhenTheReplyToTheDotIsGarbage) {
    const SmtpPeer peer({{".", reply("xin chao\r\n")}, {"QUIT", drop()}});
    Relay relay = relay_to(peer);
    relay.timeout = 300ms;
    EXPECT_EQ(send(relay, sender, unit, message, {}).state, State::Unknown);
}

TEST(Send, WaitsForASlowReplyToTheDot) {
    const SmtpPeer peer({{".", {.act = Act::Reply, .text = "250 Ok\r\n", .delay = 1'500ms}}});
    EXPECT_EQ(hand_over(peer).state, State::Sent);
}

TEST(Send, GivesUpOnARelayThatSaysNothing) {
    const SmtpPeer peer({{"MAIL", silence()}});
    Relay relay = relay_to(peer);
    relay.timeout = 200ms;
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(send(relay, sender, unit, message, {}).state, State::Deferred);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);
}

class SendDoesNotWaitForGoodbye : public testing::TestWithParam<const char*> {};

// The outcome is known; learning it late only widens the window in which a crash forgets it.
TEST_P(SendDoesNotWaitForGoodbye, WhateverTheOutcome) {
    SmtpScript script = {{"QUIT", silence()}};
    if (std::string(GetParam()) != "nothing") {
        script[GetParam()] = reply("550 no\r\n");
    }
    const SmtpPeer peer(script);
    const auto start = std::chrono::steady_clock::now();
    const Outcome outcome = hand_over(peer);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
    EXPECT_NE(outcome.state, State::Unknown);
}

INSTANTIATE_TEST_SUITE_P(
    Relay,
    SendDoesNotWaitForGoodbye,
    testing::Values("nothing", "connect", "MAIL", "RCPT", "DATA", ".")
);

TEST(Send, StopsAtOnceBeforeTheMessage) {
    const SmtpPeer peer({{"RCPT", silence()}});
    std::stop_source source;
    const std::jthread stopper([&] {
        (void)peer.has_seen("RCPT");
        source.request_stop();
    });
    const auto start = std::chrono::steady_clock::now();
    const Outcome outcome = send(relay_to(peer), sender, unit, message, source.get_token());
    EXPECT_EQ(outcome.state, State::Deferred);
    EXPECT_NE(outcome.reply.find("stopped"), std::string::npos) << outcome.reply;
    EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
}

TEST(Send, StopsAtOnceInsideAMessageThatNobodyReads) {
    const SmtpPeer peer({{"body", {.act = Act::Stall, .text = {}, .delay = 0ms}}});
    std::stop_source source;
    const std::jthread stopper([&] {
        (void)peer.has_seen("body");
        source.request_stop();
    });
    const auto start = std::chrono::steady_clock::now();
    const std::string large = large_message();
    const Outcome outcome = send(relay_to(peer), sender, unit, large, source.get_token());
    EXPECT_EQ(outcome.state, State::Deferred);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
}

TEST(Send, WaitsForTheReplyToTheDotEvenWhenStopped) {
    const SmtpPeer peer({{".", {.act = Act::Reply, .text = "250 Ok\r\n", .delay = 500ms}}});
    std::stop_source source;
    const std::jthread stopper([&] {
        (void)peer.has_seen(".");
        source.request_stop();
    });
    EXPECT_EQ(send(relay_to(peer), sender, unit, message, source.get_token()).state, State::Sent);
}

TEST(Send, SendsNothingWhenStoppedAlready) {
    const SmtpPeer peer({});
    std::stop_source source;
    source.request_stop();
    const Outcome outcome = send(relay_to(peer), sender, unit, message, source.get_token());
    EXPECT_EQ(outcome.state, State::Deferred);
}

TEST(Send, OneBadRecipientDoesNotHurtOthers) {
    const SmtpPeer peer({{"RCPT b@example.vn", reply("550 5.1.1 khong co\r\n")}});
    const Relay relay = relay_to(peer);
    EXPECT_EQ(send(relay, sender, "a@example.vn", message, {}).state, State::Sent);
    const Outcome refused = send(relay, sender, "b@example.vn", message, {});
    EXPECT_EQ(refused.state, State::Refused);
    EXPECT_EQ(refused.reply, "5.1.1 khong co");
    EXPECT_EQ(send(relay, sender, "c@example.vn", message, {}).state, State::Sent);

    std::vector<bool> accepted;
    for (const SmtpSession& session : peer.sessions(3)) {
        accepted.push_back(session.accepted);
    }
    EXPECT_EQ(accepted, (std::vector<bool>{true, false, true}));
}

}  // namespace
}  // namespace thidua::delivery
