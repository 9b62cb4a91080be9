// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What must never leave us, and what a relay must not be able to do to us.
#include "tests/delivery/hand_over.hpp"

#include <gtest/gtest.h>

#include <string>

namespace thidua::delivery {
namespace {

using test::SmtpPeer;
using test::SmtpScript;
using State = Outcome::State;

TEST(Send, RefusesAddressesThatCarryCommands) {
    const SmtpPeer peer({});
    const Relay relay = relay_to(peer);
    const std::string injected = "a@example.vn>\r\nRCPT TO:<evil@example.com";
    EXPECT_EQ(send(relay, sender, injected, message, {}).state, State::Refused);
    EXPECT_EQ(send(relay, injected, unit, message, {}).state, State::Refused);
    EXPECT_EQ(hand_over(peer).state, State::Sent);

    const auto sessions = peer.sessions(1);
    ASSERT_EQ(sessions.size(), 1U) << "the refused ones never connected";
    for (const std::string& command : sessions[0].commands) {
        EXPECT_EQ(command.find("evil"), std::string::npos) << command;
    }
}

TEST(Send, RefusesMessagesThatCouldSmuggleAnother) {
    const SmtpPeer peer({});
    const Relay relay = relay_to(peer);
    for (const std::string body :
         {"a\n.\nMAIL FROM:<x@y>\r\n", "a\r.\r\n", "a\r\n.\nb\r\n", "a", "\xc3\xa9\r\n", ""}) {
        const Outcome outcome = send(relay, sender, unit, body, {});
        EXPECT_EQ(outcome.state, State::Refused) << body;
        EXPECT_EQ(outcome.reply_code, 0);
    }
    EXPECT_EQ(hand_over(peer).state, State::Sent);
    EXPECT_EQ(peer.sessions(1).size(), 1U);
}

TEST(Send, RefusesAHostThatIsMoreThanAHost) {
    const SmtpPeer peer({});
    for (const char* host : {"", "127.0.0.1/x", "user@127.0.0.1", "a b", "a\r\nb"}) {
        Relay relay = relay_to(peer);
        relay.host = host;
        EXPECT_EQ(send(relay, sender, unit, message, {}).state, State::Deferred) << host;
    }
}

TEST(Send, SendsNothingToARelayWithoutTls) {
    const SmtpPeer peer({});
    Relay relay = relay_to(peer);
    relay.require_tls = true;
    relay.username = "thidua";
    relay.password = "mat-khau-bi-mat";
    const Outcome outcome = send(relay, sender, unit, message, {});
    EXPECT_EQ(outcome.state, State::Deferred);
    EXPECT_NE(outcome.reply.find("TLS"), std::string::npos) << outcome.reply;
    const auto sessions = peer.sessions(1);
    EXPECT_EQ(sessions.at(0).commands.at(0), "EHLO thidua.example.vn");
    for (const std::string& command : sessions.at(0).commands) {
        EXPECT_TRUE(command.starts_with("EHLO") || command == "QUIT") << command;
    }
}

TEST(Send, NeverFallsBackWhenStarttlsIsRefused) {
    const SmtpPeer peer(
        {{"EHLO", reply("250-peer\r\n250 STARTTLS\r\n")}, {"STARTTLS", reply("502 no\r\n")}}
    );
    Relay relay = relay_to(peer);
    relay.require_tls = true;
    EXPECT_EQ(send(relay, sender, unit, message, {}).state, State::Deferred);
    const auto sessions = peer.sessions(1);
    EXPECT_TRUE(sessions.at(0).data.empty());
    for (const std::string& command : sessions.at(0).commands) {
        EXPECT_FALSE(command.starts_with("MAIL")) << command;
    }
}

TEST(Send, KeepsCredentialsOffPlainConnections) {
    Relay relay;
    relay.require_tls = false;
    relay.username = "thidua";
    for (const char* host : {"relay.example.vn", "192.0.2.1", "127.example.vn", "localhost.vn"}) {
        relay.host = host;
        const Outcome outcome = send(relay, sender, unit, message, {});
        EXPECT_EQ(outcome.state, State::Deferred);
        EXPECT_NE(outcome.reply.find("need TLS"), std::string::npos) << host;
    }
}

TEST(Send, DefersWhenTheCredentialsAreRefused) {
    const SmtpPeer peer({
        {"EHLO", reply("250-peer\r\n250 AUTH PLAIN\r\n")},
        {"AUTH", reply("535 5.7.8 bad: AHRoaWR1YQBtYXQta2hhdS1iaS1tYXQ=\r\n")},
    });
    Relay relay = relay_to(peer);
    relay.username = "thidua";
    relay.password = "mat-khau-bi-mat";
    const Outcome outcome = send(relay, sender, unit, message, {});
    EXPECT_EQ(outcome.state, State::Deferred);
    EXPECT_EQ(outcome.reply_code, 535);
    EXPECT_NE(outcome.reply.find("credentials"), std::string::npos) << outcome.reply;
    EXPECT_EQ(outcome.reply.find("AHRo"), std::string::npos) << "a relay may echo what it was sent";
}

TEST(Send, DefersWhenTheRelayWantsCredentials) {
    const SmtpPeer peer({{"MAIL", reply("530 5.7.0 Authentication required\r\n")}});
    const Outcome outcome = hand_over(peer);
    EXPECT_EQ(outcome.state, State::Deferred);
    EXPECT_EQ(outcome.reply_code, 530);
}

TEST(Send, BoundsWhatARelaySays) {
    const SmtpPeer peer({{".", reply("250 " + std::string(40'000, 'x') + "\r\n")}});
    const Outcome outcome = hand_over(peer);
    EXPECT_EQ(outcome.state, State::Sent);
    EXPECT_LE(outcome.reply.size(), 500U);
}

TEST(Send, LeavesARelayThatNeverStopsTalking) {
    std::string endless;
    for (int line = 0; line < 20'000; ++line) {
        endless += "250-va con nua va con nua\r\n";
    }
    const SmtpPeer peer({{"EHLO", reply(endless)}});
    EXPECT_EQ(hand_over(peer).state, State::Deferred);
}

TEST(Send, ShowsARelaysWordsOnOneLineOfValidText) {
    const SmtpPeer peer({{"RCPT", reply("550 a\tb\x1b[31m \xff kh\xc3\xb4ng\r\n")}});
    const Outcome outcome = hand_over(peer);
    EXPECT_EQ(outcome.state, State::Refused);
    EXPECT_EQ(outcome.reply.find('\x1b'), std::string::npos);
    EXPECT_EQ(outcome.reply.find('\xff'), std::string::npos);
    EXPECT_NE(outcome.reply.find("không"), std::string::npos) << outcome.reply;
}

}  // namespace
}  // namespace thidua::delivery
