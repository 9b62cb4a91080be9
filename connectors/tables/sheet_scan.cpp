// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/sheet_scan.hpp"

#include "connectors/tables/xml.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

#include <charconv>

namespace thidua::connectors {
namespace {

/// Merges that begin below are not in a header.
constexpr std::int64_t merge_row_max = 100;
constexpr std::size_t merges_max = 10'000;

class ScanHandler final : public XmlHandler {
  public:
    ScanHandler(const Sheet& sheet, const TableLimits& limits) : limits_(limits) {
        scan.facts.name = sheet.name;
        scan.facts.knows_merges = true;
    }

    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "c") {
            return ++scan.cells <= limits_.cells ? Result<void>{}
                                                 : too_many("cells", limits_.cells);
        }
        if (name == "row") {
            return add_row(attributes);
        }
        return name == "mergeCell" ? add_merge(attributes) : Result<void>{};
    }
    Result<void> end(std::string_view /*name*/) override { return {}; }
    Result<void> text(std::string_view /*piece*/) override { return {}; }

    SheetScan scan;

  private:
    Result<void> add_row(const XmlAttributes& attributes) {
        const std::uint64_t number = attributes.number("r").value_or(last_row_ + 1);
        scan.is_in_order = scan.is_in_order && number > last_row_;
        last_row_ = number;
        return ++rows_ <= limits_.rows ? Result<void>{} : too_many("rows", limits_.rows);
    }

    Result<void> add_merge(const XmlAttributes& attributes) {
        const std::string_view text = attributes.find("ref").value_or("");
        const std::size_t colon = std::min(text.find(':'), text.size());
        const auto first = parse_reference(text.substr(0, colon));
        const auto last = colon == text.size() ? first : parse_reference(text.substr(colon + 1));
        if (!first || !last || last->row < first->row || last->column < first->column) {
            return fail(
                ErrorKind::Data,
                fmt::format("{}: merged cells that name no area", one_line(scan.facts.name))
            );
        }
        if (first->row > merge_row_max) {
            return {};
        }
        scan.facts.merges.push_back({
            .first_row = first->row,
            .last_row = last->row,
            .first_column = first->column,
            .last_column = last->column,
        });
        return scan.facts.merges.size() <= merges_max
                   ? Result<void>{}
                   : too_many("merged cells in the first rows", merges_max);
    }

    [[nodiscard]] std::unexpected<Error> too_many(std::string_view what, std::uint64_t max) const {
        return fail(
            ErrorKind::Data,
            fmt::format("{}: more than {} {}", one_line(scan.facts.name), max, what)
        );
    }

    const TableLimits& limits_;
    std::uint64_t last_row_ = 0;
    std::uint64_t rows_ = 0;
};

}  // namespace

Result<SheetScan> scan_sheet(
    const Archive& archive, const Sheet& sheet, const TableLimits& limits
) {
    ScanHandler handler(sheet, limits);
    if (auto read = read_xml(archive, sheet.part, handler); !read) {
        return std::unexpected(std::move(read.error()));
    }
    return std::move(handler.scan);
}

std::optional<CellReference> parse_reference(std::string_view text) {
    std::size_t letters = 0;
    std::uint64_t column = 0;
    while (letters < text.size() && text[letters] >= 'A' && text[letters] <= 'Z' && letters < 6) {
        column = column * 26 + static_cast<std::uint64_t>(text[letters] - 'A') + 1;
        ++letters;
    }
    const char* first = text.data();
    const char* last = first + text.size();
    std::uint32_t row = 0;
    const auto [stop, code] = std::from_chars(first + letters, last, row);
    if (letters == 0 || code != std::errc{} || stop != last || row == 0) {
        return std::nullopt;
    }
    return CellReference{.row = row, .column = column - 1};
}

}  // namespace thidua::connectors
