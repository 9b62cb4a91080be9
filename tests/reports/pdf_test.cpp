// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Documents as PDF, read back by poppler's tools.
#include "reports/pdf.hpp"

#include "core/text.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace thidua::reports {
namespace {

std::string render(const Document& document) {
    const auto pdf = render_pdf(document);
    EXPECT_TRUE(pdf.has_value()) << pdf.error().message;
    return pdf.value_or("");
}

/// A file that poppler reads.
class PdfFile {
  public:
    explicit PdfFile(const std::string& bytes) : path_(folder_.path() / "a.pdf") {
        std::ofstream(path_, std::ios::binary) << bytes;
    }

    /// What the tool says of it.
    [[nodiscard]] std::string told_by(const std::string& tool, const std::string& rest = "") const {
        const std::string command = fmt::format("{} '{}' {} 2>&1", tool, path_.string(), rest);
        std::FILE* pipe = popen(command.c_str(), "r");
        std::string told;
        std::array<char, 4096> part{};
        while (const std::size_t read = std::fread(part.data(), 1, part.size(), pipe)) {
            told.append(part.data(), read);
        }
        EXPECT_EQ(pclose(pipe), 0) << command << ": " << told;
        return told;
    }

    /// All words in the order of reading, one space between them.
    [[nodiscard]] std::string words() const {
        std::string words;
        for (const std::string& word : split(told_by("pdftotext -raw", "-"))) {
            words += word + " ";
        }
        return words;
    }

    static std::vector<std::string> split(const std::string& text) {
        std::vector<std::string> words(1);
        for (std::size_t at = 0; at < text.size(); ++at) {
            const bool is_gap = std::string_view(" \n\r\f\t").find(text[at]) != std::string::npos;
            if (is_gap || text.compare(at, 2, "\u00A0") == 0) {
                at += is_gap ? 0 : 1;
                words.emplace_back();
            } else {
                words.back() += text[at];
            }
        }
        std::erase(words, "");
        return words;
    }

  private:
    test::TemporaryFolder folder_;
    std::filesystem::path path_;
};

std::string normal(const std::string& text) {
    std::string words;
    for (const std::string& word : PdfFile::split(text)) {
        words += word + " ";
    }
    return words;
}

std::size_t count(const std::string& text, const std::string& what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
        ++found;
    }
    return found;
}

