// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Recomputes everything that can be recomputed: contents from rows, intervals from each other,
// rollups from versions; and looks whether what is kept beside them belongs to a slice.
//
// On SQLite a commit waits for whoever reads, so the versions are read a piece at a time, and a
// writer may go on in between. If it published meanwhile, what was read is of several moments, and
// all is read again; the last time in one transaction, so that there is an end.
#include "store/verify.hpp"

#include "store/dossier_key.hpp"
#include "store/purge.hpp"
#include "store/rollup_row.hpp"
#include "store/row_columns.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"
#include "store/version_scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <stop_token>
#include <utility>

namespace thidua::store {
namespace {

constexpr std::size_t problems_told = 20;
constexpr int walks_beside_a_writer = 3;
constexpr std::int64_t versions_at_once = 20'000;  // some hundredths of a second

// The history of a stream before its current row, which has no end.
const std::string streams_sql = fmt::format(
    "SELECT {0}, CAST(until_slice AS BIGINT) AS ends FROM dossier_history"
    " WHERE (id, version) > (?1, ?2) AND id <= {1}"
    " UNION ALL SELECT {0}, CAST(NULL AS BIGINT) FROM dossier"
    " WHERE (id, version) > (?1, ?2) AND id <= {1}"
    " ORDER BY id, version LIMIT ?3",
    row_columns,
    greatest_key
);

/// Rollups as the versions give them, folded into packed rows from time to time: there may be as
/// many sums as dossiers.
class Recomputed {
  public:
    [[nodiscard]] Result<void> add(const std::optional<Contribution>& what) {
        constexpr std::size_t sums_at_once = 200'000;
        thidua::store::add(sums_, what, 1);
        return sums_.days.size() < sums_at_once ? Result<void>{} : fold();
    }

    [[nodiscard]] Result<void> fold() {
        settle(sums_);
        for (RollupRow& row : pack(sums_)) {
            const auto known = rows_.find(row.key);
            if (known == rows_.end()) {
                rows_.emplace(row.key, std::move(row));
                continue;
            }
            RollupChange both;
            auto read = unpack(known->second, both);
            read = read ? unpack(row, both) : read;
            if (!read) {
                return read;
            }
            settle(both);
            known->second = std::move(pack(both).front());
        }
        sums_ = {};
        return {};
    }

    [[nodiscard]] const std::map<RollupKey, RollupRow>& rows() const { return rows_; }

  private:
    RollupChange sums_;
    std::map<RollupKey, RollupRow> rows_;
};

const std::string intake_sql =
    "SELECT 'capture ' || c.key || ': it is of no slice' FROM capture c"
    " LEFT JOIN slice l ON l.agency = c.agency AND l.id = c.slice AND l.source = c.source"
    "  AND l.key = c.key WHERE c.agency = ?1 AND l.id IS NULL"
    " UNION ALL SELECT 'quarantine ' || q.id || ': it is of no slice' FROM quarantine q"
    " LEFT JOIN slice f ON f.agency = q.agency AND f.id = q.first_slice"
    " LEFT JOIN slice l ON l.agency = q.agency AND l.id = q.last_slice AND l.key = q.key"
    " WHERE q.agency = ?1 AND (f.id IS NULL OR l.id IS NULL OR q.first_slice > q.last_slice)"
    " UNION ALL SELECT 'quarantine ' || q.id || ': nobody decided it' FROM quarantine q"
    " WHERE q.agency = ?1 AND (q.state = 'dropped') <> (q.decided_by IS NOT NULL) ORDER BY 1";

std::string words(const DayKey& key) {
    return fmt::format(
        "{}, source {}, unit {}, procedure {}",
        thidua::to_text(Day{std::chrono::days{key.day}}),
        key.source,
        key.unit,
        key.procedure
    );
}

/// What two rows have that the other has not, in words. Sums that both have cancel out.
Result<std::vector<std::string>> differences(const RollupRow& stored, const RollupRow& expected) {
    RollupChange stored_sums;
    RollupChange all;
    auto read = unpack(stored, stored_sums);
    read = read ? unpack(expected, all) : read;
    if (!read) {
        return std::unexpected(read.error());
    }
    for (const auto& [key, counts] : stored_sums.days) {
        all.days.emplace_back(key, DayCounts{-counts.received, -counts.online, -counts.owing});
    }
    for (const auto& [key, dossiers] : stored_sums.paid) {
        all.paid.emplace_back(key, -dossiers);
    }
    settle(all);
    std::vector<std::string> found;
    for (const auto& [key, counts] : all.days) {
        found.push_back(fmt::format(
            "{}: the versions have {:+}/{:+}/{:+} received/online/owing against the rollup",
            words(key),
            counts.received,
            counts.online,
            counts.owing
        ));
    }
    for (const auto& [key, dossiers] : all.paid) {
        found.push_back(fmt::format(
            "{}: the versions have {:+} paid dossiers against the rollup",
            words(key.received),
            dossiers
        ));
    }
    if (found.empty()) {
        found.push_back(
            words({stored.key.day, stored.key.source, stored.key.unit, 0}) +
            ": the rollup is packed in another way than the program packs it"
        );
    }
    return found;
}

/// Walks through all versions, stream after stream.
class Verifier {
  public:
    Verifier(Store& store, const VerifyProgress& progress, std::stop_token stop = {})
        : store_(store), progress_(progress), stop_(std::move(stop)) {}

