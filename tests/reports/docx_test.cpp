// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Official papers as Word files: what stands in them, whatever people typed.
#include "reports/docx.hpp"

#include "reports/docx/package.hpp"
#include "reports/docx/text.hpp"
#include "tests/support/golden.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <ctime>
#include <string>

namespace thidua::reports {
namespace {

using official::Span;

official::Paper small_paper() {
    official::Paper paper;
    paper.file_title = "Báo cáo thử";
    paper.letterhead = {
        "UBND TỈNH LẠNG SƠN", "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "/BC-STNMT", "", "Lạng Sơn", 2025};
    paper.kind = "BÁO CÁO";
    paper.subject = "Kết quả thử";
    paper.addressees = {"Văn phòng UBND tỉnh"};
    paper.blocks = {
        official::Grounds{{"Căn cứ Luật A", "Căn cứ Nghị định B"}},
        official::Heading{official::Heading::Level::Part, "I. KẾT QUẢ"},
        official::Paragraph{{{Span::Kind::Plain, "Tỷ lệ 45,3 % "}, {Span::Kind::Prompt, "[viết]"}}},
        official::Table{
            {{"TT", 1, official::Table::Align::Centre}, {"Tên", 3, official::Table::Align::Left}},
            {{{{Span::Kind::Plain, "1"}}, {{Span::Kind::Reference, "F7K2Q"}}}}}};
    paper.signatures = {{"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", ""}};
    paper.recipients = {"Như trên", "Lưu: VT"};
    paper.properties = {{"thidua.as_of", "2024-10-20"}};
    return paper;
}

std::string part_of(const std::string& file, std::string_view name) {
    const auto parts = docx::unpack(file);
    EXPECT_TRUE(parts.has_value()) << parts.error().message;
    const auto part = std::ranges::find(*parts, name, &docx::Part::name);
    EXPECT_NE(part, parts->end()) << name;
    return part->bytes;
}

std::string document_of(const official::Paper& paper) {
    const auto file = render_docx(paper);
    EXPECT_TRUE(file.has_value());
    return part_of(*file, "word/document.xml");
}

/// The text alone, a line per paragraph.
std::string text_of(const std::string& xml) {
    std::string text;
    for (std::size_t at = 0; at < xml.size(); ++at) {
        if (xml[at] != '<') {
            text += xml[at];
            continue;
        }
        const std::size_t end = xml.find('>', at);
        text += xml.compare(at, 6, "</w:p>") == 0 ? "\n" : "";
        at = end;
    }
    std::string lines;  // without empty ones
    for (const char letter : text) {
        if (letter != '\n' || (!lines.empty() && lines.back() != '\n')) {
            lines += letter;
        }
    }
    return lines;
}

TEST(Docx, IsWrittenAsOnFile) {
    std::string xml = document_of(small_paper());
    for (std::size_t at = 1; (at = xml.find("<w:p>", at)) != std::string::npos; at += 6) {
        xml.insert(at, "\n");
    }
    test::expect_golden("docx/small_paper.xml", xml + "\n");
}

TEST(Docx, SaysWhatThePaperSaysInTheOrderOfTheDecree) {
    EXPECT_EQ(
        text_of(document_of(small_paper())),
        "UBND TỈNH LẠNG SƠN\n"
        "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG\n"
        "Số:      /BC-STNMT\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\n"
        "Lạng Sơn, ngày       tháng       năm 2025\n"
        "BÁO CÁO\n"
        "Kết quả thử\n"
        "Kính gửi: Văn phòng UBND tỉnh\n"
        "Căn cứ Luật A;\n"
        "Căn cứ Nghị định B.\n"
        "I. KẾT QUẢ\n"
        "Tỷ lệ 45,3\u00A0% [viết]\n"
        "TT\n"
        "Tên\n"
        "1\n"
        "F7K2Q\n"
        "Nơi nhận:\n"
        "- Như trên;\n"
        "- Lưu: VT.\n"
        "KT. GIÁM ĐỐC\n"
        "PHÓ GIÁM ĐỐC\n"
    );
}

TEST(Docx, IsTheSameByteForByteWhereverItIsMade) {
    const auto first = render_docx(small_paper());
    ASSERT_TRUE(first.has_value());
    const char* zone = std::getenv("TZ");  // NOLINT(concurrency-mt-unsafe): one thread
    const std::string before = zone == nullptr ? "" : zone;
    ::setenv("TZ", "America/New_York", 1);  // NOLINT(concurrency-mt-unsafe)
    ::tzset();
    std::setlocale(LC_ALL, "C.UTF-8");  // NOLINT(concurrency-mt-unsafe)
    EXPECT_EQ(render_docx(small_paper()), first);
    zone == nullptr ? ::unsetenv("TZ") : ::setenv("TZ", before.c_str(), 1);  // NOLINT
    ::tzset();
    std::setlocale(LC_ALL, "C");  // NOLINT(concurrency-mt-unsafe)
}

TEST(Docx, LeavesTheMarkOutOfWhatIsNoDraft) {
    official::Paper paper = small_paper();
    EXPECT_NE(part_of(*render_docx(paper), "word/header1.xml").find("DỰ THẢO"), std::string::npos);
    EXPECT_NE(part_of(*render_docx(paper), "word/header2.xml").find("DỰ THẢO"), std::string::npos);
    paper.is_draft = false;
    EXPECT_EQ(part_of(*render_docx(paper), "word/header1.xml").find("DỰ THẢO"), std::string::npos);
    EXPECT_EQ(part_of(*render_docx(paper), "word/header2.xml").find("DỰ THẢO"), std::string::npos);
}

TEST(Docx, TakesHostileTextForText) {
    official::Paper paper = small_paper();
    const std::string hostile =
        "<script>&\"\x01\x1F\r\n\u202Egnp.exe\u2066\uFEFF\xFF e\u0302\u0301";
    paper.blocks = {official::Paragraph{{{Span::Kind::Plain, hostile}}}};
    paper.letterhead.organisation = hostile;
    paper.recipients = {hostile};
    paper.file_title = hostile;
    paper.properties = {{hostile, hostile}};
    const std::string xml = document_of(paper);
    EXPECT_EQ(xml.find("<script"), std::string::npos);
    EXPECT_NE(xml.find("&lt;script&gt;&amp;&quot;    gnp.exe\uFFFD ế"), std::string::npos) << xml;
    for (const char* forbidden : {"\x01", "\x1F", "\u202E", "\u2066", "\uFEFF"}) {
        EXPECT_EQ(xml.find(forbidden), std::string::npos);
    }
    EXPECT_EQ(part_of(*render_docx(paper), "docProps/core.xml").find("<script"), std::string::npos);
}

TEST(Docx, CleanTextKeepsSpacesAtItsEnds) {
    EXPECT_EQ(docx::clean_text("trước ngày "), "trước ngày ");
    EXPECT_EQ(docx::clean_text(" 45,3\u00A0% "), " 45,3\u00A0% ");
    EXPECT_EQ(docx::count_letters("Sở TN"), 5U);
}

TEST(Docx, AnAnnexLiesOnAPageOfItsOwn) {
    official::Paper paper = small_paper();
    paper.annexes = {{"Danh mục", true, {small_paper().blocks.back()}}};
    const std::string xml = document_of(paper);
    const std::size_t portrait = xml.find(R"(<w:pgSz w:w="11906" w:h="16838"/>)");
    const std::size_t landscape =
        xml.find(R"(<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>)");
    EXPECT_LT(portrait, xml.find("PHỤ LỤC"));
    EXPECT_LT(xml.find("PHỤ LỤC"), landscape);
    EXPECT_NE(landscape, std::string::npos);
}

}  // namespace
}  // namespace thidua::reports
