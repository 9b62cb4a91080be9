// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a unit proposed after reviewing a procedure (rà soát TTHC), and what was decided about it.
// Recorded once and never changed; the last word on a procedure counts.
#pragma once

#include "core/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace thidua {

enum class ReviewWord {
    ProposeFull,     ///< đề nghị công bố toàn trình
    ProposePartial,  ///< đề nghị cung cấp một phần
    ProposeKeep,     ///< đề nghị giữ nguyên mức độ
    Approve,         ///< the proposal is followed
    Refuse,          ///< it is not
};

/// "full", "partial", "keep", "approved", "refused"
[[nodiscard]] std::string_view to_text(ReviewWord word);

/// The reverse; nothing if `text` is none of them.
[[nodiscard]] std::optional<ReviewWord> parse_review_word(std::string_view text);

/// Whether it is a unit's proposal, not a decision about one.
[[nodiscard]] bool is_proposal(ReviewWord word);

struct ProcedureReview {
    std::string procedure;  ///< canonical code
    std::string unit;       ///< code of the unit that reviewed it
    ReviewWord word = ReviewWord::ProposeKeep;
    std::string by;  ///< who recorded it
    Instant at;
    std::string document{};  ///< number of the paper it stands in; may be empty
    std::string note{};      ///< why; may be empty

    friend bool operator==(const ProcedureReview&, const ProcedureReview&) = default;
};

}  // namespace thidua
