// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua reconcile
#include "daemon/commands.hpp"
#include "daemon/json_values.hpp"
#include "daemon/reconcile.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/text_table.hpp"
#include "rules/figure_id.hpp"
#include "rules/reason_text.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

constexpr std::array reasons{
    rules::Reason::LateSync,
    rules::Reason::Definition,
    rules::Reason::Duplicate,
    rules::Reason::UnitMapping,
    rules::Reason::CashAsOnline,
    rules::Reason::Refund,
    rules::Reason::Unconfirmed,
    rules::Reason::Unknown};
static_assert(reasons.size() == rules::reason_count);

/// What is to be shown of what was compared.
struct View {
    const Options& options;
    const Campaign& campaign;
    const Grounds& grounds;
    Instant known_at;

    [[nodiscard]] bool shows(const rules::UnitComparison& unit) const {
        return options.unit.empty() || unit.unit == options.unit;
    }

    /// A unit has the dossiers of what is below it too.
    [[nodiscard]] bool shows(const rules::Difference& difference) const {
        if (options.unit.empty()) {
            return true;
        }
        const auto at = grounds.organisation.find(difference.unit);
        return at && std::ranges::any_of(grounds.organisation.lineage(*at), [&](std::size_t above) {
                   return grounds.organisation.units()[above].code == options.unit;
               });
    }
};

json::object ratio_json(const Ratio& ratio) {
    return {{"numerator", ratio.numerator}, {"denominator", ratio.denominator}};
}

json::object unit_json(const rules::UnitComparison& unit, Share tolerance) {
    json::object counted;
    for (const rules::Reason reason : reasons) {
        counted[rules::to_text(reason)] = unit.with(reason);
    }
    const auto fitness = rules::fitness_of(unit, tolerance);
    return {
        {"code", unit.unit},
        {"own", ratio_json(unit.own)},
        {"witness", ratio_json(unit.witness)},
        {"compared", unit.compared},
        {"differing", unit.differing},
        {"waiting", unit.waiting},
        {"reasons", std::move(counted)},
        {"fitness", fitness ? json::value(rules::to_text(*fitness)) : json::value()}};
}

json::object difference_json(const rules::Difference& difference) {
    return {
        {"dossier", difference.dossier},
        {"unit", difference.unit.empty() ? json::value() : json::value(difference.unit)},
        {"indicator", difference.indicator},
        {"reason", rules::to_text(difference.reason)},
        {"reason_text", rules::vietnamese(difference.reason)},
        {"remedy", rules::remedy(difference.reason)},
        {"needs_fixing", rules::needs_fixing(difference.reason)}};
}

json::object pair_json(const View& view, const PairReport& report) {
    json::array indicators;
    for (const rules::IndicatorComparison& indicator : report.result.indicators) {
        json::array units;
        for (const rules::UnitComparison& unit : indicator.units) {
            if (view.shows(unit)) {
                units.push_back(unit_json(unit, view.campaign.reconciliation.tolerance));
            }
        }
        indicators.push_back({{"id", indicator.indicator}, {"units", std::move(units)}});
    }
    json::object pair{
        {"kind", report.result.kind == rules::PairKind::Records ? "records" : "payments"},
        {"own", report.result.own},
        {"witness", report.result.witness},
        {"state", word_of(report.state)},
        {"settled_at", time_or_null(report.settled_at)},
        {"indicators", std::move(indicators)}};
    if (view.options.dossiers) {
        json::array dossiers;
        for (const rules::Difference& difference : report.result.differences) {
            if (view.shows(difference)) {
                dossiers.push_back(difference_json(difference));
            }
        }
        pair["dossiers"] = std::move(dossiers);
    }
    return pair;
}

json::object answer_json(const View& view, const std::vector<PairReport>& reports) {
    json::array pairs;
    for (const PairReport& report : reports) {
        pairs.push_back(pair_json(view, report));
    }
    const ReconciliationRules& rules = view.campaign.reconciliation;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(rules.settle_after);
    return {
        {"campaign", view.campaign.id},
        {"as_of", thidua::to_text(view.grounds.day)},
        {"known_at", thidua::to_text(view.known_at)},
        {"tolerance", thidua::to_text(rules.tolerance)},
        {"settle_after_seconds", seconds.count()},
        {"pairs", std::move(pairs)}};
}

