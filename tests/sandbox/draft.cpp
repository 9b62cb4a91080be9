// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// Drafts a dossier: who, what, when and through which channel.

#include "generate.hpp"

namespace thidua::sandbox {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr milliseconds almost_midnight = days{1} - milliseconds{1};

/// One in 400 is accepted on the edge of the campaign, or just outside it.
Instant edge_instant(Random& random, std::uint32_t number) {
    switch (number / 400 % 8) {
        case 0:
            return instant_of(campaign_start - days{1}, almost_midnight);
        case 1:
            return instant_of(campaign_start, milliseconds{0});
        case 2:
            return instant_of(campaign_end, almost_midnight);
        case 3:
            return instant_of(campaign_end + days{1}, milliseconds{0});
        case 4:
            return instant_of(campaign_end + days{2}, hours{8} + minutes{15});
        case 5:
            return instant_of(campaign_start - days{2}, hours{15});
        case 6:
            return instant_of(campaign_end, almost_midnight - milliseconds{random.below(900)});
        default:
            return instant_of(campaign_end + days{1}, hours{9} + minutes{30});
    }
}

milliseconds odd_time_of_day(Random& random, std::uint32_t number) {
    switch (number / 100 % 4) {
        case 0:
            return milliseconds{0};
        case 1:
            return almost_midnight - milliseconds{random.below(1000)};
        default:
            return some_time(random, hours{0}, hours{23});
    }
}

milliseconds time_of_day(Random& random) {
    milliseconds time = some_time(random, hours{7} + minutes{30}, hours{17});
    if (random.per_mille(300)) {
        time += milliseconds{random.below(1000)};
    }
    return time;
}

bool is_edge(std::uint32_t number) {
    return number % 400 == 333;
}

bool is_odd(std::uint32_t number) {
    return number % 100 == 7;
}

Instant acceptance(Random& random, std::uint32_t number, const Almanac& almanac) {
    if (is_edge(number)) {
        return edge_instant(random, number);
    }
    const Day day = almanac.days.at(draw_weighted(random, almanac.day_sums));
    return instant_of(day, is_odd(number) ? odd_time_of_day(random, number) : time_of_day(random));
}

UnitIndex owner_for(Random& random, UnitIndex unit) {
    if (unit == root_unit) {
        return static_cast<UnitIndex>(random.between(2, 4));
    }
    return unit >= first_branch ? land_office : unit;
}

Channel channel_for(Random& random, const Dossier& dossier, Day day) {
    const Procedure& procedure = procedures()[dossier.procedure];
    const Habits& habits = habits_of(dossier.unit);
    std::int64_t online =
        habits.online_first + (habits.online_last - habits.online_first) * progress_on(day) / 1000;
    if (!is_offered_online(procedure, day)) {
        online = 80;  // said to be online though the procedure is not: sources do that
    } else if (procedure.use == Use::Rare) {
        online = 0;  // only its anchors are online, so that it stays rare
    }
    if (random.per_mille(online)) {
        return Channel::Online;
    }
    const std::int64_t dice = random.below(1000);
    if (dice < 15) {
        return Channel::Unsaid;
    }
    return dice < 80 ? Channel::Postal : Channel::Direct;
}

/// Mostly within minutes of acceptance, 3 % one to ten days late.
Instant first_seen(Random& random, const Dossier& dossier, Instant accepted) {
    if ((is_odd(dossier.number) || is_edge(dossier.number)) && random.per_mille(500)) {
        return accepted;
    }
    if (random.per_mille(30)) {
        return accepted + some_time(random, days{1}, days{10});
    }
    return accepted + some_time(random, seconds{30}, minutes{10});
}

seconds time_before_acceptance(Random& random, Channel channel) {
    if (channel != Channel::Online) {
        return some_time(random, seconds{0}, minutes{25});
    }
    const bool soon = random.per_mille(700);
    return soon ? some_time(random, minutes{4}, hours{6}) : some_time(random, hours{6}, days{3});
}

void choose_nation_code(Random& random, Dossier& dossier) {
    const std::int64_t dice = random.below(1000);
    dossier.twin = dossier.number % 800 == 5;
    if (dossier.twin || dice >= 60) {
        return;
    }
    dossier.first_nation = NationCode::Absent;
    const auto which = dice < 10 ? NationCode::Recoded : NationCode::Own;
    dossier.changes.push_back(
        {.at = dossier.visible + some_time(random, hours{1}, days{6}),
         .kind = ChangeKind::NationCode,
         .value = static_cast<std::uint8_t>(which)}
    );
}

/// 2 % never get past registration, some of them refused, a few of those with an accepted date.
void choose_refusal(Random& random, Dossier& dossier) {
    if (dossier.anchored || !random.per_mille(20)) {
        return;
    }
    const bool refused = random.per_mille(400);
    dossier.first_status = refused ? status::refused : status::registered;
    if (!refused || !random.per_mille(300)) {
        dossier.accepted.reset();
    }
}

}  // namespace

Dossier draft_dossier(std::uint64_t seed, std::uint32_t number, const Almanac& almanac) {
    Random random{stream_seed(seed, number, Salt::Draft)};
    Dossier dossier;
    dossier.number = number;
    dossier.anchored = number < almanac.anchors.size();
    Instant accepted = acceptance(random, number, almanac);
    if (dossier.anchored) {
        const Anchor& anchor = almanac.anchors[number];
        dossier.unit = anchor.unit;
        dossier.procedure = anchor.procedure;
        dossier.channel = Channel::Online;
        accepted = instant_of(anchor.day, time_of_day(random));
    } else {
        dossier.unit = almanac.units.at(draw_weighted(random, almanac.unit_sums));
        const UnitIndex owner =
            dossier.unit == unmapped_unit ? land_office : owner_for(random, dossier.unit);
        const std::size_t drawn = draw_weighted(random, almanac.procedure_sums.at(owner));
        dossier.procedure = almanac.procedures.at(owner).at(drawn);
        dossier.channel = channel_for(random, dossier, day_of(accepted));
    }
    dossier.issuer = dossier.unit >= first_branch ? land_office : dossier.unit;  // unmapped too
    dossier.unit_dice = static_cast<std::uint8_t>(random.below(100));
    dossier.procedure_form = static_cast<std::uint8_t>(random.below(3));
    dossier.accepted = accepted;
    dossier.applied = accepted - time_before_acceptance(random, dossier.channel);
    dossier.visible = first_seen(random, dossier, accepted);
    dossier.coded = day_of(dossier.applied);
    choose_nation_code(random, dossier);
    choose_refusal(random, dossier);
    return dossier;
}

}  // namespace thidua::sandbox
