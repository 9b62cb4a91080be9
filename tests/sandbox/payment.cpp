// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// Fees of a dossier and the ways in which they get paid, or not.

#include "generate.hpp"

namespace thidua::sandbox {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array<std::int32_t, 11> amounts = {
    10'000,
    15'000,
    28'000,
    50'000,
    80'000,
    100'000,
    120'000,
    450'000,
    500'000,
    1'200'000,
    5'600'000};

void note(Dossier& dossier, Instant at, ChangeKind kind, std::uint8_t value) {
    dossier.changes.push_back({.at = at, .kind = kind, .value = value});
}

void note(Dossier& dossier, Instant at, PaymentState state) {
    note(dossier, at, ChangeKind::Payment, static_cast<std::uint8_t>(state));
}

void note(Dossier& dossier, Instant at, PaymentMethod method) {
    note(dossier, at, ChangeKind::Method, static_cast<std::uint8_t>(method));
}

std::int32_t some_amount(Random& random) {
    return amounts.at(static_cast<std::size_t>(random.below(amounts.size())));
}

enum class Owes { No, Yes };

Owes add_fees(Dossier& dossier, Random& random) {
    const Day day = day_of(dossier.accepted.value_or(dossier.applied));
    if (!is_fee_bearing(procedures()[dossier.procedure], day)) {
        if (random.per_mille(30)) {
            dossier.fees.push_back(0);
        }
        return Owes::No;
    }
    const std::int64_t dice = random.below(1000);
    if (dice < 20) {
        return Owes::Yes;  // no fee is named, which does not make it free
    }
    const std::size_t count = random.per_mille(300) ? 2 : 1;
    if (dice < 80) {
        dossier.fees.assign(count, 0);
        return Owes::No;
    }
    for (std::size_t index = 0; index < count; ++index) {
        dossier.fees.push_back(some_amount(random));
    }
    if (random.per_mille(10)) {
        const bool all = random.per_mille(700);
        note(
            dossier,
            dossier.visible + some_time(random, days{1}, days{30}),
            ChangeKind::FeesZero,
            static_cast<std::uint8_t>(all ? count : 1)
        );
    }
    return Owes::Yes;
}

std::int64_t total_of(const Dossier& dossier) {
    std::int64_t total = 0;
    for (const std::int32_t fee : dossier.fees) {
        total += fee;
    }
    return total == 0 ? 50'000 : total;
}

Reference& add_reference(World& world, Dossier& dossier, std::string_view prefix) {
    std::string plain{prefix};
    std::string nation;
    append_nation_code(nation, dossier, NationCode::Own);
    for (const char letter : nation) {
        if (letter != '.' && letter != '-') {
            plain += letter;
        }
    }
    plain += 'x';
    plain += std::to_string(++dossier.references);
    world.references.push_back(
        {.code = plain, .dossier = dossier.number, .amount = total_of(dossier), .known_from = {}}
    );
    return world.references.back();
}

void enter(Reference& reference, Instant at, std::uint8_t state) {
    reference.states.at(reference.state_count++) = {.at = at, .state = state};
}

/// One attempt on the platform, begun at `begin` (a whole second); returns when it was settled.
Instant add_attempt(World& world, Dossier& dossier, Random& random, PlatformState wanted) {
    Reference& reference = add_reference(world, dossier, "dvc");
    Instant settled = wanted.at;
    if (random.per_mille(120)) {
        enter(reference, wanted.at, 3);
        const bool quick = random.per_mille(600);
        settled +=
            quick ? some_time(random, minutes{2}, hours{3}) : some_time(random, hours{3}, days{9});
    } else if (dossier.number % 30 == 11) {  // success on either side of a midnight
        const Day day = day_of(settled);
        settled = instant_of(day + days{1}, seconds{dossier.number % 60 == 11 ? -1 : 0});
    }
    enter(reference, settled, wanted.state);
    const Instant named = wanted.at + some_time(random, seconds{2}, minutes{4});
    note(dossier, named, ChangeKind::ReferenceNamed, 0);
    // Kept on whole seconds, like everything the platform says.
    const Instant seen = std::chrono::floor<seconds>(std::max(named, dossier.visible));
    reference.known_from = random.per_mille(30) ? seen + some_time(random, days{1}, days{5})
                                                : std::min(wanted.at, settled);
    return settled;
}

void add_refund(World& world, Dossier& dossier, Random& random, Instant paid) {
    const Instant refunded = paid + some_time(random, days{2}, days{40});
    enter(world.references.back(), refunded, 4);
    if (random.per_mille(400)) {  // the province does not always hear of it
        note(dossier, refunded + some_time(random, days{14}, days{35}), PaymentState::Refunded);
    }
}

void pay_in_cash(Dossier& dossier, Instant at, PaymentMethod method) {
    note(dossier, at, method);
    note(dossier, at, PaymentState::Paid);
    dossier.paid = at;
}

void after_failure(Dossier& dossier, Random& random, Instant settled) {
    const Instant later = settled + some_time(random, hours{1}, days{4});
    if (random.per_mille(300)) {
        pay_in_cash(dossier, later, PaymentMethod::Cash);
    } else if (random.per_mille(500)) {
        note(dossier, later, PaymentState::Cancelled);
    }
}

void after_success(World& world, Dossier& dossier, Random& random, Instant settled) {
    dossier.paid = settled;
    if (random.per_mille(950)) {  // the other confirmations never reach the province
        note(dossier, settled + some_time(random, seconds{20}, minutes{20}), PaymentState::Paid);
    }
    if (random.per_mille(20)) {
        add_refund(world, dossier, random, settled);
        return;
    }
    if (random.per_mille(10)) {  // paid a second time by mistake; only that one is given back
        const Instant again = settled + some_time(random, minutes{1}, hours{5});
        const Instant twice = add_attempt(world, dossier, random, {.at = again, .state = 1});
        enter(world.references.back(), twice + some_time(random, days{1}, days{9}), 4);
    }
}

void pay_on_platform(World& world, Dossier& dossier, Random& random, Instant begin) {
    const std::int64_t dice = random.below(100);
    const int attempts = dice < 82 ? 1 : dice < 96 ? 2 : 3;
    const bool succeeds = random.per_mille(950);
    Instant at = std::chrono::floor<seconds>(begin);
    note(dossier, at, PaymentMethod::Platform);
    note(dossier, at, PaymentState::Waiting);
    for (int attempt = 1; attempt < attempts; ++attempt) {
        at = add_attempt(world, dossier, random, {.at = at, .state = 4});
        at += some_time(random, minutes{5}, days{2});
    }
    const std::uint8_t wanted = succeeds ? 1 : 4;
    const Instant settled = add_attempt(world, dossier, random, {.at = at, .state = wanted});
    if (succeeds) {
        after_success(world, dossier, random, settled);
    } else {
        after_failure(dossier, random, settled);
    }
}

/// Paid through the province's own gateway: the platform never hears of that reference.
void pay_by_province(World& world, Dossier& dossier, Random& random, Instant at) {
    add_reference(world, dossier, "vnpt").known_from = Instant::max();
    note(dossier, at, PaymentMethod::Vnpt);
    note(dossier, at, PaymentState::Waiting);
    note(dossier, at, ChangeKind::ReferenceNamed, 0);
    dossier.paid = at + some_time(random, seconds{30}, minutes{15});
    note(dossier, *dossier.paid, PaymentState::Paid);
}

Instant payment_begin(const Dossier& dossier, Random& random) {
    if (dossier.channel == Channel::Online && random.per_mille(250)) {
        return dossier.applied + some_time(random, seconds{20}, minutes{3});
    }
    const bool soon = random.per_mille(750);
    return *dossier.accepted + (soon ? some_time(random, minutes{5}, hours{30})
                                     : some_time(random, hours{30}, days{12}));
}

}  // namespace

void add_payment(World& world, Dossier& dossier, Random random) {
    dossier.first_reference = static_cast<std::uint32_t>(world.references.size());
    if (add_fees(dossier, random) == Owes::No || dossier.first_status == status::refused ||
        !dossier.accepted) {
        return;
    }
    const Habits& habits = habits_of(dossier.unit);
    const std::int64_t progress = progress_on(day_of(*dossier.accepted));
    const std::int64_t platform =
        habits.paid_first + (habits.paid_last - habits.paid_first) * progress / 1000;
    const std::int64_t dice = random.below(1000) - platform;
    const Instant begin = payment_begin(dossier, random);
    if (dice < 0) {
        pay_on_platform(world, dossier, random, begin);
    } else if (dice < 50) {
        pay_by_province(world, dossier, random, begin);
    } else if (dice < 90) {
        pay_in_cash(dossier, begin, PaymentMethod::Cash);
    } else if (dice < 150) {
        pay_in_cash(dossier, begin, PaymentMethod::Transfer);
    } else if (random.per_mille(600)) {
        note(dossier, begin, dice % 2 == 0 ? PaymentState::Unpaid : PaymentState::Waiting);
    }
}

}  // namespace thidua::sandbox
