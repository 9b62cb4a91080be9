// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Where a figure comes from: its definition, the versions of dossiers and payments it counts, the
// pulls that brought them.
#pragma once

#include "config/settings.hpp"
#include "daemon/service.hpp"
#include "rules/standings.hpp"

#include <boost/json.hpp>

#include <string>
#include <vector>

namespace thidua::daemon {

/// A version that a figure counts, and what it adds.
struct Evidence {
    store::CountedVersion version;
    bool in_numerator = false;
    bool in_denominator = false;
};

/// An edition in which the figure was published, with the counts it had there.
struct PublishedFigure {
    std::string edition;
    std::string config_hash;
    std::optional<Ratio> counts;
};

/// A procedure of the denominator of services-online.
struct CountedProcedure {
    std::string code;
    std::string name;
    bool in_numerator = false;
};

/// A figure, taken apart.
struct Explanation {
    const Indicator* indicator = nullptr;  ///< of the settings it was made with
    std::string unit;                      ///< code
    std::string unit_name;
    bool is_total = false;  ///< the root with what no unit code maps
    Day as_of;
    Instant known_at;  ///< the latest instant at which no more was known
    std::int64_t known_slice = 0;
    rules::Figure figure;
    std::vector<Evidence> evidence;  ///< dossiers, in the order of their codes
    /// payments-online, unless by the record's flag: what makes dossiers of `evidence` paid, in the
    /// same order.
    std::vector<store::CountedPayment> payments;
    std::vector<CountedProcedure> procedures;  ///< services-online: the denominator
    Ratio recomputed;                          ///< from these lists alone, by the rules
    std::vector<store::SliceSummary> slices;   ///< that brought these lists; the sources' newest
    std::vector<PublishedFigure> published;
};

/// Takes the figure `id` apart.
///
/// Errors: Usage if the id is not one, or no figure of this configuration has it.
[[nodiscard]] Result<Explanation> explain(const Service& service, std::string_view id);

[[nodiscard]] boost::json::object explanation_json(
    const Explanation& explanation, const std::string& config_hash
);

/// For people at a terminal; `everything`: each dossier, else the first few.
[[nodiscard]] std::string explanation_text(
    const Explanation& explanation, const std::string& config_hash, bool everything
);

}  // namespace thidua::daemon
