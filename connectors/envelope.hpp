// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Whether an answer says of itself that it is one: the error rules of a source.
#pragma once

#include "connectors/json.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <optional>
#include <vector>

namespace thidua::connectors {

class Envelope {
  public:
    enum class Standing {
        Fine,
        Unknown,  ///< the source does not know what was asked about (look-ups)
    };

    /// Errors: Config.
    [[nodiscard]] static Result<Envelope> make(const std::vector<ErrorRule>& rules);

    /// What the first rule that holds says; nothing if none does. `answer` is absent where the
    /// body is no JSON. A rule without a status is for accepted answers.
    ///
    /// Errors: those of the rule; Contract if what a rule of difference looks at is missing.
    /// `may_be_session` becomes true where the error may mean no more than that the session ended.
    [[nodiscard]] Result<std::optional<Standing>> judge(
        int status, bool is_accepted, std::optional<Element> answer, bool& may_be_session
    ) const;

    /// Where the rules look, for what is kept of an answer.
    [[nodiscard]] std::vector<Pointer> pointers() const;

  private:
    struct Rule {
        Pointer pointer;
        ErrorRule rule;
        std::string contains;  // folded
        std::string lacks;

        [[nodiscard]] Result<bool> holds(std::optional<Element> answer, std::string& shown) const;
    };
    std::vector<Rule> rules_;
};

}  // namespace thidua::connectors
