// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An explanation for people at a terminal.
#include "daemon/explain.hpp"
#include "daemon/explain_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <span>

namespace thidua::daemon {
namespace {

/// Of dossiers and of payments each, unless everything is asked for.
constexpr std::size_t shown_at_first = 20;

std::string counts_text(const std::optional<Ratio>& counts) {
    return counts ? fmt::format("{} / {}", counts->numerator, counts->denominator) : "unknown";
}

void append_dossier(std::string& text, const Evidence& evidence) {
    const store::CountedVersion& version = evidence.version;
    fmt::format_to(
        std::back_inserter(text),
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

void append_payment(std::string& text, const store::CountedPayment& payment) {
    fmt::format_to(
        std::back_inserter(text),
        "  {:<24} {} {}  settled {}  {} version {}  slice {}\n",
        payment.dossier,
        gateway_name(payment.gateway),
        payment.reference.empty() ? "-" : payment.reference,
        to_text(payment.settled_at),
        payment.source,
        payment.version,
        payment.slice
    );
}

/// The first `limit` of `rows`, and how many more there are.
template <class Row>
void append_rows(
    std::string& text,
    const std::vector<Row>& rows,
    std::size_t limit,
    void (*append)(std::string& text, const Row& row)
) {
    const std::size_t shown = std::min(rows.size(), limit);
    for (const Row& row : std::span(rows).first(shown)) {
        append(text, row);
    }
    if (shown < rows.size()) {
        text += fmt::format("  ... and {} more; --all or --json lists them\n", rows.size() - shown);
    }
}

void append_figure(std::string& text, const Explanation& explanation) {
    auto out = std::back_inserter(text);
    const rules::Figure& figure = explanation.figure;
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
}

void append_judgement(
    std::string& text, const Explanation& explanation, const std::string& config_hash
) {
    auto out = std::back_inserter(text);
    const rules::Figure& figure = explanation.figure;
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
        out, "  recounted {} from the lists below\n", counts_text(explanation.recomputed)
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
}

void append_procedures(std::string& text, const Explanation& explanation) {
    if (explanation.procedures.empty()) {
        return;
    }
    auto out = std::back_inserter(text);
    fmt::format_to(out, "\nProcedures ({}), N: in the numerator\n", explanation.procedures.size());
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

void append_slices(std::string& text, const Explanation& explanation) {
    auto out = std::back_inserter(text);
    fmt::format_to(
        out,
        "\nPulls and slices that brought these versions, and the newest of each source ({})\n",
        explanation.slices.size()
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
}

}  // namespace

std::string explanation_text(
    const Explanation& explanation, const std::string& config_hash, bool everything
) {
    const std::size_t limit = everything ? std::numeric_limits<std::size_t>::max() : shown_at_first;
    std::string text;
    append_figure(text, explanation);
    append_judgement(text, explanation, config_hash);
    append_procedures(text, explanation);
    text += fmt::format(
        "\nDossiers ({}), N: in the numerator, D: in the denominator\n", explanation.evidence.size()
    );
    append_rows(text, explanation.evidence, limit, append_dossier);
    if (!explanation.payments.empty()) {
        text +=
            fmt::format("\nPayments that make dossiers paid ({})\n", explanation.payments.size());
        append_rows(text, explanation.payments, limit, append_payment);
    }
    append_slices(text, explanation);
    return text;
}

}  // namespace thidua::daemon
