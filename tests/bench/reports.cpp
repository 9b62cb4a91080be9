// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/standings.hpp"
#include "tests/bench/catalogue.hpp"
#include "tests/bench/commands.hpp"
#include "tests/bench/generate.hpp"
#include "tests/bench/measurement.hpp"
#include "tests/bench/page_file.hpp"
#include "tests/bench/store_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace thidua::bench {
namespace {

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

constexpr Instant end_of_time{std::chrono::milliseconds{4'102'444'800'000}};  // 2100-01-01

TallyQuery window_query(const Campaign& campaign, Instant known_at) {
    TallyQuery query;
    query.system_of_record = std::string(records_source);
    query.payment_record = std::string(payments_source);
    query.from = campaign.start;
    query.to = campaign.end;
    query.known_at = known_at;
    return query;
}

/// Tells two standings apart: counts, verdicts and ranks of every unit.
std::uint64_t print_of(const rules::Standings& standings) {
    std::string text;
    const auto append = [&](const rules::UnitStanding& unit) {
        text += fmt::format("{} {}:", unit.code, unit.rank.value_or(0));
        for (const rules::Figure& figure : unit.figures) {
            const Ratio counts = figure.counts.value_or(Ratio{});
            text += fmt::format(
                " {}/{} {}", counts.numerator, counts.denominator, figure.rank.value_or(0)
            );
        }
        text += '\n';
    };
    std::ranges::for_each(standings.units, append);
    append(standings.total);
    return bench::print_of(text);
}

/// What one repetition took, in milliseconds.
struct Times {
    std::vector<double> tally, measure, both, cpu;
};

}  // namespace

Result<void> run_standings(
    const std::string& name, const Files& files, int repeats, std::optional<std::string> known_at
) {
    const auto known = known_at ? parse_instant(*known_at) : Result<Instant>(end_of_time);
    auto store = store::Store::open(files.store, store::Access::ReadOnly);
    const auto organisation = make_organisation();
    if (!known || !store || !organisation) {
        return std::unexpected(
            !known   ? known.error()
            : !store ? store.error()
                     : organisation.error()
        );
    }
    const std::vector<Procedure> procedures = make_procedures();
    const Campaign campaign = make_campaign(
        first_day, last_day_of_window, std::string(records_source), std::string(payments_source)
    );
    Times times;
    rules::Standings standings;
    std::size_t rows = 0;
    for (int repeat = 0; repeat <= repeats; ++repeat) {
        Stopwatch counting;
        Stopwatch measuring;
        counting.start();
        auto tallies = store->tally(window_query(campaign, *known));
        counting.stop();
        if (!tallies) {
            return std::unexpected(tallies.error());
        }
        rows = tallies->size();
        measuring.start();
        std::vector<rules::IndicatorTallies> shared;
        for (const Indicator& indicator : campaign.indicators) {
            shared.push_back({indicator.id, *tallies});
        }
        standings =
            rules::measure({campaign, *organisation, procedures, shared, {}, campaign.end, *known});
        measuring.stop();
        if (repeat > 0) {  // the first one fills the caches
            times.tally.push_back(counting.wall_seconds() * 1e3);
            times.measure.push_back(measuring.wall_seconds() * 1e3);
            times.both.push_back((counting.wall_seconds() + measuring.wall_seconds()) * 1e3);
            times.cpu.push_back((counting.cpu_seconds() + measuring.cpu_seconds()) * 1e3);
        }
    }
    Measurement(name)
        .add("ms", median(times.both))
        .add("cpu_ms", median(times.cpu))
        .add("tally_ms", median(times.tally))
        .add("measure_ms", median(times.measure))
        .add("rows", static_cast<std::int64_t>(rows))
        .add("print", static_cast<std::int64_t>(print_of(standings) >> 1U))
        .print();
    return {};
}

Result<void> run_scan(const Files& files, int repeats) {
    std::vector<double> times;
    std::vector<double> cpu;
    std::int64_t received = 0;
    for (int repeat = 0; repeat <= repeats; ++repeat) {
        Stopwatch watch;
        watch.start();
        const auto units = scan(files.store, first_day, last_day_of_window);
        watch.stop();
        if (!units) {
            return std::unexpected(units.error());
        }
        received = 0;
        for (const UnitTotal& unit : *units) {
            received += unit.received;
        }
        if (repeat > 0) {
            times.push_back(watch.wall_seconds() * 1e3);
            cpu.push_back(watch.cpu_seconds() * 1e3);
        }
    }
    Measurement("scan")
        .add("ms", median(times))
        .add("cpu_ms", median(cpu))
        .add("received", received)
        .print();
    return {};
}

Result<void> run_totals(const Files& files) {
    const auto totals = totals_of(files.store);
    if (!totals) {
        return std::unexpected(totals.error());
    }
    Measurement("totals")
        .add("dossiers", totals->dossiers)
        .add("fee_total", totals->fee_total)
        .add("history", totals->history)
        .add_file(files.store)
        .print();
    return {};
}

}  // namespace thidua::bench