/// Every kind of block, each with words of its own; in the order of reading.
Document all_blocks() {
    Percent below;
    below.counts = Ratio{2'072, 5'117};
    below.target = Target{"", TargetOperator::Above, {9, 20}, {}, {}, ""};
    below.verdict = rules::Verdict::Below;
    below.fitness = rules::Fitness::Reconciled;
    const Gap gap{IndicatorKind::PaymentsOnline, 231, 420};
    Document document;
    document.subject = "Chủ đề";
    document.organisation = "Sở Tài nguyên và Môi trường";
    document.title = "Bản tin thi đua";
    document.period = "Tuần 42";
    document.blocks = {
        Notice{Notice::Level::Warning, "TẠM TÍNH", "Số liệu còn có thể thay đổi."},
        Headline{Headline::Tone::Bad, "Đạt 0/2 chỉ tiêu."},
        KeyFigures{{{"Hồ sơ trực tuyến", below, gap, std::nullopt}}},
        Request{"Chỉ đạo vận động."},
        Heading{"Đơn vị chưa đạt"},
        BelowTarget{{{"Chi cục Bảo vệ môi trường", {{"Thanh toán", below, gap}}}}, 3},
        Heading{"Biểu đồ"},
        BarChart{{{"Phòng Khoáng sản", below}, {"Phòng chưa có số liệu", Percent{}}}},
        Heading{"Bảng"},
        Table{
            "Đơn vị",
            {"Chữ", "Số", "Tỷ lệ", "Đổi", "Nguồn", "Lúc"},
            {{Table::RowKind::Group, std::nullopt, "Nhóm", {}},
             {Table::RowKind::Total,
              1,
              "Tổng",
              {Text{"ô chữ"},
               Count{1'234},
               below,
               Change{Ratio{1, 2}, Ratio{1, 4}},
               Freshness{},
               Moment{}}}}},
        Note{"Chú thích nghiêng."},
        Paragraph{"Đoạn văn: ẰẴẲẶẮ ằẵẳặắ ờỡởợớ ừữửựứ ỳỹỷỵý Đđ ₫."},
        Bullets{{{"Nhãn", "gạch đầu dòng"}}},
        DefinitionList{{{"Thuật ngữ", "định nghĩa"}}},
        Recipients{{"Lãnh đạo Sở", "Lưu: VT"}},
    };
    return document;
}

TEST(Pdf, SameDocumentGivesTheSameBytes) {
    const Document document = weekly_digest(test::usual_week().input());
    const std::string first = render(document);
    (void)render(all_blocks());
    EXPECT_TRUE(first == render(document));
    Document later = document;
    later.known_at += std::chrono::hours{1};
    EXPECT_FALSE(first == render(later)) << "the file is dated";
}

TEST(Pdf, SaysEveryBlockInTheOrderOfReading) {
    const std::string words = PdfFile(render(all_blocks())).words();
    EXPECT_EQ(to_nfc(words), to_nfc(words + " ")) << "NFC, whatever the font's glyphs";
    const char* const expected[] = {
        "Sở Tài nguyên và Môi trường Bản tin thi đua Tuần 42",
        "TẠM TÍNH Số liệu còn có thể thay đổi.",
        "Đạt 0/2 chỉ tiêu.",
        "Hồ sơ trực tuyến",
        "40,5 %",
        "2.072/5.117 hồ sơ · chỉ tiêu trên 45 % · chưa đạt Cần thêm 231 hồ sơ",
        "ĐỀ NGHỊ Chỉ đạo vận động.",
        "Đơn vị chưa đạt Chi cục Bảo vệ môi trường Thanh toán 40,5 %",
        "cần thêm 231 hồ sơ",
        "và 3 đơn vị khác",
        "Biểu đồ",
        "Vạch đứng là chỉ tiêu",
        "Phòng Khoáng sản ✗ 40,5 %",
        "Phòng chưa có số liệu thiếu số liệu",
        "Bảng",
        "Hạng Đơn vị Chữ Số Tỷ lệ Đổi Nguồn Lúc",
        "Nhóm",
        "1 Tổng ô chữ 1.234 ✗ 40,5 % 2.072/5.117 ▲25,0 chưa từng có số liệu (quá hạn) –",
        "Chú thích nghiêng.",
        "Đoạn văn: ẰẴẲẶẮ ằẵẳặắ ờỡởợớ ừữửựứ ỳỹỷỵý Đđ ₫.",
        "- Nhãn: gạch đầu dòng",
        "Thuật ngữ. định nghĩa",
        "Nơi nhận: - Lãnh đạo Sở; - Lưu: VT.",
    };
    std::size_t at = 0;
    for (const char* const one : expected) {
        const std::size_t place = words.find(normal(one), at);
        ASSERT_NE(place, std::string::npos) << one << "\nafter " << at << " in\n" << words;
        at = place;
    }
}

TEST(Pdf, IsTaggedTitledAndHasAnOutline) {
    const std::string bytes = render(all_blocks());
    const PdfFile file(bytes);
    const std::string info = file.told_by("pdfinfo");
    EXPECT_EQ(count(info, "Tagged:          yes"), 1U) << info;
    EXPECT_EQ(count(info, "Title:           Chủ đề"), 1U) << info;
    EXPECT_EQ(count(info, "(A4)"), 1U) << info;
    EXPECT_EQ(count(bytes, "/Lang (vi)"), 1U);
    const std::string structure = file.told_by("pdfinfo -struct-text");
    for (const char* const tag : {"H1 (block)", "H2 (block)", "P (block)", "Table", "TH", "TD"}) {
        EXPECT_GE(count(structure, tag), 1U) << tag << "\n" << structure;
    }
    // The table of objects was moved behind what we said in the catalogue.
    EXPECT_EQ(count(info, "rror"), 0U) << info;
    EXPECT_EQ(count(bytes, "/Dest"), 4U) << "the title and three headings";
}

TEST(Pdf, EmbedsItsOwnFontsAndNoOther) {
    Document document = all_blocks();
    document.blocks.emplace_back(Paragraph{"\x01 \xFF 中文 \u202E45,0 %\n<b>&"});
    const PdfFile file(render(document));
    const std::vector<std::string> lines = [&] {
        std::vector<std::string> all(1);
        for (const char letter : file.told_by("pdffonts")) {
            letter == '\n' ? all.emplace_back() : all.back() += letter;
        }
        std::erase(all, "");
        return all;
    }();
    ASSERT_GT(lines.size(), 3U);
    for (std::size_t at = 2; at < lines.size(); ++at) {
        const bool is_ours = lines[at].find("+LiberationSerif") != std::string::npos ||
                             lines[at].find("+DejaVuSans ") != std::string::npos;
        EXPECT_TRUE(is_ours) << lines[at];
        EXPECT_NE(lines[at].find("yes yes yes"), std::string::npos) << "embedded: " << lines[at];
    }
    EXPECT_NE(file.words().find("□ □□ □45,0 % <b>&"), std::string::npos) << file.words();
}

Document many_rows(int rows, std::size_t columns) {
    Document document;
    document.title = "Bảng dài";
    Table table{.label_title = "Tên đơn vị", .columns = {}, .rows = {}};
    for (std::size_t at = 0; at < columns; ++at) {
        table.columns.push_back(fmt::format("Cột thứ {}", at));
    }
    for (int at = 1; at <= rows; ++at) {
        Table::Row row{
            .kind = {},
            .rank = {},
            .label = fmt::format("Hàng-{}-đầu cuối-{}-hàng", at, at),
            .cells = {}};
        row.cells.resize(columns, Text{"chữ trong ô của bảng"});
        table.rows.push_back(std::move(row));
    }
    document.blocks = {Heading{"Bảng"}, std::move(table)};
    return document;
}

std::size_t pages_of(const PdfFile& file) {
    const std::string info = file.told_by("pdfinfo");
    return std::stoul(info.substr(info.find("Pages:") + 6));
}

TEST(Pdf, RepeatsTheHeadOfALongTableAndKeepsEveryRow) {
    const PdfFile file(render(many_rows(500, 2)));
    const std::string words = file.words();
    const std::size_t pages = pages_of(file);
    EXPECT_GE(pages, 10U);
    EXPECT_LE(pages, 20U);
    EXPECT_EQ(count(words, "Tên đơn vị Cột thứ 0 Cột thứ 1"), pages);
    for (int at = 1; at <= 500; ++at) {
        EXPECT_EQ(count(words, fmt::format("Hàng-{}-đầu", at)), 1U) << at;
    }
    for (std::size_t at = 1; at <= pages; ++at) {
        EXPECT_EQ(count(words, fmt::format("Trang {}/{} ", at, pages)), 1U);
    }
}

TEST(Pdf, CutsNoRowThatFitsAPage) {
    Document document = many_rows(60, 2);
    auto& table = std::get<Table>(document.blocks[1]);
    std::string label;
    for (int at = 0; at < 12; ++at) {
        label += "một cái tên dài cần xuống dòng ";
    }
    for (std::size_t at = 0; at < table.rows.size(); ++at) {
        table.rows[at].label = fmt::format("đầu{}x {}cuối{}x", at, label, at);
    }
    const PdfFile file(render(document));
    for (std::size_t page = 1; page <= pages_of(file); ++page) {
        const std::string words =
            normal(file.told_by(fmt::format("pdftotext -raw -f {0} -l {0}", page), "-"));
        for (std::size_t at = 0; at < table.rows.size(); ++at) {
            EXPECT_EQ(
                count(words, fmt::format("đầu{}x ", at)), count(words, fmt::format("cuối{}x ", at))
            ) << "row "
              << at << " is cut at page " << page;
        }
    }
}

TEST(Pdf, ARowHigherThanAPageGoesOnOnTheNext) {
    Document document = many_rows(1, 1);
    std::string label;
    for (int at = 0; at < 900; ++at) {
        label += fmt::format("từ-{} ", at);
    }
    std::get<Table>(document.blocks[1]).rows[0].label = label;
    document.blocks.emplace_back(Paragraph{label});
    const std::string words = PdfFile(render(document)).words();
    for (int at = 0; at < 900; ++at) {
        EXPECT_EQ(count(words, fmt::format("từ-{} ", at)), 2U) << at;
    }
}

TEST(Pdf, AWideTableLiesOnItsSide) {
    const auto sizes = [](std::size_t columns) {
        const PdfFile file(render(many_rows(3, columns)));
        return file.told_by("pdfinfo -f 1 -l 9");
    };
    EXPECT_EQ(count(sizes(3), "841.89 x 595"), 0U);
    EXPECT_EQ(count(sizes(9), "595.276 x 841"), 1U) << "the title stays upright";
    EXPECT_EQ(count(sizes(9), "841.89 x 595"), 1U);
}

}  // namespace
}  // namespace thidua::reports
