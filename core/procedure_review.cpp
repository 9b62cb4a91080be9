// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/procedure_review.hpp"

#include "core/result.hpp"

namespace thidua {

std::string_view to_text(ReviewWord word) {
    switch (word) {
        case ReviewWord::ProposeFull:
            return "full";
        case ReviewWord::ProposePartial:
            return "partial";
        case ReviewWord::ProposeKeep:
            return "keep";
        case ReviewWord::Approve:
            return "approved";
        case ReviewWord::Refuse:
            return "refused";
    }
    check(false, "to_text: a known ReviewWord");
    return "";
}

std::optional<ReviewWord> parse_review_word(std::string_view text) {
    using enum ReviewWord;
    for (const ReviewWord word : {ProposeFull, ProposePartial, ProposeKeep, Approve, Refuse}) {
        if (to_text(word) == text) {
            return word;
        }
    }
    return std::nullopt;
}

bool is_proposal(ReviewWord word) {
    return word != ReviewWord::Approve && word != ReviewWord::Refuse;
}

}  // namespace thidua
