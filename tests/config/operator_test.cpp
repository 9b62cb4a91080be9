// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Who is told of trouble, and by which ways.
#include "tests/config/mistake.hpp"
#include "tests/config/workspace.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

// Laid over the good configuration.
const std::string drop_in = "thidua.d/operator.yaml";

OperatorContact loaded(const Workspace& workspace) {
    const auto settings = load(workspace.root());
    return settings ? settings->operator_contact : OperatorContact{};
}

TEST(Operator, HasAFileOfNoticesWithoutBeingConfigured) {
    const Workspace workspace;
    const OperatorContact contact = loaded(workspace);
    EXPECT_EQ(contact.file, workspace.folder() / "state/notices.log");
    EXPECT_TRUE(contact.webhook_url_file.empty());
    EXPECT_FALSE(contact.smtp);
    EXPECT_TRUE(contact.recipients.empty());
}

TEST(Operator, HasSecretsAsCredentialsOfTheUnit) {
    const Workspace workspace;
    workspace.write(drop_in, "operator: {webhook_url_file: credential:operator-webhook}\n");
    ASSERT_EQ(unsetenv("CREDENTIALS_DIRECTORY"), 0);
    EXPECT_EQ(
        loaded(workspace).webhook_url_file, "/run/credentials/thidua.service/operator-webhook"
    );
    ASSERT_EQ(setenv("CREDENTIALS_DIRECTORY", "/run/credentials/thidua-absence.service", 1), 0);
    EXPECT_EQ(
        loaded(workspace).webhook_url_file,
        "/run/credentials/thidua-absence.service/operator-webhook"
    );
    ASSERT_EQ(unsetenv("CREDENTIALS_DIRECTORY"), 0);
}

TEST(Operator, IsToldOfACredentialThatIsNoName) {
    for (const std::string name : {"", "..", "a/b", "../../etc/passwd"}) {
        const Workspace workspace;
        workspace.write(drop_in, "operator: {webhook_url_file: \"credential:" + name + "\"}\n");
        EXPECT_EQ(
            workspace.problems(),
            std::vector<std::string>{
                drop_in + ":1:30: operator.webhook_url_file: \"credential:" + name +
                "\": must be credential: and the name that LoadCredential= gives it, as in "
                "credential:smtp"}
        );
    }
}

TEST(Operator, IsReachedByAWebhookAndASecondRelay) {
    const Workspace workspace;
    workspace.write(
        drop_in,
        "operator:\n"
        "  webhook_url_file: secrets/webhook\n"
        "  ping_url_file: secrets/ping\n"
        "  ca_file: ca.pem\n"
        "  file: told/notices.log\n"
        "  absence_after: 90m\n"
        "  smtp:\n"
        "    smarthost: other.example.vn:25\n"
        "    from: thidua@example.vn\n"
        "    recipients:\n"
        "      - {id: quan-tri, name: Quản trị, address: quan-tri@example.vn}\n"
    );
    EXPECT_EQ(workspace.problems(), std::vector<std::string>{});
    const OperatorContact contact = loaded(workspace);
    EXPECT_EQ(contact.webhook_url_file, workspace.folder() / "thidua.d/secrets/webhook");
    EXPECT_EQ(contact.ping_url_file, workspace.folder() / "thidua.d/secrets/ping");
    EXPECT_EQ(contact.ca_file, workspace.folder() / "thidua.d/ca.pem");
    EXPECT_EQ(contact.file, workspace.folder() / "state/told/notices.log");
    EXPECT_EQ(contact.absence_after, std::chrono::minutes{90});
    ASSERT_TRUE(contact.smtp);
    EXPECT_EQ(contact.smtp->host, "other.example.vn");
    EXPECT_EQ(contact.smtp->timeout, std::chrono::seconds{10});
    ASSERT_EQ(contact.recipients.size(), 1U);
    EXPECT_EQ(contact.recipients[0].address, "quan-tri@example.vn");
}

TEST(Operator, IsFoundInAConfigurationFullOfMistakes) {
    const Workspace workspace;
    workspace.write(drop_in, "operator: {webhook_url_file: hook}\nsources: nonsense\n");
    EXPECT_FALSE(load(workspace.root()));
    const auto alone = load_operator(workspace.root());
    ASSERT_TRUE(alone);
    EXPECT_EQ(alone->contact.webhook_url_file, workspace.folder() / "thidua.d/hook");
    EXPECT_EQ(alone->state_directory, workspace.folder() / "state");
    workspace.write(drop_in, "operator: {webhook_url_fil: hook}\n");
    EXPECT_FALSE(load_operator(workspace.root()));
    EXPECT_FALSE(load_operator(workspace.folder() / "missing.yaml"));
}

class OperatorMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(OperatorMistakes, AreNamedWithTheirPlaceAndTheirRemedy) {
    const Workspace workspace;
    workspace.write(drop_in, "operator:\n  " + GetParam().to + "\n");
    EXPECT_EQ(workspace.problems(), GetParam().problems);
}

const Mistake operator_mistakes[] = {
    {"TheUrlInClear",
     "",
     "",
     "webhook_url: https://hook.example.vn/secret",
     {drop_in +
      ":2:3: operator.webhook_url: unknown key: a secret is never written here: put it into a file "
      "that only the service can read, and name that file in \"webhook_url_file\""}},
    {"TheSameRelay",
     "",
     "",
     "smtp: {smarthost: \"relay.example.vn:587\", from: a@example.vn, recipients: [{id: a, name: "
     "A, address: a@example.vn}]}",
     {drop_in + ":2:21: operator.smtp.smarthost: \"relay.example.vn:587\": must be another relay "
                "than that of "
                "\"smtp:\", which could not tell of its own failure"}},
    {"NobodyIsNamed",
     "",
     "",
     "smtp: {smarthost: \"other.example.vn:25\", from: a@example.vn, recipients: []}",
     {drop_in +
      ":2:64: operator.smtp.recipients: nobody: name at least one who is told, as {id, name, "
      "address}"}},
    {"NoRecipients",
     "",
     "",
     "smtp: {smarthost: \"other.example.vn:25\", from: a@example.vn}",
     {drop_in + ":2:3: operator.smtp.recipients: missing: it must be given"}},
    {"NoAddress",
     "",
     "",
     "smtp: {smarthost: \"other.example.vn:25\", from: a@example.vn, recipients: [{id: a, name: A, "
     "address: a}]}",
     {drop_in +
      ":2:103: operator.smtp.recipients[0].address: \"a\": must be one mail address, such as "
      "giam-doc@example.vn"}},
    {"AnAlarmBeforeItIsTime",
     "",
     "",
     "absence_after: 5m",
     {drop_in + ":2:18: operator.absence_after: \"5m\": must be from 10m to 6d, such as 3h"}},
    {"UnknownKey",
     "",
     "",
     "webhok_url_file: x",
     {drop_in + ":2:3: operator.webhok_url_file: unknown key; did you mean \"webhook_url_file\"?"}},
};

INSTANTIATE_TEST_SUITE_P(All, OperatorMistakes, testing::ValuesIn(operator_mistakes), test::case_name<Mistake>);

}  // namespace

}  // namespace thidua::config
