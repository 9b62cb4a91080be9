// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a good configuration becomes, and how its files are put together.
#include "tests/config/workspace.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

using Lines = std::vector<std::string>;

Settings load_good(const Workspace& workspace) {
    auto settings = load(workspace.root());
    EXPECT_EQ(workspace.problems(), Lines{});
    return settings ? *std::move(settings) : Settings{};
}

TEST(Load, GivesPathsTheirFolders) {
    const Workspace workspace;
    const auto settings = load_good(workspace);
    EXPECT_EQ(settings.file, workspace.root());
    EXPECT_EQ(settings.state_directory, workspace.folder() / "state");
    EXPECT_EQ(settings.store_path, workspace.folder() / "state/thidua.db");
    EXPECT_EQ(settings.store_url, "");
    EXPECT_EQ(settings.store_reserve, 256U << 20U);
    EXPECT_EQ(settings.digest->file_to, workspace.folder() / "state/editions");
    EXPECT_EQ(settings.smtp->auth_password_file, workspace.folder() / "secrets/smtp");
    EXPECT_EQ(
        settings.sources.at(0).description.auth.client_secret_file,
        workspace.folder() / "secrets/tthc"
    );
}

TEST(Load, GivesWhatTheAgencyWordsItself) {
    const Workspace workspace;
    EXPECT_EQ(load_good(workspace).digest->texts, DigestTexts{});
    workspace.replace(
        "thidua.yaml",
        "    file_to: editions",
        "    file_to: editions\n    texts: {title: Tin tuần, subject_prefix: '[Sở]', closing: Hỏi "
        "VP}"
    );
    const DigestTexts texts = load_good(workspace).digest->texts;
    EXPECT_EQ(texts.title, "Tin tuần");
    EXPECT_EQ(texts.subject_prefix, "[Sở]");
    EXPECT_EQ(texts.closing, "Hỏi VP");
}

TEST(Load, GivesTheCampaign) {
    const Campaign campaign = load_good(Workspace()).campaign;
    EXPECT_EQ(campaign.id, "nho-2024");
    EXPECT_EQ(thidua::to_text(campaign.start), "2024-06-07");
    EXPECT_EQ(thidua::to_text(campaign.end), "2024-12-31");
    ASSERT_EQ(campaign.indicators.size(), 2U);
    EXPECT_EQ(campaign.indicators[1].kind, IndicatorKind::PaymentsOnline);
    EXPECT_EQ(campaign.indicators[1].short_name, campaign.indicators[1].name);
    EXPECT_TRUE(campaign.indicators[1].dvcqg_gateway);
    EXPECT_FALSE(campaign.indicators[1].province_gateway);
    ASSERT_EQ(campaign.targets.size(), 1U);
    EXPECT_EQ(campaign.targets[0].op, TargetOperator::Above);
    EXPECT_EQ(campaign.targets[0].value, (Share{9, 20}));
    EXPECT_EQ(campaign.ranked_units, std::vector{RankedUnit({"H37.10.01", {}})});
    EXPECT_EQ(thidua::to_text(campaign.plan.freeze.final), "2025-01-03T17:00:00+07:00");
}

TEST(Load, GivesTheOrganisationAndItsProceduresInCanonicalCodes) {
    const auto settings = load_good(Workspace());
    const auto organisation = organisation_on(settings.units, settings.campaign.start);
    ASSERT_TRUE(organisation) << organisation.error().message;
    EXPECT_EQ(organisation->root().code, "H37.10");
    EXPECT_EQ(organisation->units().size(), 4U);
    EXPECT_EQ(organisation->find("001.05.10.H37"), 3U);
    ASSERT_EQ(settings.procedures.size(), 1U);
    EXPECT_EQ(settings.procedures[0].code, "1.012756");
    EXPECT_EQ(settings.procedures[0].levels.size(), 2U);
}

TEST(Load, GivesSourcesWithTheirPresetAndSchedule) {
    const auto settings = load_good(Workspace());
    ASSERT_EQ(settings.sources.size(), 2U);
    const auto& tthc = settings.sources[0];
    EXPECT_EQ(tthc.description.name, "tthc");
    EXPECT_EQ(tthc.description.preset, "some-dossiers");
    EXPECT_EQ(tthc.description.kind, RecordKind::Dossiers);
    EXPECT_EQ(tthc.schedule.at, std::chrono::hours{5});
    EXPECT_EQ(settings.sources[1].schedule.every, std::chrono::hours{6});
}

