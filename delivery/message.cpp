// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// GMime builds the MIME tree. What it would choose by chance or by the host (boundaries, encodings,
// the time zone) is fixed here, so that the bytes depend on the message alone.
#include "delivery/message.hpp"

#include "core/hash.hpp"
#include "delivery/header.hpp"

#include <fmt/format.h>
#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>

namespace thidua::delivery {
namespace {

constexpr std::size_t file_name_bytes_max = 60;  // fits one line, so RFC 2231 parts are not needed

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
struct FreeOptions {
    void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
};
struct FreeDate {
    void operator()(GDateTime* date) const { g_date_time_unref(date); }
};
struct FreeZone {
    void operator()(GTimeZone* zone) const { g_time_zone_unref(zone); }
};

template <class Type>
using Object = std::unique_ptr<Type, Unref>;

// GMime's own cast macros are C casts; its types are GObjects, whose first member is their parent.
template <class Base, class Type>
Base* as(const Object<Type>& object) {
    return reinterpret_cast<Base*>(object.get());
}

void start_gmime() {
    static std::once_flag started;
    std::call_once(started, g_mime_init);
}

bool is_token(std::string_view text, std::string_view specials) {
    return !text.empty() && std::ranges::all_of(text, [specials](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
               (byte >= '0' && byte <= '9') || specials.find(byte) != std::string_view::npos;
    });
}

bool is_file_name(std::string_view name) {
    return name.size() <= file_name_bytes_max && !name.starts_with('.') && is_token(name, "._+-");
}

bool is_media_type(std::string_view type) {
    const std::size_t slash = type.find('/');
    return slash != std::string_view::npos && type.size() <= 127 &&
           is_token(type.substr(0, slash), ".+-") && is_token(type.substr(slash + 1), ".+-");
}

Result<void> validate(const Message& message) {
    const auto refuse = [](std::string_view what) {
        return fail(ErrorKind::Config, fmt::format("message not built: {}", what));
    };
    if (!is_safe_address(message.from.address)) {
        return refuse("sender: not one plain mailbox address");
    }
    if (!is_safe_address(message.to.address)) {
        return refuse("recipient: not one plain mailbox address");
    }
    if (!is_header_value(message.from.name) || !is_header_value(message.to.name)) {
        return refuse("a display name is not UTF-8, is overlong or holds a control character");
    }
    if (!is_header_value(message.subject)) {
        return refuse("the subject is not UTF-8, is overlong or holds a control character");
    }
    if (!is_safe_address(message.message_id)) {
        return refuse("the Message-ID is not of the form id@domain");
    }
    for (const Picture& picture : message.pictures) {
        if (!is_safe_address(picture.content_id) || !is_media_type(picture.media_type)) {
            return refuse("a picture's id is not of the form id@domain, or its type is not plain");
        }
    }
    for (const Attachment& attachment : message.attachments) {
        if (!is_file_name(attachment.file_name)) {
            return refuse("an attachment's name is not plain ASCII of at most 60 letters");
        }
        if (!is_media_type(attachment.media_type)) {
            return refuse(attachment.file_name + ": not a media type without parameters");
        }
    }
    return {};
}

std::string with_crlf(std::string_view text) {
    std::string result;
    result.reserve(text.size() + text.size() / 32);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\r' && text[at] != '\n') {
            result += text[at];
            continue;
        }
        result += "\r\n";
        if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') {
            ++at;
        }
    }
    return result;
}

Object<GMimePart> make_part(const std::string& type, std::string_view bytes) {
    const std::size_t slash = type.find('/');
    Object<GMimePart> part(
        g_mime_part_new_with_type(type.substr(0, slash).c_str(), type.substr(slash + 1).c_str())
    );
    const Object<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Object<GMimeDataWrapper> content(
        g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT)
    );
    g_mime_part_set_content(part.get(), content.get());
    g_mime_part_set_content_encoding(part.get(), GMIME_CONTENT_ENCODING_BASE64);
    return part;
}

Object<GMimeObject> make_text(const std::string& type, std::string_view text) {
    Object<GMimePart> part = make_part(type, with_crlf(text));
    g_mime_object_set_content_type_parameter(as<GMimeObject>(part), "charset", "utf-8");
    return Object<GMimeObject>(reinterpret_cast<GMimeObject*>(part.release()));
}

Object<GMimeObject> make_attachment(const Attachment& attachment) {
    Object<GMimePart> part = make_part(attachment.media_type, attachment.bytes);
    auto* object = as<GMimeObject>(part);
    g_mime_object_set_disposition(object, GMIME_DISPOSITION_ATTACHMENT);
    g_mime_part_set_filename(part.get(), attachment.file_name.c_str());
    return Object<GMimeObject>(reinterpret_cast<GMimeObject*>(part.release()));
}

// "=_" occurs in neither base64 nor quoted-printable, so a boundary is never found in a body.
Object<GMimeMultipart> make_multipart(const Message& message, const char* subtype, char mark) {
    Object<GMimeMultipart> multipart(g_mime_multipart_new_with_subtype(subtype));
    const std::string boundary = fmt::format("=_{}_{}", short_id(message.message_id, 20), mark);
    g_mime_multipart_set_boundary(multipart.get(), boundary.c_str());
    return multipart;
}

