// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Backfills, trial pulls, quarantine and unit codes, on a real store and a source on loopback.
#include "connectors/plan.hpp"
#include "core/file.hpp"
#include "daemon/backfill_job.hpp"
#include "daemon/commands.hpp"
#include "daemon/exchange_record.hpp"
#include "daemon/pull_steps.hpp"
#include "daemon/rehearsal.hpp"
#include "daemon/units.hpp"
#include "tests/connectors/igate_peer.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/daemon/small_agency.hpp"
#include "tests/support/case_name.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>

namespace thidua::daemon {
namespace {

using connectors::key_of;
using connectors::window_of;
using test::igate_record;
using test::unit;

class SourceCommands : public test::SmallAgency {
  protected:
    SourceCommands()
        : peer_(
              {igate_record(1), igate_record(2), igate_record(3)},
              [this](const test::PeerRequest& request) -> std::optional<test::PeerReply> {
                  const bool is_search = request.path.starts_with(test::search_path);
                  if (is_search && ++searches_ > searches_answered_) {
                      return test::status(400);
                  }
                  return std::nullopt;
              }
          ) {
        add(sources_.igate(peer_.url()), "tthc");
        options_.sources = {"tthc"};
        options_.from = test::day("2024-06-10");
        options_.last = test::day("2024-07-04");
    }

    std::vector<store::PullSummary> pulls() {
        return *store_->call([](store::Store& store) { return store.pulls(); });
    }

    std::vector<std::string> remembered() {
        return *store_->call([&](store::Store& store) {
            return store.backfilled({"tthc", *options_.from, *options_.last});
        });
    }

