// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/named_payment.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace thidua::connectors {

Result<NamedPaymentReader> NamedPaymentReader::make(const std::map<std::string, FieldMap>& map) {
    NamedPaymentReader reader;
    const std::initializer_list<Slot> slots{
        {&reader.references_, "references"},
        {&reader.state_, "state"},
        {&reader.gateway_, "gateway"},
        {&reader.paid_at_, "paid_at"}};
    if (auto filled = fill_fields(map, slots); !filled) {
        return std::unexpected(std::move(filled.error()));
    }
    reader.is_mapped_ =
        std::ranges::any_of(slots, [&](const Slot& slot) { return map.contains(slot.second); });
    return reader;
}

Result<void> NamedPaymentReader::append(
    Element element, const std::string& place, DossierRecord& dossier
) const {
    if (!element.is_object()) {
        return fail(ErrorKind::Data, place + ": not an object");
    }
    const Record payment = element;
    NamedPayment named;
    const auto state = read_word(state_, payment, payment_state_words, named.state);
    const auto gateway = read_word(gateway_, payment, gateway_words, named.gateway);
    const auto paid_at = read_time(paid_at_, payment);
    for (const Error* error :
         {state ? nullptr : &state.error(),
          gateway ? nullptr : &gateway.error(),
          paid_at ? nullptr : &paid_at.error()}) {
        if (error != nullptr) {
            return failed(place, *error);
        }
    }
    named.state = *state;
    named.gateway = *gateway;
    named.paid_at = *paid_at;
    const std::size_t before = dossier.payments.size();
    auto references = read_texts(references_, payment, [&](std::string_view reference) {
        dossier.payments.push_back(named);
        dossier.payments.back().reference = reference;
    });
    if (!references) {
        dossier.payments.resize(before);
        return failed(place, std::move(references.error()));
    }
    if (dossier.payments.size() == before && named != NamedPayment{}) {
        dossier.payments.push_back(std::move(named));
    }
    return {};
}

}  // namespace thidua::connectors
