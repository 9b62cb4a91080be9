// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "truth.hpp"

#include "facts.hpp"
#include "text.hpp"

#include <algorithm>
#include <string_view>

namespace thidua::sandbox {
namespace {

/// What is counted under one unit code, before units are added up; the last is the unmapped one.
struct Tally {
    Count dossiers;
    Count payments;
    ProcedureSet used_online;

    void add(const Tally& other) {
        dossiers.numerator += other.dossiers.numerator;
        dossiers.denominator += other.dossiers.denominator;
        payments.numerator += other.payments.numerator;
        payments.denominator += other.payments.denominator;
        used_online |= other.used_online;
    }
};
using Tallies = std::array<Tally, unit_count + 1>;

struct Question {
    Instant begin;  // of the acceptance window
    Instant end;
    Instant business_end;  // a success after it is none yet
    Instant known_at;
};

bool is_paid_online(
    const World& world, const Dossier& dossier, const Facts& facts, const Question& question
) {
    if (facts.method != PaymentMethod::Platform) {
        return false;
    }
    for (std::size_t index = 0; index < facts.references; ++index) {
        const Reference& reference = world.references[dossier.first_reference + index];
        const auto state = platform_state_at(reference, question.known_at);
        if (state && state->state == 1 && state->at <= question.business_end) {
            return true;
        }
    }
    return false;
}

void count_dossier(
    const World& world, const Dossier& dossier, const Question& question, Tallies& tallies
) {
    if (!dossier.accepted || *dossier.accepted < question.begin ||
        *dossier.accepted > question.end) {
        return;
    }
    const auto facts = facts_at(dossier, question.known_at);
    if (!facts || !is_received(*facts)) {
        return;
    }
    const Procedure& procedure = procedures()[dossier.procedure];
    const Day day = day_of(*dossier.accepted);
    Tally& tally = tallies.at(facts->unit);
    const bool online = dossier.channel == Channel::Online;
    if (online) {
        tally.used_online.set(dossier.procedure);
    }
    if (is_offered_online(procedure, day)) {
        tally.dossiers.denominator += 1;
        tally.dossiers.numerator += online ? 1 : 0;
    }
    if (is_fee_bearing(procedure, day) && !is_free_of_charge(dossier, *facts)) {
        tally.payments.denominator += 1;
        tally.payments.numerator += is_paid_online(world, dossier, *facts, question) ? 1 : 0;
    }
}

std::int64_t size_of(const ProcedureSet& set) {
    return static_cast<std::int64_t>(set.count());
}

UnitFigures to_figures(const Tally& tally, const ProcedureSet& published) {
    return {
        .services_online =
            {.numerator = size_of(published & tally.used_online),
             .denominator = size_of(published)},
        .dossiers_online = tally.dossiers,
        .payments_online = tally.payments};
}

void append_row(
    std::string& out, std::string_view head, std::string_view indicator, const Count& count
) {
    out += head;
    out += indicator;
    out += R"(","numerator":)";
    out += std::to_string(count.numerator);
    out += R"(,"denominator":)";
    out += std::to_string(count.denominator);
    out += "}\n";
}

void append_day(std::string& out, const World& world, Day day, Instant known_at) {
    const DayFigures figures = figures_of(world, day, known_at);
    for (std::size_t unit = 0; unit <= unit_count; ++unit) {
        std::string head = R"({"day":")" + to_text(day) + R"(","known_at":")" + to_text(known_at);
        head += R"(","unit":")";
        head += unit < unit_count ? units()[unit].code : "total";
        head += R"(","indicator":")";
        append_row(out, head, "services-online", figures.at(unit).services_online);
        append_row(out, head, "dossiers-online", figures.at(unit).dossiers_online);
        append_row(out, head, "payments-online", figures.at(unit).payments_online);
    }
}

}  // namespace

DayFigures figures_of(const World& world, Day day, Instant known_at) {
    const Question question{
        .begin = instant_of(campaign_start, std::chrono::milliseconds{0}),
        .end = end_of(std::min(day, campaign_end)),
        .business_end = end_of(day),
        .known_at = known_at};
    Tallies tallies{};
    for (const Dossier& dossier : world.dossiers) {
        count_dossier(world, dossier, question, tallies);
    }
    // Children come after their parents, so one pass from the end adds the whole tree up.
    for (std::size_t unit = unit_count; unit-- > 1;) {
        tallies.at(units()[unit].parent).add(tallies.at(unit));
    }
    const ProcedureSet offered = offered_on(day);
    DayFigures figures{};
    for (UnitIndex unit = 0; unit < unit_count; ++unit) {
        figures.at(unit) = to_figures(tallies.at(unit), offered & responsibility_of(unit));
    }
    tallies.at(unmapped_unit).add(tallies.at(root_unit));
    figures.at(unmapped_unit) =
        to_figures(tallies.at(unmapped_unit), offered & responsibility_of(root_unit));
    return figures;
}

std::string truth_text(const World& world, const TruthWindow& window) {
    std::string out;
    for (Day day = window.from; day <= window.to; day += std::chrono::days{1}) {
        append_day(out, world, day, window.known_at.value_or(end_of(day)));
    }
    return out;
}

}  // namespace thidua::sandbox
