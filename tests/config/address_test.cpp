// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/address.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace thidua::config {

namespace {

struct MailboxCase {
    std::string name;
    std::string text;
    bool is_mailbox = false;

    friend void PrintTo(const MailboxCase& row, std::ostream* out) { *out << row.name; }
};

class Mailbox : public testing::TestWithParam<MailboxCase> {};

TEST_P(Mailbox, IsExactlyOneAddress) {
    EXPECT_EQ(is_mailbox(GetParam().text), GetParam().is_mailbox);
}

const MailboxCase mailbox_cases[] = {
    {"Plain", "giam-doc@example.vn", true},
    {"Signs", "van.phong+so@mail.example.gov.vn", true},
    {"OneLabel", "root@localhost", true},
    {"LongestLocalPart", std::string(64, 'a') + "@example.vn", true},
    {"TooLongLocalPart", std::string(65, 'a') + "@example.vn", false},
    {"TooLongLabel", "a@" + std::string(64, 'b') + ".vn", false},
    {"Empty", "", false},
    {"NoAt", "giam-doc.example.vn", false},
    {"TwoAts", "a@b@example.vn", false},
    {"NoLocalPart", "@example.vn", false},
    {"NoHost", "giam-doc@", false},
    {"LeadingDot", ".a@example.vn", false},
    {"TwoDots", "a..b@example.vn", false},
    {"TrailingDot", "a@example.vn.", false},
    {"HyphenFirst", "a@-example.vn", false},
    {"DisplayName", "A <a@example.vn>", false},
    {"List", "a@example.vn,b@example.vn", false},
    {"Blank", "a b@example.vn", false},
    {"LineEnd", "a@example.vn\r\nBcc: b@example.vn", false},
    {"NullByte", std::string("a@example.vn\0", 13), false},
    {"Quoted", "\"a b\"@example.vn", false},
    {"NotAscii", "giám-đốc@example.vn", false},
    {"AddressLiteral", "a@[127.0.0.1]", false},
};

INSTANTIATE_TEST_SUITE_P(Config, Mailbox, testing::ValuesIn(mailbox_cases), test::case_name<MailboxCase>);

}  // namespace

}  // namespace thidua::config
