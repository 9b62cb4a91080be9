// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the second week's digest says of the first week's, out of a real store.
#include "daemon/restatements.hpp"

#include "rules/figure_id.hpp"
#include "tests/daemon/published_weeks.hpp"

#include <gtest/gtest.h>

#include <map>

namespace thidua::daemon {
namespace {

using enum rules::RestatementCause;
using test::at;
using test::first_monday;
using test::first_week;
using test::office;
using test::second_monday;
using test::second_week;
using Causes = std::vector<rules::CauseShare>;

const std::string heading = "Số liệu tuần trước đã điều chỉnh";

/// Two dossiers, one of them paid, when the first week's digest is published.
class Restated : public test::PublishedWeeks {
  protected:
    Restated() {
        first_week_comes();
        published_ = digest(first_week, first_monday);
    }

    /// Nothing but that both sources still answer when the second digest falls due.
    void both_sources_answer() {
        receive(
            "2024-06-17T05:00:00+07:00",
            {dossier("A-240607-0001", "2024-06-07T09:00:00+07:00"),
             dossier("A-240608-0001", "2024-06-08T09:00:00+07:00")}
        );
        confirm("2024-06-17T05:10:00+07:00", {});
    }

    /// By unit, of the only indicator.
    std::map<std::string, Causes> causes() {
        clock_.set(at(second_monday));
        const auto found = restatements_of(*store_, settings_, published_, clock_.now());
        EXPECT_TRUE(found) << (found ? "" : found.error().message);
        std::map<std::string, Causes> causes;
        for (const rules::Restatement& one : *found) {
            causes[(one.figure.now ? one.figure.now : one.figure.before)->unit] = one.causes;
        }
        return causes;
    }

    /// The same for the office, its agency and the whole.
    static std::map<std::string, Causes> everywhere(const Causes& causes) {
        return {{office, causes}, {"H37.10", causes}, {std::string(rules::total_unit), causes}};
    }

    store::Edition published_;
};

TEST_F(Restated, NothingIsWhereNothingChanged) {
    both_sources_answer();
    EXPECT_EQ(causes(), (std::map<std::string, Causes>{}));
    const std::string text = text_of(whole(render_digest(*service_, second_week)));
    EXPECT_EQ(text.find(heading), std::string::npos) << text;
}

TEST_F(Restated, APaymentThatCameLateIsToldInTheNextDigest) {
    payment_comes_late();
    both_sources_answer();
    EXPECT_EQ(causes(), everywhere({{LatePayment, 1, 0}}));
    const std::string text = text_of(whole(render_digest(*service_, second_week)));
    for (const std::string& words :
         {heading,
          std::string("Toàn cơ quan – Thanh toán trực tuyến"),
          std::string("Đã công bố:   ✓ 50,0 % (1/2)"),
          std::string("Nay là:       ✓ 100,0 % (2/2)"),
          std::string("Nguyên nhân:  Thanh toán ghi nhận muộn: tử số +1")}) {
        EXPECT_NE(text.find(words), std::string::npos) << words << "\n" << text;
    }
}

TEST_F(Restated, APaymentOfAfterTheWeekIsNone) {
    confirm("2024-06-11T05:10:00+07:00", {paid("A-240608-0001", "2024-06-10T00:00:00+07:00")});
    both_sources_answer();
    EXPECT_EQ(causes(), (std::map<std::string, Causes>{}));
}

TEST_F(Restated, ADossierThatCameLateAndOneThatWasTurnedAwayAreTold) {
    DossierRecord turned_away = dossier("A-240608-0001", "2024-06-08T09:00:00+07:00");
    turned_away.status = 3;
    receive(
        "2024-06-17T05:00:00+07:00",
        {dossier("A-240607-0001", "2024-06-07T09:00:00+07:00"),
         turned_away,
         dossier("A-240609-0001", "2024-06-09T23:59:59+07:00"),
         dossier("A-240609-0002", "2024-06-09T23:59:59+07:00"),
         dossier("A-240610-0001", "2024-06-10T00:00:00+07:00")}
    );
    EXPECT_EQ(causes(), everywhere({{LateDossier, 0, 2}, {Withdrawn, 0, -1}}));
}

TEST_F(Restated, ACodeThatWasMappedSinceIsTold) {
    DossierRecord unmapped = dossier("A-240609-0001", "2024-06-09T09:00:00+07:00");
    unmapped.unit_code = "H37.10.99";
    receive("2024-06-11T05:00:00+07:00", {unmapped});
    clock_.set(at("2024-06-11T07:30:00+07:00"));
    published_ = whole(render_digest(*service_, first_week));
    ASSERT_TRUE(store_->call([](store::Store& store) {
        return store.map_unit(
            {"H37.10.99", office, std::nullopt, "Bà An", at("2024-06-12T08:00:00+07:00")}
        );
    }));
    both_sources_answer();
    const Causes mapped{{UnitMapping, 0, 1}};
    EXPECT_EQ(causes(), (std::map<std::string, Causes>{{office, mapped}, {"H37.10", mapped}}))
        << "the whole had it all along";
}

TEST_F(Restated, AnotherConfigurationIsTold) {
    settings_.procedures[0].fees[0].from = *parse_day("2024-06-08");
    settings_.hash = std::string(64, 'b');
    both_sources_answer();
    EXPECT_EQ(causes(), everywhere({{Configuration, -1, -1}}));
    settings_.hash = std::string(64, 'a');
    EXPECT_EQ(causes(), everywhere({{Unknown, -1, -1}})) << "nothing is blamed without a ground";
}

// Later corrections, and the restatements of the next week, make no difference to what was said.
TEST_F(Restated, AnEditionIsMadeAgainByteForByte) {
    payment_comes_late();
    both_sources_answer();
    const store::Edition second = digest(second_week, second_monday);
    EXPECT_NE(text_of(second).find(heading), std::string::npos);
    DossierRecord moved = dossier("A-240607-0001", "2024-06-07T09:00:00+07:00");
    moved.channel = Channel::Direct;
    moved.unit_code = "H37.10";
    receive("2024-06-18T05:00:00+07:00", {moved});
    confirm(
        "2024-06-18T05:10:00+07:00",
        {{"A-240608-0001", PaymentState::Refunded, at("2024-06-18T04:00:00+07:00"), 450'000}}
    );
    clock_.set(at(second_monday));
    const store::Edition again = whole(render_digest(*service_, second_week));
    ASSERT_EQ(again.documents.size(), second.documents.size());
    for (std::size_t at = 0; at < again.documents.size(); ++at) {
        EXPECT_EQ(again.documents[at].file_name, second.documents[at].file_name);
        EXPECT_TRUE(again.documents[at].bytes == second.documents[at].bytes)
            << second.documents[at].file_name;
    }
}

}  // namespace
}  // namespace thidua::daemon
