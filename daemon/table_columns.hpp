// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How the columns of a table that people fill in are put together.
#pragma once

#include "core/table_file.hpp"

#include <string>
#include <utility>
#include <vector>

namespace thidua::daemon {

/// A column of text, found by one of its labels; the first is the template's. `note` tells people
/// what to write there, in Vietnamese.
[[nodiscard]] inline FileColumn column(
    std::string id, std::vector<std::string> labels, std::string note
) {
    FileColumn made;
    made.id = std::move(id);
    made.labels = std::move(labels);
    made.note = std::move(note);
    return made;
}

[[nodiscard]] inline FileColumn required(FileColumn made) {
    made.is_required = true;
    return made;
}

[[nodiscard]] inline FileColumn day(FileColumn made) {
    made.kind = ValueKind::Date;
    return made;
}

/// The only words that Excel lets people enter.
[[nodiscard]] inline FileColumn one_of(FileColumn made, std::vector<std::string> words) {
    made.words = std::move(words);
    return made;
}

}  // namespace thidua::daemon
