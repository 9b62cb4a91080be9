// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.hpp"
#include "store/store.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace thidua::crash {

/// Where the witness of a store on PostgreSQL lies: the loop and its children find it by the URL.
[[nodiscard]] std::filesystem::path folder_of(const std::string& url);

/// Opens the store at `where`, a path or a postgresql:// URL, for writing. Killed in a transaction,
/// a life may still be seen by PostgreSQL for a moment, and the store is refused, as it is to a
/// daemon, which systemd starts again: tries for 20 s, and calls `on_held` each time.
[[nodiscard]] Result<store::Store> open_store(
    const std::string& where, const std::function<void()>& on_held
);

}  // namespace thidua::crash
