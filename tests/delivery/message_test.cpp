// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What build_message writes, read back by a decoder of our own: the rules of RFC 5322 and 2047 that
// a relay or a phone's mail program would otherwise be the first to check.
#include "delivery/message.hpp"

#include "delivery/exchange.hpp"
#include "tests/support/case_name.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

namespace thidua::delivery {
namespace {

const std::string digest_subject =
    "[Thi đua] Tuần 42/2024: 3/12 đơn vị đạt chỉ tiêu thanh toán trực tuyến, còn 9 đơn vị dưới "
    "45% — đề nghị đôn đốc trước ngày 25/10/2024 để kịp thời hạn tổng kết";

Message digest() {
    Message message;
    message.from = {"Văn phòng Sở Tài nguyên và Môi trường", "thidua@so.example.vn"};
    message.to = {"Nguyễn Văn Ánh", "nguyen.van.anh@example.vn"};
    message.subject = digest_subject;
    message.message_id = message_id("2024-W42", message.to.address, "so.example.vn");
    message.date = parse_instant("2024-10-21T07:30:00.250+07:00").value();
    message.text = "Kính gửi,\n.\nĐơn vị\rcòn thiếu 1 hồ sơ\r\n";
    message.html = "<p>Kính gửi,</p>\n";
    return message;
}

std::string built(const Message& message) {
    auto bytes = build_message(message);
    EXPECT_TRUE(bytes.has_value()) << bytes.error().message;
    return bytes.value_or("");
}

std::vector<std::string> lines_of(const std::string& bytes) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t end = bytes.find("\r\n", at);
        lines.push_back(bytes.substr(at, end - at));
        at = end + 2;
    }
    return lines;
}

std::string decoded_base64(std::string_view text) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned held = 0;
    int bits = 0;
    for (const char letter : text) {
        const std::size_t value = alphabet.find(letter);
        if (value == std::string_view::npos) {
            continue;  // line ends and padding
        }
        held = (held << 6U) | static_cast<unsigned>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>((held >> static_cast<unsigned>(bits)) & 0xFFU);
        }
    }
    return bytes;
}

// The header `name`, unfolded but still encoded; its lines are checked on the way.
std::string header(const std::string& bytes, const std::string& name) {
    std::string value;
    bool inside = false;
    for (const std::string& line : lines_of(bytes)) {
        if (line.empty()) {
            break;
        }
        if (line[0] != ' ' && line[0] != '\t') {
            inside = line.starts_with(name + ": ");
            value += inside ? line.substr(name.size() + 2) : "";
        } else if (inside) {
            value += line;
        }
    }
    return value;
}

bool starts_inside_a_letter(std::string_view text) {
    return !text.empty() && (static_cast<unsigned char>(text[0]) & 0xC0U) == 0x80U;
}

// Encoded words decoded, blanks between two of them dropped (RFC 2047, 6.2).
std::string decoded_words(const std::string& value) {
    std::string text;
    std::string blank;
    bool after_word = false;
    for (std::size_t at = 0; at < value.size();) {
        const bool is_word = value.compare(at, 8, "=?UTF-8?") == 0;
        if (is_word) {
            const std::size_t end = value.find("?=", at + 10);
            EXPECT_LE(end + 2 - at, 75U) << "RFC 2047, 2: an encoded word is at most 75 long";
            const std::string word = decoded_base64(value.substr(at + 10, end - at - 10));
            EXPECT_FALSE(starts_inside_a_letter(word)) << "a letter is split over two words";
            text += (after_word ? "" : blank) + word;
            blank.clear();
            at = end + 2;
        } else if (value[at] == ' ' || value[at] == '\t') {
            blank += value[at++];
            continue;
        } else {
            text += blank + value[at++];
            blank.clear();
        }
        after_word = is_word;
    }
    return text + blank;
}

TEST(BuildMessage, GivesTheSameBytesForTheSameMessage) {
    Message message = digest();
    message.attachments = {{"bao-cao.pdf", "application/pdf", "%PDF-1.4\n"}};
    EXPECT_EQ(built(message), built(message));
}

