// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/page.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace thidua::connectors {
namespace {

constexpr std::size_t code_bytes = 32;  // about as long as a code is

Result<std::optional<Pointer>> pointer_of(const char* key, const std::string& text) {
    if (text.empty()) {
        return std::optional<Pointer>{};
    }
    auto pointer = Pointer::parse(text);
    if (!pointer) {
        return failed(key, std::move(pointer.error()));
    }
    return std::optional(*std::move(pointer));
}

std::string_view type_of(Element element) {
    switch (element.type()) {
        case simdjson::dom::element_type::STRING:
            return "text";
        case simdjson::dom::element_type::INT64:
        case simdjson::dom::element_type::UINT64:
        case simdjson::dom::element_type::DOUBLE:
            return "number";
        case simdjson::dom::element_type::BOOL:
            return "boolean";
        case simdjson::dom::element_type::ARRAY:
            return "array";
        case simdjson::dom::element_type::OBJECT:
            return "object";
        case simdjson::dom::element_type::NULL_VALUE:
            return "";
    }
    return "";
}

void add_shape(Element record, const std::string& base, int depth, std::vector<FieldShape>& shape) {
    simdjson::dom::object object;
    if (depth == 0 || record.get_object().get(object)) {
        return;
    }
    for (const auto& [key, value] : object) {
        const std::string_view type = type_of(value);
        if (type.empty()) {
            continue;  // null tells nothing
        }
        std::string pointer = base + "/" + std::string(key);
        add_shape(value, pointer, depth - 1, shape);
        shape.push_back({std::move(pointer), std::string(type)});
    }
}

}  // namespace

Result<PageReader> PageReader::make(const SourceDescription& description) {
    PageReader reader;
    auto dossiers = DossierReader::make(description);
    if (!dossiers) {
        return std::unexpected(std::move(dossiers.error()));
    }
    reader.dossiers_ = *std::move(dossiers);
    if (description.kind == RecordKind::Procedures) {
        auto procedures = ProcedureReader::make(description);
        if (!procedures) {
            return std::unexpected(std::move(procedures.error()));
        }
        reader.procedures_ = *std::move(procedures);
    }
    auto records = Pointer::parse(description.records);
    if (!records) {
        return failed("records.path", std::move(records.error()));
    }
    reader.records_ = *std::move(records);
    const Pagination& pagination = description.pagination;
    reader.type_ = pagination.type;
    reader.contract_ = description.contract;
    struct Place {
        const char* key;
        const std::string& text;
        std::optional<Pointer>& into;
    };
    for (const Place& place : {
             Place{"pagination.total_path", pagination.total, reader.total_},
             Place{"pagination.next_path", pagination.next, reader.next_},
             Place{"pagination.last_path", pagination.last, reader.last_},
             Place{"pagination.row_path", pagination.row, reader.row_},
         }) {
        auto pointer = pointer_of(place.key, place.text);
        if (!pointer) {
            return std::unexpected(std::move(pointer.error()));
        }
        place.into = *std::move(pointer);
    }
    return reader;
}

Result<Page> PageReader::read(
    const Answer& answer, const Window& window, const std::string& step, const Keeper& keeper
) const {
    const auto found = records_.find(answer.root);
    simdjson::dom::array records;
    if (!found || found->get_array().get(records)) {
        return fail(ErrorKind::Contract, records_.text() + ": not an array of records");
    }
    if (procedures_) {
        auto page = read_procedures(records, step, keeper);
        const auto read = page ? read_facts(answer, page->facts) : Result<void>{};
        return read ? std::move(page) : std::unexpected(read.error());
    }
    Page page;
    page.dossiers.reserve(records.size());
    std::string codes;
    codes.reserve(records.size() * code_bytes);
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
            auto refused = refuse(
                fmt::format("{}: {}/{}", step, records_.text(), page.facts.records),
                std::move(is_wanted.error()),
                element,
                keeper,
                page.rejected
            );
            if (!refused) {
                return std::unexpected(std::move(refused.error()));
            }
        }
        if (!is_wanted || *is_wanted) {
            keeper.append_record(element, page.kept);
        }
        if (page.facts.records == 0) {
            page.shape = shape_of(element);
        }
        if (auto numbered = read_rows(element, page.facts); !numbered) {
            return std::unexpected(std::move(numbered.error()));
        }
        ++page.facts.records;
    }
    page.facts.print = std::to_string(print_of(codes));
    if (auto read = read_facts(answer, page.facts); !read) {
        return std::unexpected(std::move(read.error()));
    }
    return page;
}

