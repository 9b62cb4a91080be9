// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/digest_facts.hpp"
#include "reports/digest_news.hpp"
#include "reports/digest_practice.hpp"
#include "reports/digest_restatements.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace thidua::reports {
namespace {

/// A sentence that names more units is no longer read.
constexpr std::size_t names_max = 3;

/// A unit that passed from one side of a target to the other.
struct Crossing {
    const rules::UnitStanding* unit = nullptr;
    const Indicator* indicator = nullptr;
    const rules::Figure* before = nullptr;
    const rules::Figure* now = nullptr;
};

std::optional<Crossing> find_crossing(
    const DigestInput& input, const rules::UnitStanding& unit, const Indicator& indicator
) {
    const rules::UnitStanding* unit_before = find_before(input, unit);
    const rules::Figure* now = find_figure(unit, indicator);
    const rules::Figure* before =
        unit_before == nullptr ? nullptr : find_figure(*unit_before, indicator);
    if (now == nullptr || before == nullptr || !is_fit(*now) || !is_fit(*before)) {
        return std::nullopt;
    }
    const bool rose =
        before->verdict == rules::Verdict::Below && now->verdict == rules::Verdict::Met;
    const bool fell =
        before->verdict == rules::Verdict::Met && now->verdict == rules::Verdict::Below;
    if (!rose && !fell) {
        return std::nullopt;
    }
    return Crossing{&unit, &indicator, before, now};
}

std::vector<Crossing> find_crossings(const DigestInput& input) {
    std::vector<const rules::UnitStanding*> units{&input.standings.total};
    const auto ranked = ranked_units(input);
    units.insert(units.end(), ranked.begin(), ranked.end());
    std::vector<Crossing> crossings;
    for (const rules::UnitStanding* unit : units) {
        for (const Indicator& indicator : input.campaign.indicators) {
            if (const auto crossing = find_crossing(input, *unit, indicator)) {
                crossings.push_back(*crossing);
            }
        }
    }
    return crossings;
}

std::string describe_move(const rules::Figure& before, const rules::Figure& now) {
    return fmt::format(
        "{} → {}",
        format_ratio(*before.counts, before.target),
        format_ratio(*now.counts, now.target)
    );
}

std::string describe(const DigestInput& input, const Crossing& crossing) {
    const bool is_total = crossing.unit == &input.standings.total;
    const bool has_new_target = crossing.before->target->value != crossing.now->target->value ||
                                crossing.before->target->op != crossing.now->target->op;
    return fmt::format(
        "{} – {} {}{}",
        is_total ? "Toàn cơ quan" : crossing.unit->name,
        short_name(*crossing.indicator),
        describe_move(*crossing.before, *crossing.now),
        has_new_target ? " (chỉ tiêu đã thay đổi)" : ""
    );
}

/// One bullet for those that went the same way; nothing if none did.
void add_crossings(Bullets& bullets, const DigestInput& input, rules::Verdict reached) {
    std::vector<Crossing> crossings = find_crossings(input);
    std::erase_if(crossings, [&](const Crossing& crossing) {
        return crossing.now->verdict != reached;
    });
    if (crossings.empty()) {
        return;
    }
    std::string text;
    const std::size_t shown = std::min(crossings.size(), names_max);
    for (std::size_t at = 0; at < shown; ++at) {
        text += (at == 0 ? "" : "; ") + describe(input, crossings[at]);
    }
    if (crossings.size() > shown) {
        text += fmt::format("; và {} trường hợp khác", crossings.size() - shown);
    }
    const bool is_met = reached == rules::Verdict::Met;
    bullets.items.push_back({is_met ? "Mới đạt chỉ tiêu" : "Tụt dưới chỉ tiêu", text + "."});
}

/// Empty if no unit's figure rose.
std::string describe_improver(const DigestInput& input) {
    const Indicator& indicator = primary_indicator(input);
    const Improver best = find_improver(input, indicator);
    if (best.unit == nullptr) {
        return "";
    }
    return fmt::format(
        "{} – {} {} điểm phần trăm ({}){}.",
        best.unit->name,
        short_name(indicator),
        format_change(*change_of(input, *best.unit, indicator)),
        describe_move(
            *find_figure(*find_before(input, *best.unit), indicator),
            *find_figure(*best.unit, indicator)
        ),
        equals_phrase(best)
    );
}

/// The indicators that cannot be compared with the week before, whose silence is no good news.
std::vector<std::string> incomparable_names(const DigestInput& input) {
    std::vector<std::string> names;
    for (const Indicator& indicator : input.campaign.indicators) {
        const auto change = change_of(input, input.standings.total, indicator);
        if (!change || !is_comparable(*change)) {
            names.emplace_back(short_name(indicator));
        }
    }
    return names;
}

}  // namespace

Bullets compose_changes(const DigestInput& input) {
    Bullets bullets;
    add_crossings(bullets, input, rules::Verdict::Met);
    add_crossings(bullets, input, rules::Verdict::Below);
    const std::vector<std::string> incomparable = incomparable_names(input);
    const bool has_targets =
        std::ranges::any_of(input.standings.total.figures, [](const rules::Figure& figure) {
            return figure.target.has_value();
        });
    const bool is_comparable_at_all = incomparable.size() < input.campaign.indicators.size();
    if (bullets.items.empty() && has_targets && is_comparable_at_all) {
        bullets.items.push_back({"", "Không có đơn vị mới đạt hoặc tụt dưới chỉ tiêu."});
    }
    if (!incomparable.empty()) {
        bullets.items.push_back({"Chưa so sánh được", join(incomparable, ", ") + "."});
    }
    if (std::string improver = describe_improver(input); !improver.empty()) {
        bullets.items.push_back({"Tăng nhiều nhất", std::move(improver)});
    }
    if (auto hint = restatements_hint(input)) {
        bullets.items.push_back(*std::move(hint));
    }
    return bullets;
}

}  // namespace thidua::reports
