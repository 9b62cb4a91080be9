// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// OpenCPS v2 (domain.md 4.1): the same dossiers, with every value a text, paged by row offsets,
// bounded by days that belong to neither side, and with errors that look like successes.

#pragma once

#include "http_types.hpp"
#include "snapshot.hpp"
#include "tokens.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace thidua::sandbox {

class OpenCps {
  public:
    OpenCps(Client client, std::string group)
        : client_{std::move(client)}, group_{std::move(group)} {}

    /// 203 without a known Basic user, 403 without groupId, 401 for another site.
    [[nodiscard]] std::optional<Reply> refusal(const Request& request) const;

    /// Answers GET /o/rest/v2/dossiers.
    static Reply dossiers(std::string_view query, Snapshot& snapshot);
    /// Answers GET /o/rest/v2/dossiers/{dossierId or referenceUid}/payment. `path` is the whole
    /// one.
    static Reply payment(std::string_view path, const Snapshot& snapshot);
    /// Answers GET /o/rest/statistics; the rows stand in dossierStatisticData and in data, in turn.
    Reply statistics(std::string_view query, const Snapshot& snapshot);

  private:
    Client client_;
    std::string group_;
    std::uint64_t answers_ = 0;
};

/// What OpenCPS says to whatever goes wrong inside it.
Reply opencps_no_content();

}  // namespace thidua::sandbox
