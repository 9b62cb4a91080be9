// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/sheet_rows.hpp"

#include "connectors/tables/sheet_scan.hpp"
#include "connectors/tables/xml.hpp"

#include <fmt/format.h>

#include <vector>

namespace thidua::connectors {
namespace {

class RowsHandler final : public XmlHandler {
  public:
    RowsHandler(const SheetSource& source, const std::function<Result<void>(const Row&)>& sink)
        : source_(source), sink_(sink) {}

    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        // Extensions behind the rows have tags of the same names.
        if (name == "sheetData") {
            in_rows_ = true;
        } else if (!in_rows_) {
            return {};
        } else if (name == "row") {
            return begin_row(attributes);
        } else if (name == "c") {
            return begin_cell(attributes);
        } else if (name == "f") {
            raw_.has_formula = true;
        } else if (name == "rPh") {
            in_phonetic_ = true;
        }
        in_value_ = name == "v" || (name == "t" && !in_phonetic_);
        return {};
    }

    Result<void> end(std::string_view name) override {
        in_value_ = false;
        if (name == "sheetData") {
            in_rows_ = false;
        } else if (!in_rows_) {
            return {};
        } else if (name == "rPh") {
            in_phonetic_ = false;
        } else if (name == "c") {
            return end_cell();
        } else if (name == "row") {
            return end_row();
        }
        return {};
    }

    Result<void> text(std::string_view piece) override {
        if (!in_value_) {
            return {};
        }
        raw_.value += piece;
        return raw_.value.size() <= source_.limits.cell_bytes
                   ? Result<void>{}
                   : wrong(fmt::format("more than {} bytes", source_.limits.cell_bytes));
    }

  private:
    Result<void> begin_row(const XmlAttributes& attributes) {
        // A number that is none is as far away as one that is too large.
        const std::uint64_t number = attributes.find("r") ? attributes.number("r").value_or(0)
                                                          : static_cast<std::uint64_t>(row_) + 1;
        column_ = 0;
        next_column_ = 0;
        width_ = 0;
        if (number == 0 || number > source_.limits.rows) {
            return fail(
                ErrorKind::Data,
                fmt::format(
                    "{}: a row that is not among 1 to {}", source_.sheet.name, source_.limits.rows
                )
            );
        }
        row_ = static_cast<std::int64_t>(number);
        return {};
    }

    Result<void> begin_cell(const XmlAttributes& attributes) {
        raw_.type = attributes.find("t").value_or("");
        raw_.value.clear();
        raw_.style = attributes.number("s").value_or(0);
        raw_.has_formula = false;
        column_ = next_column_;
        if (const auto reference = attributes.find("r")) {
            const auto place = parse_reference(*reference);
            if (!place || place->row != row_) {
                return wrong("behind it a cell that says to be elsewhere");
            }
            column_ = place->column;
        }
        next_column_ = column_ + 1;
        return column_ < source_.limits.columns
                   ? Result<void>{}
                   : wrong(fmt::format("beyond {} columns", source_.limits.columns));
    }

    Result<void> end_cell() {
        if (raw_.value.empty() && !raw_.has_formula) {
            return {};  // only a look
        }
        while (width_ <= column_) {
            if (width_ == cells_.size()) {
                cells_.emplace_back();
            }
            cells_[width_] = Cell{};
            ++width_;
        }
        if (cells_[column_].kind != CellKind::Empty) {
            return wrong("twice");
        }
        if (auto read = read_cell(raw_, source_.context, cells_[column_]); !read) {
            return wrong(read.error().message);
        }
        return {};
    }

    Result<void> end_row() {
        while (width_ > 0 && cells_[width_ - 1].kind == CellKind::Empty) {
            --width_;
        }
        slots_ += width_;
        if (slots_ > source_.limits.cells) {
            return wrong(fmt::format("more than {} cells", source_.limits.cells));
        }
        return sink_({row_, std::span<const Cell>(cells_).first(width_)});
    }

    [[nodiscard]] std::unexpected<Error> wrong(std::string_view what) const {
        return fail(
            ErrorKind::Data,
            fmt::format("{}: {}", cell_place(source_.sheet.name, row_, column_), what)
        );
    }

    const SheetSource& source_;
    const std::function<Result<void>(const Row&)>& sink_;
    RawCell raw_;
    std::vector<Cell> cells_;  // of the row in hand; grows and is used again
    std::size_t width_ = 0;
    std::size_t column_ = 0;
    std::size_t next_column_ = 0;
    std::int64_t row_ = 0;
    std::uint64_t slots_ = 0;
    bool in_rows_ = false;
    bool in_value_ = false;
    bool in_phonetic_ = false;
};

}  // namespace

Result<void> read_rows(
    const SheetSource& source, const std::function<Result<void>(const Row&)>& sink
) {
    RowsHandler handler(source, sink);
    return read_xml(source.archive, source.sheet.part, handler);
}

}  // namespace thidua::connectors
