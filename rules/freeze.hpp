// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Chốt số: which report of the awards falls due when, and what keeps its figures from being final.
// Pure.
#pragma once

#include "core/campaign.hpp"
#include "core/time.hpp"
#include "rules/standings.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::rules {

/// Which of the reports on the awards an edition is.
enum class Stage {
    Rehearsal,    ///< diễn tập: "nếu kết thúc hôm nay", every week until the freeze
    Provisional,  ///< tạm thời: at the cut-off; what comes late still counts
    Final,        ///< chính thức: at the end of the window for late data
    Amendment,    ///< sửa đổi: after it, numbered, approved by somebody
};

/// "rehearsal", "provisional", "final", "amendment"
[[nodiscard]] std::string_view to_text(Stage stage);

/// The least that a figure must be for an award to be decided on it at this stage: "tạm tính" will
/// do until the final report, which demands that it was reconciled.
[[nodiscard]] Fitness demanded_at(Stage stage);

/// When the stage falls due by itself. Rehearsals come with the digests, amendments by decision:
/// nothing.
[[nodiscard]] std::optional<Instant> due_at(const Freeze& freeze, Stage stage);

/// What keeps figures and verdicts from being "đã chốt".
struct OpenPoints {
    /// Entries of the ambiguity register that nobody has decided on: their ids.
    std::vector<std::string> undecided;
    /// Indicators of which some candidate's figure is not reconciled: their ids.
    std::vector<std::string> unfit;

    [[nodiscard]] bool is_empty() const { return undecided.empty() && unfit.empty(); }
    friend bool operator==(const OpenPoints&, const OpenPoints&) = default;
};

/// Looks at the figures with a target of the root and of the ranked units, on which awards rest.
[[nodiscard]] OpenPoints open_points(const Campaign& campaign, const Standings& standings);

/// The standings with what was reconciled, or needs no witness, made "đã chốt", and the whole as
/// its worst figure is.
[[nodiscard]] Standings closed(Standings standings);

}  // namespace thidua::rules
