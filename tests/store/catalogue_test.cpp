// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What catalogues say of procedures, on both axes of time.
#include "tests/store/dump.hpp"
#include "tests/store/store_fixture.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>

namespace thidua::store {
namespace {

ProcedureRecord procedure(const std::string& code, std::optional<Level> level) {
    return {code, "Tên " + code, level, std::nullopt, {"H37.10", "H37.10.05"}};
}

class CatalogueStore : public StoreTest {
  protected:
    CatalogueStore() { expect_.max_drop = Share{1, 2}; }

    Result<Published> say(
        std::vector<ProcedureRecord> procedures,
        const std::string& now,
        std::string_view key = whole_key
    ) {
        Slice slice;
        slice.key = key;
        for (const ProcedureRecord& each : procedures) {
            slice.asked.push_back({each.code, true});
        }
        if (key == whole_key) {
            slice.asked.clear();
        }
        slice.procedures = std::move(procedures);
        return publish(slice, now);
    }

    /// Code, level and whether it is listed, in the order of the store.
    std::vector<std::string> known_at(const std::string& when) {
        std::vector<std::string> lines;
        const auto entries = *store_.catalogue(at(when));
        for (const CatalogueEntry& entry : entries) {
            const auto& level = entry.record.level;
            lines.push_back(fmt::format(
                "{} {} {} {}",
                thidua::to_text(entry.said_at).substr(5, 5),
                entry.record.code,
                level ? std::to_string(static_cast<int>(*level)) : "-",
                entry.is_listed ? "listed" : "gone"
            ));
        }
        return lines;
    }

    using Lines = std::vector<std::string>;
};

TEST_P(CatalogueStore, KeepsWhatWasSaidAndOnlyWhatIsNews) {
    ASSERT_EQ(say({procedure("1.1", Level::Partial), procedure("1.2", {})}, monday)->changed, 2);
    const auto before = dump(location_);
    ASSERT_EQ(say({procedure("1.2", {}), procedure("1.1", Level::Partial)}, tuesday)->changed, 0);
    ASSERT_EQ(say({procedure("1.1", Level::Full), procedure("1.2", {})}, friday)->changed, 1);
    EXPECT_EQ(known_at(monday), (Lines{"06-17 1.1 1 listed", "06-17 1.2 - listed"}));
    EXPECT_EQ(known_at(tuesday), known_at(monday));
    EXPECT_EQ(
        known_at(friday), (Lines{"06-17 1.1 1 listed", "06-21 1.1 2 listed", "06-17 1.2 - listed"})
    );
    const auto entries = *store_.catalogue(at(monday));
    EXPECT_EQ(entries[0].record, procedure("1.1", Level::Partial));
    EXPECT_EQ(entries[0].source, "tthc");
}

TEST_P(CatalogueStore, NoticesWhatAWholeCatalogueDoesNotHaveAnyMore) {
    ASSERT_TRUE(say({procedure("1.1", Level::Full), procedure("1.2", Level::Full)}, monday));
    ASSERT_EQ(say({procedure("1.1", Level::Full)}, tuesday)->changed, 1);
    ASSERT_EQ(say({procedure("1.1", Level::Full)}, friday)->changed, 0) << "once";
    EXPECT_EQ(
        known_at(friday), (Lines{"06-17 1.1 2 listed", "06-17 1.2 2 listed", "06-18 1.2 2 gone"})
    );
    ASSERT_EQ(
        say({procedure("1.1", Level::Full), procedure("1.2", Level::Full)}, friday)->changed, 1
    );
    EXPECT_EQ(known_at(friday).back(), "06-21 1.2 2 listed");
}

TEST_P(CatalogueStore, AnEmptiedOrShrunkenCatalogueChangesNothing) {
    std::vector<ProcedureRecord> all;
    for (int number = 1; number <= 10; ++number) {
        all.push_back(procedure(fmt::format("1.{}", number), Level::Full));
    }
    ASSERT_TRUE(say(all, monday));
    const auto before = known_at(friday);
    EXPECT_FALSE(say({}, tuesday));
    EXPECT_FALSE(say({all[0], all[1]}, tuesday));
    EXPECT_EQ(known_at(friday), before);
}

TEST_P(CatalogueStore, ALookUpSaysNothingOfThoseItWasNotAskedAbout) {
    ASSERT_TRUE(say({procedure("1.1", {}), procedure("1.2", {})}, monday, look_up_key));
    ASSERT_TRUE(say({procedure("1.1", {})}, tuesday, look_up_key));
    EXPECT_EQ(known_at(friday), (Lines{"06-17 1.1 - listed", "06-17 1.2 - listed"}));
}

TEST_P(CatalogueStore, AsksAboutThoseThatAnybodyNamesUntilTheyWereAnswered) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    ASSERT_TRUE(say({procedure("1.1", Level::Full)}, monday));
    const std::vector<std::string> configured{"2.2", "1.1"};
    const auto open = [&](const std::string& now, LookUpScope scope) {
        return *store_.open_procedures(configured, "tthc", at(now), scope);
    };
    EXPECT_EQ(open(monday, LookUpScope::Due), (Lines{"1.000001", "1.1", "2.2"}));
    ASSERT_TRUE(say({procedure("2.2", {}), procedure("1.1", {})}, monday, look_up_key));
    EXPECT_EQ(open(tuesday, LookUpScope::Due), (Lines{"1.000001"}));
    EXPECT_EQ(open(tuesday, LookUpScope::Everything), (Lines{"1.000001", "1.1", "2.2"}));
    EXPECT_EQ(
        open("2024-06-24T05:00:00+07:00", LookUpScope::Due), (Lines{"1.000001", "1.1", "2.2"})
    ) << "a week later";
}

TEST_P(CatalogueStore, APreviewTellsWhatPublishingWouldDo) {
    ASSERT_TRUE(say({procedure("1.1", Level::Full), procedure("1.2", Level::Full)}, monday));
    Slice slice;
    slice.key = whole_key;
    slice.procedures = {procedure("1.1", Level::Partial), procedure("1.3", {})};
    const auto preview = store_.preview("tthc", {slice, at(tuesday), expect_, {}});
    ASSERT_TRUE(preview);
    EXPECT_EQ(preview->records, 2);
    EXPECT_EQ(preview->changed, 3) << "one changed, one new, one gone";
    EXPECT_EQ(publish(slice, tuesday)->changed, 3);
}

THIDUA_ON_EVERY_STORE(CatalogueStore);

}  // namespace
}  // namespace thidua::store
