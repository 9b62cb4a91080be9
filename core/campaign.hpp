// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The campaign (đợt thi đua) as data: window, indicators, targets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ratio.hpp"
#include "core/time.hpp"

namespace thidua {

/// The closed set of things an indicator can count. Each has declared options, never expressions.
enum class IndicatorKind { ServicesOnline, DossiersOnline, PaymentsOnline };

[[nodiscard]] std::string_view to_text(IndicatorKind kind);

/// Which procedures `services-online` divides by.
enum class ServicesDenominator {
    Published,  ///< offered online on the day asked for
    Active,     ///< those among them with at least one received dossier of any channel
};

/// What proves an online payment.
enum class PaymentEvidence {
    Platform,  ///< the Payment Platform's own success
    Flag,      ///< the provincial record's word, where a province has no access to the platform
};

/// An indicator (chỉ tiêu): what is counted over what, by whose record.
struct Indicator {
    std::string id;     ///< kebab-case, such as payments-online
    std::string name;   ///< as the plan calls it
    std::string short_name;  ///< for narrow columns and the subject line
    IndicatorKind kind = IndicatorKind::DossiersOnline;
    std::string system_of_record;   ///< source of receipt, channel, unit, status and fees
    std::string payment_record;     ///< source of payment states (payments-online)
    std::string legal_basis;

    ServicesDenominator services = ServicesDenominator::Published;  ///< services-online
    bool all_procedures = false;       ///< dossiers-online: also procedures not offered online
    bool dvcqg_gateway = true;         ///< payments-online: gateways holds dvcqg
    bool province_gateway = false;     ///< payments-online: gateways holds province
    PaymentEvidence evidence = PaymentEvidence::Platform;

    friend bool operator==(const Indicator&, const Indicator&) = default;
};

/// "trên 45%" is Above: exactly 45 of 100 does not pass. "từ 45%" is AtLeast.
enum class TargetOperator { Above, AtLeast };

/// ">" or ">="
[[nodiscard]] std::string_view to_text(TargetOperator op);

/// A target that somebody decided (chỉ tiêu được giao).
struct Target {
    std::string indicator;
    TargetOperator op = TargetOperator::Above;
    Share value;
    std::optional<Day> from;  ///< in force from this day on; absent: from the campaign's start
    std::optional<Day> to;    ///< in force to this day; absent: to its end
    std::string decision;     ///< the document it comes from

    friend bool operator==(const Target&, const Target&) = default;
};

struct Campaign {
    std::string id;    ///< kebab-case, such as langson-2024
    std::string name;
    Day start;
    Day end;
    std::vector<Indicator> indicators;
    std::vector<Target> targets;
    std::vector<std::string> ranked_units;  ///< codes; empty: the root's direct children

    friend bool operator==(const Campaign&, const Campaign&) = default;
};

/// The target in force for `indicator` on `day`; nothing if the plan sets none.
[[nodiscard]] const Target* target_on(
    const Campaign& campaign, std::string_view indicator, Day day
);

}  // namespace thidua
