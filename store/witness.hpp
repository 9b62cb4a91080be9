// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What stands outside the database and remembers how far its audit chain went, so that a database
// that lost its end, or was replaced by an older one, is found out (docs/decisions/0011).
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::store {

/// One line: at `at` the chain's newest entry was number `height`, with `hash`.
struct WitnessLine {
    std::int64_t epoch = 1;   ///< begins anew with each restore
    std::int64_t height = 0;  ///< 0: no entry yet
    std::string hash;         ///< empty at height 0
    Instant at;

    friend bool operator==(const WitnessLine&, const WitnessLine&) = default;
};

/// "1 12 5f0a... 1718575200000 9c56cc51", without the line's end. The last word is a check sum of
/// those before.
[[nodiscard]] std::string to_text(const WitnessLine& line);

/// Nothing if the line is torn or was altered.
[[nodiscard]] std::optional<WitnessLine> parse_witness_line(std::string_view text);

/// The file STORE.witness: lines are appended to it after each commit.
class Witness {
  public:
    enum class Sync { No, Yes };

    /// A file that grew beyond this keeps its last line only.
    static constexpr std::uintmax_t bytes_max = 1024 * 1024;

    explicit Witness(const std::filesystem::path& store_path);

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    /// Every whole line, oldest first; none if there is no file. What a crash tore is left out.
    [[nodiscard]] Result<std::vector<WitnessLine>> read() const;

    [[nodiscard]] Result<std::optional<WitnessLine>> last() const;

    /// Appends a line; with Sync::Yes it is on the disk, and all before it, when this returns.
    [[nodiscard]] Result<void> append(const WitnessLine& line, Sync sync);

  private:
    [[nodiscard]] Result<void> mend_tail() const;
    [[nodiscard]] Result<std::uintmax_t> write_line(std::string_view text, Sync sync) const;

    std::filesystem::path path_;
    bool is_mended_ = false;  ///< the file ends with a line's end, or is not there
};

}  // namespace thidua::store
