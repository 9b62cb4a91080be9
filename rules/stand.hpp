// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What two sources say of one dossier, brought to what an indicator asks for. Pure.
#pragma once

#include "core/campaign.hpp"
#include "core/comparison.hpp"
#include "rules/count.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace thidua::rules {

/// Which words are set against each other.
enum class PairKind {
    Records,   ///< the system of record's, with its payments, and another source's of the dossier
    Payments,  ///< the record's own word on its payments, and the Payment Platform's
};

/// How the words of a pair are understood.
struct Reading {
    PairKind kind = PairKind::Records;
    const Indicator& indicator;
    const Catalogue& catalogue;
    Day from;                        ///< first acceptance day
    Day to;                          ///< last acceptance day
    std::int64_t settled_slice = 0;  ///< what was said by then has had its time to settle
    std::int64_t known_slice = 0;    ///< the newest that is known
};

/// What one side said of a dossier at one moment, as far as the indicator asks.
struct Stand {
    bool is_known = false;  ///< it has a word on the dossier
    bool is_received = false;
    bool counts = false;  ///< in the denominator
    bool hits = false;    ///< in the numerator
    bool is_online = false;
    bool owes = false;
    bool is_paid = false;
    std::string_view unit_code{};
    std::string_view procedure_code{};
    Day day{};  ///< of acceptance, if it was received

    friend bool operator==(const Stand&, const Stand&) = default;
};

/// Both sides of a dossier at one moment.
struct Stands {
    Stand own;
    Stand witness;
};
[[nodiscard]] Stands stands_at(
    const Reading& reading, const ComparedDossier& dossier, std::int64_t slice
);

/// True if they come to the same in every figure of the indicator.
[[nodiscard]] bool agree(const Reading& reading, const Stands& stands);
/// True if they agree in all but the unit, and that of the witness is another.
[[nodiscard]] bool is_of_another_unit(const Reading& reading, const Stands& stands);

/// What was said last by `slice`; null if nothing, or if it was known no longer.
[[nodiscard]] const DossierWord* word_at(std::span<const DossierWord> words, std::int64_t slice);

/// True if the record itself names such a payment.
[[nodiscard]] bool names(const DossierWord& word, Gateway gateway, PaymentState state);

/// True if the Payment Platform had by `slice` called a payment successful that `word` names.
[[nodiscard]] bool is_paid_on_platform(
    const ComparedDossier& dossier, const DossierWord& word, std::int64_t slice
);

}  // namespace thidua::rules
