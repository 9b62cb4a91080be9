// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How any edition comes into the ledger and into its folder, once.
#pragma once

#include "daemon/service.hpp"
#include "reports/digest.hpp"
#include "reports/document.hpp"
#include "store/ledger.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::daemon {

/// Whether the documents that the settings ask for can be written on this machine. Errors: Io with
/// the package that is missing.
[[nodiscard]] Result<void> check_documents(const config::Settings& settings);

/// The audit chain's newest entry. An edition that is made again at the very instant at which it
/// was published has the one it was published with: later entries would make other bytes of it.
/// Errors: Io.
[[nodiscard]] Result<store::AuditHead> seal_for(const Service& service, std::string_view id);

/// As a report prints it; nothing before there was a chain.
[[nodiscard]] std::optional<reports::AuditSeal> printed(const store::AuditHead& seal);

/// Adds the document to the edition as page, text and PDF, and the pictures of its mail, each
/// called `name` and what it is, and gives the edition its subject. Errors: Io if a font is not
/// installed.
[[nodiscard]] Result<void> add_document(
    store::Edition& edition, const std::string& name, const reports::Document& document
);

/// Which edition, and where it belongs.
struct EditionOrder {
    std::string id;
    std::optional<store::SlotKey> slot{};  ///< that it is made for; none: somebody asked for it
};

/// Publishes the edition: into the ledger, made by `render` unless it is there already, then
/// into the folder, from the ledger's bytes, so that a crash between the two is mended by doing it
/// again. `folder` is asked once the edition is there.
[[nodiscard]] Result<store::Edition> publish_once(
    const Service& service,
    const EditionOrder& order,
    const std::function<Result<store::Edition>()>& render,
    const std::function<std::filesystem::path()>& folder
);

}  // namespace thidua::daemon
