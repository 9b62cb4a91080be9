// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/gate.hpp"

#include "daemon/digest_job.hpp"
#include "daemon/measure.hpp"
#include "rules/standings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace thidua::daemon {
namespace {

bool is_needed(
    const config::PublicationGate& gate, const Campaign& campaign, const std::string& source
) {
    if (!gate.sources.empty()) {
        return std::ranges::find(gate.sources, source) != gate.sources.end();
    }
    return std::ranges::any_of(campaign.indicators, [&](const Indicator& indicator) {
        return source == indicator.system_of_record || source == indicator.payment_record;
    });
}

std::vector<std::string> missing_of(
    const config::PublicationGate& gate, const Campaign& campaign, const rules::Standings& standings
) {
    std::vector<std::string> missing;
    for (const SourceStatus& source : standings.sources) {
        if (source.past_limit && is_needed(gate, campaign, source.name)) {
            missing.push_back(
                source.data_through
                    ? fmt::format(
                          "{} has data through {}", source.name, to_text(*source.data_through)
                      )
                    : fmt::format("{} has never answered", source.name)
            );
        }
    }
    if (!rules::is_fit(standings.fitness)) {
        missing.push_back(fmt::format("figures are {}", rules::to_text(standings.fitness)));
    }
    return missing;
}

}  // namespace

Result<GateVerdict> look_at_gate(
    const Service& service, const Occurrence& occurrence, IsoWeek week
) {
    const config::WeeklyDigest& digest = *service.settings.digest;
    if (!digest.gate) {
        return GateVerdict{};
    }
    const Instant now = service.clock.now();
    const auto standings = standings_of(
        service.store, service.settings, last_day_of(service.settings.campaign, week), now
    );
    if (!standings) {
        return failed("gate of " + to_text(week), standings.error());
    }
    const auto missing = missing_of(*digest.gate, service.settings.campaign, *standings);
    GateVerdict verdict;
    verdict.missing = fmt::format("{}", fmt::join(missing, "; "));
    if (missing.empty()) {
        return verdict;
    }
    const auto until = digest.gate->wait_until;
    if (until && now < same_day_at(occurrence.due_at, digest.schedule.timezone, *until)) {
        verdict.state = GateVerdict::State::Wait;
    } else if (digest.gate->on_unfit == config::PublicationGate::OnUnfit::Withhold) {
        verdict.state = GateVerdict::State::Withhold;
    }
    return verdict;
}

}  // namespace thidua::daemon
