// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/reason.hpp"

#include "core/result.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace thidua::rules {
namespace {

/// The slices after the settled one that brought or ended a word on `dossier`.
std::set<std::int64_t> later_slices(const Reading& reading, const ComparedDossier& dossier) {
    std::set<std::int64_t> slices;
    const auto add = [&](std::int64_t slice) {
        if (reading.settled_slice < slice && slice <= reading.known_slice) {
            slices.insert(slice);
        }
    };
    for (const auto* words : {&dossier.own, &dossier.witness}) {
        for (const DossierWord& word : *words) {
            add(word.slice);
            add(word.until.value_or(0));
        }
    }
    for (const PaymentWord& word : dossier.payments) {
        add(word.slice);
    }
    return slices;
}

/// True if the difference vanished when one side was read later. That both say nothing of the
/// dossier does not tell which of them was behind.
bool vanished(const Reading& reading, const ComparedDossier& dossier, const Stands& then) {
    const auto is_settled = [&](const Stands& stands) {
        return stands.own.is_known && stands.witness.is_known && agree(reading, stands);
    };
    return std::ranges::any_of(later_slices(reading, dossier), [&](std::int64_t slice) {
        const Stands later = stands_at(reading, dossier, slice);
        return is_settled({then.own, later.witness}) || is_settled({later.own, then.witness}) ||
               is_settled(later);
    });
}

/// What the own side has ever said, and the Payment Platform, of how a dossier was paid.
struct PaymentTrail {
    bool in_cash = false;
    bool in_province = false;
    bool on_platform = false;
    bool taken_back = false;  ///< what had been paid on the platform
};

PaymentTrail trail_of(const ComparedDossier& dossier) {
    PaymentTrail trail;
    for (const DossierWord& word : dossier.own) {
        trail.in_cash = trail.in_cash || names(word, Gateway::Cash, PaymentState::Succeeded) ||
                        names(word, Gateway::Transfer, PaymentState::Succeeded);
        trail.in_province =
            trail.in_province || names(word, Gateway::Province, PaymentState::Succeeded);
    }
    for (const PaymentWord& word : dossier.payments) {
        trail.on_platform = trail.on_platform || word.state == PaymentState::Succeeded ||
                            word.state == PaymentState::Refunded;
        trail.taken_back = trail.taken_back || word.state == PaymentState::Refunded;
    }
    return trail;
}

/// What only the other side calls paid: the one reason for which there is evidence, if it is one.
std::optional<Reason> reason_not_paid(const Reading& reading, const ComparedDossier& dossier) {
    const PaymentTrail trail = trail_of(dossier);
    const bool is_refund = trail.taken_back && !trail.in_cash && !trail.in_province;
    if (is_refund) {
        return Reason::Refund;
    }
    if (reading.kind == PairKind::Payments || trail.on_platform) {
        return std::nullopt;
    }
    if (trail.in_cash != trail.in_province) {
        return trail.in_cash ? Reason::CashAsOnline : Reason::Definition;
    }
    return std::nullopt;
}

Reason reason_of_payment(
    const Reading& reading, const ComparedDossier& dossier, const Stands& then
) {
    // In a pair of payments the platform's word is the witness's.
    const bool platform_says_paid =
        reading.kind == PairKind::Payments ? then.witness.hits : then.own.hits;
    const DossierWord* record = word_at(dossier.own, reading.settled_slice);
    if (!platform_says_paid) {
        if (const auto reason = reason_not_paid(reading, dossier)) {
            return *reason;
        }
    } else if (names(*record, Gateway::Dvcqg, PaymentState::Refunded)) {
        return Reason::Refund;
    }
    if (vanished(reading, dossier, then)) {
        return Reason::LateSync;
    }
    const bool is_unconfirmed = platform_says_paid &&
                                reading.indicator.evidence == PaymentEvidence::Platform &&
                                is_paid_on_platform(dossier, *record, reading.settled_slice) &&
                                !names(*record, Gateway::Dvcqg, PaymentState::Succeeded);
    return is_unconfirmed ? Reason::Unconfirmed : Reason::Unknown;
}

Reason reason_of_channel(
    const Reading& reading, const ComparedDossier& dossier, const Stands& then
) {
    if (vanished(reading, dossier, then)) {
        return Reason::LateSync;
    }
    const DossierWord* own = word_at(dossier.own, reading.settled_slice);
    const DossierWord* witness = word_at(dossier.witness, reading.settled_slice);
    const auto post_and_online = [](const DossierWord& one, const DossierWord& other) {
        return one.channel == Channel::Postal && other.channel == Channel::Online;
    };
    return post_and_online(*own, *witness) || post_and_online(*witness, *own) ? Reason::Definition
                                                                              : Reason::Unknown;
}

/// Received by one side, or owing a fee by its word alone.
Reason reason_of_receipt(
    const Reading& reading, const ComparedDossier& dossier, const Stands& then, const Twins& twins
) {
    const bool one_received = then.own.is_received != then.witness.is_received;
    if (one_received && twins.is_duplicate(dossier)) {
        return Reason::Duplicate;
    }
    return vanished(reading, dossier, then) ? Reason::LateSync : Reason::Unknown;
}

Reason reason_of_unit(const Reading& reading, const ComparedDossier& dossier, const Stands& then) {
    if (vanished(reading, dossier, then)) {
        return Reason::LateSync;
    }
    // A unit that the own side named once may be an old word that was never brought up to date.
    const std::size_t named = reading.catalogue.unit(then.witness.unit_code);
    const bool was_its_own = std::ranges::any_of(dossier.own, [&](const DossierWord& word) {
        return reading.catalogue.unit(word.unit_code) == named;
    });
    return was_its_own ? Reason::Unknown : Reason::UnitMapping;
}

Instant in_seconds(Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant);
}

