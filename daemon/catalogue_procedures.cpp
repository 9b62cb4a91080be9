// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Rows of the table of procedures.
#include "core/codes.hpp"
#include "core/text.hpp"
#include "daemon/catalogue_columns.hpp"
#include "daemon/catalogue_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace thidua::daemon {
namespace {

using config::Catalogue;

struct LevelWord {
    std::string_view folded;
    Level level;
};

/// The words of NĐ 42/2022, and the four levels before it.
constexpr auto level_words = std::to_array<LevelWord>({
    {"toan trinh", Level::Full},
    {"dvc truc tuyen toan trinh", Level::Full},
    {"4", Level::Full},
    {"mot phan", Level::Partial},
    {"dvc truc tuyen mot phan", Level::Partial},
    {"3", Level::Partial},
    {"cung cap thong tin", Level::Information},
    {"cung cap thong tin truc tuyen", Level::Information},
    {"2", Level::Information},
    {"1", Level::Information},
});

/// "Mức độ 4" and "Mức 4" are 4.
std::optional<Level> parse_level(std::string_view text) {
    std::string folded = fold(text);
    for (const std::string_view prefix : {"muc do ", "muc "}) {
        if (folded.starts_with(prefix)) {
            folded.erase(0, prefix.size());
        }
    }
    const auto* const found = std::ranges::find(level_words, folded, &LevelWord::folded);
    return found == level_words.end() ? std::nullopt : std::optional(found->level);
}

bool is_procedure_code(std::string_view code) {
    const auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
    return code.size() == 8 && is_digit(code[0]) && code[1] == '.' &&
           std::ranges::all_of(code.substr(2), is_digit);
}

/// One row: what holds of a procedure from a day on.
struct ProcedureRow {
    const CatalogueRow* row = nullptr;
    std::string code;
    std::string name;
    std::vector<std::string> units;
    std::optional<Level> level;
    std::optional<bool> fee;
    std::optional<Day> day;
};

/// Adds what holds from a day on, unless it has held before.
template <class Row, class Value>
void add_news(std::vector<Row>& rows, Row row, Value Row::*value) {
    if (rows.empty() || rows.back().*value != row.*value) {
        rows.push_back(row);
    }
}

class ProcedureRows {
  public:
    ProcedureRows(const CatalogueTable& table, const CatalogueBasis& basis)
        : table_(table), basis_(basis), codes_(codes_of(basis.present.units)) {}

    CatalogueValues read() && {
        std::vector<std::string> order;
        std::map<std::string, std::vector<ProcedureRow>> by_code;
        for (const CatalogueRow& row : table_.rows) {
            ProcedureRow read = read_row(row);
            auto& same = by_code[read.code];
            if (same.empty()) {
                order.push_back(read.code);
            }
            same.push_back(std::move(read));
        }
        for (const std::string& code : order) {
            if (!code.empty()) {  // a row without its code is told of already
                add(by_code[code]);
            }
        }
        const bool has_fees =
            std::ranges::any_of(basis_.present.procedures, [](const Procedure& procedure) {
                return !procedure.fees.empty();
            });
        if (!table_.columns.contains("fee") && has_fees) {
            result_.kept.push_back(kept_column(Catalogue::Procedures, "fee"));
        }
        return std::move(result_);
    }

  private:
    ProcedureRow read_row(const CatalogueRow& row) {
        RowReader reader(table_, row, result_.mistakes);
        ProcedureRow read;
        read.row = &row;
        read.code = read_code(reader);
        read.name = reader.required("name");
        read.units = read_units(reader);
        read.level = read_level(reader);
        read.fee = read_fee(reader);
        read.day = reader.day("from");
        return read;
    }

    static std::string read_code(RowReader& reader) {
        const std::string given = reader.required("code");
        std::string code = canonical_procedure_code(given);
        if (!given.empty() && !is_procedure_code(code)) {
            reader.refuse(
                "code",
                fmt::format(
                    "{} không phải là mã TTHC; ghi một chữ số, dấu chấm và sáu chữ số như "
                    "1.000049, và định dạng ô là chữ để không mất số 0 ở cuối",
                    in_quotes(given)
                )
            );
            return {};
        }
        return code;
    }

    std::vector<std::string> read_units(RowReader& reader) {
        if (reader.required("units").empty()) {
            return {};
        }
        auto units = reader.unit_codes("units");
        for (const std::string& unit : units) {
            if (!codes_.empty() && !codes_.contains(unit)) {
                reader.refuse(
                    "units",
                    fmt::format(
                        "{} không có trong danh mục đơn vị{}; ghi mã đơn vị như trong danh mục",
                        in_quotes(unit),
                        nearest_hint(unit, codes_)
                    )
                );
            }
        }
        return units;
    }

    static std::optional<Level> read_level(RowReader& reader) {
        const std::string given = reader.required("level");
        const auto level = parse_level(given);
        if (!given.empty() && !level) {
            reader.refuse(
                "level",
                fmt::format(
                    "{} không phải là mức độ dịch vụ công; ghi “toàn trình”, “một phần” hoặc “cung "
                    "cấp thông tin”",
                    in_quotes(given)
                )
            );
        }
        return level;
    }

