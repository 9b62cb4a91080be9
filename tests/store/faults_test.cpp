// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The database fails at the first call, at the second, ... : whatever was under way is undone, its
// error is handed on, and done again it succeeds.
#include "core/spool.hpp"
#include "store/version_scan.hpp"
#include "tests/store/dump.hpp"
#include "tests/store/faulty_database.hpp"
#include "tests/store/store_fixture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace thidua::store {
namespace {

/// Far more than the calls of any case: the database never failed.
constexpr int calls_max = 2'000;

/// Its error, if there is one.
template <class Value>
std::optional<Error> error_of(const Result<Value>& result) {
    return result ? std::nullopt : std::optional(result.error());
}

class FaultsOfTheDatabase : public StoreTest {
  protected:
    using Act = std::function<std::optional<Error>(Store&)>;

    FaultsOfTheDatabase() { expect_.max_drop = Share{1, 1}; }

    /// Runs `act` on a store that was just opened, so that statements are prepared in it, with the
    /// first call failing, then with the second, until it passes. Returns the number of failures.
    int fails_whole(const Act& act) {
        const auto before = dump(location_);
        for (int nth = 1; nth < calls_max; ++nth) {
            SCOPED_TRACE(fmt::format("call {}", nth));
            Faults faults;
            Store store = open_faulty(location_, faults);
            faults.fail_call(nth);
            const std::optional<Error> error = act(store);
            if (!faults.has_failed()) {
                EXPECT_FALSE(error) << error->message;
                return nth - 1;
            }
            if (!error) {
                ADD_FAILURE() << "the error was lost";
                return -1;
            }
            EXPECT_EQ(error->kind, ErrorKind::Io);
            EXPECT_NE(error->message.find(fault_words), std::string::npos) << error->message;
            if (dump(location_) != before) {
                ADD_FAILURE() << "something of it was kept";
                return -1;
            }
        }
        return calls_max;
    }

    /// The run is as it was if publishing fails.
    std::optional<Error> publish_at(Store& store, const std::string& source, const Slice& slice) {
        PullRun run{source, at(tuesday)};
        const PullRun before = run;
        auto published =
            store.publish(run, {slice, at(tuesday), expect_, [](PaymentState, int, Instant asked) {
                                    return std::optional(asked);
                                }});
        EXPECT_EQ(run.id != before.id, published.has_value());
        EXPECT_EQ(run.slices, published ? 1 : 0);
        return error_of(published);
    }

    /// Something of every kind: new, changed and unchanged dossiers, codes of every shape, new
    /// issuers and units, aliases, a merge with another source's stream.
    static Slice dossiers_of_every_kind(const std::string& mark = "") {
        Slice slice;
        slice.key = "w";
        slice.print = 77;
        auto changed = with_payment(dossier("A-240610-0002"), "s");
        changed.unit_code = "new unit" + mark;
        auto merged = dossier("A-240610-0003");
        merged.aliases = {"A-240610-0004", "unseen" + mark};
        auto fresh = with_payment(dossier("new" + mark + "-240611-0001"), "r");
        fresh.procedure_code = "new procedure" + mark;
        slice.dossiers = {dossier("A-240610-0001"), changed, merged, fresh, dossier("odd " + mark)};
        slice.rejected = {{"page 1", "/code: missing", "{}"}, {"page 1", "/code: missing", mark}};
        slice.shape = {{"/a", "text"}, {"/b", "number"}};
        slice.kept = "kept";
        return slice;
    }

    /// Rows of the dictionary that hold `text`.
    std::int64_t named_in_dictionary(const std::string& text) const {
        return std::ranges::count_if(dump(location_), [&](const std::string& line) {
            return line.starts_with("dictionary: ") && line.ends_with("value=" + text);
        });
    }

