// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/connectors/tables/workbook.hpp"

#include "core/file.hpp"

#include <fmt/format.h>
#include <zlib.h>

namespace thidua::test {
namespace {

void add(std::string& bytes, std::uint64_t value, int width) {
    for (int at = 0; at < width; ++at) {
        bytes += static_cast<char>((value >> (8 * at)) & 0xFF);
    }
}

std::string deflated(const std::string& content) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, content.size()), '\0');
    std::string given = content;
    stream.next_in = reinterpret_cast<Bytef*>(given.data());
    stream.avail_in = static_cast<uInt>(given.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::uint32_t crc_of(const std::string& content) {
    const auto* bytes = reinterpret_cast<const Bytef*>(content.data());
    return static_cast<std::uint32_t>(crc32(0, bytes, static_cast<uInt>(content.size())));
}

const char* name_of(connectors::CellKind kind) {
    using connectors::CellKind;
    switch (kind) {
        case CellKind::Empty:
            return "";
        case CellKind::Text:
            return "Text";
        case CellKind::Number:
            return "Number";
        case CellKind::Date:
            return "Date";
        case CellKind::Boolean:
            return "Boolean";
        case CellKind::Error:
            return "Error";
    }
    return "";
}

}  // namespace

std::string zip_of(const std::vector<ZipEntry>& entries) {
    std::string bytes;
    std::string directory;
    for (const ZipEntry& entry : entries) {
        const std::string packed = deflated(entry.content);
        std::string facts;
        add(facts, 20, 2);  // the version that unpacks it
        add(facts, entry.flags, 2);
        add(facts, entry.method, 2);
        add(facts, 0x00210000, 4);  // 1980-01-01
        add(facts, entry.crc.value_or(crc_of(entry.content)), 4);
        add(facts, packed.size(), 4);
        add(facts, entry.declared_size.value_or(static_cast<std::uint32_t>(entry.content.size())), 4
        );
        add(facts, entry.name.size(), 2);
        add(facts, 0, 2);
        directory += "PK\x01\x02";
        add(directory, 20, 2);
        directory += facts;
        directory.append(10, '\0');  // no comment, one disk, no attributes
        add(directory, bytes.size(), 4);
        directory += entry.name;
        bytes += "PK\x03\x04" + facts + entry.name + packed;
    }
    const std::size_t at = bytes.size();
    bytes += directory + "PK\x05\x06";
    add(bytes, 0, 4);
    add(bytes, entries.size(), 2);
    add(bytes, entries.size(), 2);
    add(bytes, directory.size(), 4);
    add(bytes, at, 4);
    add(bytes, 0, 2);
    return bytes;
}

std::vector<ZipEntry> workbook_parts(const std::string& sheet_xml, const std::string& strings_xml) {
    const std::string relation =
        R"(<Relationship Id="{}" Type="http://example.invalid/{}" Target="{}"/>)";
    const auto relations = [](const std::string& inside) {
        return "<Relationships>" + inside + "</Relationships>";
    };
    const auto one = [&](const char* id, const char* kind, const char* target) {
        return fmt::format(fmt::runtime(relation), id, kind, target);
    };
    const bool has_strings = !strings_xml.empty();
    std::vector<ZipEntry> parts{
        {.name = "_rels/.rels", .content = relations(one("a", "officeDocument", "/xl/book.xml"))},
        {
            .name = "xl/book.xml",
            .content =
                R"(<workbook><sheets><sheet name="Sheet1" r:id="s" xmlns:r="r"/></sheets></workbook>)",
        },
        {
            .name = "xl/_rels/book.xml.rels",
            .content = relations(
                one("s", "worksheet", "sheet1.xml") +
                (has_strings ? one("t", "sharedStrings", "/xl/texts.xml") : "")
            ),
        },
        {.name = "xl/sheet1.xml", .content = "<worksheet>" + sheet_xml + "</worksheet>"},
    };
    if (has_strings) {
        parts.push_back({.name = "xl/texts.xml", .content = "<sst>" + strings_xml + "</sst>"});
    }
    return parts;
}

std::string workbook_of(const std::string& sheet_xml, const std::string& strings_xml) {
    return zip_of(workbook_parts(sheet_xml, strings_xml));
}

connectors::TableSink line_sink(std::vector<std::string>& lines) {
    return {
        .row = [&lines](const connectors::Row& row) -> Result<void> {
            std::string line = fmt::format("{}:", row.number);
            for (const connectors::Cell& cell : row.cells) {
                line += cell.kind == connectors::CellKind::Empty ? " |"
                                                                 : fmt::format(
                                                                       " {}{}{}({}) |",
                                                                       cell.is_formula ? "=" : "",
                                                                       cell.is_percent ? "%" : "",
                                                                       name_of(cell.kind),
                                                                       cell.text
                                                                   );
            }
            lines.push_back(line);
            return {};
        },
    };
}

std::string data_file(std::string_view name) {
    constexpr std::uintmax_t bytes_max = 1024 * 1024;
    auto content = read_file(fmt::format(THIDUA_TESTS_DIR "/data/files/{}", name), bytes_max);
    return content ? *std::move(content) : std::string{};
}

}  // namespace thidua::test
