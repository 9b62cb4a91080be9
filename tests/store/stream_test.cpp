// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/stream.hpp"

#include "store/dossier_key.hpp"

#include <gtest/gtest.h>

namespace thidua::store {
namespace {

using Strings = std::vector<std::string>;

constexpr std::int64_t platform = 4;

Instant noon(std::int64_t day) {
    return Instant{std::chrono::hours{24 * day + 5}};
}

/// What slice `slice` says of one dossier: its unit, and the references that it names.
DossierRow said_in(std::int64_t slice, std::int64_t unit, const Strings& references = {}) {
    std::vector<NamedPayment> payments;
    for (const std::string& reference : references) {
        payments.push_back({reference, Gateway::Dvcqg, PaymentState::Pending, std::nullopt});
    }
    DossierRow row;
    row.id = stream_of(odd_number(1), 2);
    row.slice = slice;
    row.unit = unit;
    row.procedure = 9;
    row.channel = Channel::Online;
    row.status = 2;
    row.accepted_at = noon(19'000);
    row.fee_count = 1;
    row.fee_total = 50'000;
    row.payments = pack_payments(payments);
    row.content = content_of(row);
    return row;
}

DossierRow of_version(DossierRow row, std::int64_t version) {
    row.version = version;
    return row;
}

Strings references_of(const std::vector<PaymentLink>& links) {
    Strings references;
    for (const PaymentLink& link : links) {
        EXPECT_EQ(link.dossier, said_in(1, 1).id);
        references.push_back(link.reference);
    }
    return references;
}

std::vector<std::int64_t> versions_of(const std::vector<ClosedVersion>& closed) {
    std::vector<std::int64_t> versions;
    for (const ClosedVersion& version : closed) {
        versions.push_back(version.row.version);
    }
    return versions;
}

class Stream : public testing::Test {
  protected:
    int go_on(std::optional<DossierRow> current, std::vector<DossierRow> said) {
        const int opened = advance(std::move(current), said, facts_, batch_, change_);
        settle(change_);
        return opened;
    }

    /// Dossiers received more or fewer, by unit.
    [[nodiscard]] std::vector<std::pair<std::int64_t, std::int64_t>> received() const {
        std::vector<std::pair<std::int64_t, std::int64_t>> units;
        for (const auto& [key, counts] : change_.days) {
            units.emplace_back(key.unit, counts.received);
        }
        return units;
    }

    using Units = std::vector<std::pair<std::int64_t, std::int64_t>>;

    std::vector<PaymentFact> facts_;
    VersionBatch batch_;
    RollupChange change_;
};

TEST_F(Stream, BeginsWithVersionOne) {
    EXPECT_EQ(go_on(std::nullopt, {said_in(5, 1, {"b", "a"})}), 1);
    ASSERT_EQ(batch_.opened.size(), 1U);
    EXPECT_EQ(batch_.opened[0], of_version(said_in(5, 1, {"b", "a"}), 1));
    EXPECT_TRUE(batch_.closed.empty());
    EXPECT_EQ(references_of(batch_.links), (Strings{"a", "b"}));
    EXPECT_TRUE(batch_.unlinked.empty());
    EXPECT_EQ(received(), (Units{{1, 1}}));
}

TEST_F(Stream, IsLeftAloneByTheSameContent) {
    EXPECT_EQ(go_on(of_version(said_in(5, 1, {"a"}), 3), {said_in(6, 1, {"a"})}), 0);
    EXPECT_TRUE(batch_.opened.empty());
    EXPECT_TRUE(batch_.closed.empty());
    EXPECT_TRUE(batch_.links.empty());
    EXPECT_TRUE(batch_.unlinked.empty());
    EXPECT_TRUE(change_.days.empty());
}

TEST_F(Stream, SaysNothingIfNothingIsSaid) {
    EXPECT_EQ(go_on(of_version(said_in(5, 1), 3), {}), 0);
    EXPECT_EQ(go_on(std::nullopt, {}), 0);
    EXPECT_TRUE(batch_.opened.empty());
}

TEST_F(Stream, ClosesTheVersionBeforeAtTheSliceThatSaysSomethingElse) {
    EXPECT_EQ(go_on(of_version(said_in(5, 1), 3), {said_in(6, 2)}), 1);
    ASSERT_EQ(batch_.opened.size(), 1U);
    EXPECT_EQ(batch_.opened[0], of_version(said_in(6, 2), 4));
    ASSERT_EQ(batch_.closed.size(), 1U);
    EXPECT_EQ(batch_.closed[0].row, of_version(said_in(5, 1), 3));
    EXPECT_EQ(batch_.closed[0].until_slice, 6);
    EXPECT_EQ(received(), (Units{{1, -1}, {2, 1}}));
}

TEST_F(Stream, C22KeepsEveryWordOfOneSliceAndCountsTheLast) {
    const int opened =
        go_on(of_version(said_in(5, 1), 3), {said_in(6, 2), said_in(6, 2), said_in(6, 3)});
    EXPECT_EQ(opened, 2);
    ASSERT_EQ(batch_.opened.size(), 1U);
    EXPECT_EQ(batch_.opened[0], of_version(said_in(6, 3), 5));
    EXPECT_EQ(versions_of(batch_.closed), (std::vector<std::int64_t>{3, 4}));
    EXPECT_EQ(batch_.closed[1].until_slice, 6) << "known at no time, but kept";
    EXPECT_EQ(received(), (Units{{1, -1}, {3, 1}}));
}

TEST_F(Stream, ThatGoesAndComesBackWithinASliceCountsAsBefore) {
    const int opened =
        go_on(of_version(said_in(5, 1, {"a"}), 1), {said_in(6, 2, {"b"}), said_in(6, 1, {"a"})});
    EXPECT_EQ(opened, 2);
    EXPECT_EQ(batch_.opened.at(0).version, 3);
    EXPECT_TRUE(change_.days.empty());
    EXPECT_TRUE(batch_.links.empty());
    EXPECT_TRUE(batch_.unlinked.empty());
}

TEST_F(Stream, CountsNothingAnewIfOnlyWhatIsNotCountedChanged) {
    DossierRow finished = said_in(6, 1);
    finished.finished_at = noon(19'050);
    finished.content = content_of(finished);
    EXPECT_EQ(go_on(of_version(said_in(5, 1), 1), {finished}), 1);
    EXPECT_TRUE(change_.days.empty());
}

TEST_F(Stream, AddsAndRemovesLinks) {
    EXPECT_EQ(
        go_on(of_version(said_in(5, 1, {"b", "a", "c"}), 1), {said_in(6, 1, {"d", "b", "d"})}), 1
    );
    EXPECT_EQ(references_of(batch_.unlinked), (Strings{"a", "c"}));
    EXPECT_EQ(references_of(batch_.links), Strings{"d"});
}

TEST_F(Stream, CountsByWhatThePaymentSourcesSayNow) {
    facts_ = {{"a", platform, PaymentState::Succeeded, noon(19'010)}};
    EXPECT_EQ(go_on(of_version(said_in(5, 1), 1), {said_in(6, 1, {"a"})}), 1);
    ASSERT_EQ(change_.paid.size(), 1U);
    EXPECT_EQ(change_.paid[0].first.settled_day, 19'010);
    EXPECT_EQ(change_.paid[0].second, 1);
    EXPECT_TRUE(change_.days.empty()) << "received as before";
}

TEST_F(Stream, ThatEndsIsCountedNoLonger) {
    facts_ = {{"a", platform, PaymentState::Succeeded, noon(19'010)}};
    const DossierRow current = of_version(said_in(5, 1, {"a", "b"}), 3);
    end_stream(current, 8, facts_, batch_, change_);
    settle(change_);
    EXPECT_EQ(batch_.ended, std::vector<std::int64_t>{current.id});
    ASSERT_EQ(batch_.closed.size(), 1U);
    EXPECT_EQ(batch_.closed[0].row, current);
    EXPECT_EQ(batch_.closed[0].until_slice, 8);
    EXPECT_EQ(references_of(batch_.unlinked), (Strings{"a", "b"}));
    EXPECT_EQ(received(), (Units{{1, -1}}));
    ASSERT_EQ(change_.paid.size(), 1U);
    EXPECT_EQ(change_.paid[0].second, -1);
}

TEST(PlatformReferences, AreThoseThroughDvcqgThatHaveAName) {
    DossierRow row;
    EXPECT_TRUE(platform_references(row).empty());
    row.payments = pack_payments(
        {{"c", Gateway::Dvcqg, PaymentState::Pending, std::nullopt},
         {"p", Gateway::Province, PaymentState::Succeeded, noon(1)},
         {"", Gateway::Dvcqg, PaymentState::Pending, std::nullopt},
         {"a", Gateway::Dvcqg, PaymentState::Failed, std::nullopt},
         {"c", Gateway::Dvcqg, PaymentState::Pending, std::nullopt},
         {"", Gateway::Cash, PaymentState::Succeeded, noon(1)}}
    );
    EXPECT_EQ(platform_references(row), (std::vector<std::string_view>{"a", "c"}));
}

}  // namespace
}  // namespace thidua::store