    std::atomic<int> searches_{0};
    std::atomic<int> searches_answered_{1'000};
    test::IgatePeer peer_;
};

TEST_F(SourceCommands, ABackfillAsksForTheWindowsThatHoldTheDaysAndMovesNoCursor) {
    open();
    ASSERT_EQ(run(backfill), ExitCode::Done) << err_;
    EXPECT_NE(
        out_.find("tthc 2024-06-07/2024-06-20 published records 3 changed 3"), std::string::npos
    ) << out_;
    EXPECT_NE(out_.find("tthc 2024-06-21/2024-07-04 published records 0"), std::string::npos);
    EXPECT_EQ(out_.find("2024-07-05"), std::string::npos);
    EXPECT_EQ(progress_, (std::vector<std::string>{"Backfilling 1/2", "Backfilling 2/2"}));
    EXPECT_EQ(pulls().at(0).kind, "backfill");
    EXPECT_EQ(pulls().at(0).state, "complete");
    const auto progress = *store_->call([](store::Store& store) { return store.progress("tthc"); });
    EXPECT_EQ(progress.data_through, std::nullopt);
    EXPECT_EQ(progress.swept_at, std::nullopt);
    EXPECT_TRUE(remembered().empty());
}

TEST_F(SourceCommands, ABackfillThatFailsGoesOnWhereItStopped) {
    open();
    options_.json = true;
    ASSERT_EQ(run(backfill), ExitCode::Done);
    const int searches_each = searches_ / 2;
    searches_ = 0;
    searches_answered_ = searches_each;
    const ExitCode code = run(backfill);
    EXPECT_EQ(code, exit_code_of(ErrorKind::Contract)) << err_;
    EXPECT_NE(err_.find("1 of 2 windows are left: run the same command again"), std::string::npos)
        << err_;
    const auto states = [&] {
        std::vector<std::string> words;
        const boost::json::value told = said();
        for (const boost::json::value& window : told.at("windows").as_array()) {
            words.emplace_back(window.at("state").as_string());
        }
        return words;
    };
    using Words = std::vector<std::string>;
    EXPECT_EQ(states(), (Words{"published", "failed"}));
    EXPECT_EQ(said().at("error_kind").as_string(), "contract");
    EXPECT_EQ(pulls().at(0).state, "failed");
    EXPECT_EQ(remembered(), Words{"2024-06-07/2024-06-20"});

    searches_answered_ = 1'000;
    options_.dry_run = true;
    ASSERT_EQ(run(backfill), ExitCode::Done);
    EXPECT_EQ(states(), (Words{"skipped", "planned"}));
    EXPECT_EQ(pulls().size(), 2U) << "a dry run is no pull";
    options_.dry_run = false;
    ASSERT_EQ(run(backfill), ExitCode::Done);
    EXPECT_EQ(states(), (Words{"skipped", "published"}));
    EXPECT_EQ(remembered(), Words{});
    ASSERT_EQ(run(backfill), ExitCode::Done);
    EXPECT_EQ(states(), (Words{"published", "published"}));
}

TEST_F(SourceCommands, ABackfillThatCannotBeIsRefused) {
    open();
    struct Case {
        std::string words;
        std::function<void()> spoil;
    };
    const Case cases[] = {
        {"there is no source", [&] { options_.sources = {"nobody"}; }},
        {"name one source",
         [&] {
             options_.sources = {"tthc", "tthc"};
         }},
        {"--from is after --to", [&] { options_.last = test::day("2024-06-01"); }},
        {"no window of the campaign",
         [&] { options_.from = options_.last = test::day("2024-05-01"); }},
        {"asked for references",
         [&] { settings_.sources[0].description.slicing.type = Slicing::Type::Lookup; }},
        {"takes files, and asks nobody",
         [&] { settings_.sources[0].description.slicing.type = Slicing::Type::File; }},
    };
    for (const Case& row : cases) {
        SCOPED_TRACE(row.words);
        const Options before = options_;
        row.spoil();
        EXPECT_EQ(run(backfill), ExitCode::Usage);
        EXPECT_NE(err_.find(row.words), std::string::npos) << err_;
        options_ = before;
    }
}

TEST_F(SourceCommands, ARehearsalWritesNothing) {
    const auto rehearsed = [&] {
        auto store = open_if_there(settings_);
        EXPECT_TRUE(store) << store.error().message;
        const RehearsalSet set{
            settings_, {[&] { return clock_.now(); }, [](std::chrono::milliseconds) {}, {}}, 2};
        return rehearse(settings_.sources[0].description, *store, set);
    };
    clock_.set(test::at("2024-06-18T10:00:00+07:00"));
    const Rehearsal first = rehearsed();
    EXPECT_FALSE(std::filesystem::exists(settings_.store_path));
    EXPECT_EQ(first.key, "2024-06-07/2024-06-20");
    EXPECT_EQ(first.dossiers.size(), 2U) << "as many as the limit says";
    ASSERT_TRUE(first.preview);
    EXPECT_EQ(first.preview->records, 3);
    EXPECT_EQ(first.preview->changed, 3);
    const std::string text = describe(first);
    EXPECT_NE(text.find("H37.10-240617-0001"), std::string::npos) << text;
    EXPECT_NE(text.find("3 of 3 records are news"), std::string::npos) << text;

    open();
    options_.last = options_.from;
    ASSERT_EQ(run(backfill), ExitCode::Done) << err_;
    store_.reset();
    constexpr std::uintmax_t bytes_max = 100'000'000;
    const std::string before = *read_file(settings_.store_path, bytes_max);
    const Rehearsal second = rehearsed();
    EXPECT_EQ(second.preview->changed, 0);
    EXPECT_EQ(*read_file(settings_.store_path, bytes_max), before);
    EXPECT_FALSE(to_json(second).at("would_change").is_null());
}

TEST_F(SourceCommands, ARehearsalOfFilesSaysThatNobodyIsAsked) {
    std::optional<store::Store> none;
    const RehearsalSet set{
        settings_, {[this] { return clock_.now(); }, [](std::chrono::milliseconds) {}, {}}};
    const Rehearsal made = rehearse(test::preset("file-drop", "{}"), none, set);
    EXPECT_FALSE(made.error);
    EXPECT_NE(made.remark.find("it takes files"), std::string::npos) << made.remark;
}

TEST_F(SourceCommands, ARehearsalTellsWhatTheContractRefuses) {
    searches_answered_ = 0;
    std::optional<store::Store> none;
    const RehearsalSet set{
        settings_, {[&] { return clock_.now(); }, [](std::chrono::milliseconds) {}, {}}, 2};
    const Rehearsal made = rehearse(settings_.sources[0].description, none, set);
    ASSERT_TRUE(made.error);
    EXPECT_EQ(made.error->kind, ErrorKind::Contract);
    EXPECT_NE(describe(made).find("refused as a whole (contract)"), std::string::npos);
    EXPECT_FALSE(to_json(made).at("contract_kept").as_bool());
    settings_.sources[0].description.slicing.type = Slicing::Type::Lookup;
}

TEST_F(SourceCommands, ARehearsalIsPrintedWithItsExchangesAndRefusedRecords) {
    Rehearsal made;
    made.source = "tthc";
    made.key = "2024-06-07/2024-06-20";
    made.exchanges = {{"page 1", "GET /a\nAccept: x", 200, 77, R"({"total":1})"}};
    made.rejected = {{"page 1: /content/0", "/code: missing", R"({"id":7})"}};
    made.preview = store::Preview{4, 3, 1, 2, std::nullopt};
    const std::string text = describe(made);
    for (const char* words :
         {"page 1: status 200, 77 bytes\n    GET /a\n    Accept: x\n    {\"total\":1}\n",
          "page 1: /content/0: /code: missing\n    {\"id\":7}\n",
          "3 of 4 records are news, 1 refused anew, 2 refused no longer"}) {
        EXPECT_NE(text.find(words), std::string::npos) << text;
    }
    const boost::json::object told = to_json(made);
    EXPECT_EQ(told.at("exchanges").at(0).at("answer").at("total").as_int64(), 1);
    EXPECT_EQ(told.at("rejected").at(0).at("record").at("id").as_int64(), 7);
    EXPECT_TRUE(told.at("contract_kept").as_bool());
    made.preview->no = "too few";
    EXPECT_NE(describe(made).find("refused as a whole (data): too few"), std::string::npos);
    EXPECT_EQ(to_json(made).at("error").as_string(), "too few");
}

TEST_F(SourceCommands, ARecordIsFilesWithAManifestAndNeverOverwritten) {
    const auto folder = folder_.path() / "new/record";
    auto record = *ExchangeRecord::make(folder);
    record->add("tthc", {"token", "POST /auth", 200, 10, "{}"});
    record->add("tthc", {"Page 2 of X", "GET /a", 200, 20, "{\"a\":1}"});
    ASSERT_TRUE(record->finish());
    EXPECT_EQ(*read_file(folder / "001-token.json", 100), "{}");
    EXPECT_EQ(*read_file(folder / "002-page-2-of-x.json", 100), "{\"a\":1}");
    const auto manifest = boost::json::parse(*read_file(folder / "manifest.json", 10'000));
    EXPECT_EQ(manifest.at(1).at("step").as_string(), "Page 2 of X");
    EXPECT_EQ(manifest.at(1).at("source").as_string(), "tthc");
    const auto again = ExchangeRecord::make(folder);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::Usage);
}

TEST_F(SourceCommands, DroppingIsAHumanDecision) {
    open();
    Slice slice;
    slice.key = "2024-06-07/2024-06-20";
    slice.rejected = {{"page 1", "/code: missing", "{}"}};
    store::PullRun run_of{"tthc", clock_.now()};
    const Expect expect;
    ASSERT_TRUE(store_->call([&](store::Store& store) {
        return store.publish(run_of, {slice, clock_.now(), expect, {}});
    }));
    options_.id = 1;
    EXPECT_EQ(run(quarantine_drop), ExitCode::Usage) << "by nobody";
    options_.by = "An";
    options_.note = "thử";
    EXPECT_EQ(run(quarantine_drop), ExitCode::Done) << err_;
    EXPECT_EQ(out_, "record 1: dropped\n");
    EXPECT_EQ(run(quarantine_drop), ExitCode::Usage);
    EXPECT_NE(err_.find("dropped already"), std::string::npos);
    EXPECT_EQ(run(quarantine_replay), ExitCode::Done) << "nothing is to be seen to";
}

struct MapCase {
    std::string name;
    std::string code;
    std::string unit;
    std::string told;  ///< empty: it is mapped
};

TEST_F(SourceCommands, ACodeIsMappedUnlessTheConfigurationDoesThat) {
    open();
    options_.by = "An";
    const MapCase cases[] = {
        {"Unit", "h37.10.05", "H37.10", "maps H37.10.05 already"},
        {"Alias", "000.05", "H37.10", "maps 000.05 already"},
        {"NoUnit", "X1", "H37.99", "there is no unit H37.99; there are H37.10, H37.10.05"},
        {"Fine", "x1", "h37.10.05", ""},
        {"Again", "X1", "H37.10", ""},
    };
    for (const MapCase& row : cases) {
        SCOPED_TRACE(row.name);
        options_.code = row.code;
        options_.unit = row.unit;
        EXPECT_EQ(run(units_map), row.told.empty() ? ExitCode::Done : ExitCode::Usage) << err_;
        EXPECT_NE(err_.find(row.told), std::string::npos) << err_;
    }
    const auto units = *units_known(*store_, settings_);
    EXPECT_TRUE(is_mapped(units, "X1"));
    EXPECT_EQ(units[0].aliases.at(0).code, "X1") << "the later decision";
    EXPECT_TRUE(store_->call([](store::Store& store) { return store.audit_verify(); }
    )->faults.empty());
}

TEST(UnitAliases, LeaveTheLastWordToTheConfiguration) {
    const std::vector<DatedUnit> units{unit("S", std::nullopt), unit("A", "S")};
    const std::vector<store::UnitAlias> aliases{
        {"X", "A", test::day("2024-07-01"), "An", Instant{}},
        {"A", "S", std::nullopt, "An", Instant{}},
        {"Y", "gone", std::nullopt, "An", Instant{}}};
    const auto merged = with_aliases(units, aliases);
    ASSERT_EQ(merged[1].aliases.size(), 1U);
    EXPECT_TRUE(merged[0].aliases.empty());
    EXPECT_FALSE(is_mapped(merged, "Y"));
    EXPECT_FALSE(organisation_on(merged, test::day("2024-06-30"))->find("X"));
    EXPECT_EQ(organisation_on(merged, test::day("2024-07-01"))->find("X"), 1U);
}

TEST(WindowsOfDays, AreThoseThatPullsAskFor) {
    SourceDescription source;
    source.slicing.days = 14;
    Campaign campaign;
    campaign.start = test::day("2024-06-07");
    campaign.end = test::day("2024-12-31");
    const Instant now = test::at("2024-10-01T10:00:00+07:00");
    const auto keys = [&](const char* first, const char* last) {
        std::string all;
        for (const auto& window :
             windows_of_days(source, campaign, {test::day(first), test::day(last)}, now)) {
            all += key_of(source, window) + " ";
            EXPECT_EQ(window_of(key_of(source, window)), window);
        }
        return all;
    };
    EXPECT_EQ(keys("2024-06-20", "2024-06-21"), "2024-06-07/2024-06-20 2024-06-21/2024-07-04 ");
    EXPECT_EQ(keys("2024-06-01", "2024-06-07"), "2024-06-07/2024-06-20 ");
    EXPECT_EQ(keys("2024-11-01", "2024-12-31"), "") << "not yet";
    source.slicing.type = Slicing::Type::Month;
    EXPECT_EQ(keys("2024-06-20", "2024-07-01"), "2024-06 2024-07 ");
    EXPECT_EQ(window_of("lookup"), std::nullopt);
}

TEST(Notices, SayWhetherTheFieldIsMapped) {
    SourceDescription source;
    source.name = "tthc";
    source.map["unit_code"].from = {"/agency/code"};
    source.payments = {"/paid", {{"state", {}}}};
    EXPECT_EQ(
        notice_of(source, {{"/abc", "text"}, ""}), "source tthc: new field /abc (text), not mapped"
    );
    EXPECT_EQ(
        notice_of(source, {{"/agency", "array"}, "object"}),
        "source tthc: changed type of field /agency (array, before object), mapped as unit_code"
    );
    EXPECT_TRUE(notice_of(source, {{"/paid", "array"}, ""}).ends_with("mapped as payments"));
}

}  // namespace
}  // namespace thidua::daemon
