// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/tally_sums.hpp"

#include <algorithm>
#include <utility>

namespace thidua::store {
namespace {

bool has_same_key(const TallySum& one, const TallySum& other) {
    return one.procedure == other.procedure && one.unit == other.unit && one.day == other.day;
}

}  // namespace

std::int64_t day_number(Day day) {
    return day.time_since_epoch().count();
}

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

Day first_day_of_piece(const TallyQuery& query, Day day) {
    if (!query.breaks) {
        return day;
    }
    const auto next = std::ranges::upper_bound(*query.breaks, day);
    return next == query.breaks->begin() ? query.from : std::max(query.from, *(next - 1));
}

Result<Tally> to_tally(Store& store, Dictionary& dictionary, const TallySum& sum) {
    auto unit = dictionary.text(store, Term::Unit, sum.unit);
    auto procedure = dictionary.text(store, Term::Procedure, sum.procedure);
    if (!unit || !procedure) {
        return std::unexpected(unit ? procedure.error() : unit.error());
    }
    return Tally{
        sum.day,
        *std::move(unit),
        *std::move(procedure),
        sum.counts.received,
        sum.counts.online,
        sum.counts.owing,
        sum.paid};
}

TallySum& TallySums::of(const DayKey& key) {
    check(sums_.size() < empty, "TallySums: fewer sums than slots can name");
    if (2 * (sums_.size() + 1) > slots_.size()) {
        grow();
    }
    const Day day = first_day_of_piece(query_, Day{std::chrono::days{key.day}});
    const TallySum wanted{day, key.unit, key.procedure, {}, 0};
    std::uint32_t& slot = slots_[find_slot(wanted)];
    if (slot == empty) {
        slot = static_cast<std::uint32_t>(sums_.size());
        sums_.push_back(wanted);
    }
    return sums_[slot];
}

/// The slot of the sum with that key, or the empty one where it would be.
std::size_t TallySums::find_slot(const TallySum& wanted) const {
    constexpr std::uint64_t odd = 0x9E37'79B9'7F4A'7C15;  // spreads neighbours over all bits
    std::uint64_t hash = static_cast<std::uint64_t>(day_number(wanted.day)) * odd;
    hash = (hash + static_cast<std::uint64_t>(wanted.unit)) * odd;
    hash = (hash + static_cast<std::uint64_t>(wanted.procedure)) * odd;
    const std::size_t mask = slots_.size() - 1;  // their number is a power of two
    std::size_t at = (hash >> 32U) & mask;
    while (slots_[at] != empty && !has_same_key(sums_[slots_[at]], wanted)) {
        at = (at + 1) & mask;
    }
    return at;
}

void TallySums::grow() {
    constexpr std::size_t least = 1024;
    slots_.assign(std::max(least, 2 * slots_.size()), empty);
    for (std::uint32_t at = 0; at < sums_.size(); ++at) {
        slots_[find_slot(sums_[at])] = at;
    }
}

}  // namespace thidua::store
