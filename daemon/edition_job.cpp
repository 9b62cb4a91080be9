// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/edition_job.hpp"

#include "daemon/edition_files.hpp"
#include "delivery/filing.hpp"
#include "reports/pdf.hpp"

#include <utility>
#include <vector>

namespace thidua::daemon {

Result<void> check_documents(const config::Settings& settings) {
    const bool makes_any = settings.digest || settings.final_reports;
    return makes_any ? reports::check_pdf_fonts() : Result<void>{};
}

Result<store::AuditHead> seal_for(const Service& service, std::string_view id) {
    const Instant now = service.clock.now();
    return service.store.call([&](store::Store& store) -> Result<store::AuditHead> {
        const auto on_file = store.find_edition(id);
        if (!on_file) {
            return std::unexpected(on_file.error());
        }
        if (*on_file && (*on_file)->created_at == now) {
            return seal_of(**on_file).value_or(store::AuditHead{});
        }
        return store.audit_head();
    });
}

Result<store::Edition> publish_once(
    const Service& service,
    const std::string& id,
    const std::function<Result<store::Edition>()>& render,
    const std::function<std::filesystem::path()>& folder
) {
    auto on_file = service.store.call([&](store::Store& store) { return store.find_edition(id); });
    if (!on_file) {
        return std::unexpected(on_file.error());
    }
    if (!*on_file) {
        auto rendered = render();
        if (!rendered) {
            return rendered;
        }
        const auto added =
            service.store.call([&](store::Store& store) { return store.add_edition(*rendered); });
        if (!added) {
            return std::unexpected(added.error());
        }
        *on_file = *std::move(rendered);
    }
    std::vector<delivery::FiledDocument> documents;
    for (const store::EditionDocument& document : (*on_file)->documents) {
        documents.push_back({document.file_name, document.bytes});
    }
    if (auto filed = delivery::file_documents(folder(), documents); !filed) {
        return failed("file " + id, filed.error());
    }
    return **on_file;
}

}  // namespace thidua::daemon
