// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A cycle with a source that takes its time.
#include "daemon/cycle.hpp"

#include "tests/connectors/igate_peer.hpp"
#include "tests/daemon/small_agency.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <semaphore>
#include <thread>

namespace thidua::daemon {
namespace {

using namespace std::chrono_literals;
using test::igate_record;

/// Two sources that count, of which the slow one answers when the test lets it.
class SlowSource : public test::SmallAgency {
  protected:
    SlowSource()
        : quick_({igate_record(1)}),
          slow_({igate_record(2)}, [this](const test::PeerRequest& each) {
              if (each.path == test::search_path && !is_let_) {
                  is_let_ = let_.try_acquire_for(30s);
              }
              return std::optional<test::PeerReply>{};
          }) {
        add(sources_.igate(quick_.url()), "quick");
        add(sources_.igate(slow_.url()), "slow");
        for (config::SourceSettings& source : settings_.sources) {
            source.schedule.every = 1h;
        }
        Indicator indicator;
        indicator.id = "dossiers-online";
        indicator.kind = IndicatorKind::DossiersOnline;
        indicator.system_of_record = "slow";
        settings_.campaign.indicators = {indicator};
        settings_.digest.emplace();
        settings_.digest->schedule.every = 1h;
        settings_.digest->file_to = folder_.path() / "editions";
        open();
    }

    /// Runs cycles until `source` was reported; fails if it never is.
    CycleReport run_until_reported(Cycle& cycle, const std::string& source) {
        for (int attempt = 0; attempt < 3'000; ++attempt) {
            CycleReport report = cycle.run();
            if (std::ranges::count(report.pulls, source, &PullReport::source) == 1) {
                return report;
            }
            std::this_thread::sleep_for(10ms);
        }
        ADD_FAILURE() << source << " was never reported";
        return {};
    }

    std::binary_semaphore let_{0};
    std::atomic<bool> is_let_{false};
    test::IgatePeer quick_;
    test::IgatePeer slow_;
};

TEST_F(SlowSource, HoldsUpNobodyElse) {
    Cycle cycle(*service_, Cycle::Pulls::LeftRunning);
    const CycleReport first = run_until_reported(cycle, "quick");
    EXPECT_EQ(first.pulls.size(), 1U);
    EXPECT_TRUE(cycle.is_busy());
    EXPECT_LE(*cycle.next_due(), clock_.now() + 1s);
    clock_.set(clock_.now() + 1h);
    EXPECT_EQ(run_until_reported(cycle, "quick").pulls.size(), 1U) << "its next slot";
    let_.release();
    const CycleReport last = run_until_reported(cycle, "slow");
    EXPECT_FALSE(last.pulls[0].error);
    const auto pulls = *store_->call([](store::Store& store) { return store.pulls(); });
    EXPECT_EQ(std::ranges::count(pulls, "slow", &store::PullSummary::source), 1)
        << "one pull, however many cycles";
}

TEST_F(SlowSource, IsWaitedForByADigestThatCountsByIt) {
    Cycle cycle(*service_, Cycle::Pulls::LeftRunning);
    EXPECT_TRUE(run_until_reported(cycle, "quick").editions.empty());
    EXPECT_TRUE(cycle.run().editions.empty());
    let_.release();
    EXPECT_EQ(run_until_reported(cycle, "slow").editions.size(), 1U);
}

TEST_F(SlowSource, IsNotWaitedForLongerThanTwoHours) {
    settings_.digest->schedule.every = 24h;  // its slot was at midnight, and it is ten o'clock
    Cycle cycle(*service_, Cycle::Pulls::LeftRunning);
    EXPECT_EQ(cycle.run().editions.size(), 1U);
    EXPECT_TRUE(cycle.is_busy());
    let_.release();
}

TEST_F(SlowSource, IsWaitedForAtTheEnd) {
    Cycle cycle(*service_, Cycle::Pulls::LeftRunning);
    (void)run_until_reported(cycle, "quick");
    let_.release();
    const CycleReport last = cycle.finish();
    ASSERT_EQ(last.pulls.size(), 1U);
    EXPECT_EQ(last.pulls[0].source, "slow");
    EXPECT_TRUE(last.editions.empty());
    EXPECT_FALSE(cycle.is_busy());
}

TEST_F(SlowSource, IsAwaitedWhereTheClockIsVirtual) {
    let_.release();
    Cycle cycle(*service_, Cycle::Pulls::Awaited);
    EXPECT_EQ(cycle.run().pulls.size(), 2U);
    EXPECT_FALSE(cycle.is_busy());
}

TEST(SourcesInHand, AreTakenOneAfterAnother) {
    SourcesInHand all;
    std::stop_source stop;
    std::optional<SourcesInHand::Lease> first(*all.take("tthc", stop.get_token()));
    EXPECT_TRUE(all.take("payments", stop.get_token()));
    std::atomic<bool> is_taken{false};
    std::jthread second([&] { is_taken = all.take("tthc", stop.get_token()).has_value(); });
    std::this_thread::sleep_for(20ms);
    EXPECT_FALSE(is_taken);
    first.reset();
    second.join();
    EXPECT_TRUE(is_taken);
    first.emplace(*all.take("tthc", stop.get_token()));
    stop.request_stop();
    EXPECT_EQ(all.take("tthc", stop.get_token()).error().kind, ErrorKind::Stopped);
}

}  // namespace
}  // namespace thidua::daemon
