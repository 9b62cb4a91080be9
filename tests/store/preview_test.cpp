// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A preview tells what publishing then does, and writes nothing.
#include "core/file.hpp"
#include "core/spool.hpp"
#include "tests/store/dump.hpp"
#include "tests/store/random_pulls.hpp"
#include "tests/store/store_fixture.hpp"

#include <fmt/format.h>

namespace thidua::store {
namespace {

class Previews : public StoreTest {
  protected:
    Previews() { expect_.max_drop = Share{1, 1}; }

    Preview preview(const std::string& source, const Slice& slice, std::int64_t gathered_by = 0) {
        auto reader = Store::open(location_, Access::ReadOnly);
        EXPECT_TRUE(reader) << reader.error().message;
        SliceToPublish what{slice, at(tuesday), expect_, {}};
        what.gathered_by = gathered_by;
        auto told = reader->preview(source, what);
        EXPECT_TRUE(told) << told.error().message;
        return told.value_or(Preview{});
    }
};

TEST_P(Previews, TellOfEveryKindOfNews) {
    Slice past;
    past.key = "w";
    past.dossiers = {
        dossier("A-240610-0001"),
        dossier("A-240610-0002"),
        dossier("odd"),
        dossier("A-240610-0004")};
    past.rejected = {
        {"page 1: /items/1", "/code: missing", "a"}, {"page 1", "/code: missing", "b"}};
    ASSERT_TRUE(publish(past, monday));
    Slice slice = past;
    slice.dossiers[1].unit_code = "a new unit";
    slice.dossiers[2].status = 5;
    slice.dossiers.push_back(dossier("new-240610-0001"));
    auto recoded = dossier("A-240610-7777");
    recoded.aliases = {"A-240610-0004"};
    slice.dossiers.push_back(recoded);  // known by another code, and unchanged
    slice.rejected = {{"page 9: /items/1", "/code: missing", "a"}, {"page 1", "/date", "c"}};
    slice.statistics = {{"H37.10", "2024-06", "total", 10}};
    const auto before = dump(location_);
    const Preview told = preview("tthc", slice);
    EXPECT_EQ(told.records, 7);
    EXPECT_EQ(told.changed, 4);
    EXPECT_EQ(told.refused, 1);
    EXPECT_EQ(told.resolved, 1);
    EXPECT_EQ(told.no, std::nullopt);
    EXPECT_EQ(preview("a source of no slice", slice).changed, 7);
    EXPECT_EQ(dump(location_), before);
    EXPECT_EQ(publish(slice, tuesday)->changed, 4);
}

TEST_P(Previews, TellWhyASliceWouldBeRefused) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001"), dossier("A-240610-0002")}, monday));
    expect_.max_drop = Share{1, 5};
    Slice slice;
    slice.key = "2024-06-07/2024-06-20";
    slice.dossiers = {dossier("A-240610-0001")};
    EXPECT_NE(preview("tthc", slice).no.value_or("").find("max_drop"), std::string::npos);
    expect_.min_rows = 3;
    EXPECT_NE(preview("nobody", slice).no.value_or("").find("at least 3"), std::string::npos);
}

TEST_P(Previews, ComparePaymentsAsPublishingDoes) {
    ASSERT_TRUE(publish_payments(
        {payment("r1", PaymentState::Succeeded, monday),
         payment("r2", PaymentState::Pending, monday),
         payment("r3", PaymentState::Failed, monday)},
        monday
    ));
    Slice slice;
    slice.key = "lookup";
    slice.payments = {
        payment("r1", PaymentState::Failed, tuesday),   // taken back
        payment("r2", PaymentState::Unknown, tuesday),  // tells nothing
        payment("r3", PaymentState::Failed, monday),    // the same
        payment("r4", PaymentState::Pending, tuesday)};
    EXPECT_EQ(preview("platform", slice).changed, 2);
    EXPECT_EQ(publish(slice, tuesday)->changed, 2);
    EXPECT_EQ(preview("platform", slice).changed, 0);
}

TEST_P(Previews, OfAReplayLeaveOutWhatOthersSaidSince) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001"), dossier("A-240610-0002")}, monday));
    Slice later;
    later.key = "another";
    later.dossiers = {dossier("A-240610-0002")};
    later.dossiers[0].status = 5;
    ASSERT_TRUE(publish(later, monday));
    Slice again;
    again.key = "2024-06-07/2024-06-20";
    again.dossiers = {dossier("A-240610-0001"), dossier("A-240610-0002")};
    EXPECT_EQ(preview("tthc", again, /*gathered_by=*/1).changed, 0);
    EXPECT_EQ(preview("tthc", again).changed, 1);
    again.dossiers[0].status = 7;
    EXPECT_EQ(preview("tthc", again, /*gathered_by=*/1).changed, 1);
}

TEST_P(Previews, OfManyHistoriesAgreeWithWhatIsPublished) {
    const std::uint32_t seeds = GetParam() == Dialect::Postgres ? 3 : 15;
    for (std::uint32_t seed = 500; seed < 500 + seeds; ++seed) {
        SCOPED_TRACE(seed);
        location_ = fresh_location();
        store_ = open();
        for (RandomPull& pull : random_pulls(seed, 25)) {
            std::set<std::string> codes;
            for (DossierRecord& record : pull.slice.dossiers) {
                record.aliases.clear();  // no dossier turns out to be another one in here
            }
            std::erase_if(pull.slice.dossiers, [&](const DossierRecord& record) {
                return !codes.insert(record.code).second;
            });
            if (pull.slice.payments.size() > 1) {
                pull.slice.payments.resize(1);
            }
            const Preview told = preview(pull.source, pull.slice);
            const auto rows = [&] {
                return store_.quarantine({QuarantineQuery::Which::Open, ""})->size();
            };
            const std::size_t open = rows();
            PullRun run{pull.source, pull.at};
            const auto published =
                store_.publish(run, {pull.slice, pull.at, expect_, [](auto, int, Instant asked) {
                                         return std::optional(asked);
                                     }});
            ASSERT_TRUE(published);
            EXPECT_EQ(told.changed, published->changed);
            EXPECT_EQ(told.records, published->records);
            EXPECT_EQ(
                static_cast<std::int64_t>(open) + told.refused - told.resolved,
                static_cast<std::int64_t>(rows())
            );
        }
    }
}

TEST_P(Previews, ReadSpooledRecordsToo) {
    Slice slice;
    slice.key = "w";
    slice.spooled = *DossierSpool::create(folder_.path());
    const std::vector<DossierRecord> spooled{dossier("S-240610-0001"), dossier("S-240610-0002")};
    ASSERT_TRUE(slice.spooled->append(spooled));
    slice.dossiers = {dossier("S-240610-0003")};
    EXPECT_EQ(preview("tthc", slice).changed, 3);
    ASSERT_TRUE(publish(slice, monday));
    EXPECT_EQ(preview("tthc", slice).changed, 0);
}

THIDUA_ON_EVERY_STORE(Previews);

}  // namespace
}  // namespace thidua::store
