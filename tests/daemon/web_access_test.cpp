// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Who may look at the pages, and how often somebody may guess.
#include "core/base64.hpp"
#include "core/file.hpp"
#include "daemon/web/access.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <string>

namespace thidua::daemon::web {
namespace {

using namespace std::chrono_literals;

constexpr Access::Time start{};

const Credentials coordinator{"van-phong", "đúng ngựa pin ghim"};

Request asking(const std::string& authorization) {
    Request request;
    request.method = "GET";
    request.path = "/";
    request.authorization = authorization;
    request.peer = "192.0.2.7";
    return request;
}

std::string basic(const Credentials& credentials) {
    return "Basic " + base64(credentials.user + ":" + credentials.password);
}

TEST(BasicHeader, IsReadStrictly) {
    EXPECT_EQ(parse_basic(basic(coordinator)), coordinator);
    EXPECT_EQ(parse_basic("bAsIc YTpiOmM="), (Credentials{"a", "b:c"}));
    for (const char* header :
         {"", "Basic", "Basic ", "Basic YTpi*", "Basic YTpi YTpi", "Basic YWI=", "Bearer YTpi"}) {
        EXPECT_FALSE(parse_basic(header)) << header;
    }
}

TEST(PasswordFile, HoldsWhatTheCommandMakes) {
    const auto line = make_password_line(coordinator);
    ASSERT_TRUE(line) << line.error().message;
    EXPECT_TRUE(line->starts_with("van-phong:$argon2id$v=19$m=19456,t=2,p=1$"));
    const auto lines = parse_password_file("# those who may look\r\n\n" + *line + "\r\n");
    ASSERT_TRUE(lines) << lines.error().message;
    EXPECT_TRUE(is_right(*lines, coordinator));
    EXPECT_FALSE(is_right(*lines, {"van-phong", "đúng ngựa pin ghi"}));
    EXPECT_FALSE(is_right(*lines, {"giam-doc", coordinator.password}));
    EXPECT_FALSE(is_right(*lines, {"", ""}));
    EXPECT_NE(*line, *make_password_line(coordinator));  // a salt of its own
}

TEST(PasswordFile, TakesWhatTheArgon2ProgramMakes) {
    // printf 'a long password' | argon2 saltsalt -id -e
    const auto lines = parse_password_file(
        "khach:$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$"
        "/Rr9SfGYR6uGbH6p9UUf+HO/+MHXbhFbE0GqzYu0XTg"
    );
    ASSERT_TRUE(lines);
    EXPECT_TRUE(is_right(*lines, {"khach", "a long password"}));
    EXPECT_FALSE(is_right(*lines, {"khach", "another password"}));
}

TEST(PasswordFile, NamesTheLineAndNeverItsContent) {
    for (const char* text :
         {"van-phong:secret\n", "secret\n", ":$argon2id$v=19\n", "a b:$argon2id$\n"}) {
        const auto lines = parse_password_file(std::string("\n") + text);
        ASSERT_FALSE(lines) << text;
        EXPECT_TRUE(lines.error().message.starts_with("line 2: ")) << lines.error().message;
        EXPECT_FALSE(lines.error().message.contains("secret"));
    }
    EXPECT_EQ(
        parse_password_file("# nobody\n").error().message,
        "names nobody: `thidua web password` makes its lines"
    );
}

TEST(PasswordLine, RefusesShortPasswordsAndOddNames) {
    EXPECT_FALSE(make_password_line({"a", "eleven byte"}));
    EXPECT_TRUE(make_password_line({"a", "twelve bytes"}));
    EXPECT_FALSE(make_password_line({"a:b", "twelve bytes"}));
    EXPECT_FALSE(make_password_line({"", "twelve bytes"}));
    EXPECT_FALSE(make_password_line({"a", std::string(257, 'x')}));
}

TEST(Throttle, LetsAnAddressWaitLongerEachTime) {
    Throttle throttle;
    for (int failure = 0; failure < 5; ++failure) {
        EXPECT_EQ(throttle.wait("192.0.2.7", start), 0s) << failure;
        throttle.failed("192.0.2.7", start);
    }
    EXPECT_EQ(throttle.wait("192.0.2.7", start), 2s);
    EXPECT_EQ(throttle.wait("192.0.2.8", start), 0s);
    EXPECT_EQ(throttle.wait("192.0.2.7", start + 2s), 0s);
    throttle.failed("192.0.2.7", start + 2s);
    EXPECT_EQ(throttle.wait("192.0.2.7", start + 2s), 4s);
    for (int failure = 0; failure < 20; ++failure) {
        throttle.failed("192.0.2.7", start + 2s);
    }
    EXPECT_EQ(throttle.wait("192.0.2.7", start + 2s + 61s), 300s - 61s);
    throttle.succeeded("192.0.2.7");
    EXPECT_EQ(throttle.wait("192.0.2.7", start + 63s), 0s);
}

TEST(Throttle, LetsEverybodyWaitWhereManyAddressesGuess) {
    Throttle throttle;
    for (int address = 0; address < 30; ++address) {
        throttle.failed("192.0.2." + std::to_string(address), start + 10s);
    }
    EXPECT_EQ(throttle.wait("198.51.100.1", start + 10s), 60s);
    EXPECT_EQ(throttle.wait("198.51.100.1", start + 69s), 1s);
    EXPECT_EQ(throttle.wait("198.51.100.1", start + 70s), 0s);
}

TEST(Throttle, ForgetsAddressesSoThatTheyFillNoMemory) {
    Throttle throttle;
    for (int failure = 0; failure < 9; ++failure) {
        throttle.failed("192.0.2.7", start);
    }
    EXPECT_EQ(throttle.wait("192.0.2.7", start + 15min), 0s);
}

class AccessBy : public testing::Test {
  protected:
    AccessBy() {
        path_ = folder_.path() / "passwords";
        std::ignore = write_file(path_, *make_password_line(coordinator) + "\n");
    }

