// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/explain_words.hpp"

#include "core/result.hpp"
#include "core/source.hpp"

#include <fmt/format.h>

namespace thidua::daemon {

std::string_view unit_of_count(IndicatorKind kind) {
    return kind == IndicatorKind::ServicesOnline ? "procedures" : "dossiers";
}

std::string definition(const Indicator& indicator) {
    switch (indicator.kind) {
        case IndicatorKind::ServicesOnline:
            return indicator.services == ServicesDenominator::Published
                       ? "procedures with at least one online dossier / procedures offered online"
                       : "procedures with at least one online dossier / procedures offered online "
                         "that received a dossier";
        case IndicatorKind::DossiersOnline:
            return indicator.all_procedures
                       ? "dossiers received online / dossiers received"
                       : "dossiers received online / dossiers received, of procedures offered "
                         "online on the day of acceptance";
        case IndicatorKind::PaymentsOnline:
            return fmt::format(
                "dossiers paid online through {}{}{} ({}) / dossiers received that owe a fee",
                indicator.dvcqg_gateway ? "Cổng DVCQG" : "",
                indicator.dvcqg_gateway && indicator.province_gateway ? " or " : "",
                indicator.province_gateway ? "the province's gateway" : "",
                indicator.evidence == PaymentEvidence::Flag ? "by the record's flag"
                                                            : "by the platform's own word"
            );
    }
    check(false, "definition: a known IndicatorKind");
    return "";
}

std::string_view gateway_name(Gateway gateway) {
    check(
        gateway == Gateway::Dvcqg || gateway == Gateway::Province,
        "gateway_name: a gateway through which a payment can count"
    );
    return gateway_words[static_cast<std::size_t>(gateway)];
}

}  // namespace thidua::daemon
