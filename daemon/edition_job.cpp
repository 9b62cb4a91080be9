// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/edition_job.hpp"

#include "daemon/edition_files.hpp"
#include "daemon/uploader.hpp"
#include "delivery/filing.hpp"
#include "reports/mail.hpp"
#include "reports/pdf.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace thidua::daemon {

Result<void> check_documents(const config::Settings& settings) {
    const bool makes_any = settings.digest || settings.final_reports || settings.alerts;
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

std::optional<reports::AuditSeal> printed(const store::AuditHead& seal) {
    if (seal.number == 0) {
        return std::nullopt;
    }
    return reports::AuditSeal{seal.number, seal.hash};
}

Result<void> add_document(
    store::Edition& edition, const std::string& name, const reports::Document& document
) {
    auto pdf = reports::render_pdf(document);
    auto pictures = reports::draw_pictures(document);
    if (!pdf || !pictures) {
        return std::unexpected(pdf ? pictures.error() : pdf.error());
    }
    reports::MailParts mail = reports::render_mail(document, *pictures);
    edition.subject = std::move(mail.subject);
    edition.documents.push_back({name + ".html", std::move(mail.html)});
    edition.documents.push_back({name + ".txt", std::move(mail.text)});
    edition.documents.push_back({name + ".pdf", *std::move(pdf)});
    for (std::size_t at = 0; at < pictures->size(); ++at) {
        edition.documents.push_back(
            {fmt::format("{}_bieu-do-{}.png", name, at + 1), std::move((*pictures)[at].png)}
        );
    }
    return {};
}

Result<store::Edition> publish_once(
    const Service& service,
    const EditionOrder& order,
    const std::function<Result<store::Edition>()>& render,
    const std::function<std::filesystem::path()>& folder
) {
    auto on_file =
        service.store.call([&](store::Store& store) { return store.find_edition(order.id); });
    if (!on_file) {
        return std::unexpected(on_file.error());
    }
    if (*on_file && order.slot) {
        const auto linked = service.store.call([&](store::Store& store) {
            return store.link_edition(order.id, *order.slot);
        });
        if (!linked) {
            return std::unexpected(linked.error());
        }
    }
    if (!*on_file) {
        auto rendered = render();
        if (!rendered) {
            return rendered;
        }
        rendered->slot = order.slot;
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
    const std::filesystem::path place = folder();
    if (auto filed = delivery::file_documents(place, documents); !filed) {
        return failed("file " + order.id, filed.error());
    }
    if (auto ordered = order_upload(service, order.id, place); !ordered) {
        return failed("file " + order.id + " elsewhere", ordered.error());
    }
    return **on_file;
}

}  // namespace thidua::daemon
