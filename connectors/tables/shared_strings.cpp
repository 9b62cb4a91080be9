// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/shared_strings.hpp"

#include "connectors/tables/xml.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

#include <charconv>

namespace thidua::connectors {

class SharedStringsHandler final : public XmlHandler {
  public:
    SharedStringsHandler(SharedStrings& strings, const TableLimits& limits)
        : strings_(strings), limits_(limits) {}

    Result<void> start(std::string_view name, const XmlAttributes& /*attributes*/) override {
        if (name == "si") {
            item_.clear();
        }
        in_phonetic_ = in_phonetic_ || name == "rPh";
        in_text_ = name == "t" && !in_phonetic_;
        return {};
    }

    Result<void> end(std::string_view name) override {
        in_text_ = false;
        if (name == "rPh") {
            in_phonetic_ = false;
        }
        if (name != "si") {
            return {};
        }
        strings_.texts_ += to_nfc(without_escapes(item_), room_);
        strings_.ends_.push_back(strings_.texts_.size());
        // An empty text costs its place in the list as well.
        const std::uint64_t held =
            strings_.texts_.size() + strings_.ends_.size() * sizeof strings_.ends_.front();
        return held <= limits_.shared_string_bytes
                   ? Result<void>{}
                   : too_large("the shared texts", limits_.shared_string_bytes);
    }

    Result<void> text(std::string_view piece) override {
        if (in_text_) {
            item_ += piece;
        }
        return item_.size() <= limits_.cell_bytes ? Result<void>{}
                                                  : too_large("a text", limits_.cell_bytes);
    }

  private:
    static std::unexpected<Error> too_large(std::string_view what, std::uint64_t bytes_max) {
        return fail(
            ErrorKind::Data, fmt::format("shared texts: {} of more than {} bytes", what, bytes_max)
        );
    }

    SharedStrings& strings_;
    const TableLimits& limits_;
    std::string item_;
    std::string room_;
    bool in_text_ = false;
    bool in_phonetic_ = false;
};

Result<SharedStrings> SharedStrings::read(
    const Archive& archive, std::string_view part, const TableLimits& limits
) {
    SharedStrings strings;
    SharedStringsHandler handler(strings, limits);
    if (auto read = read_xml(archive, part, handler); !read) {
        return std::unexpected(std::move(read.error()));
    }
    return strings;
}

std::optional<std::string_view> SharedStrings::find(std::uint64_t index) const {
    if (index >= ends_.size()) {
        return std::nullopt;
    }
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(texts_).substr(begin, ends_[index] - begin);
}

namespace {

/// The letter that begins `text` as _xHHHH_; nothing for what only looks so, for halves of a
/// surrogate pair and for NUL.
std::optional<unsigned> escaped_letter(std::string_view text) {
    if (text.size() < 7 || !text.starts_with("_x") || text[6] != '_') {
        return std::nullopt;
    }
    unsigned letter = 0;
    const char* begin = text.data();
    const auto [stop, code] = std::from_chars(begin + 2, begin + 6, letter, 16);
    if (code != std::errc{} || stop != begin + 6 || letter == 0 ||
        (letter >= 0xD800 && letter <= 0xDFFF)) {
        return std::nullopt;
    }
    return letter;
}

void append_utf8(std::string& text, unsigned letter) {
    if (letter < 0x80) {
        text += static_cast<char>(letter);
    } else if (letter < 0x800) {
        text += static_cast<char>(0xC0 | (letter >> 6));
        text += static_cast<char>(0x80 | (letter & 0x3F));
    } else {
        text += static_cast<char>(0xE0 | (letter >> 12));
        text += static_cast<char>(0x80 | ((letter >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (letter & 0x3F));
    }
}

}  // namespace

std::string without_escapes(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t mark = std::min(text.find("_x"), text.size());
        result += text.substr(0, mark);
        text.remove_prefix(mark);
        if (const auto letter = escaped_letter(text)) {
            append_utf8(result, *letter);
            text.remove_prefix(7);
        } else if (!text.empty()) {
            result += text.front();
            text.remove_prefix(1);
        }
    }
    return result;
}

}  // namespace thidua::connectors
