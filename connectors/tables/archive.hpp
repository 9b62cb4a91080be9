// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The zip around a workbook, opened with suspicion. Nothing is ever written to a path, so names can
// do no harm here; a file whose names try to was not made by an office program and is refused.
#pragma once

#include "connectors/tables/table.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct zip;

namespace thidua::connectors {

class Archive {
  public:
    /// Opens `bytes`, which must outlive the archive, and looks at every entry.
    ///
    /// Errors: Data if it is no whole zip, or an entry is encrypted, packed in an unusual way,
    /// named with `..`, from the root or like another one (names are compared as OPC does, without
    /// case), or a limit of file_bytes, entries, decoded_bytes or ratio is passed by what it
    /// declares.
    [[nodiscard]] static Result<Archive> open(std::string_view bytes, const TableLimits& limits);

    [[nodiscard]] bool has(std::string_view part) const;

    /// Hands on what `part` holds in pieces of up to 64 KiB. Errors: Data if there is no such part,
    /// its checksum is wrong (after the last piece), or it unpacks to more than it declares; and
    /// what `sink` returns.
    [[nodiscard]] Result<void> read(
        std::string_view part, const std::function<Result<void>(std::string_view)>& sink
    ) const;

  private:
    struct Close {
        void operator()(zip* handle) const;
    };
    struct Entry {
        std::uint64_t index = 0;
        std::uint64_t size = 0;
    };

    Result<void> add_entries(const TableLimits& limits);
    [[nodiscard]] Result<Entry> checked_entry(std::uint64_t index, const TableLimits& limits) const;

    std::unique_ptr<zip, Close> zip_;
    std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace thidua::connectors
