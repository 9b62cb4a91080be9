// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/dossier_key.hpp"
#include "store/rollup_row.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"
#include "store/version_scan.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace thidua::store {
namespace {

std::int64_t day_number(Day day) {
    return day.time_since_epoch().count();
}

/// Adds `times` for each dossier that `query` calls paid by this road: of the roads Dvcqg, Province
/// and Both, the last is what the other two have in common.
std::int64_t times_counted(const PaidKey& paid, const TallyQuery& query, std::int64_t platform) {
    if (paid.settled_day > day_number(query.to)) {
        return 0;
    }
    const bool by_flag = query.evidence == PaymentEvidence::Flag;
    switch (paid.way) {
        case PaidBy::Dvcqg:
            return !by_flag && query.dvcqg_gateway && paid.payment_source == platform ? 1 : 0;
        case PaidBy::Province:
            return !by_flag && query.province_gateway ? 1 : 0;
        case PaidBy::Both:
            return !by_flag && query.dvcqg_gateway && query.province_gateway &&
                           paid.payment_source == platform
                       ? -1
                       : 0;
        case PaidBy::FlagDvcqg:
            return by_flag && query.dvcqg_gateway ? 1 : 0;
        case PaidBy::FlagProvince:
            return by_flag && query.province_gateway ? 1 : 0;
    }
    check(false, "times_counted: a known PaidBy");
    return 0;
}

bool is_in_window(const DayKey& key, const TallyQuery& query) {
    return key.day >= day_number(query.from) && key.day <= day_number(query.to);
}

/// What one tally counts.
struct Sum {
    Day day;  ///< first of its piece
    std::int64_t unit = 0;
    std::int64_t procedure = 0;
    DayCounts counts;
    std::int64_t paid = 0;
};

/// Sums by piece, unit and procedure, in the order in which these first came. An open hash table
/// of places in one vector: with std::unordered_map a look-up mostly waited for memory.
class Counts {
  public:
    explicit Counts(const TallyQuery& query) : query_(query) {}

    /// The sum to which a day within the window belongs. Valid until the next call.
    Sum& of(const DayKey& key) {
        check(sums_.size() < empty, "Counts: fewer sums than slots can name");
        if (2 * (sums_.size() + 1) > slots_.size()) {
            grow();
        }
        const Sum wanted{
            first_day(Day{std::chrono::days{key.day}}), key.unit, key.procedure, {}, 0};
        std::uint32_t& slot = slots_[find_slot(wanted)];
        if (slot == empty) {
            slot = static_cast<std::uint32_t>(sums_.size());
            sums_.push_back(wanted);
        }
        return sums_[slot];
    }

    [[nodiscard]] const std::vector<Sum>& sums() const { return sums_; }

  private:
    static constexpr std::uint32_t empty = std::numeric_limits<std::uint32_t>::max();

    /// Of the piece that holds `day`.
    [[nodiscard]] Day first_day(Day day) const {
        if (!query_.breaks) {
            return day;
        }
        const auto next = std::ranges::upper_bound(*query_.breaks, day);
        return next == query_.breaks->begin() ? query_.from : std::max(query_.from, *(next - 1));
    }

