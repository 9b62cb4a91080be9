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
    page.dossiers.reserve(records.size());
    std::string codes;
    std::string room;
    Record record(dossiers_.places());
    for (const Element element : records) {
        record.look_at(element);
        const auto code = dossiers_.code().find(record);
        const auto text = code ? scalar_view(code->element, room) : std::nullopt;
        codes.append(text.value_or("")).push_back('\n');
        auto is_wanted = dossiers_.read(record, window, page.dossiers.emplace_back());
        if (!is_wanted || !*is_wanted) {
            page.dossiers.pop_back();
        }
        if (!is_wanted) {
            page.rejected.push_back(
                {fmt::format("{}: {}/{}", step, records_.text(), page.records),
                 std::move(is_wanted.error().message)}
            );
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
