// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which addresses are let through to a relay, and what a Message-ID is made of.
#include "delivery/message.hpp"

#include <gtest/gtest.h>

#include <string>

namespace thidua::delivery {
namespace {

TEST(MessageId, NamesTheEditionAndTheRecipient) {
    const std::string id = message_id("2024-W42", "a@b.vn", "so.example.vn");
    EXPECT_EQ(id, message_id("2024-W42", "a@b.vn", "so.example.vn"));
    EXPECT_NE(id, message_id("2024-W43", "a@b.vn", "so.example.vn"));
    EXPECT_NE(id, message_id("2024-W42", "c@b.vn", "so.example.vn"));
    EXPECT_NE(message_id("ab", "c", "d.vn"), message_id("a", "bc", "d.vn"));
    EXPECT_TRUE(is_safe_address(id)) << id;
    EXPECT_EQ(id.find("a@b"), std::string::npos) << "the id does not tell whom it went to";
}

TEST(IsSafeAddress, TakesPlainMailboxes) {
    for (const char* address :
         {"a@b.vn", "nguyen.van.a@so-tnmt.langson.gov.vn", "a+b_c@b.vn", "root@localhost", "1@2"}) {
        EXPECT_TRUE(is_safe_address(address)) << address;
    }
    EXPECT_TRUE(is_safe_address(std::string(64, 'a') + "@b.vn"));
}

TEST(IsSafeAddress, RefusesEverythingElse) {
    for (const char* address :
         {"",
          "a",
          "@",
          "a@",
          "@b.vn",
          "a@b@c.vn",
          "a b@c.vn",
          " a@b.vn",
          "a@b.vn ",
          "a@b.vn\r\n",
          "a@b.vn\nRCPT TO:<x@y.vn>",
          "a@b.vn>",
          "<a@b.vn>",
          "A <a@b.vn>",
          "a@b.vn,c@d.vn",
          "a@b.vn;c@d.vn",
          "\"a b\"@c.vn",
          "a@[127.0.0.1]",
          "a@b..vn",
          "a@.vn",
          "a@vn.",
          "a..b@c.vn",
          ".a@b.vn",
          "a.@b.vn",
          "a@-b.vn",
          "a@b-.vn",
          "-oQ/tmp@b.vn",
          "ô@b.vn",
          "a@bô.vn",
          "a(x)@b.vn",
          "a\\@b.vn",
          "a:b@c.vn",
          "a@b_c.vn"}) {
        EXPECT_FALSE(is_safe_address(address)) << address;
    }
    EXPECT_FALSE(is_safe_address(std::string("a\0b@c.vn", 8)));
    EXPECT_FALSE(is_safe_address(std::string(65, 'a') + "@b.vn"));
    EXPECT_FALSE(is_safe_address("a@" + std::string(64, 'b') + ".vn"));
    std::string deep = "a@b";
    while (deep.size() <= 254) {
        deep += ".bbbbbbb";
    }
    EXPECT_FALSE(is_safe_address(deep));
}

}  // namespace
}  // namespace thidua::delivery
