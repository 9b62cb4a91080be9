// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Reasons as tables: what both sides said, and what follows from it.
#include "rules/reason.hpp"

#include "rules/reason_text.hpp"
#include "tests/rules/two_sides.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::rules {
namespace {

struct ReasonCase {
    std::string name;
    IndicatorKind kind;
    PairKind pair;
    std::vector<DossierWord> own;
    std::vector<DossierWord> witness;
    std::vector<PaymentWord> payments;
    std::optional<Reason> reason;  ///< nothing: both agree

    friend void PrintTo(const ReasonCase& row, std::ostream* out) { *out << row.name; }
};

class Reasons : public testing::TestWithParam<ReasonCase> {};

TEST_P(Reasons, IsFoundOutFromWhatBothSaid) {
    const ReasonCase& row = GetParam();
    const std::vector<ComparedDossier> dossiers{{1, "D", row.own, row.witness, row.payments}};
    const PairResult result = reconcile(input_for(row.pair, dossiers));
    EXPECT_EQ(reason_in(result, to_text(row.kind)), row.reason);
}

constexpr auto services = IndicatorKind::ServicesOnline;
constexpr auto online = IndicatorKind::DossiersOnline;
constexpr auto paid = IndicatorKind::PaymentsOnline;
constexpr auto records = PairKind::Records;

INSTANTIATE_TEST_SUITE_P(
    Receipt,
    Reasons,
    testing::ValuesIn(std::vector<ReasonCase>{
        {"BothHaveIt", online, records, {word(1)}, {word(2)}, {}, std::nullopt},
        {"HeardOfLater", online, records, {word(1)}, {word(15)}, {}, Reason::LateSync},
        {"HeardOfLaterAsAService", services, records, {word(1)}, {word(15)}, {}, Reason::LateSync},
        {"NeverHeardOf", online, records, {word(1)}, {}, {}, Reason::Unknown},
        {"TheProvinceHearsLater", online, records, {word(12)}, {word(1)}, {}, Reason::LateSync},
        {"BothMovedOn",
         online,
         records,
         {word(1), by(word(12), Channel::Direct)},
         {by(word(15), Channel::Direct)},
         {},
         Reason::LateSync},
        {"ForgottenIsNotHeardOf",
         online,
         records,
         {word(1), in_state(word(12), 3)},
         {},
         {},
         Reason::Unknown},
        {"RefusedAndHeardOfLater",
         online,
         records,
         {word(1), in_state(word(12), 3)},
         {in_state(word(1), 3)},
         {},
         Reason::LateSync},
        {"NotAcceptedByEither", online, records, {in_state(word(1), 3)}, {}, {}, std::nullopt},
        {"TooYoungToBeJudged", online, records, {word(11)}, {}, {}, std::nullopt},
        {"DirectIsNoService",
         services,
         records,
         {by(word(1), Channel::Direct)},
         {},
         {},
         std::nullopt},
    }),
    test::case_name<ReasonCase>
);

INSTANTIATE_TEST_SUITE_P(
    ChannelAndUnit,
    Reasons,
    testing::ValuesIn(std::vector<ReasonCase>{
        {"PostTakenForOnline",
         online,
         records,
         {by(word(1), Channel::Postal)},
         {word(1)},
         {},
         Reason::Definition},
        {"DirectTakenForOnline",
         online,
         records,
         {by(word(1), Channel::Direct)},
         {word(1)},
         {},
         Reason::Unknown},
        {"DirectUntilCorrected",
         online,
         records,
         {by(word(1), Channel::Direct)},
         {word(1), by(word(14), Channel::Direct)},
         {},
         Reason::LateSync},
        {"AnotherUnit", online, records, {word(1)}, {of_unit(word(1), "B2")}, {}, Reason::UnitMapping
        },
        {"NoUnit", online, records, {word(1)}, {of_unit(word(1), "X")}, {}, Reason::UnitMapping},
        {"NoUnitNamed", online, records, {word(1)}, {of_unit(word(1), "")}, {}, std::nullopt},
        {"TheUnitThatItCameFrom",
         online,
         records,
         {of_unit(word(1), "B"), word(5)},
         {of_unit(word(2), "B")},
         {},
         Reason::Unknown},
        {"HandedOnAndHeardOfLater",
         online,
         records,
         {of_unit(word(1), "B"), word(5)},
         {of_unit(word(2), "B"), word(16)},
         {},
         Reason::LateSync},
        {"UnitsOfWhatIsNoService",
         services,
         records,
         {by(word(1), Channel::Direct)},
         {by(of_unit(word(1), "B"), Channel::Direct)},
         {},
         std::nullopt},
    }),
    test::case_name<ReasonCase>
);

INSTANTIATE_TEST_SUITE_P(
    Flags,
    Reasons,
    testing::ValuesIn(std::vector<ReasonCase>{
        {"PaidByBoth",
         paid,
         records,
         {with(word(1), on_platform)},
         {flagged(word(1))},
         {{"R", 3, PaymentState::Succeeded}},
         std::nullopt},
        {"CashMarkedAsOnline",
         paid,
         records,
         {with(word(1), in_cash)},
         {flagged(word(1))},
         {},
         Reason::CashAsOnline},
        {"TransferMarkedAsOnline",
         paid,
         records,
         {with(word(1), by_transfer)},
         {flagged(word(1))},
         {},
         Reason::CashAsOnline},
        {"FlaggedAsTheProvinces",
         paid,
         records,
         {with(word(1), in_province)},
         {flagged(word(1), 2)},
         {},
         std::nullopt},
        {"TheProvincesGatewayTakenForTheNations",
         paid,
         records,
         {with(word(1), in_province)},
         {flagged(word(1))},
         {},
         Reason::Definition},
        {"CashAfterARefundMayBeEither",
         paid,
         records,
         {with(word(1), on_platform), with(word(4), in_cash)},
         {flagged(word(1))},
         {{"R", 2, PaymentState::Succeeded}, {"R", 3, PaymentState::Refunded}},
         Reason::Unknown},
        {"RefundNotHeardOf",
         paid,
         records,
         {with(word(1), on_platform)},
         {flagged(word(1))},
         {{"R", 2, PaymentState::Succeeded}, {"R", 6, PaymentState::Refunded}},
         Reason::Refund},
        {"FailedAndFlaggedAllTheSame",
         paid,
         records,
         {with(word(1), waiting_there)},
         {flagged(word(1))},
         {{"R", 2, PaymentState::Failed}},
         Reason::Unknown},
        {"FlaggedLater",
         paid,
         records,
         {with(word(1), on_platform)},
         {word(1), flagged(word(13))},
         {{"R", 2, PaymentState::Succeeded}},
         Reason::LateSync},
        {"TheConfirmationNeverCame",
         paid,
         records,
         {with(word(1), waiting_there)},
         {word(1)},
         {{"R", 2, PaymentState::Succeeded}},
         Reason::Unconfirmed},
        {"ConfirmedAndNeverFlagged",
         paid,
         records,
         {with(word(1), on_platform)},
         {word(1)},
         {{"R", 2, PaymentState::Succeeded}},
         Reason::Unknown},
        {"FreeByTheWordOfOne",
         paid,
         records,
         {word(1)},
         {[] {
             DossierWord free = word(1);
             free.fee_total = 0;
             return free;
         }()},
         {},
         Reason::Unknown},
        {"NoFeesNamed",
         paid,
         records,
         {word(1)},
         {[] {
             DossierWord silent = word(1);
             silent.fee_count = silent.fee_total = 0;
             return silent;
         }()},
         {},
         std::nullopt},
    }),
    test::case_name<ReasonCase>
);

INSTANTIATE_TEST_SUITE_P(
    Payments,
    Reasons,
    testing::ValuesIn(std::vector<ReasonCase>{
        {"Same",
         paid,
         PairKind::Payments,
         {with(word(1), on_platform)},
         {},
         {{"R", 2, PaymentState::Succeeded}},
         std::nullopt},
        {"NotHeardOfYet",
         paid,
         PairKind::Payments,
         {with(word(1), waiting_there), with(word(12), on_platform)},
         {},
         {{"R", 2, PaymentState::Succeeded}},
         Reason::LateSync},
        {"NeverHeardOf",
         paid,
         PairKind::Payments,
         {with(word(1), waiting_there)},
         {},
         {{"R", 2, PaymentState::Succeeded}},
         Reason::Unconfirmed},
        {"ThePlatformIsBehind",
         paid,
         PairKind::Payments,
         {with(word(1), on_platform)},
         {},
         {{"R", 2, PaymentState::Pending}, {"R", 18, PaymentState::Succeeded}},
         Reason::LateSync},
        {"ThePlatformKnowsNothing",
         paid,
         PairKind::Payments,
         {with(word(1), on_platform)},
         {},
         {},
         Reason::Unknown},
        {"RefundNotHeardOfInTheProvince",
         paid,
         PairKind::Payments,
         {with(word(1), on_platform)},
         {},
         {{"R", 2, PaymentState::Succeeded}, {"R", 8, PaymentState::Refunded}},
         Reason::Refund},
        {"RefundNotHeardOfOnThePlatform",
         paid,
         PairKind::Payments,
         {with(word(1), given_back)},
         {},
         {{"R", 2, PaymentState::Succeeded}},
         Reason::Refund},
        {"OtherGatewaysAreNotAsked",
         paid,
         PairKind::Payments,
         {with(word(1), in_province)},
         {},
         {},
         std::nullopt},
    }),
    test::case_name<ReasonCase>
);

struct TwinCase {
    std::string name;
    ComparedDossier first;
    ComparedDossier second;
    std::optional<ComparedDossier> third;
    Reason reason;  ///< for what only one side has

