// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "scores.hpp"

#include <algorithm>
#include <cmath>

namespace thidua::sandbox {
namespace {

constexpr std::int64_t dossiers_per_petition = 60;

}  // namespace

void Score::add(std::int64_t part, std::int64_t whole, double full, double full_at) {
    if (whole > 0) {
        const double ratio = static_cast<double>(part) / static_cast<double>(whole);
        value_ += std::min(full, full * ratio / full_at);
    }
}

double Score::value() const {
    return std::round(value_ * 100) / 100;
}

double Score::ratio(double max) const {
    return std::round(value_ / max * 10000) / 100;
}

std::string shortest(double value) {
    const auto hundredths = static_cast<std::int64_t>(std::llround(value * 100));
    std::string out = std::to_string(hundredths / 100);
    if (hundredths % 100 != 0) {
        out += '.';
        append_padded(out, hundredths % 100, 2);
        while (out.back() == '0') {
            out.pop_back();
        }
    }
    return out;
}

double per_cent(std::int64_t part, std::int64_t whole) {
    Score score;
    score.add(part, whole, 100, 1);
    return score.value();
}

Portfolio portfolio_of(UnitIndex unit, Day day) {
    Portfolio portfolio{
        .all = responsibility_of(unit), .partial = {}, .full = {}, .fee_bearing = {}};
    for (std::size_t index = 0; index < procedures().size(); ++index) {
        const Procedure& procedure = procedures()[index];
        if (portfolio.all.test(index)) {
            portfolio.partial.set(index, level_on(procedure, day) == Level::Partial);
            portfolio.full.set(index, level_on(procedure, day) == Level::Full);
            portfolio.fee_bearing.set(index, is_fee_bearing(procedure, day));
        }
    }
    return portfolio;
}

std::int64_t size_of(const ProcedureSet& set) {
    return static_cast<std::int64_t>(set.count());
}

Score payment_score(const NationalCounts& counts, const Portfolio& portfolio) {
    const std::int64_t fee_bearing = size_of(portfolio.fee_bearing);
    Score score;
    score.add(counts.paid_online, counts.owing, 6, 1);
    score.add(size_of(portfolio.fee_bearing & counts.paid_procedures), fee_bearing, 2, 0.8);
    score.add(size_of(portfolio.fee_bearing & counts.fee_procedures_used), fee_bearing, 2, 0.8);
    return score;
}

Score online_score(const NationalCounts& counts, const Portfolio& portfolio) {
    const ProcedureSet offered = portfolio.partial | portfolio.full;
    Score score;
    score.add(size_of(offered), size_of(portfolio.all), 2, 0.8);
    score.add(size_of(offered & counts.used_online), size_of(offered), 4, 1);
    score.add(counts.online, counts.synchronised(), 6, 0.5);
    return score;
}

Score progress_score(const NationalCounts& counts) {
    Score score;
    score.add(counts.on_time, counts.on_time + counts.overdue, 20, 1);
    return score;
}

std::optional<double> ratio_of(const Metric& metric) {
    if (metric.denominator == 0 && metric.zero == ZeroOfZero::Null) {
        return std::nullopt;
    }
    return std::min(100.0, per_cent(metric.numerator, metric.denominator));
}

std::optional<double> score_of(const Metric& metric) {
    if (metric.denominator == 0) {
        switch (metric.zero) {
            case ZeroOfZero::Null:
                return std::nullopt;
            case ZeroOfZero::Nothing:
                return 0;
            case ZeroOfZero::FullScore:
                return metric.max;
        }
    }
    if (metric.max == 0) {
        return std::nullopt;
    }
    Score score;
    score.add(metric.numerator, metric.denominator, metric.max, 1);
    return score.value();
}

double total_of(const std::vector<Metric>& metrics) {
    double total = 0;
    for (const Metric& metric : metrics) {
        total += score_of(metric).value_or(0);
    }
    return total;
}

std::vector<Metric> transparency(const NationalCounts& counts, bool goes_on) {
    const std::int64_t used = size_of(counts.used);
    const std::string_view quality = counts.reported == 0 ? "NO_NATIONAL_REPORT_DATA"
                                     : goes_on            ? "TEMP_NATIONAL_REPORT_DENOMINATOR"
                                                          : "";
    return {
        {.code = "PUBLISH_ON_TIME",
         .name = "Công bố đúng hạn",
         .numerator = used - used / 9,
         .denominator = used,
         .max = 6,
         .zero = ZeroOfZero::Null,
         .quality = ""},
        {.code = "PUBLIC_UPDATE_ON_TIME",
         .name = "Cập nhật, công khai đúng hạn",
         .numerator = used - used / 7,
         .denominator = used,
         .max = 4,
         .zero = ZeroOfZero::Null,
         .quality = ""},
        {.code = "PUBLIC_CONTENT_FULL",
         .name = "Công khai đầy đủ nội dung",
         .numerator = used,
         .denominator = used,
         .max = 2,
         .zero = ZeroOfZero::Null,
         .quality = ""},
        {.code = "DOSSIER_SYNC",
         .name = "Đồng bộ hồ sơ",
         .numerator = counts.synchronised(),
         .denominator = counts.reported,
         .max = 6,
         .zero = ZeroOfZero::Null,
         .quality = quality}};
}

std::vector<Metric> digitisation(const NationalCounts& counts) {
    const std::int64_t done = counts.on_time + counts.overdue;
    return {
        {.code = "RESULT_DIGITIZED",
         .name = "Cấp kết quả điện tử",
         .numerator = counts.digitised,
         .denominator = done,
         .max = 12,
         .zero = ZeroOfZero::Null,
         .quality = ""},
        {.code = "DOSSIER_COMPONENT_DIGITIZED",
         .name = "Số hóa thành phần hồ sơ",
         .numerator = counts.online,
         .denominator = counts.synchronised(),
         .max = 10,
         .zero = ZeroOfZero::Null,
         .quality = ""}};
}

std::int64_t petitions_of(const NationalCounts& counts) {
    return counts.synchronised() / dossiers_per_petition;
}

std::vector<Metric> satisfaction(const NationalCounts& counts) {
    const std::int64_t petitions = petitions_of(counts);
    const auto petition = [petitions](std::string_view code, std::string_view name, double max) {
        return Metric{
            .code = code,
            .name = name,
            .numerator = petitions - petitions / 4,
            .denominator = petitions,
            .max = max,
            .zero = max > 0 ? ZeroOfZero::FullScore : ZeroOfZero::Null,
            .quality = ""};
    };
    return {
        petition("PETITION_CLASSIFICATION_TTHC", "Phản ánh về quy định thủ tục", 0),
        {.code = "DOSSIER_RECEIVING_SATISFACTION",
         .name = "Hài lòng trong tiếp nhận, giải quyết",
         .numerator = counts.synchronised() - petitions,
         .denominator = counts.synchronised(),
         .max = 6,
         .zero = ZeroOfZero::Nothing,
         .quality = ""},
        petition("PETITION_PROCESSING_ON_TIME", "Xử lý phản ánh đúng hạn", 6),
        petition("PETITION_HANDLING_SATISFACTION", "Hài lòng về xử lý phản ánh", 6),
        petition("PETITION_CLASSIFICATION_STAFF", "Phản ánh về cán bộ", 0)};
}

}  // namespace thidua::sandbox
