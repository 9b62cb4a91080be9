// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/docx/body.hpp"

#include "core/result.hpp"
#include "reports/docx/elements.hpp"
#include "reports/docx/parts.hpp"
#include "reports/docx/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports::docx {
namespace {

using official::Span;

constexpr std::string_view national_name = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
constexpr std::string_view motto = "Độc lập - Tự do - Hạnh phúc";
constexpr int motto_length = 3'290;  // of Times New Roman 13 bold: the rule is as long as the text
constexpr int left_width = 4'020;    // of the letterhead; the rest is for the nation's name
constexpr int right_width = text_width - left_width;
constexpr std::string_view number_blank = "      ";
constexpr std::string_view day_blank = "     ";

/// About a third to a half of a line of so many capitals in 12 or 14 points.
int rule_length(std::string_view text, int per_letter, int longest) {
    const int letters = static_cast<int>(count_letters(text));
    return std::clamp(letters * per_letter * 2 / 5, 600, longest / 2);
}

std::string lines(std::string_view style, const std::vector<std::string>& texts) {
    std::string text;
    for (const std::string& each : texts) {
        text += each.empty() ? "" : text_paragraph(style, each);
    }
    return text;
}

std::string place_and_day(const official::Letterhead& head) {
    return fmt::format("{}, ngày {} tháng {} năm {}", head.place, day_blank, day_blank, head.year);
}

std::string left_head(const official::Letterhead& head) {
    std::string text = lines("Parent", {head.parent}) + lines("Organisation", {head.organisation});
    text += rule(rule_length(head.organisation, 165, left_width), left_width);
    if (!head.symbol.empty()) {
        text += text_paragraph("Number", fmt::format("Số:{}{}", number_blank, head.symbol));
    }
    return text + (head.about.empty() ? "" : text_paragraph("About", "V/v " + head.about));
}

std::string letterhead(const official::Letterhead& head) {
    const std::string right = text_paragraph("NationalName", national_name) +
                              text_paragraph("Motto", motto) + rule(motto_length, right_width) +
                              text_paragraph("PlaceAndDay", place_and_day(head));
    return side_by_side({{left_width, left_head(head)}, {right_width, right}});
}

std::string title(const official::Paper& paper) {
    std::string text = lines("Kind", {paper.kind}) + lines("Subject", {paper.subject});
    if (!paper.kind.empty()) {
        text += rule(rule_length(paper.subject, 140, text_width / 2), text_width);
    }
    return text;
}

std::string addressees(const official::Paper& paper) {
    if (paper.addressees.empty()) {
        return paragraph("Gap", "");
    }
    if (paper.addressees.size() == 1) {
        return text_paragraph("Addressee", "Kính gửi: " + paper.addressees.front());
    }
    official::Line line{{Span::Kind::Plain, "Kính gửi:"}};
    for (const std::string& addressee : paper.addressees) {
        line.push_back({Span::Kind::Break, ""});
        const bool is_last = &addressee == &paper.addressees.back();
        line.push_back({Span::Kind::Plain, "- " + addressee + (is_last ? "." : ";")});
    }
    return paragraph("Addressee", runs(line));
}

std::string_view heading_style(official::Heading::Level level) {
    switch (level) {
        case official::Heading::Level::Part:
            return "Heading1";
        case official::Heading::Level::Section:
            return "Heading2";
        case official::Heading::Level::Item:
            return "Heading3";
    }
    check(false, "heading_style: a known Level");
    return "";
}

/// Writes a block between margins that are `width` apart.
struct WriteBlock {
    int width = text_width;
    bool is_kept = false;  ///< on the page of what follows, as far as Word can

    std::string operator()(const official::Heading& block) const {
        return text_paragraph(heading_style(block.level), block.text);
    }
    std::string operator()(const official::Paragraph& block) const {
        return paragraph("Body", runs(block.line), keep());
    }
    std::string operator()(const official::Bullet& block) const {
        return paragraph("Body", run({Span::Kind::Plain, "- "}) + runs(block.line), keep());
    }
    std::string operator()(const official::Grounds& block) const {
        std::string text;
        for (const std::string& document : block.documents) {
            const bool is_last = &document == &block.documents.back();
            text += text_paragraph("Grounds", document + (is_last ? "." : ";"));
        }
        return text;
    }
    std::string operator()(const official::Table& block) const { return table(block, width); }