// This program has one thread here, so it may change what all threads share.
TEST(BuildMessage, IsTheSameUnderEveryZoneAndLocale) {
    const std::string before = built(digest());
    const std::string locale = std::setlocale(LC_ALL, nullptr);
    ::setenv("TZ", "America/New_York", 1);
    ::tzset();
    std::setlocale(LC_ALL, "C.UTF-8");
    EXPECT_EQ(built(digest()), before);
    ::unsetenv("TZ");
    ::tzset();
    std::setlocale(LC_ALL, locale.c_str());
}

TEST(BuildMessage, WritesTheHeadersThatKeepRobotsQuiet) {
    const std::string bytes = built(digest());
    EXPECT_EQ(header(bytes, "Date"), "Mon, 21 Oct 2024 07:30:00 +0700");
    EXPECT_EQ(header(bytes, "MIME-Version"), "1.0");
    EXPECT_EQ(header(bytes, "Auto-Submitted"), "auto-generated");
    EXPECT_EQ(header(bytes, "X-Auto-Response-Suppress"), "All");
    EXPECT_EQ(header(bytes, "Content-Language"), "vi");
    EXPECT_EQ(header(bytes, "Message-Id"), "<" + digest().message_id + ">");
}

TEST(BuildMessage, WritesASmallMessageExactlySo) {
    Message message;
    message.from = {"", "a@example.vn"};
    message.to = {"", "b@example.vn"};
    message.subject = "Thi đua";
    message.message_id = "1@example.vn";
    message.text = "Chào\n";
    message.html = "<p>Chào</p>\n";
    EXPECT_EQ(
        built(message),
        "From: a@example.vn\r\n"
        "To: b@example.vn\r\n"
        "Subject: =?UTF-8?B?VGhpIMSRdWE=?=\r\n"
        "Date: Thu, 01 Jan 1970 07:00:00 +0700\r\n"
        "Message-Id: <1@example.vn>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "X-Auto-Response-Suppress: All\r\n"
        "Content-Language: vi\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/alternative; boundary=\"=_DQ9RYYEN77XJNZMC4WMV_a\"\r\n"
        "\r\n"
        "--=_DQ9RYYEN77XJNZMC4WMV_a\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "\r\n"
        "Q2jDoG8NCg==\r\n"
        "\r\n"
        "--=_DQ9RYYEN77XJNZMC4WMV_a\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "\r\n"
        "PHA+Q2jDoG88L3A+DQo=\r\n"
        "\r\n"
        "--=_DQ9RYYEN77XJNZMC4WMV_a--\r\n"
    );
}

TEST(BuildMessage, EncodesVietnameseSubjectsAndNames) {
    const std::string bytes = built(digest());
    EXPECT_EQ(decoded_words(header(bytes, "Subject")), digest_subject);
    const std::string from = decoded_words(header(bytes, "From"));
    EXPECT_EQ(from, "Văn phòng Sở Tài nguyên và Môi trường <thidua@so.example.vn>");
    const std::string to = decoded_words(header(bytes, "To"));
    EXPECT_EQ(to, "Nguyễn Văn Ánh <nguyen.van.anh@example.vn>");
}

TEST(BuildMessage, FoldsSubjectsAndNamesOfAnyLength) {
    const std::string letters = "Đợt thi đua: ộ45%ữ,ẫ.";
    for (std::size_t offset = 0; offset < 12; ++offset) {
        std::string subject = std::string(offset, 'x');
        for (int round = 0; round < 24; ++round) {
            subject += letters;
            Message message = digest();
            message.subject = subject;
            message.to.name = subject;
            const std::string bytes = built(message);
            ASSERT_EQ(decoded_words(header(bytes, "Subject")), subject);
            const std::string to = decoded_words(header(bytes, "To"));
            ASSERT_EQ(to, subject + " <" + message.to.address + ">");
            for (const std::string& line : lines_of(bytes)) {
                ASSERT_LE(line.size(), 76U) << line;
            }
        }
    }
}

