// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/docx/parts.hpp"

#include "reports/docx/text.hpp"

#include <fmt/format.h>

namespace thidua::reports::docx {
namespace {

/// A paragraph style; `size` in half points, `look` the rest of its runs' properties.
struct Style {
    std::string_view id;
    std::string_view name;
    int size = 28;
    std::string_view look;
    std::string_view paragraph;
};

constexpr std::string_view tight = R"(<w:spacing w:before="0" w:after="0"/>)";

/// NĐ 30/2020, phụ lục I: sizes, capitals, bold and italic of each part of a paper.
constexpr Style styles[] = {
    {"Body",
     "Body",
     28,
     "",
     R"(<w:spacing w:before="0" w:after="120" w:line="276" w:lineRule="auto"/>)"
     R"(<w:ind w:firstLine="720"/><w:jc w:val="both"/>)"},
    {"Grounds",
     "Grounds",
     28,
     "<w:i/>",
     R"(<w:spacing w:before="0" w:after="120" w:line="276" w:lineRule="auto"/>)"
     R"(<w:ind w:firstLine="720"/><w:jc w:val="both"/>)"},
    {"Heading1",
     "heading 1",
     28,
     "<w:b/>",
     R"(<w:keepNext/><w:spacing w:before="120" w:after="120"/>)"
     R"(<w:ind w:firstLine="720"/><w:jc w:val="both"/><w:outlineLvl w:val="0"/>)"},
    {"Heading2",
     "heading 2",
     28,
     "<w:b/>",
     R"(<w:keepNext/><w:spacing w:before="60" w:after="120"/>)"
     R"(<w:ind w:firstLine="720"/><w:jc w:val="both"/><w:outlineLvl w:val="1"/>)"},
    {"Heading3",
     "heading 3",
     28,
     "",
     R"(<w:keepNext/><w:spacing w:before="60" w:after="120"/>)"
     R"(<w:ind w:firstLine="720"/><w:jc w:val="both"/><w:outlineLvl w:val="2"/>)"},
    {"NationalName",
     "National Name",
     24,
     "<w:b/>",
     R"(<w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>)"},
    {"Motto",
     "Motto",
     26,
     "<w:b/>",
     R"(<w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>)"},
    {"Parent",
     "Parent Organisation",
     24,
     "",
     R"(<w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>)"},
    {"Organisation",
     "Organisation",
     24,
     "<w:b/>",
     R"(<w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>)"},
    {"Rule",
     "Rule",
     2,
     "",
     R"(<w:spacing w:before="20" w:after="0" w:line="40" w:lineRule="exact"/><w:jc w:val="center"/>)"},
    {"Number", "Number", 26, "", R"(<w:spacing w:before="60" w:after="0"/><w:jc w:val="center"/>)"},
    {"About", "About", 24, "", R"(<w:spacing w:before="60" w:after="0"/><w:jc w:val="center"/>)"},
    {"PlaceAndDay",
     "Place And Day",
     26,
     "<w:i/>",
     R"(<w:spacing w:before="60" w:after="0"/><w:jc w:val="center"/>)"},
    {"Form",
     "Form",
     24,
     "<w:b/>",
     R"(<w:spacing w:before="0" w:after="120"/><w:jc w:val="right"/>)"},
    {"Kind",
     "Kind",
     28,
     "<w:b/>",
     R"(<w:keepNext/><w:spacing w:before="280" w:after="0"/><w:jc w:val="center"/>)"},
    {"Subject",
     "Subject",
     28,
     "<w:b/>",
     R"(<w:keepNext/><w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>)"},
    {"Addressee",
     "Addressee",
     28,
     "",
     R"(<w:spacing w:before="240" w:after="240"/><w:jc w:val="center"/>)"},
    {"Cell", "Cell", 24, "", R"(<w:spacing w:before="40" w:after="40"/>)"},
    {"CellTitle",
     "Cell Title",
     24,
     "<w:b/>",
     R"(<w:spacing w:before="40" w:after="40"/><w:jc w:val="center"/>)"},
    {"RecipientsTitle",
     "Recipients Title",
     24,
     "<w:b/><w:i/>",
     R"(<w:spacing w:before="0" w:after="0"/>)"},
    {"Recipients", "Recipients", 22, "", R"(<w:spacing w:before="0" w:after="0"/>)"},
    {"Signature",
     "Signature",
     28,
     "<w:b/>",
     R"(<w:keepNext/><w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>)"},
    {"SignatureNote",
     "Signature Note",
     26,
     "<w:i/>",
     R"(<w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>)"},
    {"Gap", "Gap", 12, "", tight},
    {"PageNumber",
     "Page Number Line",
     26,
     "",
     R"(<w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>)"},
};

std::string font(int size) {
    return fmt::format(
        R"(<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" )"
        R"(w:eastAsia="Times New Roman" w:cs="Times New Roman"/>)"
        R"(<w:color w:val="000000"/><w:sz w:val="{0}"/><w:szCs w:val="{0}"/>)",
        size
    );
}

std::string style_xml(const Style& style) {
    return fmt::format(
        R"(<w:style w:type="paragraph" w:customStyle="{}" w:styleId="{}"><w:name w:val="{}"/>)"
        R"(<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{}</w:pPr>)"
        R"(<w:rPr>{}<w:sz w:val="{}"/><w:szCs w:val="{}"/></w:rPr></w:style>)",
        style.id.starts_with("Heading") ? 0 : 1,
        style.id,
        style.name,
        style.paragraph,
        style.look,
        style.size,
        style.size
    );
}

/// Text across the page, behind what is written, as Word draws a watermark.
std::string watermark(std::string_view id) {
    return fmt::format(
        R"(<w:r><w:rPr><w:noProof/></w:rPr><w:pict>)"
        R"(<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" )"
        R"(path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>)"
        R"(<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>)"
        R"(<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>)"
        R"(<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>)"
        R"(<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>)"
        R"(<v:f eqn="sum @6 0 @5"/></v:formulas>)"
        R"(<v:path textpathok="t" o:connecttype="custom" )"
        R"(o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>)"
        R"(<v:textpath on="t" fitshape="t"/></v:shapetype>)"
        R"(<v:shape id="PowerPlusWaterMarkObject{}" o:spid="_x0000_s205{}" type="#_x0000_t136" )"
        R"(alt="DỰ THẢO" style="position:absolute;margin-left:0;margin-top:0;width:420pt;)"
        R"(height:105pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;)"
        R"(mso-position-horizontal-relative:margin;mso-position-vertical:center;)"
        R"(mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9" )"
        R"(stroked="f"><v:fill opacity=".5"/>)"
        R"(<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt" )"
        R"(string="DỰ THẢO"/></v:shape></w:pict></w:r>)",
        id,
        id
    );
}

}  // namespace

