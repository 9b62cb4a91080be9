// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What was kept, read once more by a corrected mapping: of an API's answers, and of a file.
#include "core/file.hpp"
#include "daemon/commands.hpp"
#include "daemon/pull_job.hpp"
#include "tests/connectors/igate_peer.hpp"
#include "tests/daemon/small_agency.hpp"

#include <gtest/gtest.h>

namespace thidua::daemon {
namespace {

class ReplayCommand : public test::SmallAgency {
  protected:
    /// The mapping as it should have been.
    void correct(const std::string& theirs, const std::string& ours) {
        settings_.sources.at(0).description.map["channel"].values[theirs] = ours;
    }

    std::vector<store::Quarantined> refused() {
        return *store_->call([](store::Store& store) {
            return store.quarantine({store::QuarantineQuery::Which::Open, ""});
        });
    }

    std::int64_t changed_last() {
        return store_->call([](store::Store& store) { return store.pulls(); })->at(0).changed;
    }
};

TEST_F(ReplayCommand, ReadsAnAnswerByTheCorrectedMappingAndAsksNobody) {
    const test::IgatePeer peer({test::igate_record(1), test::igate_record(2)});
    add(sources_.igate(peer.url()), "tthc");
    settings_.sources[0].description.map["channel"].values = {{"1", "direct"}};
    open();
    options_.sources = {"tthc"};
    ASSERT_EQ(run(pull), ExitCode::Done) << err_;
    ASSERT_EQ(refused().size(), 2U);
    const std::size_t requests = peer.requests("/").size();
    correct("0", "online");
    ASSERT_EQ(run(quarantine_replay), ExitCode::Done) << err_;
    EXPECT_EQ(refused().size(), 0U) << out_;
    EXPECT_EQ(changed_last(), 2);
    EXPECT_EQ(peer.requests("/").size(), requests);
    ASSERT_EQ(run(replay), ExitCode::Done) << err_;
    EXPECT_NE(out_.find(" 0 slices"), std::string::npos) << "again, and nothing differs: " << out_;
}

TEST_F(ReplayCommand, ReadsAFileByTheCorrectedMapping) {
    add(test::preset("file-drop", "{}"), "files");
    open();
    const std::filesystem::path file = folder_.path() / "thang-6.csv";
    ASSERT_TRUE(write_file(
        file,
        "Mã hồ sơ;Mã TTHC;Mã đơn vị;Hình thức nộp;Trạng thái;Ngày tiếp nhận\n"
        "H37.10-240617-0001;1.000049;H37.10.05;Trực tuyến;4;17/06/2024\n"
        "H37.10-240617-0002;1.000049;H37.10.05;Qua mạng;4;17/06/2024 09:30\n"
    ));
    options_.files = {file.string()};
    options_.kind = "dossiers";
    ASSERT_EQ(run(import_files), ExitCode::Done) << err_;
    EXPECT_NE(out_.find("1 records, 1 rows not taken"), std::string::npos) << out_;
    ASSERT_EQ(refused().size(), 1U);
    correct("Qua mạng", "online");
    ASSERT_EQ(run(quarantine_replay), ExitCode::Done) << err_;
    EXPECT_EQ(refused().size(), 0U) << out_;
    EXPECT_EQ(changed_last(), 1);
}

}  // namespace
}  // namespace thidua::daemon
