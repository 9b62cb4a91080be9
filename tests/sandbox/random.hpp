// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// A random stream of our own, since std::uniform_int_distribution gives other numbers on other
// libraries, and a world has to be the same wherever it is made.

#pragma once

#include <cstdint>

namespace thidua::sandbox {

/// The finaliser of splitmix64: spreads every bit of `value` over the whole result.
constexpr std::uint64_t mix(std::uint64_t value) {
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

/// Independent streams for what is drawn of one thing, so that a change in one leaves the others.
enum class Salt : std::uint64_t {
    Draft = 1,
    Life,
    Payment,
    Person,
    Id,
    National,
    Fault,
    Token,
    Mishap
};

/// A number that belongs to (seed, number, salt) and to nothing else.
constexpr std::uint64_t stream_seed(std::uint64_t seed, std::uint64_t number, Salt salt) {
    const auto salted = mix(number + 0x632BE59BD9B4E019ULL) + static_cast<std::uint64_t>(salt);
    return mix(mix(seed + 0x9E3779B97F4A7C15ULL) ^ mix(salted));
}

class Random {
  public:
    explicit constexpr Random(std::uint64_t seed) : state_{seed} {}

    constexpr std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        return mix(state_);
    }

    /// 0 to `count` - 1; `count` is above 0.
    constexpr std::int64_t below(std::int64_t count) {
        return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(count));
    }

    /// `first` to `last`, both included.
    constexpr std::int64_t between(std::int64_t first, std::int64_t last) {
        return first + below(last - first + 1);
    }

    constexpr bool per_mille(std::int64_t share) { return below(1000) < share; }

  private:
    std::uint64_t state_;
};

}  // namespace thidua::sandbox
