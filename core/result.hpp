// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a step answers: a value, or an error of a closed set of kinds with a sentence.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace thidua {

/// What an error asks for. The first five are the classes a source's trouble falls into; only
/// `Transient` is ever tried again without a person.
enum class ErrorKind {
    Transient,  ///< may pass by itself: time-out, connection refused, 429, 5xx
    Auth,       ///< credentials refused
    Contract,   ///< the answer does not have the shape that was agreed
    Config,     ///< what people wrote in YAML or on the command line's files
    Data,       ///< well-formed, but cannot be true
    Io,         ///< this machine's disk, file or database
    Usage,      ///< the command line itself
    Stopped,    ///< asked to stop before it was done
};

struct Error {
    ErrorKind kind = ErrorKind::Data;
    std::string message;

    friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = std::expected<T, Error>;

/// An error, ready to be returned from any function that gives a Result.
[[nodiscard]] inline std::unexpected<Error> fail(ErrorKind kind, std::string message) {
    return std::unexpected(Error{kind, std::move(message)});
}

/// Passes an error up; the sentence grows outward: "step: what was wrong".
[[nodiscard]] inline std::unexpected<Error> failed(std::string_view step, Error error) {
    error.message = std::string(step) + ": " + error.message;
    return std::unexpected(std::move(error));
}

/// The kind as it is written in logs, JSON and the database ("transient", "auth", ...).
[[nodiscard]] std::string_view to_text(ErrorKind kind);

/// Ends the process when one of our own assumptions is broken. Never for input.
void check(bool condition, const char* what);

}  // namespace thidua
