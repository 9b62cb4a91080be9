// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The yardstick: the rows of the store's table of current dossiers, put into SQLite by the
// shortest way there is. No history, no rollup, no proof of completeness, no decoding.
#pragma once

#include "core/records.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace thidua::bench {

/// A dossier ready to be inserted. Units, procedures and keys are resolved while inserting.
struct RawRow {
    std::string code;
    std::string unit;
    std::string procedure;
    int channel = 0;
    int status = 0;
    std::int64_t applied_at = 0;  ///< milliseconds since 1970, 0: none
    std::int64_t accepted_at = 0;
    std::int64_t due_at = 0;
    std::int64_t finished_at = 0;
    std::int64_t fee_count = 0;
    std::int64_t fee_total = 0;
    int paid_flag = 0;
    std::string payments;
    std::int64_t content = 0;
    std::vector<std::string> references;  ///< through dvcqg
};

[[nodiscard]] RawRow raw_row(const DossierRecord& record);

/// agency 8 bits | day 16 | number 20 | its width 2 | issuer 12 | source 5, out of a canonical
/// code. Errors: Data if the code has another shape.
struct CodeParts {
    std::string_view issuer;
    std::int64_t day = 0;  ///< since 1970
    std::int64_t number = 0;
    std::int64_t width = 0;  ///< digits of the number, less one, two bits
};
[[nodiscard]] Result<CodeParts> split_code(std::string_view code);
[[nodiscard]] std::int64_t pack(const CodeParts& parts, std::int64_t issuer);

/// Upserts rows into a SQLite file of its own.
class RawInserter {
  public:
    /// Makes the file and its tables. Errors: Io.
    [[nodiscard]] static Result<RawInserter> create(const std::filesystem::path& file);
    RawInserter(RawInserter&&) noexcept;
    RawInserter& operator=(RawInserter&&) = delete;
    ~RawInserter();

    /// One transaction. Errors: Io, Data.
    [[nodiscard]] Result<void> insert(std::span<const RawRow> rows, std::int64_t slice);

  private:
    struct State;
    explicit RawInserter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace thidua::bench
