// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/drafts/procedure_review.hpp"

#include "core/result.hpp"
#include "reports/drafts/phrases.hpp"
#include "reports/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace thidua::reports::drafts {
namespace {

using official::Heading;
using official::Span;
using PaperLevel = Heading::Level;

std::string_view level_name(const std::optional<thidua::Level>& level) {
    if (!level) {
        return "chưa rõ";
    }
    switch (*level) {
        case thidua::Level::Information:
            return "cung cấp thông tin";
        case thidua::Level::Partial:
            return "một phần";
        case thidua::Level::Full:
            return "toàn trình";
    }
    check(false, "level_name: a known Level");
    return "";
}

std::string_view word_name(ReviewWord word) {
    switch (word) {
        case ReviewWord::ProposeFull:
            return "đề nghị công bố toàn trình";
        case ReviewWord::ProposePartial:
            return "đề nghị cung cấp một phần";
        case ReviewWord::ProposeKeep:
            return "đề nghị giữ nguyên";
        case ReviewWord::Approve:
            return "chấp thuận";
        case ReviewWord::Refuse:
            return "không chấp thuận";
    }
    check(false, "word_name: a known ReviewWord");
    return "";
}

std::string name_of(const ReviewReportInput& input, const std::string& unit) {
    const auto place = input.unit_names.find(unit);
    return place == input.unit_names.end() ? unit : place->second;
}

/// "Văn phòng Đăng ký đất đai và 8 đơn vị khác": a procedure may be shared by all branches.
std::string names_of_units(const ReviewReportInput& input, const rules::ReviewRow& row) {
    constexpr std::size_t shown_max = 2;
    std::string names;
    const bool is_cut = row.units.size() > shown_max;
    for (std::size_t at = 0; at < (is_cut ? 1 : row.units.size()); ++at) {
        names += (at == 0 ? "" : "; ") + name_of(input, row.units[at]);
    }
    return is_cut ? fmt::format("{} và {} đơn vị khác", names, row.units.size() - 1) : names;
}

std::string word_and_paper(const ProcedureReview& review) {
    std::string text(word_name(review.word));
    text += review.document.empty() ? "" : fmt::format(" ({})", review.document);
    return text + (review.note.empty() ? "" : ": " + review.note);
}

/// What each unit proposed; of several units with its name.
official::Line proposals(const ReviewReportInput& input, const rules::ReviewRow& row) {
    official::Line line;
    for (const ProcedureReview& proposal : row.proposals) {
        if (!line.empty()) {
            line.push_back({Span::Kind::Break, ""});
        }
        const bool is_shared = row.units.size() > 1;
        line.push_back(
            {Span::Kind::Plain,
             (is_shared ? name_of(input, proposal.unit) + ": " : "") + word_and_paper(proposal)}
        );
    }
    return line.empty() ? official::Line{{Span::Kind::Plain, "chưa rà soát"}} : line;
}

official::Table rows_table(const ReviewReportInput& input) {
    official::Table table;
    table.columns = {
        {"TT", 10, Align::Centre},
        {"Mã TTHC", 22, Align::Centre},
        {"Tên thủ tục hành chính", 66, Align::Left},
        {"Đơn vị", 38, Align::Left},
        {"Mức độ", 22, Align::Centre},
        {"Phí, lệ phí", 16, Align::Centre},
        {"Hồ sơ tiếp nhận", 20, Align::Right},
        {"Đề nghị của đơn vị", 36, Align::Left},
        {"Ý kiến xử lý", 32, Align::Left}};
    for (const rules::ReviewRow& row : input.rows) {
        table.rows.push_back({
            {{Span::Kind::Plain, std::to_string(table.rows.size() + 1)}},
            {{Span::Kind::Plain, row.code}},
            {{Span::Kind::Plain, row.name}},
            {{Span::Kind::Plain, names_of_units(input, row)}},
            {{Span::Kind::Plain, std::string(level_name(row.level))}},
            {{Span::Kind::Plain, row.is_fee_bearing ? "có" : "không"}},
            {{Span::Kind::Plain, format_count(row.received)}},
            proposals(input, row),
            {{Span::Kind::Plain, row.decision ? word_and_paper(*row.decision) : "–"}},
        });
    }
    return table;
}

/// Counts of the rows that `is_one` picks.
template <class Pick>
std::string count_rows(const ReviewReportInput& input, Pick is_one) {
    return format_count(std::ranges::count_if(input.rows, is_one));
}

std::int64_t received(const ReviewReportInput& input, bool fee_bearing) {
    std::int64_t sum = 0;
    for (const rules::ReviewRow& row : input.rows) {
        sum += row.is_fee_bearing == fee_bearing ? row.received : 0;
    }
    return sum;
}

void add_results(std::vector<official::Block>& blocks, const ReviewReportInput& input) {
    const auto bullet = [&](std::string text) {
        blocks.emplace_back(official::Bullet{{{Span::Kind::Plain, std::move(text)}}});
    };
    bullet(fmt::format(
        "Thủ tục chưa cung cấp dịch vụ công trực tuyến toàn trình: {}; đã rà soát: {}.",
        format_count(input.counts.to_review),
        format_count(input.counts.reviewed)
    ));
    bullet(fmt::format(
        "Trong đó có phí, lệ phí: {} thủ tục, {} hồ sơ tiếp nhận trong đợt; không có phí, lệ phí: "
        "{} thủ tục, {} hồ sơ.",
        count_rows(input, [](const rules::ReviewRow& row) { return row.is_fee_bearing; }),
        format_count(received(input, true)),
        count_rows(input, [](const rules::ReviewRow& row) { return !row.is_fee_bearing; }),
        format_count(received(input, false))
    ));
    bullet(fmt::format(
        "Đơn vị đề nghị công bố toàn trình: {} thủ tục; đề nghị được chấp thuận: {}.",
        format_count(input.counts.proposed),
        format_count(input.counts.approved)
    ));
}

/// Those that a unit proposes to offer in full and nobody has decided on, by name.
official::Table proposed_table(const ReviewReportInput& input) {
    official::Table table;
    table.columns = {
        {"TT", 11, Align::Centre},
        {"Mã TTHC", 26, Align::Centre},
        {"Tên thủ tục hành chính", 82, Align::Left},
        {"Phí, lệ phí", 18, Align::Centre},
        {"Hồ sơ tiếp nhận", 27, Align::Right}};
    for (const rules::ReviewRow& row : input.rows) {
        const bool is_proposed =
            std::ranges::find(row.proposals, ReviewWord::ProposeFull, &ProcedureReview::word) !=
            row.proposals.end();
        if (!is_proposed || row.decision) {
            continue;
        }
        table.rows.push_back({
            {{Span::Kind::Plain, std::to_string(table.rows.size() + 1)}},
            {{Span::Kind::Plain, row.code}},
            {{Span::Kind::Plain, row.name}},
            {{Span::Kind::Plain, row.is_fee_bearing ? "có" : "không"}},
            {{Span::Kind::Plain, format_count(row.received)}},
        });
    }
    return table;
}

void add_proposal(std::vector<official::Block>& blocks, const ReviewReportInput& input) {
    official::Table table = proposed_table(input);
    if (table.rows.empty()) {
        blocks.push_back(
            plain_paragraph("Đến thời điểm lập báo cáo không có thủ tục nào được đề nghị công bố "
                            "toàn trình mà chưa "
                            "có ý kiến xử lý.")
        );
    } else {
        blocks.push_back(
            plain_paragraph("Đề nghị xem xét, trình Chủ tịch UBND tỉnh công bố cung cấp dịch vụ "
                            "công trực tuyến toàn "
                            "trình đối với các thủ tục sau:")
        );
        blocks.emplace_back(std::move(table));
    }
    blocks.push_back(prompt_paragraph(office, "kiến nghị khác, nếu có"));
    blocks.push_back(plain_paragraph("(Chi tiết tại Phụ lục kèm theo)./."));
}

}  // namespace

