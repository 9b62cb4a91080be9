// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// What a client asks the portal's reporting (domain.md 2.2): which period, below which department,
// and perhaps for one procedure.

#pragma once

#include "departments.hpp"
#include "http_types.hpp"
#include "scores.hpp"
#include "snapshot.hpp"

#include <expected>
#include <optional>
#include <string_view>

namespace thidua::sandbox {

struct ReportQuestion {
    Period period;
    std::optional<Department> root;  // none: the whole nation
    std::optional<ProcedureIndex> procedure;
};

/// How the endpoints name what they are asked for, which is not the same everywhere.
struct ReportKeys {
    std::string_view formality = "formalityId";
    bool by_dates = false;  // fromDate and toDate, and no timeType
};

/// The question, or the answer to one that cannot be understood (400), is about no department, or
/// is about no procedure (both 201 with code NOT_FOUND and no data).
std::expected<ReportQuestion, Reply> read_question(std::string_view body, const ReportKeys& keys);

/// Counts of the question's period, by department, and the portfolio on its last day or today.
class ReportCounts {
  public:
    ReportCounts(const ReportQuestion& question, const Snapshot& snapshot);

    /// All 0 for a department that is not of our tree.
    [[nodiscard]] const NationalCounts& of(const Department& department) const;
    [[nodiscard]] Portfolio portfolio(const Department& department) const;
    /// The period has not ended yet.
    [[nodiscard]] bool goes_on() const { return goes_on_; }

  private:
    NationalTree tree_;
    NationalCounts nothing_;
    std::optional<ProcedureIndex> procedure_;
    Day day_;
    bool goes_on_;
};

/// The years that can be asked for.
inline constexpr std::int64_t year_first = 2020;
inline constexpr std::int64_t year_last = 2099;

/// Whole calendar months: `count` of them from `first` of `year` on.
Period months(std::int64_t year, std::int64_t first, int count);

}  // namespace thidua::sandbox
