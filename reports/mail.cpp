// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/mail.hpp"

#include "reports/mail_html.hpp"
#include "reports/mail_text.hpp"

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

MailParts render_mail(const Document& document) {
    return {
        .subject = one_header_line(document.subject),
        .html = render_html(document),
        .text = render_text(document),
    };
}

}  // namespace thidua::reports
