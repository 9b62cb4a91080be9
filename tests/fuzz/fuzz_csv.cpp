// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A file of separated values, of any encoding, in pieces: nothing may crash, and however the file
// is cut it says the same.
#include "connectors/tables/csv_reader.hpp"
#include "core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using thidua::Result;
namespace connectors = thidua::connectors;

/// What a file came to: its records, or the error.
std::string read_in_pieces(
    std::string_view bytes, const connectors::CsvOptions& options, std::size_t size
) {
    std::string seen;
    auto reader = connectors::CsvReader::make(
        options, {.row = [&seen](const connectors::Row& row) -> Result<void> {
            seen += std::to_string(row.number);
            for (const connectors::Cell& cell : row.cells) {
                seen += '\x1F' + cell.text;
            }
            seen += '\x1E';
            return {};
        }}
    );
    if (!reader) {
        return reader.error().message;
    }
    Result<void> read{};
    while (read && !bytes.empty()) {
        const std::string_view piece = bytes.substr(0, size);
        bytes.remove_prefix(piece.size());
        read = reader->feed(piece);
    }
    read = read ? reader->finish() : read;
    return read ? seen : seen + read.error().message;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    connectors::CsvOptions options{.encoding = static_cast<thidua::Encoding>(data[0] % 4)};
    options.limits.record_bytes = 4'096;
    options.limits.cell_bytes = 1'024;
    const std::string whole = read_in_pieces(bytes, options, bytes.size());
    thidua::check(
        whole == read_in_pieces(bytes, options, 1 + data[0] / 4), "the pieces of a file do not show"
    );
    return 0;
}
