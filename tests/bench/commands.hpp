// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The commands of thidua-bench. Each runs in a process of its own and prints one measurement.
#pragma once

#include "core/result.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace thidua::bench {

/// What a command works on; each takes what it needs.
struct Files {
    std::filesystem::path pages;
    std::string store;  ///< a SQLite file, or postgresql://...
};

// read.cpp: bounds that no ingest can pass

enum class Reading { Bytes, Xxh3, Sha256, Decode };
[[nodiscard]] Result<void> run_read(Reading reading, const Files& files);
/// Raw insert of decoded rows into a new file; the decoding is not timed.
[[nodiscard]] Result<void> run_raw(const Files& files);

// ingest.cpp

enum class Threads { One, Two };
/// Publishes every slice of the pages, as one complete pull. Into a store that holds them already,
/// this is the re-pull record by record.
[[nodiscard]] Result<void> run_publish(
    const std::string& name, Threads threads, const Files& files
);
/// Publishes what the store has not seen with the same print: read, hash, look up.
[[nodiscard]] Result<void> run_repull(const Files& files);
/// Publishes a success for each reference that the pages name as paid.
[[nodiscard]] Result<void> run_payments(const Files& files);

// reports.cpp

/// Standings of the window, `repeats` times; with `known_at`, as known then.
[[nodiscard]] Result<void> run_standings(
    const std::string& name, const Files& files, int repeats, std::optional<std::string> known_at
);
/// Units' totals by a full scan of the current dossiers: of all of them, or of the same window.
enum class Scan { All, Month };
[[nodiscard]] Result<void> run_scan(Scan what, const Files& files, int repeats);
/// Dossiers, fee total and bytes of a store.
[[nodiscard]] Result<void> run_totals(const Files& files);

}  // namespace thidua::bench