bool is_telling(Instant instant) {
    return day_of(instant) == day_of(instant - std::chrono::seconds{1});
}

auto key_of(Instant accepted_at, std::string_view procedure_code) {
    return std::pair(in_seconds(accepted_at), procedure_code);
}

}  // namespace

std::string_view to_text(Reason reason) {
    switch (reason) {
        case Reason::LateSync:
            return "late-sync";
        case Reason::Definition:
            return "definition";
        case Reason::Duplicate:
            return "duplicate";
        case Reason::UnitMapping:
            return "unit-mapping";
        case Reason::CashAsOnline:
            return "cash-as-online";
        case Reason::Refund:
            return "refund";
        case Reason::Unconfirmed:
            return "unconfirmed";
        case Reason::Unknown:
            return "unknown";
    }
    check(false, "to_text: a known Reason");
    return "";
}

Reason reason_for(const Reading& reading, const ComparedDossier& dossier, const Twins& twins) {
    const Stands then = stands_at(reading, dossier, reading.settled_slice);
    const auto& [own, witness] = then;
    if (is_of_another_unit(reading, then)) {
        return reason_of_unit(reading, dossier, then);
    }
    if (own.is_received != witness.is_received || own.counts != witness.counts) {
        return reason_of_receipt(reading, dossier, then, twins);
    }
    if (reading.indicator.kind == IndicatorKind::PaymentsOnline) {
        return reason_of_payment(reading, dossier, then);
    }
    return own.hits != witness.hits           ? reason_of_channel(reading, dossier, then)
           : vanished(reading, dossier, then) ? Reason::LateSync
                                              : Reason::Unknown;
}

Twins::Twins(const Catalogue& catalogue, std::span<const ComparedDossier> dossiers)
    : catalogue_(catalogue) {
    for (const ComparedDossier& dossier : dossiers) {
        if (!dossier.own.empty() && dossier.own.back().accepted_at) {
            const DossierWord& word = dossier.own.back();
            prints_.push_back({in_seconds(*word.accepted_at), word.procedure_code, &dossier});
        }
    }
    std::ranges::sort(prints_, {}, [](const Print& print) {
        return key_of(print.accepted_at, print.procedure_code);
    });
}

std::vector<const ComparedDossier*> Twins::like(const DossierWord& word) const {
    const auto prints = std::ranges::equal_range(
        prints_,
        key_of(*word.accepted_at, word.procedure_code),
        {},
        [](const Print& print) { return key_of(print.accepted_at, print.procedure_code); }
    );
    std::vector<const ComparedDossier*> like;
    for (const Print& print : prints) {
        like.push_back(print.dossier);
    }
    return like;
}

bool Twins::is_duplicate(const ComparedDossier& dossier) const {
    const bool is_own = !dossier.own.empty();
    const std::vector<DossierWord>& words = is_own ? dossier.own : dossier.witness;
    if (is_own != dossier.witness.empty() || !words.back().accepted_at ||
        !is_telling(*words.back().accepted_at)) {
        return false;
    }
    const DossierWord& word = words.back();
    std::vector<const ComparedDossier*> others = like(word);
    std::erase(others, &dossier);
    if (others.size() != 1 || others.front()->own.empty() || others.front()->witness.empty()) {
        return false;
    }
    const DossierWord& other = others.front()->own.back();
    if (!is_own) {
        // A witness may name no unit, and take the time of acceptance for that of application.
        return word.unit_code.empty() ||
               catalogue_.unit(word.unit_code) == catalogue_.unit(other.unit_code);
    }
    return word.applied_at && word.applied_at == other.applied_at &&
           word.accepted_at == other.accepted_at && word.fee_total == other.fee_total &&
           catalogue_.unit(word.unit_code) == catalogue_.unit(other.unit_code);
}

}  // namespace thidua::rules
