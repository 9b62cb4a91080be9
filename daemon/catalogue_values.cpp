// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/catalogue_values.hpp"

#include "core/text.hpp"
#include "daemon/catalogue_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace thidua::daemon {
namespace {

using config::Catalogue;

/// A column that a table may do without, and whether an officer of the catalogue says something
/// there.
struct OptionalOfficerColumn {
    const char* id;
    bool (*is_filled)(const Officer&);
};

constexpr auto optional_officer_columns = std::to_array<OptionalOfficerColumn>({
    {"position", [](const Officer& officer) { return !officer.position.empty(); }},
    {"from", [](const Officer& officer) { return officer.days.from.has_value(); }},
    {"until", [](const Officer& officer) { return officer.days.until.has_value(); }},
});

/// Reads officers, one a row.
class OfficerRows {
  public:
    OfficerRows(const CatalogueTable& table, const CatalogueBasis& basis)
        : table_(table), present_(basis.present), codes_(codes_of(present_.units)) {}

    CatalogueValues read() && {
        for (const CatalogueRow& row : table_.rows) {
            add(row);
        }
        for (const auto& [column, is_filled] : optional_officer_columns) {
            const bool is_missing = !table_.columns.contains(column);
            if (is_missing && std::ranges::any_of(present_.officers, is_filled)) {
                result_.kept.push_back(kept_column(Catalogue::Officers, column));
            }
        }
        return std::move(result_);
    }

  private:
    void add(const CatalogueRow& row) {
        RowReader reader(table_, row, result_.mistakes);
        Officer officer;
        officer.id = reader.required("id");
        check_id(officer.id, row, reader);
        officer.name = reader.required("name");
        if (!reader.required("unit").empty()) {
            officer.unit = reader.unit_code("unit");
        }
        if (!officer.unit.empty() && !codes_.empty() && !codes_.contains(officer.unit)) {
            reader.refuse(
                "unit",
                fmt::format(
                    "{} không có trong danh mục đơn vị{}; ghi mã đơn vị như trong danh mục",
                    in_quotes(officer.unit),
                    nearest_hint(officer.unit, codes_)
                )
            );
        }
        officer.position = reader.text("position");
        officer.days = reader.days();
        keep_present(reader, officer);
        result_.values.officers.push_back(std::move(officer));
    }

    void check_id(const std::string& id, const CatalogueRow& row, RowReader& reader) {
        if (id.empty()) {
            return;
        }
        if (!is_officer_id(id)) {
            reader.refuse(
                "id",
                fmt::format(
                    "{} không phải là mã cán bộ; chỉ dùng chữ cái không dấu, chữ số và dấu gạch "
                    "nối, ví dụ CB-017",
                    in_quotes(id)
                )
            );
        }
        const auto [first, is_new] = first_rows_.emplace(fold(id), row.number);
        if (!is_new) {
            reader.refuse(
                "id",
                fmt::format(
                    "{} đã có ở dòng {}; mỗi cán bộ ghi một dòng với mã riêng",
                    in_quotes(id),
                    first->second
                )
            );
        }
    }

    void keep_present(const RowReader& reader, Officer& officer) const {
        const auto before = std::ranges::find(present_.officers, officer.id, &Officer::id);
        if (before == present_.officers.end()) {
            return;
        }
        officer.position = reader.has("position") ? officer.position : before->position;
        officer.days.from = reader.has("from") ? officer.days.from : before->days.from;
        officer.days.until = reader.has("until") ? officer.days.until : before->days.until;
    }

    const CatalogueTable& table_;
    const config::Catalogues& present_;
    std::set<std::string, std::less<>> codes_;
    std::map<std::string, std::int64_t> first_rows_;
    CatalogueValues result_;
};

CatalogueValues values_of(const CatalogueTable& table, const CatalogueBasis& basis) {
    switch (table.which) {
        case Catalogue::Units:
            return unit_values(table, basis);
        case Catalogue::Procedures:
            return procedure_values(table, basis);
        case Catalogue::Officers:
            return officer_values(table, basis);
    }
    return {};
}

}  // namespace

CatalogueValues catalogue_values(const CatalogueTable& table, const CatalogueBasis& basis) {
    CatalogueValues result = values_of(table, basis);
    result.mistakes.insert(result.mistakes.begin(), table.mistakes.begin(), table.mistakes.end());
    std::ranges::stable_sort(result.mistakes, {}, &RowMistake::row);
    return result;
}

CatalogueValues officer_values(const CatalogueTable& table, const CatalogueBasis& basis) {
    return OfficerRows(table, basis).read();
}

std::string kept_column(Catalogue which, std::string_view column) {
    return fmt::format("\"{}\", for which the table has no column", column_label(which, column));
}

std::set<std::string, std::less<>> codes_of(const std::vector<DatedUnit>& units) {
    std::set<std::string, std::less<>> codes;
    for (const DatedUnit& unit : units) {
        codes.insert(unit.code);
    }
    return codes;
}

}  // namespace thidua::daemon