/// A catalogue has no window: every record belongs to it.
Result<Page> PageReader::read_procedures(
    simdjson::dom::array records, const std::string& step, const Keeper& keeper
) const {
    Page page;
    std::string codes;
    for (const Element element : records) {
        auto procedure = procedures_->read(element);
        Result<void> done;
        if (procedure) {
            codes.append(procedure->code).push_back('\n');
            page.procedures.push_back(*std::move(procedure));
        } else {
            done = refuse(
                fmt::format("{}: {}/{}", step, records_.text(), page.facts.records),
                std::move(procedure.error()),
                element,
                keeper,
                page.rejected
            );
        }
        done = done ? read_rows(element, page.facts) : done;
        if (!done) {
            return std::unexpected(std::move(done.error()));
        }
        if (page.facts.records == 0) {
            page.shape = shape_of(element);
        }
        ++page.facts.records;
    }
    page.facts.print = std::to_string(print_of(codes));
    return page;
}

Result<void> PageReader::judge(const std::string& place, const std::string& reason) const {
    Drift drift = Drift::Quarantine;
    switch (misfit_of(reason)) {
        case Misfit::Missing:
            drift = contract_.missing_required;
            break;
        case Misfit::Type:
            drift = contract_.type_change;
            break;
        case Misfit::Unlisted:
            drift = contract_.unknown_enum;
            break;
        case Misfit::Value:
            break;
    }
    if (drift == Drift::Fail) {
        return fail(ErrorKind::Contract, place + ": " + reason);
    }
    return {};
}

Result<void> PageReader::refuse(
    std::string place,
    Error error,
    Element record,
    const Keeper& keeper,
    std::vector<Rejected>& rejected
) const {
    auto borne = judge(place, error.message);
    if (borne) {
        rejected.push_back({std::move(place), std::move(error.message), keeper.reduced(record)});
    }
    return borne;
}

/// The number that a record says it has, and the total it declares.
Result<void> PageReader::read_rows(Element record, PageFacts& facts) const {
    if (type_ != Pagination::Type::Row) {
        return {};
    }
    const auto number_at = [&](const std::optional<Pointer>& pointer) {
        const auto element = pointer ? pointer->find(record) : std::nullopt;
        return element ? whole_number(*element) : std::nullopt;
    };
    const auto row = number_at(row_);
    const auto total = number_at(total_);
    if (!row || !total) {
        return fail(
            ErrorKind::Contract, (row ? total_ : row_)->text() + ": not a number in a record"
        );
    }
    facts.first_row = facts.first_row ? facts.first_row : row;
    facts.last_row = row;
    facts.total = total;
    return {};
}

Result<void> PageReader::read_facts(const Answer& answer, PageFacts& facts) const {
    if (type_ == Pagination::Type::Row) {
        facts.total = facts.total.value_or(0);  // an empty array declares no total
        return {};
    }
    if (total_) {
        const auto element = total_->find(answer.root);
        const auto total = element ? whole_number(*element) : std::nullopt;
        if (!total || *total < 0) {
            return fail(ErrorKind::Contract, total_->text() + ": not a number of records");
        }
        facts.total = total;
    }
    if (last_) {
        const auto element = last_->find(answer.root);
        bool is_last = false;
        if (!element || element->get_bool().get(is_last)) {
            return fail(ErrorKind::Contract, last_->text() + ": neither true nor false");
        }
        facts.is_last = is_last;
    }
    if (type_ == Pagination::Type::Link && !next_) {
        facts.next = next_link(answer.link);
    } else if (next_) {
        const auto holder = next_->find_even_null(answer.root);
        const auto text = holder && !holder->is_null() ? scalar_text(*holder) : std::nullopt;
        facts.next = holder ? std::optional(text.value_or("")) : std::nullopt;
    }
    return {};
}

std::vector<FieldShape> shape_of(Element record) {
    constexpr int depth_max = 2;
    std::vector<FieldShape> shape;
    add_shape(record, "", depth_max, shape);
    std::ranges::sort(shape, {}, &FieldShape::pointer);
    return shape;
}

std::string next_link(std::string_view header) {
    while (!header.empty()) {
        const std::size_t open = header.find('<');
        const std::size_t close = header.find('>', open);
        if (open == std::string_view::npos || close == std::string_view::npos) {
            break;
        }
        const std::string_view url = header.substr(open + 1, close - open - 1);
        const std::size_t end = std::min(header.find('<', close), header.size());
        const std::string_view parameters = header.substr(close + 1, end - close - 1);
        const bool is_next = parameters.find("rel=\"next\"") != std::string_view::npos ||
                             parameters.find("rel=next") != std::string_view::npos;
        if (is_next) {
            return std::string(trim(url));
        }
        header.remove_prefix(end);
    }
    return {};
}

}  // namespace thidua::connectors
