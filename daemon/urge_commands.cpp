// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua urge list, record
#include "core/file.hpp"
#include "core/text.hpp"
#include "daemon/commands.hpp"
#include "daemon/json_values.hpp"
#include "daemon/named.hpp"
#include "daemon/record_table.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/text_table.hpp"
#include "daemon/urging.hpp"
#include "reports/xlsx.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

json::object urging_json(const Urging& urging) {
    return {
        {"unit", urging.unit},
        {"indicator", urging.indicator},
        {"kind", to_text(urging.kind)},
        {"day", to_text(urging.day)},
        {"by", text_or_null(urging.by)},
        {"document", text_or_null(urging.document)},
        {"note", text_or_null(urging.note)}};
}

json::value weeks_json(const std::optional<Ratio>& counts, std::size_t weeks) {
    if (!counts) {
        return nullptr;
    }
    return json::object{
        {"weeks", weeks}, {"numerator", counts->numerator}, {"denominator", counts->denominator}};
}

json::object entry_json(const reports::UrgedUnit& urged) {
    json::object object = urging_json(urged.urging);
    object["id"] = urged.urging.id;
    object["recorded_at"] = to_text(urged.urging.at);
    object["effect"] = nullptr;
    if (urged.effect) {
        const auto movement = rules::movement_of(*urged.effect);
        object["effect"] = json::object{
            {"before", weeks_json(urged.effect->before, rules::urging_weeks_before)},
            {"after", weeks_json(urged.effect->after, urged.effect->weeks_after)},
            {"movement", movement ? json::value(rules::to_text(*movement)) : json::value(nullptr)}};
    }
    return object;
}

json::object view_json(const UrgingView& view, const config::Settings& settings) {
    json::array proposed;
    for (const reports::ProposedUrging& one : view.proposed) {
        const auto figure =
            std::ranges::find(one.unit->figures, one.indicator->id, &rules::Figure::indicator);
        proposed.push_back(
            {{"unit", one.unit->code},
             {"name", one.unit->name},
             {"indicator", one.indicator->id},
             {"figure", figure_json(*figure)},
             {"last_urged", time_or_null(one.last_urged)},
             {"readers", json::array(one.readers.begin(), one.readers.end())}}
        );
    }
    json::array ledger;
    for (const reports::UrgedUnit& one : view.ledger) {
        ledger.push_back(entry_json(one));
    }
    return {
        {"as_of", to_text(view.standings.as_of)},
        {"known_at", to_text(view.standings.known_at)},
        {"fitness", rules::to_text(view.standings.fitness)},
        {"interval_days", settings.urging_interval_days},
        {"proposed", std::move(proposed)},
        {"ledger", std::move(ledger)}};
}

std::string counts_text(const std::optional<Ratio>& counts, std::size_t weeks) {
    return counts ? fmt::format("{}/{} in {} weeks", counts->numerator, counts->denominator, weeks)
                  : "too few weeks";
}

std::string effect_text(const reports::UrgedUnit& urged) {
    if (urged.urging.kind == UrgingKind::Drafted) {
        return "";
    }
    if (!urged.effect) {
        return "unknown";
    }
    const auto movement = rules::movement_of(*urged.effect);
    return fmt::format(
        "{} -> {}{}",
        counts_text(urged.effect->before, rules::urging_weeks_before),
        counts_text(urged.effect->after, urged.effect->weeks_after),
        movement ? fmt::format(": {}", rules::to_text(*movement)) : ""
    );
}

void print_view(const UrgingView& view) {
    fmt::print(
        "to urge, as of {} ({}):\n",
        to_text(view.standings.as_of),
        rules::to_text(view.standings.fitness)
    );
    std::vector<TextRow> rows{{"UNIT", "NAME", "INDICATOR", "COUNTS", "LAST URGED"}};
    for (const reports::ProposedUrging& one : view.proposed) {
        const auto figure =
            std::ranges::find(one.unit->figures, one.indicator->id, &rules::Figure::indicator);
        rows.push_back(
            {one.unit->code,
             one.unit->name,
             one.indicator->id,
             fmt::format("{}/{}", figure->counts->numerator, figure->counts->denominator),
             one.last_urged ? to_text(*one.last_urged) : "-"}
        );
    }
    fmt::print("{}\nledger:\n", text_table(rows));
    rows = {{"ID", "DAY", "UNIT", "INDICATOR", "KIND", "BY", "DOCUMENT", "EFFECT"}};
    for (const reports::UrgedUnit& one : view.ledger) {
        rows.push_back(
            {std::to_string(one.urging.id),
             to_text(one.urging.day),
             one.urging.unit,
             one.urging.indicator,
             std::string(to_text(one.urging.kind)),
             one_line(one.urging.by),
             one_line(one.urging.document),
             effect_text(one)}
        );
    }
    fmt::print("{}", text_table(rows));
}