    static std::optional<bool> read_fee(RowReader& reader) {
        const std::string given = reader.text("fee");
        const std::string folded = fold(given);
        if (folded == "co" || folded == "khong") {
            return folded == "co";
        }
        if (!given.empty()) {
            reader.refuse(
                "fee",
                fmt::format(
                    "{} không phải là “Có” hoặc “Không”; ghi một trong hai, hoặc để trống nếu chưa "
                    "rõ",
                    in_quotes(given)
                )
            );
        }
        return std::nullopt;
    }

    void add(std::vector<ProcedureRow>& rows) {
        const auto& present = basis_.present.procedures;
        const auto found = std::ranges::find(present, rows.front().code, &Procedure::code);
        const Procedure* before = found == present.end() ? nullptr : &*found;
        Procedure procedure;
        procedure.code = rows.front().code;
        procedure.name = rows.front().name;
        for (const ProcedureRow& row : rows) {
            check_name(rows.front(), row);
            for (const std::string& unit : row.units) {
                if (std::ranges::find(procedure.units, unit) == procedure.units.end()) {
                    procedure.units.push_back(unit);
                }
            }
        }
        if (rows.size() == 1 && !rows.front().day && before != nullptr) {
            say_present(rows.front(), *before, procedure);
        } else {
            tell_history(rows, before, procedure);
        }
        if (!table_.columns.contains("fee") && before != nullptr) {
            procedure.fees = before->fees;
        }
        result_.values.procedures.push_back(std::move(procedure));
    }

    void check_name(const ProcedureRow& first, const ProcedureRow& row) {
        if (!row.name.empty() && !first.name.empty() && row.name != first.name) {
            refuse(
                row,
                "name",
                fmt::format(
                    "khác với tên ở dòng {} của cùng thủ tục; ghi một tên ở mọi dòng",
                    first.row->number
                )
            );
        }
    }

    /// A single row without a day, of a procedure that is known: what holds now.
    void say_present(const ProcedureRow& row, const Procedure& before, Procedure& procedure) {
        procedure.levels = before.levels;
        procedure.fees = before.fees;
        if (row.level && row.level != before.levels.back().level) {
            if (before.levels.size() > 1) {
                refuse_undated(row, "level");
            }
            procedure.levels = {{before.levels.front().from, *row.level}};
        }
        if (!row.fee) {
            procedure.fees.clear();
        } else if (before.fees.empty()) {
            procedure.fees = {{before.levels.front().from, *row.fee}};
        } else if (*row.fee != before.fees.back().fee_bearing) {
            if (before.fees.size() > 1) {
                refuse_undated(row, "fee");
            }
            procedure.fees = {{before.fees.front().from, *row.fee}};
        }
    }

    /// It would wipe out what held before.
    void refuse_undated(const ProcedureRow& row, const char* column) {
        refuse(
            row,
            column,
            fmt::format(
                "khác với hiện nay, mà thủ tục đã có nhiều mốc thay đổi; ghi đủ các mốc, mỗi mốc "
                "một dòng với “{}”",
                column_label(Catalogue::Procedures, "from")
            )
        );
    }

    void tell_history(
        std::vector<ProcedureRow>& rows, const Procedure* before, Procedure& procedure
    ) {
        for (ProcedureRow& row : rows) {
            set_day(row, before);
        }
        std::ranges::stable_sort(rows, {}, &ProcedureRow::day);
        for (std::size_t at = 0; at < rows.size(); ++at) {
            const ProcedureRow& row = rows[at];
            if (!row.day) {
                continue;
            }
            if (at > 0 && rows[at - 1].day == row.day) {
                refuse(
                    row,
                    "from",
                    fmt::format(
                        "trùng ngày với dòng {} của cùng thủ tục; mỗi ngày ghi một dòng",
                        rows[at - 1].row->number
                    )
                );
            }
            if (row.level) {
                add_news(procedure.levels, {*row.day, *row.level}, &Procedure::DatedLevel::level);
            }
            if (row.fee) {
                add_news(procedure.fees, {*row.day, *row.fee}, &Procedure::DatedFee::fee_bearing);
            }
        }
    }

    void set_day(ProcedureRow& row, const Procedure* before) {
        if (row.day || row.row->cells.contains("from")) {
            return;  // there, or told of already
        }
        row.day = before != nullptr ? std::optional(before->levels.front().from) : basis_.from;
        if (!row.day) {
            refuse(
                row,
                "from",
                "thiếu ngày của thủ tục mới; ghi ngày đầu tiên áp dụng mức độ này, hoặc chạy lệnh "
                "với --from NGÀY (ví dụ --from 2024-01-01)"
            );
        }
    }

    void refuse(const ProcedureRow& row, const char* column, std::string message) {
        RowReader(table_, *row.row, result_.mistakes).refuse(column, std::move(message));
    }

    const CatalogueTable& table_;
    const CatalogueBasis& basis_;
    std::set<std::string, std::less<>> codes_;
    CatalogueValues result_;
};

}  // namespace

CatalogueValues procedure_values(const CatalogueTable& table, const CatalogueBasis& basis) {
    return ProcedureRows(table, basis).read();
}

}  // namespace thidua::daemon