  private:
    [[nodiscard]] std::string_view keep() const { return is_kept ? "<w:keepNext/>" : ""; }
};

/// What leads to a table stays with it, and so does the last line with the signature.
std::string blocks_xml(const std::vector<official::Block>& blocks, int width) {
    std::string text;
    for (std::size_t at = 0; at < blocks.size(); ++at) {
        const bool is_kept =
            at + 1 == blocks.size() || std::holds_alternative<official::Table>(blocks[at + 1]);
        text += std::visit(WriteBlock{width, is_kept}, blocks[at]);
    }
    return text;
}

std::string signature(const official::Signature& signature) {
    std::string text = lines("Signature", {signature.authority, signature.title});
    text += lines("SignatureNote", {signature.note});
    for (int line = 0; line < 4; ++line) {
        text += paragraph("Signature", "");  // room for the hand and the seal
    }
    // A cell ends with a paragraph, and the name's is there to be filled in.
    return text + text_paragraph("Signature", signature.name);
}

std::string recipients(const std::vector<std::string>& names) {
    if (names.empty()) {
        return paragraph("Recipients", "");
    }
    std::string text = text_paragraph("RecipientsTitle", "Nơi nhận:");
    for (const std::string& name : names) {
        const bool is_last = &name == &names.back();
        text += text_paragraph("Recipients", "- " + name + (is_last ? "." : ";"));
    }
    return text;
}

std::string closing(const official::Paper& paper) {
    constexpr int half = text_width / 2;
    std::string text = paragraph("Gap", "", "<w:keepNext/>");
    if (paper.signatures.size() == 2) {
        text += side_by_side(
            {{half, signature(paper.signatures[0])},
             {text_width - half, signature(paper.signatures[1])}}
        );
        return text +
               (paper.recipients.empty() ? paragraph("Gap", "") : recipients(paper.recipients));
    }
    const std::string right =
        paper.signatures.empty() ? paragraph("Signature", "") : signature(paper.signatures[0]);
    text += side_by_side({{half, recipients(paper.recipients)}, {text_width - half, right}});
    return text + paragraph("Gap", "");
}

/// Page size, margins and headers of a section.
std::string section(bool is_landscape, bool is_first) {
    const std::string size =
        is_landscape
            ? fmt::format(
                  R"(<w:pgSz w:w="{}" w:h="{}" w:orient="landscape"/>)", page_height, page_width
              )
            : fmt::format(R"(<w:pgSz w:w="{}" w:h="{}"/>)", page_width, page_height);
    const std::string margins = fmt::format(
        R"(<w:pgMar w:top="{0}" w:right="{1}" w:bottom="{0}" w:left="{2}" w:header="510" )"
        R"(w:footer="510" w:gutter="0"/>)",
        margin_top,
        margin_right,
        margin_left
    );
    return fmt::format(
        R"(<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>)"
        R"(<w:headerReference w:type="first" r:id="rId3"/>{}{}{}</w:sectPr>)",
        size,
        margins,
        is_first ? "<w:titlePg/>" : ""
    );
}

/// The section's end, where another follows.
std::string section_break(const std::string& properties) {
    return fmt::format(R"(<w:p><w:pPr><w:pStyle w:val="Gap"/>{}</w:pPr></w:p>)", properties);
}

}  // namespace

std::string document_part(const official::Paper& paper) {
    std::string body = lines("Form", {paper.form}) + letterhead(paper.letterhead) + title(paper) +
                       addressees(paper) + blocks_xml(paper.blocks, text_width) + closing(paper);
    std::string last = section(/*is_landscape=*/false, /*is_first=*/true);
    for (const official::Annex& annex : paper.annexes) {
        body += section_break(last);
        last = section(annex.is_landscape, /*is_first=*/false);
        body += lines("Kind", {"PHỤ LỤC"}) + lines("Subject", {annex.title}) + paragraph("Gap", "");
        body += blocks_xml(annex.blocks, annex.is_landscape ? landscape_text_width : text_width);
    }
    return fmt::format(
        "{}<w:document {}><w:body>{}{}</w:body></w:document>", xml_head, namespaces, body, last
    );
}

}  // namespace thidua::reports::docx
