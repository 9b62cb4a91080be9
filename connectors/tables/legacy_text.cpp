// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/legacy_text.hpp"

#include "core/result.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <array>
#include <cerrno>

namespace thidua::connectors {
namespace {

const char* converter_name(Encoding encoding) {
    switch (encoding) {
        case Encoding::Windows1258:
            return "WINDOWS-1258";
        case Encoding::Tcvn3:
            return "TCVN5712-1";
        case Encoding::Viscii:
            return "VISCII";
        case Encoding::Utf8:
            return "UTF-8";
    }
    return "UTF-8";
}

constexpr unsigned char byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

/// The length of the letter that `text` begins with; 0 if it is cut off, -1 if it is none.
int utf8_length(std::string_view text) {
    const unsigned char first = byte_at(text, 0);
    if (first < 0x80) {
        return 1;
    }
    const int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4) {
        return -1;
    }
    for (std::size_t at = 1; at < static_cast<std::size_t>(length); ++at) {
        if (at == text.size()) {
            return 0;
        }
        // The second byte rules out long forms, surrogates and what lies beyond U+10FFFF.
        const unsigned char low = at > 1          ? 0x80
                                  : first == 0xE0 ? 0xA0
                                  : first == 0xF0 ? 0x90
                                                  : 0x80;
        const unsigned char high = at > 1          ? 0xBF
                                   : first == 0xED ? 0x9F
                                   : first == 0xF4 ? 0x8F
                                                   : 0xBF;
        if (byte_at(text, at) < low || byte_at(text, at) > high) {
            return -1;
        }
    }
    return length;
}

void append_utf8(std::string& out, unsigned letter) {
    const auto add = [&out](unsigned byte) { out += static_cast<char>(byte); };
    if (letter < 0x80) {
        add(letter);
    } else if (letter < 0x800) {
        add(0xC0 | (letter >> 6));
        add(0x80 | (letter & 0x3F));
    } else if (letter < 0x10000) {
        add(0xE0 | (letter >> 12));
        add(0x80 | ((letter >> 6) & 0x3F));
        add(0x80 | (letter & 0x3F));
    } else {
        add(0xF0 | (letter >> 18));
        add(0x80 | ((letter >> 12) & 0x3F));
        add(0x80 | ((letter >> 6) & 0x3F));
        add(0x80 | (letter & 0x3F));
    }
}

}  // namespace

void TextDecoder::Close::operator()(void* converter) const {
    iconv_close(converter);
}

Result<TextDecoder> TextDecoder::make(Encoding encoding) {
    TextDecoder decoder;
    if (encoding == Encoding::Utf8) {
        return decoder;
    }
    const char* name = converter_name(encoding);
    const iconv_t converter = iconv_open("UTF-8", name);
    // iconv_open answers -1 as a pointer.
    if (reinterpret_cast<std::intptr_t>(converter) == -1) {
        return fail(
            ErrorKind::Io, fmt::format("the C library cannot read {} (package libc6)", name)
        );
    }
    decoder.converter_.reset(converter);
    decoder.form_ = Form::Legacy;
    return decoder;
}

Result<void> TextDecoder::decode(std::string_view piece, bool is_last, std::string& out) {
    waiting_ += piece;
    if (form_ == Form::Unknown) {
        if (waiting_.size() < 3 && !is_last) {
            return {};
        }
        waiting_.erase(0, take_mark());
    }
    const std::size_t before = out.size();
    const std::size_t taken = form_ == Form::Legacy ? take_legacy(out, is_last)
                              : form_ == Form::Utf8 ? take_utf8(out)
                                                    : take_utf16(out);
    count_lines(std::string_view(out).substr(before));
    waiting_.erase(0, taken);
    if (is_wrong_ || (is_last && !waiting_.empty())) {
        return fail(
            ErrorKind::Data,
            fmt::format(
                "line {}: bytes that are not {}; {}",
                line_,
                form_ == Form::Utf8     ? "UTF-8"
                : form_ == Form::Legacy ? "of the declared encoding"
                                        : "UTF-16",
                form_ == Form::Legacy ? "declare another" : "declare the file's encoding"
            )
        );
    }
    return {};
}

std::size_t TextDecoder::take_mark() {
    const std::string_view text(waiting_);
    if (text.starts_with("\xFF\xFE")) {
        form_ = Form::Utf16Little;
        return 2;
    }
    if (text.starts_with("\xFE\xFF")) {
        form_ = Form::Utf16Big;
        return 2;
    }
    form_ = Form::Utf8;
    return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

std::size_t TextDecoder::take_utf8(std::string& out) {
    std::size_t at = 0;
    while (at < waiting_.size()) {
        const int length = utf8_length(std::string_view(waiting_).substr(at));
        if (length <= 0) {
            is_wrong_ = length < 0;
            break;
        }
        at += static_cast<std::size_t>(length);
    }
    out.append(waiting_, 0, at);
    return at;
}

std::size_t TextDecoder::take_utf16(std::string& out) {
    const std::string_view text(waiting_);
    const auto unit_at = [&](std::size_t at) {
        const unsigned first = byte_at(text, at);
        const unsigned second = byte_at(text, at + 1);
        return form_ == Form::Utf16Little ? first | (second << 8) : (first << 8) | second;
    };
    std::size_t at = 0;
    while (at + 2 <= text.size()) {
        const unsigned unit = unit_at(at);
        if (unit < 0xD800 || unit > 0xDFFF) {
            append_utf8(out, unit);
            at += 2;
            continue;
        }
        if (unit > 0xDBFF) {
            is_wrong_ = true;
            break;
        }
        if (at + 4 > text.size()) {
            break;
        }
        const unsigned low = unit_at(at + 2);
        if (low < 0xDC00 || low > 0xDFFF) {
            is_wrong_ = true;
            break;
        }
        append_utf8(out, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
        at += 4;
    }
    return at;
}

std::size_t TextDecoder::take_legacy(std::string& out, bool is_last) {
    char* from = waiting_.data();
    std::size_t left = waiting_.size();
    std::array<char, 16 * 1024> room{};
    // A converter may hold a letter back, waiting for its mark: the last call asks for it.
    for (bool flushes = false;;) {
        char* to = room.data();
        std::size_t space = room.size();
        const std::size_t status = flushes ? iconv(converter_.get(), nullptr, nullptr, &to, &space)
                                           : iconv(converter_.get(), &from, &left, &to, &space);
        const int reason = status == static_cast<std::size_t>(-1) ? errno : 0;
        out.append(room.data(), room.size() - space);
        if (reason == E2BIG) {
            continue;
        }
        is_wrong_ = reason == EILSEQ;
        if (reason != 0 || flushes || !is_last) {
            break;
        }
        flushes = true;
    }
    return waiting_.size() - left;
}

void TextDecoder::count_lines(std::string_view text) {
    for (const char letter : text) {
        if (letter == '\r' || (letter == '\n' && !after_return_)) {
            ++line_;
        }
        after_return_ = letter == '\r';
    }
}

}  // namespace thidua::connectors
