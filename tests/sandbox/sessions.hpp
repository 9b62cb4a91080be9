// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The integration API's sessions (domain.md 1.1): one at a time, and it ends without a word.

#pragma once

#include "http_types.hpp"
#include "instants.hpp"
#include "tokens.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::sandbox {

class Sessions {
  public:
    Sessions(Client client, std::uint64_t seed) : client_{std::move(client)}, seed_{seed} {}

    /// The session for `{"username","password"}`, which ends the one before; none for others.
    std::optional<std::string> log_in(std::string_view body, Instant now);
    /// Counts a call in `session`; false once it has ended or if it never was.
    bool admits(std::string_view session, Instant now);

    /// Takes POST /sandbox/sessions `{"calls":n,"minutes":n,"end":true}`: how many calls and how
    /// many virtual minutes a session lasts, and whether the present one ends now.
    void configure(std::string_view body);
    /// `{"logins":n,"refused_logins":n,"refused_calls":n,"calls":n,"minutes":n}`.
    [[nodiscard]] Reply counts() const;

  private:
    Client client_;
    std::uint64_t seed_;
    std::int64_t calls_max_ = 500;
    std::chrono::minutes lifetime_{30};
    std::string session_;
    Instant begun_;
    std::int64_t calls_ = 0;
    std::int64_t logins_ = 0;
    std::int64_t refused_logins_ = 0;
    std::int64_t refused_calls_ = 0;
};

}  // namespace thidua::sandbox
