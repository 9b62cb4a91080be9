// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The awards of the plan of Lạng Sơn against an evaluation of another kind: by trying out
// everything that is still open.
#include "rules/award.hpp"

#include "rules/award_text.hpp"
#include "tests/config/workspace.hpp"
#include "tests/rules/causes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <span>

namespace thidua::rules {
namespace {

/// What a condition is in a world where everything is decided; nothing: it does not apply.
using Truth = std::optional<bool>;
using Truths = std::vector<Truth>;
using Values = std::vector<Value>;

Truth at_least_true(std::int64_t count, Truths terms) {
    std::erase(terms, std::nullopt);
    return terms.empty() ? std::nullopt : Truth(std::ranges::count(terms, Truth(true)) >= count);
}

Truth all_true(Truths terms) {
    std::erase(terms, std::nullopt);
    return at_least_true(std::ssize(terms), terms);
}

/// An award of the plan, said once more by hand: of two figures, then of what bodies decide.
struct Plan {
    std::string award;
    Subject subject = Subject::Collective;
    std::vector<std::string> questions;
    std::function<Truth(const Truths& figures, const Truths& decisions)> holds;
};

const Plan plans[] = {
    {"giay-khen",
     Subject::Collective,
     {"giay-khen/collective/1", "content/2/met", "content/3/met", "content/4/met", "content/5/met"},
     [](const Truths& figures, const Truths& said) {
         return all_true(
             {said[0], at_least_true(3, {all_true(figures), said[1], said[2], said[3], said[4]})}
         );
     }},
    {"giay-khen",
     Subject::Individual,
     {"giay-khen/individual/1.1",
      "content/1/met",
      "content/2/met",
      "content/3/met",
      "content/4/met",
      "content/5/met",
      "giay-khen/individual/2"},
     [](const Truths&, const Truths& said) {
         const Truth contents = at_least_true(1, {said[1], said[2], said[3], said[4], said[5]});
         return at_least_true(1, {all_true({said[0], contents}), said[6]});
     }},
    {"bang-khen",
     Subject::Collective,
     {"content/1/exceeded",
      "content/2/exceeded",
      "content/3/exceeded",
      "content/4/exceeded",
      "content/5/exceeded",
      "bang-khen/collective/2"},
     [](const Truths& figures, const Truths& said) {
         Truths terms = said;
         terms.push_back(all_true(figures));
         return all_true(terms);
     }},
    {"bang-khen",
     Subject::Individual,
     {"bang-khen/individual/1.1",
      "content/1/exceeded",
      "content/2/exceeded",
      "content/3/exceeded",
      "content/4/exceeded",
      "content/5/exceeded",
      "bang-khen/individual/2"},
     [](const Truths&, const Truths& said) { return all_true(said); }},
};

Figure figure_of(const std::string& indicator, Value value) {
    Figure figure;
    figure.indicator = indicator;
    figure.fitness = Fitness::Provisional;
    figure.verdict = value == Value::Met      ? Verdict::Met
                     : value == Value::NotMet ? Verdict::Below
                                              : Verdict::NoActivity;
    if (value == Value::Undetermined) {
        figure.verdict = Verdict::Met;  // it says so, but is not fit
        figure.fitness = Fitness::Unreconciled;
    }
    return figure;
}

class LangSon : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        const config::Workspace workspace;
        copy_file(
            config::repository() / "config/campaigns/langson-2024.yaml",
            workspace.folder() / "campaign.yaml",
            std::filesystem::copy_options::overwrite_existing
        );
        campaign = config::load(workspace.root())->campaign;
    }

    static const Award& award(const std::string& id) {
        return *std::ranges::find(campaign.plan.awards, id, &Award::id);
    }

