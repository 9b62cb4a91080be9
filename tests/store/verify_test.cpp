// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Verification names whatever was altered behind the program's back, and lets a writer go on.
#include "tests/store/store_fixture.hpp"
#include "tests/support/case_name.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace thidua::store {
namespace {

class Verify : public StoreTest {
  protected:
    Verify() { expect_.max_drop = Share{1, 1}; }  // slices of any size may follow each other

    static constexpr const char* monday = "2024-06-17T06:00:00+07:00";
    static constexpr const char* tuesday = "2024-06-18T06:00:00+07:00";

    static Verification verify(Store& store) {
        auto found = store.verify([](std::int64_t, std::int64_t) {});
        if (!found) {
            throw std::runtime_error(found.error().message);
        }
        return *std::move(found);
    }

    std::vector<DossierRecord> dossiers(int count, int status = 2) {
        std::vector<DossierRecord> made;
        for (int number = 0; number < count; ++number) {
            made.push_back(
                dossier(fmt::format("H37.10-240{}10-{:04}", number / 5'000 + 1, number % 5'000))
            );
            made.back().status = status;
        }
        return made;
    }
};

TEST_P(Verify, NothingIsWrongWithWhatWasPublished) {
    EXPECT_EQ(verify(store_).versions, 0);
    ASSERT_TRUE(publish_dossiers(dossiers(3), monday));
    ASSERT_TRUE(publish_dossiers(dossiers(2, /*status=*/9), tuesday));
    const Verification found = verify(store_);
    EXPECT_EQ(found.versions, 5);
    EXPECT_EQ(found.rollup_rows, 1);
    EXPECT_EQ(found.problems, 0) << found.first_problems.front();
}

TEST_P(Verify, WhatIsAlteredInTheTablesIsNamed) {
    struct Case {
        std::string sql;
        std::string words;
    };
    const std::vector<Case> cases{
        {"DELETE FROM rollup",
         "2024-06-10, source 1, unit 1, procedure 1: the versions have +3/+3/+3 "
         "received/online/owing against the rollup"},
        {"UPDATE rollup SET day = day + 1",
         "2024-06-11, source 1, unit 1, procedure 1: the versions have -3/-3/-3 "
         "received/online/owing against the rollup"},
        {"UPDATE dossier SET status = 1 WHERE version = 1",
         "its fields are not those that were stored (content)"},
        {"DELETE FROM dossier_history", "version 2: a version before it is missing"},
        {"UPDATE dossier_history SET until_slice = 9",
         "version 2: it does not begin where the one before it ends"},
        {"UPDATE dossier_history SET slice = 5", "version 1: it ends before it begins"},
    };
    for (const Case& row : cases) {
        const Location location = fresh_location();
        store_ = open(location);
        ASSERT_TRUE(publish_dossiers(dossiers(3), monday));
        ASSERT_TRUE(publish_dossiers(dossiers(2, /*status=*/9), tuesday));
        ASSERT_TRUE((*Database::open(location, Access::ReadWrite))->execute(row.sql));
        const Verification found = verify(store_);
        EXPECT_GT(found.problems, 0) << row.sql;
        const bool is_named = std::ranges::any_of(found.first_problems, [&](const auto& words) {
            return words.find(row.words) != std::string::npos;
        });
        EXPECT_TRUE(is_named) << row.sql << ": "
                              << fmt::format("{}", fmt::join(found.first_problems, "; "));
    }
}

// Read in pieces, with a writer in between: what is of several moments is not called a fault.
TEST_P(Verify, AWriterGoesOnMeanwhile) {
    ASSERT_TRUE(publish_dossiers(dossiers(25'000), monday));
    std::atomic<bool> is_over = false;
    Verification found;
    std::jthread reader([&] {
        auto beside = *Store::open(location_, Access::ReadOnly);
        found = verify(beside);
        is_over = true;
    });
    int published = 0;
    for (int status = 3; !is_over; ++status) {
        ASSERT_TRUE(publish_dossiers(dossiers(40, status % 2 == 0 ? 8 : 9), tuesday));
        ++published;
    }
    reader.join();
    EXPECT_GE(found.versions, 25'000);
    EXPECT_EQ(found.problems, 0) << found.first_problems.front();
    EXPECT_GT(published, 0);
    EXPECT_EQ(verify(store_).problems, 0);
}

THIDUA_ON_EVERY_STORE(Verify);

}  // namespace
}  // namespace thidua::store
