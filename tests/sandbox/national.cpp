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

/// One in five reaches the portal one to fourteen days after the province has it.
Instant arrival_of(const World& world, const Dossier& dossier) {
    Random random{stream_seed(world.seed, dossier.number, Salt::National)};
    const bool late = random.per_mille(200);
    const seconds least = late ? seconds{days{1}} : seconds{minutes{5}};
    const seconds most = late ? seconds{days{14}} : seconds{minutes{60}};
    return dossier.visible + seconds{random.between(least.count(), most.count())};
}

/// These push "paid online" for whatever was paid, cash included.
bool marks_cash_as_online(UnitIndex unit) {
    return unit == 3 || unit == first_branch + 1 || unit == first_branch + 4;
}

bool is_flagged_online(const Facts& facts) {
    if (facts.payment != PaymentState::Paid) {
        return false;
    }
    switch (facts.method) {
        case PaymentMethod::Platform:
        case PaymentMethod::Vnpt:
            return true;
        case PaymentMethod::Cash:
        case PaymentMethod::Transfer:
            return marks_cash_as_online(facts.unit);
        case PaymentMethod::None:
            return false;
    }
    return false;
}

bool is_done_nationally(std::uint8_t status) {
    return status == status::done || status == status::returned || status == status::supplement ||
           status == status::fee_due || status == status::stopped;
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
    if (dossier.channel == Channel::Online && is_done_nationally(facts.status)) {
        const bool in_time = facts.completed.value_or(facts.updated) <= appointment_of(dossier);
        (in_time ? counts.online_on_time : counts.online_overdue) += 1;
    }
}

void count_payment(NationalCounts& counts, const Dossier& dossier, const Facts& facts) {
    const Procedure& procedure = procedures()[dossier.procedure];
    if (!is_fee_bearing(procedure, day_of(*dossier.accepted)) ||
        is_free_of_charge(dossier, facts)) {
        return;
    }
    counts.owing += 1;
    counts.fee_procedures_used.set(dossier.procedure);
    if (is_flagged_online(facts)) {
        counts.paid_online += 1;
        counts.paid_procedures.set(dossier.procedure);
    }
}

}  // namespace

void NationalCounts::add(const NationalCounts& other) {
    paid_online += other.paid_online;
    owing += other.owing;
    online += other.online;
    direct += other.direct;
    postal += other.postal;
    online_on_time += other.online_on_time;
    online_overdue += other.online_overdue;
    used_online |= other.used_online;
    paid_procedures |= other.paid_procedures;
    fee_procedures_used |= other.fee_procedures_used;
}

NationalTree count_nationally(const Snapshot& snapshot, const Period& period) {
    const World& world = snapshot.world();
    const Instant from = instant_of(period.from, std::chrono::milliseconds{0});
    const Instant to = end_of(period.to);
    NationalTree tree{};
    for (const Dossier& dossier : world.dossiers) {
        const auto& facts = snapshot.facts(dossier.number);
        if (!facts || !is_received(*facts) || *dossier.accepted < from || *dossier.accepted > to ||
            arrival_of(world, dossier) > snapshot.now()) {
            continue;
        }
        const UnitIndex unit = facts->unit == unmapped_unit ? root_unit : facts->unit;
        count_channel(tree.at(unit), dossier, *facts);
        count_payment(tree.at(unit), dossier, *facts);
    }
    for (std::size_t unit = unit_count; unit-- > 1;) {
        tree.at(units()[unit].parent).add(tree.at(unit));
    }
    return tree;
}

}  // namespace thidua::sandbox
