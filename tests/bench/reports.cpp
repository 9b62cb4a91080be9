// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/hash.hpp"
#include "rules/standings.hpp"
#include "tests/bench/catalogue.hpp"
#include "tests/bench/commands.hpp"
#include "tests/bench/generate.hpp"
#include "tests/bench/measurement.hpp"
#include "tests/bench/store_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

namespace thidua::bench {
namespace {

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

constexpr Instant end_of_time{std::chrono::milliseconds{4'102'444'800'000}};  // 2100-01-01

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
    return thidua::print_of(text, 0);
}

/// How both sources stood; without that no figure is known.
Result<std::vector<SourceStatus>> statuses(store::Store& store, Instant known_at) {
    constexpr std::chrono::hours freshness{24 * 365 * 200};
    std::vector<SourceStatus> sources;
    for (const std::string_view name : {records_source, payments_source}) {
        auto status = store.source_status(name, freshness, known_at);
        if (!status) {
            return std::unexpected(status.error());
        }
        sources.push_back(*std::move(status));
    }
    return sources;
}

/// What stays the same from one repetition to the next.
struct Agency {
    Organisation organisation;
    std::vector<Procedure> procedures;
    Campaign campaign;
};

TallyQuery window_query(const Agency& agency, Instant known_at) {
    TallyQuery query;
    query.system_of_record = std::string(records_source);
    query.payment_record = std::string(payments_source);
    query.from = agency.campaign.start;
    query.to = agency.campaign.end;
    query.known_at = known_at;
    query.breaks = rules::days_of_change(agency.procedures);
    return query;
}

/// What one repetition made, and what it took.
struct Measured {
    rules::Standings standings;
    std::size_t rows = 0;
    Stopwatch tally;
    Stopwatch rules;
};

/// As daemon/measure.cpp does it.
Result<Measured> measure_once(store::Store& store, const Agency& agency, Instant known_at) {
    Measured measured;
    measured.tally.start();
    const auto sources = statuses(store, known_at);
    const auto tallies = store.tally(window_query(agency, known_at));
    measured.tally.stop();
    if (!tallies || !sources) {
        return std::unexpected(tallies ? sources.error() : tallies.error());
    }
    measured.rows = tallies->size();
    measured.rules.start();
    std::vector<rules::IndicatorTallies> shared;
    for (const Indicator& indicator : agency.campaign.indicators) {
        shared.push_back({indicator.id, *tallies});
    }
    measured.standings = rules::measure(
        {agency.campaign,
         agency.organisation,
         agency.procedures,
         shared,
         *sources,
         agency.campaign.end,
         known_at}
    );
    measured.rules.stop();
    return measured;
}

/// What the repetitions took, in milliseconds.
struct Times {
    std::vector<double> tally, rules, both, cpu;

    void add(const Measured& measured) {
        tally.push_back(measured.tally.wall_seconds() * 1e3);
        rules.push_back(measured.rules.wall_seconds() * 1e3);
        both.push_back(tally.back() + rules.back());
        cpu.push_back((measured.tally.cpu_seconds() + measured.rules.cpu_seconds()) * 1e3);
    }
};

}  // namespace

Result<void> run_standings(
    const std::string& name, const Files& files, int repeats, std::optional<std::string> known_at
) {
    const auto known = known_at ? parse_instant(*known_at) : Result<Instant>(end_of_time);
    auto store = store::Store::open(location_of(files.store), store::Access::ReadOnly);
    auto organisation = make_organisation();
    if (!known || !store || !organisation) {
        return std::unexpected(
            !known   ? known.error()
            : !store ? store.error()
                     : organisation.error()
        );
    }
    const std::string records(records_source);
    const std::string payments(payments_source);
    const Agency agency{
        *std::move(organisation),
        make_procedures(),
        make_campaign(first_day, last_day_of_window, records, payments)};
    Times times;
    Result<Measured> measured = measure_once(*store, agency, *known);  // fills the caches
    for (int repeat = 0; repeat < repeats && measured; ++repeat) {
        measured = measure_once(*store, agency, *known);
        if (measured) {
            times.add(*measured);
        }
    }
    if (!measured) {
        return std::unexpected(measured.error());
    }
    Measurement(name)
        .add("ms", median(times.both))
        .add("cpu_ms", median(times.cpu))
        .add("tally_ms", median(times.tally))
        .add("measure_ms", median(times.rules))
        .add("rows", static_cast<std::int64_t>(measured->rows))
        .add("print", static_cast<std::int64_t>(print_of(measured->standings) >> 1U))
        .print();
    return {};
}

Result<void> run_scan(Scan what, const Files& files, int repeats) {
    const bool is_month = what == Scan::Month;
    const Day from = is_month ? first_day : Day{std::chrono::days{0}};
    const Day to = is_month ? last_day_of_window : Day{std::chrono::days{65'000}};
    std::vector<double> times;
    std::vector<double> cpu;
    std::int64_t received = 0;
    for (int repeat = 0; repeat <= repeats; ++repeat) {
        Stopwatch watch;
        watch.start();
        const auto units = scan(files.store, from, to);
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
    Measurement(is_month ? "scan-month" : "scan")
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
