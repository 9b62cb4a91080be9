// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The provincial LGSP in front of other systems (domain.md 4.4): WSO2's token endpoint and faults,
// and the login of the document-exchange LGSP.

#pragma once

#include "http_types.hpp"
#include "instants.hpp"
#include "tokens.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace thidua::sandbox {

/// `{"fault":{"code":...,"message":...,"description":...}}`; a 429 says nextAccessTime too.
Reply wso2_fault(int status, int code, std::string_view message);

class Wso2 {
  public:
    Wso2(Client client, std::uint64_t seed) : client_{std::move(client)}, seed_{seed} {}

    /// Answers POST /token: Basic, client_credentials. The same token with what is left of its hour
    /// until that is over. A wrong client is refused as 401 invalid_client.
    Reply issue(const Request& request, Instant now);
    /// The fault for whoever may not pass (900902 no token, 900901 unknown, 900903 expired).
    [[nodiscard]] std::optional<Reply> refusal(std::string_view authorization, Instant now) const;

    /// Answers POST /api/lgspedoc/login. The token lasts 30 minutes and stands in `token` or in
    /// `data.token`, in turn; a refusal is HTTP 200 with success false.
    Reply log_in(std::string_view body);

  private:
    [[nodiscard]] bool is_valid(Instant now) const;
    std::string next_token();

    Client client_;
    std::uint64_t seed_;
    std::uint64_t issued_ = 0;
    std::uint64_t logins_ = 0;
    std::string token_;
    Instant issued_at_;
};

}  // namespace thidua::sandbox
