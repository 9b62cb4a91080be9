// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What pulls, backfills and replays are made of.
#pragma once

#include "connectors/connector.hpp"
#include "daemon/pull_job.hpp"
#include "daemon/service.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// One pull under way: what it needs and what it has done so far.
struct PullInHand {
    const Service& service;
    const SourceDescription& source;
    connectors::Connector& connector;
    store::PullRun run;
    PullReport report;
    store::SourceProgress progress;  ///< of the source before it
    SourcesInHand::Lease lease;
};

/// A pull of `source` that begins now, or as soon as nobody else has the source in hand. Errors:
/// Config, from making its connector; Io; Stopped.
[[nodiscard]] Result<PullInHand> begin_pull(
    const Service& service,
    Connectors& connectors,
    const SourceDescription& source,
    store::PullKind kind
);

/// Publishes a slice of it and adds it to the report. `gathered_by`: see SliceToPublish.
[[nodiscard]] Result<store::Published> publish(
    PullInHand& pull, const Slice& slice, std::int64_t gathered_by = 0
);

/// Puts its end on file: `done`, or the error that it gives.
void finish(PullInHand& pull, const Result<void>& done);

/// Pulling stops before the disk is full, and so leaves room for what is published and sent.
[[nodiscard]] Result<void> check_reserve(const config::Settings& settings);

/// The sources that the settings have under `names`; all if there are none. Errors: Usage, for
/// `command`, naming those that there are.
[[nodiscard]] Result<std::vector<const config::SourceSettings*>> named_sources(
    const config::Settings& settings,
    const std::vector<std::string>& names,
    std::string_view command
);

/// What a source of look-ups is to ask about: references of payments, codes of dossiers, or codes
/// of procedures, those of `procedures` among them.
[[nodiscard]] Result<std::vector<std::string>> open_items(
    store::Store& store,
    const SourceDescription& source,
    std::span<const Procedure> procedures,
    Instant now,
    store::LookUpScope scope
);

/// "source tthc: new field /abc (text), not mapped"
[[nodiscard]] std::string notice_of(const SourceDescription& source, const store::FieldNews& news);

/// What to say of a certificate that ends soon: who renews it needs weeks. Empty: nothing.
[[nodiscard]] std::string certificate_notice(
    const SourceDescription& source, std::optional<Instant> end, Instant now
);

}  // namespace thidua::daemon
