// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Who was told of what, over days, restarts and ways that fail.
#include "daemon/notice_book.hpp"

#include "tests/daemon/small_agency.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace thidua::daemon {
namespace {

using namespace std::chrono_literals;

const Reached reached{true, "webhook", ""};
const Reached nobody{false, "", "webhook: answered 500"};

class NoticeBookTest : public test::SmallAgency {
  protected:
    NoticeBookTest() {
        open();
        book_.emplace(*store_);
    }

    static Findings trouble(bool is_repeated = true) {
        Findings findings;
        Notice notice;
        notice.key = "mail";
        notice.what = "the relay is away";
        notice.is_repeated = is_repeated;
        findings.standing = {notice};
        findings.has_ledger = true;
        return findings;
    }

    static Findings peace() {
        Findings findings;
        findings.has_ledger = true;
        return findings;
    }

    /// What is told: "first 1, Begins" and so on; "-" for nothing.
    std::string round(const Findings& findings, Instant now, const Reached& how) {
        const auto news = book_->note(findings, now);
        const auto due = book_->due(now);
        book_->told(how, now);
        EXPECT_TRUE(book_->save(now));
        return fmt::format("{} {}", words(news), words(due));
    }

    static std::string words(const std::vector<Telling>& tellings) {
        if (tellings.empty()) {
            return "-";
        }
        EXPECT_EQ(tellings.size(), 1U);
        constexpr std::array turns{"begins", "lasts", "over"};
        return turns[static_cast<std::size_t>(tellings[0].turn)];
    }

    /// The program ends, and another one begins.
    void restart() {
        book_.reset();
        open();
        book_.emplace(*store_);
    }

    const Instant t_ = test::at("2024-10-21T07:31:00+07:00");
    std::optional<NoticeBook> book_;
};

// Journal and file hear the first column, the webhook the second.
TEST_F(NoticeBookTest, IsToldAtOnceThenOnceADayThenThatItIsOver) {
    EXPECT_EQ(round(trouble(), t_, reached), "begins begins");
    EXPECT_EQ(round(trouble(), t_ + 1min, reached), "- -");
    EXPECT_EQ(round(trouble(), t_ + 23h + 59min, reached), "- -");
    EXPECT_EQ(round(trouble(), t_ + 24h, reached), "- lasts");
    EXPECT_EQ(round(trouble(), t_ + 25h, reached), "- -");
    EXPECT_EQ(round(peace(), t_ + 26h, reached), "over over");
    EXPECT_EQ(round(peace(), t_ + 27h, reached), "- -");
    EXPECT_EQ(round(trouble(), t_ + 28h, reached), "begins begins");
}

TEST_F(NoticeBookTest, OutlivesTheProgram) {
    EXPECT_EQ(round(trouble(), t_, reached), "begins begins");
    restart();
    EXPECT_EQ(round(trouble(), t_ + 1h, reached), "- -");
    restart();
    EXPECT_EQ(round(peace(), t_ + 2h, reached), "over over");
    restart();
    EXPECT_EQ(round(peace(), t_ + 3h, reached), "- -");
}

TEST_F(NoticeBookTest, WhatReachedNobodyIsToldAgainWithGrowingPauses) {
    EXPECT_EQ(round(trouble(), t_, nobody), "begins begins");
    EXPECT_EQ(round(trouble(), t_ + 30s, nobody), "- -");
    EXPECT_EQ(round(trouble(), t_ + 1min, nobody), "- begins");
    restart();
    EXPECT_EQ(round(trouble(), t_ + 2min, nobody), "- -");
    EXPECT_EQ(round(trouble(), t_ + 3min, reached), "- begins");
    EXPECT_EQ(round(trouble(), t_ + 4min, reached), "- -");
}

TEST_F(NoticeBookTest, WhatIsOverBeforeAnybodyWasReachedIsNotToldOfAnyMore) {
    EXPECT_EQ(round(trouble(), t_, nobody), "begins begins");
    EXPECT_EQ(round(peace(), t_ + 1min, reached), "over -");
}

TEST_F(NoticeBookTest, WhatComesBackBeforeTheEndWasToldGoesOn) {
    EXPECT_EQ(round(trouble(), t_, reached), "begins begins");
    EXPECT_EQ(round(peace(), t_ + 1min, nobody), "over over");
    EXPECT_EQ(round(trouble(), t_ + 2min, reached), "- -");
    EXPECT_EQ(round(peace(), t_ + 3min, reached), "over over");
}

TEST_F(NoticeBookTest, AnEventIsToldOnceAndNotThatItIsOver) {
    EXPECT_EQ(round(trouble(false), t_, reached), "begins begins");
    EXPECT_EQ(round(trouble(false), t_ + 48h, reached), "- -");
    EXPECT_EQ(round(peace(), t_ + 49h, reached), "over -");
}

TEST_F(NoticeBookTest, GoesOnFromMemoryWhileTheLedgerCannotBeWritten) {
    store_.reset();
    auto read_only = store::Store::open(settings_.store_path, store::Access::ReadOnly);
    ASSERT_TRUE(read_only) << read_only.error().message;
    store_.emplace(*std::move(read_only));
    book_.emplace(*store_);
    EXPECT_EQ(words(book_->note(trouble(), t_)), "begins");
    EXPECT_EQ(words(book_->due(t_)), "begins");
    book_->told(reached, t_);
    EXPECT_FALSE(book_->save(t_));
    EXPECT_EQ(words(book_->note(trouble(), t_ + 1min)), "-");
    EXPECT_EQ(words(book_->due(t_ + 1min)), "-");
    EXPECT_EQ(words(book_->note(peace(), t_ + 2min)), "over");
    EXPECT_EQ(words(book_->due(t_ + 2min)), "over");
}

}  // namespace
}  // namespace thidua::daemon
