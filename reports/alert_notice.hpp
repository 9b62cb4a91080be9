// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A reminder (nhắc việc): what one reader is told on one day, all of it in one message, the gravest
// first. It has nothing of a unit that the reader is not told of.
#pragma once

#include "core/alert.hpp"
#include "reports/digest.hpp"
#include "reports/document.hpp"
#include "rules/alert.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::reports {

/// One unit, one indicator, one step of the ladder.
struct AlertReminder {
    const rules::UnitStanding* unit = nullptr;
    const Indicator* indicator = nullptr;
    AlertStep step = AlertStep::First;
    Day below_since;                      ///< the first day of the stretch below the target
    std::optional<rules::NextStep> next;  ///< after this one; nothing: that was the last
};

struct AlertNoticeInput {
    /// Whose standings have the units of `reminders` alone, and no total.
    DigestInput figures;
    std::string organisation;  ///< the agency
    std::vector<AlertReminder> reminders;
    Day day;  ///< of the reminder
};

[[nodiscard]] Document alert_notice(const AlertNoticeInput& input);

/// "nhắc lần 1", "nhắc lần 2", "báo cáo lãnh đạo"
[[nodiscard]] std::string_view vietnamese(AlertStep step);

/// "chưa đến mức nhắc" ... the states, as readers of digests and of `thidua alerts` see them.
[[nodiscard]] std::string_view vietnamese(AlertState state);

/// "nhắc lần 2 ngày 25/10/2024 nếu vẫn chưa đạt": what comes next, and when.
[[nodiscard]] std::string next_step_phrase(const std::optional<rules::NextStep>& next);

/// "Văn phòng Đăng ký đất đai, mọi chỉ tiêu, đến hết 31/10/2024 (chuyển trụ sở)"; `name` is the
/// unit's, empty for all units, and `indicator` the indicator's, empty for all.
[[nodiscard]] std::string silence_phrase(
    const Silence& silence, std::string_view name, std::string_view indicator
);

}  // namespace thidua::reports
