// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The six values, each rule of how they go together against trying out everything that is open.
#include "rules/award.hpp"
#include "tests/rules/causes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <vector>

namespace thidua::rules {
namespace {

constexpr std::array all_values{
    Value::Met,
    Value::NotMet,
    Value::NotApplicable,
    Value::Pending,
    Value::Undetermined,
    Value::Error};

/// By trying out everything that the open terms may become.
Value tried_out(int count, std::vector<Value> terms) {
    std::erase(terms, Value::NotApplicable);
    if (terms.empty()) {
        return Value::NotApplicable;
    }
    std::vector<std::size_t> open;
    for (std::size_t at = 0; at < terms.size(); ++at) {
        if (is_open(terms[at])) {
            open.push_back(at);
        }
    }
    std::set<bool> outcomes;
    for (unsigned world = 0; world < 1U << open.size(); ++world) {
        std::vector<bool> is_met;
        for (const Value value : terms) {
            is_met.push_back(value == Value::Met);
        }
        for (std::size_t at = 0; at < open.size(); ++at) {
            is_met[open[at]] = (world >> at & 1U) != 0;
        }
        outcomes.insert(std::ranges::count(is_met, true) >= count);
    }
    if (outcomes.size() == 2) {
        return worst(terms);
    }
    return outcomes.contains(true) ? Value::Met : Value::NotMet;
}

/// Every row of `width` values.
void for_each_row(std::size_t width, const std::function<void(const std::vector<Value>&)>& visit) {
    std::size_t rows = 1;
    for (std::size_t at = 0; at < width; ++at) {
        rows *= all_values.size();
    }
    std::vector<Value> row(width);
    for (std::size_t number = 0; number < rows; ++number) {
        std::size_t rest = number;
        for (Value& value : row) {
            value = all_values[rest % all_values.size()];
            rest /= all_values.size();
        }
        visit(row);
    }
}

TEST(AtLeast, ThreeOfFiveIsWhatTryingOutComesTo) {
    for_each_row(5, [](const std::vector<Value>& row) {
        for (int count = 1; count <= 5; ++count) {
            ASSERT_EQ(at_least(count, row), tried_out(count, row)) << count;
        }
    });
}

TEST(AllOf, IsAllThatApply) {
    for_each_row(4, [](const std::vector<Value>& row) {
        const auto applicable =
            std::ranges::count_if(row, [](Value value) { return value != Value::NotApplicable; });
        ASSERT_EQ(all_of(row), tried_out(static_cast<int>(applicable), row));
        ASSERT_EQ(any_of(row), tried_out(1, row));
    });
}

}  // namespace
}  // namespace thidua::rules