    /// The slot of the sum with that key, or the empty one where it would be.
    [[nodiscard]] std::size_t find_slot(const Sum& wanted) const {
        constexpr std::uint64_t odd = 0x9E37'79B9'7F4A'7C15;  // spreads neighbours over all bits
        std::uint64_t hash = static_cast<std::uint64_t>(day_number(wanted.day)) * odd;
        hash = (hash + static_cast<std::uint64_t>(wanted.unit)) * odd;
        hash = (hash + static_cast<std::uint64_t>(wanted.procedure)) * odd;
        const std::size_t mask = slots_.size() - 1;  // their number is a power of two
        std::size_t at = (hash >> 32U) & mask;
        while (slots_[at] != empty && !is_same(sums_[slots_[at]], wanted)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    static bool is_same(const Sum& one, const Sum& other) {
        return one.procedure == other.procedure && one.unit == other.unit && one.day == other.day;
    }

    void grow() {
        constexpr std::size_t least = 1024;
        slots_.assign(std::max(least, 2 * slots_.size()), empty);
        for (std::uint32_t at = 0; at < sums_.size(); ++at) {
            slots_[find_slot(sums_[at])] = at;
        }
    }

    const TallyQuery& query_;
    std::vector<Sum> sums_;
    std::vector<std::uint32_t> slots_;  ///< at most half full
};

void add(DayCounts& sum, const DayCounts& counts) {
    sum.received += counts.received;
    sum.online += counts.online;
    sum.owing += counts.owing;
}

/// From the rollups, which know the present only.
Result<Counts> count_now(
    Store& store, const TallyQuery& query, std::int64_t source, std::int64_t platform
) {
    auto find = store.statement(
        "SELECT day, unit, counts, paid FROM rollup"
        " WHERE agency = ? AND day BETWEEN ? AND ? AND source = ?"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    Counts counts(query);
    RollupChange sums;  // of one row; kept for its memory
    Result<void> unpacked;
    (*find)->bind(agency, day_number(query.from), day_number(query.to), source);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        sums.days.clear();
        sums.paid.clear();
        const RollupKey key{row.integer(0), source, row.integer(1)};
        unpacked = unpacked ? unpack({key, row.text(2), row.text(3)}, sums) : unpacked;
        for (const auto& [received, counted] : sums.days) {
            add(counts.of(received).counts, counted);
        }
        for (const auto& [paid, dossiers] : sums.paid) {
            if (const std::int64_t times = times_counted(paid, query, platform); times != 0) {
                counts.of(paid.received).paid += times * dossiers;
            }
        }
    });
    if (!read || !unpacked) {
        return std::unexpected(read ? unpacked.error() : read.error());
    }
    return counts;
}

/// From the versions as they were known then.
Result<Counts> count_then(
    Store& store, const TallyQuery& query, const VersionScan& scan, std::int64_t platform
) {
    const auto facts = facts_known(store, platform, scan.known_slice);
    if (!facts) {
        return std::unexpected(facts.error());
    }
    Counts counts(query);
    const auto read = scan_versions(store, scan, [&](const DossierRow& row) {
        const auto what = contribution(row, *facts);
        if (!what || !is_in_window(what->key, query)) {
            return;
        }
        Sum& sum = counts.of(what->key);
        add(sum.counts, what->counts);
        for (const PaidKey& paid : what->paid) {
            sum.paid += times_counted(paid, query, platform);
        }
    });
    return read ? Result<Counts>(std::move(counts)) : std::unexpected(read.error());
}

Result<std::vector<Tally>> to_tallies(Store& store, Dictionary& dictionary, const Counts& counts) {
    std::vector<Tally> tallies;
    tallies.reserve(counts.sums().size());
    for (const Sum& sum : counts.sums()) {
        auto unit = dictionary.text(store, Term::Unit, sum.unit);
        auto procedure = dictionary.text(store, Term::Procedure, sum.procedure);
        if (!unit || !procedure) {
            return std::unexpected(unit ? procedure.error() : unit.error());
        }
        tallies.push_back(
            {sum.day,
             *std::move(unit),
             *std::move(procedure),
             sum.counts.received,
             sum.counts.online,
             sum.counts.owing,
             sum.paid}
        );
    }
    return tallies;
}

}  // namespace

Result<std::int64_t> Store::slice_known_at(Instant known_at) {
    auto find = statement("SELECT max(id) FROM slice WHERE agency = ? AND published_at <= ?");
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto slice = (*find)->bind(agency, known_at).first_row([](const Statement& row) {
        return row.integer_or_null(0).value_or(0);
    });
    return slice ? Result<std::int64_t>(slice->value_or(0)) : std::unexpected(slice.error());
}

/// What a query's names and instant stand for in this store.
Result<std::optional<Store::Resolved>> Store::resolve(const TallyQuery& query) {
    const auto source = find_source_id(query.system_of_record);
    const auto platform = find_source_id(query.payment_record);
    const auto then = slice_known_at(query.known_at);
    if (!source || !platform || !then) {
        return std::unexpected(
            !source     ? source.error()
            : !platform ? platform.error()
                        : then.error()
        );
    }
    if (!*source) {
        return std::optional<Resolved>{};  // it never said anything
    }
    // No payment source has the number 0, so one that never said anything confirms nothing.
    return std::optional(Resolved{**source, platform->value_or(0), *then});
}

Result<std::vector<Tally>> Store::tally(const TallyQuery& query) {
    const auto resolved = resolve(query);
    const auto newest = slice_known_at(Instant::max());
    if (!resolved || !newest) {
        return failed("tally", resolved ? newest.error() : resolved.error());
    }
    if (!*resolved) {
        return std::vector<Tally>{};
    }
    const auto [source, platform, then] = **resolved;
    const auto counts = then == *newest ? count_now(*this, query, source, platform)
                                        : count_then(*this, query, {source, then}, platform);
    auto tallies =
        counts ? to_tallies(*this, dictionary_, *counts) : std::unexpected(counts.error());
    return tallies ? std::move(tallies) : failed("tally", tallies.error());
}

Result<void> Store::for_each_counted(
    const TallyQuery& query, const std::function<void(CountedVersion)>& visit
) {
    const auto resolved = resolve(query);
    if (!resolved || !*resolved) {
        return resolved ? Result<void>{} : failed("counted versions", resolved.error());
    }
    const auto [source, platform, then] = **resolved;
    auto facts = facts_known(*this, platform, then);
    if (!facts) {
        return failed("counted versions", facts.error());
    }
    struct Row {
        DossierRow row;
        Contribution counted;
    };
    std::vector<Row> rows;  // codes are looked up when the scan has let go of the connection
    auto done = scan_versions(*this, {source, then}, [&](const DossierRow& row) {
        auto what = contribution(row, *facts);
        if (what && is_in_window(what->key, query)) {
            rows.push_back({row, *std::move(what)});
        }
    });
    for (std::size_t at = 0; done && at < rows.size(); ++at) {
        const auto& [row, counted] = rows[at];
        Tally tally;
        tally.day = Day{std::chrono::days{counted.key.day}};
        tally.received = counted.counts.received;
        tally.online = counted.counts.online;
        tally.owing = counted.counts.owing;
        for (const PaidKey& paid : counted.paid) {
            tally.paid += times_counted(paid, query, platform);
        }
        auto unit = dictionary_.text(*this, Term::Unit, counted.key.unit);
        auto procedure = dictionary_.text(*this, Term::Procedure, counted.key.procedure);
        auto code = dossier_code(row.id);
        if (!unit || !procedure || !code) {
            const Error& error = !unit        ? unit.error()
                                 : !procedure ? procedure.error()
                                              : code.error();
            done = std::unexpected(error);
            break;
        }
        tally.unit_code = *std::move(unit);
        tally.procedure_code = *std::move(procedure);
        visit({*std::move(code), row.version, row.slice, std::move(tally)});
    }
    return done ? done : failed("counted versions", done.error());
}

Result<std::string> Store::dossier_code(std::int64_t key) {
    const std::int64_t number = number_of(key);
    if (!is_odd(number)) {
        const auto issuer = dictionary_.text(*this, Term::Issuer, issuer_of(number));
        return issuer ? Result<std::string>(unpack_code(number, *issuer))
                      : std::unexpected(issuer.error());
    }
    auto find = statement("SELECT code FROM odd_code WHERE agency = ? AND number = ?");
    if (!find) {
        return std::unexpected(find.error());
    }
    auto code =
        (*find)->bind(agency, number).first_row([](const Statement& row) { return row.text(0); });
    return code ? Result<std::string>(code->value_or("")) : std::unexpected(code.error());
}

Result<SourceStatus> Store::source_status(
    std::string_view source, std::chrono::hours freshness, Instant known_at
) {
    SourceStatus status;
    status.name = std::string(source);
    auto find = statement(
        "SELECT max(CASE WHEN p.state = 'complete' THEN p.data_through END),"
        " (SELECT q.error FROM pull q WHERE q.agency = s.agency AND q.source = s.id"
        "  AND q.finished_at <= ?1 AND q.kind = 'pull' ORDER BY q.id DESC LIMIT 1)"
        " FROM source s JOIN pull p ON p.agency = s.agency AND p.source = s.id"
        " WHERE s.agency = ?2 AND s.name = ?3 AND p.finished_at <= ?1 GROUP BY s.agency, s.id"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto row = (*find)->bind(known_at, agency, source).step();
    if (!row) {
        return failed("source status", row.error());
    }
    if (*row) {
        status.data_through = (*find)->instant_or_null(0);
        status.last_error = (*find)->text(1);
    }
    (*find)->reset();
    if (!status.data_through) {
        return status;
    }
    status.past_limit = known_at - *status.data_through > freshness;
    status.state = !status.last_error.empty() ? SourceStatus::State::Failed
                   : status.past_limit        ? SourceStatus::State::Stale
                                              : SourceStatus::State::Fresh;
    return status;
}

}  // namespace thidua::store
