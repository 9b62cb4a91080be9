// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// One dossier under several codes, and two that turn out to be one, through publishing.
#include "core/spool.hpp"
#include "tests/store/store_fixture.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::store {
namespace {

using Codes = std::vector<std::string>;

const std::string a = "A-240610-0001";
const std::string b = "B-240610-0001";
const std::string c = "C-240610-0001";
const std::string d = "D-240610-0001";

class Identities : public StoreTest {
  protected:
    Identities() { expect_.max_drop = Share{1, 1}; }

    /// Versions that were opened.
    std::int64_t say(
        const std::string& source, std::vector<DossierRecord> dossiers, const std::string& now
    ) {
        Slice slice;
        slice.key = "w";
        slice.dossiers = std::move(dossiers);
        PullRun run{source, at(now)};
        const auto published = store_.publish(run, {slice, at(now), expect_, {}});
        EXPECT_TRUE(published) << (published ? "" : published.error().message);
        EXPECT_TRUE(store_.finish_pull(run, {at(now), std::nullopt}));
        return published ? published->changed : -1;
    }

    static DossierRecord known_as(DossierRecord record, Codes aliases) {
        record.aliases = std::move(aliases);
        return record;
    }

    static DossierRecord in_unit(DossierRecord record, const std::string& unit) {
        record.unit_code = unit;
        return record;
    }

