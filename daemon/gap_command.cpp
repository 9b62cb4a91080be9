// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua gap
#include "daemon/commands.hpp"
#include "daemon/gap_answer.hpp"
#include "daemon/measure.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <fmt/format.h>

namespace thidua::daemon {

ExitCode run_gap(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const Instant now = (*session)->clock().now();
    const auto basis = FigureBasis::load(
        (*session)->store(),
        settings,
        options.as_of.value_or(day_of(now)),
        options.known_at.value_or(now),
        FigureBasis::Pieces::Weeks
    );
    if (!basis) {
        return report_error(basis.error());
    }
    const rules::StandingsInput input = basis->input();
    const GapAnswer answer(input);
    if (!options.unit.empty() && !answer.has(options.unit)) {
        return report_error({ErrorKind::Usage, "gap: there is no unit " + options.unit});
    }
    fmt::print(
        "{}",
        options.json ? pretty_json(answer.as_json(options.unit)) : answer.as_text(options.unit)
    );
    return ExitCode::Done;
}

}  // namespace thidua::daemon
