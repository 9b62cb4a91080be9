// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The review of procedures on a day, from the store, for lists and for awards.
#pragma once

#include "config/settings.hpp"
#include "core/organisation.hpp"
#include "daemon/service.hpp"
#include "rules/review.hpp"

#include <boost/json.hpp>

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

class Reviews {
  public:
    /// As of `day`, by what was known at `known_at`. Errors: Io; Config if the day has no tree.
    [[nodiscard]] static Result<Reviews> read(
        SharedStore& store, const config::Settings& settings, Day day, Instant known_at
    );

    [[nodiscard]] const std::vector<rules::ReviewRow>& rows() const { return rows_; }
    /// Code of the unit above all.
    [[nodiscard]] const std::string& root() const { return organisation_.root().code; }
    /// Those for which the unit, or one below it, answers.
    [[nodiscard]] std::vector<rules::ReviewRow> rows_of(std::string_view unit) const;
    /// What the reviews of the unit and those below it come to; nothing if there is no such unit.
    [[nodiscard]] std::optional<rules::ReviewCounts> of(std::string_view unit) const;

  private:
    [[nodiscard]] std::set<std::string, std::less<>> codes_below(std::size_t unit) const;

    Organisation organisation_;
    std::vector<rules::ReviewRow> rows_;
};

[[nodiscard]] boost::json::object review_json(const rules::ReviewCounts& counts);

}  // namespace thidua::daemon
