// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The files that are shipped: they load, and they say what the plan says.
#include "tests/config/workspace.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace thidua::config {

namespace {

using Lines = std::vector<std::string>;

/// The good configuration with the shipped campaign, organisation and procedures in it.
class Shipped : public testing::Test {
  protected:
    void SetUp() override {
        const auto config = repository() / "config";
        const auto options = std::filesystem::copy_options::overwrite_existing;
        copy_file(
            config / "campaigns/langson-2024.yaml", workspace_.folder() / "campaign.yaml", options
        );
        copy_file(
            config / "organisations/so-tnmt-langson.yaml",
            workspace_.folder() / "organisation.yaml",
            options
        );
        copy_file(
            config / "procedures/so-tnmt-langson.yaml",
            workspace_.folder() / "procedures.yaml",
            options
        );
    }

    [[nodiscard]] Campaign campaign() const {
        EXPECT_EQ(workspace_.problems(), Lines{});
        const auto settings = load(workspace_.root());
        return settings ? settings->campaign : Campaign{};
    }

    Workspace workspace_;
};

TEST_F(Shipped, LoadsOnceTheFirstDayIsSet) {
    const Campaign shipped = campaign();
    EXPECT_EQ(shipped.id, "langson-2024");
    EXPECT_EQ(thidua::to_text(shipped.start), "2024-06-07");
    EXPECT_EQ(thidua::to_text(shipped.end), "2024-12-31");
    EXPECT_TRUE(shipped.ranked_units.empty());
}

TEST_F(Shipped, DoesNotLoadWithoutAFirstDay) {
    workspace_.replace("thidua.yaml", "  start: 2024-06-07\n", "");
    const auto problems = workspace_.problems();
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_TRUE(problems.front().starts_with("thidua.yaml:2:1: campaign.start: missing: nobody "))
        << problems.front();
}

TEST_F(Shipped, HasStrictTargetsAndNoneForDossiers) {
    const Campaign shipped = campaign();
    const Target* services = target_on(shipped, "services-online", "H37.10", shipped.start);
    const Target* payments = target_on(shipped, "payments-online", "H37.10", shipped.end);
    ASSERT_NE(services, nullptr);
    ASSERT_NE(payments, nullptr);
    EXPECT_EQ(services->op, TargetOperator::Above);
    EXPECT_EQ(services->value, (Share{9, 10}));
    EXPECT_EQ(payments->op, TargetOperator::Above);
    EXPECT_EQ(payments->value, (Share{9, 20}));
    EXPECT_EQ(target_on(shipped, "dossiers-online", "H37.10", shipped.start), nullptr);
}

TEST_F(Shipped, HasTheFiveContents) {
    const Plan plan = campaign().plan;
    std::vector<Content::Kind> kinds;
    for (const Content& content : plan.contents) {
        kinds.push_back(content.kind);
        EXPECT_EQ(content.clause, "II." + std::to_string(content.number));
    }
    using enum Content::Kind;
    EXPECT_EQ(kinds, (std::vector{Measured, Counted, Judged, Judged, Judged}));
    EXPECT_EQ(plan.contents[0].indicators, (Lines{"services-online", "payments-online"}));
}

TEST_F(Shipped, AsksThreeOfFiveContentsForACollectiveGiayKhen) {
    const Award giay_khen = campaign().plan.awards.at(0);
    EXPECT_EQ(giay_khen.id, "giay-khen");
    EXPECT_EQ(giay_khen.copies, 1);
    const AwardRule& rule = giay_khen.rules.at(0);
    EXPECT_EQ(rule.subject, Subject::Collective);
    EXPECT_EQ(rule.criterion.kind, Criterion::Kind::All);
    ASSERT_EQ(rule.criterion.terms.size(), 2U);
    EXPECT_EQ(rule.criterion.terms[0].judged_by, "hoi-dong");
    EXPECT_EQ(rule.criterion.terms[1].kind, Criterion::Kind::AtLeast);
    EXPECT_EQ(rule.criterion.terms[1].count, 3);
    EXPECT_EQ(rule.criterion.terms[1].terms.size(), 5U);
    EXPECT_EQ(giay_khen.rules.at(1).criterion.kind, Criterion::Kind::Any);
}

TEST_F(Shipped, AsksAllContentsToBeExceededForABangKhen) {
    const Award bang_khen = campaign().plan.awards.at(1);
    EXPECT_EQ(bang_khen.id, "bang-khen");
    EXPECT_EQ(bang_khen.copies, 2);
    const Criterion& exceeded = bang_khen.rules.at(0).criterion.terms.at(0);
    EXPECT_EQ(exceeded.terms.size(), 5U);
    EXPECT_TRUE(std::ranges::all_of(exceeded.terms, [](const Criterion& term) {
        return term.reach == Criterion::Reach::Exceeded && term.judged_by == "hoi-dong";
    }));
    EXPECT_EQ(bang_khen.rules.at(1).criterion.kind, Criterion::Kind::All);
}

TEST_F(Shipped, HasThePapersTheDeadlinesAndTheFreeze) {
    const Plan plan = campaign().plan;
    EXPECT_EQ(plan.nomination_parts.size(), 4U);
    ASSERT_EQ(plan.deadlines.size(), 2U);
    EXPECT_EQ(thidua::to_text(plan.deadlines[0].from), "2025-01-01");
    EXPECT_EQ(thidua::to_text(plan.deadlines[0].to), "2025-01-02");
    EXPECT_EQ(plan.deadlines[0].sent_to, "van-phong-so");
    EXPECT_EQ(thidua::to_text(plan.deadlines[1].from), "2025-01-04");
    EXPECT_EQ(thidua::to_text(plan.deadlines[1].to), "2025-01-06");
    EXPECT_EQ(plan.deadlines[1].sent_to, "so-noi-vu");
    EXPECT_EQ(thidua::to_text(plan.freeze.provisional), "2025-01-01T00:30:00+07:00");
    EXPECT_EQ(thidua::to_text(plan.freeze.final), "2025-01-03T17:00:00+07:00");
}

TEST_F(Shipped, ConfirmsNoReadingThatNobodyHasDecided) {
    const Plan plan = campaign().plan;
    ASSERT_GE(plan.ambiguities.size(), 2U);
    EXPECT_EQ(plan.ambiguities[0].id, "ca-nhan-hoan-thanh-noi-dung");
    EXPECT_EQ(plan.ambiguities[1].id, "dat-va-vuot");
    for (const Ambiguity& ambiguity : plan.ambiguities) {
        EXPECT_EQ(ambiguity.decided_by, "") << ambiguity.id;
    }
    EXPECT_EQ(plan.documents.at(0).number, "/KH-STNMT");
    EXPECT_FALSE(plan.documents.at(0).day);
}

/// The layout of /etc/thidua, with the example as its root file and the presets of the repository.
class Example : public testing::Test {
  protected:
    void SetUp() override {
        const auto config = repository() / "config";
        const auto options = std::filesystem::copy_options::recursive |
                             std::filesystem::copy_options::overwrite_existing;
        for (const char* folder : {"calendars", "campaigns", "organisations", "procedures"}) {
            copy(config / folder, workspace_.folder() / folder, options);
        }
        copy(config / "example/thidua.yaml", workspace_.root(), options);
        const auto presets = repository() / "connectors/presets";
        workspace_.write("thidua.d/presets.yaml", "presets: " + presets.string() + "\n");
    }

    Workspace workspace_;
};

TEST_F(Example, LacksNothingButTheFirstDay) {
    const auto problems = workspace_.problems();
    ASSERT_EQ(problems.size(), 1U) << problems.at(1);
    EXPECT_NE(problems.front().find("campaign.start: missing: "), std::string::npos);
}

TEST_F(Example, LoadsOnceTheFirstDayIsSet) {
    workspace_.write("thidua.d/start.yaml", "campaign: {start: 2024-06-07}\n");
    EXPECT_EQ(workspace_.problems(), Lines{});
}

TEST_F(Shipped, OrganisationAndProceduresLoad) {
    const auto settings = load(workspace_.root());
    ASSERT_TRUE(settings);
    const auto organisation = organisation_on(settings->units, settings->campaign.start);
    ASSERT_TRUE(organisation) << organisation.error().message;
    EXPECT_EQ(organisation->root().code, "H37.10");
    EXPECT_FALSE(settings->procedures.empty());
}

}  // namespace

}  // namespace thidua::config