TEST(BuildMessage, NamesThatNeedQuotesStayOneMailbox) {
    Message message = digest();
    message.to.name = "So TN&MT, \"VP\" <x@evil.example>; \\ (to 1)";
    EXPECT_EQ(
        header(built(message), "To"),
        "\"So TN&MT, \\\"VP\\\" <x@evil.example>; \\\\ (to 1)\" <nguyen.van.anh@example.vn>"
    );
    message.to.name = "Sở TN&MT, \"VP\" <x@evil.example>";
    const std::string to = header(built(message), "To");
    EXPECT_EQ(to.find("evil"), std::string::npos) << "specials beside a Vietnamese letter";
    EXPECT_EQ(decoded_words(to), message.to.name + " <nguyen.van.anh@example.vn>");
}

TEST(BuildMessage, LeavesShortPlainSubjectsReadable) {
    Message message = digest();
    message.subject = "Tuan 42: 3/12 don vi dat";
    EXPECT_EQ(header(built(message), "Subject"), message.subject);
    for (const std::string subject :
         {"=?UTF-8?B?eA==?= is no word of ours", " blank first", "blank last ", ""}) {
        message.subject = subject;
        EXPECT_EQ(decoded_words(header(built(message), "Subject")), subject);
    }
}

TEST(BuildMessage, FoldsBeforeALongAddress) {
    Message message = digest();
    message.to.address = std::string(60, 'a') + "@don-vi.example.vn";
    for (const std::string& line : lines_of(built(message))) {
        EXPECT_LE(line.size(), 82U) << line;
    }
}

TEST(BuildMessage, GivesWhatEveryRelayReadsTheSameWay) {
    Message message = digest();
    message.text = std::string(2'000, 'a') + "\n.\n\n.\r\nFrom here\n" + std::string(100, '.');
    message.attachments = {{"du-lieu.bin", "application/octet-stream", "\n.\r\n\r.\n"}};
    const std::string bytes = built(message);
    EXPECT_TRUE(is_strict_message(bytes));
    for (const std::string& line : lines_of(bytes)) {
        EXPECT_LE(line.size(), 76U) << line;
        EXPECT_FALSE(line.starts_with('.')) << line;
    }
}

TEST(BuildMessage, PutsTheTextFirstAndItsLineEndsAreCrlf) {
    const std::vector<std::string> lines = lines_of(built(digest()));
    std::vector<std::string> types;
    std::vector<std::string> bodies;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        if (lines[at].starts_with("Content-Type: text/")) {
            types.push_back(lines[at]);
            bodies.push_back(decoded_base64(lines.at(at + 3)));
        }
    }
    EXPECT_EQ(
        types,
        (std::vector<std::string>{
            "Content-Type: text/plain; charset=utf-8", "Content-Type: text/html; charset=utf-8"})
    );
    ASSERT_EQ(bodies.size(), 2U);
    EXPECT_EQ(bodies[0], "Kính gửi,\r\n.\r\nĐơn vị\r\ncòn thiếu 1 hồ sơ\r\n");
    EXPECT_EQ(bodies[1], "<p>Kính gửi,</p>\r\n");
}

TEST(BuildMessage, LeavesAttachmentsAsTheyAre) {
    Message message = digest();
    const std::string bytes_in("a\nb\r\n\r\0\xff.\n", 10);
    message.attachments = {{"so-lieu.csv", "text/csv", bytes_in}, {"a.pdf", "application/pdf", ""}};
    const std::string bytes = built(message);
    EXPECT_NE(bytes.find("Content-Type: multipart/mixed; boundary="), std::string::npos);
    const std::string name = "Content-Disposition: attachment; filename=so-lieu.csv\r\n\r\n";
    const std::size_t at = bytes.find(name);
    ASSERT_NE(at, std::string::npos) << bytes;
    const std::size_t start = at + name.size();
    EXPECT_EQ(decoded_base64(bytes.substr(start, bytes.find("\r\n", start) - start)), bytes_in);
}

TEST(BuildMessage, PutsPicturesBesideTheHtmlThatShowsThem) {
    Message message = digest();
    message.pictures = {{"bieu-do-1@thidua", "image/png", "\x89PNG"}};
    message.attachments = {{"a.pdf", "application/pdf", "%PDF"}};
    const std::string bytes = built(message);
    std::size_t at = 0;
    for (const char* part :
         {"Content-Type: multipart/mixed",
          "Content-Type: multipart/alternative",
          "Content-Type: multipart/related",
          "Content-Type: text/html",
          "Content-Type: image/png",
          "Content-Disposition: inline",
          "Content-Id: <bieu-do-1@thidua>",
          "Content-Type: application/pdf"}) {
        const std::size_t found = bytes.find(part, at);
        ASSERT_NE(found, std::string::npos) << part << " in " << bytes;
        at = found;
    }
}

