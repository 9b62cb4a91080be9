// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Where the status pages listen.
#include "config/web_reader.hpp"
#include "tests/config/mistake.hpp"
#include "tests/config/workspace.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

const std::string web_drop_in = "thidua.d/web.yaml";

Web load_web(const std::string& keys) {
    const Workspace workspace;
    workspace.write(web_drop_in, "web: " + keys + "\n");
    EXPECT_EQ(workspace.problems(), std::vector<std::string>{});
    Web web = load(workspace.root())->web;
    web.password_file = web.password_file.filename();
    return web;
}

TEST(WebListen, IsOnLoopbackUnlessSomebodySaysOtherwise) {
    const Workspace workspace;
    EXPECT_EQ(load(workspace.root())->web, Web{});
    EXPECT_EQ(load_web("{}"), Web{});
    EXPECT_EQ(load_web("{listen: 127.0.0.9:80}"), (Web{true, "127.0.0.9", 80, {}}));
    EXPECT_EQ(load_web("{listen: \"[::1]:8787\"}"), (Web{true, "::1", 8787, {}}));
    EXPECT_EQ(
        load_web("{listen: \"0.0.0.0:8787\", password_file: p}"), (Web{true, "0.0.0.0", 8787, "p"})
    );
    EXPECT_FALSE(load_web("{listen: off}").is_on);
    EXPECT_FALSE(load_web("{listen: \"off\"}").is_on);
}

TEST(WebListen, KnowsLoopback) {
    for (const char* address : {"127.0.0.1", "127.8.8.8", "::1"}) {
        EXPECT_TRUE(is_loopback(address)) << address;
    }
    for (const char* address : {"0.0.0.0", "128.0.0.1", "::", "fe80::1", "localhost", ""}) {
        EXPECT_FALSE(is_loopback(address)) << address;
    }
}

class WebMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(WebMistakes, AreNamedWithTheirPlaceAndTheirRemedy) {
    const Workspace workspace;
    workspace.write(web_drop_in, "web:\n  {" + GetParam().to + "}\n");
    EXPECT_EQ(workspace.problems(), GetParam().problems);
}

std::string refused(const std::string& given) {
    return web_drop_in + ":2:12: web.listen: \"" + given +
           "\": must be an address and a port, such as 127.0.0.1:8787 or [::1]:8787, or off";
}

std::string open_to_all(const std::string& given) {
    return web_drop_in + ":2:12: web.listen: \"" + given +
           "\": other machines reach this address: name a \"password_file\" beside it (`thidua web "
           "password` makes its lines), or listen on 127.0.0.1";
}

const Mistake web_mistakes[] = {
    {"NoPort", "", "", "listen: 127.0.0.1", {refused("127.0.0.1")}},
    {"PortNought", "", "", "listen: \"127.0.0.1:0\"", {refused("127.0.0.1:0")}},
    {"PortTooLarge", "", "", "listen: \"127.0.0.1:65536\"", {refused("127.0.0.1:65536")}},
    {"AName", "", "", "listen: \"localhost:8787\"", {refused("localhost:8787")}},
    {"SixWithoutBrackets", "", "", "listen: \"::1:8787\"", {refused("::1:8787")}},
    {"FourInBrackets", "", "", "listen: \"[127.0.0.1]:80\"", {refused("[127.0.0.1]:80")}},
    {"OpenToAll", "", "", "listen: \"0.0.0.0:8787\"", {open_to_all("0.0.0.0:8787")}},
    {"OpenToAllOfSix", "", "", "listen: \"[::]:8787\"", {open_to_all("[::]:8787")}},
    {"UnknownKey",
     "",
     "",
     "port: 80",
     {web_drop_in + ":2:4: web.port: unknown key: allowed here: \"listen\", \"password_file\""}},
};

INSTANTIATE_TEST_SUITE_P(Web, WebMistakes, testing::ValuesIn(web_mistakes), test::case_name<Mistake>);

}  // namespace

}  // namespace thidua::config
