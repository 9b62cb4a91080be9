// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/source.hpp"

#include <cstdint>

namespace thidua::connectors {

/// A number for everything that decides what an answer becomes: mapping, paths, values, filter, and
/// this program's own way of reading. The same answers under another number may be other records.
/// How and whom to ask is no part of it.
[[nodiscard]] std::uint64_t print_of_reading(const SourceDescription& description);

}  // namespace thidua::connectors
