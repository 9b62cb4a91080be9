// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace thidua::config {

/// A mistake that a person can make: what is changed in the good configuration, and every line
/// that is said about it, word for word.
struct Mistake {
    std::string name;
    std::string file;
    std::string from;
    std::string to;
    std::vector<std::string> problems;

    friend void PrintTo(const Mistake& row, std::ostream* out) { *out << row.name; }
};

}  // namespace thidua::config
