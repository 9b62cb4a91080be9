// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a report on the awards adds: conditions, evidence, and weeks to look into.
#include "reports/condition_text.hpp"
#include "reports/final_report_grounds.hpp"
#include "reports/final_report_weeks.hpp"
#include "reports/format.hpp"
#include "reports/sheets.hpp"
#include "rules/award_text.hpp"

#include <map>

namespace thidua::reports {
namespace {

constexpr std::size_t verdict_at = 6;

/// The candidate and the award stand in every row, so that a filter finds them.
class ConditionRows {
  public:
    ConditionRows(const Campaign& campaign, const rules::Eligibility& one, sheet::Sheet& sheet)
        : campaign_(campaign), one_(one), sheet_(sheet) {}

    /// `number` says what a condition belongs to; the whole has none.
    void add(const rules::Finding& finding, const std::string& number) {
        const bool is_whole = number.empty();
        sheet::Row row;
        row.look = is_whole ? sheet::Look::Total : sheet::Look::Plain;
        row.cells = {
            text_cell(one_.candidate.name),
            text_cell(one_.candidate.id),
            text_cell(one_.candidate.subject == Subject::Collective ? "tập thể" : "cá nhân"),
            text_cell(one_.award->name),
            text_cell(number),
            text_cell(condition_text(campaign_, finding)),
            text_cell(
                is_whole ? rules::verdict_text(finding)
                         : std::string(rules::vietnamese(finding.value))
            ),
            text_cell(finding.clause.empty() ? "" : "Mục " + finding.clause)};
        add_figure(finding, row);
        row.cells.push_back(text_cell(condition_grounds(campaign_.plan, finding)));
        sheet_.rows.push_back(std::move(row));
        for (std::size_t at = 0; at < finding.terms.size(); ++at) {
            const std::string own = std::to_string(at + 1);
            add(finding.terms[at], is_whole ? own : number + "." + own);
        }
    }

  private:
    static void add_figure(const rules::Finding& finding, sheet::Row& row) {
        if (!finding.figure) {
            row.cells.resize(row.cells.size() + 4);
            return;
        }
        const std::size_t at = row.cells.size();
        const auto& counts = finding.figure->counts;
        row.cells.push_back(count_cell(counts ? std::optional(counts->numerator) : std::nullopt));
        row.cells.push_back(count_cell(counts ? std::optional(counts->denominator) : std::nullopt));
        const auto& target = finding.figure->target;
        row.cells.push_back(
            target ? sheet::Cell(sheet::Goal{target->op, target->value})
                   : sheet::Cell(sheet::Blank{})
        );
        row.cells.push_back(text_cell(finding.figure->id));
        if (!counts) {
            row.cells[at] = sheet::Text{"thiếu số liệu"};
        }
    }

