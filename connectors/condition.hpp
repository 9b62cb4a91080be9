// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A test of one place in a record, made ready.
#pragma once

#include "connectors/json.hpp"
#include "connectors/record.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <string>
#include <vector>

namespace thidua::connectors {

class Test {
  public:
    /// Errors: Config if the pointer is none, or not exactly one of the lists is given.
    [[nodiscard]] static Result<Test> make(const Condition& condition);

    [[nodiscard]] bool holds(const Record& record) const;

    void add_to(PlaceTree& tree) { tree.add(pointer_); }

  private:
    Pointer pointer_;
    std::vector<std::string> equals_;
    std::vector<std::string> differs_from_;
};

/// The tests of `conditions`. Errors: Config.
[[nodiscard]] Result<std::vector<Test>> tests_of(const std::vector<Condition>& conditions);

}  // namespace thidua::connectors
