// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/options.hpp"

#include <gtest/gtest.h>

namespace thidua::daemon {
namespace {

std::expected<Options, ExitCode> parse(std::vector<std::string> words) {
    words.insert(words.begin(), "thidua");
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    return parse_options(static_cast<int>(arguments.size()), arguments.data());
}

TEST(Options, ReadsACommandWithItsOptionsInAnyOrder) {
    const auto options = parse(
        {"standings",
         "--json",
         "--as-of",
         "2024-10-18",
         "--config",
         "a.yaml",
         "--known-at",
         "2024-10-18T16:00:00+07:00"}
    );
    ASSERT_TRUE(options);
    EXPECT_EQ(options->command, Command::Standings);
    EXPECT_TRUE(options->json);
    EXPECT_EQ(options->config, "a.yaml");
    EXPECT_EQ(to_text(*options->as_of), "2024-10-18");
    EXPECT_EQ(to_text(*options->known_at), "2024-10-18T16:00:00+07:00");
    EXPECT_EQ(parse({"--config", "b.yaml", "pull", "tthc", "dvcqg"})->sources.size(), 2U);
    EXPECT_EQ(parse({"schedule", "next"})->command, Command::ScheduleNext);
    EXPECT_EQ(parse({"report", "send", "--week", "2024-W42"})->week, (IsoWeek{2024, 42}));
}

TEST(Options, ReadsWhatIsDoneToTheStore) {
    EXPECT_EQ(parse({"audit", "verify", "--json"})->command, Command::AuditVerify);
    const auto sealed = parse({"audit", "verify", "--seal", "1.234, a1b2c3d4e5f6…"});
    ASSERT_TRUE(sealed);
    EXPECT_EQ(sealed->seal, (PrintedSeal{1234, "a1b2c3d4e5f6"}));
    EXPECT_EQ(parse({"audit", "list"})->limit, 20);
    EXPECT_EQ(parse({"audit", "list", "--limit", "3"})->limit, 3);
    EXPECT_EQ(parse({"db", "migrate"})->command, Command::DbMigrate);
    EXPECT_EQ(parse({"backup", "b.db"})->file, "b.db");
    EXPECT_EQ(parse({"backup", "copies", "--keep", "3"})->entry.copies, 3);
    const auto restore = parse({"restore", "b.db", "--by", "An"});
    ASSERT_TRUE(restore);
    EXPECT_EQ(restore->command, Command::Restore);
    EXPECT_EQ(restore->file, "b.db");
    EXPECT_EQ(restore->by, "An");
    EXPECT_TRUE(parse({"restore", "--accept-loss", "--by", "An"})->accept_loss);
}

TEST(Options, ReadsWhichPullsToList) {
    const auto list = parse({"pulls", "list", "--source", "tthc", "--limit", "5", "--json"});
    ASSERT_TRUE(list);
    EXPECT_EQ(list->command, Command::PullsList);
    EXPECT_EQ(list->source, "tthc");
    EXPECT_EQ(list->limit, 5);
    EXPECT_EQ(parse({"pulls", "list"})->limit, 20);
}

TEST(Options, ReadsWhatIsAskedAndReadAgain) {
    const auto dry = parse({"pull", "tthc", "--dry-run", "--limit", "3", "--record", "r"});
    ASSERT_TRUE(dry);
    EXPECT_TRUE(dry->dry_run);
    EXPECT_EQ(dry->limit, 3);
    EXPECT_EQ(dry->record, "r");
    const auto again =
        parse({"backfill", "tthc", "--from", "2024-06-07", "--to", "2024-06-20", "--dry-run"});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->command, Command::Backfill);
    EXPECT_EQ(again->sources, std::vector<std::string>{"tthc"});
    EXPECT_EQ(to_text(*again->from), "2024-06-07");
    EXPECT_EQ(to_text(*again->last), "2024-06-20");
    EXPECT_EQ(parse({"replay", "tthc", "dvcqg"})->sources.size(), 2U);
    EXPECT_TRUE(parse({"replay", "--dry-run"})->dry_run);
}

TEST(Options, ReadsWhatIsImported) {
    const auto units = parse({"import", "units.xlsx", "--as", "units", "--dry-run"});
    ASSERT_TRUE(units);
    EXPECT_EQ(units->command, Command::Import);
    EXPECT_EQ(units->kind, "units");
    EXPECT_TRUE(units->dry_run);
    const auto procedures =
        parse({"import", "p.csv", "--as", "procedures", "--from", "2024-01-01", "--out", "p.yaml"});
    ASSERT_TRUE(procedures);
    EXPECT_EQ(to_text(*procedures->from), "2024-01-01");
    EXPECT_EQ(procedures->out, "p.yaml");
    EXPECT_EQ(parse({"import", "--template", "officers"})->template_kind, "officers");
    EXPECT_EQ(parse({"import", "a.csv", "b.csv", "--as", "dossiers"})->files.size(), 2U);
}

TEST(Options, ReadsWhatPeopleDecideOn) {
    const auto drop = parse({"quarantine", "drop", "7", "--by", "An", "--note", "why"});
    ASSERT_TRUE(drop);
    EXPECT_EQ(drop->command, Command::QuarantineDrop);
    EXPECT_EQ(drop->id, 7);
    EXPECT_EQ(drop->by, "An");
    EXPECT_EQ(drop->note, "why");
    EXPECT_EQ(parse({"quarantine", "show", "7"})->id, 7);
    EXPECT_TRUE(parse({"quarantine", "list", "--all", "--source", "tthc"})->all);
    EXPECT_EQ(parse({"quarantine", "replay", "--source", "tthc"})->source, "tthc");
    const auto map = parse({"units", "map", "X1", "H37.10", "--by", "An", "--from", "2024-07-01"});
    ASSERT_TRUE(map);
    EXPECT_EQ(map->command, Command::UnitsMap);
    EXPECT_EQ(map->code, "X1");
    EXPECT_EQ(map->unit, "H37.10");
    EXPECT_EQ(to_text(*map->from), "2024-07-01");
    EXPECT_EQ(parse({"units", "unmapped"})->command, Command::UnitsUnmapped);
    EXPECT_EQ(parse({"units", "list", "--as-of", "2024-07-01"})->command, Command::UnitsList);
    EXPECT_EQ(parse({"procedures", "list"})->command, Command::ProceduresList);
    EXPECT_EQ(parse({"report", "render"})->out, "") << "no other command's default";
    const auto gap = parse({"gap", "--as-of", "2024-10-18", "--unit", "H37.10"});
    ASSERT_TRUE(gap);
    EXPECT_EQ(gap->command, Command::Gap);
    EXPECT_EQ(gap->unit, "H37.10");
    EXPECT_EQ(to_text(*gap->as_of), "2024-10-18");
    EXPECT_EQ(parse({"rules", "sensitivity"})->command, Command::RulesSensitivity);
    EXPECT_EQ(parse({"rules", "eval"})->command, Command::RulesEval);
    EXPECT_EQ(parse({"rules", "explain", "H37.10", "giay-khen"})->award, "giay-khen");
}

TEST(Options, ReadsWhosePasswordItIs) {
    EXPECT_EQ(parse({"web", "password", "van-phong"})->command, Command::WebPassword);
    EXPECT_EQ(parse({"web", "password", "van-phong"})->by, "van-phong");
}

TEST(Options, AnswersAMistakeWithTheUsageCode) {
    for (const auto& words : std::vector<std::vector<std::string>>{
             {},
             {"conquer"},
             {"standings", "--as-of", "2024-06-31"},
             {"standings", "--known-at", "yesterday"},
             {"report", "render", "--week", "2024-W53"},
             {"simulate"},
             {"audit"},
             {"audit", "list", "--limit", "0"},
             {"audit", "verify", "--seal", "1234"},
             {"pulls"},
             {"pulls", "list", "--limit", "-1"},
             {"backfill", "tthc", "--from", "2024-06-07"},
             {"backfill", "--from", "2024-06-07", "--to", "2024-06-20"},
             {"quarantine"},
             {"quarantine", "drop", "7"},
             {"quarantine", "show", "x"},
             {"units", "map", "X1", "H37.10"},
             {"import", "a.csv"},
             {"import", "a.csv", "b.csv", "--as", "units"},
             {"import", "a.csv", "--as", "dossiers", "--dry-run"},
             {"import", "a.csv", "--as", "units", "--from", "2024-01-01"},
             {"backup"},
             {"db"},
             {"web"},
             {"web", "password"},
         }) {
        const auto options = parse(words);
        ASSERT_FALSE(options);
        EXPECT_EQ(options.error(), ExitCode::Usage);
    }
    EXPECT_EQ(parse({"--help"}).error(), ExitCode::Done);
}

}  // namespace
}  // namespace thidua::daemon
