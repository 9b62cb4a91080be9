// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua rules sensitivity: whose verdict depends on how the plan's words are read.
#include "daemon/commands.hpp"
#include "daemon/measure.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "reports/digest_facts.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"
#include "rules/sensitivity.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

json::object to_json(const rules::Figure& figure) {
    const auto count = [&](std::int64_t Ratio::*which) {
        return figure.counts ? json::value((*figure.counts).*which) : json::value(nullptr);
    };
    return {
        {"numerator", count(&Ratio::numerator)},
        {"denominator", count(&Ratio::denominator)},
        {"verdict", figure.verdict ? json::value(rules::to_text(*figure.verdict)) : json::value()},
        {"fitness", rules::to_text(figure.fitness)}};
}

json::object to_json(const rules::Flip& flip) {
    return {
        {"unit", flip.is_whole ? json::value() : json::value(flip.unit->code)},
        {"name", flip.unit->name},
        {"figure", flip.in_force->id},
        {"in_force", to_json(*flip.in_force)},
        {"other", to_json(*flip.other)}};
}

json::object to_json(
    const rules::Standings& standings, const std::vector<rules::TwoReadings>& all
) {
    json::object object = standings_head_json(standings);
    json::array indicators;
    for (const rules::TwoReadings& compared : all) {
        json::array units;
        for (const rules::Flip& flip : compared.flips) {
            units.push_back(to_json(flip));
        }
        indicators.push_back(
            {{"id", compared.in_force.id},
             {"in_force", rules::reading_text(compared.in_force)},
             {"other", rules::reading_text(compared.other)},
             {"units", std::move(units)}}
        );
    }
    object["indicators"] = std::move(indicators);
    return object;
}

std::string figure_and_verdict(const rules::Figure& figure) {
    const reports::Percent percent = reports::percent_of(figure);
    std::string text = reports::value_and_mark(percent);
    if (figure.counts) {
        text += " (" + reports::format_counts(*figure.counts) + ")";
    }
    const std::string verdict = reports::format_verdict(percent);
    return verdict.empty() ? text : text + " " + verdict;
}

std::string readings_text(const rules::TwoReadings& compared) {
    std::string text = fmt::format(
        "\n{}\n  đang áp dụng: {}; cách hiểu khác: {}\n",
        compared.in_force.name,
        rules::reading_text(compared.in_force),
        rules::reading_text(compared.other)
    );
    for (const rules::Flip& flip : compared.flips) {
        text += fmt::format(
            "  {}: {}; theo cách hiểu khác {}\n",
            flip.is_whole ? "Toàn bộ, kể cả hồ sơ chưa ánh xạ đơn vị"
                          : flip.unit->code + " " + flip.unit->name,
            figure_and_verdict(*flip.in_force),
            figure_and_verdict(*flip.other)
        );
    }
    return compared.flips.empty() ? text + "  không đơn vị nào đổi kết luận\n" : text;
}

std::string readings_text(
    const rules::Standings& standings, const std::vector<rules::TwoReadings>& all
) {
    std::string text = fmt::format(
        "{}: tính đến {}, theo số liệu ghi nhận lúc {}, {}\n",
        standings.campaign,
        reports::format_day(standings.as_of),
        reports::format_instant(standings.known_at),
        reports::format_fitness(standings.fitness)
    );
    for (const rules::TwoReadings& compared : all) {
        text += readings_text(compared);
    }
    return text;
}

}  // namespace

ExitCode run_rules_sensitivity(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const Instant known_at = options.known_at.value_or((*session)->clock().now());
    const Day day = options.as_of.value_or(day_of(known_at));
    SharedStore& store = (*session)->store();
    const auto in_force = standings_of(store, settings, day, known_at);
    const auto other = in_force ? standings_read_otherwise(store, settings, day, known_at)
                                : std::unexpected(in_force.error());
    if (!other) {
        return report_error(other.error());
    }
    const auto all = rules::compare_readings(settings.campaign, *in_force, *other);
    fmt::print(
        "{}", options.json ? pretty_json(to_json(*in_force, all)) : readings_text(*in_force, all)
    );
    return ExitCode::Done;
}

}  // namespace thidua::daemon
