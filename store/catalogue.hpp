// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What catalogues say of procedures, version by version. Private to store/.
#pragma once

#include "core/records.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace thidua::store {

class Store;

/// A procedure as a catalogue has it on file.
struct ListedProcedure {
    ProcedureRecord record;
    bool is_listed = true;

    friend bool operator==(const ListedProcedure&, const ListedProcedure&) = default;
};

using ListedProcedures = std::map<std::string, ListedProcedure, std::less<>>;

/// What `source` says now, by code.
[[nodiscard]] Result<ListedProcedures> listed_procedures(Store& store, std::int64_t source);

/// What differs from `known`, as it is to be put on file; for a whole catalogue also what it does
/// not have any more. Pure.
[[nodiscard]] std::vector<ListedProcedure> catalogue_news(
    const ListedProcedures& known, std::span<const ProcedureRecord> records, bool is_whole
);

}  // namespace thidua::store
