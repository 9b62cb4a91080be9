// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/rollup.hpp"

#include "store/dossier_key.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::store {
namespace {

constexpr std::int64_t platform = 4;
constexpr std::int64_t other_platform = 5;

/// Noon of a day in Viet Nam, counted as the rollups count days.
Instant noon(std::int64_t day) {
    return Instant{std::chrono::hours{24 * day + 5}};
}

const DayKey received{19'000, 2, 7, 9};

DossierRow accepted(const std::vector<NamedPayment>& payments = {}) {
    DossierRow row;
    row.id = stream_of(odd_number(1), received.source);
    row.unit = received.unit;
    row.procedure = received.procedure;
    row.channel = Channel::Online;
    row.status = 2;
    row.accepted_at = noon(received.day);
    row.fee_count = 1;
    row.fee_total = 50'000;
    row.payments = pack_payments(payments);
    return row;
}

NamedPayment named(
    Gateway gateway,
    const std::string& reference,
    PaymentState state,
    std::optional<Instant> paid_at
) {
    return {reference, gateway, state, paid_at};
}

NamedPayment through_dvcqg(const std::string& reference) {
    return named(Gateway::Dvcqg, reference, PaymentState::Pending, std::nullopt);
}

NamedPayment through_province(std::int64_t day) {
    return named(Gateway::Province, "p", PaymentState::Succeeded, noon(day));
}

PaymentFact success(
    const std::string& reference, std::int64_t day, std::int64_t source = platform
) {
    return {reference, source, PaymentState::Succeeded, noon(day)};
}

TEST(Contribution, DaysAreThoseOfVietNam) {
    DossierRow row = accepted();
    row.accepted_at = *parse_instant("2024-06-10T00:00:00+07:00");
    EXPECT_EQ(contribution(row, {})->key.day, parse_day("2024-06-10")->time_since_epoch().count());
    *row.accepted_at -= std::chrono::milliseconds{1};
    EXPECT_EQ(contribution(row, {})->key.day, parse_day("2024-06-09")->time_since_epoch().count());
}

struct ReceivedCase {
    std::string name;
    int status = 2;
    bool is_accepted = true;
    Channel channel = Channel::Online;
    std::int64_t fee_count = 1;
    std::int64_t fee_total = 50'000;
    std::optional<DayCounts> counts;

    friend void PrintTo(const ReceivedCase& row, std::ostream* out) { *out << row.name; }
};

class Received : public testing::TestWithParam<ReceivedCase> {};

TEST_P(Received, CountsByStatusChannelAndFees) {
    DossierRow row = accepted();
    row.status = GetParam().status;
    row.channel = GetParam().channel;
    row.fee_count = GetParam().fee_count;
    row.fee_total = GetParam().fee_total;
    if (!GetParam().is_accepted) {
        row.accepted_at.reset();
    }
    const auto what = contribution(row, {});
    ASSERT_EQ(what.has_value(), GetParam().counts.has_value());
    if (what) {
        EXPECT_EQ(what->key, received);
        EXPECT_EQ(what->counts, *GetParam().counts);
        EXPECT_TRUE(what->paid.empty());
    }
}

const ReceivedCase received_cases[] = {
    {"NotAccepted", 2, false, Channel::Online, 1, 50'000, std::nullopt},
    {"NewlyRegistered", 1, true, Channel::Online, 1, 50'000, std::nullopt},
    {"RefusedAtTheDesk", 3, true, Channel::Online, 1, 50'000, std::nullopt},
    {"StatusUnknown", 0, true, Channel::Online, 1, 50'000, DayCounts{1, 1, 1}},
    {"InWork", 2, true, Channel::Online, 1, 50'000, DayCounts{1, 1, 1}},
    {"LastStatus", 10, true, Channel::Online, 1, 50'000, DayCounts{1, 1, 1}},
    {"Direct", 2, true, Channel::Direct, 1, 50'000, DayCounts{1, 0, 1}},
    {"Postal", 2, true, Channel::Postal, 1, 50'000, DayCounts{1, 0, 1}},
    {"Free", 2, true, Channel::Online, 2, 0, DayCounts{1, 1, 0}},
    {"NoFeeListIsNotFree", 2, true, Channel::Online, 0, 0, DayCounts{1, 1, 1}},
};

INSTANTIATE_TEST_SUITE_P(Rollup, Received, testing::ValuesIn(received_cases), test::case_name<ReceivedCase>);

struct PaidCase {
    std::string name;
    int paid_flag = 0;
    std::vector<NamedPayment> payments;
    std::vector<PaymentFact> facts;  ///< ascending by reference
    std::vector<PaidKey> paid;

    friend void PrintTo(const PaidCase& row, std::ostream* out) { *out << row.name; }
};

class Paid : public testing::TestWithParam<PaidCase> {};

TEST_P(Paid, CountsByEveryRoad) {
    DossierRow row = accepted(GetParam().payments);
    row.paid_flag = GetParam().paid_flag;
    EXPECT_EQ(contribution(row, GetParam().facts)->paid, GetParam().paid);
    row.fee_total = 0;
    EXPECT_TRUE(contribution(row, GetParam().facts)->paid.empty()) << "free";
}

const std::vector<PaymentFact> r_paid{success("r", 19'010)};

const PaidCase paid_cases[] = {
    {"NamesNothing", 0, {}, r_paid, {}},
    {"FlagOfDvcqg", 1, {}, {}, {{received, PaidBy::FlagDvcqg, 0, 0}}},
    {"FlagOfTheProvince", 2, {}, {}, {{received, PaidBy::FlagProvince, 0, 0}}},
    {"FlagThatNobodyKnows", 3, {}, {}, {}},
    {"SaidByThePlatform",
     0,
     {through_dvcqg("r")},
     r_paid,
     {{received, PaidBy::Dvcqg, platform, 19'010}}},
    {"ThePlatformSaysNothing", 0, {through_dvcqg("r")}, {success("q", 19'010)}, {}},
    {"SaidByTheRecordOnly",
     0,
     {named(Gateway::Dvcqg, "r", PaymentState::Succeeded, noon(19'010))},
     {},
     {}},
    {"PendingFailedAndRefunded",
     0,
     {through_dvcqg("a"), through_dvcqg("b"), through_dvcqg("c"), through_dvcqg("d")},
     {{"a", platform, PaymentState::Pending, noon(19'010)},
      {"b", platform, PaymentState::Failed, noon(19'010)},
      {"c", platform, PaymentState::Refunded, noon(19'010)},
      {"d", platform, PaymentState::Unknown, std::nullopt}},
     {}},
    {"SucceededOnNoDay",
     0,
     {through_dvcqg("r")},
     {{"r", platform, PaymentState::Succeeded, std::nullopt}},
     {}},
    {"FirstOfTwoSuccesses",
     0,
     {through_dvcqg("b"), through_dvcqg("a")},
     {success("a", 19'012), success("b", 19'011)},
     {{received, PaidBy::Dvcqg, platform, 19'011}}},
    {"NamedTwice",
     0,
     {through_dvcqg("r"), through_dvcqg("r")},
     r_paid,
     {{received, PaidBy::Dvcqg, platform, 19'010}}},
    {"TwoPaymentSources",
     0,
     {through_dvcqg("r")},
     {success("r", 19'012, other_platform), success("r", 19'011, platform)},
     {{received, PaidBy::Dvcqg, platform, 19'011},
      {received, PaidBy::Dvcqg, other_platform, 19'012}}},
    {"Province", 0, {through_province(19'003)}, {}, {{received, PaidBy::Province, 0, 19'003}}},
    {"FirstOfTwoInTheProvince",
     0,
     {through_province(19'005), through_province(19'003), through_province(19'004)},
     {},
     {{received, PaidBy::Province, 0, 19'003}}},
    {"ProvinceOnNoDay",
     0,
     {named(Gateway::Province, "p", PaymentState::Succeeded, std::nullopt)},
     {},
     {}},
    {"ProvinceFailed",
     0,
     {named(Gateway::Province, "p", PaymentState::Failed, noon(19'003))},
     {},
     {}},
    {"CashAndTransferAreNoRoad",
     0,
     {named(Gateway::Cash, "r", PaymentState::Succeeded, noon(19'003)),
      named(Gateway::Transfer, "r", PaymentState::Succeeded, noon(19'003)),
      named(Gateway::None, "r", PaymentState::Succeeded, noon(19'003))},
     r_paid,
     {}},
    {"BothOnTheLaterDayOfThePlatform",
     0,
     {through_dvcqg("r"), through_province(19'003)},
     r_paid,
     {{received, PaidBy::Province, 0, 19'003},
      {received, PaidBy::Dvcqg, platform, 19'010},
      {received, PaidBy::Both, platform, 19'010}}},
    {"BothOnTheLaterDayOfTheProvince",
     0,
     {through_dvcqg("r"), through_province(19'020)},
     r_paid,
     {{received, PaidBy::Province, 0, 19'020},
      {received, PaidBy::Dvcqg, platform, 19'010},
      {received, PaidBy::Both, platform, 19'020}}},
    {"EveryRoadAtOnce",
     1,
     {through_dvcqg("r"), through_province(19'003)},
     {success("r", 19'010), success("r", 19'001, other_platform)},
     {{received, PaidBy::FlagDvcqg, 0, 0},
      {received, PaidBy::Province, 0, 19'003},
      {received, PaidBy::Dvcqg, platform, 19'010},
      {received, PaidBy::Both, platform, 19'010},
      {received, PaidBy::Dvcqg, other_platform, 19'001},
      {received, PaidBy::Both, other_platform, 19'003}}},
};

INSTANTIATE_TEST_SUITE_P(Rollup, Paid, testing::ValuesIn(paid_cases), test::case_name<PaidCase>);

TEST(Rollup, AddsAndTakesBack) {
    RollupChange change;
    add(change, std::nullopt, 1);
    EXPECT_TRUE(change.days.empty());
    const Contribution what{
        received,
        {1, 1, 1},
        {{received, PaidBy::FlagDvcqg, 0, 0}, {received, PaidBy::Province, 0, 3}}};
    add(change, what, 1);
    add(change, what, -1);
    ASSERT_EQ(change.days.size(), 2U);
    EXPECT_EQ(change.days[1].second, (DayCounts{-1, -1, -1}));
    ASSERT_EQ(change.paid.size(), 4U);
    EXPECT_EQ(change.paid[3].second, -1);
    settle(change);
    EXPECT_TRUE(change.days.empty());
    EXPECT_TRUE(change.paid.empty());
}

TEST(Rollup, SettlesInOrderWithOneRowAKeyAndNoneForNothing) {
    const DayKey later{19'001, 2, 7, 9};
    const DayKey gone{18'999, 2, 7, 9};
    const PaidKey first{received, PaidBy::Dvcqg, platform, 3};
    const PaidKey second{received, PaidBy::Dvcqg, platform, 4};
    const PaidKey nothing{received, PaidBy::Dvcqg, platform, 5};
    RollupChange change{
        {{later, {1, 0, 1}},
         {gone, {1, 0, 0}},
         {received, {1, 1, 0}},
         {later, {2, 1, 0}},
         {gone, {-1, 0, 0}},
         {later, {1, 0, 0}}},
        {{second, 1}, {nothing, 2}, {first, 1}, {second, 1}, {nothing, -2}, {second, 1}}};
    settle(change);
    const std::vector<std::pair<DayKey, DayCounts>> days{{received, {1, 1, 0}}, {later, {4, 1, 1}}};
    const std::vector<std::pair<PaidKey, std::int64_t>> paid{{first, 1}, {second, 3}};
    EXPECT_EQ(change.days, days);
    EXPECT_EQ(change.paid, paid);
}

TEST(Rollup, KeepsACountThatIsNothingInOnePartOnly) {
    RollupChange change{{{received, {1, 0, 0}}, {received, {-1, 1, -1}}}, {}};
    settle(change);
    ASSERT_EQ(change.days.size(), 1U);
    EXPECT_EQ(change.days[0].second, (DayCounts{0, 1, -1}));
}

}  // namespace
}  // namespace thidua::store