std::string counts_text(const Ratio& ratio) {
    return fmt::format("{}/{}", ratio.numerator, ratio.denominator);
}

/// "late-sync 12, unknown 1"
std::string reasons_text(const rules::UnitComparison& unit) {
    std::string text;
    for (const rules::Reason reason : reasons) {
        if (unit.with(reason) > 0) {
            text += fmt::format(
                "{}{} {}", text.empty() ? "" : ", ", rules::to_text(reason), unit.with(reason)
            );
        }
    }
    return text;
}

std::string units_table(const View& view, const PairReport& report) {
    std::vector<TextRow> rows{
        {"indicator",
         "unit",
         report.result.own,
         report.result.witness,
         "compared",
         "differing",
         "waiting",
         "fitness",
         "reasons"}};
    for (const rules::IndicatorComparison& indicator : report.result.indicators) {
        for (const rules::UnitComparison& unit : indicator.units) {
            if (!view.shows(unit)) {
                continue;
            }
            const auto fitness = rules::fitness_of(unit, view.campaign.reconciliation.tolerance);
            rows.push_back(
                {indicator.indicator,
                 unit.unit,
                 counts_text(unit.own),
                 counts_text(unit.witness),
                 std::to_string(unit.compared),
                 std::to_string(unit.differing),
                 std::to_string(unit.waiting),
                 fitness ? std::string(rules::to_text(*fitness)) : "nothing to compare",
                 reasons_text(unit)}
            );
        }
    }
    return text_table(rows);
}

/// What a unit has to have fixed.
std::string dossiers_table(const View& view, const PairReport& report) {
    std::vector<TextRow> rows{{"Mã hồ sơ", "Đơn vị", "Chỉ tiêu", "Lý do", "Cách xử lý"}};
    for (const rules::Difference& difference : report.result.differences) {
        if (rules::needs_fixing(difference.reason) && view.shows(difference)) {
            rows.push_back(
                {difference.dossier,
                 difference.unit.empty() ? "chưa ánh xạ" : difference.unit,
                 difference.indicator,
                 std::string(rules::vietnamese(difference.reason)),
                 std::string(rules::remedy(difference.reason))}
            );
        }
    }
    return rows.size() == 1 ? "Không có hồ sơ nào phải xử lý.\n" : text_table(rows);
}

void print_text(const View& view, const std::vector<PairReport>& reports) {
    fmt::print(
        "{} as of {}, known at {}, tolerance {}\n",
        view.campaign.id,
        thidua::to_text(view.grounds.day),
        thidua::to_text(view.known_at),
        thidua::to_text(view.campaign.reconciliation.tolerance)
    );
    if (reports.empty()) {
        fmt::print("\nno sources are compared\n");
    }
    for (const PairReport& report : reports) {
        const std::string names = report.result.own + " and " + report.result.witness;
        if (report.state != PairReport::State::Compared) {
            fmt::print("\n{}: not compared, {}\n", names, word_of(report.state));
            continue;
        }
        fmt::print(
            "\n{}, as both were known at {}\n\n{}",
            names,
            thidua::to_text(*report.settled_at),
            units_table(view, report)
        );
        if (view.options.dossiers) {
            fmt::print("\n{}", dossiers_table(view, report));
        }
    }
}

}  // namespace

ExitCode run_reconcile(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const Instant now = (*session)->clock().now();
    const Instant known_at = options.known_at.value_or(now);
    const auto grounds = grounds_of(
        (*session)->store(), settings, options.as_of.value_or(day_of(known_at)), known_at
    );
    if (!grounds) {
        return report_error(grounds.error());
    }
    if (!options.unit.empty() && !grounds->organisation.find(options.unit)) {
        return report_error({ErrorKind::Usage, "reconcile: there is no unit " + options.unit});
    }
    const auto reports = reconcile_pairs((*session)->store(), settings, *grounds, known_at);
    if (!reports) {
        return report_error(reports.error());
    }
    const View view{options, settings.campaign, *grounds, known_at};
    if (options.json) {
        fmt::print("{}", pretty_json(answer_json(view, *reports)));
    } else {
        print_text(view, *reports);
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
