// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/restatement.hpp"

#include "rules/count.hpp"
#include "rules/figure_id.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>

namespace thidua::rules {
namespace {

constexpr std::size_t place_of(RestatementCause cause) {
    return static_cast<std::size_t>(cause);
}

/// What each cause adds to the tallies; counts may be negative.
using Additions = std::array<std::vector<Tally>, restatement_cause_count>;

void replace(std::vector<Tally>& additions, const Tally& before, const Tally& now) {
    Tally gone = before;
    for (std::int64_t Tally::*const count :
         {&Tally::received, &Tally::online, &Tally::owing, &Tally::paid}) {
        gone.*count = -(gone.*count);
    }
    additions.push_back(std::move(gone));
    additions.push_back(now);
}

/// Counted then and now: first what it is, then whether it is paid.
void take_apart(
    const Tally& before, const Tally& now, const Organisation& organisation, Additions& additions
) {
    Tally paid_as_before = now;
    paid_as_before.paid = std::min(before.paid, now.owing);
    if (paid_as_before != before) {
        const bool is_moved =
            organisation.find(before.unit_code) != organisation.find(now.unit_code);
        const auto cause = is_moved ? RestatementCause::OtherUnit : RestatementCause::Corrected;
        replace(additions[place_of(cause)], before, paid_as_before);
    }
    if (paid_as_before != now) {
        const bool is_late = now.paid > paid_as_before.paid;
        const auto cause =
            is_late ? RestatementCause::LatePayment : RestatementCause::ReturnedPayment;
        replace(additions[place_of(cause)], paid_as_before, now);
    }
}

/// One that was received outside the window then, or is now, has another day of acceptance.
void take_apart(const TallyChange& change, const Organisation& organisation, Additions& additions) {
    using enum RestatementCause;
    if (change.before && change.now) {
        take_apart(*change.before, *change.now, organisation, additions);
    } else if (change.now) {
        const auto cause = change.was_received ? Corrected : LateDossier;
        replace(additions[place_of(cause)], {}, *change.now);
    } else if (change.before) {
        const auto cause = change.is_received ? Corrected : Withdrawn;
        replace(additions[place_of(cause)], *change.before, {});
    }
}

/// One tally of each piece, unit code and procedure code. What comes to nothing is left out, as
/// there is nothing where nothing was received.
std::vector<Tally> summed(std::vector<Tally> tallies) {
    const auto key = [](const Tally& tally) {
        return std::tie(tally.day, tally.unit_code, tally.procedure_code);
    };
    std::ranges::sort(tallies, [&](const Tally& one, const Tally& other) {
        return key(one) < key(other);
    });
    std::vector<Tally> sums;
    for (Tally& tally : tallies) {
        if (sums.empty() || key(sums.back()) != key(tally)) {
            sums.push_back(std::move(tally));
            continue;
        }
        sums.back().received += tally.received;
        sums.back().online += tally.online;
        sums.back().owing += tally.owing;
        sums.back().paid += tally.paid;
    }
    std::erase_if(sums, [](const Tally& sum) { return sum.received == 0; });
    return sums;
}

/// What an indicator counts once everything up to a cause is as it is now.
struct Step {
    RestatementCause cause;
    Counted counted;
};

/// The way of one indicator from the counts of then to those of now, as far as there are causes.
class Way {
  public:
    Way(const RestatementInput& input, const Indicator& indicator)
        : input_(input), indicator_(indicator) {
        const auto place =
            std::ranges::find(input.then.tallies, indicator.id, &IndicatorTallies::indicator);
        if (place != input.then.tallies.end()) {
            tallies_.assign(place->tallies.begin(), place->tallies.end());
        }
        add(RestatementCause::Configuration, input.then.organisation, input.then.procedures);
        add(RestatementCause::UnitMapping, input.organisation, input.then.procedures);
        add(RestatementCause::Procedures, input.organisation, input.procedures);
        add_changes();
    }

    [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }

  private:
    void add(
        RestatementCause cause,
        const Organisation& organisation,
        std::span<const Procedure> procedures
    ) {
        const Catalogue catalogue(organisation, procedures);
        steps_.push_back(
            {cause, count(indicator_, catalogue, place(catalogue, tallies_), input_.then.as_of)}
        );
    }

    void add_changes() {
        const auto since =
            std::ranges::find(input_.changes, indicator_.id, &ChangesSince::indicator);
        Additions additions;
        for (std::size_t at = 0; since != input_.changes.end() && at < since->changes.size();
             ++at) {
            take_apart(since->changes[at], input_.organisation, additions);
        }
        for (std::size_t at = 0; at < additions.size(); ++at) {
            if (!additions[at].empty()) {
                std::ranges::move(additions[at], std::back_inserter(tallies_));
                tallies_ = summed(std::move(tallies_));
                add(static_cast<RestatementCause>(at), input_.organisation, input_.procedures);
            }
        }
    }

