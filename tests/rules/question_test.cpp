// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/question.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

namespace thidua::rules {
namespace {

using Keys = std::vector<std::string>;

Criterion judged(std::string body, int content = 0) {
    Criterion leaf;
    leaf.text = content == 0 ? "giải pháp" : "";
    leaf.content = content;
    leaf.judged_by = std::move(body);
    return leaf;
}

Criterion all(std::vector<Criterion> terms) {
    Criterion criterion;
    criterion.kind = Criterion::Kind::All;
    criterion.terms = std::move(terms);
    return criterion;
}

Campaign campaign_of(std::vector<Criterion> terms) {
    Campaign campaign;
    campaign.plan.contents.push_back(
        {1, Content::Kind::Measured, "", "nội dung 1", "II.1", {}, "", ""}
    );
    campaign.plan.contents.push_back(
        {2, Content::Kind::Judged, "", "nội dung 2", "II.2", {}, "", "hoi-dong"}
    );
    for (const char* id : {"giay-khen", "bang-khen"}) {
        Award award;
        award.id = id;
        award.rules = {{Subject::Collective, "IV.2", all(terms)}};
        campaign.plan.awards.push_back(award);
    }
    return campaign;
}

Keys keys_of(const std::vector<Question>& asked) {
    Keys keys;
    std::ranges::transform(asked, std::back_inserter(keys), &Question::key);
    return keys;
}

TEST(Questions, AreThoseThatNoFigureAnswers) {
    const auto asked = questions(
        campaign_of({judged("", 1), judged("hoi-dong", 1), judged("", 2), judged("hoi-dong")}),
        Subject::Collective
    );
    EXPECT_EQ(
        keys_of(asked),
        (Keys{"content/1/met", "content/2/met", "giay-khen/collective/4", "bang-khen/collective/4"})
    );
    EXPECT_EQ(asked[0].awards, (Keys{"giay-khen", "bang-khen"}));
    EXPECT_EQ(asked[1].body, "hoi-dong");
    EXPECT_EQ(asked[1].text, "nội dung 2");
    EXPECT_EQ(asked[1].clause, "II.2");
    EXPECT_EQ(asked[2].awards, Keys{"giay-khen"});
    EXPECT_EQ(asked[2].text, "giải pháp");
}

TEST(Questions, AreNoneForWhomNoAwardIsFor) {
    EXPECT_TRUE(questions(campaign_of({judged("", 2)}), Subject::Individual).empty());
}

TEST(Questions, OfTwoBodiesAreTwo) {
    const auto asked =
        questions(campaign_of({judged("", 2), judged("van-phong-so", 2)}), Subject::Collective);
    EXPECT_EQ(keys_of(asked), (Keys{"content/2/met", "content/2/met"}));
    EXPECT_EQ(asked[1].body, "van-phong-so");
}

TEST(EvidenceTopic, IsTheContentHoweverFarItIsToBeReached) {
    EXPECT_EQ(evidence_topic("content/2/met"), "content/2");
    EXPECT_EQ(evidence_topic("content/12/exceeded"), "content/12");
    EXPECT_EQ(evidence_topic("giay-khen/collective/1"), "giay-khen/collective/1");
}

}  // namespace
}  // namespace thidua::rules
