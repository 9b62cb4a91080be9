// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Rows of the table of units.
#include "core/codes.hpp"
#include "daemon/catalogue_columns.hpp"
#include "daemon/catalogue_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace thidua::daemon {
namespace {

using config::Catalogue;

/// A column that a table may do without, and whether a unit of the catalogue says something there.
struct OptionalUnitColumn {
    const char* id;
    bool (*is_filled)(const DatedUnit&);
};

constexpr auto optional_unit_columns = std::to_array<OptionalUnitColumn>({
    {"parent", [](const DatedUnit& unit) { return unit.parent.has_value(); }},
    {"aliases", [](const DatedUnit& unit) { return !unit.aliases.empty(); }},
    {"from", [](const DatedUnit& unit) { return unit.days.from.has_value(); }},
    {"until", [](const DatedUnit& unit) { return unit.days.until.has_value(); }},
    {"merged_into", [](const DatedUnit& unit) { return unit.merged_into.has_value(); }},
});

/// Whether `value` is what the unit had at first or after one of its changes.
bool is_in_history(
    const DatedUnit& unit,
    const std::string& first,
    std::optional<std::string> DatedUnit::Change::*changed,
    const std::string& value
) {
    return value == first ||
           std::ranges::any_of(unit.changes, [&](const DatedUnit::Change& change) {
               return change.*changed && *(change.*changed) == value;
           });
}

class UnitRows {
  public:
    UnitRows(const CatalogueTable& table, const CatalogueBasis& basis)
        : table_(table), present_(basis.present.units) {}

    CatalogueValues read() && {
        for (const CatalogueRow& row : table_.rows) {
            add(row);
        }
        codes_ = codes_of(units());
        for (std::size_t at = 0; at < units().size(); ++at) {
            RowReader reader(table_, table_.rows[at], result_.mistakes);
            check_code(at, reader);
            check_references(at, reader);
            check_aliases(at, reader);
        }
        check_roots();
        for (const auto& [column, is_filled] : optional_unit_columns) {
            if (!table_.columns.contains(column) && std::ranges::any_of(present_, is_filled)) {
                result_.kept.push_back(kept_column(Catalogue::Units, column));
            }
        }
        return std::move(result_);
    }

  private:
    std::vector<DatedUnit>& units() { return result_.values.units; }

    void add(const CatalogueRow& row) {
        RowReader reader(table_, row, result_.mistakes);
        DatedUnit unit;
        if (!reader.required("code").empty()) {
            unit.code = reader.unit_code("code");
        }
        unit.name = reader.required("name");
        if (std::string parent = reader.unit_code("parent"); !parent.empty()) {
            unit.parent = std::move(parent);
        }
        for (std::string& alias : reader.unit_codes("aliases")) {
            if (alias != unit.code) {  // its own code in the old form needs no alias
                unit.aliases.push_back({std::move(alias), {}});
            }
        }
        unit.days = reader.days();
        if (std::string heir = reader.unit_code("merged_into"); !heir.empty()) {
            unit.merged_into = std::move(heir);
        }
        if (const DatedUnit* before = find_present(unit, reader.has("from"))) {
            keep_columns(reader, *before, unit);
            keep_history(reader, *before, unit);
            keep_aliases(*before, unit);
        }
        if (unit.merged_into && !unit.days.until) {
            reader.refuse(
                "merged_into",
                fmt::format(
                    "chỉ ghi khi có “{}”, ngày cuối cùng của đơn vị; hãy ghi ngày đó",
                    column_label(Catalogue::Units, "until")
                )
            );
        }
        units().push_back(std::move(unit));
    }

    /// The unit of the catalogue that the row is about. A code may have been used twice.
    [[nodiscard]] const DatedUnit* find_present(const DatedUnit& unit, bool has_days) const {
        const DatedUnit* found = nullptr;
        for (const DatedUnit& each : present_) {
            if (each.code != unit.code || unit.code.empty()) {
                continue;
            }
            if (has_days && each.days.from == unit.days.from) {
                return &each;
            }
            if (found == nullptr && (!has_days || overlap(each.days, unit.days))) {
                found = &each;
            }
        }
        return found;
    }

    static void keep_columns(const RowReader& reader, const DatedUnit& before, DatedUnit& unit) {
        unit.parent = reader.has("parent") ? unit.parent : before.parent;
        unit.days.from = reader.has("from") ? unit.days.from : before.days.from;
        unit.days.until = reader.has("until") ? unit.days.until : before.days.until;
        unit.merged_into = reader.has("merged_into") ? unit.merged_into : before.merged_into;
        if (!reader.has("aliases")) {
            unit.aliases = before.aliases;
        }
    }

    /// Renames and moves stay. The table then names the unit as at first or as later; a name that
    /// is neither could mean a mistake as well as a rename of which nobody says the day.
    void keep_history(RowReader& reader, const DatedUnit& before, DatedUnit& unit) {
        if (before.changes.empty()) {
            return;
        }
        constexpr const char* remedy =
            "{} không có trong lịch sử của đơn vị này trong tệp YAML; ghi như trong đó, hoặc ghi "
            "thay đổi kèm ngày vào “changes” của tệp YAML";
        if (!unit.name.empty() &&
            !is_in_history(before, before.name, &DatedUnit::Change::name, unit.name)) {
            reader.refuse("name", fmt::format(fmt::runtime(remedy), in_quotes(unit.name)));
        }
        if (!is_in_history(
                before,
                before.parent.value_or(""),
                &DatedUnit::Change::parent,
                unit.parent.value_or("")
            )) {
            reader.refuse(
                "parent", fmt::format(fmt::runtime(remedy), in_quotes(unit.parent.value_or("")))
            );
        }
        unit.name = before.name;
        unit.parent = before.parent;
        unit.changes = before.changes;
        result_.kept.push_back(
            fmt::format("{}: renames and moves (changes: {})", unit.code, unit.changes.size())
        );
    }

