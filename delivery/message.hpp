// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A mail message as bytes: the same input gives the same bytes.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace thidua::delivery {

struct Mailbox {
    std::string name;  ///< display name, may be empty
    std::string address;

    friend bool operator==(const Mailbox&, const Mailbox&) = default;
};

struct Attachment {
    std::string file_name;   ///< ASCII letters, digits and "._+-", at most 60, not a dot first
    std::string media_type;  ///< "application/pdf", without parameters
    std::string bytes;       ///< arrives as it is, whatever its line ends

    friend bool operator==(const Attachment&, const Attachment&) = default;
};

/// A picture that the HTML shows as cid:ID.
struct Picture {
    std::string content_id;  ///< "id@domain"
    std::string media_type;
    std::string bytes;

    friend bool operator==(const Picture&, const Picture&) = default;
};

struct Message {
    Mailbox from;
    Mailbox to;
    std::string subject;
    std::string message_id;  ///< without angle brackets
    Instant date;
    std::string text;
    std::string html;               ///< empty: a message of the text part alone
    std::vector<Picture> pictures;  ///< of the HTML
    std::vector<Attachment> attachments;

    friend bool operator==(const Message&, const Message&) = default;
};

/// A Message-ID that names (edition, recipient), so that a second copy can be recognised.
[[nodiscard]] std::string message_id(
    std::string_view edition, std::string_view recipient, std::string_view domain
);

/// The message as a relay takes it: MIME in strict CRLF, 7-bit, multipart/alternative with the text
/// part first, the HTML inside multipart/related if it has pictures, all inside multipart/mixed if
/// there are attachments. Bodies are base64, so no line is
/// longer than 76 bytes (an address or Message-ID longer than that excepted), none is a lone dot,
/// and Vietnamese takes less room than as quoted-printable. Line ends of text and html become CRLF.
///
/// Units:  `date` is written with Viet Nam's offset, +0700, in whole seconds.
/// Errors: Config if an address is not safe (`is_safe_address`), if a header value holds a control
///         character, is not UTF-8 or is overlong, or if an attachment's name or type is not plain.
[[nodiscard]] Result<std::string> build_message(const Message& message);

/// True for one mailbox address that is safe to hand to a mail relay: ASCII, local@domain, no
/// quotes, no comment, no control character, no white space, nothing that a command could start.
[[nodiscard]] bool is_safe_address(std::string_view address);

}  // namespace thidua::delivery
