// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Evidence, reviews of procedures and papers of nominations.
#include "tests/store/store_fixture.hpp"

#include <string>
#include <vector>

namespace thidua::store {
namespace {

constexpr const char* january_6 = "2025-01-06T09:00:00+07:00";
constexpr const char* january_7 = "2025-01-07T09:00:00+07:00";
constexpr const char* january_8 = "2025-01-08T09:00:00+07:00";

class Entries : public StoreTest {
  protected:
    Evidence evidence(const std::string& title) const {
        Evidence one;
        one.candidate = "H37.10.05";
        one.topic = "content/3";
        one.title = title;
        one.text = "Đã làm";
        one.day = *parse_day("2024-09-12");
        one.document = "15/TB";
        one.file_name = "a.pdf";
        one.file_sha256 = "c0ffee";
        one.filed_by = "An";
        one.filed_at = at(january_6);
        return one;
    }

    ProcedureReview review(ReviewWord word, const char* when) const {
        return {"1.012756", "H37.10.05", word, "An", at(when), "22/BC", "vì"};
    }

    Receipt receipt(std::int64_t copies) const {
        return {
            "H37.10.05",
            "bang-khen",
            "nop-ho-so",
            "to-trinh",
            copies,
            *parse_day("2025-01-02"),
            "An",
            at(january_6),
            "qua văn thư"};
    }

    void alter(const std::string& sql) {
        auto database = *Database::open(location_, Access::ReadWrite);
        auto transaction = *Transaction::begin(*database);
        ASSERT_TRUE(database->execute(sql));
        ASSERT_TRUE(transaction.commit());
    }

    std::string first_fault() {
        const auto faults = store_.audit_verify()->faults;
        return faults.size() == 1 ? faults[0].subject : std::to_string(faults.size()) + " faults";
    }
};

TEST_P(Entries, EvidenceIsFiledOnceWhoeverFilesIt) {
    const std::vector first{evidence("một"), evidence("hai"), evidence("một")};
    EXPECT_EQ(
        *store_.file_evidence(first), (std::vector<FiledEvidence>{{1, true}, {2, true}, {1, false}})
    );
    Evidence again = evidence("hai");
    again.filed_by = "Bình";
    again.filed_at = at(january_7);
    const auto head = store_.audit_head()->number;
    EXPECT_EQ(*store_.file_evidence(std::vector{again}), (std::vector<FiledEvidence>{{2, false}}));
    EXPECT_EQ(store_.audit_head()->number, head) << "nothing was written";
    const auto filed = *store_.evidence(at(january_8));
    ASSERT_EQ(filed.size(), 2U);
    Evidence expected = evidence("hai");
    expected.id = 2;
    EXPECT_EQ(filed[1], expected);
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
}

TEST_P(Entries, EvidenceHasItsLastRulingAsItWasKnown) {
    ASSERT_TRUE(store_.file_evidence(std::vector{evidence("một"), evidence("hai")}));
    const Ruling rejected{"Bình", at(january_7), "thiếu ảnh"};
    const Ruling accepted{"Bình", at(january_8), "đã bổ sung"};
    EXPECT_TRUE(*store_.rule_on_evidence(2, EvidenceState::Rejected, rejected));
    EXPECT_FALSE(*store_.rule_on_evidence(2, EvidenceState::Rejected, rejected)) << "again";
    EXPECT_TRUE(*store_.rule_on_evidence(2, EvidenceState::Accepted, accepted));
    const auto known = [&](const char* when) { return (*store_.evidence(at(when)))[1]; };
    EXPECT_EQ(known(january_6).state, EvidenceState::Filed);
    EXPECT_EQ(known(january_7).state, EvidenceState::Rejected);
    EXPECT_EQ(known(january_7).why, "thiếu ảnh");
    EXPECT_EQ(known(january_8).state, EvidenceState::Accepted);
    EXPECT_EQ(known(january_8).ruled_by, "Bình");
    EXPECT_EQ((*store_.evidence(at(january_8)))[0].state, EvidenceState::Filed);
    const auto refused = store_.rule_on_evidence(3, EvidenceState::Accepted, accepted);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Usage);
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
}

TEST_P(Entries, AReviewIsWrittenIfItIsNews) {
    using enum ReviewWord;
    const std::vector first{review(ProposeFull, january_6), review(Approve, january_6)};
    EXPECT_EQ(*store_.review_procedures(first), 2);
    EXPECT_EQ(*store_.review_procedures(first), 0);
    EXPECT_EQ(*store_.review_procedures(std::vector{review(ProposeKeep, january_7)}), 1);
    EXPECT_EQ(*store_.review_procedures(std::vector{review(Approve, january_8)}), 1)
        << "about the new proposal";
    EXPECT_EQ(store_.procedure_reviews(at(january_6))->size(), 2U);
    const auto all = *store_.procedure_reviews(at(january_8));
    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(all[2], review(ProposeKeep, january_7));
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
}

TEST_P(Entries, EveryReceiptIsKept) {
    ASSERT_TRUE(store_.receive(receipt(2)));
    ASSERT_TRUE(store_.receive(receipt(-1)));
    EXPECT_EQ(*store_.receipts(at(january_6)), (std::vector{receipt(2), receipt(-1)}));
    EXPECT_TRUE(store_.receipts(at(january_6) - std::chrono::milliseconds{1})->empty());
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
}

struct Altered {
    std::string sql;
    std::string back;
    std::string subject;
};

TEST_P(Entries, BehindTheChainsBackAreFound) {
    ASSERT_TRUE(store_.file_evidence(std::vector{evidence("một")}));
    ASSERT_TRUE(store_.rule_on_evidence(1, EvidenceState::Accepted, {"An", at(january_7), "đủ"}));
    ASSERT_TRUE(store_.review_procedures(std::vector{review(ReviewWord::ProposeFull, january_6)}));
    ASSERT_TRUE(store_.receive(receipt(2)));
    const Altered cases[] = {
        {"UPDATE evidence SET done = 'khác'",
         "UPDATE evidence SET done = 'Đã làm'",
         "evidence-filed/1"},
        {"UPDATE evidence SET file_sha256 = 'f00'",
         "UPDATE evidence SET file_sha256 = 'c0ffee'",
         "evidence-filed/1"},
        {"UPDATE evidence_ruling SET state = 'rejected'",
         "UPDATE evidence_ruling SET state = 'accepted'",
         "evidence-ruled/1"},
        {"UPDATE procedure_review SET word = 'keep'",
         "UPDATE procedure_review SET word = 'full'",
         "procedure-reviewed/1"},
        {"UPDATE nomination_receipt SET day = day - 1",
         "UPDATE nomination_receipt SET day = day + 1",
         "nomination-received/1"},
        {"UPDATE nomination_receipt SET id = 2",
         "UPDATE nomination_receipt SET id = 1",
         "2 faults"},
    };
    for (const Altered& one : cases) {
        SCOPED_TRACE(one.sql);
        alter(one.sql);
        EXPECT_EQ(first_fault(), one.subject);
        alter(one.back);
        EXPECT_EQ(first_fault(), "0 faults");
    }
}

THIDUA_ON_EVERY_STORE(Entries);

}  // namespace
}  // namespace thidua::store
