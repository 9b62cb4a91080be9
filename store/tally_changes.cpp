// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a query counts otherwise than it did: the versions as they were known then and as they are
// known now, dossier by dossier. What is the same is met and forgotten, so this takes one scan more
// than a count, and the memory of what was counted.
#include "store/alias_roots.hpp"
#include "store/dossier_key.hpp"
#include "store/purge.hpp"
#include "store/store.hpp"
#include "store/tally_sums.hpp"
#include "store/version_scan.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace thidua::store {
namespace {

/// A received dossier, as it is counted.
struct CountedDossier {
    TallySum adds;  ///< with its own day: it may lie outside the window
    bool is_in_window = false;

    friend bool operator==(const CountedDossier&, const CountedDossier&) = default;
};

/// A dossier that is not what it was: received then, or now, or both.
struct ChangedDossier {
    std::int64_t number = 0;
    std::optional<CountedDossier> before;
    std::optional<CountedDossier> now;
};

struct CountAt {
    const TallyQuery& query;
    std::int64_t source = 0;
    std::int64_t platform = 0;
    std::int64_t slice = 0;  ///< as known when this one had been published
};

std::optional<CountedDossier> counted_dossier(
    const CountAt& count, const std::optional<Contribution>& what
) {
    if (!what) {
        return std::nullopt;
    }
    const DayKey& key = what->key;
    CountedDossier dossier{
        {Day{std::chrono::days{key.day}}, key.unit, key.procedure, what->counts, 0},
        is_in_window(key, count.query)};
    for (const PaidKey& paid : what->paid) {
        dossier.adds.paid += times_counted(paid, count.query, count.platform);
    }
    return dossier;
}

/// Offers the number of every dossier on record, and what it counts; nothing if it is not received.
template <class Visit>
Result<void> for_each_dossier(Store& store, const CountAt& count, Visit visit) {
    const auto facts = facts_known(store, count.platform, count.slice);
    if (!facts) {
        return std::unexpected(facts.error());
    }
    return scan_versions(store, {count.source, count.slice}, [&](const DossierRow& row) {
        visit(number_of(row.id), counted_dossier(count, contribution(row, *facts)));
    });
}

/// The dossiers that were received then, and what became of them.
class DossiersSince {
  public:
    struct Then {
        std::int64_t number = 0;
        CountedDossier counted;
        bool is_on_record = false;  ///< now
    };

    Result<void> read_then(Store& store, const CountAt& count) {
        auto read = for_each_dossier(store, count, [&](std::int64_t number, const auto& counted) {
            if (counted) {
                then_.push_back({number, *counted});
            }
        });
        std::ranges::sort(then_, {}, &Then::number);
        return read;
    }

    Result<void> read_now(Store& store, const CountAt& count) {
        auto read = for_each_dossier(store, count, [&](std::int64_t number, auto counted) {
            on_record_.push_back(number);
            const auto place = std::ranges::lower_bound(then_, number, {}, &Then::number);
            const bool was_received = place != then_.end() && place->number == number;
            if (!was_received) {
                if (counted) {
                    changed_.push_back({number, std::nullopt, std::move(counted)});
                }
                return;
            }
            place->is_on_record = true;
            if (counted != place->counted) {
                changed_.push_back({number, place->counted, std::move(counted)});
            }
        });
        std::ranges::sort(on_record_);
        std::ranges::sort(changed_, {}, &ChangedDossier::number);
        return read;
    }

    /// By number. One that was given up for another, which is new, is one dossier with it.
    Result<std::vector<ChangedDossier>> finish(VersionTables& tables) {
        std::vector<std::int64_t> given_up;
        for (const Then& then : then_) {
            if (!then.is_on_record) {
                given_up.push_back(then.number);
            }
        }
        AliasRoots heirs;
        if (auto loaded = heirs.load(tables, std::move(given_up)); !loaded) {
            return std::unexpected(loaded.error());
        }
        std::vector<ChangedDossier> gone;
        for (const Then& then : then_) {
            if (!then.is_on_record && !goes_on(then, heirs)) {
                gone.push_back({then.number, then.counted, std::nullopt});
            }
        }
        std::ranges::move(gone, std::back_inserter(changed_));
        std::ranges::sort(changed_, {}, &ChangedDossier::number);
        return std::move(changed_);
    }

    [[nodiscard]] const std::vector<Then>& then() const { return then_; }

