// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Pulls of several sources, of which one has a bad day.
#include "daemon/pull_job.hpp"

#include "daemon/pull_steps.hpp"
#include "tests/connectors/igate_peer.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/daemon/small_agency.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <semaphore>

namespace thidua::daemon {
namespace {

using namespace std::chrono_literals;
using test::igate_record;

class PullJob : public test::SmallAgency {
  protected:
    PullJob()
        : good_({igate_record(1), igate_record(2)}),
          bad_({igate_record(3)}, [this](const test::PeerRequest& request) {
              const bool is_search = request.path == test::search_path;
              const bool fails = is_search && ++searches_ > searches_answered_;
              return fails ? std::optional(test::status(400)) : std::nullopt;
          }) {
        add(sources_.igate(good_.url()), "good");
        add(sources_.igate(bad_.url()), "bad");
        open();
    }

    std::vector<PullReport> pull() {
        return pull_sources(*service_, connectors_, {&settings_.sources[0], &settings_.sources[1]});
    }

    store::SourceProgress progress(const std::string& source) {
        return *store_->call([&](store::Store& store) { return store.progress(source); });
    }

    std::atomic<int> searches_{0};
    std::atomic<int> searches_answered_{0};
    test::IgatePeer good_;
    test::IgatePeer bad_;
    Connectors connectors_;
};

TEST_F(PullJob, C17OnlyASourceThatFinishedAdvances) {
    const auto reports = pull();
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_FALSE(reports[0].error);
    ASSERT_TRUE(reports[1].error);
    EXPECT_EQ(reports[1].error->kind, ErrorKind::Contract);
    EXPECT_GE(searches_, 1);
    EXPECT_EQ(progress("good").data_through, clock_.now());
    EXPECT_EQ(progress("bad").data_through, std::nullopt);
    searches_answered_ = 1'000;
    EXPECT_FALSE(pull()[1].error);
    EXPECT_EQ(progress("bad").data_through, clock_.now()) << "once it is well again";
}

TEST_F(PullJob, C17AWindowThatFailsHoldsTheCursorButNotTheWindowsBefore) {
    searches_answered_ = 2;  // one window and its total
    const auto reports = pull();
    ASSERT_TRUE(reports[1].error);
    EXPECT_EQ(reports[1].slices, 1);
    EXPECT_EQ(progress("bad").data_through, std::nullopt);
    EXPECT_EQ(progress("bad").swept_at, std::nullopt);
    EXPECT_EQ(progress("good").data_through, clock_.now());
}

using SideBySide = test::SmallAgency;

TEST_F(SideBySide, ALookUpBeginsWhenItsSourceIsDoneAndWaitsForNobodyElse) {
    std::binary_semaphore has_asked{0};
    std::atomic<bool> came_in_time{false};
    const test::IgatePeer quick({igate_record(1)});
    // It answers only once the look-up of the quick one has asked.
    const test::IgatePeer slow({igate_record(3)}, [&](const test::PeerRequest& request) {
        if (request.path == test::search_path && !came_in_time) {
            came_in_time = has_asked.try_acquire_for(20s);
        }
        return std::optional<test::PeerReply>{};
    });
    const test::HttpPeer platform([&](const test::PeerRequest&) {
        has_asked.release();
        return test::status(400);
    });
    add(sources_.igate(quick.url()), "tthc");
    add(sources_.igate(slow.url()), "slow");
    add(sources_.platform(platform.url()), "payments");
    settings_.sources[2].description.for_each.source = "tthc";
    open();
    Connectors connectors;
    const auto* sources = settings_.sources.data();
    const auto reports =
        pull_sources(*service_, connectors, {&sources[2], &sources[1], &sources[0], &sources[0]});
    EXPECT_TRUE(came_in_time);
    ASSERT_EQ(reports.size(), 3U) << "each once";
    EXPECT_EQ(reports[0].source, "slow");
    EXPECT_FALSE(reports[0].error);
    EXPECT_EQ(reports[2].source, "payments");
    EXPECT_TRUE(reports[2].error);
}

TEST(CertificateNotice, D06IsGivenFromTwentyOneDaysBeforeTheEnd) {
    SourceDescription source;
    source.name = "tthc";
    const Instant end = test::at("2024-07-31T10:00:00+07:00");
    EXPECT_EQ(certificate_notice(source, std::nullopt, end), "");
    EXPECT_EQ(certificate_notice(source, end, end - std::chrono::days{21}), "");
    EXPECT_EQ(
        certificate_notice(source, end, end - std::chrono::days{21} + 1s),
        "source tthc: the server's certificate ends 2024-07-31T10:00:00+07:00, in 20 days: whoever "
        "runs it has to renew it"
    );
    EXPECT_NE(certificate_notice(source, end, end + 1s).find("which is past"), std::string::npos);
}

}  // namespace
}  // namespace thidua::daemon