    static Finding find(const Plan& plan, const Values& figures, const Values& said) {
        std::vector<Figure> known;
        const std::vector<std::string>& indicators = campaign.plan.contents[0].indicators;
        for (std::size_t at = 0; at < figures.size(); ++at) {
            known.push_back(figure_of(indicators[at], figures[at]));
        }
        std::vector<Decision> decisions;
        for (std::size_t at = 0; at < said.size(); ++at) {
            if (said[at] == Value::Pending) {
                continue;
            }
            Decision decision{"H37.10.05", plan.questions[at], Outcome::Met, "hoi-dong", "An", {}};
            decision.outcome = said[at] == Value::NotMet          ? Outcome::NotMet
                               : said[at] == Value::NotApplicable ? Outcome::NotApplicable
                                                                  : Outcome::Met;
            decision.body = said[at] == Value::Error ? "van-phong-so" : decision.body;
            decisions.push_back(decision);
        }
        const Award& asked = award(plan.award);
        const auto rule = std::ranges::find(asked.rules, plan.subject, &AwardRule::subject);
        const Candidate candidate{"H37.10.05", "Văn phòng Đăng ký đất đai", plan.subject, known};
        return evaluate({campaign, asked, *rule, candidate, decisions});
    }

    static inline Campaign campaign;
};

/// What an award comes to by trying out everything that is still open, by the plan as it is said
/// above.
class TriedOut {
  public:
    TriedOut(const Plan& plan, std::size_t figures)
        : places_(figures + plan.questions.size()), outcomes_(power(3, places_)) {
        for (std::size_t world = 0; world < outcomes_.size(); ++world) {
            Truths truths;
            for (std::size_t rest = world; truths.size() < places_; rest /= 3) {
                truths.push_back(rest % 3 == 2 ? std::nullopt : Truth(rest % 3 == 1));
            }
            const auto middle = truths.begin() + static_cast<std::ptrdiff_t>(figures);
            outcomes_[world] =
                plan.holds(Truths(truths.begin(), middle), Truths(middle, truths.end()));
        }
    }

    /// How many rows a table of `values` at each of `places` has.
    static std::size_t power(std::size_t values, std::size_t places) {
        return places == 0 ? 1 : values * power(values, places - 1);
    }

    [[nodiscard]] Value value(const Values& all) const {
        Values causes;
        for (std::size_t at = 0; at < places_; ++at) {
            if (is_open(all[at]) && makes_the_difference(all, at)) {
                causes.push_back(all[at]);
            }
        }
        if (!causes.empty()) {
            return worst(causes);
        }
        const Truth settled = outcomes_[world_of(all, 0)];
        return !settled ? Value::NotApplicable : *settled ? Value::Met : Value::NotMet;
    }

  private:
    /// The world in which what is open holds where `chosen` has a bit, numbered by its truths.
    [[nodiscard]] std::size_t world_of(const Values& all, unsigned chosen) const {
        std::size_t world = 0;
        for (std::size_t at = places_; at-- > 0;) {
            const bool holds = is_open(all[at]) ? (chosen >> at & 1U) != 0 : all[at] == Value::Met;
            world = world * 3 + (all[at] == Value::NotApplicable ? 2 : holds ? 1 : 0);
        }
        return world;
    }

    /// True if there is a world in which the place, and nothing else, decides.
    [[nodiscard]] bool makes_the_difference(const Values& all, std::size_t at) const {
        unsigned open = 0;
        for (std::size_t one = 0; one < places_; ++one) {
            open |= one != at && is_open(all[one]) ? 1U << one : 0U;
        }
        // Every subset of what is open besides, from all of it down to nothing.
        for (unsigned chosen = open;; chosen = (chosen - 1) & open) {
            if (outcomes_[world_of(all, chosen)] != outcomes_[world_of(all, chosen | 1U << at)]) {
                return true;
            }
            if (chosen == 0) {
                return false;
            }
        }
    }

    std::size_t places_;
    std::vector<Truth> outcomes_;
};

// A figure is never pending and no error, and what a body has decided is never undetermined.
constexpr std::array figure_values{
    Value::Met, Value::NotMet, Value::NotApplicable, Value::Undetermined};
constexpr std::array decision_values{
    Value::Met, Value::NotMet, Value::NotApplicable, Value::Pending, Value::Error};

/// The row `number` of the table of `values` at each of `places`.
Values row_of(std::span<const Value> values, std::size_t places, std::size_t number) {
    Values row;
    for (std::size_t rest = number; row.size() < places; rest /= values.size()) {
        row.push_back(values[rest % values.size()]);
    }
    return row;
}

