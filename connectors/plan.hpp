// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which slices a pull asks for, and when a reference is asked again. Pure.
#pragma once

#include "connectors/connector.hpp"
#include "core/records.hpp"
#include "core/source.hpp"
#include "core/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::connectors {

/// What the store remembers of a source between pulls.
struct Progress {
    std::optional<Instant> data_through;  ///< of the last complete pull
    std::optional<Instant> swept_at;      ///< start of the last pull that re-read everything
};

struct PullPlan {
    std::vector<Window> windows;  ///< oldest first; none for look-ups, which go by reference
    bool is_sweep = false;        ///< covers the whole campaign so far, or all that is not settled
};

/// The windows of a pull at `now` (one of the whole campaign for a catalogue, which knows none):
/// everything from `start` on when nothing was read yet or in the first pull of an ISO week (a
/// dossier of June may be paid in October), else from `cursor.lookback_days` before the last
/// complete pull. Window edges stay where they are from pull to pull, so that a slice can be
/// compared with its predecessor.
[[nodiscard]] PullPlan plan_pull(
    const SourceDescription& description, Day start, Day end, const Progress& progress, Instant now
);

/// The key of the slice of `window`: "2024-06-07/2024-06-20", or "2024-06" where months are asked
/// for, or "whole".
[[nodiscard]] std::string key_of(const SourceDescription& description, const Window& window);

/// The window that a key stands for; nothing for a key of no window, such as that of look-ups.
[[nodiscard]] std::optional<Window> window_of(std::string_view key);

/// When a reference last seen in `state` is to be asked again; nothing once it is settled
/// (failed or refunded). Succeeded: after a week; pending or unknown: after a delay that doubles
/// with each attempt, from 30 minutes to a day. A weekly sweep asks all that is not settled.
[[nodiscard]] std::optional<Instant> next_look_up(PaymentState state, int attempts, Instant asked);

}  // namespace thidua::connectors
