// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "workload.hpp"

#include <algorithm>
#include <array>

namespace thidua::sandbox {
namespace {

bool is_in(const Span& span, Instant at) {
    return span.begin <= at && at < span.end;
}

void count_received(Workload& work, const Dossier& dossier, const Facts& facts) {
    work.received += 1;
    switch (dossier.channel) {
        case Channel::Online:
            break;
        case Channel::Postal:
            work.postal += 1;
            return;
        case Channel::Direct:
        case Channel::Unsaid:
            work.direct += 1;
            return;
    }
    const Level level = level_on(procedures()[dossier.procedure], day_of(*dossier.accepted));
    work.online += 1;
    work.online_partial += level == Level::Partial ? 1 : 0;
    work.online_full += level == Level::Full ? 1 : 0;
    const bool by_gateway =
        facts.method == PaymentMethod::Platform || facts.method == PaymentMethod::Vnpt;
    work.online_paid += by_gateway && facts.payment == PaymentState::Paid ? 1 : 0;
}

void count_released(Workload& work, const Dossier& dossier, const Facts& facts) {
    const Day due = day_of(appointment_of(dossier));
    const Day done = day_of(*facts.completed);
    if (done < due) {
        work.released_early += 1;
    } else if (*facts.completed <= appointment_of(dossier)) {
        work.released_on_time += 1;
    } else {
        work.released_late += 1;
    }
    work.returned += facts.status == status::returned ? 1 : 0;
}

/// Where a dossier in hand stands at the end of the window.
void count_standing(Workload& work, const Dossier& dossier, const Facts& facts, Instant at) {
    if (facts.completed && *facts.completed < at) {
        count_released(work, dossier, facts);
    } else if (facts.status == status::supplement || facts.status == status::fee_due) {
        work.waiting += 1;
    } else if (facts.status == status::withdrawn) {
        work.withdrawn += 1;
    } else if (facts.status == status::stopped) {
        work.stopped += 1;
    } else {
        (appointment_of(dossier) >= at ? work.undue : work.overdue) += 1;
    }
}

/// Given up before the window: it is in nobody's hands any more. The change is not dated, but
/// what came last is.
bool is_given_up_before(const Facts& facts, Instant begin) {
    const bool given_up = facts.status == status::withdrawn || facts.status == status::stopped;
    return given_up && facts.updated < begin;
}

void count_application(Workload& work, const Dossier& dossier, const Facts& facts) {
    work.denied += facts.status == status::refused ? 1 : 0;
    work.registered += facts.status == status::registered ? 1 : 0;
    if (dossier.channel == Channel::Online) {
        const Level level = level_on(procedures()[dossier.procedure], day_of(dossier.applied));
        work.applied_online_partial += level == Level::Partial ? 1 : 0;
        work.applied_online_full += level == Level::Full ? 1 : 0;
    }
}

Workload workload_of(const Dossier& dossier, const Facts& facts, const Span& span, Instant now) {
    Workload work;
    if (is_in(span, dossier.applied)) {
        count_application(work, dossier, facts);
    }
    if (!is_received(facts) || *dossier.accepted >= span.end) {
        return work;
    }
    if (is_in(span, *dossier.accepted)) {
        count_received(work, dossier, facts);
    } else if ((facts.completed && *facts.completed < span.begin) || is_given_up_before(facts, span.begin)) {
        return work;
    } else {
        work.remaining += 1;
    }
    count_standing(work, dossier, facts, std::min(now, span.end));
    return work;
}

}  // namespace

Domain domain_of(const Procedure& procedure) {
    switch (procedure.owner) {
        case 1:
            return Domain::Office;
        case 3:
            return Domain::Minerals;
        case 4:
            return Domain::Environment;
        default:
            return Domain::Land;
    }
}

std::string_view domain_code(Domain domain) {
    constexpr std::array<std::string_view, 4> codes = {"TNMT-VP", "TNMT-DD", "TNMT-KSN", "TNMT-MT"};
    return codes.at(static_cast<std::size_t>(domain));
}

std::string_view domain_name(Domain domain) {
    constexpr std::array<std::string_view, 4> names = {
        "Văn phòng", "Đất đai", "Địa chất, khoáng sản và tài nguyên nước", "Môi trường"};
    return names.at(static_cast<std::size_t>(domain));
}

void Workload::add(const Workload& other) {
    received += other.received;
    online += other.online;
    direct += other.direct;
    postal += other.postal;
    online_partial += other.online_partial;
    online_full += other.online_full;
    online_paid += other.online_paid;
    remaining += other.remaining;
    released_early += other.released_early;
    released_on_time += other.released_on_time;
    released_late += other.released_late;
    returned += other.returned;
    waiting += other.waiting;
    withdrawn += other.withdrawn;
    stopped += other.stopped;
    undue += other.undue;
    overdue += other.overdue;
    denied += other.denied;
    registered += other.registered;
    applied_online_partial += other.applied_online_partial;
    applied_online_full += other.applied_online_full;
}

Workloads count_workloads(const Snapshot& snapshot, const WorkloadQuestion& question) {
    Workloads workloads;
    for (const Dossier& dossier : snapshot.world().dossiers) {
        const auto& facts = snapshot.facts(dossier.number);
        const Procedure& procedure = procedures()[dossier.procedure];
        if (!facts) {
            continue;
        }
        if (question.ignore_free && (is_free_of_charge(dossier, *facts) ||
                                     !is_fee_bearing(procedure, day_of(dossier.applied)))) {
            continue;
        }
        const Workload work = workload_of(dossier, *facts, question.span, snapshot.now());
        if (work != Workload{}) {
            workloads[{facts->unit, domain_of(procedure)}].add(work);
        }
    }
    return workloads;
}

std::map<UnitIndex, Workload> by_unit(const Workloads& workloads) {
    std::map<UnitIndex, Workload> units;
    for (const auto& [place, work] : workloads) {
        units[place.first].add(work);
    }
    return units;
}

}  // namespace thidua::sandbox
