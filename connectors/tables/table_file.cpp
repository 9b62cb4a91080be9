// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/table_file.hpp"

#include "connectors/tables/csv_reader.hpp"
#include "connectors/tables/xlsx_reader.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace thidua::connectors {

bool has_extension(std::string_view name, std::string_view extension) {
    return fold(name).ends_with(extension);
}

bool is_table_name(std::string_view name) {
    constexpr std::array<std::string_view, 4> extensions{".xlsx", ".csv", ".tsv", ".txt"};
    return std::ranges::any_of(extensions, [&](std::string_view extension) {
        return has_extension(name, extension);
    });
}

Result<void> read_table(const TableFile& file, const FileDrop& description, JsonSink sink) {
    const bool is_workbook = has_extension(file.name, ".xlsx");
    RowOptions options;
    options.locale = description.locale;
    options.has_exact_width = !is_workbook;
    for (const FileColumn& column : description.columns) {
        options.wanted.push_back({column.id, column.labels, column.is_required, column.kind});
    }
    RowsToJson rows(std::move(options), std::move(sink));
    Result<void> read;
    if (is_workbook) {
        XlsxOptions xlsx;
        if (!description.sheet.empty()) {
            xlsx.sheet = description.sheet;
        }
        read = read_xlsx(file.bytes, xlsx, rows.table_sink());
    } else {
        CsvOptions csv;
        csv.encoding = description.encoding;
        csv.separator = description.separator;
        read = read_csv(file.bytes, csv, rows.table_sink());
    }
    return read ? rows.finish() : read;
}

}  // namespace thidua::connectors
