// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What people decided and the program cannot compute: recorded once, with who, when and why, and
// never changed; a later decision on the same question takes its place.
#pragma once

#include "core/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace thidua {

enum class Outcome {
    Met,
    NotMet,
    NotApplicable,
};

/// "met", "not-met", "not-applicable"
[[nodiscard]] std::string_view to_text(Outcome outcome);

/// The reverse; nothing if `text` is none of the three.
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view text);

/// A body's word on one condition of one candidate.
struct Decision {
    std::string candidate;  ///< a unit's code, or an officer's id
    std::string key;        ///< the question (rules/award.hpp), such as "content/2/met"
    Outcome outcome = Outcome::Met;
    std::string body;  ///< id of the body whose word it is
    std::string by;    ///< who recorded it
    Instant at;
    std::string document{};  ///< number of the minutes or the paper it stands in; may be empty
    std::string note{};      ///< why; may be empty

    friend bool operator==(const Decision&, const Decision&) = default;
};

}  // namespace thidua
