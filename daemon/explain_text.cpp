// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An explanation as JSON and as text.
#include "daemon/explain.hpp"

#include <fmt/format.h>

#include <iterator>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t dossiers_shown = 20;

std::string_view unit_of_count(IndicatorKind kind) {
    return kind == IndicatorKind::ServicesOnline ? "procedures" : "dossiers";
}

/// Numerator and denominator in words.
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

json::value counts_json(const std::optional<Ratio>& counts) {
    return counts
               ? json::value{{"numerator", counts->numerator}, {"denominator", counts->denominator}}
               : json::value(nullptr);
}

json::object evidence_json(const Evidence& evidence) {
    const store::CountedVersion& version = evidence.version;
    return {
        {"dossier", version.dossier},
        {"version", version.version},
        {"slice", version.slice},
        {"accepted_on", to_text(version.tally.day)},
        {"unit", version.tally.unit_code},
        {"procedure", version.tally.procedure_code},
        {"online", version.tally.online > 0},
        {"owes", version.tally.owing > 0},
        {"paid_online", version.tally.paid > 0},
        {"in_numerator", evidence.in_numerator},
        {"in_denominator", evidence.in_denominator}};
}

json::object slice_json(const store::SliceSummary& slice) {
    return {
        {"slice", slice.id},
        {"source", slice.source},
        {"key", slice.key},
        {"published_at", to_text(slice.published_at)},
        {"records", slice.records},
        {"sha256", slice.sha256},
        {"pull", slice.pull},
        {"pull_started_at", to_text(slice.pull_started_at)}};
}

std::string counts_text(const std::optional<Ratio>& counts) {
    return counts ? fmt::format("{} / {}", counts->numerator, counts->denominator) : "unknown";
}

void append_dossiers(std::string& text, const Explanation& explanation, bool everything) {
    auto out = std::back_inserter(text);
    const std::size_t all = explanation.evidence.size();
    const std::size_t shown = everything ? all : std::min(all, dossiers_shown);
    fmt::format_to(out, "\nDossiers ({}), N: in the numerator, D: in the denominator\n", all);
    for (const Evidence& evidence : std::span(explanation.evidence).first(shown)) {
        const store::CountedVersion& version = evidence.version;
        fmt::format_to(
            out,
            "  {}{}  {:<24} version {}  accepted {}  {}  {}  slice {}\n",
            evidence.in_numerator ? 'N' : '-',
            evidence.in_denominator ? 'D' : '-',
            version.dossier,
            version.version,
            to_text(version.tally.day),
            version.tally.unit_code,
            version.tally.procedure_code,
            version.slice
        );
    }
    if (shown < all) {
        fmt::format_to(out, "  ... and {} more; --all or --json lists them\n", all - shown);
    }
}

}  // namespace

json::object explanation_json(const Explanation& explanation, const std::string& config_hash) {
    const rules::Figure& figure = explanation.figure;
    json::object object;
    object["figure"] = figure.id;
    object["indicator"] = explanation.indicator->id;
    object["indicator_name"] = explanation.indicator->name;
    object["definition"] = definition(*explanation.indicator);
    object["counts"] = unit_of_count(explanation.indicator->kind);
    object["system_of_record"] = explanation.indicator->system_of_record;
    object["payment_record"] = explanation.indicator->payment_record;
    object["legal_basis"] = explanation.indicator->legal_basis;
    object["unit"] = explanation.unit;
    object["unit_name"] = explanation.unit_name;
    object["with_unmapped"] = explanation.is_total;
    object["as_of"] = to_text(explanation.as_of);
    object["known_at"] = to_text(explanation.known_at);
    object["known_slice"] = explanation.known_slice;
    object["config_hash"] = config_hash;
    object["numerator"] = figure.counts ? json::value(figure.counts->numerator) : nullptr;
    object["denominator"] = figure.counts ? json::value(figure.counts->denominator) : nullptr;
    object["operator"] = figure.target ? json::value(to_text(figure.target->op)) : nullptr;
    object["target"] = figure.target ? json::value(to_text(figure.target->value)) : nullptr;
    object["decision"] = figure.target ? json::value(figure.target->decision) : nullptr;
    object["verdict"] = figure.verdict ? json::value(rules::to_text(*figure.verdict)) : nullptr;
    object["fitness"] = rules::to_text(figure.fitness);
    object["recomputed"] = counts_json(explanation.recomputed);
    object["recomputed_equal"] = !figure.counts || *figure.counts == explanation.recomputed;
    json::array dossiers;
    for (const Evidence& evidence : explanation.evidence) {
        dossiers.push_back(evidence_json(evidence));
    }
    object["dossiers"] = std::move(dossiers);
    json::array procedures;
    for (const CountedProcedure& procedure : explanation.procedures) {
        procedures.push_back(
            {{"code", procedure.code},
             {"name", procedure.name},
             {"in_numerator", procedure.in_numerator}}
        );
    }
    object["procedures"] = std::move(procedures);
    json::array slices;
    for (const store::SliceSummary& slice : explanation.slices) {
        slices.push_back(slice_json(slice));
    }
    object["slices"] = std::move(slices);
    json::array published;
    for (const PublishedFigure& one : explanation.published) {
        published.push_back(
            {{"edition", one.edition},
             {"config_hash", one.config_hash},
             {"published", counts_json(one.counts)}}
        );
    }
    object["published"] = std::move(published);
    return object;
}

