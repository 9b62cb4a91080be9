// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/drafts/nomination.hpp"

#include "core/result.hpp"
#include "core/text.hpp"
#include "reports/digest_facts.hpp"
#include "reports/drafts/candidate.hpp"
#include "reports/drafts/phrases.hpp"
#include "reports/format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports::drafts {
namespace {

using official::Heading;
using official::Span;
using Level = Heading::Level;

constexpr std::string_view unit_writes = "Đơn vị viết";
constexpr std::string_view secretary_writes = "Thư ký ghi";

official::Line plain(std::string text) {
    return {{Span::Kind::Plain, std::move(text)}};
}

const Award& award_of(const NominationInput& input) {
    return *input.eligibility.award;
}

/// The agency's own grounds, then the plan's documents, the plan itself last.
official::Grounds grounds(const NominationInput& input) {
    official::Grounds grounds;
    for (const std::string& each : input.texts.nominations.grounds) {
        grounds.documents.push_back("Căn cứ " + each);
    }
    const auto& documents = input.campaign.plan.documents;
    for (std::size_t at = 1; at < documents.size(); ++at) {
        grounds.documents.push_back("Căn cứ " + cite(documents[at]));
    }
    grounds.documents.push_back("Thực hiện " + cite_plan(input.campaign));
    return grounds;
}

/// Whom for what, in one row.
official::Table proposal_table(const NominationInput& input) {
    official::Table table;
    table.columns = {
        {"TT", 10, Align::Centre},
        {is_individual(input) ? "Họ tên, chức vụ, đơn vị" : "Tên tập thể", 90, Align::Left},
        {"Hình thức đề nghị", 62, Align::Left}};
    table.rows.push_back(
        {plain("1"), plain(capitalise(candidate_phrase(input))), plain(award_of(input).name)}
    );
    return table;
}

void add_parts(std::vector<official::Block>& blocks, const NominationInput& input) {
    for (const NominationPart& part : input.campaign.plan.nomination_parts) {
        blocks.emplace_back(official::Bullet{plain(fmt::format(
            "{:02} bộ {}{}{}",
            award_of(input).copies,
            part.name,
            part.form.empty() ? "" : " (" + part.form + ")",
            &part == &input.campaign.plan.nomination_parts.back() ? "." : ";"
        ))});
    }
}

official::Paper new_paper(
    const NominationInput& input, const std::string& title, const std::string& abbreviation
) {
    official::Paper paper;
    paper.file_title = fmt::format("{} – {}", title, input.eligibility.candidate.name);
    paper.letterhead = unit_letterhead(input, abbreviation);
    paper.kind = to_upper(title);
    paper.properties = properties_of(input.standings, input.unit);
    return paper;
}

official::Paper submission(const NominationInput& input) {
    official::Paper paper = new_paper(input, "Tờ trình", "TTr");
    paper.subject = "Về việc đề nghị tặng " + award_of(input).name;
    paper.addressees = input.texts.nominations.addressees;
    auto& blocks = paper.blocks;
    blocks.emplace_back(grounds(input));
    blocks.push_back(
        plain_paragraph(fmt::format("{} kính trình xem xét, đề nghị khen thưởng:", input.unit.name))
    );
    blocks.emplace_back(proposal_table(input));
    blocks.emplace_back(Heading{Level::Section, "1. Kết quả theo số liệu"});
    add_figures(blocks, input);
    blocks.emplace_back(Heading{Level::Section, "2. Giải pháp, cách làm đã thực hiện"});
    blocks.push_back(prompt_paragraph(
        unit_writes, "giải pháp, cách làm, sáng kiến đã thực hiện và kết quả của từng giải pháp"
    ));
    blocks.emplace_back(Heading{Level::Section, "3. Tình trạng xét theo tiêu chuẩn"});
    blocks.emplace_back(findings_table(input));
    blocks.push_back(plain_paragraph(fmt::format(
        "Kết quả chung đến thời điểm lập: {}.{}",
        whole_phrase(input),
        rules::is_open(input.eligibility.finding.value)
            ? " Chưa có căn cứ để kết luận khi chưa có đủ ý kiến của cấp có thẩm quyền hoặc số "
              "liệu "
              "đạt yêu cầu."
            : ""
    )));
    blocks.emplace_back(Heading{Level::Section, "4. Hồ sơ kèm theo"});
    add_parts(blocks, input);
    blocks.push_back(plain_paragraph("Kính trình xem xét, quyết định./."));
    paper.signatures = {unit_signature(input)};
    paper.recipients = input.texts.nominations.recipients;
    return paper;
}

void add_attendance(std::vector<official::Block>& blocks) {
    const auto line = [&](const std::string& label, const std::string& what) {
        blocks.emplace_back(official::Bullet{
            {{Span::Kind::Plain, label + ": "}, prompt(secretary_writes, what)}});
    };
    line("Thời gian", "giờ, ngày, tháng, năm bắt đầu");
    line("Địa điểm", "nơi họp");
    line("Số người được triệu tập, có mặt", "tổng số; số có mặt");
    line("Vắng mặt", "họ tên, lý do; hoặc không");
    line("Chủ trì", "họ tên, chức vụ");
    line("Thư ký", "họ tên, chức vụ");
}

/// Which report had these figures, so that the minutes can be held against what is archived.
official::Block report_paragraph(const NominationInput& input) {
    return input.report.empty()
               ? prompt_paragraph(
                     secretary_writes,
                     "“Dòng ghi vào biên bản” của báo cáo kết quả trình tại cuộc họp; hoặc chưa có "
                     "báo cáo"
                 )
               : plain_paragraph("Số liệu trên là của " + input.report + ".");
}

official::Paper minutes(const NominationInput& input) {
    official::Paper paper = new_paper(input, "Biên bản", "BB");
    paper.subject = "Họp bình xét, đề nghị tặng " + award_of(input).name;
    auto& blocks = paper.blocks;
    blocks.emplace_back(Heading{Level::Part, "I. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN"});
    add_attendance(blocks);
    blocks.emplace_back(Heading{Level::Part, "II. NỘI DUNG"});
    blocks.push_back(plain_paragraph(
        fmt::format("1. Bình xét {}, theo {}.", candidate_phrase(input), cite_plan(input.campaign))
    ));
    blocks.push_back(plain_paragraph("2. Số liệu và minh chứng trình tại cuộc họp:"));
    add_figures(blocks, input);
    if (!input.evidence.empty()) {
        blocks.emplace_back(evidence_table(input));
    }
    blocks.push_back(report_paragraph(input));
    blocks.push_back(plain_paragraph("3. Ý kiến tại cuộc họp:"));
    blocks.push_back(prompt_paragraph(secretary_writes, "ý kiến của từng người"));
    blocks.emplace_back(Heading{Level::Part, "III. KẾT QUẢ BIỂU QUYẾT"});
    official::Table votes;
    votes.columns = {
        {"TT", 10, Align::Centre},
        {"Tập thể, cá nhân", 66, Align::Left},
        {"Hình thức đề nghị", 44, Align::Left},
        {"Số phiếu đồng ý / tổng số, tỷ lệ", 42, Align::Left}};
    votes.rows.push_back(
        {plain("1"),
         plain(capitalise(candidate_phrase(input))),
         plain(award_of(input).name),
         {prompt(secretary_writes, "số phiếu, tỷ lệ")}}
    );
    blocks.emplace_back(std::move(votes));
    blocks.emplace_back(Heading{Level::Part, "IV. KẾT LUẬN"});
    blocks.push_back(prompt_paragraph(secretary_writes, "kết luận của người chủ trì"));
    blocks.emplace_back(official::Paragraph{
        {{Span::Kind::Plain, "Cuộc họp kết thúc vào hồi "},
         prompt(secretary_writes, "giờ, ngày"),
         {Span::Kind::Plain, "; biên bản đã được đọc lại và thống nhất thông qua./."}}});
    paper.signatures = {
        {"", "THƯ KÝ", "(Ký, ghi rõ họ tên)", ""}, {"", "CHỦ TRÌ", "(Ký, ghi rõ họ tên)", ""}};
    return paper;
}

/// I. and III. of the form, which only people know.
void add_background(std::vector<official::Block>& blocks, const NominationInput& input) {
    if (is_individual(input)) {
        const Officer& officer = *input.officer;
        blocks.push_back(plain_paragraph("- Họ và tên: " + officer.name));
        blocks.emplace_back(official::Bullet{{prompt(unit_writes, "ngày sinh, quê quán")}});
        blocks.push_back(plain_paragraph(fmt::format(
            "- Chức vụ, đơn vị công tác: {}{}",
            officer.position.empty() ? "" : officer.position + ", ",
            input.unit.name
        )));
        blocks.emplace_back(official::Bullet{{prompt(unit_writes, "quyền hạn, nhiệm vụ được giao")}}
        );
        return;
    }
    blocks.push_back(plain_paragraph("- Tên tập thể: " + input.unit.name));
    blocks.emplace_back(official::Bullet{
        {prompt(unit_writes, "cơ cấu tổ chức, số công chức, viên chức, người lao động")}});
    blocks.emplace_back(official::Bullet{{prompt(unit_writes, "chức năng, nhiệm vụ được giao")}});
}

official::Paper achievement(const NominationInput& input) {
    official::Paper paper = new_paper(input, "Báo cáo thành tích", "");
    paper.form = "Mẫu số 08";
    paper.subject = "Đề nghị tặng " + award_of(input).name;
    auto& blocks = paper.blocks;
    blocks.push_back(prompt_paragraph(
        "Đối chiếu trước khi ký",
        "bố cục với Mẫu số 08 ban hành kèm theo Nghị định số 98/2023/NĐ-CP; xóa dòng này"
    ));
    blocks.emplace_back(Heading{Level::Part, "I. SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH"});
    add_background(blocks, input);
    blocks.emplace_back(Heading{Level::Part, "II. THÀNH TÍCH ĐẠT ĐƯỢC"});
    blocks.emplace_back(Heading{Level::Section, "1. Số liệu so với mức giao"});
    add_figures(blocks, input);
    blocks.emplace_back(Heading{Level::Section, "2. Giải pháp, sáng kiến, hiệu quả"});
    blocks.push_back(prompt_paragraph(
        unit_writes,
        is_individual(input)
            ? "việc cá nhân trực tiếp làm, sáng kiến, phạm vi ảnh hưởng, hiệu quả"
            : "giải pháp, cách làm sáng tạo, phạm vi ảnh hưởng, hiệu quả của từng nội dung thi đua"
    ));
    if (!input.evidence.empty()) {
        blocks.emplace_back(Heading{Level::Section, "3. Minh chứng đã nộp"});
        blocks.emplace_back(evidence_table(input));
    }
    blocks.emplace_back(Heading{Level::Part, "III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG"});
    blocks.push_back(prompt_paragraph(
        unit_writes, "hình thức, số và ngày của quyết định, cơ quan ban hành; hoặc chưa có"
    ));
    paper.signatures = {
        {"", "THỦ TRƯỞNG ĐƠN VỊ CẤP TRÊN TRỰC TIẾP NHẬN XÉT, XÁC NHẬN", "(Ký, đóng dấu)", ""},
        is_individual(input)
            ? official::Signature{"", "NGƯỜI BÁO CÁO THÀNH TÍCH", "(Ký, ghi rõ họ tên)", ""}
            : unit_signature(input)};
    return paper;
}

/// Each figure on a line of its own.
official::Line figure_lines(const NominationInput& input) {
    official::Line line;
    for (const Indicator& indicator : input.campaign.indicators) {
        const Percent percent = percent_of(input.unit, indicator);
        const std::string mark = format_mark(percent);
        if (!line.empty()) {
            line.push_back({Span::Kind::Break, ""});
        }
        line.push_back(
            {Span::Kind::Plain,
             fmt::format(
                 "{}: {}{}{}{} ",
                 indicator.name,
                 format_value(percent),
                 percent.counts ? ", " + format_counts(*percent.counts) : "",
                 percent.target ? "; mức giao " + format_target(*percent.target) : "",
                 mark.empty() ? "" : "; " + mark
             )}
        );
        line.push_back({Span::Kind::Reference, percent.figure});
    }
    return line;
}

official::Paper summary(const NominationInput& input) {
    official::Paper paper = new_paper(input, "Biểu tóm tắt thành tích", "");
    paper.subject = "Đề nghị tặng " + award_of(input).name;
    official::Table table;
    table.columns = {{"Mục", 46, Align::Left}, {"Nội dung", 116, Align::Left}};
    const auto row = [&](std::string label, official::Line line) {
        table.rows.push_back({{{Span::Kind::Bold, std::move(label)}}, std::move(line)});
    };
    row(is_individual(input) ? "Họ tên, chức vụ, đơn vị" : "Tên tập thể",
        plain(capitalise(candidate_phrase(input))));
    row("Hình thức đề nghị", plain(award_of(input).name));
    row("Kết quả của đơn vị theo số liệu", figure_lines(input));
    if (const std::string text = reviewed_phrase(input); !text.empty()) {
        row("Rà soát TTHC", plain(text.substr(text.find(": ") + 2)));
    }
    row("Giải pháp, sáng kiến, hiệu quả", {prompt(unit_writes, "3 đến 6 dòng")});
    row("Đã được khen thưởng", {prompt(unit_writes, "hình thức, số và ngày của quyết định")});
    paper.blocks.emplace_back(std::move(table));
    paper.blocks.push_back(plain_paragraph(
        capitalise(fmt::format("số liệu {}.", as_of_phrase(input.standings, input.unit)))
    ));
    paper.signatures = {unit_signature(input)};
    return paper;
}

}  // namespace

