// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "report_question.hpp"

#include "formalities.hpp"
#include "json_text.hpp"

#include <algorithm>

namespace thidua::sandbox {
namespace {

std::optional<Period> read_period(const boost::json::object& object) {
    const std::string type = text_of(object, "timeType");
    const std::int64_t year = number_of(object, "year");
    const std::int64_t quarter = number_of(object, "quarter");
    const std::int64_t month = number_of(object, "month");
    if (year < year_first || year > year_last) {
        return std::nullopt;
    }
    if (type == "year") {
        return months(year, 1, 12);
    }
    if (type == "quarter" && quarter >= 1 && quarter <= 4) {
        return months(year, quarter * 3 - 2, 3);
    }
    if (type == "month" && month >= 1 && month <= 12) {
        return months(year, month, 1);
    }
    return std::nullopt;
}

std::optional<Period> read_dates(const boost::json::object& object) {
    const auto from = parse_day(text_of(object, "fromDate"));
    const auto to = parse_day(text_of(object, "toDate"));
    if (!from || !to || *from > *to) {
        return std::nullopt;
    }
    return Period{.from = *from, .to = *to};
}

Reply not_found(std::string_view message) {
    return json_reply(
        201, R"({"code":"NOT_FOUND","data":null,"message":")" + std::string{message} + R"("})"
    );
}

}  // namespace

Period months(std::int64_t year, std::int64_t first, int count) {
    const std::chrono::year_month begin{
        std::chrono::year{static_cast<int>(year)},
        std::chrono::month{static_cast<unsigned>(first)}};
    const std::chrono::year_month last = begin + std::chrono::months{count - 1};
    return {.from = Day{begin / std::chrono::day{1}}, .to = Day{last / std::chrono::last}};
}

std::expected<ReportQuestion, Reply> read_question(std::string_view body, const ReportKeys& keys) {
    const auto object = parse_object(body);
    const auto period = !object         ? std::nullopt
                        : keys.by_dates ? read_dates(*object)
                                        : read_period(*object);
    if (!period) {
        const std::string wanted = keys.by_dates ? "fromDate, toDate" : "timeType, year, month";
        return std::unexpected(
            json_reply(400, R"({"code":"BAD_REQUEST","data":null,"message":")" + wanted + R"("})")
        );
    }
    ReportQuestion question{.period = *period, .root = {}, .procedure = {}};
    if (text_of(*object, "departmentType") != "ADMINISTRATIVE_UNIT") {
        question.root = department_with_id(text_of(*object, "rootDepartmentId"));
        if (!question.root) {
            return std::unexpected(not_found("Không tìm thấy đơn vị"));
        }
    }
    if (const std::string id = text_of(*object, keys.formality); !id.empty()) {
        question.procedure = procedure_with_id(id);
        if (!question.procedure) {
            return std::unexpected(not_found("Không tìm thấy thủ tục"));
        }
    }
    return question;
}

ReportCounts::ReportCounts(const ReportQuestion& question, const Snapshot& snapshot)
    : tree_{count_nationally(snapshot, question.period, question.procedure)},
      procedure_{question.procedure},
      day_{std::min(question.period.to, day_of(snapshot.now()))},
      goes_on_{question.period.to >= day_of(snapshot.now())} {}

const NationalCounts& ReportCounts::of(const Department& department) const {
    return department.unit ? tree_.at(*department.unit) : nothing_;
}

Portfolio ReportCounts::portfolio(const Department& department) const {
    if (!department.unit) {
        return {};
    }
    Portfolio portfolio = portfolio_of(*department.unit, day_);
    if (procedure_) {
        ProcedureSet only;
        only.set(*procedure_);
        portfolio.all &= only;
        portfolio.partial &= only;
        portfolio.full &= only;
        portfolio.fee_bearing &= only;
    }
    return portfolio;
}

}  // namespace thidua::sandbox
