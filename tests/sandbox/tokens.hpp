// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The single sign-on's client credentials and the tokens it gives out (domain.md 4.2).

#pragma once

#include "http_types.hpp"
#include "instants.hpp"

#include <string>
#include <string_view>
#include <unordered_map>

namespace thidua::sandbox {

struct Client {
    std::string id;
    std::string secret;
};

/// What follows `lower_scheme` and a blank in an Authorization header, the scheme in any case;
/// empty if it is another scheme.
std::string_view after_scheme(std::string_view text, std::string_view lower_scheme);

class Tokens {
  public:
    Tokens(Client client, std::uint64_t seed) : client_{std::move(client)}, seed_{seed} {}

    /// Answers the token endpoint: client_credentials by HTTP Basic or by form fields.
    Reply issue(const Request& request, Instant now);
    /// True for `Bearer` and a token issued no more than 300 s of virtual time ago. A clock set
    /// back before the issue ends a token too.
    bool admits(std::string_view authorization, Instant now) const;

  private:
    bool is_client(const Request& request) const;

    Client client_;
    std::uint64_t seed_;
    std::uint64_t issued_ = 0;
    std::unordered_map<std::string, Instant> tokens_;
};

}  // namespace thidua::sandbox