    /// `at_once`: how many versions are read in one go. Nothing if a writer published meanwhile.
    Result<std::optional<Verification>> run(std::int64_t at_once) {
        const auto purged = purged_at(store_);
        if (!purged || *purged) {
            found_.purged_at = purged.value_or(std::nullopt);
            return purged ? Result<std::optional<Verification>>(std::move(found_))
                          : std::unexpected(purged.error());
        }
        const auto newest = store_.slice_known_at(Instant::max());
        Result<void> done = newest ? count() : std::unexpected(newest.error());
        done = done ? walk_streams(at_once) : done;
        done = done ? recomputed_.fold() : done;
        done = done ? compare() : done;
        done = done ? check_intake() : done;
        const auto newest_now = done ? store_.slice_known_at(Instant::max()) : newest;
        if (!done || !newest_now) {
            return std::unexpected(done ? newest_now.error() : done.error());
        }
        return *newest == *newest_now ? std::optional(std::move(found_)) : std::nullopt;
    }

  private:
    void problem(std::string words) {
        ++found_.problems;
        if (found_.first_problems.size() < problems_told) {
            found_.first_problems.push_back(std::move(words));
        }
    }

    Result<void> count() {
        auto find = store_.statement(
            "SELECT (SELECT count(*) FROM dossier) + (SELECT count(*) FROM dossier_history)"
        );
        if (!find) {
            return std::unexpected(find.error());
        }
        const auto total =
            (*find)->bind().first_row([](const Statement& row) { return row.integer(0); });
        total_ = total ? total->value_or(0) : 0;
        return total ? Result<void>{} : std::unexpected(total.error());
    }

    Result<void> walk_streams(std::int64_t at_once) {
        auto facts = facts_known(store_, /*payment_source=*/0, /*known_slice=*/greatest_key);
        auto find = store_.statement(streams_sql);
        if (!facts || !find) {
            return std::unexpected(facts ? find.error() : facts.error());
        }
        facts_ = *std::move(facts);
        std::int64_t read_now = at_once;
        while (read_now == at_once) {
            read_now = 0;
            const Last from = last_.value_or(Last{least_key - 1, 0, std::nullopt});
            Result<void> visited;
            (*find)->bind(from.id, from.version, at_once);
            const auto read = (*find)->for_each_row([&](const Statement& row) {
                ++read_now;
                const auto ends = row.integer_or_null(row_column_count);
                visited = visited ? visit(read_row(row), ends) : visited;
            });
            if (!read || !visited) {
                return read ? visited : read;
            }
        }
        return {};
    }

    Result<void> visit(DossierRow row, std::optional<std::int64_t> ends) {
        constexpr std::int64_t told_every = 10'000;
        if (++found_.versions % told_every == 0) {
            progress_(found_.versions, total_);
            if (stop_.stop_requested()) {
                return fail(ErrorKind::Stopped, "stopped before its end");
            }
        }
        const std::string where = fmt::format("dossier {:#x}, version {}", row.id, row.version);
        if (content_of(row) != row.content) {
            problem(where + ": its fields are not those that were stored (content)");
        }
        check_order(row, ends, where);
        last_ = Last{row.id, row.version, ends};
        return ends ? Result<void>{} : recomputed_.add(contribution(row, facts_));
    }

