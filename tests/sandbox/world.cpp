// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "world.hpp"

#include "generate.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace thidua::sandbox {
namespace {

/// The first sequence number of an issuer's day: most days number from 0001, some issuers' days
/// from 10001 or 100001, as where a province numbers several counters apart.
std::int32_t first_sequence(UnitIndex issuer, Day day) {
    const auto dice = static_cast<std::int64_t>(day.time_since_epoch().count()) * 31 + issuer;
    if (dice % 41 == 0) {
        return 100'001;
    }
    return dice % 17 == 0 ? 10'001 : 1;
}

void append_numbered(
    std::string& out, std::string_view unit_code, const Dossier& dossier, std::int32_t sequence
) {
    out += unit_code;
    out += '-';
    append_short_day(out, dossier.coded);
    out += '-';
    append_padded(out, sequence, 4);
}

Mishap draw_mishap(std::uint64_t seed, const Dossier& dossier, std::int64_t mishaps) {
    const std::int64_t dice =
        Random{stream_seed(seed, dossier.number, Salt::Mishap)}.below(1000) - mishaps;
    if (dossier.twin || dossier.first_nation != NationCode::Own || !dossier.accepted) {
        return Mishap::None;  // odd enough
    }
    return dice < 0             ? Mishap::Lost
           : dice < mishaps     ? Mishap::Duplicate
           : dice < 2 * mishaps ? Mishap::OtherUnit
                                : Mishap::None;
}

const Unit& issuer_of(const Dossier& dossier) {
    return units()[dossier.issuer];
}

}  // namespace

void number_dossiers(std::vector<Dossier>& dossiers) {
    std::vector<Dossier*> by_application;
    for (Dossier& dossier : dossiers) {
        by_application.push_back(&dossier);
    }
    std::ranges::sort(by_application, {}, [](const Dossier* dossier) {
        return std::pair{dossier->applied, dossier->number};
    });
    std::map<std::pair<UnitIndex, Day>, std::int32_t> given;
    for (Dossier* dossier : by_application) {
        const auto key = std::pair{dossier->issuer, dossier->coded};
        const auto [place, is_first] = given.try_emplace(key, 0);
        dossier->sequence = first_sequence(key.first, key.second) + place->second++;
        // Far from what any issuer gives on its own, and never twice.
        dossier->recoded_sequence = dossier->sequence % 100'000 + 500'000;
    }
}

World make_world(std::uint64_t seed, std::int64_t dossiers, std::int64_t mishaps) {
    const Almanac almanac = make_almanac();
    World world;
    world.seed = seed;
    world.dossiers.reserve(static_cast<std::size_t>(dossiers));
    for (std::uint32_t number = 0; number < dossiers; ++number) {
        world.dossiers.push_back(draft_dossier(seed, number, almanac));
        world.dossiers.back().mishap = draw_mishap(seed, world.dossiers.back(), mishaps);
    }
    number_dossiers(world.dossiers);
    for (Dossier& dossier : world.dossiers) {
        add_life(dossier, Random{stream_seed(seed, dossier.number, Salt::Life)});
        add_payment(world, dossier, Random{stream_seed(seed, dossier.number, Salt::Payment)});
        settle_changes(dossier);
    }
    return world;
}

bool is_listed_twice(const Dossier& dossier) {
    return dossier.twin || dossier.mishap == Mishap::Duplicate;
}

void append_duplicate_code(std::string& out, const Dossier& dossier) {
    // Far from what issuers and the portal give.
    append_numbered(out, issuer_of(dossier).code, dossier, dossier.sequence % 100'000 + 700'000);
}

void append_code(std::string& out, const Dossier& dossier) {
    append_numbered(out, issuer_of(dossier).code, dossier, dossier.sequence);
}

void append_nation_code(std::string& out, const Dossier& dossier, NationCode which) {
    const bool recoded = which == NationCode::Recoded;
    append_numbered(
        out,
        issuer_of(dossier).old_code,
        dossier,
        recoded ? dossier.recoded_sequence : dossier.sequence
    );
}

}  // namespace thidua::sandbox
