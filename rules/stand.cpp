// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/stand.hpp"

#include <algorithm>

namespace thidua::rules {
namespace {

PaymentState state_at(
    std::span<const PaymentWord> words, std::string_view reference, std::int64_t slice
) {
    PaymentState state = PaymentState::Unknown;
    for (const PaymentWord& word : words) {
        if (word.reference == reference && word.slice <= slice) {
            state = word.state;
        }
    }
    return state;
}

bool is_paid_by_flag(const Indicator& indicator, const DossierWord& word) {
    return (indicator.dvcqg_gateway && word.paid_flag == 1) ||
           (indicator.province_gateway && word.paid_flag == 2);
}

/// Is the fact of the indicator that makes up its numerator.
void settle(const Reading& reading, Stand& stand) {
    const Catalogue& catalogue = reading.catalogue;
    const std::size_t at = catalogue.procedure(stand.procedure_code);
    const Procedure* procedure =
        at < catalogue.procedures().size() ? &catalogue.procedures()[at] : nullptr;
    switch (reading.indicator.kind) {
        case IndicatorKind::ServicesOnline:
            stand.counts = stand.is_received && procedure != nullptr;
            stand.hits = stand.counts && stand.is_online;
            break;
        case IndicatorKind::DossiersOnline:
            stand.counts =
                stand.is_received && (reading.indicator.all_procedures ||
                                      (procedure != nullptr && is_online(*procedure, stand.day)));
            stand.hits = stand.counts && stand.is_online;
            break;
        case IndicatorKind::PaymentsOnline:
            stand.counts = stand.is_received && stand.owes && procedure != nullptr &&
                           is_fee_bearing(*procedure, stand.day);
            stand.hits = stand.counts && stand.is_paid;
            break;
    }
}

/// All but what is paid.
Stand stand_of(const Reading& reading, const DossierWord& word) {
    Stand stand;
    stand.is_known = true;
    if (!is_received(word.status, word.accepted_at)) {
        return stand;
    }
    stand.day = day_of(*word.accepted_at);
    stand.is_received = reading.from <= stand.day && stand.day <= reading.to;
    stand.is_online = word.channel == Channel::Online;
    stand.owes = !is_free(word.fee_count, word.fee_total);
    stand.unit_code = word.unit_code;
    stand.procedure_code = word.procedure_code;
    return stand;
}

bool is_paid(
    const Reading& reading,
    const ComparedDossier& dossier,
    const DossierWord& word,
    std::int64_t slice
) {
    const Indicator& indicator = reading.indicator;
    if (reading.kind == PairKind::Payments) {
        return names(word, Gateway::Dvcqg, PaymentState::Succeeded);
    }
    if (indicator.evidence == PaymentEvidence::Flag) {
        return is_paid_by_flag(indicator, word);
    }
    return (indicator.dvcqg_gateway && is_paid_on_platform(dossier, word, slice)) ||
           (indicator.province_gateway && names(word, Gateway::Province, PaymentState::Succeeded));
}

/// The witness's, where it names what the own side names too.
Stand witness_stand(
    const Reading& reading, const DossierWord& word, const Stand& own, const DossierWord* own_word
) {
    Stand stand = stand_of(reading, word);
    if (stand.procedure_code.empty()) {
        stand.procedure_code = own.procedure_code;
    }
    if (stand.unit_code.empty()) {
        stand.unit_code = own.unit_code;
    }
    if (word.fee_count == 0 && own_word != nullptr) {
        stand.owes = !is_free(own_word->fee_count, own_word->fee_total);
    }
    stand.is_paid = is_paid_by_flag(reading.indicator, word);
    return stand;
}

bool agree_but_for_units(const Reading& reading, const Stands& stands) {
    const auto& [own, witness] = stands;
    if (reading.indicator.kind == IndicatorKind::ServicesOnline) {
        return own.hits == witness.hits &&
               (!own.hits || own.procedure_code == witness.procedure_code);
    }
    return own.counts == witness.counts && own.hits == witness.hits;
}

/// Whether the units matter and differ.
bool differ_in_unit(const Reading& reading, const Stands& stands) {
    const auto& [own, witness] = stands;
    const bool is_services = reading.indicator.kind == IndicatorKind::ServicesOnline;
    return (is_services ? own.hits : own.counts) && own.unit_code != witness.unit_code &&
           reading.catalogue.unit(own.unit_code) != reading.catalogue.unit(witness.unit_code);
}

}  // namespace

const DossierWord* word_at(std::span<const DossierWord> words, std::int64_t slice) {
    const DossierWord* last = nullptr;
    for (const DossierWord& word : words) {
        if (word.slice <= slice) {
            last = &word;
        }
    }
    return last != nullptr && last->until && *last->until <= slice ? nullptr : last;
}

bool names(const DossierWord& word, Gateway gateway, PaymentState state) {
    return std::ranges::any_of(word.payments, [&](const NamedPayment& named) {
        return named.gateway == gateway && named.state == state;
    });
}

bool is_paid_on_platform(
    const ComparedDossier& dossier, const DossierWord& word, std::int64_t slice
) {
    return std::ranges::any_of(word.payments, [&](const NamedPayment& named) {
        return named.gateway == Gateway::Dvcqg &&
               state_at(dossier.payments, named.reference, slice) == PaymentState::Succeeded;
    });
}

Stands stands_at(const Reading& reading, const ComparedDossier& dossier, std::int64_t slice) {
    Stands stands;
    const DossierWord* own = word_at(dossier.own, slice);
    if (own != nullptr) {
        stands.own = stand_of(reading, *own);
        stands.own.is_paid = is_paid(reading, dossier, *own, slice);
        settle(reading, stands.own);
    }
    if (reading.kind == PairKind::Payments) {
        stands.witness = stands.own;
        stands.witness.is_paid = own != nullptr && is_paid_on_platform(dossier, *own, slice);
        settle(reading, stands.witness);
        return stands;
    }
    if (const DossierWord* witness = word_at(dossier.witness, slice)) {
        stands.witness = witness_stand(reading, *witness, stands.own, own);
        settle(reading, stands.witness);
    }
    return stands;
}

bool agree(const Reading& reading, const Stands& stands) {
    return agree_but_for_units(reading, stands) && !differ_in_unit(reading, stands);
}

bool is_of_another_unit(const Reading& reading, const Stands& stands) {
    return agree_but_for_units(reading, stands) && differ_in_unit(reading, stands);
}

}  // namespace thidua::rules
