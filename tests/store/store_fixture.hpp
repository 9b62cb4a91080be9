// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/store.hpp"
#include "tests/support/postgres_peer.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace thidua::store {

// Days of one week, and when a pull begins on them.
inline const std::string monday = "2024-06-17T05:00:00+07:00";
inline const std::string tuesday = "2024-06-18T05:00:00+07:00";
inline const std::string wednesday = "2024-06-19T05:00:00+07:00";
inline const std::string friday = "2024-06-21T05:00:00+07:00";

/// A store of its own for each test, with small verbs, so that a test reads as a story. Every test
/// runs on SQLite and on PostgreSQL.
class StoreTest : public testing::TestWithParam<Dialect> {
  protected:
    StoreTest() : location_(fresh_location()), store_(open()) {}

    /// Where no store is yet.
    Location fresh_location() {
        const std::string number = locations_++ == 0 ? "" : std::to_string(locations_);
        Location location(folder_.path() / ("thidua" + number + ".db"));
        if (GetParam() == Dialect::Postgres) {
            location.url = test::PostgresPeer::shared().fresh_url();
        }
        return location;
    }

    Store open() { return open(location_); }
    static Store open(const Location& location) {
        auto store = Store::open(location, Access::ReadWrite);
        if (!store) {
            throw std::runtime_error(store.error().message);
        }
        return *std::move(store);
    }

    static Instant at(const std::string& text) { return *parse_instant(text); }

    static DossierRecord dossier(const std::string& code) {
        DossierRecord record;
        record.code = code;
        record.procedure_code = "1.000001";
        record.unit_code = "H37.10.05";
        record.channel = Channel::Online;
        record.status = 2;
        record.accepted_at = at("2024-06-10T09:00:00+07:00");
        record.fee_count = 1;
        record.fee_total = 450'000;
        return record;
    }

    static DossierRecord with_payment(DossierRecord record, const std::string& reference) {
        record.payments.push_back({reference, Gateway::Dvcqg, PaymentState::Pending, std::nullopt});
        return record;
    }

    static PaymentRecord payment(
        const std::string& reference, PaymentState state, const std::string& settled_at
    ) {
        return {reference, state, at(settled_at), 450'000};
    }

    Result<Published> publish(const Slice& slice, const std::string& now) {
        PullRun run{slice.payments.empty() ? "tthc" : "platform", at(now)};
        auto published =
            store_.publish(run, {slice, at(now), expect_, [](PaymentState, int, Instant asked) {
                                     return std::optional(asked + std::chrono::days{7});
                                 }});
        const auto finished = store_.finish_pull(
            run, {at(now), published ? std::nullopt : std::optional(published.error())}
        );
        EXPECT_TRUE(finished);
        return published;
    }

    Result<Published> publish_dossiers(
        std::vector<DossierRecord> dossiers, const std::string& now
    ) {
        Slice slice;
        slice.key = "2024-06-07/2024-06-20";
        slice.dossiers = std::move(dossiers);
        return publish(slice, now);
    }

    Result<Published> publish_payments(
        std::vector<PaymentRecord> payments, const std::string& now
    ) {
        Slice slice;
        slice.key = "lookup";
        slice.payments = std::move(payments);
        return publish(slice, now);
    }

    /// What was accepted from 2024-06-07 on.
    TallyQuery question(const std::string& known_at, const std::string& as_of = "2024-06-30")
        const {
        TallyQuery query;
        query.system_of_record = "tthc";
        query.payment_record = "platform";
        query.from = *parse_day("2024-06-07");
        query.to = *parse_day(as_of);
        query.known_at = at(known_at);
        query.evidence = evidence_;
        return query;
    }

    /// Sums of all tallies as of the end of 2024-06-30, as known at `known_at`.
    Tally totals(const std::string& known_at, const std::string& as_of = "2024-06-30") {
        Tally sum;
        const auto tallies = store_.tally(question(known_at, as_of));
        if (!tallies) {
            ADD_FAILURE() << tallies.error().message;
            return sum;
        }
        for (const Tally& tally : *tallies) {
            sum.received += tally.received;
            sum.online += tally.online;
            sum.owing += tally.owing;
            sum.paid += tally.paid;
        }
        return sum;
    }

    test::TemporaryFolder folder_;
    int locations_ = 0;
    Location location_;
    Expect expect_;
    PaymentEvidence evidence_ = PaymentEvidence::Platform;
    Store store_;
};

inline std::string dialect_name(const testing::TestParamInfo<Dialect>& info) {
    return info.param == Dialect::Sqlite ? "Sqlite" : "Postgres";
}

/// Runs the tests of `suite`, a StoreTest, on each kind of store.
#define THIDUA_ON_EVERY_STORE(suite)                                                    \
    INSTANTIATE_TEST_SUITE_P(                                                           \
        Store, suite, testing::Values(Dialect::Sqlite, Dialect::Postgres), dialect_name \
    )

/// Runs them on SQLite alone: tests of what is done with a store's file.
#define THIDUA_ON_FILES(suite) \
    INSTANTIATE_TEST_SUITE_P(Store, suite, testing::Values(Dialect::Sqlite), dialect_name)

}  // namespace thidua::store
