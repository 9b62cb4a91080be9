// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the store counts and the rules add up: the one shape that passes between them.
#pragma once

#include "core/campaign.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua {

/// Received dossiers of one piece of the window (TallyQuery::breaks), unit code and procedure code,
/// counted.
///
/// The codes are the source's, in canonical form; rules/ maps them to units and procedures, so a
/// corrected mapping needs no new counting.
struct Tally {
    Day day;  ///< of acceptance; the first day of the piece, whether or not anything came on it
    std::string unit_code;
    std::string procedure_code;
    std::int64_t received = 0;
    std::int64_t online = 0;  ///< of those received: channel online
    std::int64_t owing = 0;   ///< of those received: not every fee of theirs is 0
    std::int64_t paid = 0;    ///< of those owing: paid online as the query's options say

    friend bool operator==(const Tally&, const Tally&) = default;
};

/// Which dossiers to count, and what counts as paid.
struct TallyQuery {
    std::string system_of_record;  ///< source of receipt, channel, unit, status and fees
    std::string payment_record;    ///< source of payment states; empty: nothing counts as paid
    Day from;                      ///< first acceptance day
    Day to;                        ///< last acceptance day, and last day of a payment
    Instant known_at;              ///< by what was recorded at or before
    bool dvcqg_gateway = true;
    bool province_gateway = false;
    PaymentEvidence evidence = PaymentEvidence::Platform;
    /// How finely to count. Nothing: each acceptance day is a piece by itself. Otherwise days,
    /// ascending, at which a new piece begins: the first one begins on `from`, and each ends
    /// before the next break or on `to`. Breaks outside the window do not matter; without any the
    /// whole window is one piece.
    std::optional<std::vector<Day>> breaks;
};

/// A dossier that a query counts otherwise than it did: what it adds to the tallies, each count 0
/// or 1, at an earlier instant and at the query's.
struct TallyChange {
    std::optional<Tally> before;  ///< nothing: it was not counted
    std::optional<Tally> now;     ///< the same
    bool was_received = false;    ///< on whatever day, in the window or not
    bool is_received = false;

    friend bool operator==(const TallyChange&, const TallyChange&) = default;
};

/// The tallies of a query as they were known at an earlier instant, and what makes them what they
/// are as known at the query's: they differ by the sum of the changes.
struct TalliesSince {
    std::vector<Tally> then;
    std::vector<TallyChange> changes;
};

/// How a source stood at an instant, as the store knows it.
struct SourceStatus {
    enum class State {
        Fresh,
        Stale,   ///< its newest complete pull is older than its limit
        Failed,  ///< its last pull failed
        Never,   ///< it never gave a complete answer
    };
    std::string name;
    State state = State::Never;
    std::optional<Instant> data_through;
    bool past_limit = true;  ///< data_through is older than the source's freshness limit, or absent
    std::string last_error;  ///< of the last pull, if it failed
    std::string title;  ///< as readers know it, "Cổng Dịch vụ công quốc gia"; empty: `name`

    friend bool operator==(const SourceStatus&, const SourceStatus&) = default;
};

/// "fresh", "stale", "failed", "never"
[[nodiscard]] std::string_view to_text(SourceStatus::State state);

}  // namespace thidua
