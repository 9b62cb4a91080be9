// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/final_report.hpp"

#include "core/result.hpp"
#include "reports/digest_facts.hpp"
#include "reports/digest_tables.hpp"
#include "reports/figure_status.hpp"
#include "reports/final_report_grounds.hpp"
#include "reports/final_report_weeks.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"
#include "rules/award_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace thidua::reports {
namespace {

using rules::Stage;

std::string_view name_of_award(const Campaign& campaign, std::string_view id) {
    const auto place = std::ranges::find(campaign.plan.awards, id, &Award::id);
    return place == campaign.plan.awards.end() ? id : std::string_view(place->name);
}

std::string describe_open(const FinalReportInput& input) {
    std::string text;
    if (!input.open.unfit.empty()) {
        std::string names;
        for (const std::string& id : input.open.unfit) {
            names += (names.empty() ? "" : ", ") + name_of_indicator(input.campaign, id);
        }
        text += " Số liệu chưa đối soát xong: " + names + ".";
    }
    if (!input.open.undecided.empty()) {
        text += fmt::format(
            " Còn {} điểm của Kế hoạch chưa có người có thẩm quyền quyết định cách hiểu.",
            input.open.undecided.size()
        );
    }
    return text;
}

Notice stage_notice(const FinalReportInput& input) {
    const std::string label = stage_label(input);
    const std::string open = describe_open(input);
    switch (input.stage) {
        case Stage::Rehearsal:
            return {
                Notice::Level::Warning,
                label,
                fmt::format(
                    "Báo cáo kết quả nếu đợt thi đua kết thúc ngày {}. Không dùng để xét khen "
                    "thưởng.{}",
                    format_day(input.standings.as_of),
                    open
                )};
        case Stage::Provisional:
            return {
                Notice::Level::Warning,
                label,
                fmt::format(
                    "Số liệu đến muộn còn được tính đến {}; sau đó có báo cáo chính thức.{}",
                    format_instant(input.campaign.plan.freeze.final),
                    open
                )};
        case Stage::Final:
        case Stage::Amendment:
            break;
    }
    if (input.open.is_empty()) {
        return {
            Notice::Level::Calm,
            label,
            "Số liệu không thay đổi nữa; mọi sửa đổi sau này có số thứ tự và người phê duyệt."};
    }
    return {Notice::Level::Alarm, label, "Chưa đủ căn cứ để chốt." + open};
}

/// "Giấy khen của Giám đốc Sở: 1 đủ điều kiện, 7 chờ thẩm định"
std::string count_verdicts(const FinalReportInput& input, const Award& award) {
    std::map<rules::Value, int> counts;
    for (const rules::Eligibility& one : input.eligibility) {
        counts[one.finding.value] += one.award == &award ? 1 : 0;
    }
    std::string text;
    for (const auto& [value, count] : counts) {
        if (count > 0) {
            const std::string_view words = value == rules::Value::Met ? "đủ điều kiện"
                                           : value == rules::Value::NotMet
                                               ? "không đủ điều kiện"
                                               : rules::vietnamese(value);
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, words);
        }
    }
    return fmt::format("{}: {}", award.name, text.empty() ? "không có ứng viên" : text);
}

Headline headline(const FinalReportInput& input) {
    std::string text;
    bool is_open = false;
    for (const Award& award : input.campaign.plan.awards) {
        text += (text.empty() ? "" : ". ") + count_verdicts(input, award);
    }
    for (const rules::Eligibility& one : input.eligibility) {
        is_open = is_open || rules::is_open(one.finding.value);
    }
    if (text.empty()) {
        return {Headline::Tone::Open, "Kế hoạch không nêu hình thức khen thưởng nào."};
    }
    return {is_open ? Headline::Tone::Open : Headline::Tone::Good, text + "."};
}

/// A row per candidate, a column per award. Officers are listed, never ranked.
Table eligibility_table(const FinalReportInput& input, Subject subject) {
    Table table;
    table.label_title = subject == Subject::Collective ? "Tập thể" : "Cá nhân";
    for (const Award& award : input.campaign.plan.awards) {
        table.columns.push_back(award.name);
    }
    std::string_view candidate;
    for (const rules::Eligibility& one : input.eligibility) {
        if (one.candidate.subject != subject) {
            continue;
        }
        if (table.rows.empty() || candidate != one.candidate.id) {
            candidate = one.candidate.id;
            table.rows.push_back({
                .kind = Table::RowKind::Plain,
                .rank = std::nullopt,
                .label = one.candidate.name,
                .cells = std::vector<Cell>(table.columns.size()),
            });
        }
        const auto column = static_cast<std::size_t>(one.award - input.campaign.plan.awards.data());
        table.rows.back().cells[column] = Text{capitalise(rules::verdict_text(one.finding))};
    }
    return table;
}

void add_eligibility(std::vector<Block>& blocks, const FinalReportInput& input) {
    const std::pair<Subject, const char*> parts[] = {
        {Subject::Collective, "Điều kiện khen thưởng: tập thể"},
        {Subject::Individual, "Điều kiện khen thưởng: cá nhân"},
    };
    for (const auto& [subject, title] : parts) {
        if (Table table = eligibility_table(input, subject); !table.rows.empty()) {
            blocks.emplace_back(Heading{title});
            blocks.emplace_back(std::move(table));
        }
    }
    blocks.emplace_back(Note{
        "Chương trình chỉ tính phần số liệu và ghi lại quyết định của người có thẩm quyền; nội "
        "dung "
        "“chờ thẩm định” do Hội đồng kết luận. Cá nhân được liệt kê, không xếp hạng. Từng điều "
        "kiện, với điều khoản của Kế hoạch và mã tra cứu số liệu, nêu ở Phụ lục."});
}

