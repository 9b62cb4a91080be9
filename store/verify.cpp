// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Recomputes everything that can be recomputed: contents from rows, intervals from each other,
// rollups from versions.
#include "store/verify.hpp"

#include "store/dossier_key.hpp"
#include "store/row_columns.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"
#include "store/version_scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace thidua::store {
namespace {

constexpr std::size_t problems_told = 20;

// The history of a stream before its current row, which has no end.
const std::string streams_sql = fmt::format(
    "SELECT {0}, CAST(until_slice AS BIGINT) AS ends FROM dossier_history"
    " WHERE id BETWEEN {1} AND {2}"
    " UNION ALL SELECT {0}, CAST(NULL AS BIGINT) FROM dossier WHERE id BETWEEN {1} AND {2}"
    " ORDER BY id, version",
    row_columns,
    least_key,
    greatest_key
);

/// Walks through all versions, stream after stream.
class Verifier {
  public:
    Verifier(Store& store, const VerifyProgress& progress) : store_(store), progress_(progress) {}

    Result<Verification> run() {
        Result<void> done = count();
        done = done ? walk_streams() : done;
        settle(recomputed_);
        done = done ? compare_days() : done;
        done = done ? compare_paid() : done;
        return done ? Result<Verification>(std::move(found_)) : std::unexpected(done.error());
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

    Result<void> walk_streams() {
        auto facts = facts_known(store_, /*payment_source=*/0, /*known_slice=*/greatest_key);
        auto find = store_.statement(streams_sql);
        if (!facts || !find) {
            return std::unexpected(facts ? find.error() : facts.error());
        }
        facts_ = *std::move(facts);
        (*find)->bind();
        return (*find)->for_each_row([&](const Statement& row) {
            visit(read_row(row), row.integer_or_null(row_column_count));
        });
    }

    void visit(DossierRow row, std::optional<std::int64_t> ends) {
        constexpr std::int64_t told_every = 10'000;
        constexpr std::size_t settled_every = 200'000;
        if (++found_.versions % told_every == 0) {
            progress_(found_.versions, total_);
        }
        const std::string where = fmt::format("dossier {:#x}, version {}", row.id, row.version);
        if (content_of(row) != row.content) {
            problem(where + ": its fields are not those that were stored (content)");
        }
        check_order(row, ends, where);
        if (!ends) {
            add(recomputed_, contribution(row, facts_), 1);
            if (recomputed_.days.size() > settled_size_ + settled_every) {
                settle(recomputed_);
                settled_size_ = recomputed_.days.size();
            }
        }
        last_ = Last{row.id, row.version, ends};
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

    Result<void> compare_days() {
        auto find = store_.statement(
            "SELECT day, source, unit, procedure, received, online, owing FROM day_count"
            " WHERE agency = ? ORDER BY day, source, unit, procedure"
        );
        if (!find) {
            return std::unexpected(find.error());
        }
        auto expected = recomputed_.days.begin();
        (*find)->bind(agency);
        const auto read = (*find)->for_each_row([&](const Statement& row) {
            const DayKey key{row.integer(0), row.integer(1), row.integer(2), row.integer(3)};
            const DayCounts counts{row.integer(4), row.integer(5), row.integer(6)};
            ++found_.rollup_rows;
            for (; expected != recomputed_.days.end() && expected->first < key; ++expected) {
                problem(words(expected->first) + ": a row of day_count is missing");
            }
            if (expected == recomputed_.days.end() || expected->first != key) {
                problem(words(key) + ": day_count has a row that no version accounts for");
                return;
            }
            if (expected->second != counts) {
                problem(fmt::format(
                    "{}: day_count has {}/{}/{} received/online/owing, the versions {}/{}/{}",
                    words(key),
                    counts.received,
                    counts.online,
                    counts.owing,
                    expected->second.received,
                    expected->second.online,
                    expected->second.owing
                ));
            }
            ++expected;
        });
        for (; read && expected != recomputed_.days.end(); ++expected) {
            problem(words(expected->first) + ": a row of day_count is missing");
        }
        return read;
    }

    Result<void> compare_paid() {
        auto find = store_.statement(
            "SELECT day, source, unit, procedure, way, payment_source, settled_day, dossiers"
            " FROM paid_count WHERE agency = ?"
            " ORDER BY day, source, unit, procedure, way, payment_source, settled_day"
        );
        if (!find) {
            return std::unexpected(find.error());
        }
        auto expected = recomputed_.paid.begin();
        (*find)->bind(agency);
        const auto read = (*find)->for_each_row([&](const Statement& row) {
            const PaidKey key{
                {row.integer(0), row.integer(1), row.integer(2), row.integer(3)},
                static_cast<PaidBy>(row.integer(4)),
                row.integer(5),
                row.integer(6)};
            ++found_.rollup_rows;
            for (; expected != recomputed_.paid.end() && expected->first < key; ++expected) {
                problem(words(expected->first.received) + ": a row of paid_count is missing");
            }
            const bool is_known = expected != recomputed_.paid.end() && expected->first == key;
            if (!is_known || expected->second != row.integer(7)) {
                problem(fmt::format(
                    "{}: paid_count has {} dossiers, the versions {}",
                    words(key.received),
                    row.integer(7),
                    is_known ? expected->second : 0
                ));
            }
            expected += is_known ? 1 : 0;
        });
        for (; read && expected != recomputed_.paid.end(); ++expected) {
            problem(words(expected->first.received) + ": a row of paid_count is missing");
        }
        return read;
    }

    static std::string words(const DayKey& key) {
        return fmt::format(
            "{}, source {}, unit {}, procedure {}",
            thidua::to_text(Day{std::chrono::days{key.day}}),
            key.source,
            key.unit,
            key.procedure
        );
    }

    struct Last {
        std::int64_t id;
        std::int64_t version;
        std::optional<std::int64_t> ends;
    };

    Store& store_;
    const VerifyProgress& progress_;
    Verification found_;
    std::int64_t total_ = 0;
    std::vector<PaymentFact> facts_;
    RollupChange recomputed_;
    std::size_t settled_size_ = 0;
    std::optional<Last> last_;
};

}  // namespace

Result<Verification> Store::verify(const VerifyProgress& progress) {
    auto snapshot = Transaction::read(*database_);  // all of it as it stands at one moment
    if (!snapshot) {
        return failed("verify", snapshot.error());
    }
    auto found = Verifier(*this, progress).run();
    return found ? std::move(found) : failed("verify", found.error());
}

}  // namespace thidua::store
