// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What awards ask bodies about a candidate. Pure.
#pragma once

#include "core/campaign.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace thidua::rules {

/// A question that no figure answers.
struct Question {
    std::string key;   ///< as Decision::key
    std::string body;  ///< id of the body whose word counts
    std::string text;  ///< the plan's words
    std::string clause;
    std::vector<std::string> awards;  ///< ids of those that ask it

    friend bool operator==(const Question&, const Question&) = default;
};

/// Those that the campaign's awards put about such a candidate, in the plan's order. A key comes
/// twice only where two awards ask two bodies the same.
[[nodiscard]] std::vector<Question> questions(const Campaign& campaign, Subject subject);

/// What evidence for the question `key` is filed under: "content/3" for "content/3/met", for a
/// content is shown once, however far an award wants it reached; any other key itself.
[[nodiscard]] std::string evidence_topic(std::string_view key);

}  // namespace thidua::rules
