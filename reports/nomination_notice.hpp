// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A reminder of nomination papers (nhắc hồ sơ đề nghị khen thưởng): what one reader is told on one
// day, the most urgent first.
#pragma once

#include "core/calendar.hpp"
#include "core/campaign.hpp"
#include "core/digest_texts.hpp"
#include "core/time.hpp"
#include "reports/document.hpp"
#include "rules/nomination.hpp"

#include <string>
#include <vector>

namespace thidua::reports {

/// One candidate, one award, one deadline.
struct NominationReminder {
    rules::Reminder::Kind kind = rules::Reminder::Kind::ComingUp;
    std::string candidate;  ///< name
    const Award* award = nullptr;
    const Deadline* deadline = nullptr;
    std::vector<rules::PartState> parts;
    std::string verdict;  ///< what eligibility came to so far, in words
};

struct NominationNoticeInput {
    const Campaign& campaign;
    const Calendar& calendar;
    std::string organisation;  ///< the agency
    std::vector<NominationReminder> reminders;
    Day day;           ///< of the reminder
    Instant known_at;  ///< what was received by then counts
    std::string config_hash;
    DigestTexts texts;
    std::vector<std::string> recipients;  ///< names, as in Nơi nhận
};

/// "Nộp về Văn phòng Sở từ 01/01/2025 đến 02/01/2025, 1 ngày làm việc; ngày nghỉ: 01/01/2025 (Tết
/// Dương lịch)"
[[nodiscard]] std::string window_phrase(
    const Deadline& deadline, const Plan& plan, const Calendar& calendar
);

/// `input.reminders` is not empty.
[[nodiscard]] Document nomination_notice(const NominationNoticeInput& input);

}  // namespace thidua::reports
