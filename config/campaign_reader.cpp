// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/campaign_reader.hpp"

#include "config/organisation_reader.hpp"
#include "config/plan_reader.hpp"
#include "config/reconciliation_reader.hpp"

#include <algorithm>

namespace thidua::config {

namespace {

constexpr std::string_view start_remedy =
    "nobody guesses the first day of the campaign: set it to the day on which the signed plan was "
    "issued, such as \"start: 2024-06-07\", in the campaign file or in the root file below "
    "\"campaign:\"";

/// A source by its name, and it must give `kind` of records.
std::string read_source_name(
    const Node& node, const std::vector<NamedSource>& sources, RecordKind kind
) {
    std::vector<std::string> names;
    for (const NamedSource& source : sources) {
        names.push_back(source.name);
    }
    std::string name = node.reference("the name of a source in the root file", names);
    const auto source = std::ranges::find(sources, name, &NamedSource::name);
    if (source != sources.end() && source->kind && *source->kind != kind) {
        node.refuse(
            "a source of " + std::string(to_text(kind)) + "; this one gives " +
            std::string(to_text(*source->kind))
        );
    }
    return name;
}

Indicator with_gateways(const Node& node, Indicator indicator) {
    if (!node) {
        return indicator;
    }
    enum class Name { Dvcqg, Province };
    indicator.dvcqg_gateway = false;
    indicator.province_gateway = false;
    for (const Node& item : node.items()) {
        const std::size_t problems_before = item.problems().size();
        const auto name = item.one_of<Name>({{"dvcqg", Name::Dvcqg}, {"province", Name::Province}});
        bool& named = name == Name::Dvcqg ? indicator.dvcqg_gateway : indicator.province_gateway;
        if (named && item.problems().size() == problems_before) {
            item.report("the same gateway twice");
        }
        named = true;
    }
    if (node.is_list() && !indicator.dvcqg_gateway && !indicator.province_gateway) {
        node.report("empty: name at least one of \"dvcqg\", \"province\"");
    }
    return indicator;
}

/// Lays the options that `indicator.kind` has over it; those of other kinds remain unknown keys.
Indicator with_options(Node& node, const std::vector<NamedSource>& sources, Indicator indicator) {
    switch (indicator.kind) {
        case IndicatorKind::ServicesOnline:
            indicator.services = node.optional("denominator")
                                     .one_of_or<ServicesDenominator>(
                                         {
                                             {"published", ServicesDenominator::Published},
                                             {"active", ServicesDenominator::Active},
                                         },
                                         indicator.services
                                     );
            break;
        case IndicatorKind::DossiersOnline:
            indicator.all_procedures =
                node.optional("procedures")
                    .one_of_or<bool>({{"online", false}, {"all", true}}, indicator.all_procedures);
            break;
        case IndicatorKind::PaymentsOnline:
            indicator = with_gateways(node.optional("gateways"), std::move(indicator));
            indicator.evidence = node.optional("evidence")
                                     .one_of_or<PaymentEvidence>(
                                         {
                                             {"platform", PaymentEvidence::Platform},
                                             {"flag", PaymentEvidence::Flag},
                                         },
                                         indicator.evidence
                                     );
            const Node record = indicator.evidence == PaymentEvidence::Platform
                                    ? node.required(
                                          "payment_record",
                                          "\"evidence: platform\" needs the name of a "
                                          "source of payments"
                                      )
                                    : node.optional("payment_record");
            if (record) {
                indicator.payment_record = read_source_name(record, sources, RecordKind::Payments);
            }
            break;
    }
    return indicator;
}

Indicator read_indicator(
    const std::string& id, Node node, const std::vector<NamedSource>& sources
) {
    Indicator indicator;
    indicator.id = id;
    indicator.name = node.required("name").text();
    indicator.short_name = node.optional("short_name").text_or(indicator.name);
    indicator.legal_basis = node.optional("legal_basis").text_or("");
    indicator.system_of_record =
        read_source_name(node.required("system_of_record"), sources, RecordKind::Dossiers);
    const Node kind = node.required("kind");
    const std::size_t problems_before = node.problems().size();
    indicator.kind = kind.one_of<IndicatorKind>({
        {"services-online", IndicatorKind::ServicesOnline},
        {"dossiers-online", IndicatorKind::DossiersOnline},
        {"payments-online", IndicatorKind::PaymentsOnline},
    });
    if (kind && node.problems().size() == problems_before) {
        indicator = with_options(node, sources, std::move(indicator));
        node.finish();
    }
    return indicator;
}

/// The first of `days` and those among them on which units change; `days` has both its ends.
std::vector<Day> days_to_check(const DaysInForce& days, std::span<const DatedUnit> units) {
    std::vector<Day> checked{*days.from};
    for (const Day day : days_of_change(units)) {
        if (*days.from < day && holds(days, day)) {
            checked.push_back(day);
        }
    }
    return checked;
}

/// Every day of the campaign needs a tree to count by.
void check_units_are_there(
    const Node& place, const DaysInForce& window, std::span<const DatedUnit> units
) {
    for (const Day day : days_to_check(window, units)) {
        const bool is_there = std::ranges::any_of(units, [&](const DatedUnit& unit) {
            return holds(unit.days, day);
        });
        if (!is_there) {
            place.report(
                "no unit of the organisation file is in force on " + thidua::to_text(day) +
                ", a day of the campaign"
            );
            return;
        }
    }
}

/// The days of the campaign, whether or not they make sense together.
struct Window {
    Day start;
    Day end;
    bool is_sound = false;