official::Paper procedure_review(const ReviewReportInput& input) {
    official::Paper paper;
    paper.file_title = "Báo cáo rà soát thủ tục hành chính";
    paper.letterhead = agency_letterhead(
        input.texts, "/BC-" + input.texts.short_name, year_of(day_of(input.known_at))
    );
    paper.kind = "BÁO CÁO";
    paper.subject =
        "Kết quả rà soát thủ tục hành chính chưa cung cấp dịch vụ công trực tuyến toàn trình";
    paper.addressees = input.texts.procedure_review.addressees;
    auto& blocks = paper.blocks;
    blocks.push_back(plain_paragraph(fmt::format(
        "Thực hiện {}, kết quả rà soát tính đến ngày {} (theo số liệu ghi nhận lúc {}) như sau:",
        cite_plan(input.campaign),
        format_day(input.day),
        format_instant(input.known_at)
    )));
    blocks.emplace_back(Heading{PaperLevel::Part, "I. KẾT QUẢ RÀ SOÁT"});
    add_results(blocks, input);
    blocks.emplace_back(Heading{PaperLevel::Part, "II. KHÓ KHĂN, VƯỚNG MẮC"});
    blocks.push_back(prompt_paragraph(office, "khó khăn, vướng mắc và nguyên nhân; hoặc không có"));
    blocks.emplace_back(Heading{PaperLevel::Part, "III. ĐỀ NGHỊ"});
    add_proposal(blocks, input);
    paper.signatures = {agency_signature(input.texts)};
    paper.recipients = input.texts.procedure_review.recipients;
    paper.annexes.push_back(
        {"Danh mục thủ tục hành chính chưa cung cấp dịch vụ công trực tuyến toàn trình",
         /*is_landscape=*/true,
         {rows_table(input)}}
    );
    paper.properties = {
        {"thidua.campaign", input.campaign.id},
        {"thidua.as_of", to_text(input.day)},
        {"thidua.known_at", to_text(input.known_at)}};
    return paper;
}

docx::FormValues procedure_review_values(const ReviewReportInput& input) {
    docx::FormValues values = agency_values(input.texts, input.campaign);
    values.texts["tinh_den_ngay"] = format_day(input.day);
    values.texts["ghi_nhan_luc"] = format_instant(input.known_at);
    values.texts["so_thu_tuc"] = format_count(input.counts.to_review);
    values.texts["so_da_ra_soat"] = format_count(input.counts.reviewed);
    values.texts["so_de_nghi"] = format_count(input.counts.proposed);
    values.texts["so_chap_thuan"] = format_count(input.counts.approved);
    values.lists["thu_tuc"] = items_of(
        rows_table(input),
        {"tt", "ma", "ten", "don_vi", "muc_do", "phi", "ho_so", "de_nghi", "y_kien"}
    );
    return values;
}

}  // namespace thidua::reports::drafts
