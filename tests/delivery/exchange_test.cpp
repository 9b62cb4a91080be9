// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The table from what is known of a conversation to its outcome, without a network.
#include "delivery/exchange.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace thidua::delivery {
namespace {

using State = Outcome::State;
using Trouble = Exchange::Trouble;

struct Row {
    std::string name;
    Trouble trouble;
    bool handed_over;
    int code;
    State state;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class ToOutcome : public testing::TestWithParam<Row> {};

TEST_P(ToOutcome, IsDecidedByTheReplyCode) {
    const Row& row = GetParam();
    Exchange exchange;
    exchange.trouble = row.trouble;
    exchange.handed_over = row.handed_over;
    exchange.reply_code = row.code;
    exchange.reply = "words";
    exchange.cause = "cause";
    const Outcome outcome = to_outcome(exchange);
    EXPECT_EQ(outcome.state, row.state) << outcome.reply;
    EXPECT_EQ(outcome.reply_code, row.code);
    EXPECT_FALSE(outcome.reply.empty());
}

INSTANTIATE_TEST_SUITE_P(Exchange, ToOutcome, testing::Values(Row{"Sent", Trouble::None, true, 250, State::Sent}, Row{"SentWithAnotherCode", Trouble::Other, true, 251, State::Sent}, Row{"SentThoughLeavingWentWrong", Trouble::Other, true, 250, State::Sent}, Row{"LaterAfterTheDot", Trouble::Other, true, 452, State::Deferred}, Row{"NeverAfterTheDot", Trouble::Other, true, 554, State::Refused}, Row{"CredentialsAfterTheDot", Trouble::Other, true, 530, State::Refused}, Row{"CutOffAfterTheDot", Trouble::Other, true, 354, State::Unknown}, Row{"TlsTroubleAfterTheDot", Trouble::Tls, true, 354, State::Unknown}, Row{"OddCodeAfterTheDot", Trouble::Other, true, 199, State::Unknown}, Row{"CutOffInsideTheMessage", Trouble::Other, false, 354, State::Deferred}, Row{"NoConnection", Trouble::Other, false, 0, State::Deferred}, Row{"CutOffBeforeData", Trouble::Other, false, 250, State::Deferred}, Row{"Later", Trouble::Other, false, 450, State::Deferred}, Row{"Never", Trouble::Other, false, 550, State::Refused}, Row{"WrongPassword", Trouble::Credentials, false, 535, State::Deferred}, Row{"NoCommonAuth", Trouble::Credentials, false, 250, State::Deferred}, Row{"AuthWanted", Trouble::Other, false, 530, State::Deferred}, Row{"NoStarttls", Trouble::Tls, false, 250, State::Deferred}, Row{"StarttlsRefused", Trouble::Tls, false, 502, State::Deferred}, Row{"StoppedAfterARefusedEhlo", Trouble::Stopped, false, 502, State::Deferred}), test::case_name<Row>);

TEST(ToOutcomeReply, IsOneLineOfAtMost500BytesCutBetweenLetters) {
    Exchange exchange;
    exchange.trouble = Trouble::Other;
    exchange.reply_code = 550;
    for (const std::string lead : {"", "x", "xx"}) {
        exchange.reply = lead;
        for (int letter = 0; letter < 400; ++letter) {
            exchange.reply += "ệ";
        }
        const std::string reply = to_outcome(exchange).reply;
        EXPECT_LE(reply.size(), 500U);
        EXPECT_GT(reply.size(), 496U);
        EXPECT_EQ((reply.size() - lead.size()) % 3, 0U);
    }
    exchange.reply = "a\r\nb";
    EXPECT_EQ(to_outcome(exchange).reply.find('\n'), std::string::npos);
}

TEST(ReplyLog, KeepsTheLatestReply) {
    ReplyLog log;
    log.add("220 hello\r\n");
    log.add("250-one\r\n");
    log.add("250-two\r\n");
    log.add("250 three\r\n");
    EXPECT_EQ(log.words(), "one two three");
    log.add("550\r\n");
    EXPECT_EQ(log.words(), "");
    log.add("550 \r\n");
    EXPECT_EQ(log.words(), "");
    log.add("garbage\r\n");
    log.add("250 ok\r\n");
    EXPECT_EQ(log.words(), "garbage ok");
}

TEST(ReplyLog, IsBounded) {
    ReplyLog log;
    for (int line = 0; line < 10'000; ++line) {
        log.add("250-" + std::string(1'000, 'x') + "\r\n");
    }
    EXPECT_LE(log.words().size(), 16'000U);
}

TEST(IsStrictMessage, TakesOnlyWhatEveryRelayReadsTheSameWay) {
    EXPECT_TRUE(is_strict_message("a\r\n"));
    EXPECT_TRUE(is_strict_message("\r\n"));
    EXPECT_TRUE(is_strict_message("a\r\n\r\n.\r\nb\r\n"));
    EXPECT_TRUE(is_strict_message(std::string(998, 'a') + "\r\n"));
    for (const std::string bad :
         {"", "a", "a\n", "a\r", "a\n\r\n", "a\r\r\n", "\n.\r\n", "a\r\nb\n\r\n", "\x80\r\n"}) {
        EXPECT_FALSE(is_strict_message(bad)) << bad;
    }
    EXPECT_FALSE(is_strict_message(std::string("a\0b\r\n", 5)));
    EXPECT_FALSE(is_strict_message(std::string(999, 'a') + "\r\n"));
}

}  // namespace
}  // namespace thidua::delivery
