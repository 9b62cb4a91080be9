// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What `config show` prints: what counts, and where it comes from.
#include "config/effective.hpp"

#include "tests/config/workspace.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

/// Fails the test if `text` does not hold `part`, or holds it although it must not.
void expect_in(const std::string& text, const std::string& part, bool is_there = true) {
    EXPECT_EQ(text.find(part) != std::string::npos, is_there) << part << " in\n" << text;
}

std::string shown_yaml(
    const std::filesystem::path& root, Privacy privacy, Origins origins = Origins::Hidden
) {
    const auto effective = read_effective(root, privacy);
    return effective ? to_yaml(*effective, origins) : to_text(effective.error().front());
}

/// Where a value comes from: "" if there is no such key.
std::string origin_of_key(const EffectiveValue& value, std::string_view key) {
    if (value.key == key) {
        return origin_text(value);
    }
    for (const EffectiveValue& each : value.below) {
        if (std::string found = origin_of_key(each, key); !found.empty()) {
            return found;
        }
    }
    return "";
}

TEST(Effective, TellsWhereEachValueComesFrom) {
    const Workspace workspace;
    workspace.write("thidua.d/10-local.yaml", "smtp: {connections: 2}\n");
    const auto shown = read_effective(workspace.root(), Privacy::Whole);
    ASSERT_TRUE(shown);
    const std::string folder = workspace.folder().string() + "/";
    EXPECT_EQ(origin_of_key(*shown, "smtp.from"), folder + "thidua.yaml:21:9");
    EXPECT_EQ(origin_of_key(*shown, "smtp.connections"), folder + "thidua.d/10-local.yaml:1:21");
    EXPECT_EQ(origin_of_key(*shown, "smtp.max_attempts"), "default");
    EXPECT_EQ(origin_of_key(*shown, "sources.tthc.retry.max_backoff"), "default");
    EXPECT_EQ(origin_of_key(*shown, "campaign.start"), folder + "thidua.yaml:4:10");
    EXPECT_EQ(origin_of_key(*shown, "campaign.end"), folder + "campaign.yaml:4:6");
    EXPECT_EQ(
        origin_of_key(*shown, "sources.tthc.kind"), folder + "presets/some-dossiers.yaml:1:7"
    );
    EXPECT_EQ(origin_of_key(*shown, "alerts.for"), "") << "nobody is reminded without alerts";
}

TEST(Effective, IsTheConfigurationThatItWasMadeFrom) {
    const auto complete = repository() / "tests/data/config/complete";
    for (const char* name : {"thidua.yaml", "server.yaml"}) {
        const Workspace workspace;
        const std::string once = shown_yaml(complete / name, Privacy::Whole, Origins::Shown);
        workspace.write("shown.yaml", once);
        const auto of_shown = load(workspace.folder() / "shown.yaml");
        ASSERT_TRUE(of_shown) << to_text(of_shown.error().front()) << "\n" << once;
        const auto of_written = load(complete / name);
        ASSERT_TRUE(of_written);
        EXPECT_EQ(of_shown->campaign, of_written->campaign);
        EXPECT_EQ(of_shown->sources.size(), of_written->sources.size());
        EXPECT_EQ(
            shown_yaml(workspace.folder() / "shown.yaml", Privacy::Whole),
            shown_yaml(complete / name, Privacy::Whole)
        );
    }
}

TEST(Effective, LeavesPeopleAndWhatSourcesAreSentOut) {
    const auto root = repository() / "tests/data/config/complete/thidua.yaml";
    const std::string whole = shown_yaml(root, Privacy::Whole);
    const std::string short_of_it = shown_yaml(root, Privacy::Redacted);
    for (const char* word : {"an@example.vn", "Ông An", "LANGSON", "Nguyễn Văn Mẫu"}) {
        expect_in(whole, word);
        expect_in(short_of_it, word, false);
    }
    expect_in(short_of_it, "smarthost: relay.example.vn:587");
    expect_in(short_of_it, "secrets/smtp");
}

TEST(Effective, NeverShowsWhatAUrlHoldsOfSecrets) {
    EXPECT_EQ(without_secrets("https://a.vn/x"), "https://a.vn/x");
    EXPECT_EQ(
        without_secrets("https://u:p@a.vn/x?key=1&b=2"), "https://u:(redacted)@a.vn/x?(redacted)"
    );
    EXPECT_EQ(
        without_secrets("postgresql://thidua@db.vn:5432/t"), "postgresql://thidua@db.vn:5432/t"
    );
    EXPECT_EQ(without_secrets("http://a.vn:80/x@y"), "http://a.vn:80/x@y");
    EXPECT_EQ(without_secrets("see https://u:p@a.vn"), "see https://u:p@a.vn") << "a sentence";

    const Workspace workspace;
    workspace.replace("thidua.yaml", "http://127.0.0.1:8081", "http://user:hunter2@127.0.0.1:8081");
    const std::string shown = shown_yaml(workspace.root(), Privacy::Whole);
    expect_in(shown, "hunter2", false);
    expect_in(shown, "base_url: http://user:(redacted)@127.0.0.1:8081");
}

TEST(Effective, SaysWhatCannotBeRead) {
    const Workspace workspace;
    workspace.replace("thidua.yaml", "preset: some-dossiers", "preset: sme-dossiers");
    expect_in(shown_yaml(workspace.root(), Privacy::Whole), "did you mean \"some-dossiers\"?");
}

}  // namespace

}  // namespace thidua::config