    void check_order(
        const DossierRow& row, std::optional<std::int64_t> ends, const std::string& where
    ) {
        const bool continues = last_ && last_->id == row.id;
        if (row.version != (continues ? last_->version + 1 : 1)) {
            problem(where + ": a version before it is missing");
        } else if (continues && last_->ends != row.slice) {
            problem(where + ": it does not begin where the one before it ends");
        }
        if (ends && *ends < row.slice) {
            problem(where + ": it ends before it begins");
        }
    }

    Result<void> check_intake() {
        auto find = store_.statement(intake_sql);
        if (!find) {
            return std::unexpected(find.error());
        }
        (*find)->bind(agency);
        return (*find)->for_each_row([&](const Statement& row) { problem(row.text(0)); });
    }

    /// The rollups as they are on file with those of the versions.
    Result<void> compare() {
        auto find = store_.statement(
            "SELECT day, source, unit, counts, paid FROM rollup WHERE agency = ?"
            " ORDER BY day, source, unit"
        );
        if (!find) {
            return std::unexpected(find.error());
        }
        auto expected = recomputed_.rows().begin();
        const auto end = recomputed_.rows().end();
        (*find)->bind(agency);
        const auto read = (*find)->for_each_row([&](const Statement& row) {
            const RollupRow stored{
                {row.integer(0), row.integer(1), row.integer(2)}, row.text(3), row.text(4)};
            ++found_.rollup_rows;
            for (; expected != end && expected->first < stored.key; ++expected) {
                compare({expected->first, {}, {}}, expected->second);
            }
            const bool is_known = expected != end && expected->first == stored.key;
            compare(stored, is_known ? expected->second : RollupRow{stored.key, {}, {}});
            expected = is_known ? std::next(expected) : expected;
        });
        for (; read && expected != end; ++expected) {
            compare({expected->first, {}, {}}, expected->second);
        }
        return read;
    }

    void compare(const RollupRow& stored, const RollupRow& expected) {
        if (stored == expected) {
            return;
        }
        auto found = differences(stored, expected);
        if (!found) {
            problem(found.error().message);
            return;
        }
        for (std::string& difference : *found) {
            problem(std::move(difference));
        }
    }

    struct Last {
        std::int64_t id;
        std::int64_t version;
        std::optional<std::int64_t> ends;
    };

    Store& store_;
    const VerifyProgress& progress_;
    std::stop_token stop_;
    Verification found_;
    std::int64_t total_ = 0;
    std::vector<PaymentFact> facts_;
    Recomputed recomputed_;
    std::optional<Last> last_;
};

}  // namespace

Result<Verification> verify_beside(
    Store& store, const VerifyProgress& progress, const std::stop_token& stop
) {
    for (int walk = 0; walk < walks_beside_a_writer; ++walk) {
        auto found = Verifier(store, progress, stop).run(versions_at_once);
        if (!found || *found) {
            return found ? Result<Verification>(**std::move(found))
                         : failed("verify", found.error());
        }
    }
    return fail(ErrorKind::Transient, "verify: the store was written to all the time");
}

Result<Verification> Store::verify(const VerifyProgress& progress) {
    // On PostgreSQL readers and writers do not wait for each other.
    if (database_->dialect() == Dialect::Sqlite) {
        auto found = verify_beside(*this, progress, {});
        if (found || found.error().kind != ErrorKind::Transient) {
            return found;
        }
    }
    auto snapshot = Transaction::read(*database_);  // all of it as it stands at one moment
    if (!snapshot) {
        return failed("verify", snapshot.error());
    }
    auto found = Verifier(*this, progress).run(std::numeric_limits<std::int64_t>::max());
    if (found && !*found) {
        return fail(ErrorKind::Io, "verify: the store changed within one transaction");
    }
    return found ? Result<Verification>(**std::move(found)) : failed("verify", found.error());
}

}  // namespace thidua::store
