// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A folder with recorded answers of a source and what has to come of them: how administrators try a
// description of their own (`thidua test`).
#pragma once

#include "connectors/connector.hpp"
#include "core/result.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace thidua::daemon {

/// What FOLDER/test.yaml says:
///
///     source: tthc                       # of the configuration
///     now: 2024-06-17T16:00:00+07:00
///     window: {from: 2024-06-17, to: 2024-06-17}
///     look_up: [ref-1, ref-2]            # instead, for sources of look-ups
///     file: thang-6.csv                  # instead, for sources of files
///     answers: {page 1: 001-page-1.json} # by step; left out: manifest.json, as `pull --record`
///                                        # writes it
struct Fixture {
    std::filesystem::path folder;
    std::string source;
    Instant now;
    std::optional<connectors::Window> window;
    std::vector<std::string> look_up;
    std::string file;
    std::map<std::string, connectors::Recorded> answers;  ///< by step
};

/// Errors: Config, one line for each mistake, with its place; Io.
[[nodiscard]] Result<Fixture> read_fixture(const std::filesystem::path& folder);

}  // namespace thidua::daemon