    test::TemporaryFolder folder_;
    std::filesystem::path path_;
};

TEST_F(AccessBy, NoFileAsksNobody) {
    Access access({});
    EXPECT_EQ(access.look(asking(""), start).verdict, Access::Verdict::Granted);
}

TEST_F(AccessBy, PasswordIsRememberedForAWhile) {
    Access access(path_);
    const auto nobody = access.look(asking(""), start);
    EXPECT_EQ(nobody.verdict, Access::Verdict::Refused);
    EXPECT_EQ(nobody.response.status, 401);
    const Request right = asking(basic(coordinator));
    EXPECT_EQ(access.look(right, start).verdict, Access::Verdict::Unknown);
    EXPECT_FALSE(access.check(right, start));
    EXPECT_EQ(access.look(right, start + 299s).verdict, Access::Verdict::Granted);
    EXPECT_EQ(access.look(right, start + 300s).verdict, Access::Verdict::Unknown);
}

TEST_F(AccessBy, WrongPasswordsAreThrottledAndRightOnesThen) {
    Access access(path_);
    const Request wrong = asking(basic({"van-phong", "guess guess guess"}));
    for (int guess = 0; guess < 5; ++guess) {
        EXPECT_EQ(access.check(wrong, start)->status, 401);
    }
    EXPECT_EQ(access.check(wrong, start)->status, 429);
    EXPECT_EQ(access.look(asking(basic(coordinator)), start).response.status, 429);
    EXPECT_FALSE(access.check(asking(basic(coordinator)), start + 2s));
}

TEST_F(AccessBy, FileThatEverybodyReadsIsNotUsed) {
    std::filesystem::permissions(
        path_, std::filesystem::perms::others_read, std::filesystem::perm_options::add
    );
    EXPECT_EQ(
        read_password_file(path_).error().message,
        "web.password_file: " + path_.string() + ": everybody can read it: chmod o-r"
    );
    Access access(path_);
    EXPECT_EQ(access.check(asking(basic(coordinator)), start)->status, 503);
}

}  // namespace
}  // namespace thidua::daemon::web
