// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A pull, from plan to last published slice.
#pragma once

#include "connectors/connector.hpp"
#include "daemon/service.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thidua::daemon {

/// How a pull went. Without an error it is complete.
struct PullReport {
    std::string source;
    bool is_sweep = false;
    int slices = 0;
    std::int64_t records = 0;
    std::int64_t changed = 0;
    std::int64_t rejected = 0;
    std::int64_t requests = 0;
    std::string first_rejection;
    std::vector<std::string> notices;  ///< a line each: new fields, a certificate near its end
    std::optional<Error> error;
};

/// The connectors of all sources, made when first needed and kept with their connections.
class Connectors {
  public:
    /// Shown what is asked of which source, from several threads.
    using OnExchange =
        std::function<void(const std::string& source, const connectors::Exchange& exchange)>;

    Connectors() = default;
    explicit Connectors(OnExchange on_exchange) : on_exchange_(std::move(on_exchange)) {}

    [[nodiscard]] Result<connectors::Connector*> get(
        const Service& service, const SourceDescription& description
    );

  private:
    OnExchange on_exchange_;
    std::shared_ptr<connectors::RateLimiter> rate_limiter_ =
        std::make_shared<connectors::RateLimiter>();
    std::mutex mutex_;
    std::map<std::string, std::unique_ptr<connectors::Connector>, std::less<>> made_;
};

/// Pulls `sources`: those that answer for themselves side by side, then the look-up sources, which
/// ask for what the others named. A failed source does not hold up the others.
[[nodiscard]] std::vector<PullReport> pull_sources(
    const Service& service,
    Connectors& connectors,
    const std::vector<const config::SourceSettings*>& sources
);

}  // namespace thidua::daemon
