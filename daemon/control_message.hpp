// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What is said over the daemon's socket: one request, then words until the last. Each is one line
// of JSON.
#pragma once

#include "daemon/exit_code.hpp"
#include "daemon/options.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace thidua::daemon {

/// Of the protocol. Another version is refused: client and daemon come from one package.
inline constexpr int control_version = 1;

/// A request names a few sources, a day or a file: far less than this.
inline constexpr std::size_t request_bytes_max = 64UL * 1024;

/// A command that somebody hands over.
///
/// Shape: {"version":1,"command":"report send","configuration":"<settings.hash>","json":false,
///         "quiet":false,"arguments":{"week":"2024-W42"}}
struct ControlRequest {
    std::string command;        ///< as it is typed: "report send"
    std::string configuration;  ///< hash of the settings that the client has read
    Options options;            ///< without command and configuration file

    friend bool operator==(const ControlRequest&, const ControlRequest&) = default;
};

/// With its line end. Relative paths are made absolute: the daemon stands in another folder.
[[nodiscard]] std::string to_line(const ControlRequest& request);

/// Errors: Usage, naming what is not as agreed.
[[nodiscard]] Result<ControlRequest> parse_request(std::string_view line);

/// A piece of the answer.
struct ControlWord {
    enum class Kind {
        Out,  ///< {"out": "..."}: data for stdout
        Err,  ///< {"err": "..."}: a message for stderr
        /// {"progress": "..."}: a sign of life, with what is waited for; of long work
        /// {"progress": "Copying", "done": 10, "total": 100}
        Progress,
        Exit,  ///< {"exit": 0}: the last word
    };
    Kind kind = Kind::Progress;
    std::string text;
    int exit_code = 0;
    std::int64_t done = 0;
    std::int64_t total = 0;  ///< 0: not known

    friend bool operator==(const ControlWord&, const ControlWord&) = default;
};

/// With its line end.
[[nodiscard]] std::string to_line(const ControlWord& word);

/// Errors: Contract, if it is none of the above.
[[nodiscard]] Result<ControlWord> parse_word(std::string_view line);

}  // namespace thidua::daemon
