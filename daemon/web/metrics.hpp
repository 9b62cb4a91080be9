// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// /metrics in Prometheus' text format. docs/metrics.md lists the names.
#pragma once

#include "core/tally.hpp"
#include "daemon/web/daemon_state.hpp"
#include "daemon/web/http_server.hpp"
#include "rules/standings.hpp"
#include "store/ledger.hpp"
#include "store/pulls.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::daemon::web {

/// Families and their samples, one after another.
class MetricsText {
  public:
    using Labels = std::vector<std::pair<std::string_view, std::string>>;

    /// `type`: counter, gauge. The samples that follow belong to it.
    void family(std::string_view name, std::string_view type, std::string_view help);
    void sample(const Labels& labels, std::int64_t value);
    /// A ratio: the one place where it becomes a decimal number, 17 digits of it.
    void sample(const Labels& labels, const Ratio& value);
    /// In seconds, with milliseconds.
    void sample(const Labels& labels, Instant value);

    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    void line(const Labels& labels, std::string_view value);

    std::string text_;
    std::string name_;
};

/// What the store and the standings say; what the daemon and the server know is beside it.
struct MetricsInput {
    std::string campaign;
    const rules::Standings* standings = nullptr;  ///< null: there are no figures
    std::vector<SourceStatus> sources;
    std::vector<store::PullSummary> last_pulls;                             ///< of each source
    std::map<std::string, std::int64_t> quarantined;                        ///< open, by source
    std::map<std::string, std::int64_t> alerts;                             ///< by state
    std::int64_t silences = 0;                                              ///< in force
    std::vector<std::pair<std::string, Instant>> next_fires;                ///< by job
    std::map<std::pair<std::string, std::string>, std::int64_t> runs;       ///< report, result
    std::map<std::string, bool> overdue;                                    ///< by report
    std::map<std::pair<std::string, std::string>, std::int64_t> delivered;  ///< report, result
    std::int64_t queued = 0;  ///< messages that will be tried, or tried again
    std::optional<std::chrono::seconds> oldest_queued;  ///< since its edition was made
    std::optional<std::int64_t> store_bytes;
    std::optional<Instant> last_backup;
};

[[nodiscard]] std::string metrics_text(
    const DaemonFacts& facts, const Counters& server, const MetricsInput& input
);

}  // namespace thidua::daemon::web
