// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua silence add, list, expire
#include "core/text.hpp"
#include "daemon/alert_json.hpp"
#include "daemon/commands.hpp"
#include "daemon/named.hpp"
#include "daemon/record_table.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// The one that the command line tells of. Errors: Usage, with what is allowed.
Result<Silence> silence_told(const Options& options, const Service& service) {
    const Campaign& campaign = service.settings.campaign;
    Silence silence;
    silence.at = service.clock.now();
    silence.from = options.from.value_or(day_of(silence.at));
    silence.until = options.last.value_or(Day{});
    silence.by = as_written(options.by);
    silence.reason = as_written(options.note);
    if (!options.unit.empty()) {
        auto unit = find_unit_code(service.settings, options.unit);
        if (!unit) {
            return std::unexpected(unit.error());
        }
        silence.unit = *std::move(unit);
    }
    if (!options.indicator.empty()) {
        const auto indicator = find_indicator(campaign, options.indicator);
        if (!indicator) {
            return std::unexpected(indicator.error());
        }
        silence.indicator = (*indicator)->id;
    }
    if (silence.by.empty() || silence.reason.empty()) {
        return fail(ErrorKind::Usage, "say who decides it (--by) and why (--reason)");
    }
    if (silence.until > campaign.end) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "--until {}: a silence cannot outlive the campaign, which ends on {}",
                to_text(silence.until),
                to_text(campaign.end)
            )
        );
    }
    if (silence.until < silence.from || silence.until < day_of(silence.at)) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "--until {}: must not be before its first day, {}, or before today",
                to_text(silence.until),
                to_text(silence.from)
            )
        );
    }
    return silence;
}

std::string silence_line(const Silence& silence) {
    return fmt::format(
        "{:>4} {:<16} {:<20} {} to {}; {}: {}{}",
        silence.id,
        silence.unit.empty() ? "all units" : silence.unit,
        silence.indicator.empty() ? "all indicators" : silence.indicator,
        to_text(silence.from),
        to_text(silence.until),
        one_line(silence.by),
        one_line(silence.reason),
        silence.end
            ? fmt::format("; ended {} by {}", to_text(silence.end->at), one_line(silence.end->by))
            : ""
    );
}

}  // namespace

ExitCode silence_add(const Options& options, const Service& service, const Output& output) {
    auto silence = silence_told(options, service);
    const auto id =
        silence
            ? service.store.call([&](store::Store& store) { return store.add_silence(*silence); })
            : std::unexpected(silence.error());
    if (!id) {
        return report_error(output, failed("silence add", id.error()).error());
    }
    silence->id = *id;
    if (options.json) {
        output.out(pretty_json(silence_json(*silence, day_of(silence->at))));
    } else if (!options.quiet) {
        output.out(silence_line(*silence) + "\n");
    }
    return ExitCode::Done;
}

ExitCode silence_expire(const Options& options, const Service& service, const Output& output) {
    const Silence::End end{as_written(options.by), service.clock.now()};
    if (!options.id || end.by.empty()) {
        return report_error(
            output, {ErrorKind::Usage, "silence expire: say which one, and who decides it (--by)"}
        );
    }
    const auto silences =
        service.store.call([&](store::Store& store) -> Result<std::vector<Silence>> {
            const auto done = store.end_silence(*options.id, end);
            return done ? store.silences(end.at) : std::unexpected(done.error());
        });
    if (!silences) {
        return report_error(output, failed("silence expire", silences.error()).error());
    }
    const auto ended = std::ranges::find(*silences, *options.id, &Silence::id);
    check(ended != silences->end(), "silence_expire: the one that was ended");
    if (options.json) {
        output.out(pretty_json(silence_json(*ended, day_of(end.at))));
    } else if (!options.quiet) {
        output.out(silence_line(*ended) + "\n");
    }
    return ExitCode::Done;
}

ExitCode run_silence_list(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const Instant now = (*session)->clock().now();
    const auto silences =
        (*session)->store().call([&](store::Store& store) { return store.silences(now); });
    if (!silences) {
        return report_error(silences.error());
    }
    json::array array;
    for (const Silence& silence : *silences) {
        if (!options.all && !is_in_force(silence, day_of(now))) {
            continue;
        }
        array.push_back(silence_json(silence, day_of(now)));
        if (!options.json) {
            fmt::print("{}\n", silence_line(silence));
        }
    }
    if (options.json) {
        fmt::print("{}", pretty_json(array));
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
