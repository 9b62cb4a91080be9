// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Pages -> slices, with the readers of connectors/ and the preset that ships: what a pull does
// between the connection and the store. The one file here that knows how connectors/ decodes.
#pragma once

#include "core/result.hpp"
#include "core/slice.hpp"
#include "tests/bench/page_file.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace thidua::bench {

/// Pages that are published together: 5,000 records a transaction.
inline constexpr int pages_a_slice = 5;

/// A slice and its print.
struct PrintedSlice {
    Slice slice;
    std::uint64_t print = 0;
    std::int64_t records = 0;  ///< that came, with those that came twice
};

/// Reads a page file slice by slice.
class SliceReader {
  public:
    /// Errors: Io, or Config if the preset cannot be carried out.
    [[nodiscard]] static Result<SliceReader> open(const std::filesystem::path& pages);
    SliceReader(SliceReader&&) noexcept;
    SliceReader& operator=(SliceReader&&) = delete;
    ~SliceReader();

    /// The next slice, decoded, or nothing after the last. Errors: Io, Contract, Data.
    [[nodiscard]] Result<std::optional<PrintedSlice>> next();

    /// Its key and print alone: what a re-pull looks at first. The pages are kept for decode().
    struct Seen {
        std::string key;
        std::uint64_t print = 0;
        std::int64_t bytes = 0;
    };
    [[nodiscard]] Result<std::optional<Seen>> look();

    /// The slice that look() saw last.
    [[nodiscard]] Result<PrintedSlice> decode();

  private:
    struct State;
    explicit SliceReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace thidua::bench