    [[nodiscard]] DaysInForce days() const { return {.from = start, .until = end}; }

    /// Those of `part` that are days of the campaign; it ends before it begins if there are none.
    [[nodiscard]] DaysInForce within(const DaysInForce& part) const {
        return {
            .from = std::max(start, part.from.value_or(start)),
            .until = std::min(end, part.until.value_or(end))};
    }
};

Window read_window(Node& node, std::span<const DatedUnit> units) {
    const Node start = node.required("start", start_remedy);
    const Node end = node.required("end");
    const std::size_t problems_before = node.problems().size();
    Window window{.start = start.day(), .end = end.day()};
    window.is_sound = start && end && node.problems().size() == problems_before;
    if (window.is_sound && window.end < window.start) {
        end.refuse("a day not before \"start\", " + thidua::to_text(window.start));
        window.is_sound = false;
    }
    if (window.is_sound && !units.empty()) {
        check_units_are_there(start, window.days(), units);
    }
    return window;
}

/// The first day of the campaign among `days` on which no unit has `code`; nothing if there is
/// none.
std::optional<Day> first_day_without(
    const std::string& code, const DaysInForce& days, std::span<const DatedUnit> units
) {
    const auto checked = days_to_check(days, units);
    const auto missing =
        std::ranges::find_if(checked, [&](Day day) { return !find_in_force(units, code, day); });
    return missing == checked.end() ? std::nullopt : std::optional(*missing);
}

/// A unit that is not there while it is ranked would silently be missing from the ranking.
void check_ranked_unit(
    const Node& place,
    const RankedUnit& ranked,
    const Window& window,
    std::span<const DatedUnit> units
) {
    const DaysInForce days = window.within(ranked.days);
    if (*days.until < *days.from) {
        place.refuse("a unit that is ranked on some day of the campaign");
        return;
    }
    if (const auto missing = first_day_without(ranked.code, days, units)) {
        place.refuse(
            "a unit in force as long as it is ranked, but on " + thidua::to_text(*missing) +
            " it is not: say when it is ranked, as in {code: " + ranked.code +
            ", from: DAY, until: DAY}"
        );
    }
}

/// Shape: [CODE or {code, from?, until?}].
std::vector<RankedUnit> read_ranked_units(
    const Node& list, const Window& window, std::span<const DatedUnit> units
) {
    std::vector<RankedUnit> listed;
    for (Node item : list.items()) {
        const std::size_t problems_before = item.problems().size();
        const Node code = item.is_map() ? item.required("code") : item;
        RankedUnit ranked{.code = read_unit_code(code, units), .days = {}};
        if (item.is_map()) {
            ranked.days = read_days_in_force(item);
            item.finish();
        }
        const bool is_sound = item.problems().size() == problems_before;
        const bool is_twice = std::ranges::any_of(listed, [&](const RankedUnit& other) {
            return other.code == ranked.code && overlap(other.days, ranked.days);
        });
        if (is_twice) {
            code.refuse("a unit that is not yet in this list");
        } else if (is_sound && window.is_sound && !units.empty()) {
            check_ranked_unit(code, ranked, window, units);
        }
        listed.push_back(std::move(ranked));
    }
    return listed;
}

constexpr std::string_view decision_remedy =
    "a target of some units needs the number of the decision that sets it";

/// Shape: [CODE]. A unit that is not there while its target is in force would silently be judged by
/// another one, under the code that it has then.
std::vector<std::string> read_target_units(
    const Node& list,
    const DaysInForce& days,
    const Window& window,
    std::span<const DatedUnit> units
) {
    std::vector<std::string> codes;
    const DaysInForce judged = window.within(days);
    const bool has_days = window.is_sound && !units.empty() && *judged.from <= *judged.until;
    for (const Node& item : list.items()) {
        const std::size_t problems_before = item.problems().size();
        std::string code = read_unit_code(item, units);
        const bool is_sound = has_days && item.problems().size() == problems_before;
        const auto missing = is_sound ? first_day_without(code, judged, units) : std::nullopt;
        if (std::ranges::find(codes, code) != codes.end()) {
            item.refuse("a unit that is not yet in this list");
        } else if (missing) {
            item.refuse(
                "a unit in force as long as its target is, but on " + thidua::to_text(*missing) +
                " it is not: limit the target with \"from\" or \"to\""
            );
        }
        codes.push_back(std::move(code));
    }
    if (list.is_list() && codes.empty()) {
        list.report("empty: leave it out for a target of all units");
    }
    return codes;
}

Target read_target(
    Node node,
    const std::vector<std::string>& indicators,
    const Window& window,
    std::span<const DatedUnit> units
) {
    Target target;
    target.indicator = node.required("indicator").reference("the id of an indicator", indicators);
    target.op = node.required("op").one_of<TargetOperator>(
        {{">", TargetOperator::Above}, {">=", TargetOperator::AtLeast}}
    );
    target.value = node.required("value").share();
    const Node from = node.optional("from");
    const Node to = node.optional("to");
    target.from = from ? std::optional(from.day()) : std::nullopt;
    target.to = to ? std::optional(to.day()) : std::nullopt;
    if (target.from && target.to && *target.to < *target.from) {
        to.refuse("a day not before \"from\", " + thidua::to_text(*target.from));
    }
    const Node named = node.optional("units");
    target.decision = named ? node.required("decision", decision_remedy).text()
                            : node.optional("decision").text_or("");
    target.units = read_target_units(named, {target.from, target.to}, window, units);
    node.finish();
    return target;
}

/// The unit, if any, of which both speak; "" if both speak of all.
std::optional<std::string> in_common(const Target& left, const Target& right) {
    if (left.units.empty() || right.units.empty()) {
        const bool are_general = left.units.empty() && right.units.empty();
        return are_general ? std::optional(std::string()) : std::nullopt;
    }
    const auto shared = std::ranges::find_first_of(left.units, right.units);
    return shared == left.units.end() ? std::nullopt : std::optional(*shared);
}

/// Says so if one of `earlier` is in force on the same days, for the same unit, as `target`.
void check_overlap(const Node& place, std::span<const Target> earlier, const Target& target) {
    for (std::size_t at = 0; at < earlier.size(); ++at) {
        const Target& other = earlier[at];
        const auto unit = in_common(other, target);
        const bool is_same_time =
            overlap(DaysInForce{other.from, other.to}, DaysInForce{target.from, target.to});
        if (other.indicator == target.indicator && unit && is_same_time) {
            place.report(
                "a second target for " + shown(target.indicator) +
                (unit->empty() ? "" : " of unit " + *unit) + " in the same days as targets[" +
                std::to_string(at) + "]: limit one with \"to\" and the other with \"from\""
            );
            return;
        }
    }
}

std::vector<Target> read_targets(
    const Node& node,
    const std::vector<std::string>& indicators,
    const Window& window,
    std::span<const DatedUnit> units
) {
    std::vector<Target> targets;
    for (const Node& item : node.items()) {
        const std::size_t problems_before = item.problems().size();
        Target target = read_target(item, indicators, window, units);
        if (item.problems().size() == problems_before) {
            check_overlap(item, targets, target);
        }
        targets.push_back(std::move(target));
    }
    return targets;
}

}  // namespace

Campaign read_campaign(
    Node node, const std::vector<NamedSource>& sources, std::span<const DatedUnit> units
) {
    Campaign campaign;
    (void)node.optional("file");  // in the root file, it says what this was laid over
    (void)node.required("version").integer(1, 1);
    campaign.id = node.required("id").id();
    campaign.name = node.required("name").text();
    const Window window = read_window(node, units);
    campaign.start = window.start;
    campaign.end = window.end;
    std::vector<std::string> ids;
    const Node indicators = node.required("indicators");
    for (const auto& [id, indicator] : indicators.entries_by_id()) {
        campaign.indicators.push_back(read_indicator(id, indicator, sources));
        ids.push_back(id);
    }
    if (indicators.is_map() && campaign.indicators.empty()) {
        indicators.report("empty: there must be at least one indicator");
    }
    campaign.targets = read_targets(node.optional("targets"), ids, window, units);
    campaign.ranked_units = read_ranked_units(node.optional("ranked_units"), window, units);
    campaign.reconciliation =
        read_reconciliation(node.optional("reconciliation"), sources, campaign.indicators);
    campaign.plan = read_plan(node, campaign);
    node.finish();
    return campaign;
}

}  // namespace thidua::config