std::string describe(const std::optional<rules::PublishedFigure>& figure) {
    if (!figure) {
        return "không có";
    }
    return figure->counts ? format_counts(*figure->counts) : "thiếu số liệu";
}

std::string describe(const std::optional<rules::PublishedVerdict>& verdict) {
    return verdict ? verdict->words : "không có";
}

Table changes_table(const FinalReportInput& input, const rules::Changes& changes) {
    Table table{.label_title = "Nội dung", .columns = {"Trước", "Nay"}, .rows = {}};
    const auto add = [&](std::string label, std::string before, std::string now) {
        table.rows.push_back({
            .kind = Table::RowKind::Plain,
            .rank = std::nullopt,
            .label = std::move(label),
            .cells = {Text{std::move(before)}, Text{std::move(now)}},
        });
    };
    for (const auto& change : changes.verdicts) {
        const rules::PublishedVerdict& one = change.now ? *change.now : *change.before;
        add(fmt::format("{}, {}", one.candidate_name, name_of_award(input.campaign, one.award)),
            describe(change.before),
            describe(change.now));
    }
    for (const auto& change : changes.figures) {
        const rules::PublishedFigure& one = change.now ? *change.now : *change.before;
        add(fmt::format("{}, {}", one.unit_name, name_of_indicator(input.campaign, one.indicator)),
            describe(change.before),
            describe(change.now));
    }
    return table;
}

void add_changes(std::vector<Block>& blocks, const FinalReportInput& input) {
    if (input.amendment) {
        const AmendmentNote& note = *input.amendment;
        blocks.emplace_back(Heading{fmt::format("Sửa đổi lần {}", note.number)});
        blocks.emplace_back(Bullets{
            {{"Lý do", note.reason},
             {"Người phê duyệt",
              note.document.empty() ? note.approved_by
                                    : note.approved_by + ", văn bản số " + note.document}}});
    }
    if (!input.changes) {
        return;
    }
    blocks.emplace_back(Heading{"Thay đổi so với bản " + input.before});
    if (input.changes->is_empty()) {
        blocks.emplace_back(Paragraph{"Không có số liệu hay kết luận nào thay đổi."});
    } else {
        blocks.emplace_back(changes_table(input, *input.changes));
    }
}

std::string describe_period(const FinalReportInput& input) {
    return fmt::format(
        "Từ {} đến hết ngày {}; lập lúc {}",
        format_day(input.campaign.start),
        format_day(input.standings.as_of),
        format_instant(input.made_at)
    );
}

}  // namespace

std::string stage_label(const FinalReportInput& input) {
    const char* const open = input.open.is_empty() ? ", ĐÃ CHỐT" : ", CHƯA CHỐT";
    switch (input.stage) {
        case Stage::Rehearsal:
            return "DIỄN TẬP";
        case Stage::Provisional:
            return "TẠM THỜI";
        case Stage::Final:
            return std::string("CHÍNH THỨC") + open;
        case Stage::Amendment:
            return fmt::format(
                "SỬA ĐỔI LẦN {}{}", input.amendment ? input.amendment->number : 0, open
            );
    }
    check(false, "stage_label: a known Stage");
    return "";
}

Document final_report(const FinalReportInput& input) {
    const DigestInput digest = as_digest(input);
    Document document;
    document.organisation = root_name(input.standings);
    document.title = "Báo cáo kết quả đợt thi đua";
    document.period = describe_period(input);
    document.known_at = input.standings.known_at;
    document.subject = fmt::format(
        "[{}] {} đến hết ngày {}",
        stage_label(input),
        document.title,
        format_day(input.standings.as_of)
    );
    document.blocks.emplace_back(stage_notice(input));
    document.blocks.emplace_back(status_notice(digest));
    if (input.is_late) {
        document.blocks.emplace_back(Notice{
            Notice::Level::Warning,
            "LẬP MUỘN",
            "Báo cáo lập muộn hơn lịch; số liệu vẫn tính theo thời điểm chốt."});
    }
    const Headline verdicts = headline(input);
    document.preview = verdicts.text;
    document.blocks.emplace_back(verdicts);
    add_changes(document.blocks, input);
    add_eligibility(document.blocks, input);
    document.blocks.emplace_back(Heading{"Xếp hạng đơn vị"});
    document.blocks.emplace_back(units_table(digest));
    document.blocks.emplace_back(Note{
        "✓ đạt, ✗ chưa đạt; kèm mỗi tỷ lệ là số đếm. " + std::string(ranking_rule)});
    add_weeks_tested(document.blocks, input);
    add_grounds(document.blocks, input);
    if (!input.recipients.empty()) {
        document.blocks.emplace_back(Recipients{input.recipients});
    }
    document.blocks.emplace_back(Note{describe_provenance(digest)});
    if (!input.edition.empty()) {
        document.blocks.emplace_back(Note{fmt::format(
            "Để biên bản họp gắn với đúng báo cáo này, chép vào biên bản dòng “Dòng ghi vào biên "
            "bản” ở cuối thư gửi kèm, hoặc do lệnh thidua report show {} in ra: dòng đó có SHA-256 "
            "của bản kê các tệp, nên không nằm trong tệp nào.",
            input.edition
        )});
    }
    return document;
}

Document with_minutes_line(
    Document report, const FinalReportInput& input, std::string_view manifest_sha256
) {
    if (!input.edition.empty()) {
        report.blocks.emplace_back(Bullets{
            {{std::string(minutes_label), minutes_line(input.edition, manifest_sha256) + "."}}});
    }
    return report;
}

}  // namespace thidua::reports