/// The one that the command line tells of. Errors: Usage, with what is allowed.
Result<Urging> urging_told(const Options& options, const Service& service) {
    const Campaign& campaign = service.settings.campaign;
    auto unit = find_unit_code(service.settings, options.unit);
    const auto indicator = find_indicator(campaign, options.indicator);
    if (!unit || !indicator) {
        return std::unexpected(unit ? indicator.error() : unit.error());
    }
    const Instant now = service.clock.now();
    Urging urging{
        0,
        *std::move(unit),
        (*indicator)->id,
        UrgingKind::Recorded,
        options.entry.day.value_or(day_of(now)),
        as_written(options.by),
        as_written(options.document),
        as_written(options.note),
        now};
    if (urging.by.empty() || urging.day > day_of(now) || urging.day < campaign.start) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "say who records it (--by), and on which day of the campaign the unit was urged "
                "(--day, from {} to today)",
                to_text(campaign.start)
            )
        );
    }
    return urging;
}

/// What somebody should know who has just put it on file: it came soon after another.
std::string remark_on(const Urging& urging, const std::vector<Urging>& before, int interval_days) {
    const AlertKey key{urging.unit, urging.indicator};
    const Urging* last = rules::last_urged(before, key);
    const bool is_early = rules::is_too_soon(before, key, urging.day, interval_days);
    return is_early && last->day != urging.day
               ? fmt::format(
                     "thidua: {} was urged to {} on {} already, less than {} days apart "
                     "(urging.interval)\n",
                     urging.unit,
                     urging.indicator,
                     to_text(last->day),
                     interval_days
                 )
               : "";
}

}  // namespace

ExitCode urge_record(const Options& options, const Service& service, const Output& output) {
    const auto urging = urging_told(options, service);
    if (!urging) {
        return report_error(output, failed("urge record", urging.error()).error());
    }
    std::string remark;
    const auto news = service.store.call([&](store::Store& store) -> Result<std::int64_t> {
        const auto before = store.urgings(urging->at);
        if (!before) {
            return std::unexpected(before.error());
        }
        remark = remark_on(*urging, *before, service.settings.urging_interval_days);
        return store.record_urgings(std::vector{*urging});
    });
    if (!news) {
        return report_error(output, failed("urge record", news.error()).error());
    }
    if (!remark.empty()) {
        output.err(remark);
    }
    if (options.json) {
        json::object object = urging_json(*urging);
        object["recorded"] = *news > 0;
        output.out(pretty_json(object));
    } else if (!options.quiet) {
        output.out(fmt::format(
            "{}, {}: urged on {}{}\n",
            urging->unit,
            urging->indicator,
            to_text(urging->day),
            *news > 0 ? "" : "; on file already"
        ));
    }
    return ExitCode::Done;
}

ExitCode urge_drafted(const Options& options, const Service& service, const Output& output) {
    std::vector<Urging> drafts;
    for (const std::string& pair : options.sources) {
        const auto slash = pair.find('/');
        auto unit = find_unit_code(service.settings, pair.substr(0, slash));
        const auto indicator = find_indicator(
            service.settings.campaign, slash == std::string::npos ? "" : pair.substr(slash + 1)
        );
        if (!unit || !indicator) {
            return report_error(output, unit ? indicator.error() : unit.error());
        }
        const Instant now = service.clock.now();
        drafts.push_back(
            {0,
             *std::move(unit),
             (*indicator)->id,
             UrgingKind::Drafted,
             options.entry.day.value_or(day_of(now)),
             as_written(options.by),
             "",
             "",
             now}
        );
    }
    const auto done =
        service.store.call([&](store::Store& store) { return store.record_urgings(drafts); });
    return done ? ExitCode::Done
                : report_error(output, failed("urging ledger", done.error()).error());
}

ExitCode run_urge_list(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const auto view = view_urging((*session)->store(), settings, (*session)->clock().now());
    if (!view) {
        return report_error(view.error());
    }
    if (!options.out.empty()) {
        const auto bytes = reports::render_xlsx(reports::urging_workbook(
            {settings.campaign, (*view)->standings, (*view)->proposed, (*view)->ledger}
        ));
        const auto written =
            bytes ? write_file(options.out, *bytes) : std::unexpected(bytes.error());
        if (!written) {
            return report_error(written.error());
        }
    }
    if (options.json) {
        fmt::print("{}", pretty_json(view_json(**view, settings)));
    } else if (options.out.empty()) {
        print_view(**view);
    } else if (!options.quiet) {
        fmt::print("{}\n", options.out.string());
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
