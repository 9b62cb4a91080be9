// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A made-up source without an end, which says the same in every life of a process: slice 7 is a
// function of the number 7. So what must be in a store can be told without having seen it made.
#pragma once

#include "core/slice.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <string>

namespace thidua::crash {

/// Few, so that a pull is often cut.
inline constexpr std::int64_t slices_each_pull = 5;

inline constexpr const char* dossier_source = "tthc";
inline constexpr const char* payment_source = "platform";

/// One slice; its key is its number, counted from 1 over all sources.
struct MadeUpSlice {
    std::string source;
    Instant at;
    Slice slice;
};

[[nodiscard]] MadeUpSlice slice_of(std::int64_t number);

/// When slice `number` is published.
[[nodiscard]] Instant instant_of(std::int64_t number);

/// The slice that was published at `at`; the way back from instant_of().
[[nodiscard]] std::int64_t number_at(Instant at);

/// The last slice of the pull that slice `number` is in.
[[nodiscard]] std::int64_t end_of_pull(std::int64_t number);

/// What a money amount of the made-up source tells: whose it is, and which of its few revisions.
/// Everything else that a record says follows from these two.
struct Saying {
    std::int64_t subject = 0;
    int revision = 0;
    friend bool operator==(const Saying&, const Saying&) = default;
};
[[nodiscard]] std::int64_t amount_of(const Saying& saying);
[[nodiscard]] Saying saying_of(std::int64_t amount);

/// The status of a dossier in that revision.
[[nodiscard]] int status_of(int revision);

/// The reference of the payment `subject`.
[[nodiscard]] std::string reference_of(std::int64_t subject);

}  // namespace thidua::crash