std::optional<NominationPaper> nomination_paper(std::string_view part) {
    using enum NominationPaper;
    if (part == "to-trinh") {
        return Submission;
    }
    if (part == "bien-ban") {
        return Minutes;
    }
    if (part == "bao-cao-thanh-tich") {
        return Achievement;
    }
    return part == "bieu-tom-tat" ? std::optional(Summary) : std::nullopt;
}

official::Paper nomination(NominationPaper paper, const NominationInput& input) {
    switch (paper) {
        case NominationPaper::Submission:
            return submission(input);
        case NominationPaper::Minutes:
            return minutes(input);
        case NominationPaper::Achievement:
            return achievement(input);
        case NominationPaper::Summary:
            return summary(input);
    }
    check(false, "nomination: a known NominationPaper");
    return {};
}

docx::FormValues nomination_values(const NominationInput& input) {
    docx::FormValues values = agency_values(input.texts, input.campaign);
    add_unit_values(values, input.campaign, input.standings, input.unit);
    const Award& award = award_of(input);
    values.texts["ung_vien"] = input.eligibility.candidate.name;
    values.texts["ma_ung_vien"] = input.eligibility.candidate.id;
    values.texts["chuc_vu"] = is_individual(input) ? input.officer->position : "";
    values.texts["hinh_thuc"] = award.name;
    values.texts["so_bo"] = fmt::format("{:02}", award.copies);
    values.texts["ket_qua_chung"] = whole_phrase(input);
    values.texts["dong_bien_ban"] = input.report;
    values.lists["tieu_chuan"] = items_of(findings_table(input), {"ten", "ket_qua", "can_cu"});
    values.lists["minh_chung"] =
        items_of(evidence_table(input), {"tt", "noi_dung", "ten", "van_ban", "trang_thai"});
    auto& parts = values.lists["ho_so"];
    for (const NominationPart& part : input.campaign.plan.nomination_parts) {
        parts.push_back(
            {{"tt", std::to_string(parts.size() + 1)}, {"ten", part.name}, {"mau", part.form}}
        );
    }
    return values;
}

}  // namespace thidua::reports::drafts
