// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The texts that a workbook keeps once for all its cells.
#pragma once

#include "connectors/tables/archive.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::connectors {

/// All texts one behind the other, so that a million of them cost what they are long.
class SharedStrings {
  public:
    /// Reads the part: runs of different looks as one text, phonetic hints left out, NFC, trimmed.
    /// Errors: Data if it is damaged, or larger than shared_string_bytes or cell_bytes allow.
    [[nodiscard]] static Result<SharedStrings> read(
        const Archive& archive, std::string_view part, const TableLimits& limits
    );

    [[nodiscard]] std::optional<std::string_view> find(std::uint64_t index) const;

  private:
    friend class SharedStringsHandler;

    std::string texts_;
    std::vector<std::size_t> ends_;
};

/// `_x000D_` in a workbook's text stands for the letter with that number, `_x005F_` for the
/// underscore before something that only looks so.
[[nodiscard]] std::string without_escapes(std::string_view text);

}  // namespace thidua::connectors
