// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The rows of the older gateway: upper-case keys, all values texts, codes of both forms in one
// array, and units that were given another ID in the middle of a year.

#pragma once

#include "report_question.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::sandbox {

inline constexpr std::string_view province_number = "417489";

/// A line of the score table: a department under one of its IDs.
struct Listed {
    std::string id;
    std::string code;
    Department department;
};

/// The provinces for "0", the units of ours for its ID; nothing for any other. Units that were
/// renumbered within the period come once under either ID, and once under each code.
std::vector<Listed> listed(std::string_view id, const Period& period);
/// Whose dossiers an ID sums up.
std::optional<UnitIndex> unit_with_id(std::string_view id);

/// A row of report_tinh_766_service, without its place in the list.
boost::json::object score_row(const Listed& one, const ReportCounts& counts);
/// The row of report_by_month_sum_service and report_by_year_sum_service.
boost::json::object summary_row(const NationalCounts& counts, const Portfolio& portfolio);
/// A row of procedure_advanced_search_service_v2, without its place in the list.
boost::json::object procedure_row(std::size_t index);

}  // namespace thidua::sandbox
