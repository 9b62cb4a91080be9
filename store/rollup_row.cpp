// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/rollup_row.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

namespace thidua::store {
namespace {

constexpr unsigned bits_a_byte = 7;
constexpr std::uint64_t more = 0x80;

/// Of the seventh byte: no number of a dictionary, day or count comes near 2^48, and sums of such
/// numbers stay far from 2^63.
constexpr unsigned shift_max = 42;

void put(std::string& bytes, std::uint64_t number) {
    for (; number >= more; number >>= bits_a_byte) {
        bytes += static_cast<char>((number & (more - 1)) | more);
    }
    bytes += static_cast<char>(number);
}

/// Small on either side of 0 stays short.
void put_signed(std::string& bytes, std::int64_t number) {
    const auto bits = static_cast<std::uint64_t>(number);
    put(bytes, number < 0 ? ~(bits << 1U) : bits << 1U);
}

/// The numbers of a text that `put` wrote, one after another.
class Numbers {
  public:
    explicit Numbers(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    /// True if a number ended too soon or was too long; what was read since is worth nothing then.
    [[nodiscard]] bool is_damaged() const { return is_damaged_; }

    std::int64_t take() { return static_cast<std::int64_t>(next()); }
    std::int64_t take_signed() {
        const std::uint64_t bits = next();
        return static_cast<std::int64_t>((bits & 1U) != 0 ? ~(bits >> 1U) : bits >> 1U);
    }

  private:
    std::uint64_t next() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift <= shift_max && !rest_.empty(); shift += bits_a_byte) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            number |= (byte & (more - 1)) << shift;
            if (byte < more) {
                return number;
            }
        }
        is_damaged_ = true;
        rest_ = {};
        return 0;
    }

    std::string_view rest_;
    bool is_damaged_ = false;
};

void put_counts(std::string& bytes, std::int64_t distance, const DayCounts& counts) {
    put(bytes, static_cast<std::uint64_t>(distance));
    put_signed(bytes, counts.received);
    put_signed(bytes, counts.online);
    put_signed(bytes, counts.owing);
}

void put_paid(
    std::string& bytes, std::int64_t distance, const PaidKey& paid, std::int64_t dossiers
) {
    put(bytes, static_cast<std::uint64_t>(distance));
    put(bytes, static_cast<std::uint64_t>(paid.way));
    put(bytes, static_cast<std::uint64_t>(paid.payment_source));
    put_signed(bytes, paid.settled_day);
    put_signed(bytes, dossiers);
}

bool is_way(std::int64_t way) {
    return way >= static_cast<std::int64_t>(PaidBy::Dvcqg) &&
           way <= static_cast<std::int64_t>(PaidBy::FlagProvince);
}

/// False if the bytes are none of pack()'s.
bool unpack_counts(const RollupRow& row, RollupChange& sums) {
    Numbers numbers(row.counts);
    DayKey key{row.key.day, row.key.source, row.key.unit, 0};
    while (!numbers.at_end()) {
        key.procedure += numbers.take();
        DayCounts counts;
        counts.received = numbers.take_signed();
        counts.online = numbers.take_signed();
        counts.owing = numbers.take_signed();
        if (numbers.is_damaged()) {
            return false;
        }
        sums.days.emplace_back(key, counts);
    }
    return true;
}

bool unpack_paid(const RollupRow& row, RollupChange& sums) {
    Numbers numbers(row.paid);
    PaidKey key{{row.key.day, row.key.source, row.key.unit, 0}, PaidBy::Dvcqg, 0, 0};
    while (!numbers.at_end()) {
        key.received.procedure += numbers.take();
        const std::int64_t way = numbers.take();
        key.payment_source = numbers.take();
        key.settled_day = numbers.take_signed();
        const std::int64_t dossiers = numbers.take_signed();
        if (numbers.is_damaged() || !is_way(way)) {
            return false;
        }
        key.way = static_cast<PaidBy>(way);
        sums.paid.emplace_back(key, dossiers);
    }
    return true;
}

}  // namespace

std::vector<RollupRow> pack(const RollupChange& settled) {
    std::vector<RollupRow> rows;
    auto paid = settled.paid.begin();
    auto day = settled.days.begin();
    while (day != settled.days.end() || paid != settled.paid.end()) {
        const bool day_is_first =
            paid == settled.paid.end() ||
            (day != settled.days.end() && row_of(day->first) <= row_of(paid->first.received));
        RollupRow& row = rows.emplace_back();
        row.key = row_of(day_is_first ? day->first : paid->first.received);
        std::int64_t before = 0;
        for (; day != settled.days.end() && row_of(day->first) == row.key; ++day) {
            put_counts(row.counts, day->first.procedure - before, day->second);
            before = day->first.procedure;
        }
        before = 0;
        for (; paid != settled.paid.end() && row_of(paid->first.received) == row.key; ++paid) {
            put_paid(row.paid, paid->first.received.procedure - before, paid->first, paid->second);
            before = paid->first.received.procedure;
        }
    }
    return rows;
}

Result<void> unpack(const RollupRow& row, RollupChange& sums) {
    if (unpack_counts(row, sums) && unpack_paid(row, sums)) {
        return {};
    }
    return fail(
        ErrorKind::Io,
        fmt::format(
            "rollup of day {}, source {}, unit {}: damaged; restore the last backup",
            row.key.day,
            row.key.source,
            row.key.unit
        )
    );
}

}  // namespace thidua::store
