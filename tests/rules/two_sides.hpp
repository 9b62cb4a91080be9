// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A small agency, and what two sources may say of one of its dossiers. What is settled was said by
// slice 10, what is known by slice 20.
#pragma once

#include "rules/reconcile.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::rules {

inline constexpr std::int64_t settled = 10;
inline constexpr std::int64_t known = 20;

inline const Campaign& campaign() {
    static const Campaign made = [] {
        Campaign one;
        one.id = "c";
        one.start = *parse_day("2024-06-07");
        one.end = *parse_day("2024-12-31");
        for (const IndicatorKind kind :
             {IndicatorKind::ServicesOnline,
              IndicatorKind::DossiersOnline,
              IndicatorKind::PaymentsOnline}) {
            Indicator indicator;
            indicator.id = to_text(kind);
            indicator.kind = kind;
            indicator.system_of_record = "tthc";
            indicator.payment_record = kind == IndicatorKind::PaymentsOnline ? "payments" : "";
            one.indicators.push_back(indicator);
        }
        return one;
    }();
    return made;
}

inline const Organisation& organisation() {
    static const Organisation made = *Organisation::create(
        {{"S", "Sở", std::nullopt, {}}, {"A", "A", "S", {}}, {"B", "B", "S", {"B2"}}}
    );
    return made;
}

inline const std::vector<Procedure>& procedures() {
    static const std::vector<Procedure> made{
        {"p", "", {"A", "B"}, {{campaign().start, Level::Full}}, {{campaign().start, true}}},
        {"q", "", {"A", "B"}, {{campaign().start, Level::Full}}, {{campaign().start, true}}}};
    return made;
}

inline Instant at(const std::string& time) {
    return *parse_instant("2024-07-01T" + time + "+07:00");
}

inline NamedPayment payment(Gateway gateway, PaymentState state) {
    return {gateway == Gateway::Dvcqg ? "R" : "", gateway, state, at("10:00:00")};
}

/// A dossier that was received online by A, which owes a fee.
inline DossierWord word(std::int64_t slice) {
    DossierWord made;
    made.slice = slice;
    made.applied_at = at("08:10:11");
    made.accepted_at = at("09:12:13");
    made.status = 4;
    made.channel = Channel::Online;
    made.unit_code = "A";
    made.procedure_code = "p";
    made.fee_count = 1;
    made.fee_total = 10'000;
    return made;
}

inline DossierWord with(DossierWord word, NamedPayment payment) {
    word.payments = {std::move(payment)};
    return word;
}

inline DossierWord by(DossierWord word, Channel channel) {
    word.channel = channel;
    return word;
}

inline DossierWord flagged(DossierWord word, int flag = 1) {
    word.paid_flag = flag;
    return word;
}

inline DossierWord of_unit(DossierWord word, std::string unit) {
    word.unit_code = std::move(unit);
    return word;
}

inline DossierWord in_state(DossierWord word, int status) {
    word.status = status;
    return word;
}

inline const NamedPayment on_platform = payment(Gateway::Dvcqg, PaymentState::Succeeded);
inline const NamedPayment waiting_there = payment(Gateway::Dvcqg, PaymentState::Pending);
inline const NamedPayment given_back = payment(Gateway::Dvcqg, PaymentState::Refunded);
inline const NamedPayment in_cash = payment(Gateway::Cash, PaymentState::Succeeded);
inline const NamedPayment by_transfer = payment(Gateway::Transfer, PaymentState::Succeeded);
inline const NamedPayment in_province = payment(Gateway::Province, PaymentState::Succeeded);

inline PairInput input_for(PairKind pair, std::span<const ComparedDossier> dossiers) {
    PairInput input{campaign(), organisation(), procedures(), campaign().end};
    input.kind = pair;
    input.own = "tthc";
    input.witness = pair == PairKind::Payments ? "payments" : "national";
    input.settled_slice = settled;
    input.known_slice = known;
    input.dossiers = dossiers;
    return input;
}

inline std::optional<Reason> reason_in(const PairResult& result, std::string_view indicator) {
    const auto place = std::ranges::find(result.differences, indicator, &Difference::indicator);
    return place == result.differences.end() ? std::nullopt : std::optional(place->reason);
}

}  // namespace thidua::rules
