// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The pages for people: each a function of what was read, and of the language.
#pragma once

#include "daemon/figure_name.hpp"
#include "daemon/scheduled_jobs.hpp"
#include "daemon/web/snapshot.hpp"
#include "daemon/web/words.hpp"
#include "store/ledger.hpp"
#include "store/pulls.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon::web {

/// The figures of the page of one unit or of the whole, and those of the weeks before.
struct StandingsView {
    const Campaign& campaign;
    const rules::StandingsInput& input;
    const rules::Standings& standings;
    const rules::Actions& actions;
    const PastWeeks& past;
    std::string_view config_hash;
};

[[nodiscard]] StandingsView view_of(const Snapshot& snapshot, const config::Settings& settings);

[[nodiscard]] std::string standings_page(const Words& words, const StandingsView& view);

/// Of the unit of this code; empty if there is none.
[[nodiscard]] std::string unit_page(
    const Words& words, const StandingsView& view, std::string_view code
);

struct SourcesView {
    std::string agency;
    std::vector<SourceStatus> sources;
    std::vector<store::PullSummary> last{};    ///< of each source
    std::vector<store::PullSummary> recent{};  ///< of all
};
[[nodiscard]] std::string sources_page(const Words& words, const SourcesView& view);

struct EditionsView {
    std::string agency;
    std::vector<store::EditionSummary> editions;  ///< in the order of publication
};
[[nodiscard]] std::string editions_page(const Words& words, const EditionsView& view);

/// An edition without the bytes of its documents.
struct EditionView {
    struct File {
        std::string name;
        std::size_t bytes = 0;
    };
    std::string agency;
    std::string id;
    std::string subject;
    Instant created_at{};
    std::vector<File> files;  ///< that may be had here
    std::size_t withheld = 0;
};
[[nodiscard]] std::string edition_page(const Words& words, const EditionView& view);

struct ScheduleView {
    std::string agency;
    std::vector<NextDue> next;
    std::vector<store::Slot> slots;  ///< the latest first
    std::vector<store::Delivery> deliveries{};
};
[[nodiscard]] std::string schedule_page(const Words& words, const ScheduleView& view);

/// A figure, taken apart as far as a page may: no single dossier.
struct ExplainView {
    struct Part {
        std::string code;
        std::string name;
        Ratio counts;
    };
    struct Printed {
        std::string edition;
        std::optional<Ratio> counts;
    };
    std::string agency;
    const Indicator* indicator = nullptr;
    std::string unit;
    std::string unit_name;
    bool is_total = false;
    Day as_of;
    Instant known_at;
    rules::Figure figure;
    std::string definition;  ///< in the page's language
    std::vector<Part> parts;
    Ratio recounted;
    std::vector<store::SliceSummary> slices;
    std::vector<Printed> published;
    std::string config_hash;
};
[[nodiscard]] std::string explain_page(const Words& words, const ExplainView& view);

/// A page that says why there is no other one.
[[nodiscard]] std::string message_page(
    const Words& words, std::string_view title, std::string_view text
);

}  // namespace thidua::daemon::web