TEST_F(LangSon, EveryAwardIsWhatTryingOutComesToInEveryRowOfItsTable) {
    for (const Plan& plan : plans) {
        SCOPED_TRACE(plan.award + " " + std::string(to_text(plan.subject)));
        const std::size_t figure_count = plan.subject == Subject::Collective ? 2 : 0;
        const std::size_t questions = plan.questions.size();
        const TriedOut tried_out(plan, figure_count);
        for (std::size_t pair = 0; pair < TriedOut::power(figure_values.size(), figure_count);
             ++pair) {
            const Values figures = row_of(figure_values, figure_count, pair);
            for (std::size_t row = 0; row < TriedOut::power(decision_values.size(), questions);
                 ++row) {
                const Values said = row_of(decision_values, questions, row);
                Values all = figures;
                all.insert(all.end(), said.begin(), said.end());
                ASSERT_EQ(find(plan, figures, said).value, tried_out.value(all))
                    << pair << " " << row;
            }
        }
    }
}

TEST_F(LangSon, WithOneContentMetAndFourToBeJudgedTheVerdictSaysSo) {
    const Values met(2, Value::Met);
    const auto pending = [&](Value solution) {
        Values said(5, Value::Pending);
        said[0] = solution;
        return verdict_text(find(plans[0], met, said));
    };
    EXPECT_EQ(pending(Value::Met), "đủ điều kiện về số liệu; chờ thẩm định nội dung 2-5");
    EXPECT_EQ(
        pending(Value::Pending),
        "đủ điều kiện về số liệu; chờ thẩm định nội dung 2-5; chờ thẩm định “Có giải pháp hiệu "
        "quả, "
        "cách làm sáng tạo”"
    );
    EXPECT_EQ(pending(Value::NotMet), "không đủ điều kiện");
    EXPECT_EQ(pending(Value::Error), "lỗi: có quyết định ghi nhận không hợp lệ");
    const Values unfit{Value::Met, Value::Undetermined};
    EXPECT_EQ(
        verdict_text(find(plans[0], unfit, Values(5, Value::Pending))),
        "chưa xác định: số liệu chưa đủ căn cứ"
    );
}

TEST_F(LangSon, WhatIsNotFitDecidesNothing) {
    struct Row {
        Fitness fitness;
        Verdict verdict;
        Value value;
        Value in_the_end;
    };
    const std::vector<Row> rows{
        {Fitness::Final, Verdict::Met, Value::Met, Value::Met},
        {Fitness::Reconciled, Verdict::Below, Value::NotMet, Value::NotMet},
        {Fitness::Provisional, Verdict::Met, Value::Met, Value::Undetermined},
        {Fitness::Provisional, Verdict::Below, Value::NotMet, Value::Undetermined},
        {Fitness::Provisional, Verdict::NoActivity, Value::NotApplicable, Value::NotApplicable},
        {Fitness::Unreconciled, Verdict::Met, Value::Undetermined, Value::Undetermined},
        {Fitness::Missing, Verdict::Met, Value::Undetermined, Value::Undetermined},
        {Fitness::Missing, Verdict::NoActivity, Value::Undetermined, Value::Undetermined}};
    const Award& asked = award(plans[0].award);
    Criterion leaf;
    leaf.content = 1;
    const AwardRule rule{Subject::Collective, "", leaf};
    for (const Row& row : rows) {
        SCOPED_TRACE(std::string(to_text(row.fitness)) + " " + std::string(to_text(row.verdict)));
        std::vector<Figure> figures;
        for (const std::string& indicator : campaign.plan.contents[0].indicators) {
            figures.push_back(figure_of(indicator, Value::Met));
            figures.back().fitness = row.fitness;
            figures.back().verdict = row.verdict;
        }
        const Candidate candidate{"H37.10.05", "", Subject::Collective, figures};
        EXPECT_EQ(evaluate({campaign, asked, rule, candidate, {}}).value, row.value);
        EXPECT_EQ(
            evaluate({campaign, asked, rule, candidate, {}, Fitness::Reconciled}).value,
            row.in_the_end
        );
    }
}

