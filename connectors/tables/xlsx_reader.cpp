// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/xlsx_reader.hpp"

#include "connectors/tables/sheet_rows.hpp"
#include "connectors/tables/sheet_scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace thidua::connectors {
namespace {

/// Rows in the order of their numbers, from a sheet that has them in another.
class SortedRows {
  public:
    Result<void> add(const Row& row) {
        rows_.push_back({row.number, {row.cells.begin(), row.cells.end()}});
        return {};
    }

    Result<void> hand_on(const std::string& sheet, const TableSink& sink) {
        std::ranges::stable_sort(rows_, {}, &Kept::number);
        const auto twice = std::ranges::adjacent_find(rows_, {}, &Kept::number);
        if (twice != rows_.end()) {
            return fail(ErrorKind::Data, fmt::format("{}: row {} twice", sheet, twice->number));
        }
        for (const Kept& kept : rows_) {
            if (auto taken = sink.row({kept.number, kept.cells}); !taken) {
                return taken;
            }
        }
        return {};
    }

  private:
    struct Kept {
        std::int64_t number = 0;
        std::vector<Cell> cells;
    };
    std::vector<Kept> rows_;
};

Result<void> read_sorted(const SheetSource& source, const SheetScan& scan, const TableSink& sink) {
    if (scan.cells > source.limits.unordered_cells) {
        return fail(
            ErrorKind::Data,
            fmt::format(
                "{}: its rows are out of order, and there are more than {} cells",
                source.sheet.name,
                source.limits.unordered_cells
            )
        );
    }
    SortedRows sorted;
    auto read = read_rows(source, [&sorted](const Row& row) { return sorted.add(row); });
    return read ? sorted.hand_on(source.sheet.name, sink) : read;
}

}  // namespace

Result<void> read_xlsx(std::string_view bytes, const XlsxOptions& options, const TableSink& sink) {
    const TableLimits& limits = options.limits;
    const auto archive = Archive::open(bytes, limits);
    if (!archive) {
        return std::unexpected(archive.error());
    }
    const auto workbook = read_workbook(*archive);
    if (!workbook) {
        return std::unexpected(workbook.error());
    }
    const auto sheet = choose_sheet(*workbook, options.sheet);
    if (!sheet) {
        return std::unexpected(sheet.error());
    }
    auto styles =
        workbook->styles ? Styles::read(*archive, *workbook->styles) : Result<Styles>(Styles{});
    if (!styles) {
        return std::unexpected(std::move(styles.error()));
    }
    auto strings = workbook->shared_strings
                       ? SharedStrings::read(*archive, *workbook->shared_strings, limits)
                       : Result<SharedStrings>(SharedStrings{});
    if (!strings) {
        return std::unexpected(std::move(strings.error()));
    }
    const auto scan = scan_sheet(*archive, *sheet, limits);
    if (!scan) {
        return std::unexpected(scan.error());
    }
    if (sink.begin) {
        if (auto begun = sink.begin(scan->facts); !begun) {
            return begun;
        }
    }
    const SheetSource source{
        .archive = *archive,
        .sheet = *sheet,
        .context = {.strings = *strings, .styles = *styles, .is_1904 = workbook->is_1904},
        .limits = limits,
    };
    return scan->is_in_order ? read_rows(source, sink.row) : read_sorted(source, *scan, sink);
}

}  // namespace thidua::connectors
