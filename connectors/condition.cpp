// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/condition.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <utility>

namespace thidua::connectors {

Result<Test> Test::make(const Condition& condition) {
    auto pointer = Pointer::parse(condition.pointer);
    if (!pointer) {
        return failed("when", std::move(pointer.error()));
    }
    if (condition.equals.empty() == condition.differs_from.empty()) {
        return fail(ErrorKind::Config, "when: one of equals and differs_from is needed");
    }
    Test test;
    test.pointer_ = *std::move(pointer);
    test.equals_ = condition.equals;
    test.differs_from_ = condition.differs_from;
    return test;
}

bool Test::holds(const Record& record) const {
    const auto element = record.at(pointer_);
    std::string room;
    const auto text = element ? scalar_view(*element, room) : std::nullopt;
    const std::string_view given = trim(text.value_or(""));
    if (!equals_.empty()) {
        return std::ranges::find(equals_, given) != equals_.end();
    }
    return std::ranges::find(differs_from_, given) == differs_from_.end();
}

Result<std::vector<Test>> tests_of(const std::vector<Condition>& conditions) {
    std::vector<Test> tests;
    for (const Condition& condition : conditions) {
        auto test = Test::make(condition);
        if (!test) {
            return std::unexpected(std::move(test.error()));
        }
        tests.push_back(*std::move(test));
    }
    return tests;
}

}  // namespace thidua::connectors
