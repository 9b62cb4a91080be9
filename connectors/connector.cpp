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
    auto desk = std::make_unique<Desk>(
        std::move(description), *std::move(envelope), *std::move(reader), std::move(environment)
    );
    desk->joins = std::move(joins);
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
    Result<Slice> slice = fail(ErrorKind::Config, "look-ups are asked by reference");
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
    const auto* reader = std::get_if<PaymentReader>(&desk.reader);
    Result<Slice> slice = reader != nullptr
                              ? gather_look_ups(desk, *reader, references)
                              : Result<Slice>(fail(ErrorKind::Config, "not a source of look-ups"));
    return slice ? std::move(slice) : failed(desk.description.name, std::move(slice.error()));
}

Result<Slice> Connector::reread(const std::string& /*kept*/, const Window& /*window*/) {
    return fail(ErrorKind::Config, state_->desk->description.name + ": keeps no records");
}

}  // namespace thidua::connectors
