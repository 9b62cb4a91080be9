// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An explanation as docs/schema/explain.schema.json has it.
#include "daemon/explain.hpp"
#include "daemon/explain_words.hpp"

namespace thidua::daemon {
namespace {

namespace json = boost::json;

json::value counts_json(const std::optional<Ratio>& counts) {
    return counts
               ? json::value{{"numerator", counts->numerator}, {"denominator", counts->denominator}}
               : json::value(nullptr);
}

json::object counted_dossier_json(const Evidence& evidence) {
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

json::object payment_json(const store::CountedPayment& payment) {
    return {
        {"dossier", payment.dossier},
        {"reference", payment.reference},
        {"gateway", gateway_name(payment.gateway)},
        {"source", payment.source},
        {"state", "succeeded"},
        {"version", payment.version},
        {"slice", payment.slice},
        {"settled_at", to_text(payment.settled_at)}};
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

/// What the figure is and says, without its lists.
json::object figure_json(const Explanation& explanation, const std::string& config_hash) {
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
    return object;
}

/// One object for each row.
template <class Rows, class ToJson>
json::array list_json(const Rows& rows, ToJson to_json) {
    json::array array;
    for (const auto& row : rows) {
        array.push_back(to_json(row));
    }
    return array;
}

json::object procedure_json(const CountedProcedure& procedure) {
    return {
        {"code", procedure.code},
        {"name", procedure.name},
        {"in_numerator", procedure.in_numerator}};
}

json::object published_json(const PublishedFigure& published) {
    return {
        {"edition", published.edition},
        {"config_hash", published.config_hash},
        {"published", counts_json(published.counts)}};
}

}  // namespace

json::object explanation_json(const Explanation& explanation, const std::string& config_hash) {
    json::object object = figure_json(explanation, config_hash);
    object["dossiers"] = list_json(explanation.evidence, counted_dossier_json);
    object["payments"] = list_json(explanation.payments, payment_json);
    object["procedures"] = list_json(explanation.procedures, procedure_json);
    object["slices"] = list_json(explanation.slices, slice_json);
    object["published"] = list_json(explanation.published, published_json);
    return object;
}

}  // namespace thidua::daemon