// NOLINTNEXTLINE(readability-function-size): one line after another
std::string explanation_text(
    const Explanation& explanation, const std::string& config_hash, bool everything
) {
    const rules::Figure& figure = explanation.figure;
    std::string text;
    auto out = std::back_inserter(text);
    fmt::format_to(
        out,
        "{}  {} ({})\n  {}\n  unit      {} {}{}\n  as of     {}, by all that was known at {} "
        "(slice {})\n  counts    {} {}\n",
        figure.id,
        explanation.indicator->name,
        explanation.indicator->id,
        definition(*explanation.indicator),
        explanation.unit,
        explanation.unit_name,
        explanation.is_total ? ", with what no unit code maps" : "",
        to_text(explanation.as_of),
        to_text(explanation.known_at),
        explanation.known_slice,
        counts_text(figure.counts),
        unit_of_count(explanation.indicator->kind)
    );
    if (figure.target) {
        fmt::format_to(
            out,
            "  target    {} {}{}{}\n",
            to_text(figure.target->op),
            to_text(figure.target->value),
            figure.target->decision.empty() ? "" : ", by ",
            figure.target->decision
        );
    }
    fmt::format_to(
        out,
        "  verdict   {}, {}\n  sources   {}{}{}\n  rules     configuration {}\n",
        figure.verdict ? rules::to_text(*figure.verdict) : "none",
        rules::to_text(figure.fitness),
        explanation.indicator->system_of_record,
        explanation.indicator->payment_record.empty() ? "" : ", payments by ",
        explanation.indicator->payment_record,
        config_hash
    );
    fmt::format_to(
        out, "  recounted {} from the list below\n", counts_text(explanation.recomputed)
    );
    for (const PublishedFigure& one : explanation.published) {
        fmt::format_to(
            out,
            "  published {} in {}, configuration {}\n",
            counts_text(one.counts),
            one.edition,
            one.config_hash.substr(0, 12)
        );
    }
    if (!explanation.procedures.empty()) {
        fmt::format_to(
            out, "\nProcedures ({}), N: in the numerator\n", explanation.procedures.size()
        );
        for (const CountedProcedure& procedure : explanation.procedures) {
            fmt::format_to(
                out,
                "  {}  {}  {}\n",
                procedure.in_numerator ? 'N' : '-',
                procedure.code,
                procedure.name
            );
        }
    }
    append_dossiers(text, explanation, everything);
    fmt::format_to(
        out, "\nPulls and slices that brought these versions ({})\n", explanation.slices.size()
    );
    for (const store::SliceSummary& slice : explanation.slices) {
        fmt::format_to(
            out,
            "  slice {:<5} {} {}  {}  pull {} of {}  sha256 {}\n",
            slice.id,
            slice.source,
            slice.key,
            to_text(slice.published_at),
            slice.pull,
            to_text(slice.pull_started_at),
            slice.sha256.substr(0, 12)
        );
    }
    return text;
}

}  // namespace thidua::daemon