    const Campaign& campaign_;
    const rules::Eligibility& one_;
    sheet::Sheet& sheet_;
};

/// Each once: an evidence may stand under several awards.
using EvidenceById = std::map<std::int64_t, std::pair<const Evidence*, const rules::Eligibility*>>;

void gather(const rules::Finding& finding, const rules::Eligibility& one, EvidenceById& found) {
    for (const Evidence& evidence : finding.evidence) {
        found.emplace(evidence.id, std::pair(&evidence, &one));
    }
    for (const rules::Finding& term : finding.terms) {
        gather(term, one, found);
    }
}

/// "content/3": "Nội dung 3"; a question of an award keeps its key.
std::string topic_words(const std::string& topic) {
    constexpr std::string_view content = "content/";
    return topic.starts_with(content) ? "Nội dung " + topic.substr(content.size()) : topic;
}

sheet::Row evidence_row(const Evidence& one, const rules::Eligibility& of) {
    sheet::Row row;
    row.cells = {
        sheet::Count{one.id},
        text_cell(of.candidate.name),
        text_cell(topic_words(one.topic)),
        text_cell(one.title),
        text_cell(one.text),
        one.day ? sheet::Cell(sheet::Date{*one.day}) : sheet::Cell(sheet::Blank{}),
        text_cell(one.document),
        text_cell(one.file_name),
        text_cell(one.file_sha256),
        sheet::Moment{one.filed_at},
        text_cell(rules::vietnamese(one.state)),
        text_cell(one.ruled_by),
        one.ruled_at ? sheet::Cell(sheet::Moment{*one.ruled_at}) : sheet::Cell(sheet::Blank{}),
        text_cell(one.why)};
    return row;
}

sheet::Row test_row(
    const FinalReportInput& input, const rules::UnitTested& unit, const rules::FigureTested& tested
) {
    sheet::Row row;
    row.cells = {
        text_cell(unit.name),
        text_cell(unit.code),
        text_cell(name_of_indicator(input.campaign, tested.indicator)),
        text_cell(name_of_test(tested.test)),
        text_cell(
            !tested.found           ? "chưa xét được"
            : tested.found->empty() ? "không thấy"
                                    : "cần kiểm tra"
        )};
    return row;
}

/// A row for each week that stands out, or one that says that none does.
void add_test_rows(
    sheet::Sheet& sheet,
    const FinalReportInput& input,
    const rules::UnitTested& unit,
    const rules::FigureTested& tested
) {
    const sheet::Row row = test_row(input, unit, tested);
    if (!tested.found || tested.found->empty()) {
        sheet.rows.push_back(row);
        return;
    }
    for (const rules::Irregularity& one : *tested.found) {
        sheet.rows.push_back(row);
        auto& cells = sheet.rows.back().cells;
        cells.emplace_back(sheet::Date{one.from});
        cells.emplace_back(sheet::Date{one.to});
        cells.push_back(text_cell(irregularity_phrase(input.campaign, tested, one) + "."));
    }
}

}  // namespace

sheet::Sheet conditions_sheet(const FinalReportInput& input) {
    sheet::Sheet sheet;
    sheet.name = "Điều kiện";
    sheet.widths = {36, 13, 10, 30, 8, 52, 24, 13, 11, 11, 12, 14, 60};
    sheet.kept_columns = 1;
    sheet.has_filter = true;
    sheet.rows.push_back(head_row(
        {"Ứng viên",
         "Mã",
         "Đối tượng",
         "Hình thức khen thưởng",
         "Số",
         "Điều kiện",
         "Kết quả",
         "Điều khoản",
         "Tử số",
         "Mẫu số",
         "Mục tiêu",
         "Mã tra cứu",
         "Căn cứ"}
    ));
    for (const rules::Eligibility& one : input.eligibility) {
        ConditionRows(input.campaign, one, sheet).add(one.finding, "");
    }
    if (sheet.rows.size() > 1) {
        sheet.verdicts.push_back({{verdict_at, 1, sheet.rows.size() - 1}, {}});
    }
    return sheet;
}

sheet::Sheet evidence_sheet(const FinalReportInput& input) {
    EvidenceById found;
    for (const rules::Eligibility& one : input.eligibility) {
        gather(one.finding, one, found);
    }
    sheet::Sheet sheet;
    sheet.name = "Minh chứng";
    sheet.widths = {7, 34, 14, 30, 50, 13, 18, 22, 34, 20, 20, 18, 20, 30};
    sheet.kept_columns = 2;
    sheet.rows.push_back(head_row(
        {"Số",
         "Ứng viên",
         "Nội dung",
         "Tên minh chứng",
         "Việc đã làm",
         "Ngày",
         "Văn bản",
         "Tệp",
         "SHA-256 của tệp",
         "Nộp lúc",
         "Tình trạng",
         "Người kết luận",
         "Kết luận lúc",
         "Lý do"}
    ));
    for (const auto& [id, one] : found) {
        sheet.rows.push_back(evidence_row(*one.first, *one.second));
    }
    sheet.has_filter = !found.empty();
    if (found.empty()) {
        sheet.rows.push_back(text_row(sheet::Look::Line, "Chưa có minh chứng nào được nộp."));
    }
    return sheet;
}

sheet::Sheet weeks_sheet(const FinalReportInput& input) {
    sheet::Sheet sheet;
    sheet.name = "Dấu hiệu";
    sheet.widths = {36, 13, 26, 22, 16, 13, 13, 90};
    sheet.kept_columns = 1;
    sheet.rows.push_back(head_row(
        {"Đơn vị", "Mã", "Chỉ tiêu", "Xét theo", "Kết quả", "Từ ngày", "Đến ngày", "Diễn giải"}
    ));
    for (const rules::UnitTested& unit : input.weeks.units) {
        for (const rules::FigureTested& tested : unit.figures) {
            add_test_rows(sheet, input, unit, tested);
        }
    }
    sheet.has_filter = sheet.rows.size() > 1;
    if (!sheet.has_filter) {
        sheet.rows.push_back(text_row(sheet::Look::Line, "Không có chỉ tiêu nào đếm hồ sơ để xét.")
        );
    }
    return sheet;
}

}  // namespace thidua::reports
