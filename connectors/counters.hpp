// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Counters that a source publishes for a unit and a month, read out of one answer.
#pragma once

#include "connectors/condition.hpp"
#include "connectors/connector.hpp"
#include "connectors/fields.hpp"
#include "connectors/json.hpp"
#include "connectors/request.hpp"
#include "core/records.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thidua::connectors {

/// A row of the answer that is to be asked again, as a root of its own.
struct Child {
    std::string key;        ///< becomes {root}
    std::string unit_code;  ///< canonical; what the answer about it has to name
};

/// What one answer says.
struct Counters {
    std::vector<StatisticRecord> statistics;
    std::vector<Child> children;
    std::vector<Rejected> rejected;
    std::int64_t rows = 0;
    std::string first_unit;  ///< of the first row: the root of the answer
};

/// A CounterQuery made ready.
class CounterReader {
  public:
    /// Errors: Config.
    [[nodiscard]] static Result<CounterReader> make(
        const CounterQuery& query, const Field& unit_code
    );

    /// A null or missing counter gives no statistic: that is not 0.
    ///
    /// Errors: Contract if an echo says that the answer is about something else, or if a place of
    /// rows is not there. A counter that is no count is a rejected one, and the others go on.
    [[nodiscard]] Result<Counters> read(
        Element answer, const Values& asked, const std::string& period, const std::string& step
    ) const;

    [[nodiscard]] const CounterQuery& query() const { return query_; }

  private:
    [[nodiscard]] Result<void> check_echoes(Element answer, const Values& asked) const;
    [[nodiscard]] std::optional<Element> find_rows(
        const std::vector<Pointer>& alternatives, Element answer, std::string& place
    ) const;
    [[nodiscard]] Result<void> read_children(Element answer, Counters& counters) const;
    void read_row(
        Element row, const std::string& place, const std::string& period, Counters& counters
    ) const;

    CounterQuery query_;
    Field unit_code_;
    std::vector<std::vector<Pointer>> rows_;  // alternatives
    std::vector<Test> where_;
    std::vector<std::pair<Pointer, std::string>> echoes_;
    Pointer children_;
    Pointer child_key_;
};

}  // namespace thidua::connectors
