// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A slice too large for memory: the same dossiers, with most of them in a spool.
#include "connectors/connector.hpp"
#include "core/spool.hpp"
#include "tests/connectors/igate_peer.hpp"
#include "tests/connectors/preset.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace thidua::connectors {
namespace {

using test::igate_record;
using test::IgatePeer;
using test::replaced;

/// What counts in the end: of each code the last record, with its aliases in any order.
using ByCode = std::map<std::string, DossierRecord>;

class SpooledPages : public testing::Test {
  protected:
    Result<Slice> gather(const std::vector<std::string>& records, std::size_t in_memory) {
        const IgatePeer peer(records);
        SourceDescription description = sources_.igate(peer.url());
        description.pagination.size = 4;
        description.joins.at(0).batch = 3;
        Environment environment = world_.environment();
        environment.dossiers_in_memory = in_memory;
        environment.spool_folder = folder_.path();
        const Window day{test::day("2024-06-17"), test::day("2024-06-17")};
        return Connector::create(description, environment)->gather(day);
    }

    static ByCode by_code(const Slice& slice) {
        ByCode last;
        const auto keep = [&](std::span<const DossierRecord> dossiers) -> Result<void> {
            for (const DossierRecord& dossier : dossiers) {
                DossierRecord& kept = last[dossier.code] = dossier;
                std::ranges::sort(kept.aliases);
            }
            return {};
        };
        if (slice.spooled) {
            EXPECT_TRUE(slice.spooled->for_each(3, keep));
        }
        EXPECT_TRUE(keep(slice.dossiers));
        return last;
    }

    test::World world_;
    test::Sources sources_;
    test::TemporaryFolder folder_;
};

/// Number `number` with a code of its own beside the common one, last changed at `hour`.
std::string twin(int number, std::string_view hour, std::string_view alias) {
    return replaced(
        replaced(
            igate_record(number), "2024-06-18T10:00", "2024-06-18T" + std::string(hour) + ":00"
        ),
        R"("code":"H37.10-240617)",
        R"("code":")" + std::string(alias) + R"(-240617)"
    );
}

std::vector<std::string> with_repeats() {
    std::vector<std::string> records;
    for (int number = 1; number <= 30; ++number) {
        records.push_back(igate_record(number));
    }
    records.insert(records.begin() + 12, twin(2, "11", "NEWER"));
    records.insert(records.begin() + 17, twin(3, "09", "OLDER"));
    records.insert(records.begin() + 20, twin(4, "10", "EQUAL"));
    records.insert(records.begin() + 25, twin(2, "10", "OLDEST"));
    records.push_back(twin(5, "12", "LAST"));
    records.push_back(igate_record(6));
    return records;
}

TEST_F(SpooledPages, HoldTheSameDossiersAsThoseInMemory) {
    const auto whole = gather(with_repeats(), 1'000);
    ASSERT_TRUE(whole) << whole.error().message;
    EXPECT_EQ(whole->spooled, nullptr);
    const ByCode expected = by_code(*whole);
    ASSERT_EQ(expected.size(), 30U);
    ASSERT_EQ(expected.at("H37.10-240617-0002").aliases.size(), 2U);
    for (const std::size_t in_memory : {0U, 1U, 5U, 11U, 29U}) {
        const auto slice = gather(with_repeats(), in_memory);
        ASSERT_TRUE(slice) << slice.error().message;
        ASSERT_NE(slice->spooled, nullptr);
        EXPECT_LE(slice->dossiers.size(), in_memory);
        EXPECT_EQ(by_code(*slice), expected) << in_memory << " in memory";
        EXPECT_EQ(slice->declared_total, whole->declared_total);
        EXPECT_LE(slice->spooled->size() + slice->dossiers.size(), 36U) << "36 records came";
        EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
    }
}

TEST_F(SpooledPages, CountRejectedRecordsOverTheWholeSlice) {
    auto records = with_repeats();
    records[1] = replaced(records[1], "2024-07-01T17:00:00.000+0700", "01/07/2024");
    const auto one = gather(records, 5);
    ASSERT_TRUE(one) << one.error().message;
    EXPECT_EQ(one->rejected.size(), 1U);
    for (std::size_t place = 5; place < 9; ++place) {
        records[place] = replaced(records[place], R"("dossierStatus")", R"("status")");
    }
    const auto many = gather(records, 5);
    ASSERT_FALSE(many);
    EXPECT_EQ(many.error().kind, ErrorKind::Contract);
}

TEST_F(SpooledPages, FailWhereThereIsNoRoom) {
    std::filesystem::remove(folder_.path());
    const auto slice = gather(with_repeats(), 5);
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Io);
    std::filesystem::create_directory(folder_.path());
}

}  // namespace
}  // namespace thidua::connectors
