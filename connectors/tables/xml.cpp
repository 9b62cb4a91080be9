// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/xml.hpp"

#include "core/text.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <utility>

namespace thidua::connectors {
namespace {

constexpr int depth_max = 64;
/// Expat keeps a tag whole, and looks at all of it again with each further piece.
constexpr std::uint64_t tag_bytes_max = 1024 * 1024;

std::string_view local_name(const char* name) {
    const std::string_view whole(name);
    const std::size_t colon = whole.rfind(':');
    return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

/// Turns Expat's calls into the handler's, and keeps the first error.
class Reading {
  public:
    Reading(std::string_view part, XmlHandler& handler)
        : part_(one_line(part)), handler_(handler), parser_(XML_ParserCreate(nullptr)) {
        check(parser_ != nullptr, "Expat has memory for a parser");
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(parser_.get(), on_start, on_end);
        XML_SetCharacterDataHandler(parser_.get(), on_text);
        XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
    }

    Result<void> feed(std::string_view piece, bool is_last) {
        fed_ += piece.size();
        const auto status =
            XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), is_last ? 1 : 0);
        if (error_) {
            return std::unexpected(std::move(*error_));
        }
        if (status != XML_STATUS_OK) {
            return here(XML_ErrorString(XML_GetErrorCode(parser_.get())));
        }
        const auto seen = XML_GetCurrentByteIndex(parser_.get());
        if (!is_last && seen >= 0 && fed_ > static_cast<std::uint64_t>(seen) + tag_bytes_max) {
            return here("a tag of more than 1 MiB");
        }
        return {};
    }

  private:
    static Reading& self(void* data) { return *static_cast<Reading*>(data); }

    static void on_start(void* data, const char* name, const char** attributes) {
        Reading& reading = self(data);
        if (++reading.depth_ > depth_max) {
            reading.stop(reading.here(fmt::format("more than {} tags in each other", depth_max)));
            return;
        }
        reading.stop(reading.handler_.start(local_name(name), XmlAttributes(attributes)));
    }

    static void on_end(void* data, const char* name) {
        --self(data).depth_;
        self(data).stop(self(data).handler_.end(local_name(name)));
    }

    static void on_text(void* data, const char* piece, int length) {
        self(data).stop(self(data).handler_.text({piece, static_cast<std::size_t>(length)}));
    }

    static void on_doctype(
        void* data, const char* /*name*/, const char* /*system*/, const char* /*pub*/, int /*sub*/
    ) {
        self(data).stop(self(data).here("a DOCTYPE, which is never read"));
    }

    void stop(Result<void> result) {
        // Expat may call once more after it was stopped.
        if (!result && !error_) {
            error_ = std::move(result.error());
            XML_StopParser(parser_.get(), XML_FALSE);
        }
    }

    [[nodiscard]] std::unexpected<Error> here(std::string_view what) const {
        const auto line = XML_GetCurrentLineNumber(parser_.get());
        return fail(ErrorKind::Data, fmt::format("{}: line {}: {}", part_, line, what));
    }

    std::string part_;
    XmlHandler& handler_;
    std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> parser_;
    std::optional<Error> error_;
    std::uint64_t fed_ = 0;
    int depth_ = 0;
};

}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
    for (const char* const* pair = pairs_; *pair != nullptr; pair += 2) {
        // xmlns:r="..." declares a prefix, and is no attribute r.
        if (local_name(*pair) == name && !std::string_view(*pair).starts_with("xmlns")) {
            return pair[1];
        }
    }
    return std::nullopt;
}

std::optional<std::uint64_t> XmlAttributes::number(std::string_view name) const {
    const auto text = find(name);
    if (!text || text->empty() || text->size() > 18) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    const char* first = text->data();
    const char* last = first + text->size();
    const auto [stop, code] = std::from_chars(first, last, value);
    return code == std::errc{} && stop == last ? std::optional(value) : std::nullopt;
}

bool XmlAttributes::flag(std::string_view name, bool fallback) const {
    const auto text = find(name);
    return text ? *text == "1" || *text == "true" : fallback;
}

Result<void> read_xml(const Archive& archive, std::string_view part, XmlHandler& handler) {
    Reading reading(part, handler);
    auto read =
        archive.read(part, [&](std::string_view piece) { return reading.feed(piece, false); });
    return read ? reading.feed({}, true) : read;
}

}  // namespace thidua::connectors
