// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What must hold whatever a source says, over many made-up histories. A failing seed is printed.
#include "tests/store/random_pulls.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/store/tally_lines.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>

namespace thidua::store {
namespace {

constexpr int pulls_each = 25;

class Properties : public StoreTest {
  protected:
    Properties() { expect_.max_drop = Share{1, 1}; }

    Result<Published> publish(Store& store, const RandomPull& pull, const Slice& slice) {
        PullRun run{pull.source, pull.at};
        auto published = store.publish(run, {slice, pull.at, expect_, [](auto, int, Instant asked) {
                                                 return std::optional(asked);
                                             }});
        EXPECT_TRUE(published) << (published ? "" : published.error().message);
        EXPECT_TRUE(store.finish_pull(run, {pull.at, std::nullopt}));
        return published;
    }

    /// Each system of record over each of the two windows.
    static std::vector<TallyQuery> windows(Instant known_at) {
        std::vector<TallyQuery> all;
        for (const std::string source : {"tthc", "dvcqg"}) {
            for (const std::string to : {"2024-06-14", "2024-06-30"}) {
                TallyQuery query;
                query.system_of_record = source;
                query.payment_record = "platform";
                query.from = *parse_day("2024-06-11");
                query.to = *parse_day(to);
                query.known_at = known_at;
                all.push_back(std::move(query));
            }
        }
        return all;
    }

    /// Every way of counting, over the whole time.
    std::vector<std::vector<Tally>> counts(Store& store, Instant known_at) {
        std::vector<std::vector<Tally>> all;
        for (TallyQuery query : windows(known_at)) {
            for (const auto evidence : {PaymentEvidence::Platform, PaymentEvidence::Flag}) {
                for (const int gateways : {1, 2, 3}) {
                    query.evidence = evidence;
                    query.dvcqg_gateway = (gateways & 1) != 0;
                    query.province_gateway = (gateways & 2) != 0;
                    all.push_back(tallies(store, query));
                }
            }
        }
        return all;
    }

    /// What one choice of breaks makes of `days`, each of which is a day's tally.
    static std::vector<Tally> summed(
        const std::vector<Tally>& days, const std::vector<Day>& breaks, Day from
    ) {
        std::map<std::tuple<Day, std::string, std::string>, Tally> sums;
        for (const Tally& tally : days) {
            Day first = from;
            for (const Day next : breaks) {
                first = next <= tally.day ? std::max(first, next) : first;
            }
            Tally& sum = sums[{first, tally.unit_code, tally.procedure_code}];
            sum = {
                first,
                tally.unit_code,
                tally.procedure_code,
                sum.received + tally.received,
                sum.online + tally.online,
                sum.owing + tally.owing,
                sum.paid + tally.paid};
        }
        std::vector<Tally> all;
        for (auto& [key, sum] : sums) {
            all.push_back(std::move(sum));
        }
        return all;
    }

    static std::vector<Tally> tallies(Store& store, const TallyQuery& query) {
        auto tallies = store.tally(query);
        EXPECT_TRUE(tallies) << (tallies ? "" : tallies.error().message);
        std::ranges::sort(*tallies, {}, [](const Tally& tally) {
            return std::tuple(tally.day, tally.unit_code, tally.procedure_code);
        });
        return *std::move(tallies);
    }

    Verification verified(Store& store) {
        auto found = store.verify([](std::int64_t, std::int64_t) {});
        EXPECT_TRUE(found) << (found ? "" : found.error().message);
        return found.value_or(Verification{});
    }

