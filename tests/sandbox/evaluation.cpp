// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "evaluation.hpp"

#include "report_question.hpp"

#include <boost/json.hpp>

#include <cmath>

namespace thidua::sandbox {
namespace {

namespace json = boost::json;

/// A whole number where it is one, as JavaScript writes it.
json::value number(double value) {
    const double rounded = std::round(value * 100) / 100;
    if (rounded == std::floor(rounded)) {
        return static_cast<std::int64_t>(rounded);
    }
    return rounded;
}

json::value number(const std::optional<double>& value) {
    return value ? number(*value) : json::value(nullptr);
}

/// A score as a metric of the whole: thousandths of the full score are its counts.
Metric group(std::string_view code, std::string_view name, double score, double max) {
    return {
        .code = code,
        .name = name,
        .numerator = std::llround(score * 1000),
        .denominator = std::llround(max * 1000),
        .max = max,
        .zero = ZeroOfZero::Nothing,
        .quality = ""};
}

std::vector<Metric> results(const NationalCounts& counts, const Portfolio& portfolio) {
    return {
        group("CKMB", "Công khai, minh bạch", total_of(transparency(counts, false)), 18),
        group("TDGQ", "Tiến độ giải quyết", progress_score(counts).value(), 20),
        group("DVCTT", "Dịch vụ trực tuyến", online_score(counts, portfolio).value(), 12),
        group("TTTT", "Thanh toán trực tuyến", payment_score(counts, portfolio).value(), 10),
        group("SHHS", "Số hóa hồ sơ", total_of(digitisation(counts)), 22),
        group("MDHL", "Mức độ hài lòng", total_of(satisfaction(counts)), 18)};
}

std::vector<Metric> metrics_of(
    Evaluation kind, const ReportCounts& counts, const Department& department
) {
    switch (kind) {
        case Evaluation::Transparency:
            return transparency(counts.of(department), counts.goes_on());
        case Evaluation::Digitisation:
            return digitisation(counts.of(department));
        case Evaluation::Satisfaction:
            return satisfaction(counts.of(department));
        case Evaluation::Results:
            return results(counts.of(department), counts.portfolio(department));
    }
    return {};
}

double max_of(Evaluation kind) {
    switch (kind) {
        case Evaluation::Transparency:
        case Evaluation::Satisfaction:
            return 18;
        case Evaluation::Digitisation:
            return 22;
        case Evaluation::Results:
            return 100;
    }
    return 0;
}

json::object to_json(const Metric& metric) {
    json::object out{
        {"code", metric.code},
        {"name", metric.name},
        {"numerator", metric.numerator},
        {"denominator", metric.denominator},
        {"ratio", number(ratio_of(metric))},
        {"score", number(score_of(metric))},
        {"maxScore", number(metric.max)}};
    if (!metric.quality.empty()) {
        out["dataQualityStatus"] = metric.quality;
        out["dataQualityMessage"] = metric.quality == "NO_NATIONAL_REPORT_DATA"
                                        ? "Chưa có số liệu báo cáo quốc gia"
                                        : "Mẫu số tạm tính";
    }
    return out;
}

void put_kind(json::object& out, DepartmentKind kind) {
    switch (kind) {
        case DepartmentKind::Province:
            out["departmentType"] = "PROVINCE";
            break;
        case DepartmentKind::ProvincialDepartment:
            out["departmentType"] = "PROVINCIAL_DEPARTMENT";
            break;
        case DepartmentKind::Commune:
            out["departmentType"] = "COMMUNE_PEOPLE_COMMITTEE";
            break;
    }
    const bool commune = kind == DepartmentKind::Commune;
    out["departmentLevel"] = commune ? "COMMUNE" : "PROVINCE";
    out["agencyLevel"] = commune ? "level_2" : "level_1";
}

json::object node_of(Evaluation kind, const ReportCounts& counts, const Department& department) {
    json::array metrics;
    const std::vector<Metric> all = metrics_of(kind, counts, department);
    for (const Metric& metric : all) {
        metrics.emplace_back(to_json(metric));
    }
    json::object out{
        {"departmentId", department_id(department.code)}, {"departmentName", department.name}};
    put_kind(out, department.kind);
    out["totalScore"] = number(total_of(all));
    out["totalMaxScore"] = number(max_of(kind));
    out["ratio"] = number(total_of(all) * 100 / max_of(kind));
    out["scoreDelta"] = nullptr;
    out["metrics"] = std::move(metrics);
    if (kind == Evaluation::Satisfaction) {
        out["totalPetitions"] = petitions_of(counts.of(department));
        out["classifiedPetitions"] = petitions_of(counts.of(department));
        out["totalDossiers"] = counts.of(department).synchronised();
    }
    return out;
}

ReportKeys keys_of(Evaluation kind) {
    switch (kind) {
        case Evaluation::Digitisation:
            return {.formality = "formalityID", .by_dates = false};
        case Evaluation::Satisfaction:
            return {.formality = "formalityId", .by_dates = true};
        case Evaluation::Transparency:
        case Evaluation::Results:
            return {};
    }
    return {};
}

}  // namespace

Reply evaluate(Evaluation kind, std::string_view body, const Snapshot& snapshot, Tamper tamper) {
    auto question = read_question(body, keys_of(kind));
    if (!question) {
        return question.error();
    }
    if (tamper == Tamper::WrongRoot && question->root) {
        question->root = wrong_department(*question->root);
    }
    const ReportCounts counts{*question, snapshot};
    json::object data;
    data["overview"] =
        question->root ? json::value(node_of(kind, counts, *question->root)) : json::value(nullptr);
    json::array list;
    for (const Department& child : departments_below(question->root)) {
        json::object node = node_of(kind, counts, child);
        node["stt"] = list.size() + 1;
        list.emplace_back(std::move(node));
    }
    data["evaluation"] = std::move(list);
    return json_reply(
        201, json::serialize(json::object{{"code", "OK"}, {"data", data}, {"message", "OK"}})
    );
}

}  // namespace thidua::sandbox
