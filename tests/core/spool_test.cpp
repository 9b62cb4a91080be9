// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/spool.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>

namespace thidua {
namespace {

DossierRecord dossier(int number) {
    const Instant instant{std::chrono::milliseconds{1'718'600'000'000 + number}};
    DossierRecord record;
    record.code = "H37.10-240617-" + std::to_string(number);
    record.procedure_code = number % 3 == 0 ? "" : "1.000049";
    record.unit_code = "H37.10.05";
    record.channel = number % 2 == 0 ? Channel::Online : Channel::Postal;
    record.status = number % 10 + 1;
    record.accepted_at = instant;
    record.paid_flag = number % 3;
    record.fee_count = number;
    record.fee_total = 450'000LL * number;
    if (number % 5 == 0) {
        record.aliases = {"alias-" + std::to_string(number), std::string("with\0zero", 9)};
        record.applied_at = record.due_at = record.finished_at = record.updated_at = instant;
        record.payments = {
            {"ref", Gateway::Dvcqg, PaymentState::Refunded, instant},
            {"", Gateway::Cash, PaymentState::Unknown, std::nullopt}};
    }
    return record;
}

std::vector<DossierRecord> dossiers(int first, int last) {
    std::vector<DossierRecord> records;
    for (int number = first; number <= last; ++number) {
        records.push_back(dossier(number));
    }
    return records;
}

TEST(DossierSpool, GivesBackWhatWasAppendedInOrder) {
    const test::TemporaryFolder folder;
    auto spool = DossierSpool::create(folder.path()).value();
    EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << "the file has no name";
    ASSERT_TRUE(spool->append(dossiers(1, 300)));
    ASSERT_TRUE(spool->append({}));
    ASSERT_TRUE(spool->append(dossiers(301, 302)));
    ASSERT_TRUE(spool->append(dossiers(303, 700)));
    EXPECT_EQ(spool->size(), 700U);
    for (const std::size_t chunk_size : {1U, 7U, 128U, 700U, 5'000U}) {
        std::vector<DossierRecord> read;
        const auto done = spool->for_each(chunk_size, [&](std::span<DossierRecord> chunk) {
            EXPECT_LE(chunk.size(), chunk_size);
            read.insert(read.end(), chunk.begin(), chunk.end());
            return Result<void>{};
        });
        ASSERT_TRUE(done) << done.error().message;
        EXPECT_EQ(read, dossiers(1, 700));
    }
    for (const int position : {0, 127, 128, 299, 300, 302, 699}) {
        EXPECT_EQ(spool->at(static_cast<std::size_t>(position)).value(), dossier(position + 1));
    }
}

TEST(DossierSpool, EndsWithTheFirstErrorOfTheTaker) {
    auto spool = DossierSpool::create().value();
    ASSERT_TRUE(spool->append(dossiers(1, 10)));
    int calls = 0;
    const auto done = spool->for_each(3, [&](std::span<DossierRecord>) -> Result<void> {
        return ++calls == 2 ? fail(ErrorKind::Stopped, "enough") : Result<void>{};
    });
    EXPECT_EQ(done.error().kind, ErrorKind::Stopped);
    EXPECT_EQ(calls, 2);
}

TEST(DossierSpool, SaysWhereThereIsNoFolder) {
    const auto spool = DossierSpool::create("/nonexistent-folder");
    ASSERT_FALSE(spool);
    EXPECT_EQ(spool.error().kind, ErrorKind::Io);
    EXPECT_NE(spool.error().message.find("/nonexistent-folder"), std::string::npos);
}

TEST(DossierSpool, AFullDiskIsAnIoErrorAndLosesNothingWritten) {
    auto spool = DossierSpool::create().value();
    ASSERT_TRUE(spool->append(dossiers(1, 200)));
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto old_action = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit full{40'000, before.rlim_max};  // a file cannot grow beyond it, as on a full disk
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &full), 0);
    const auto appended = spool->append(dossiers(201, 900));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)std::signal(SIGXFSZ, old_action);
    ASSERT_FALSE(appended);
    EXPECT_EQ(appended.error().kind, ErrorKind::Io);
    EXPECT_NE(appended.error().message.find("cannot be written"), std::string::npos);
    EXPECT_EQ(spool->size(), 200U);
    ASSERT_TRUE(spool->append(dossiers(201, 210)));
    EXPECT_EQ(spool->at(209).value(), dossier(210));
    EXPECT_EQ(spool->at(0).value(), dossier(1));
}

}  // namespace
}  // namespace thidua
