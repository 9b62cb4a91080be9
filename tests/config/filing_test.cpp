// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Where editions are filed on another machine.
#include "tests/config/mistake.hpp"
#include "tests/config/workspace.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

const std::string filing_drop_in = "thidua.d/filing.yaml";

TEST(FilingElsewhere, IsByKeyOrByPassword) {
    const Workspace workspace;
    workspace.write(
        filing_drop_in,
        "filing: {url: \"sftp://host.example.vn:2222/~/thidua/\", user: thidua, key_file: key, "
        "known_hosts_file: hosts}\n"
    );
    EXPECT_EQ(workspace.problems(), std::vector<std::string>{});
    const auto filing = load(workspace.root())->filing;
    ASSERT_TRUE(filing);
    EXPECT_EQ(filing->url, "sftp://host.example.vn:2222/~/thidua/");
    EXPECT_EQ(filing->key_file, workspace.folder() / "thidua.d/key");
    workspace.write(
        filing_drop_in,
        "filing: {url: \"https://host.example.vn/dav/\", user: thidua, password_file: p}\n"
    );
    EXPECT_EQ(workspace.problems(), std::vector<std::string>{});
}

class FilingMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(FilingMistakes, AreNamedWithTheirPlaceAndTheirRemedy) {
    const Workspace workspace;
    workspace.write(filing_drop_in, "filing:\n  {" + GetParam().to + "}\n");
    EXPECT_EQ(workspace.problems(), GetParam().problems);
}

const std::string no_folder =
    "must be a folder such as sftp://host.example.vn/thidua/ or "
    "https://host.example.vn/dav/thidua/, of plain letters, without a user or a password";

const Mistake filing_mistakes[] = {
    {"NothingAtAll",
     "",
     "",
     "",
     {filing_drop_in + ":1:1: filing.url: missing: it must be given, such as "
                       "\"url: sftp://files.example.vn/thidua/\""}},
    {"APasswordInTheUrl",
     "",
     "",
     "url: \"sftp://u:secret@host/\"",
     {filing_drop_in + ":2:9: filing.url: " + no_folder}},
    {"PlainHttp",
     "",
     "",
     "url: \"http://host/\"",
     {filing_drop_in + ":2:9: filing.url: " + no_folder}},
    {"NeitherUserNorKeys",
     "",
     "",
     "url: \"sftp://host/\"",
     {filing_drop_in + ":1:1: filing.user: missing: it must be given, such as "
                       "\"user: thidua\"",
      filing_drop_in +
          ":1:1: filing.known_hosts_file: missing: a file with the host's key, as ssh-keyscan "
          "prints it",
      filing_drop_in + ":1:1: filing: either \"password_file\" or \"key_file\""}},
    {"AKeyForWebdav",
     "",
     "",
     "url: \"https://host/\", key_file: k",
     {filing_drop_in + ":2:36: filing.key_file: goes with sftp://"}},
    {"APasswordWithoutAUser",
     "",
     "",
     "url: \"https://host/\", password_file: k",
     {filing_drop_in + ":1:1: filing: \"user\" and \"password_file\" go together"}},
};

INSTANTIATE_TEST_SUITE_P(All, FilingMistakes, testing::ValuesIn(filing_mistakes), test::case_name<Mistake>);

}  // namespace

}  // namespace thidua::config