std::string content_types_part() {
    std::string text(xml_head);
    text += R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
            R"(<Default Extension="rels" )"
            R"(ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
            R"(<Default Extension="xml" ContentType="application/xml"/>)";
    constexpr std::string_view word =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    const auto add = [&](std::string_view name, std::string_view type) {
        text += fmt::format(R"(<Override PartName="/{}" ContentType="{}+xml"/>)", name, type);
    };
    add("word/document.xml", fmt::format("{}document.main", word));
    add("word/styles.xml", fmt::format("{}styles", word));
    add("word/settings.xml", fmt::format("{}settings", word));
    add("word/header1.xml", fmt::format("{}header", word));
    add("word/header2.xml", fmt::format("{}header", word));
    add("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties");
    add("docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties");
    return text + "</Types>";
}

std::string package_relations_part() {
    return std::string(xml_head) +
           R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
           R"(<Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.)"
           R"(openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>)"
           R"(<Relationship Id="rId2" Target="docProps/core.xml" Type="http://schemas.)"
           R"(openxmlformats.org/package/2006/relationships/metadata/core-properties"/>)"
           R"(<Relationship Id="rId3" Target="docProps/custom.xml" Type="http://schemas.)"
           R"(openxmlformats.org/officeDocument/2006/relationships/custom-properties"/>)"
           R"(</Relationships>)";
}

