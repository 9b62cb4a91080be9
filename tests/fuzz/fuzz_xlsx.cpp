// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A workbook: bytes that begin as a zip does are one; all others are the inside of a sheet, and
// behind a byte 0x1E of the shared texts and behind another of the styles, which are packed here so
// that checksums do not stand in the way.
#include "connectors/tables/rows_to_json.hpp"
#include "connectors/tables/xlsx_reader.hpp"
#include "tests/connectors/tables/workbook.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using thidua::Result;
namespace connectors = thidua::connectors;

std::string packed(std::string_view bytes) {
    const auto take = [&bytes] {
        const std::size_t length = std::min(bytes.find('\x1E'), bytes.size());
        const std::string part(bytes.substr(0, length));
        bytes.remove_prefix(std::min(length + 1, bytes.size()));
        return part;
    };
    const std::string sheet = take();
    const std::string texts = take();
    auto parts = thidua::test::workbook_parts(sheet, texts.empty() ? "<si/>" : texts);
    // The styles need a relation of their own beside the others.
    constexpr std::string_view end = "</Relationships>";
    std::string& relations = parts[2].content;
    relations.insert(
        relations.size() - end.size(),
        R"(<Relationship Id="u" Type="x/styles" Target="styles.xml"/>)"
    );
    parts.push_back({.name = "xl/styles.xml", .content = "<styleSheet>" + take() + "</styleSheet>"}
    );
    return thidua::test::zip_of(parts);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view given(reinterpret_cast<const char*>(data), size);
    const std::string bytes = given.starts_with("PK") ? std::string(given) : packed(given);
    connectors::XlsxOptions options;
    options.limits.decoded_bytes = 1024 * 1024;
    options.limits.cells = 100'000;
    using thidua::ValueKind;
    connectors::RowsToJson rows(
        {
            .wanted =
                {
                    {.id = "code", .labels = {"Mã hồ sơ", "A"}, .is_required = true},
                    {.id = "at", .labels = {"Ngày", "B / C"}, .kind = ValueKind::Time},
                    {.id = "fee", .labels = {"Phí"}, .kind = ValueKind::Dong},
                    {.id = "share", .labels = {"Tỷ lệ"}, .kind = ValueKind::Percent},
                },
        },
        {
            .record = [](const connectors::JsonRow& /*row*/) -> Result<void> { return {}; },
            .wrong = [](std::int64_t /*row*/, const thidua::Error& /*error*/) -> Result<void> {
                return {};
            },
        }
    );
    if (connectors::read_xlsx(bytes, options, rows.table_sink())) {
        (void)rows.finish();
    }
    return 0;
}
