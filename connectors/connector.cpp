// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/connector.hpp"

#include "connectors/check.hpp"
#include "connectors/desk.hpp"

#include <utility>

namespace thidua::connectors {
namespace {

Result<SliceReader> make_reader(const SourceDescription& description) {
    switch (description.kind) {
        case RecordKind::Dossiers:
        case RecordKind::Procedures:
            return PageReader::make(description);
        case RecordKind::Payments:
            return PaymentReader::make(description);
        case RecordKind::Statistics:
            break;
    }
    const auto unit_code = field_of(description.map, "unit_code");
    if (!unit_code) {
        return std::unexpected(unit_code.error());
    }
    MonthReader queries;
    for (const CounterQuery& query : description.queries) {
        auto reader = CounterReader::make(query, *unit_code);
        if (!reader) {
            return std::unexpected(std::move(reader.error()));
        }
        queries.push_back(*std::move(reader));
    }
    return queries;
}

Result<std::unique_ptr<Desk>> make_desk(SourceDescription description, Environment environment) {
    if (auto checked = check_source(description); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    auto envelope = Envelope::make(description.errors);
    if (!envelope) {
        return std::unexpected(std::move(envelope.error()));
    }
    auto reader = make_reader(description);
    if (!reader) {
        return std::unexpected(std::move(reader.error()));
    }
    std::vector<JoinReader> joins;
    for (const Join& join : description.joins) {
        auto made = JoinReader::make(join);
        if (!made) {
            return std::unexpected(std::move(made.error()));
        }
        joins.push_back(*std::move(made));
    }
    auto keeper = Keeper::make(description);
    auto shown = keep_list_of_answer(description);
    if (!keeper || !shown) {
        return std::unexpected(std::move(keeper ? shown.error() : keeper.error()));
    }
    auto desk = std::make_unique<Desk>(
        std::move(description),
        *std::move(envelope),
        *std::move(reader),
        *std::move(keeper),
        std::move(environment)
    );
    desk->joins = std::move(joins);
    desk->fetcher.show_by([list = *std::move(shown)](Element root) {
        std::string text;
        list.write(root, text);
        return text;
    });
    return desk;
}

}  // namespace

struct Connector::State {
    std::unique_ptr<Desk> desk;
};

Connector::Connector(std::unique_ptr<State> state) : state_(std::move(state)) {}
Connector::Connector(Connector&&) noexcept = default;
Connector& Connector::operator=(Connector&&) noexcept = default;
Connector::~Connector() = default;

Result<Connector> Connector::create(SourceDescription description, Environment environment) {
    const std::string name = description.name;
    auto desk = make_desk(std::move(description), std::move(environment));
    if (!desk) {
        return failed(name, std::move(desk.error()));
    }
    return Connector(std::make_unique<State>(*std::move(desk)));
}

Result<Slice> Connector::gather(const Window& window) {
    Desk& desk = *state_->desk;
    desk.fetcher.start_account();
    desk.keeper.forget();
    Result<Slice> slice = fail(ErrorKind::Config, "no source of windows or months");
    const Slicing::Type type = desk.description.slicing.type;
    if (type == Slicing::Type::Lookup || type == Slicing::Type::File) {
        return failed(desk.description.name, std::move(slice.error()));
    }
    if (const auto* pages = std::get_if<PageReader>(&desk.reader)) {
        slice = gather_pages(desk, *pages, window);
    } else if (const auto* month = std::get_if<MonthReader>(&desk.reader)) {
        slice = gather_month(desk, *month, window);
    }
    return slice ? std::move(slice) : failed(desk.description.name, std::move(slice.error()));
}

Result<Slice> Connector::look_up(std::span<const std::string> references) {
    Desk& desk = *state_->desk;
    desk.fetcher.start_account();
    desk.keeper.forget();
    Result<Slice> slice = fail(ErrorKind::Config, "not a source of look-ups");
    if (const auto* payments = std::get_if<PaymentReader>(&desk.reader)) {
        slice = look_up_payments(desk, *payments, references);
    } else if (const auto* pages = std::get_if<PageReader>(&desk.reader);
               pages != nullptr && desk.description.slicing.type == Slicing::Type::Lookup) {
        slice = desk.description.kind == RecordKind::Procedures
                    ? look_up_procedures(desk, *pages, references)
                    : look_up_dossiers(desk, *pages, references);
    }
    return slice ? std::move(slice) : failed(desk.description.name, std::move(slice.error()));
}

Result<Slice> Connector::reread(const std::string& kept, const Window& window) {
    Desk& desk = *state_->desk;
    Result<Slice> slice = fail(ErrorKind::Config, "only dossiers are kept to be read again");
    if (const auto* pages = std::get_if<PageReader>(&desk.reader)) {
        slice = reread_pages(desk, *pages, kept, window);
    }
    return slice ? std::move(slice) : failed(desk.description.name, std::move(slice.error()));
}

Result<Slice> Connector::read_file(const std::string& name, std::string_view bytes) {
    Desk& desk = *state_->desk;
    desk.keeper.forget();
    if (desk.description.slicing.type != Slicing::Type::File) {
        return fail(ErrorKind::Config, desk.description.name + ": not a source of files");
    }
    return read_file_slice(desk, name, bytes);
}

std::optional<Instant> Connector::certificate_end() const {
    return state_->desk->fetcher.certificate_end();
}

}  // namespace thidua::connectors