    /// As many histories as the backend's speed allows.
    std::uint32_t seeds() const { return GetParam() == Dialect::Postgres ? 6 : 40; }
};

TEST_P(Properties, RollupsEqualTheVersionsAfterEveryPull) {
    for (std::uint32_t seed = 0; seed < seeds(); ++seed) {
        SCOPED_TRACE(seed);
        Store store = open(fresh_location());
        for (const RandomPull& pull : random_pulls(seed, pulls_each)) {
            publish(store, pull, pull.slice);
        }
        const Verification found = verified(store);
        EXPECT_EQ(found.problems, 0) << found.first_problems.front();
        EXPECT_GT(found.versions, 20);
        EXPECT_GT(found.rollup_rows, 0);
    }
}

TEST_P(Properties, WhatWasKnownAtAnInstantNeverChanges) {
    for (std::uint32_t seed = 100; seed < 100 + seeds(); ++seed) {
        SCOPED_TRACE(seed);
        Store store = open(fresh_location());
        std::vector<std::pair<Instant, std::vector<std::vector<Tally>>>> answers;
        for (const RandomPull& pull : random_pulls(seed, pulls_each)) {
            if (!answers.empty() && answers.back().first == pull.at) {
                answers.pop_back();  // more became known at that same instant
            }
            publish(store, pull, pull.slice);
            answers.emplace_back(pull.at, counts(store, pull.at));
        }
        for (const auto& [instant, then] : answers) {
            EXPECT_EQ(counts(store, instant), then) << thidua::to_text(instant);
        }
    }
}

/// `since.then` with all changes, without what comes to nothing.
std::vector<Tally> carried_over(const TalliesSince& since) {
    std::map<std::tuple<Day, std::string, std::string>, Tally> sums;
    const auto add = [&](const Tally& tally, int times) {
        Tally& sum = sums[{tally.day, tally.unit_code, tally.procedure_code}];
        sum.day = tally.day;
        sum.unit_code = tally.unit_code;
        sum.procedure_code = tally.procedure_code;
        sum.received += times * tally.received;
        sum.online += times * tally.online;
        sum.owing += times * tally.owing;
        sum.paid += times * tally.paid;
    };
    for (const Tally& tally : since.then) {
        add(tally, 1);
    }
    for (const TallyChange& change : since.changes) {
        if (change.before) {
            add(*change.before, -1);
        }
        if (change.now) {
            add(*change.now, 1);
        }
    }
    std::vector<Tally> all;
    for (auto& [key, sum] : sums) {
        if (sum.received != 0) {
            all.push_back(std::move(sum));
        }
    }
    return all;
}

// An edition that is made again after years has to find the very changes that it found then.
TEST_P(Properties, ChangesLeadFromTheTalliesOfThenToThoseOfNowHoweverLateTheyAreAskedFor) {
    std::size_t changes = 0;
    for (std::uint32_t seed = 500; seed < 500 + seeds(); ++seed) {
        SCOPED_TRACE(seed);
        Store store = open(fresh_location());
        const auto pulls = random_pulls(seed, pulls_each);
        const Instant then = pulls[pulls_each / 3].at;
        const Instant now = pulls[2 * pulls_each / 3].at;
        std::vector<std::vector<std::string>> at_once;
        for (std::size_t at = 0; at < pulls.size(); ++at) {
            publish(store, pulls[at], pulls[at].slice);
            const bool is_next_later = at + 1 == pulls.size() || pulls[at + 1].at > now;
            if (pulls[at].at == now && is_next_later) {
                for (const TallyQuery& query : windows(now)) {
                    at_once.push_back(lines_of(store.tallies_since(query, then)->changes));
                }
            }
        }
        const std::vector<TallyQuery> queries = windows(now);
        ASSERT_EQ(at_once.size(), queries.size());
        for (std::size_t at = 0; at < queries.size(); ++at) {
            auto since = store.tallies_since(queries[at], then);
            ASSERT_TRUE(since) << since.error().message;
            EXPECT_EQ(lines_of(since->changes), at_once[at]);
            EXPECT_EQ(carried_over(*since), tallies(store, queries[at]));
            TallyQuery query = queries[at];
            query.known_at = then;
            EXPECT_EQ(carried_over({since->then, {}}), tallies(store, query));
            changes += since->changes.size();
        }
    }
    EXPECT_GT(changes, 2 * seeds());
}

TEST_P(Properties, ATallyBetweenBreaksIsTheSumOfItsDays) {
    std::size_t by_day = 0;
    std::size_t by_piece = 0;
    for (std::uint32_t seed = 400; seed < 400 + seeds(); ++seed) {
        SCOPED_TRACE(seed);
        Store store = open(fresh_location());
        const auto pulls = random_pulls(seed, pulls_each);
        for (const RandomPull& pull : pulls) {
            publish(store, pull, pull.slice);
        }
        std::mt19937 random(seed);
        std::set<Day> breaks;
        for (auto count = random() % 5; count > 0; --count) {
            breaks.insert(*parse_day("2024-06-08") + std::chrono::days{random() % 20});
        }
        for (const Instant known_at : {Instant::max(), pulls[pulls_each / 2].at}) {
            TallyQuery query;
            query.system_of_record = "tthc";
            query.payment_record = "platform";
            query.province_gateway = true;
            query.from = *parse_day("2024-06-11");
            query.to = *parse_day("2024-06-20");
            query.known_at = known_at;
            const std::vector<Tally> days = tallies(store, query);
            query.breaks.emplace(breaks.begin(), breaks.end());
            const std::vector<Tally> pieces = tallies(store, query);
            EXPECT_EQ(pieces, summed(days, *query.breaks, query.from));
            by_day += days.size();
            by_piece += pieces.size();
        }
    }
    EXPECT_LT(by_piece, by_day);
}

TEST_P(Properties, TheSamePullsInAnySplitGiveTheSameCounts) {
    for (std::uint32_t seed = 200; seed < 200 + seeds(); ++seed) {
        SCOPED_TRACE(seed);
        Store whole = open(fresh_location());
        Store split = open(fresh_location());
        std::int64_t changed_whole = 0;
        std::int64_t changed_split = 0;
        for (const RandomPull& pull : random_pulls(seed, pulls_each)) {
            changed_whole += publish(whole, pull, pull.slice)->changed;
            Slice one;
            one.key = pull.slice.key;
            for (const DossierRecord& dossier : pull.slice.dossiers) {
                one.key += "'";  // a slice of its own
                one.dossiers = {dossier};
                changed_split += publish(split, pull, one)->changed;
            }
            for (const PaymentRecord& payment : pull.slice.payments) {
                one.payments = {payment};
                changed_split += publish(split, pull, one)->changed;
            }
        }
        const Instant end = Instant::max();
        EXPECT_EQ(counts(whole, end), counts(split, end));
        EXPECT_EQ(changed_whole, changed_split);
        EXPECT_EQ(verified(split).problems, 0);
    }
}

TEST_P(Properties, SaidAgainNothingChanges) {
    for (std::uint32_t seed = 300; seed < 300 + seeds(); ++seed) {
        SCOPED_TRACE(seed);
        Store store = open(fresh_location());
        RandomPull last;
        for (const RandomPull& pull : random_pulls(seed, pulls_each)) {
            publish(store, pull, pull.slice);
            last = pull;
        }
        // One record: of several, two may turn out to be one dossier and contradict each other.
        last.slice.dossiers.resize(std::min<std::size_t>(last.slice.dossiers.size(), 1));
        last.slice.payments.resize(std::min<std::size_t>(last.slice.payments.size(), 1));
        publish(store, last, last.slice);
        const auto before = counts(store, Instant::max());
        const std::int64_t versions = verified(store).versions;
        EXPECT_EQ(publish(store, last, last.slice)->changed, 0);
        EXPECT_EQ(verified(store).versions, versions);
        EXPECT_EQ(counts(store, Instant::max()), before);
    }
}

THIDUA_ON_EVERY_STORE(Properties);

}  // namespace
}  // namespace thidua::store