std::string document_relations_part() {
    std::string text(xml_head);
    text +=
        R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
    const auto add = [&](int number, std::string_view target, std::string_view type) {
        text += fmt::format(
            R"(<Relationship Id="rId{}" Target="{}" Type="http://schemas.openxmlformats.org/)"
            R"(officeDocument/2006/relationships/{}"/>)",
            number,
            target,
            type
        );
    };
    add(1, "styles.xml", "styles");
    add(2, "settings.xml", "settings");
    add(3, "header1.xml", "header");
    add(4, "header2.xml", "header");
    return text + "</Relationships>";
}

std::string settings_part() {
    return fmt::format(
        R"({}<w:settings {}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>)"
        R"(<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting )"
        R"(w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" )"
        R"(w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>)",
        xml_head,
        namespaces
    );
}

std::string styles_part() {
    std::string text = fmt::format(
        R"({}<w:styles {}><w:docDefaults><w:rPrDefault><w:rPr>{}<w:lang w:val="vi-VN" )"
        R"(w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>)"
        R"(</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">)"
        R"(<w:name w:val="Normal"/><w:qFormat/></w:style>)"
        R"(<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">)"
        R"(<w:name w:val="Default Paragraph Font"/></w:style>)"
        R"(<w:style w:type="table" w:default="1" w:styleId="TableNormal">)"
        R"(<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>)"
        R"(<w:top w:w="0" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>)"
        R"(<w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>)"
        R"(</w:tblCellMar></w:tblPr></w:style>)",
        xml_head,
        namespaces,
        font(28)
    );
    for (const Style& style : styles) {
        text += style_xml(style);
    }
    text += R"(<w:style w:type="character" w:customStyle="1" w:styleId="Prompt">)"
            R"(<w:name w:val="Prompt"/><w:rPr><w:i/><w:shd w:val="clear" w:color="auto" )"
            R"(w:fill="FFF2CC"/></w:rPr></w:style>)"
            R"(<w:style w:type="character" w:customStyle="1" w:styleId="Reference">)"
            R"(<w:name w:val="Reference"/><w:rPr><w:color w:val="595959"/><w:sz w:val="18"/>)"
            R"(<w:szCs w:val="18"/></w:rPr></w:style>)";
    return text + "</w:styles>";
}

std::string header_part(bool is_numbered, bool is_draft) {
    const std::string mark = is_draft ? watermark(is_numbered ? "2" : "1") : "";
    const std::string number =
        is_numbered ? R"(<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText )"
                      R"(xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar )"
                      R"(w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar )"
                      R"(w:fldCharType="end"/></w:r>)"
                    : "";
    return fmt::format(
        R"({}<w:hdr {}><w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr>{}{}</w:p></w:hdr>)",
        xml_head,
        namespaces,
        mark,
        number
    );
}

std::string core_properties_part(const official::Paper& paper) {
    return fmt::format(
        R"({}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/)"
        R"(core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title>)"
        R"(<dc:language>vi-VN</dc:language></cp:coreProperties>)",
        xml_head,
        xml_text(paper.file_title)
    );
}

std::string custom_properties_part(const official::Paper& paper) {
    std::string text = fmt::format(
        R"({}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/)"
        R"(custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/)"
        R"(docPropsVTypes">)",
        xml_head
    );
    int number = 1;  // Word wants them from 2 on
    for (const auto& [name, value] : paper.properties) {
        ++number;
        text += fmt::format(
            R"(<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{}" name="{}">)"
            R"(<vt:lpwstr>{}</vt:lpwstr></property>)",
            number,
            xml_text(name),
            xml_text(value)
        );
    }
    return text + "</Properties>";
}

}  // namespace thidua::reports::docx