    void publish_the_past() {
        Slice other;
        other.key = "v";
        other.print = 66;
        other.dossiers = {
            dossier("A-240610-0001"),
            with_payment(dossier("A-240610-0002"), "r"),
            dossier("A-240610-0003"),
            with_payment(dossier("A-240610-0004"), "r")};
        ASSERT_TRUE(publish(other, monday));
        PullRun run{"dvcqg", at(monday)};
        Slice witness;
        witness.key = "v";
        witness.dossiers = {dossier("A-240610-0004")};
        ASSERT_TRUE(store_.publish(run, {witness, at(monday), expect_, {}}));
        ASSERT_TRUE(store_.finish_pull(run, {at(monday), std::nullopt}));
        ASSERT_TRUE(publish_payments(
            {payment("r", PaymentState::Succeeded, "2024-06-12T09:00:00+07:00")}, monday
        ));
    }
};

TEST_P(FaultsOfTheDatabase, UndoASliceOfDossiers) {
    publish_the_past();
    const int failures = fails_whole([&](Store& store) {
        return publish_at(store, "tthc", dossiers_of_every_kind());
    });
    EXPECT_GT(failures, 60);
    EXPECT_EQ(totals(tuesday).received, 5);
}

TEST_P(FaultsOfTheDatabase, UndoTheFirstSliceOfASource) {
    Slice slice = dossiers_of_every_kind();
    slice.spooled = *DossierSpool::create(folder_.path());
    const std::vector<DossierRecord> spooled{dossier("S-240610-0001")};
    ASSERT_TRUE(slice.spooled->append(spooled));
    EXPECT_GT(fails_whole([&](Store& store) { return publish_at(store, "tthc", slice); }), 40);
    EXPECT_EQ(totals(tuesday).received, 6);
}

TEST_P(FaultsOfTheDatabase, UndoASliceOfPayments) {
    publish_the_past();
    Slice slice;
    slice.key = "lookup";
    slice.payments = {
        payment("r", PaymentState::Failed, "2024-06-13T09:00:00+07:00"),
        payment("q", PaymentState::Unknown, "2024-06-13T09:00:00+07:00")};
    EXPECT_GT(fails_whole([&](Store& store) { return publish_at(store, "platform", slice); }), 25);
    EXPECT_EQ(totals(tuesday).paid, 0);
}

TEST_P(FaultsOfTheDatabase, UndoASliceOfStatistics) {
    Slice slice;
    slice.key = "2024-06";
    slice.statistics = {{"H37.10", "2024-06", "total", 10}, {"H37.10", "2024-06", "paid", 5}};
    EXPECT_GT(fails_whole([&](Store& store) { return publish_at(store, "tthc", slice); }), 15);
}

TEST_P(FaultsOfTheDatabase, UndoTheEndOfAPull) {
    publish_the_past();
    const auto end = [&](std::int64_t id, const std::string& source) {
        return fails_whole([&, id](Store& store) {
            PullRun run{source, at(tuesday)};
            run.id = id;
            auto ended =
                store.finish_pull(run, {at(tuesday), Error{ErrorKind::Transient, "nobody there"}});
            EXPECT_EQ(run.id != id, ended && id == 0);
            return error_of(ended);
        });
    };
    EXPECT_GT(end(0, "tthc"), 6) << "of a pull that has no row yet";
    EXPECT_GT(end(1, "tthc"), 6) << "of a pull that has a row";
    EXPECT_GT(end(0, "new source"), 6);
}

TEST_P(FaultsOfTheDatabase, LeaveInterruptedPullsToBeClosedAgain) {
    PullRun run{"tthc", at(monday)};
    const Slice slice = dossiers_of_every_kind();
    ASSERT_TRUE(store_.publish(run, {slice, at(monday), expect_, {}}));
    const Act close = [&](Store& store) { return error_of(store.close_interrupted(at(tuesday))); };
    EXPECT_GT(fails_whole(close), 6);
    EXPECT_EQ(store_.pulls()->at(0).state, "failed");
}

TEST_P(FaultsOfTheDatabase, UndoADecision) {
    ASSERT_TRUE(publish(dossiers_of_every_kind(), monday));
    EXPECT_GT(
        fails_whole([&](Store& store) {
            return error_of(store.drop_quarantined(1, {"An", at(tuesday)}));
        }),
        6
    );
    EXPECT_GT(
        fails_whole([&](Store& store) {
            return error_of(store.map_unit({"X1", "H37.10", std::nullopt, "An", at(tuesday)}));
        }),
        4
    );
}

TEST_P(FaultsOfTheDatabase, UndoWhatPeopleRecord) {
    Evidence evidence;
    evidence.candidate = "H37.10";
    evidence.topic = "content/3";
    evidence.filed_at = at(monday);
    std::vector<Evidence> several(3, evidence);
    several[1].title = "hai";
    several[2].title = "ba";
    ASSERT_TRUE(store_.file_evidence(std::vector{evidence}));
    const std::vector<ProcedureReview> reviews{
        {"1.1", "H37.10", ReviewWord::ProposeFull, "An", at(monday), "", ""},
        {"1.2", "H37.10", ReviewWord::ProposeKeep, "An", at(monday), "", ""}};
    const Act acts[] = {
        [&](Store& store) {
            return error_of(store.decide(
                {"H37.10", "content/2/met", Outcome::Met, "hoi-dong", "An", at(monday), "", ""}
            ));
        },
        [&](Store& store) { return error_of(store.file_evidence(several)); },
        [&](Store& store) {
            return error_of(
                store.rule_on_evidence(1, EvidenceState::Accepted, {"An", at(tuesday), "đủ"})
            );
        },
        [&](Store& store) { return error_of(store.review_procedures(reviews)); },
        [&](Store& store) {
            return error_of(store.receive(
                {"H37.10",
                 "bang-khen",
                 "nop",
                 "to-trinh",
                 1,
                 *parse_day("2025-01-02"),
                 "An",
                 at(monday),
                 ""}
            ));
        },
    };
    for (const Act& act : acts) {
        EXPECT_GT(fails_whole(act), 4);
    }
}

TEST_P(FaultsOfTheDatabase, AreToldByEverythingThatReads) {
    publish_the_past();
    const Act readers[] = {
        [](Store& store) { return error_of(store.progress("tthc")); },
        [](Store& store) { return error_of(store.pulls()); },
        [](Store& store) { return error_of(store.slices()); },
        [](Store& store) { return error_of(store.has_print("tthc", "v", 66)); },
        [](Store& store) {
            return error_of(
                store.open_references("tthc", "platform", at(tuesday), LookUpScope::Everything)
            );
        },
        [](Store& store) {
            return error_of(scan_versions(store, {0, 9}, [](const auto&) {}));
        },
        [](Store& store) { return error_of(facts_known(store, 0, 9)); },
        [](Store& store) { return error_of(store.captures("")); },
        [](Store& store) { return error_of(store.unit_aliases()); },
        [this](Store& store) { return error_of(store.decisions(at(tuesday))); },
        [this](Store& store) { return error_of(store.evidence(at(tuesday))); },
        [this](Store& store) { return error_of(store.procedure_reviews(at(tuesday))); },
        [this](Store& store) { return error_of(store.receipts(at(tuesday))); },
        [](Store& store) { return error_of(store.unit_codes("tthc")); },
        [](Store& store) {
            return error_of(store.quarantine({QuarantineQuery::Which::All, ""}));
        },
        [this](Store& store) {
            const Slice slice = dossiers_of_every_kind();
            return error_of(store.preview("tthc", {slice, at(tuesday), expect_, {}}));
        },
        [this](Store& store) {
            return error_of(
                store.for_each_counted_payment(question(tuesday), [](const CountedPayment&) {})
            );
        },
    };
    for (const Act& read : readers) {
        EXPECT_GT(fails_whole(read), 1);
    }
}

TEST_P(FaultsOfTheDatabase, LeaveAStoreThatGoesOn) {
    publish_the_past();
    Faults faults;
    Store store = open_faulty(location_, faults);
    for (int nth = 1; nth < calls_max; ++nth) {
        SCOPED_TRACE(fmt::format("call {}", nth));
        // New issuers, units and procedures each time: numbers that the undone slice had given must
        // not be believed by the next.
        const Slice slice = dossiers_of_every_kind(std::to_string(nth));
        faults.fail_call(nth);
        const auto failed = publish_at(store, "tthc", slice);
        if (!faults.has_failed()) {
            EXPECT_GT(nth, 30);
            break;
        }
        ASSERT_TRUE(failed);
        const auto again = publish_at(store, "tthc", slice);
        ASSERT_FALSE(again) << again->message;
        ASSERT_EQ(named_in_dictionary("new unit" + std::to_string(nth)), 1);
        ASSERT_EQ(named_in_dictionary("new procedure" + std::to_string(nth)), 1);
        ASSERT_EQ(named_in_dictionary("new" + std::to_string(nth)), 1);
    }
    const auto found = store_.verify([](std::int64_t, std::int64_t) {});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->first_problems, std::vector<std::string>{});
}

TEST_P(FaultsOfTheDatabase, ARefusedSliceChangesNoTable) {
    publish_the_past();
    const auto before = dump(location_);
    Slice slice = dossiers_of_every_kind();
    expect_.min_rows = 6;
    EXPECT_EQ(publish_at(store_, "tthc", slice)->kind, ErrorKind::Data);
    EXPECT_EQ(publish_at(store_, "source of no slice yet", slice)->kind, ErrorKind::Data);
    EXPECT_EQ(dump(location_), before);
    expect_ = Expect{};
    slice.key = "v";
    slice.dossiers.resize(3);
    EXPECT_EQ(publish_at(store_, "tthc", slice)->kind, ErrorKind::Data) << "3 where there were 4";
    slice.dossiers.clear();
    EXPECT_EQ(publish_at(store_, "tthc", slice)->kind, ErrorKind::Data);
    EXPECT_EQ(dump(location_), before);
}

THIDUA_ON_EVERY_STORE(FaultsOfTheDatabase);

}  // namespace
}  // namespace thidua::store
