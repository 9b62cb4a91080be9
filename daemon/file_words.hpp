// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What became of a file, in the words of those who handed it in.
#pragma once

#include "core/slice.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace thidua::daemon {

/// The sentence of an error about a file, in Vietnamese: the place stays, the reason is translated.
/// One that has no translation stands behind "lỗi khác:" as it is.
[[nodiscard]] std::string vietnamese_reason(std::string_view message);

/// The note beside a file of which nothing was taken: why, and what to do.
[[nodiscard]] std::string rejection_note(
    const std::string& name, const std::string& when, std::string_view message
);

/// The note beside a file of which some rows were not taken.
[[nodiscard]] std::string partial_note(
    const std::string& name,
    const std::string& when,
    std::int64_t records,
    std::span<const Rejected> rejected
);

}  // namespace thidua::daemon
