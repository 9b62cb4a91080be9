// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A part of a workbook as a stream of tags, read by Expat.
#pragma once

#include "connectors/tables/archive.hpp"

#include <optional>
#include <string_view>

namespace thidua::connectors {

/// A tag's attributes, by their names without prefixes. Lives as long as the call that shows it.
class XmlAttributes {
  public:
    explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}

    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    /// Nothing unless it is a whole number of at most 18 digits, without a sign.
    [[nodiscard]] std::optional<std::uint64_t> number(std::string_view name) const;
    /// As XML Schema writes a truth value; `fallback` if it is not there.
    [[nodiscard]] bool flag(std::string_view name, bool fallback = false) const;

  private:
    const char* const* pairs_;  // name, value, ..., null
};

/// Hears the tags of a part, by their names without prefixes. An error ends the reading.
class XmlHandler {
  public:
    XmlHandler() = default;
    XmlHandler(const XmlHandler&) = delete;
    XmlHandler& operator=(const XmlHandler&) = delete;
    virtual ~XmlHandler() = default;

    [[nodiscard]] virtual Result<void> start(
        std::string_view name, const XmlAttributes& attributes
    ) = 0;
    [[nodiscard]] virtual Result<void> end(std::string_view name) = 0;
    /// A piece of the text between two tags; the next one may go on with it.
    [[nodiscard]] virtual Result<void> text(std::string_view piece) = 0;
};

/// Reads `part` of `archive`. Errors: Data, naming part and line, if it is not well-formed, has a
/// DOCTYPE (no office program writes one, and every entity bomb needs one), nests deeper than 64
/// tags or has a tag longer than 1 MiB; and what `handler` returns, as it is.
[[nodiscard]] Result<void> read_xml(
    const Archive& archive, std::string_view part, XmlHandler& handler
);

}  // namespace thidua::connectors