  private:
    /// Under another number that was not received then. What that number was given up for after
    /// the query's instant does not matter.
    [[nodiscard]] bool goes_on(const Then& then, const AliasRoots& heirs) {
        const auto heir = heirs.first_heir(then.number, [&](std::int64_t number) {
            return std::ranges::binary_search(on_record_, number);
        });
        const auto place =
            std::ranges::lower_bound(changed_, heir.value_or(0), {}, &ChangedDossier::number);
        const bool is_new =
            heir && place != changed_.end() && place->number == *heir && !place->before;
        if (is_new) {
            place->before = then.counted;
        }
        return is_new;
    }

    std::vector<Then> then_;               ///< ascending by number
    std::vector<std::int64_t> on_record_;  ///< now; ascending
    std::vector<ChangedDossier> changed_;
};

/// Sums, and changes of them, with codes in place of numbers.
class ChangeTeller {
  public:
    ChangeTeller(Store& store, Dictionary& dictionary, const TallyQuery& query)
        : store_(store), dictionary_(dictionary), query_(query) {}

    Result<std::vector<Tally>> sum_up(const std::vector<DossiersSince::Then>& dossiers) {
        TallySums sums(query_);
        for (const DossiersSince::Then& dossier : dossiers) {
            if (dossier.counted.is_in_window) {
                const TallySum& adds = dossier.counted.adds;
                TallySum& sum = sums.of({day_number(adds.day), 0, adds.unit, adds.procedure});
                sum.counts.received += adds.counts.received;
                sum.counts.online += adds.counts.online;
                sum.counts.owing += adds.counts.owing;
                sum.paid += adds.paid;
            }
        }
        std::vector<Tally> tallies;
        for (const TallySum& sum : sums.sums()) {
            auto tally = to_tally(store_, dictionary_, sum);
            if (!tally) {
                return std::unexpected(tally.error());
            }
            tallies.push_back(*std::move(tally));
        }
        return tallies;
    }

    Result<std::vector<TallyChange>> tell(const std::vector<ChangedDossier>& dossiers) {
        std::vector<TallyChange> changes;
        for (const ChangedDossier& dossier : dossiers) {
            auto before = tally_of(dossier.before);
            auto now = tally_of(dossier.now);
            if (!before || !now) {
                return std::unexpected(before ? now.error() : before.error());
            }
            if (*before != *now) {
                changes.push_back(
                    {*std::move(before),
                     *std::move(now),
                     dossier.before.has_value(),
                     dossier.now.has_value()}
                );
            }
        }
        return changes;
    }

  private:
    Result<std::optional<Tally>> tally_of(const std::optional<CountedDossier>& dossier) {
        if (!dossier || !dossier->is_in_window) {
            return std::nullopt;
        }
        TallySum adds = dossier->adds;
        adds.day = first_day_of_piece(query_, adds.day);
        auto tally = to_tally(store_, dictionary_, adds);
        return tally ? Result<std::optional<Tally>>(*std::move(tally))
                     : std::unexpected(tally.error());
    }

    Store& store_;
    Dictionary& dictionary_;
    const TallyQuery& query_;
};

}  // namespace

Result<TalliesSince> Store::tallies_since(const TallyQuery& query, Instant then) {
    if (auto may = refuse_if_purged(*this, "what has changed since"); !may) {
        return std::unexpected(may.error());
    }
    const auto resolved = resolve(query);
    const auto slice_then = slice_known_at(then);
    if (!resolved || !slice_then) {
        return failed("tallies since", resolved ? slice_then.error() : resolved.error());
    }
    if (!*resolved) {
        return TalliesSince{};
    }
    const auto [source, platform, now] = **resolved;
    DossiersSince dossiers;
    auto read = dossiers.read_then(*this, {query, source, platform, *slice_then});
    read = read ? dossiers.read_now(*this, {query, source, platform, now}) : read;
    if (!read) {
        return failed("tallies since", read.error());
    }
    // Codes are looked up when the scans have let go of the connection.
    ChangeTeller teller(*this, dictionary_, query);
    auto tallies = teller.sum_up(dossiers.then());
    auto changed = dossiers.finish(*tables_);
    auto changes = changed ? teller.tell(*changed) : std::unexpected(changed.error());
    if (!tallies || !changes) {
        return failed("tallies since", tallies ? changes.error() : tallies.error());
    }
    return TalliesSince{*std::move(tallies), *std::move(changes)};
}

}  // namespace thidua::store
