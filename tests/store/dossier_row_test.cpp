// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/dossier_row.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <set>

namespace thidua::store {
namespace {

Instant millisecond(std::int64_t count) {
    return Instant{std::chrono::milliseconds{count}};
}

/// As they come out of a row again.
std::vector<NamedPayment> owned(const std::vector<PackedPayment>& packed) {
    std::vector<NamedPayment> payments;
    for (const PackedPayment& payment : packed) {
        payments.push_back(
            {std::string(payment.reference), payment.gateway, payment.state, payment.paid_at}
        );
    }
    return payments;
}

TEST(PackedPayments, NoPaymentsAreAnEmptyText) {
    EXPECT_EQ(pack_payments({}), "");
    EXPECT_TRUE(unpack_payments("").empty());
}

TEST(PackedPayments, ComeBackAsTheyWere) {
    const std::vector<NamedPayment> payments{
        {"ref 1", Gateway::Dvcqg, PaymentState::Succeeded, millisecond(1'718'000'000'123)},
        {"", Gateway::Cash, PaymentState::Unknown, std::nullopt},
        {" 4 2 9 7 ", Gateway::Province, PaymentState::Refunded, millisecond(0)},
        {"Lạng Sơn\n'\\?", Gateway::None, PaymentState::Failed, millisecond(-5)},
        {std::string(300, 'x'), Gateway::Transfer, PaymentState::Pending, std::nullopt},
        {std::string("\0 \0", 3), Gateway::Dvcqg, PaymentState::Pending, Instant::max()},
    };
    const std::string text = pack_payments(payments);
    EXPECT_EQ(owned(unpack_payments(text)), payments);
    EXPECT_EQ(pack_payments({payments[0]}), "1 2 1718000000123 5 ref 1");
    EXPECT_EQ(pack_payments({payments[1]}), "3 0  0 ");
}

TEST(PackedPaymentsDeathTest, ATextThatNobodyPackedEndsTheProgram) {
    for (const std::string text : {"1 2 3", "x 2 3 0 ", "1 2x 3 0 ", "1 2 3 9 short", " "}) {
        EXPECT_DEATH((void)unpack_payments(text), "broken assumption: unpack_payments") << text;
    }
}

DossierRow plain_row() {
    DossierRow row;
    row.id = 1;
    row.version = 1;
    row.slice = 1;
    row.procedure = 2;
    row.unit = 3;
    row.channel = Channel::Online;
    row.status = 4;
    row.applied_at = millisecond(5);
    row.accepted_at = millisecond(6);
    row.due_at = millisecond(7);
    row.finished_at = millisecond(8);
    row.fee_count = 1;
    row.fee_total = 9;
    row.paid_flag = 1;
    row.payments = pack_payments({{"r", Gateway::Dvcqg, PaymentState::Pending, std::nullopt}});
    return row;
}

struct ContentCase {
    std::string name;
    std::function<void(DossierRow&)> change;
    bool is_news = true;

    friend void PrintTo(const ContentCase& row, std::ostream* out) { *out << row.name; }
};

class ContentOf : public testing::TestWithParam<ContentCase> {};

TEST_P(ContentOf, TellsWhatTheSourceSaidFromWhatIsOurs) {
    DossierRow row = plain_row();
    GetParam().change(row);
    EXPECT_EQ(content_of(row) != content_of(plain_row()), GetParam().is_news);
}

const ContentCase content_cases[] = {
    {"Id", [](DossierRow& row) { row.id = 99; }, false},
    {"Version", [](DossierRow& row) { row.version = 99; }, false},
    {"Slice", [](DossierRow& row) { row.slice = 99; }, false},
    {"Content", [](DossierRow& row) { row.content = 99; }, false},
    {"Procedure", [](DossierRow& row) { row.procedure = 3; }},
    {"Unit", [](DossierRow& row) { row.unit = 2; }},
    {"ProcedureAndUnitChanged", [](DossierRow& row) { std::swap(row.procedure, row.unit); }},
    {"Channel", [](DossierRow& row) { row.channel = Channel::Postal; }},
    {"Status", [](DossierRow& row) { row.status = 5; }},
    {"NoApplication", [](DossierRow& row) { row.applied_at.reset(); }},
    {"NoAcceptance", [](DossierRow& row) { row.accepted_at.reset(); }},
    {"AcceptedAMillisecondLater", [](DossierRow& row) { row.accepted_at = millisecond(7); }},
    {"NoDueTime", [](DossierRow& row) { row.due_at.reset(); }},
    {"DueIn1970", [](DossierRow& row) { row.due_at = millisecond(0); }},
    {"NotFinished", [](DossierRow& row) { row.finished_at.reset(); }},
    {"FeeCount", [](DossierRow& row) { row.fee_count = 0; }},
    {"FeeTotal", [](DossierRow& row) { row.fee_total = 10; }},
    {"PaidFlag", [](DossierRow& row) { row.paid_flag = 2; }},
    {"NoPayments", [](DossierRow& row) { row.payments.clear(); }},
    {"OtherPayments", [](DossierRow& row) { row.payments.back() = 's'; }},
};

INSTANTIATE_TEST_SUITE_P(DossierRow, ContentOf, testing::ValuesIn(content_cases), test::case_name<ContentCase>);

}  // namespace
}  // namespace thidua::store