TEST(Load, NeedsNoFileOfProceduresWhereACatalogueTellsOfThem) {
    const Workspace workspace;
    workspace.write(
        "thidua.d/catalogue.yaml",
        "sources:\n  catalogue:\n    kind: procedures\n    base_url: http://127.0.0.1:9\n"
        "    slicing: {type: whole}\n    map: {code: /code}\n    schedule: {every: 24h}\n"
    );
    EXPECT_EQ(load_good(workspace).procedures.size(), 1U);
    workspace.replace("thidua.yaml", "procedures: procedures.yaml\n", "");
    EXPECT_TRUE(load_good(workspace).procedures.empty());
}

TEST(Load, GivesTheRelayAndTheDigest) {
    const auto settings = load_good(Workspace());
    EXPECT_EQ(settings.smtp->host, "relay.example.vn");
    EXPECT_EQ(settings.smtp->port, 587);
    EXPECT_TRUE(settings.smtp->require_tls);
    EXPECT_FALSE(settings.smtp->tls_from_start);
    EXPECT_EQ(settings.digest->schedule.weekday, std::chrono::Monday);
    EXPECT_EQ(settings.digest->schedule.at, std::chrono::minutes{450});
    ASSERT_EQ(settings.digest->recipients.size(), 2U);
    EXPECT_EQ(settings.digest->recipients[0].name, "Giám đốc Sở");
}

TEST(Load, LaysDropInsOverTheRootFileInLexicalOrder) {
    const Workspace workspace;
    workspace.write("thidua.d/20-later.yaml", "smtp: {max_attempts: 7}\n");
    workspace.write("thidua.d/10-earlier.yaml", "smtp: {max_attempts: 6, hello: a.example.vn}\n");
    workspace.write("thidua.d/.hidden.yaml", "nonsense: [\n");
    workspace.write("thidua.d/README", "not read");
    const auto settings = load_good(workspace);
    EXPECT_EQ(settings.smtp->max_attempts, 7);
    EXPECT_EQ(settings.smtp->hello, "a.example.vn");
    EXPECT_EQ(settings.smtp->host, "relay.example.vn");
}

TEST(Load, TakesASourceFromADropInWithPathsOfItsOwnFolder) {
    const Workspace workspace;
    workspace.write(
        "thidua.d/more.yaml",
        "sources:\n  more:\n    preset: some-dossiers\n    base_url: http://127.0.0.1:9\n"
        "    auth: {client_id: x, client_secret_file: secret}\n"
    );
    const auto settings = load_good(workspace);
    ASSERT_EQ(settings.sources.size(), 3U);
    EXPECT_EQ(
        settings.sources[2].description.auth.client_secret_file,
        workspace.folder() / "thidua.d/secret"
    );
    EXPECT_EQ(settings.sources[2].schedule.at, std::chrono::hours{5});  // the default
}

TEST(Load, NamesADropInThatWouldBeIgnored) {
    const Workspace workspace;
    workspace.write("thidua.d/more.yml", "version: 1\n");
    workspace.write("thidua.d/list.yaml", "- 1\n");
    EXPECT_EQ(
        workspace.problems(),
        (Lines{
            "thidua.d/more.yml: only *.yaml is read from this folder: rename it",
            "thidua.d/list.yaml:1:1: must be a map of keys and values",
        })
    );
}

TEST(Load, GivesWhoHoldsAnOfficeWhenAndWhatADigestNeeds) {
    const Workspace workspace;
    workspace.replace(
        "thidua.yaml",
        "      - {id: giam-doc, name: Giám đốc Sở, address: giam-doc@example.vn}\n",
        "      - {id: giam-doc, name: Ông An, address: an@example.vn, until: 2024-09-30}\n"
        "      - {id: giam-doc, name: Bà Bình, address: binh@example.vn, from: 2024-10-01}\n"
    );
    workspace.replace(
        "thidua.yaml",
        "    schedule: {weekday: monday, at: \"07:30\"}\n",
        "    schedule: {cron: \"30 7 * * mon\", on_holiday: next, misfire: run_all, "
        "catchup_window: "
        "21d}\n    requires: {sources: [tthc], wait_until: \"11:00\", on_unfit: withhold}\n"
    );
    const Settings settings = load_good(workspace);
    const auto& recipients = settings.digest->recipients;
    ASSERT_EQ(recipients.size(), 3U);
    EXPECT_EQ(recipients[0].days.until, *parse_day("2024-09-30"));
    EXPECT_EQ(recipients[1].days.from, *parse_day("2024-10-01"));
    const Schedule& schedule = settings.digest->schedule;
    EXPECT_TRUE(schedule.cron->hours.test(7));
    EXPECT_EQ(schedule.on_holiday, OnHoliday::Next);
    EXPECT_EQ(schedule.misfire, Misfire::RunAll);
    EXPECT_EQ(schedule.catchup_window, std::chrono::days{21});
    EXPECT_EQ(settings.digest->gate->sources, Lines{"tthc"});
    EXPECT_EQ(settings.digest->gate->wait_until, std::chrono::hours{11});
    EXPECT_EQ(settings.digest->gate->on_unfit, PublicationGate::OnUnfit::Withhold);
}

