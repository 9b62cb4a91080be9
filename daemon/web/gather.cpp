// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/gather.hpp"

#include "daemon/grounds.hpp"
#include "daemon/notices.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace thidua::daemon::web {
namespace {

constexpr std::int64_t pulls_shown = 30;
constexpr std::int64_t slots_shown = 40;
constexpr std::size_t editions_with_deliveries = 8;
constexpr std::string_view unit_editions_prefix = "unit/";
constexpr std::string_view workbook_ending = ".xlsx";

/// A unit edition's workbook has codes of dossiers: its unit gets it, and nobody else.
bool may_be_had(std::string_view edition, std::string_view file) {
    return !(edition.starts_with(unit_editions_prefix) && file.ends_with(workbook_ending));
}

/// A plain name of a file: nothing that could end a header or a path.
bool is_file_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '.' || letter == '-' || letter == '_';
    });
}

}  // namespace

std::string agency_name(const config::Settings& settings) {
    const auto root =
        std::ranges::find_if(settings.units, [](const DatedUnit& unit) { return !unit.parent; });
    const std::string name = root == settings.units.end() ? "" : root->name + " · ";
    return name + settings.campaign.name;
}

Result<SourcesView> gather_sources(const Reader& reader) {
    auto sources = source_statuses(reader.store(), reader.settings(), reader.now());
    if (!sources) {
        return std::unexpected(sources.error());
    }
    SourcesView view{.agency = agency_name(reader.settings()), .sources = *std::move(sources)};
    auto last = reader.store().call([](store::Store& store) {
        return store.pulls({.which = store::PullQuery::Which::LastOfEachSource, .source = ""});
    });
    auto recent = reader.store().call([](store::Store& store) {
        return store.pulls({.source = "", .limit = pulls_shown});
    });
    if (!last || !recent) {
        return std::unexpected(last ? recent.error() : last.error());
    }
    view.last = *std::move(last);
    view.recent = *std::move(recent);
    for (auto* const pulls : {&view.last, &view.recent}) {
        for (store::PullSummary& pull : *pulls) {
            pull.error = without_addresses(pull.error);
        }
    }
    return view;
}

Result<EditionsView> gather_editions(const Reader& reader) {
    auto editions = reader.store().call([](store::Store& store) { return store.editions(); });
    if (!editions) {
        return std::unexpected(editions.error());
    }
    return EditionsView{agency_name(reader.settings()), *std::move(editions)};
}

Result<std::optional<EditionView>> gather_edition(const Reader& reader, std::string_view id) {
    const auto edition =
        reader.store().call([&](store::Store& store) { return store.find_edition(id); });
    if (!edition) {
        return std::unexpected(edition.error());
    }
    if (!*edition) {
        return std::nullopt;
    }
    EditionView view{
        .agency = agency_name(reader.settings()),
        .id = (*edition)->id,
        .subject = (*edition)->subject,
        .created_at = (*edition)->created_at,
        .files = {}};
    for (const store::EditionDocument& document : (*edition)->documents) {
        if (may_be_had(id, document.file_name) && is_file_name(document.file_name)) {
            view.files.push_back({document.file_name, document.bytes.size()});
        } else {
            ++view.withheld;
        }
    }
    return view;
}

Result<std::optional<std::string>> gather_document(
    const Reader& reader, std::string_view edition, std::string_view file
) {
    if (!may_be_had(edition, file) || !is_file_name(file)) {
        return std::nullopt;
    }
    auto found =
        reader.store().call([&](store::Store& store) { return store.find_edition(edition); });
    if (!found) {
        return std::unexpected(found.error());
    }
    if (!*found) {
        return std::nullopt;
    }
    auto& documents = (*found)->documents;
    const auto document = std::ranges::find(documents, file, &store::EditionDocument::file_name);
    return document == documents.end() ? std::nullopt : std::optional(std::move(document->bytes));
}

Result<ScheduleView> gather_schedule(const Reader& reader) {
    ScheduleView view{.agency = agency_name(reader.settings()), .next = {}, .slots = {}};
    view.next = next_of_all_jobs(reader.settings(), reader.now());
    auto read = reader.store().call([&](store::Store& store) -> Result<void> {
        auto slots = store.slots("", slots_shown);
        const auto editions = store.editions();
        if (!slots || !editions) {
            return std::unexpected(slots ? editions.error() : slots.error());
        }
        view.slots = *std::move(slots);
        for (store::Slot& slot : view.slots) {
            slot.reason = without_addresses(slot.reason);
        }
        const std::size_t first =
            editions->size() - std::min(editions->size(), editions_with_deliveries);
        for (std::size_t at = editions->size(); at > first; --at) {
            auto deliveries = store.deliveries((*editions)[at - 1].id);
            if (!deliveries) {
                return std::unexpected(deliveries.error());
            }
            std::ranges::move(*deliveries, std::back_inserter(view.deliveries));
        }
        return {};
    });
    return read ? Result<ScheduleView>(std::move(view)) : std::unexpected(read.error());
}

const char* type_of(std::string_view file) {
    constexpr std::array<std::pair<std::string_view, const char*>, 7> types{{
        {".html", "text/html; charset=utf-8"},
        {".txt", "text/plain; charset=utf-8"},
        {".json", "application/json"},
        {".pdf", "application/pdf"},
        {".png", "image/png"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    }};
    const auto* const type =
        std::ranges::find_if(types, [&](const auto& one) { return file.ends_with(one.first); });
    return type == types.end() ? "application/octet-stream" : type->second;
}

}  // namespace thidua::daemon::web
