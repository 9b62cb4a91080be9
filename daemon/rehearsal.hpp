// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua pull --dry-run: a window is gathered and looked at, and nothing is written.
#pragma once

#include "connectors/connector.hpp"
#include "daemon/service.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace thidua::daemon {

/// What came of asking one source for its newest window.
struct Rehearsal {
    std::string source;
    std::string key;  ///< of the slice; empty: there was nothing to ask for
    std::vector<connectors::Exchange> exchanges;
    std::optional<Error>
        error;  ///< the slice would not be published; `no` of the preview is another
    std::vector<Rejected> rejected;
    std::vector<DossierRecord> dossiers;  ///< the first ones, as mapped
    std::vector<PaymentRecord> payments;
    std::vector<StatisticRecord> statistics;
    std::vector<ProcedureRecord> procedures;
    std::optional<store::Preview> preview;
    std::string remark;  ///< why nothing was asked
};

/// Takes over the first `limit` records of a slice, and all that it refused. Errors: Io of a spool.
[[nodiscard]] Result<void> take_records(const Slice& slice, std::size_t limit, Rehearsal& made);

/// As people read it: what was asked and answered, the first records, the verdict, what would
/// change.
[[nodiscard]] std::string describe(const Rehearsal& rehearsal);
/// docs/schema/pull-dry-run.schema.json
[[nodiscard]] boost::json::object to_json(const Rehearsal& rehearsal);

/// Where records would be published, only to be read; nothing where no store is yet.
[[nodiscard]] Result<std::optional<store::Store>> open_if_there(const config::Settings& settings);

/// What it is done with.
struct RehearsalSet {
    const config::Settings& settings;
    connectors::Environment environment;  ///< on_exchange is told as well
    std::size_t limit = 20;               ///< records, and references to look up
};

/// Gathers the newest window of `source`, or looks up the first open references.
[[nodiscard]] Rehearsal rehearse(
    const SourceDescription& source, std::optional<store::Store>& store, const RehearsalSet& set
);

}  // namespace thidua::daemon
