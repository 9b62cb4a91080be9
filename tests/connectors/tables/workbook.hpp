// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Workbooks that no office program would write, and rows as text.
#pragma once

#include "connectors/tables/table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::test {

/// An entry of a zip, with what is wrong about it.
struct ZipEntry {
    std::string name;
    std::string content;
    std::optional<std::uint32_t> crc{};            ///< instead of the right one
    std::optional<std::uint32_t> declared_size{};  ///< instead of the right one
    std::uint16_t flags = 0;                       ///< 1: encrypted
    std::uint16_t method = 8;                      ///< deflate; what is packed is always deflated
};

/// The bytes of a zip with `entries`, each deflated.
[[nodiscard]] std::string zip_of(const std::vector<ZipEntry>& entries);

/// The parts of a workbook of one sheet, Sheet1, that has `sheet_xml` and, if any,
/// `strings_xml` within their outermost tags. The sheet is the entry called xl/sheet1.xml.
[[nodiscard]] std::vector<ZipEntry> workbook_parts(
    const std::string& sheet_xml, const std::string& strings_xml = ""
);

/// Those as a file.
[[nodiscard]] std::string workbook_of(
    const std::string& sheet_xml, const std::string& strings_xml = ""
);

/// A sink that writes each row into `lines` as "7: Text(a) | | Number(1)".
[[nodiscard]] connectors::TableSink line_sink(std::vector<std::string>& lines);

/// What tests/data/files/`name` holds.
[[nodiscard]] std::string data_file(std::string_view name);

}  // namespace thidua::test