    /// Aliases with days stay with them, whether or not the table names their codes.
    void keep_aliases(const DatedUnit& before, DatedUnit& unit) {
        for (const DatedUnit::DatedAlias& alias : before.aliases) {
            if (alias.days == DaysInForce{}) {
                continue;
            }
            const auto same =
                std::ranges::find(unit.aliases, alias.code, &DatedUnit::DatedAlias::code);
            if (same != unit.aliases.end() && same->days == DaysInForce{}) {
                same->days = alias.days;
            } else if (std::ranges::find(unit.aliases, alias) == unit.aliases.end()) {
                unit.aliases.push_back(alias);
            }
            result_.kept.push_back(fmt::format("{}: the dated alias {}", unit.code, alias.code));
        }
    }

    void check_code(std::size_t at, RowReader& reader) {
        const DatedUnit& unit = units()[at];
        for (std::size_t earlier = 0; earlier < at && !unit.code.empty(); ++earlier) {
            const DatedUnit& other = units()[earlier];
            if (other.code == unit.code && overlap(other.days, unit.days)) {
                reader.refuse(
                    "code",
                    fmt::format(
                        "{} đã có ở dòng {}; mỗi đơn vị ghi một dòng",
                        in_quotes(unit.code),
                        table_.rows[earlier].number
                    )
                );
                return;
            }
        }
    }

    void check_references(std::size_t at, RowReader& reader) {
        if (codes_.contains("")) {
            return;  // the code that is missed may be the one that cannot be read
        }
        const DatedUnit& unit = units()[at];
        const auto check = [&](const char* column, const std::optional<std::string>& code) {
            if (code && !codes_.contains(*code)) {
                reader.refuse(
                    column,
                    fmt::format(
                        "{} không phải là mã của đơn vị nào trong bảng{}; ghi mã có ở cột “{}”",
                        in_quotes(*code),
                        nearest_hint(*code, codes_),
                        column_label(Catalogue::Units, "code")
                    )
                );
            } else if (code && *code == unit.code) {
                reader.refuse(
                    column, fmt::format("{} là mã của chính đơn vị này", in_quotes(*code))
                );
            }
        };
        check("parent", unit.parent);
        check("merged_into", unit.merged_into);
    }

    void check_aliases(std::size_t at, RowReader& reader) {
        for (const DatedUnit::DatedAlias& alias : units()[at].aliases) {
            for (std::size_t other = 0; other < units().size(); ++other) {
                if (other != at && takes(units()[other], other < at, alias, units()[at])) {
                    reader.refuse(
                        "aliases",
                        fmt::format(
                            "{} đã là mã của đơn vị ở dòng {}; mỗi mã chỉ thuộc một đơn vị",
                            in_quotes(alias.code),
                            table_.rows[other].number
                        )
                    );
                    break;
                }
            }
        }
    }

    /// Whether `other` has the alias of `unit` as its code, or before it as an alias.
    static bool takes(
        const DatedUnit& other,
        bool is_before,
        const DatedUnit::DatedAlias& alias,
        const DatedUnit& unit
    ) {
        if (!overlap(other.days, unit.days) || !overlap(other.days, alias.days)) {
            return false;
        }
        return other.code == alias.code ||
               (is_before && std::ranges::any_of(other.aliases, [&](const auto& each) {
                    return each.code == alias.code && overlap(each.days, alias.days);
                }));
    }

    void check_roots() {
        std::optional<std::size_t> root;
        for (std::size_t at = 0; at < units().size(); ++at) {
            const DatedUnit& unit = units()[at];
            if (unit.parent || !unit.changes.empty()) {
                root = unit.parent ? root : std::optional(at);
                continue;
            }
            if (root && overlap(units()[*root].days, unit.days)) {
                RowReader(table_, table_.rows[at], result_.mistakes)
                    .refuse(
                        "parent",
                        fmt::format(
                            "thiếu mã cấp trên; chỉ một đơn vị được để trống, là đơn vị cao nhất, "
                            "và dòng {} đã để trống",
                            table_.rows[*root].number
                        )
                    );
            } else {
                root = at;
            }
        }
        if (!root && !units().empty()) {
            result_.mistakes.push_back(
                {table_.sheet,
                 0,
                 column_label(Catalogue::Units, "parent"),
                 "không có đơn vị cao nhất; để trống ô này ở dòng của đơn vị đó"}
            );
        }
    }

    const CatalogueTable& table_;
    const std::vector<DatedUnit>& present_;
    std::set<std::string, std::less<>> codes_;
    CatalogueValues result_;
};

}  // namespace

CatalogueValues unit_values(const CatalogueTable& table, const CatalogueBasis& basis) {
    return UnitRows(table, basis).read();
}

}  // namespace thidua::daemon
