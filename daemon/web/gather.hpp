// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Reads from the store what a page or a machine is shown.
#pragma once

#include "daemon/web/http_server.hpp"
#include "daemon/web/metrics.hpp"
#include "daemon/web/pages.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace thidua::daemon::web {

/// "Sở ... · Đợt thi đua ...": what stands over every page.
[[nodiscard]] std::string agency_name(const config::Settings& settings);

[[nodiscard]] Result<SourcesView> gather_sources(const Reader& reader);
[[nodiscard]] Result<EditionsView> gather_editions(const Reader& reader);
/// Nothing if there is no such edition.
[[nodiscard]] Result<std::optional<EditionView>> gather_edition(
    const Reader& reader, std::string_view id
);
/// The bytes of a document that may be had here; nothing if there is none.
[[nodiscard]] Result<std::optional<std::string>> gather_document(
    const Reader& reader, std::string_view edition, std::string_view file
);
[[nodiscard]] Result<ScheduleView> gather_schedule(const Reader& reader);
/// Errors: Usage if no figure has the id; Io.
[[nodiscard]] Result<ExplainView> gather_explanation(
    const Words& words, const Reader& reader, const Snapshot& snapshot, std::string_view id
);
/// `snapshot` is null where there are no figures yet.
[[nodiscard]] Result<MetricsInput> gather_metrics(const Reader& reader, const Snapshot* snapshot);

/// The type that a browser is told of a document, by its name.
[[nodiscard]] const char* type_of(std::string_view file);

}  // namespace thidua::daemon::web
