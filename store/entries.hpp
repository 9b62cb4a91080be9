// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What people put on file, row by row, as the audit chain tells of it. Private to store/.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "store/audit.hpp"
#include "store/database.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::store {

class Store;

/// The kinds of such notes.
inline constexpr std::array<std::string_view, 11> entry_kinds{
    "decided",
    "evidence-filed",
    "evidence-ruled",
    "procedure-reviewed",
    "nomination-received",
    "alerts-seen",
    "alert-changed",
    "alert-step",
    "silenced",
    "silence-ended",
    "urging"};

/// An instant by which everything is known.
inline constexpr Instant ever{std::chrono::milliseconds{std::numeric_limits<std::int64_t>::max()}};

/// Offers the rows of `select` that were recorded by `known_at`; its two parameters are the agency
/// and that instant.
[[nodiscard]] Result<void> for_each_entry(
    Store& store,
    std::string_view select,
    Instant known_at,
    const std::function<void(const Statement& row)>& visit
);

// How a value is written: into a table, and into a note.

[[nodiscard]] std::optional<std::int64_t> day_number(const std::optional<Day>& day);
[[nodiscard]] std::optional<Day> day_or_null(const Statement& row, int column);
[[nodiscard]] std::string field_of(Instant instant);
[[nodiscard]] std::string field_of(const std::optional<Day>& day);

// Adds a note for each row of a table.

[[nodiscard]] Result<void> add_decision_notes(Store& store, std::vector<AuditNote>& notes);
[[nodiscard]] Result<void> add_evidence_notes(Store& store, std::vector<AuditNote>& notes);
[[nodiscard]] Result<void> add_review_notes(Store& store, std::vector<AuditNote>& notes);
[[nodiscard]] Result<void> add_receipt_notes(Store& store, std::vector<AuditNote>& notes);
[[nodiscard]] Result<void> add_alert_notes(Store& store, std::vector<AuditNote>& notes);
[[nodiscard]] Result<void> add_silence_notes(Store& store, std::vector<AuditNote>& notes);
[[nodiscard]] Result<void> add_urging_notes(Store& store, std::vector<AuditNote>& notes);
/// Of all of them.
[[nodiscard]] Result<void> add_entry_notes(Store& store, std::vector<AuditNote>& notes);

}  // namespace thidua::store
