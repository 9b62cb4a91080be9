// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A pull, from plan to last published slice.
#pragma once

#include "connectors/connector.hpp"
#include "daemon/service.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
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

/// Pulls under way, each on a thread of its own, so that a slow or failed source holds up nobody
/// else. Used by one thread; it waits for all of them before it goes.
class PullPool {
  public:
    PullPool(const Service& service, Connectors& connectors)
        : service_(service), connectors_(connectors) {}

    /// Begins to pull those of `sources` that are not being pulled; a look-up source as soon as the
    /// pull under way is done that brings what it asks about.
    void begin(const std::vector<const config::SourceSettings*>& sources);

    [[nodiscard]] bool is_under_way(std::string_view source) const;
    /// Nothing is under way, and nothing done is waiting to be taken.
    [[nodiscard]] bool is_empty() const { return pulls_.empty(); }
    /// Also for other threads.
    [[nodiscard]] bool is_busy() const { return busy_ > 0; }

    /// How those went that are done, which are forgotten then; in the order they were begun in,
    /// look-ups last.
    [[nodiscard]] std::vector<PullReport> take_done();
    /// The same, of all, once they are done.
    [[nodiscard]] std::vector<PullReport> take_all();

  private:
    struct Pull {
        std::string source;
        std::shared_future<PullReport> report;
    };

    [[nodiscard]] std::shared_future<PullReport> start(const SourceDescription& source);

    const Service& service_;
    Connectors& connectors_;
    std::atomic<int> busy_{0};
    std::vector<Pull> pulls_;
};

/// Pulls `sources`, each once, and waits for all of them.
[[nodiscard]] std::vector<PullReport> pull_sources(
    const Service& service,
    Connectors& connectors,
    const std::vector<const config::SourceSettings*>& sources
);

}  // namespace thidua::daemon
