// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "facts.hpp"

namespace thidua::sandbox {
namespace {

void apply(const Change& change, Facts& facts) {
    switch (change.kind) {
        case ChangeKind::Seen:
        case ChangeKind::Resent:
            break;
        case ChangeKind::Status:
            facts.status = change.value;
            if (change.value == status::done) {
                facts.completed = change.at;
            }
            break;
        case ChangeKind::Unit:
            facts.unit = change.value;
            break;
        case ChangeKind::NationCode:
            facts.nation = static_cast<NationCode>(change.value);
            break;
        case ChangeKind::FeesZero:
            facts.zeroed_fees = change.value;
            break;
        case ChangeKind::Payment:
            facts.payment = static_cast<PaymentState>(change.value);
            break;
        case ChangeKind::Method:
            facts.method = static_cast<PaymentMethod>(change.value);
            break;
        case ChangeKind::ReferenceNamed:
            ++facts.references;
            break;
    }
    facts.updated = change.at;
}

}  // namespace

std::optional<Facts> facts_at(const Dossier& dossier, Instant at) {
    if (at < dossier.visible) {
        return std::nullopt;
    }
    Facts facts;
    facts.accepted = dossier.accepted && *dossier.accepted <= at;
    facts.status = dossier.first_status;
    facts.unit = dossier.unit;
    facts.nation = dossier.first_nation;
    for (const Change& change : dossier.changes) {
        if (change.at > at) {
            break;
        }
        apply(change, facts);
    }
    return facts;
}

std::optional<PlatformState> platform_state_at(const Reference& reference, Instant at) {
    if (at < reference.known_from) {
        return std::nullopt;
    }
    std::optional<PlatformState> latest;
    for (std::size_t index = 0; index < reference.state_count; ++index) {
        if (reference.states.at(index).at <= at) {
            latest = reference.states.at(index);
        }
    }
    return latest;
}

std::int64_t fee_amount(const Dossier& dossier, const Facts& facts, std::size_t index) {
    return index < facts.zeroed_fees ? 0 : dossier.fees.at(index);
}

bool is_free_of_charge(const Dossier& dossier, const Facts& facts) {
    for (std::size_t index = 0; index < dossier.fees.size(); ++index) {
        if (fee_amount(dossier, facts, index) != 0) {
            return false;
        }
    }
    return !dossier.fees.empty();
}

bool is_received(const Facts& facts) {
    return facts.accepted && facts.status != status::registered && facts.status != status::refused;
}

}  // namespace thidua::sandbox