    friend void PrintTo(const TwinCase& row, std::ostream* out) { *out << row.name; }
};

DossierWord accepted(std::string time) {
    DossierWord made = word(1);
    made.accepted_at = at(time);
    return made;
}

class TwinDossiers : public testing::TestWithParam<TwinCase> {};

TEST_P(TwinDossiers, AreToldByWhatOnlyOneCanHave) {
    const TwinCase& row = GetParam();
    std::vector<ComparedDossier> dossiers{row.first, row.second};
    if (row.third) {
        dossiers.push_back(*row.third);
    }
    const PairResult result = reconcile(input_for(records, dossiers));
    EXPECT_EQ(reason_in(result, "dossiers-online"), row.reason);
}

INSTANTIATE_TEST_SUITE_P(
    Rows,
    TwinDossiers,
    testing::ValuesIn(std::vector<TwinCase>{
        {"InTheProvince",
         {1, "D1", {word(1)}, {word(1)}, {}},
         {2, "D2", {word(1)}, {}, {}},
         std::nullopt,
         Reason::Duplicate},
        {"AtTheNation",
         {1, "D1", {word(1)}, {word(1)}, {}},
         {2, "D2", {}, {word(1)}, {}},
         std::nullopt,
         Reason::Duplicate},
        {"OfAnotherSecond",
         {1, "D1", {word(1)}, {word(1)}, {}},
         {2, "D2", {accepted("09:12:14")}, {}, {}},
         std::nullopt,
         Reason::Unknown},
        {"OfAnotherUnit",
         {1, "D1", {word(1)}, {word(1)}, {}},
         {2, "D2", {of_unit(word(1), "B")}, {}, {}},
         std::nullopt,
         Reason::Unknown},
        {"MidnightsAreDays",
         {1, "D1", {accepted("00:00:00")}, {accepted("00:00:00")}, {}},
         {2, "D2", {accepted("00:00:00")}, {}, {}},
         std::nullopt,
         Reason::Unknown},
        {"NeitherIsKnownToTheNation",
         {1, "D1", {word(1)}, {}, {}},
         {2, "D2", {word(1)}, {}, {}},
         std::nullopt,
         Reason::Unknown},
        {"OneOfThreeCouldBeAnyOfTwo",
         {1, "D1", {word(1)}, {word(1)}, {}},
         {2, "D2", {word(1)}, {word(1)}, {}},
         ComparedDossier{3, "D3", {word(1)}, {}, {}},
         Reason::Unknown},
    }),
    test::case_name<TwinCase>
);

TEST(ReasonWords, AreThereForEach) {
    for (std::size_t at = 0; at < reason_count; ++at) {
        const auto reason = static_cast<Reason>(at);
        EXPECT_FALSE(to_text(reason).empty());
        EXPECT_FALSE(vietnamese(reason).empty());
        EXPECT_FALSE(remedy(reason).empty());
    }
}

}  // namespace
}  // namespace thidua::rules
