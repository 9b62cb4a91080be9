// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// iGate's dossier search and its fees by dossier (domain.md 4.2), quirks included: bounds that are
// exclusive at the end, a `Z` that means local time, page numbers from 0.

#pragma once

#include "http_types.hpp"
#include "render.hpp"
#include "snapshot.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::sandbox {

/// Accepted or applied at or after `from` and before `to`.
struct Window {
    std::optional<Instant> from;
    std::optional<Instant> to;
    bool operator==(const Window&) const = default;
};

struct Filter {
    SortKey sort = SortKey::Updated;
    bool descending = true;
    Window accepted;
    Window applied;
    std::vector<int> statuses;  // none: all
    std::vector<int> channels;
    bool operator==(const Filter&) const = default;
};

class Search {
  public:
    /// `world` outlives the search.
    explicit Search(const World& world) : world_{world}, renderer_{world} {}

    /// Answers GET /pa/dossier/search for an authorised client.
    Reply find(std::string_view query, Snapshot& snapshot, Tamper tamper);
    /// Answers GET /pa/dossier-fee/--by-dossiers.
    [[nodiscard]] Reply fees(std::string_view query, const Snapshot& snapshot) const;
    /// Forgets the last result; to be called when the virtual time moves.
    void forget() { remembered_.reset(); }

  private:
    struct Remembered {
        Filter filter;
        std::vector<Row> rows;
    };
    const std::vector<Row>& matching(const Filter& filter, Snapshot& snapshot);

    const World& world_;
    Renderer renderer_;
    // Pages of one search are asked for one after another, so one result is worth keeping.
    std::optional<Remembered> remembered_;
};

}  // namespace thidua::sandbox
