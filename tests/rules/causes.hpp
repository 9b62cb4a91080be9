// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/award.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>

namespace thidua::rules {

/// The worst of the causes that are open, by the order in which they are named.
inline Value worst(std::span<const Value> terms) {
    for (const Value cause : {Value::Error, Value::Undetermined, Value::Pending}) {
        if (std::ranges::find(terms, cause) != terms.end()) {
            return cause;
        }
    }
    ADD_FAILURE() << "nothing is open";
    return Value::Error;
}

}  // namespace thidua::rules
