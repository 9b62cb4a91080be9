// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "national.hpp"

#include "random.hpp"

#include <algorithm>

namespace thidua::sandbox {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;

/// These push "paid online" for whatever was paid, cash included.
bool marks_cash_as_online(UnitIndex unit) {
    return unit == 3 || unit == first_branch + 1 || unit == first_branch + 4;
}

void count_channel(NationalCounts& counts, const Dossier& dossier, const Facts& facts) {
    switch (dossier.channel) {
        case Channel::Online:
            counts.online += 1;
            counts.used_online.set(dossier.procedure);
            break;
        case Channel::Postal:
            counts.postal += 1;
            break;
        case Channel::Direct:
        case Channel::Unsaid:
            counts.direct += 1;
            break;
    }
    if (dossier.channel == Channel::Online && national_status(facts.status) >= status::done) {
        const bool in_time = facts.completed.value_or(facts.updated) <= appointment_of(dossier);
        (in_time ? counts.online_on_time : counts.online_overdue) += 1;
    }
}

void count_progress(NationalCounts& counts, const Dossier& dossier, const Facts& facts, Day today) {
    const Instant due = appointment_of(dossier);
    if (national_status(facts.status) < status::done) {
        const bool in_time = day_of(due) >= today;
        const std::int64_t online = dossier.channel == Channel::Online ? 1 : 0;
        (in_time ? counts.pending_in_time : counts.pending_overdue) += 1;
        (in_time ? counts.online_pending_in_time : counts.online_pending_overdue) += online;
        return;
    }
    const Instant ended = facts.completed.value_or(facts.updated);
    (ended <= due ? counts.on_time : counts.overdue) += 1;
    counts.processing_days += (day_of(ended) - day_of(*dossier.accepted)).count();
    counts.digitised += dossier.number % 5 != 0 ? 1 : 0;
}

void count_payment(NationalCounts& counts, const Dossier& dossier, const Facts& facts) {
    const Procedure& procedure = procedures()[dossier.procedure];
    if (!is_fee_bearing(procedure, day_of(*dossier.accepted)) ||
        is_free_of_charge(dossier, facts)) {
        return;
    }
    counts.owing += 1;
    counts.fee_procedures_used.set(dossier.procedure);
    const PaidFlag flag = national_paid_flag(facts);
    if (flag == PaidFlag::National || flag == PaidFlag::Local) {
        counts.paid_online += 1;
        counts.paid_national += flag == PaidFlag::National ? 1 : 0;
        counts.paid_procedures.set(dossier.procedure);
    }
}

}  // namespace

Instant national_arrival(const World& world, const Dossier& dossier) {
    if (dossier.mishap == Mishap::Lost) {
        return Instant::max();
    }
    Random random{stream_seed(world.seed, dossier.number, Salt::National)};
    const bool late = random.per_mille(200);
    const seconds least = late ? seconds{days{1}} : seconds{minutes{5}};
    const seconds most = late ? seconds{days{14}} : seconds{minutes{60}};
    return dossier.visible + seconds{random.between(least.count(), most.count())};
}

UnitIndex national_unit(const Dossier& dossier, const Facts& facts) {
    if (dossier.mishap != Mishap::OtherUnit || facts.unit == unmapped_unit) {
        return facts.unit;
    }
    // Half of them under a code that nothing maps.
    const auto next = static_cast<UnitIndex>(first_branch + (facts.unit + 1) % 8);
    return dossier.number % 2 == 0 ? unmapped_unit : next == facts.unit ? land_office : next;
}

std::uint8_t national_status(std::uint8_t status) {
    const bool pushed_as_done =
        status == status::supplement || status == status::fee_due || status == status::stopped;
    return pushed_as_done ? status::done : status;
}

PaidFlag national_paid_flag(const Facts& facts) {
    if (facts.payment != PaymentState::Paid) {
        return PaidFlag::No;
    }
    switch (facts.method) {
        case PaymentMethod::Platform:
            return PaidFlag::National;
        case PaymentMethod::Vnpt:
            return PaidFlag::Local;
        case PaymentMethod::Cash:
        case PaymentMethod::Transfer:
            return marks_cash_as_online(facts.unit) ? PaidFlag::National : PaidFlag::OtherWays;
        case PaymentMethod::None:
            return PaidFlag::No;
    }
    return PaidFlag::No;
}

void NationalCounts::add(const NationalCounts& other) {
    paid_online += other.paid_online;
    paid_national += other.paid_national;
    owing += other.owing;
    online += other.online;
    direct += other.direct;
    postal += other.postal;
    online_on_time += other.online_on_time;
    online_overdue += other.online_overdue;
    on_time += other.on_time;
    overdue += other.overdue;
    pending_in_time += other.pending_in_time;
    pending_overdue += other.pending_overdue;
    online_pending_in_time += other.online_pending_in_time;
    online_pending_overdue += other.online_pending_overdue;
    processing_days += other.processing_days;
    digitised += other.digitised;
    reported += other.reported;
    used |= other.used;
    used_online |= other.used_online;
    paid_procedures |= other.paid_procedures;
    fee_procedures_used |= other.fee_procedures_used;
}

NationalTree count_nationally(
    const Snapshot& snapshot, const Period& period, std::optional<ProcedureIndex> only
) {
    const World& world = snapshot.world();
    const Instant from = instant_of(period.from, std::chrono::milliseconds{0});
    const Instant to = end_of(period.to);
    NationalTree tree{};
    for (const Dossier& dossier : world.dossiers) {
        const auto& facts = snapshot.facts(dossier.number);
        if (!facts || !is_received(*facts) || *dossier.accepted < from || *dossier.accepted > to ||
            (only && dossier.procedure != *only)) {
            continue;
        }
        NationalCounts& counts = tree.at(facts->unit == unmapped_unit ? root_unit : facts->unit);
        counts.reported += 1;
        if (national_arrival(world, dossier) > snapshot.now()) {
            continue;
        }
        counts.used.set(dossier.procedure);
        count_channel(counts, dossier, *facts);
        count_progress(counts, dossier, *facts, day_of(snapshot.now()));
        count_payment(counts, dossier, *facts);
    }
    for (std::size_t unit = unit_count; unit-- > 1;) {
        tree.at(units()[unit].parent).add(tree.at(unit));
    }
    return tree;
}

}  // namespace thidua::sandbox
