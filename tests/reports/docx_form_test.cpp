// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An agency's own Word form, filled in.
#include "reports/docx/form.hpp"
#include "reports/docx/package.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace thidua::reports::docx {
namespace {

std::string form_of(const std::string& body, std::vector<Part> more = {}) {
    std::vector<Part> parts{
        {"[Content_Types].xml", "<Types/>"},
        {"word/document.xml",
         fmt::format("<?xml version=\"1.0\"?><w:document><w:body>{}</w:body></w:document>", body)}};
    parts.insert(parts.end(), more.begin(), more.end());
    return pack(parts).value();
}

std::string run_of(const std::string& text) {
    return "<w:r><w:t>" + text + "</w:t></w:r>";
}

std::string row_of(const std::string& text) {
    return "<w:tr><w:tc><w:p>" + run_of(text) + "</w:p></w:tc></w:tr>";
}

std::string part_of(const std::string& file, std::string_view name) {
    const auto parts = unpack(file);
    EXPECT_TRUE(parts.has_value());
    return std::ranges::find(*parts, name, &Part::name)->bytes;
}

/// Text of the main part, "|" after each paragraph.
std::string text_of(const std::string& file) {
    const std::string xml = part_of(file, "word/document.xml");
    std::string text;
    bool is_tag = false;
    for (std::size_t at = 0; at < xml.size(); ++at) {
        is_tag = is_tag || xml[at] == '<';
        text += is_tag ? "" : std::string(1, xml[at]);
        text += xml.compare(at, 6, "</w:p>") == 0 ? "|" : "";
        is_tag = is_tag && xml[at] != '>';
    }
    return text;
}

const FormValues values{
    {{"don_vi", "Văn phòng <Đăng ký>"}, {"chuc_vu", ""}, {"ten", "ngoài"}},
    {{"chi_tieu",
      {{{"ten", "A"}, {"ket_qua", "1/2"}}, {{"ten", "{{don_vi}}"}, {"ket_qua", "3/4"}}}},
     {"minh_chung", {}}}};

TEST(DocxForm, FillsInWhereWordHasCutANameIntoPieces) {
    const auto filled = fill_form(
        form_of(
            "<w:p>" + run_of("Kính gửi: {") + run_of("{don_") + run_of("vi}} và {{ don_vi }}.") +
            "</w:p>"
        ),
        values
    );
    ASSERT_TRUE(filled.has_value()) << filled.error().message;
    EXPECT_EQ(
        text_of(filled->bytes), "Kính gửi: Văn phòng &lt;Đăng ký&gt; và Văn phòng &lt;Đăng ký&gt;.|"
    );
    EXPECT_TRUE(filled->unknown.empty());
}

TEST(DocxForm, RepeatsARowForEachItem) {
    const auto filled = fill_form(
        form_of(
            "<w:tbl>" + row_of("Tên") + row_of("{{#chi_tieu}}{{ten}} {{ket_qua}}") +
            "</w:tbl><w:p>" + run_of("{{ten}}") + "</w:p>"
        ),
        values
    );
    ASSERT_TRUE(filled.has_value());
    EXPECT_EQ(text_of(filled->bytes), "Tên|A 1/2|{{don_vi}} 3/4|ngoài|")
        << "what a value says stays";
}

TEST(DocxForm, SaysOfAnEmptyListThatThereIsNothing) {
    const auto filled =
        fill_form(form_of("<w:tbl>" + row_of("{{#minh_chung}}{{ten}}") + "</w:tbl>"), values);
    ASSERT_TRUE(filled.has_value());
    EXPECT_EQ(text_of(filled->bytes), "–|");
}

TEST(DocxForm, NamesWhatStandsForNothing) {
    const auto filled =
        fill_form(form_of("<w:p>" + run_of("{{chuc_vu}} {{khong_co}} {{#la}}") + "</w:p>"), values);
    ASSERT_TRUE(filled.has_value());
    EXPECT_EQ(text_of(filled->bytes), "…… {{khong_co}} {{#la}}|");
    EXPECT_EQ(filled->unknown, (std::set<std::string, std::less<>>{"#la", "khong_co"}));
    EXPECT_EQ(filled->without_value, (std::set<std::string, std::less<>>{"chuc_vu"}));
}

TEST(DocxForm, FillsHeadersAndCopiesEverythingElse) {
    const std::string image("\x89PNG\0{{don_vi}}", 16);
    const auto filled = fill_form(
        form_of(
            "<w:p/>",
            {{"word/header3.xml", "<w:hdr><w:p>" + run_of("{{don_vi}}") + "</w:p></w:hdr>"},
             {"word/media/a.png", image}}
        ),
        values
    );
    ASSERT_TRUE(filled.has_value());
    EXPECT_NE(part_of(filled->bytes, "word/header3.xml").find("Văn phòng"), std::string::npos);
    EXPECT_EQ(part_of(filled->bytes, "word/media/a.png"), image);
    EXPECT_EQ(fill_form(filled->bytes, values)->bytes, filled->bytes) << "the same every time";
}

void expect_refused(const std::string& form, const std::string& why) {
    const auto filled = fill_form(form, values);
    ASSERT_FALSE(filled.has_value()) << why;
    EXPECT_EQ(filled.error().kind, ErrorKind::Data);
    EXPECT_NE(filled.error().message.find(why), std::string::npos) << filled.error().message;
}

TEST(DocxForm, RefusesWhatNoOfficeProgramMakes) {
    const std::string sound = form_of("<w:p/>");
    expect_refused("", "bytes");
    expect_refused("no zip", "not a whole .docx");
    expect_refused(sound.substr(0, sound.size() - 30), "not a whole .docx");
    expect_refused(pack(std::vector<Part>{{"a.txt", "a"}}).value(), "not a Word file");
    expect_refused(form_of("<w:p/>", {{"word/vbaProject.bin", "x"}}), "macros");
    expect_refused(form_of("<w:p/>", {{"../evil.xml", "x"}}), "name that is not allowed");
    expect_refused(form_of("<w:p>"), "word/document.xml");
    expect_refused(
        pack(std::vector<Part>{{"word/document.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"}}
        ).value(),
        "DOCTYPE"
    );
    std::string deep;
    for (int level = 0; level < 100'000; ++level) {
        deep += "<a>";
    }
    for (int level = 0; level < 100'000; ++level) {
        deep += "</a>";
    }
    expect_refused(form_of(deep), "deeper");
    expect_refused(
        form_of("", {{"word/media/a.bin", std::string(33U * 1024 * 1024, 'a')}}), "unpacks to more"
    );
}

TEST(DocxForm, SurvivesADamagedByteAnywhere) {
    const std::string sound = form_of("<w:p>" + run_of("{{don_vi}}") + "</w:p>");
    for (std::size_t at = 0; at < sound.size(); ++at) {
        std::string damaged = sound;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x5A);
        (void)fill_form(damaged, values);  // an error or a form, never a crash
    }
}

}  // namespace
}  // namespace thidua::reports::docx
