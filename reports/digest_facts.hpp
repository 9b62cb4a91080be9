// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the sections of a digest ask of its input: look-ups, selections and names.
#pragma once

#include "core/campaign.hpp"
#include "core/tally.hpp"
#include "reports/digest.hpp"
#include "reports/document.hpp"
#include "rules/standings.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace thidua::reports {

/// The indicator that the subject speaks of: online payment, else the first with a target, else
/// the first. The campaign must have one.
[[nodiscard]] const Indicator& primary_indicator(const DigestInput& input);

/// "Tuần 42", with its year unless the campaign began in it.
[[nodiscard]] std::string name_week(const Campaign& campaign, IsoWeek week);

[[nodiscard]] std::string_view short_name(const Indicator& indicator);

/// The figure of `unit`; null if it has none for this indicator.
[[nodiscard]] const rules::Figure* find_figure(
    const rules::UnitStanding& unit, const Indicator& indicator
);

/// The same unit (or the total) in the edition before; null if there is none.
[[nodiscard]] const rules::UnitStanding* find_before(
    const DigestInput& input, const rules::UnitStanding& unit
);

/// True if conclusions may be drawn from it: known, and neither missing nor unreconciled.
[[nodiscard]] bool is_fit(const rules::Figure& figure);

[[nodiscard]] bool is_below(const rules::Figure& figure);

/// Below at least one of its targets.
[[nodiscard]] bool is_below(const rules::UnitStanding& unit);

/// The figure as it is shown.
[[nodiscard]] Percent percent_of(const rules::Figure& figure);

/// That of `unit`; without counts if it has none for this indicator.
[[nodiscard]] Percent percent_of(const rules::UnitStanding& unit, const Indicator& indicator);

/// Empty unless the figure is below its target; more cases to turn than there are is no gap but an
/// impossibility, and is left out.
[[nodiscard]] Gap gap_of(const rules::UnitStanding& unit, const Indicator& indicator);

/// Nothing in the first edition. Unfit figures are not compared: a drop that only means missing
/// data is no news.
[[nodiscard]] std::optional<Change> change_of(
    const DigestInput& input, const rules::UnitStanding& unit, const Indicator& indicator
);

/// The ranked units, best first; those without a rank last.
[[nodiscard]] std::vector<const rules::UnitStanding*> ranked_units(const DigestInput& input);

/// The ranked units below at least one target, worst first.
[[nodiscard]] std::vector<const rules::UnitStanding*> units_below(const DigestInput& input);

/// The subject behind what the agency puts before it.
[[nodiscard]] std::string with_prefix(const DigestTexts& texts, const std::string& subject);

/// What the agency says at the end, and Nơi nhận; each if there is any.
void add_closing(
    std::vector<Block>& blocks, const DigestTexts& texts, const std::vector<std::string>& recipients
);

/// The name of the agency.
[[nodiscard]] std::string_view root_name(const rules::Standings& standings);

/// The sources that the indicator is measured from. One that the standings do not know never
/// answered.
[[nodiscard]] std::vector<SourceStatus> sources_of(
    const DigestInput& input, const Indicator& indicator
);

/// The sources that the campaign's indicators are measured from, each once. One that the standings
/// do not know never answered.
[[nodiscard]] std::vector<SourceStatus> needed_sources(const DigestInput& input);

/// Those, and then the witnesses: every source that the standings know.
[[nodiscard]] std::vector<SourceStatus> shown_sources(const DigestInput& input);

/// The name of a source as readers know it.
[[nodiscard]] std::string_view source_title(const SourceStatus& source);
[[nodiscard]] std::string source_title(const rules::Standings& standings, std::string_view name);

}  // namespace thidua::reports