TEST_F(LangSon, ALeafSaysWhichFigureDecidesItAndWhoJudges) {
    const Values met(2, Value::Met);
    const Finding finding = find(plans[2], met, Values(6, Value::Pending));
    const Finding& first = finding.terms.at(0).terms.at(0);
    EXPECT_EQ(first.value, Value::Pending);
    EXPECT_EQ(first.clause, "II.1");
    ASSERT_EQ(first.terms.size(), 3U);
    EXPECT_EQ(first.terms[0].figure->indicator, "services-online");
    EXPECT_EQ(first.terms[0].value, Value::Met);
    EXPECT_EQ(first.terms[2].body, "hoi-dong");
    EXPECT_EQ(first.terms[2].decision_key, "content/1/exceeded");
}

TEST_F(LangSon, OfTwoDecisionsTheLastCountsAndOthersCandidatesDoNot) {
    const Award& asked = award("giay-khen");
    const Candidate officer{"CB-017", "Nguyễn Văn Mẫu", Subject::Individual, {}};
    const auto rule = std::ranges::find(asked.rules, Subject::Individual, &AwardRule::subject);
    std::vector<Decision> decisions{
        {"CB-017", "giay-khen/individual/2", Outcome::NotMet, "hoi-dong", "An", {}},
        {"CB-018", "giay-khen/individual/2", Outcome::Met, "hoi-dong", "An", {}}};
    const auto value = [&] { return evaluate({campaign, asked, *rule, officer, decisions}).value; };
    EXPECT_EQ(value(), Value::Pending) << "the other way is open";
    decisions.push_back({"CB-017", "giay-khen/individual/2", Outcome::Met, "hoi-dong", "An", {}});
    EXPECT_EQ(value(), Value::Met);
}

TEST_F(LangSon, EvidenceStandsAtItsQuestionAndDecidesNothing) {
    const auto filed = [](std::string candidate, std::string topic) {
        Evidence evidence;
        evidence.candidate = std::move(candidate);
        evidence.topic = std::move(topic);
        evidence.state = EvidenceState::Accepted;
        return evidence;
    };
    const std::vector evidence{
        filed("H37.10.05", "content/1"),
        filed("H37.10.05", "content/3"),
        filed("H37.10.02", "content/3"),
        filed("H37.10.05", "bang-khen/collective/2")};
    const Award& asked = award("bang-khen");
    const Candidate unit{"H37.10.05", "Văn phòng Đăng ký đất đai", Subject::Collective, {}};
    const auto rule = std::ranges::find(asked.rules, Subject::Collective, &AwardRule::subject);
    AwardInput input{campaign, asked, *rule, unit, {}};
    const Value without = evaluate(input).value;
    input.evidence = evidence;
    input.reviewed = ReviewCounts{12, 3, 2, 1};
    const Finding finding = evaluate(input);
    EXPECT_EQ(finding.value, without);
    const std::vector<Finding>& contents = finding.terms.at(0).terms;
    EXPECT_TRUE(contents.at(0).evidence.empty()) << "it stands at the body's part of it";
    EXPECT_EQ(contents.at(0).terms.back().evidence, std::vector{evidence[0]});
    EXPECT_EQ(contents.at(2).evidence, std::vector{evidence[1]});
    EXPECT_EQ(contents.at(2).value, Value::Pending);
    EXPECT_EQ(finding.terms.at(1).evidence, std::vector{evidence[3]});
    EXPECT_EQ(contents.at(1).reviewed, (ReviewCounts{12, 3, 2, 1})) << "content 2 is counted";
    EXPECT_FALSE(contents.at(2).reviewed);
}

TEST(AwardText, TellsWhatAReviewComesTo) {
    EXPECT_EQ(
        review_text({12, 3, 2, 1}),
        "đã rà soát 3/12 TTHC chưa cung cấp toàn trình; đề nghị toàn trình 2; được chấp thuận 1"
    );
}

}  // namespace
}  // namespace thidua::rules
