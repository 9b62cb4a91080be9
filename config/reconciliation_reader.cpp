// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/reconciliation_reader.hpp"

#include <algorithm>
#include <string>

namespace thidua::config {
namespace {

constexpr std::chrono::hours settle_min{1};
constexpr std::chrono::days settle_max{60};

bool is_payment_record(std::span<const Indicator> indicators, const std::string& name) {
    return std::ranges::find(indicators, name, &Indicator::payment_record) != indicators.end();
}

bool is_every_system_of_record(std::span<const Indicator> indicators, const std::string& name) {
    return std::ranges::all_of(indicators, [&](const Indicator& indicator) {
        return indicator.system_of_record == name;
    });
}

/// What is wrong with a source that is there; empty: nothing.
std::string objection(const NamedSource& source, std::span<const Indicator> indicators) {
    if (!source.kind || indicators.empty()) {
        return "";  // something else is wrong
    }
    if (*source.kind == RecordKind::Payments) {
        return is_payment_record(indicators, source.name)
                   ? ""
                   : "the payment_record of an indicator, if it is a source of payments";
    }
    if (*source.kind != RecordKind::Dossiers) {
        return "a source of dossiers or payments; this one gives " +
               std::string(to_text(*source.kind));
    }
    return is_every_system_of_record(indicators, source.name)
               ? "another source than the system of record: nothing is compared with itself"
               : "";
}

std::vector<std::string> read_witnesses(
    const Node& node, const std::vector<NamedSource>& sources, std::span<const Indicator> indicators
) {
    std::vector<std::string> names;
    std::ranges::transform(sources, std::back_inserter(names), &NamedSource::name);
    std::vector<std::string> witnesses;
    for (const Node& item : node.items()) {
        const std::size_t problems_before = item.problems().size();
        std::string name = item.reference("the name of a source in the root file", names);
        const auto source = std::ranges::find(sources, name, &NamedSource::name);
        if (item.problems().size() != problems_before || source == sources.end()) {
            continue;
        }
        if (const std::string wanted = objection(*source, indicators); !wanted.empty()) {
            item.refuse(wanted);
        } else if (std::ranges::find(witnesses, name) != witnesses.end()) {
            item.report("the same source twice");
        }
        witnesses.push_back(std::move(name));
    }
    return witnesses;
}

std::vector<std::string> read_without_witness(
    const Node& node, std::span<const Indicator> indicators
) {
    std::vector<std::string> ids;
    if (!node) {
        return ids;
    }
    std::vector<std::string> known;
    std::ranges::transform(indicators, std::back_inserter(known), &Indicator::id);
    for (const Node& item : node.items()) {
        ids.push_back(item.reference("the id of an indicator", known));
    }
    return ids;
}

}  // namespace

ReconciliationRules read_reconciliation(
    Node node, const std::vector<NamedSource>& sources, std::span<const Indicator> indicators
) {
    ReconciliationRules rules;
    if (!node) {
        return rules;
    }
    if (const Node witnesses = node.optional("witnesses")) {
        rules.witnesses = read_witnesses(witnesses, sources, indicators);
    }
    rules.tolerance = node.optional("tolerance").share_or(rules.tolerance);
    rules.without_witness = read_without_witness(node.optional("without_witness"), indicators);
    const Node settle_after = node.optional("settle_after");
    const std::size_t problems_before = node.problems().size();
    rules.settle_after = settle_after.duration_or(rules.settle_after);
    const bool is_duration = node.problems().size() == problems_before;
    if (is_duration && (rules.settle_after < settle_min || rules.settle_after > settle_max)) {
        settle_after.refuse("a duration from 1h to 60d");
    }
    node.finish();
    return rules;
}

}  // namespace thidua::config
