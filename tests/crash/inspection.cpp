// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/inspection.hpp"

#include "tests/crash/made_up_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace thidua::crash {
namespace {

using store::Statement;
using store::Store;

template <class Visit>
Result<void> read(Store& store, std::string_view sql, Visit visit) {
    auto find = store.statement(sql);
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind();
    return (*find)->for_each_row(visit);
}

void note(Histories& histories, const Saying& said) {
    std::vector<int>& revisions = histories[said.subject];
    if (revisions.empty() || revisions.back() != said.revision) {
        revisions.push_back(said.revision);
    }
}

/// Reads one store, once.
class Inspector {
  public:
    Inspector(Store& store, Expected& expected, const Acknowledged& acknowledged)
        : store_(store), expected_(expected), acknowledged_(acknowledged) {}

    Result<Inspection> run() {
        Result<void> done = check_slices();
        done = done ? check_pulls() : done;
        expected_.advance_to(found_.slices);
        done = done ? check_dossiers() : done;
        done = done ? check_payments() : done;
        done = done ? check_look_ups() : done;
        done = done ? check_itself() : done;
        done = done ? check_intake() : done;
        return done ? Result<Inspection>(std::move(found_)) : std::unexpected(done.error());
    }

  private:
    void problem(std::string words) { found_.problems.push_back(std::move(words)); }

    /// All slices are there, each once, and none that was acknowledged is missing.
    Result<void> check_slices() {
        auto done =
            read(store_, "SELECT id, key FROM slice ORDER BY id", [&](const Statement& row) {
                ++found_.slices;
                if (row.integer(0) != found_.slices ||
                    row.text(1) != std::to_string(found_.slices)) {
                    problem(fmt::format(
                        "slices lost or doubled: where slice {} belongs is number {} with key {}",
                        found_.slices,
                        row.integer(0),
                        row.text(1)
                    ));
                }
            });
        if (acknowledged_.published > found_.slices) {
            problem(fmt::format(
                "slices lost: {} was acknowledged, the newest is {}",
                acknowledged_.published,
                found_.slices
            ));
        }
        return done;
    }

    /// The cursor: each pull ended once, none that was acknowledged is missing, and none is ahead
    /// of what is stored.
    Result<void> check_pulls() {
        std::int64_t finished = 0;
        auto done = read(
            store_,
            "SELECT data_through FROM pull WHERE state = 'complete' ORDER BY id",
            [&](const Statement& row) {
                finished += slices_each_pull;
                const std::int64_t through = number_at(*row.instant_or_null(0));
                if (through != finished) {
                    problem(fmt::format(
                        "pulls lost or doubled: data_through is slice {}, not {}", through, finished
                    ));
                }
            }
        );
        if (acknowledged_.finished > finished) {
            problem(fmt::format(
                "pulls lost: data_through was acknowledged as slice {} and is {}",
                acknowledged_.finished,
                finished
            ));
        }
        if (finished > found_.slices) {
            problem(fmt::format(
                "the cursor is ahead: data_through is slice {}, the newest is {}",
                finished,
                found_.slices
            ));
        }
        return done;
    }

    void compare(std::string_view what, const Histories& stored, const Histories& said) {
        Histories all = said;
        all.insert(stored.begin(), stored.end());
        for (const auto& subject : all) {
            const auto revisions = [&](const Histories& histories) {
                const auto place = histories.find(subject.first);
                return place == histories.end() ? std::vector<int>{} : place->second;
            };
            const std::vector<int> versions = revisions(stored);
            if (versions != revisions(said)) {
                problem(fmt::format(
                    "{} records: {} {} has versions {}, the source said {}",
                    versions.size() < revisions(said).size() ? "lost" : "doubled",
                    what,
                    subject.first,
                    versions,
                    revisions(said)
                ));
            }
        }
    }

    Result<void> check_dossiers() {
        Histories stored;
        auto done = read(
            store_,
            "SELECT id, version, fee_total, status FROM dossier_history"
            " UNION ALL SELECT id, version, fee_total, status FROM dossier ORDER BY 1, 2",
            [&](const Statement& row) {
                const Saying said = saying_of(row.integer(2));
                stored[said.subject].push_back(said.revision);
                ++found_.versions;
                if (row.integer(3) != status_of(said.revision)) {
                    problem(fmt::format("dossier {}: fields of two versions", said.subject));
                }
            }
        );
        compare("dossier", stored, expected_.dossiers());
        return done;
    }

    Result<void> check_payments() {
        Histories stored;
        auto done = read(
            store_,
            "SELECT reference, version, amount FROM payment_history"
            " UNION ALL SELECT reference, version, amount FROM payment ORDER BY 1, 2",
            [&](const Statement& row) {
                const Saying said = saying_of(row.integer(2));
                stored[said.subject].push_back(said.revision);
                ++found_.versions;
            }
        );
        compare("payment", stored, expected_.payments());
        return done;
    }

    Result<void> check_look_ups() {
        std::map<std::string, int> counted;
        for (const auto& [subject, times] : expected_.look_ups()) {
            counted.emplace(reference_of(subject), times);
        }
        auto done =
            read(store_, "SELECT reference, attempts FROM look_up", [&](const Statement& row) {
                counted[row.text(0)] -= static_cast<int>(row.integer(1));
            });
        for (const auto& [reference, difference] : counted) {
            if (difference != 0) {
                problem(fmt::format(
                    "{} look-ups: {} by {}",
                    difference > 0 ? "lost" : "doubled",
                    reference,
                    difference
                ));
            }
        }
        return done;
    }

    /// Every slice has its capture; what is refused again and again has one row.
    Result<void> check_intake() {
        return read(
            store_,
            "SELECT (SELECT count(*) FROM slice) - (SELECT count(*) FROM capture),"
            " (SELECT count(*) FROM quarantine)",
            [&](const Statement& row) {
                constexpr std::int64_t refused_at_most = 2 * 9;  // of two sources
                if (row.integer(0) != 0 || row.integer(1) > refused_at_most) {
                    problem(fmt::format(
                        "{} slices without a capture, {} refused records",
                        row.integer(0),
                        row.integer(1)
                    ));
                }
            }
        );
    }

    /// What the store promises of itself, and its pages.
    Result<void> check_itself() {
        const auto verified = store_.verify([](std::int64_t, std::int64_t) {});
        if (!verified) {
            return std::unexpected(verified.error());
        }
        for (const std::string& words : verified->first_problems) {
            const bool is_rollup = words.find("rollup") != std::string::npos;
            problem((is_rollup ? "rollup differs: " : "verify: ") + words);
        }
        return {};
    }

    Store& store_;
    Expected& expected_;
    const Acknowledged& acknowledged_;
    Inspection found_;
};

}  // namespace

void Expected::advance_to(std::int64_t number) {
    while (number_ < number) {
        const MadeUpSlice made = slice_of(++number_);
        for (const DossierRecord& record : made.slice.dossiers) {
            note(dossiers_, saying_of(record.fee_total));
        }
        for (const PaymentRecord& record : made.slice.payments) {
            const Saying said = saying_of(*record.amount);
            note(payments_, said);
            ++look_ups_[said.subject];
        }
    }
}

Result<Inspection> inspect(
    store::Store& store, Expected& expected, const Acknowledged& acknowledged
) {
    auto found = Inspector(store, expected, acknowledged).run();
    return found ? std::move(found) : failed("inspect", found.error());
}

}  // namespace thidua::crash