TEST(BuildMessage, IsPlainTextWithoutHtml) {
    Message message = digest();
    message.html.clear();
    EXPECT_EQ(header(built(message), "Content-Type"), "text/plain; charset=utf-8");
}

struct RefusedCase {
    std::string name;
    void (*spoil)(Message&);
};

void PrintTo(const RefusedCase& row, std::ostream* out) {
    *out << row.name;
}

class BuildMessageRefuses : public testing::TestWithParam<RefusedCase> {};

TEST_P(BuildMessageRefuses, AsConfiguration) {
    Message message = digest();
    GetParam().spoil(message);
    const auto bytes = build_message(message);
    ASSERT_FALSE(bytes.has_value());
    EXPECT_EQ(bytes.error().kind, ErrorKind::Config);
    EXPECT_EQ(bytes.error().message.find('\n'), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Message,
    BuildMessageRefuses,
    testing::Values(
        RefusedCase{"LineEndInSubject", [](Message& m) { m.subject = "a\r\nBcc: x@evil.vn"; }},
        RefusedCase{
            "PictureWithoutId", [](Message& m) { m.pictures = {{"", "image/png", "a"}}; }},
        RefusedCase{"BareLineFeedInSubject", [](Message& m) { m.subject = "a\nb"; }},
        RefusedCase{"TabInSubject", [](Message& m) { m.subject = "a\tb"; }},
        RefusedCase{"NextLineInSubject", [](Message& m) { m.subject = "a\xc2\x85 b"; }},
        RefusedCase{"LineSeparatorInSubject", [](Message& m) { m.subject = "a\xe2\x80\xa8"; }},
        RefusedCase{"NoUtf8InSubject", [](Message& m) { m.subject = "a\xff"; }},
        RefusedCase{"NulInSubject", [](Message& m) { m.subject = std::string("a\0b", 3); }},
        RefusedCase{"OverlongSubject", [](Message& m) { m.subject = std::string(901, 'a'); }},
        RefusedCase{"LineEndInName", [](Message& m) { m.to.name = "a\r\nBcc: x@evil.vn"; }},
        RefusedCase{"LineEndInSenderName", [](Message& m) { m.from.name = "a\n"; }},
        RefusedCase{"LineEndInAddress", [](Message& m) { m.to.address = "a@b.vn\r\nDATA"; }},
        RefusedCase{"TwoAddresses", [](Message& m) { m.to.address = "a@b.vn, c@d.vn"; }},
        RefusedCase{"NoSender", [](Message& m) { m.from.address = ""; }},
        RefusedCase{"LineEndInMessageId", [](Message& m) { m.message_id = "a\r\n@b.vn"; }},
        RefusedCase{"NoMessageId", [](Message& m) { m.message_id = ""; }},
        RefusedCase{
            "PathInAttachment",
            [](Message& m) {
                m.attachments = {{"../a.pdf", "application/pdf", ""}};
            }},
        RefusedCase{
            "HiddenAttachment",
            [](Message& m) {
                m.attachments = {{".a", "application/pdf", ""}};
            }},
        RefusedCase{
            "VietnameseAttachment",
            [](Message& m) {
                m.attachments = {{"báo.pdf", "application/pdf", ""}};
            }},
        RefusedCase{
            "QuoteInAttachment",
            [](Message& m) {
                m.attachments = {{"a\".pdf", "application/pdf", ""}};
            }},
        RefusedCase{
            "LineEndInType",
            [](Message& m) {
                m.attachments = {{"a.pdf", "application/pdf\r\nX: y", ""}};
            }},
        RefusedCase{
            "NoType",
            [](Message& m) {
                m.attachments = {{"a.pdf", "application", ""}};
            }}
    ),
    test::case_name<RefusedCase>
);

}  // namespace
}  // namespace thidua::delivery