Object<GMimeObject> make_picture(const Picture& picture) {
    Object<GMimePart> part = make_part(picture.media_type, picture.bytes);
    g_mime_object_set_disposition(as<GMimeObject>(part), GMIME_DISPOSITION_INLINE);
    g_mime_part_set_content_id(part.get(), picture.content_id.c_str());
    return Object<GMimeObject>(reinterpret_cast<GMimeObject*>(part.release()));
}

/// The HTML, with its pictures if it has any.
Object<GMimeObject> make_html(const Message& message) {
    Object<GMimeObject> html = make_text("text/html", message.html);
    if (message.pictures.empty()) {
        return html;
    }
    Object<GMimeMultipart> related = make_multipart(message, "related", 'r');
    g_mime_object_set_content_type_parameter(as<GMimeObject>(related), "type", "text/html");
    g_mime_multipart_add(related.get(), html.get());
    for (const Picture& picture : message.pictures) {
        g_mime_multipart_add(related.get(), make_picture(picture).get());
    }
    return Object<GMimeObject>(reinterpret_cast<GMimeObject*>(related.release()));
}

Object<GMimeObject> make_body(const Message& message) {
    Object<GMimeObject> text = make_text("text/plain", message.text);
    if (!message.html.empty()) {
        Object<GMimeMultipart> both = make_multipart(message, "alternative", 'a');
        g_mime_multipart_add(both.get(), text.get());
        g_mime_multipart_add(both.get(), make_html(message).get());
        text.reset(reinterpret_cast<GMimeObject*>(both.release()));
    }
    if (message.attachments.empty()) {
        return text;
    }
    Object<GMimeMultipart> mixed = make_multipart(message, "mixed", 'm');
    g_mime_multipart_add(mixed.get(), text.get());
    for (const Attachment& attachment : message.attachments) {
        g_mime_multipart_add(mixed.get(), make_attachment(attachment).get());
    }
    return Object<GMimeObject>(reinterpret_cast<GMimeObject*>(mixed.release()));
}

// `value` as it is to stand there: encoded, folded.
void add_header(GMimeObject* message, const char* name, const std::string& value) {
    GMimeHeaderList* headers = g_mime_object_get_header_list(message);
    g_mime_header_list_append(headers, name, "", nullptr);
    GMimeHeader* header = g_mime_header_list_get_header(headers, name);
    g_mime_header_set_raw_value(header, (" " + value + "\n").c_str());
}

void set_date(GMimeMessage* message, Instant instant) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(instant.time_since_epoch());
    const std::unique_ptr<GTimeZone, FreeZone> zone(g_time_zone_new_offset(7 * 3600));
    const std::unique_ptr<GDateTime, FreeDate> utc(g_date_time_new_from_unix_utc(seconds.count()));
    check(utc != nullptr, "a message's date is between the years 1 and 9999");
    const std::unique_ptr<GDateTime, FreeDate> local(g_date_time_to_timezone(utc.get(), zone.get())
    );
    g_mime_message_set_date(message, local.get());
}

// Auto-Submitted (RFC 3834) and Exchange's own header keep out-of-office replies from coming back.
void set_fixed_headers(GMimeObject* message) {
    g_mime_object_append_header(message, "Auto-Submitted", "auto-generated", nullptr);
    g_mime_object_append_header(message, "X-Auto-Response-Suppress", "All", nullptr);
    g_mime_object_append_header(message, "Content-Language", "vi", nullptr);
}

std::string to_bytes(const Object<GMimeMessage>& message) {
    const std::unique_ptr<GMimeFormatOptions, FreeOptions> options(g_mime_format_options_new());
    g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
    const Object<GMimeStream> stream(g_mime_stream_mem_new());
    const ssize_t written =
        g_mime_object_write_to_stream(as<GMimeObject>(message), options.get(), stream.get());
    check(written > 0, "GMime writes a message into memory");
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(as<GMimeStreamMem>(stream));
    std::string result(reinterpret_cast<const char*>(bytes->data), bytes->len);
    if (!result.ends_with("\r\n")) {
        result += "\r\n";
    }
    return result;
}

}  // namespace

Result<std::string> build_message(const Message& message) {
    if (auto valid = validate(message); !valid) {
        return std::unexpected(std::move(valid.error()));
    }
    start_gmime();
    const Object<GMimeMessage> built(g_mime_message_new(FALSE));
    auto* headers = as<GMimeObject>(built);
    add_header(headers, "From", encode_mailbox(message.from));
    add_header(headers, "To", encode_mailbox(message.to));
    add_header(headers, "Subject", encode_text(message.subject));
    set_date(built.get(), message.date);
    g_mime_message_set_message_id(built.get(), message.message_id.c_str());
    set_fixed_headers(headers);
    g_mime_message_set_mime_part(built.get(), make_body(message).get());
    return to_bytes(built);
}

}  // namespace thidua::delivery
