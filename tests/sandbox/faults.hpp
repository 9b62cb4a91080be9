// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// Which request goes wrong, and how: at random by a seed and the number of the request, or as
// queued for a path.

#pragma once

#include "http_types.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::sandbox {

enum class Fault : std::uint8_t {
    Error500,
    Error503,
    CutBody,
    Slow,
    Unauthorized401,
    Throttle429,
    Html200,
    NotJson,
    TruncatedJson,
    EmptyContent,  // the dossier search only
    ShortTotal,    // the dossier search only
    Hang,
    Forbidden403,
    Empty200,   // no body, and a success status
    WrongRoot,  // the portal's reporting only
    SoftError,  // the integration API only, as the next
    SoftFailure,
};
inline constexpr std::size_t fault_count = 17;

class Faults {
  public:
    /// Random faults of the first seven kinds; 0 is none.
    void set_random(double rate, std::uint64_t seed);
    /// Takes the body of POST /sandbox/faults; returns what is wrong with it, and changes nothing
    /// then.
    std::optional<std::string> configure(std::string_view body);
    /// Counts the request and says what is to happen to it. A queued fault comes before a random.
    std::optional<Fault> next(std::string_view path);
    /// How long a slow answer waits, as POST /sandbox/faults `slow_ms` has set it.
    [[nodiscard]] std::chrono::milliseconds slowness() const { return slowness_; }
    /// `{"requests":n,"fired":{"error-500":n,...}}`.
    [[nodiscard]] std::string counts_text() const;

  private:
    struct Queued {
        std::string path;
        Fault fault;
        std::int64_t times;
    };
    std::optional<Fault> next_queued(std::string_view path);
    std::optional<Fault> next_random();

    double rate_ = 0;
    std::uint64_t seed_ = 1;
    std::vector<Fault> kinds_;
    std::vector<Queued> queue_;
    std::chrono::milliseconds slowness_{200};
    std::uint64_t requests_ = 0;
    std::uint64_t index_ = 0;  // requests since the random faults were last set
    std::array<std::int64_t, fault_count> fired_{};
};

/// What the fault asks of whoever makes the answer.
Tamper tamper_of(Fault fault);

/// Turns the answer that would have been given at `path` into the faulty one. OpenCPS and the LGSP
/// say errors in shapes of their own.
Reply spoil(Reply reply, Fault fault, std::string_view path);

}  // namespace thidua::sandbox