TEST(Load, LetsTheRootFileOverrideTheCampaign) {
    const Workspace workspace;
    workspace.replace(
        "thidua.yaml",
        "  start: 2024-06-07\n",
        "  start: 2024-06-08\n  indicators: {payments-online: {gateways: [dvcqg, province]}}\n"
    );
    const Campaign campaign = load_good(workspace).campaign;
    EXPECT_EQ(thidua::to_text(campaign.start), "2024-06-08");
    EXPECT_TRUE(campaign.indicators.at(1).province_gateway);
    EXPECT_EQ(campaign.indicators.at(1).payment_record, "payments");
}

TEST(Load, ReportsAllProblemsOfAllFilesInTheOrderOfTheirPlaces) {
    const Workspace workspace;
    workspace.replace("thidua.yaml", "id: van-phong", "id: giam-doc");
    workspace.replace("thidua.yaml", "Asia/Ho_Chi_Minh", "Asia/Hanoy");
    workspace.replace("campaign.yaml", "value: 45%", "value: 45");
    workspace.replace("organisation.yaml", "parent: H37.10.05,", "parent: X,");
    workspace.replace("procedures.yaml", "level: full", "level: 4");
    workspace.write("presets/some-payments.yaml", "kind: payment\n");
    Lines places;
    for (const std::string& line : workspace.problems()) {
        places.push_back(line.substr(0, line.find(": ")));
    }
    EXPECT_EQ(
        places,
        (Lines{
            "thidua.yaml:14:39",
            "thidua.yaml:31:9",
            "organisation.yaml:6:51",
            "procedures.yaml:6:58",
            "presets/some-payments.yaml:1:7",
            "campaign.yaml:17:50",
        })
    );
}

TEST(Load, HashesWhatIsReadAndNotWhereItLies) {
    const Workspace workspace;
    const std::string hash = load_good(workspace).hash;
    EXPECT_EQ(hash.size(), 64U);
    EXPECT_EQ(load_good(Workspace()).hash, hash);
    workspace.replace("organisation.yaml", "name: Chi nhánh", "name: Chi nhánh 1");
    EXPECT_NE(load_good(workspace).hash, hash);
}

TEST(Load, FreezesAfterTheEndByDefault) {
    const Workspace workspace;
    workspace.replace(
        "campaign.yaml",
        "freeze: {provisional: 2025-01-01T00:30:00+07:00, final: 2025-01-03T17:00:00+07:00}\n",
        ""
    );
    const Freeze freeze = load_good(workspace).campaign.plan.freeze;
    EXPECT_EQ(thidua::to_text(freeze.provisional), "2025-01-01T00:30:00+07:00");
    EXPECT_EQ(thidua::to_text(freeze.final), "2025-01-03T17:00:00+07:00");
}

TEST(Load, SaysThatTheRootFileIsMissing) {
    const Workspace workspace;
    std::filesystem::remove(workspace.root());
    EXPECT_EQ(
        workspace.problems(), Lines{"thidua.yaml: open thidua.yaml: No such file or directory"}
    );
}

TEST(Load, ShowsNoSecretThatWasWrittenInClear) {
    const Workspace workspace;
    workspace.replace(
        "thidua.yaml", "client_secret_file: secrets/tthc", "client_secret: hunter2, secret: hunter2"
    );
    for (const std::string& line : workspace.problems()) {
        EXPECT_EQ(line.find("hunter2"), std::string::npos) << line;
    }
}

}  // namespace

}  // namespace thidua::config