    /// The codes under which dossiers of `source` are counted, as known at `known_at`.
    Codes counted(const std::string& source, const std::string& known_at) {
        TallyQuery query;
        query.system_of_record = source;
        query.payment_record = "platform";
        query.from = *parse_day("2024-06-07");
        query.to = *parse_day("2024-06-30");
        query.known_at = at(known_at);
        Codes codes;
        const auto visited = store_.for_each_counted(query, [&](const CountedVersion& version) {
            codes.push_back(version.dossier);
        });
        EXPECT_TRUE(visited);
        std::ranges::sort(codes);
        EXPECT_EQ(
            store_.verify([](std::int64_t, std::int64_t) {})->first_problems,
            std::vector<std::string>{}
        );
        return codes;
    }
};

TEST_P(Identities, ACodeThatIsItsOwnAliasOrIsNamedTwiceIsNoNews) {
    EXPECT_EQ(say("tthc", {known_as(dossier(a), {a, a})}, monday), 1);
    EXPECT_EQ(say("tthc", {known_as(dossier(a), {b, b, a})}, tuesday), 0);
    EXPECT_EQ(say("tthc", {dossier(b)}, tuesday), 0);
    EXPECT_EQ(counted("tthc", friday), Codes{a});
}

TEST_P(Identities, AnAliasMayComeBeforeItsDossier) {
    EXPECT_EQ(say("tthc", {known_as(dossier(b), {a})}, monday), 1);
    EXPECT_EQ(say("tthc", {dossier(a)}, tuesday), 0);
    EXPECT_EQ(counted("tthc", friday), Codes{b});
}

TEST_P(Identities, TwoThatNameEachOtherAreOne) {
    EXPECT_EQ(say("tthc", {known_as(dossier(a), {b}), known_as(dossier(b), {a})}, monday), 1);
    EXPECT_EQ(say("tthc", {known_as(dossier(b), {a})}, tuesday), 0);
    EXPECT_EQ(counted("tthc", friday), Codes{a});
}

TEST_P(Identities, AChainOfCodesLeadsToOneDossier) {
    EXPECT_EQ(say("tthc", {dossier(c)}, monday), 1);
    EXPECT_EQ(say("tthc", {known_as(dossier(b), {c})}, monday), 0);
    EXPECT_EQ(say("tthc", {known_as(dossier(a), {b})}, monday), 0);
    EXPECT_EQ(say("tthc", {dossier(d)}, monday), 1);
    EXPECT_EQ(say("tthc", {known_as(dossier(d), {c})}, tuesday), 0);
    // a and b stand for c, which now stands for d.
    EXPECT_EQ(counted("tthc", tuesday), Codes{d});
    EXPECT_EQ(counted("tthc", monday), (Codes{c, d}));
    EXPECT_EQ(say("tthc", {in_unit(dossier(a), "H37.10.02")}, friday), 1);
    EXPECT_EQ(counted("tthc", friday), Codes{d});
}

TEST_P(Identities, AKnownAliasGoesOnWhoeverIsNamedFirst) {
    EXPECT_EQ(say("tthc", {dossier(b)}, monday), 1);
    EXPECT_EQ(say("tthc", {known_as(dossier(a), {c, b, d})}, tuesday), 0);
    EXPECT_EQ(say("tthc", {dossier(d), dossier(c), dossier(a)}, friday), 0);
    EXPECT_EQ(counted("tthc", friday), Codes{b});
}

TEST_P(Identities, ThreeDossiersMergeAtOnce) {
    EXPECT_EQ(say("tthc", {dossier(a), dossier(b), dossier(c)}, monday), 3);
    EXPECT_EQ(say("tthc", {known_as(dossier(b), {a, c})}, tuesday), 0);
    EXPECT_EQ(counted("tthc", tuesday), Codes{b});
    EXPECT_EQ(counted("tthc", monday), (Codes{a, b, c}));
}

TEST_P(Identities, AnotherSourcesStreamIsCarriedOverByAMerge) {
    EXPECT_EQ(say("tthc", {dossier(a), dossier(b)}, monday), 2);
    EXPECT_EQ(say("dvcqg", {with_payment(dossier(a), "r1")}, monday), 1);
    EXPECT_EQ(say("tthc", {known_as(dossier(b), {a})}, tuesday), 1) << "the other source's goes on";
    EXPECT_EQ(counted("tthc", tuesday), Codes{b});
    EXPECT_EQ(counted("dvcqg", tuesday), Codes{b});
    EXPECT_EQ(counted("dvcqg", monday), Codes{a});
    EXPECT_EQ(say("dvcqg", {with_payment(dossier(a), "r1")}, friday), 0);
    const auto open =
        store_.open_references("dvcqg", "platform", at(friday), LookUpScope::Everything);
    EXPECT_EQ(*open, Codes{"r1"});
}

TEST_P(Identities, ADossierAskedAboutInVainIsAskedAboutByItsOtherNumbersToo) {
    EXPECT_EQ(say("tthc", {dossier(a), dossier(c)}, monday), 2);
    EXPECT_EQ(say("tthc", {known_as(dossier(b), {a})}, tuesday), 0);
    const auto open = [&](const std::string& now, LookUpScope scope) {
        return *store_.open_dossiers("tthc", "dvcqg", at(now), scope);
    };
    EXPECT_EQ(open(tuesday, LookUpScope::Due), (Codes{a, c})) << "nobody was asked yet";

    Slice answers;
    answers.key = "lookup";
    answers.asked = {{a, false}, {c, false}};
    PullRun run{"dvcqg", at(tuesday)};
    const auto in_a_week = [](PaymentState, int, Instant now) {
        return std::optional(now + std::chrono::days(7));
    };
    ASSERT_TRUE(store_.publish(run, {answers, at(tuesday), expect_, in_a_week}));
    EXPECT_EQ(open(friday, LookUpScope::Due), Codes{b}) << "the others have to wait";
    EXPECT_EQ(open(friday, LookUpScope::Everything), (Codes{a, b, c}));

    EXPECT_EQ(say("dvcqg", {dossier(b)}, friday), 1);
    EXPECT_EQ(open(friday, LookUpScope::Everything), (Codes{a, c})) << "it answered";
}

TEST_P(Identities, AnotherSourcesStreamEndsByAMergeIfItHasBoth) {
    EXPECT_EQ(say("tthc", {dossier(a), dossier(b)}, monday), 2);
    EXPECT_EQ(say("dvcqg", {dossier(a), in_unit(dossier(b), "H37.10.02")}, monday), 2);
    EXPECT_EQ(say("tthc", {known_as(dossier(b), {a})}, tuesday), 0);
    EXPECT_EQ(counted("dvcqg", tuesday), Codes{b});
    EXPECT_EQ(counted("dvcqg", monday), (Codes{a, b}));
    EXPECT_EQ(say("dvcqg", {in_unit(dossier(b), "H37.10.02")}, friday), 0) << "its own words stay";
}

TEST_P(Identities, AMergeOfOtherSourcesStreamsOnlyBeginsAStreamOfItsOwn) {
    EXPECT_EQ(say("dvcqg", {dossier(a)}, monday), 1);
    EXPECT_EQ(say("platform", {dossier(b)}, monday), 1);
    // One version of its own, and one of the stream that was carried over.
    EXPECT_EQ(say("tthc", {known_as(dossier(b), {a})}, tuesday), 2);
    EXPECT_EQ(counted("tthc", tuesday), Codes{b});
    EXPECT_EQ(counted("dvcqg", tuesday), Codes{b});
    EXPECT_EQ(counted("platform", tuesday), Codes{b});
}

TEST_P(Identities, AMergeInTheMiddleOfASliceKeepsTheOrder) {
    EXPECT_EQ(say("tthc", {dossier(b)}, monday), 1);
    const std::int64_t opened =
        say("tthc",
            {dossier(a),
             dossier(c),
             known_as(in_unit(dossier(b), "H37.10.02"), {a}),
             in_unit(dossier(a), "H37.10.03"),
             dossier(d)},
            tuesday);
    EXPECT_EQ(opened, 5) << "a, c and d are new, b is said twice";
    EXPECT_EQ(counted("tthc", tuesday), (Codes{b, c, d}));
    EXPECT_EQ(say("tthc", {in_unit(dossier(b), "H37.10.03")}, friday), 0);
}

TEST_P(Identities, CodesOfOtherShapesAreDossiersToo) {
    const Codes odd{"", "TD/1", "TD/2", "Hồ sơ số 5", "A-240631-0001"};
    std::vector<DossierRecord> dossiers;
    for (const std::string& code : odd) {
        dossiers.push_back(dossier(code));
    }
    EXPECT_EQ(say("tthc", dossiers, monday), 5);
    EXPECT_EQ(say("tthc", dossiers, tuesday), 0);
    EXPECT_EQ(say("tthc", {known_as(dossier(a), {"TD/2"})}, tuesday), 0);
    EXPECT_EQ(say("tthc", {known_as(dossier("TD/1"), {b, "TD/3"})}, tuesday), 0);
    EXPECT_EQ(say("tthc", {dossier("TD/3"), dossier(b)}, friday), 0);
    Codes sorted = odd;
    std::ranges::sort(sorted);
    EXPECT_EQ(counted("tthc", friday), sorted);
}

TEST_P(Identities, MoreIssuersThanAKeyHasRoomForAreDossiersToo) {
    constexpr int issuers = 4'100;
    std::vector<DossierRecord> dossiers;
    Codes codes;
    for (int issuer = 1; issuer <= issuers; ++issuer) {
        codes.push_back(fmt::format("I{:04}-240610-0001", issuer));
        dossiers.push_back(dossier(codes.back()));
    }
    EXPECT_EQ(say("tthc", dossiers, monday), issuers);
    EXPECT_EQ(say("tthc", dossiers, tuesday), 0);
    store_ = open();
    EXPECT_EQ(say("tthc", {dossiers.front(), dossiers.back()}, friday), 0);
    EXPECT_EQ(counted("tthc", friday), codes);
}

TEST_P(Identities, SpooledRecordsComeBeforeTheOthers) {
    Slice slice;
    slice.key = "w";
    slice.spooled = *DossierSpool::create(folder_.path());
    const std::vector<DossierRecord> first{dossier(a), in_unit(dossier(b), "H37.10.02")};
    ASSERT_TRUE(slice.spooled->append(first));
    slice.dossiers = {dossier(b)};
    const auto published = publish(slice, monday);
    EXPECT_EQ(published->records, 3);
    EXPECT_EQ(published->changed, 3);
    EXPECT_EQ(say("tthc", {dossier(a), dossier(b)}, tuesday), 0);
}

TEST_P(Identities, ASliceOfMoreThanOneBatchIsOneSlice) {
    std::vector<DossierRecord> dossiers;
    for (int number = 0; number < 5'001; ++number) {
        dossiers.push_back(dossier(fmt::format("A-240610-{:04}", number)));
    }
    dossiers.push_back(in_unit(dossiers.front(), "H37.10.02"));
    EXPECT_EQ(say("tthc", dossiers, monday), 5'002);
    EXPECT_EQ(store_.slices()->size(), 1U);
    EXPECT_EQ(totals(monday).received, 5'001);
}

THIDUA_ON_EVERY_STORE(Identities);

}  // namespace
}  // namespace thidua::store
