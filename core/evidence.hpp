// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a unit or an officer filed to show that a content was done (minh chứng). Recorded once and
// never changed; what is decided about it stands beside it, the last word counts.
#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thidua {

enum class EvidenceState {
    Filed,     ///< đã nộp: nobody has looked at it yet
    Accepted,  ///< được chấp nhận
    Rejected,  ///< không được chấp nhận
};

/// "filed", "accepted", "rejected"
[[nodiscard]] std::string_view to_text(EvidenceState state);

/// The reverse; nothing if `text` is none of the three.
[[nodiscard]] std::optional<EvidenceState> parse_evidence_state(std::string_view text);

struct Evidence {
    std::int64_t id = 0;    ///< 0: not on file yet
    std::string candidate;  ///< a unit's code, or an officer's id
    std::string topic;      ///< what it is for (rules::evidence_topic), such as "content/3"
    std::string title;
    std::string text;           ///< what was done
    std::optional<Day> day;     ///< on which it was done
    std::string document{};     ///< number of the paper that shows it; may be empty
    std::string file_name{};    ///< of the file that shows it; may be empty
    std::string file_sha256{};  ///< of that file's bytes
    std::string filed_by{};
    Instant filed_at{};

    EvidenceState state = EvidenceState::Filed;
    std::string ruled_by{};  ///< who accepted or rejected it
    std::optional<Instant> ruled_at{};
    std::string why{};

    friend bool operator==(const Evidence&, const Evidence&) = default;
};

}  // namespace thidua
