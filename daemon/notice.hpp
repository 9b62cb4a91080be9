// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the operator is told of, as a value.
#pragma once

#include "core/time.hpp"

#include <string>

namespace thidua::daemon {

/// Something that is wrong and that somebody has to know of.
struct Notice {
    enum class Severity {
        Warning,  ///< it may pass by itself
        Error,    ///< a person must act
    };
    Severity severity = Severity::Error;
    std::string key;          ///< tells what goes on from what is new: pull:tthc
    std::string subject;      ///< the report or the source
    std::string period;       ///< 2024-W42, or the instant that something fell due
    std::string step;         ///< pull, publish, mail, ...
    std::string error_class;  ///< transient, auth, ..., withheld
    std::string what;         ///< one line
    std::string next;         ///< what happens next by itself, and when
    std::string command;      ///< to run by hand
    bool is_repeated = true;  ///< told again every day while it lasts

    friend bool operator==(const Notice&, const Notice&) = default;
};

/// A notice, and why it is told just now.
struct Telling {
    enum class Turn { Begins, Lasts, Over };
    Notice notice;
    Turn turn = Turn::Begins;
    Instant since;

    friend bool operator==(const Telling&, const Telling&) = default;
};

}  // namespace thidua::daemon
