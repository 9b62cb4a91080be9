// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/page.hpp"

#include "core/hash.hpp"

#include <fmt/format.h>

#include <utility>

namespace thidua::connectors {

Result<PageReader> PageReader::make(const SourceDescription& description) {
    PageReader reader;
    auto dossiers = DossierReader::make(description);
    if (!dossiers) {
        return std::unexpected(std::move(dossiers.error()));
    }
    reader.dossiers_ = *std::move(dossiers);
    auto code = field_of(description.map, "code");
    if (!code) {
        return std::unexpected(std::move(code.error()));
    }
    reader.code_ = *std::move(code);
    auto records = Pointer::parse(description.records);
    if (!records) {
        return failed("records.path", std::move(records.error()));
    }
    reader.records_ = *std::move(records);
    if (!description.pagination.total.empty()) {
        auto total = Pointer::parse(description.pagination.total);
        if (!total) {
            return failed("pagination.total", std::move(total.error()));
        }
        reader.total_ = *std::move(total);
    }
    return reader;
}

Result<Page> PageReader::read(Element answer, const Window& window, const std::string& step) const {
    const auto found = records_.find(answer);
    simdjson::dom::array records;
    if (!found || found->get_array().get(records)) {
        return fail(ErrorKind::Contract, records_.text() + ": not an array of records");
    }
    Page page;
    std::string codes;
    for (const Element record : records) {
        const auto code = code_.find(record);
        codes += code ? scalar_text(code->element).value_or("") : "";
        codes += '\n';
        auto dossier = dossiers_.read(record, window);
        if (!dossier) {
            page.rejected.push_back(
                {fmt::format("{}: {}/{}", step, records_.text(), page.records),
                 std::move(dossier.error().message)}
            );
        } else if (*dossier) {
            page.dossiers.push_back(**std::move(dossier));
        }
        ++page.records;
    }
    page.print = sha256_hex(codes);
    page.total = page.records;
    if (total_) {
        const auto element = total_->find(answer);
        const auto total = element ? whole_number(*element) : std::nullopt;
        if (!total || *total < 0) {
            return fail(ErrorKind::Contract, total_->text() + ": not a number of records");
        }
        page.total = *total;
    }
    return page;
}

}  // namespace thidua::connectors
