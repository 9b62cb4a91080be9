// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/mail.hpp"

#include "core/result.hpp"
#include "reports/html.hpp"
#include "reports/mail_html.hpp"
#include "reports/mail_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports {
namespace {

/// A subject is one header line: what people typed into names must not end it.
std::string one_header_line(std::string subject) {
    std::ranges::replace_if(
        subject,
        [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == '\x7f'; },
        ' '
    );
    return subject;
}

}  // namespace

MailParts render_mail(const Document& document, std::span<const Picture> pictures) {
    return {
        .subject = one_header_line(document.subject),
        .html = render_html(document, pictures),
        .text = render_text(document),
    };
}

MailParts with_note(const MailParts& parts, std::string_view words) {
    constexpr std::string_view style =
        "margin:0;padding:12px 16px;background:#fff4d6;color:#3d2e00;font:14px/1.45 sans-serif";
    MailParts noted = parts;
    const std::size_t body = noted.html.find("<body");
    const std::size_t begin = body == std::string::npos ? body : noted.html.find('>', body);
    check(begin != std::string::npos, "with_note: a page");
    noted.html.insert(
        begin + 1, fmt::format("\n<div style=\"{}\">{}</div>", style, escape_html(words))
    );
    noted.text = fmt::format("{}\n\n{}", words, parts.text);
    return noted;
}

std::string content_id(std::size_t picture) {
    return fmt::format("bieu-do-{}@thidua", picture + 1);
}

std::string with_attached_pictures(std::string_view html) {
    std::string out;
    // Nothing that people typed has this in it: quotes come escaped.
    for (std::size_t picture = 0;; ++picture) {
        const std::size_t at = html.find(picture_source);
        out += html.substr(0, at);
        if (at == std::string_view::npos) {
            return out;
        }
        out += fmt::format("src=\"cid:{}\"", content_id(picture));
        html.remove_prefix(html.find('"', at + picture_source.size()) + 1);
    }
}

}  // namespace thidua::reports