    const RestatementInput& input_;
    const Indicator& indicator_;
    std::vector<Tally> tallies_;
    std::vector<Step> steps_;
};

/// Nothing if the unit is not among them.
std::optional<Ratio> counts_of(
    const Counted& counted, const Organisation& organisation, std::string_view unit
) {
    if (unit == total_unit) {
        return counted.total;
    }
    const auto at = organisation.find(unit);
    return at ? std::optional(counted.units[*at]) : std::nullopt;
}

class Finder {
  public:
    explicit Finder(const RestatementInput& input)
        : input_(input), then_(published(measure(input.then), {})) {
        for (const Indicator& indicator : input.then.campaign.indicators) {
            ways_.emplace_back(indicator.id, Way(input, indicator));
        }
    }

    [[nodiscard]] Restatement explain(Changed<PublishedFigure> figure) const {
        Restatement restatement{std::move(figure), {}};
        const auto& [before, now] = restatement.figure;
        if (before && now && before->counts && now->counts) {
            restatement.causes = shares(*before, *now);
        } else if (before && now && now->counts && was_unknown(*now)) {
            restatement.causes.push_back({RestatementCause::FirstAnswer, 0, 0});
        }
        if (restatement.causes.empty()) {
            restatement.causes.push_back({otherwise(), 0, 0});
        }
        return restatement;
    }

  private:
    /// What makes a difference where nothing that was counted does.
    [[nodiscard]] RestatementCause otherwise() const {
        return input_.has_same_configuration ? RestatementCause::Unknown
                                             : RestatementCause::Configuration;
    }

    /// By what was known then, a source that the figure needs had never answered.
    [[nodiscard]] bool was_unknown(const PublishedFigure& figure) const {
        const auto& figures = figure.unit == total_unit ? then_.total : then_.figures;
        return std::ranges::any_of(figures, [&](const PublishedFigure& one) {
            return one.unit == figure.unit && one.indicator == figure.indicator && !one.counts;
        });
    }

    [[nodiscard]] std::vector<CauseShare> shares(
        const PublishedFigure& before, const PublishedFigure& now
    ) const {
        std::array<Ratio, restatement_cause_count> moved{};
        Ratio at = *before.counts;
        const auto move_to = [&](RestatementCause cause, const Ratio& next) {
            moved[place_of(cause)] +=
                {next.numerator - at.numerator, next.denominator - at.denominator};
            at = next;
        };
        const auto way =
            std::ranges::find(ways_, now.indicator, &std::pair<std::string, Way>::first);
        if (way != ways_.end()) {
            for (const Step& step : way->second.steps()) {
                const bool is_first = &step == way->second.steps().data();
                if (const auto next = counts_of(step.counted, input_.organisation, now.unit)) {
                    move_to(is_first ? otherwise() : step.cause, *next);
                }
            }
        }
        move_to(RestatementCause::Unknown, *now.counts);
        std::vector<CauseShare> causes;
        for (std::size_t cause = 0; cause < moved.size(); ++cause) {
            if (moved[cause] != Ratio{}) {
                causes.push_back(
                    {static_cast<RestatementCause>(cause),
                     moved[cause].numerator,
                     moved[cause].denominator}
                );
            }
        }
        return causes;
    }

    const RestatementInput& input_;
    Published then_;
    std::vector<std::pair<std::string, Way>> ways_;
};

}  // namespace

std::string_view to_text(RestatementCause cause) {
    switch (cause) {
        case RestatementCause::FirstAnswer:
            return "first-answer";
        case RestatementCause::Configuration:
            return "configuration";
        case RestatementCause::UnitMapping:
            return "unit-mapping";
        case RestatementCause::Procedures:
            return "procedures";
        case RestatementCause::LateDossier:
            return "late-dossier";
        case RestatementCause::Withdrawn:
            return "withdrawn";
        case RestatementCause::OtherUnit:
            return "other-unit";
        case RestatementCause::Corrected:
            return "corrected";
        case RestatementCause::LatePayment:
            return "late-payment";
        case RestatementCause::ReturnedPayment:
            return "returned-payment";
        case RestatementCause::Unknown:
            return "unknown";
    }
    check(false, "to_text: a known RestatementCause");
    return "";
}

bool changes_verdict(const Restatement& restatement) {
    const auto verdict = [](const std::optional<PublishedFigure>& figure) {
        return figure ? figure->verdict : std::string();
    };
    return verdict(restatement.figure.before) != verdict(restatement.figure.now);
}

std::vector<Restatement> find_restatements(const RestatementInput& input) {
    const Published now = published(input.now, {});
    std::vector<Changed<PublishedFigure>> changed =
        changes_between({input.said.figures, {}, {}}, {now.figures, {}, {}}).figures;
    std::ranges::move(
        changes_between({input.said.total, {}, {}}, {now.total, {}, {}}).figures,
        std::back_inserter(changed)
    );
    std::vector<Restatement> found;
    if (changed.empty()) {
        return found;
    }
    const Finder finder(input);
    for (Changed<PublishedFigure>& figure : changed) {
        found.push_back(finder.explain(std::move(figure)));
    }
    return found;
}

}  // namespace thidua::rules
