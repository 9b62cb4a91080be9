// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/backup.hpp"
#include "store/store.hpp"

#include <filesystem>

namespace thidua::store {

/// All the steps of a backup, one after another.
inline Result<void> back_up(
    Store& store, const std::filesystem::path& target, const ProgressSink& told = {}
) {
    const auto run = BackupRun::begin(store, target);
    if (!run) {
        return std::unexpected(run.error());
    }
    CopyState state;
    while (!state.is_whole) {
        const auto next = (*run)->step();
        if (!next) {
            return std::unexpected(next.error());
        }
        state = *next;
        tell(told, state.done, state.total);
    }
    auto done = (*run)->check_pages();
    return done ? (*run)->finish(store) : done;
}

}  // namespace thidua::store
