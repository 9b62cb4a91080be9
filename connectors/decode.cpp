// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/decode.hpp"

#include "core/codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <unordered_map>
#include <utility>

namespace thidua::connectors {
namespace {

constexpr std::int64_t status_max = 10;  // TrangThaiHoSo runs from 1 to 10

/// Moves a reader's answer to where it belongs. False keeps the error in `error`.
template <class Value>
bool take(Result<Value> read, Value& into, Error& error) {
    if (!read) {
        error = std::move(read.error());
        return false;
    }
    into = *std::move(read);
    return true;
}

void add_alias(std::string alias, DossierRecord& dossier) {
    const bool is_known = std::ranges::find(dossier.aliases, alias) != dossier.aliases.end();
    if (alias != dossier.code && !is_known) {
        dossier.aliases.push_back(std::move(alias));
    }
}

using Slot = std::pair<Field*, std::string>;

Result<void> fill_fields(
    const std::map<std::string, FieldMap>& map, std::initializer_list<Slot> slots
) {
    for (const auto& [field, name] : slots) {
        auto made = field_of(map, name);
        if (!made) {
            return std::unexpected(std::move(made.error()));
        }
        *field = *std::move(made);
    }
    return {};
}

}  // namespace

Result<DossierReader> DossierReader::make(const SourceDescription& description) {
    DossierReader reader;
    const std::string& filter = description.slicing.filter_field;
    reader.is_filtered_ = !filter.empty();
    reader.needs_id_ = !description.joins.empty();
    auto filled = fill_fields(
        description.map,
        {{&reader.code_, "code"},
         {&reader.aliases_, "aliases"},
         {&reader.id_, "id"},
         {&reader.procedure_code_, "procedure_code"},
         {&reader.unit_code_, "unit_code"},
         {&reader.channel_, "channel"},
         {&reader.status_, "status"},
         {&reader.paid_flag_, "paid_flag"},
         {&reader.applied_at_, "applied_at"},
         {&reader.accepted_at_, "accepted_at"},
         {&reader.due_at_, "due_at"},
         {&reader.finished_at_, "finished_at"},
         {&reader.updated_at_, "updated_at"},
         {&reader.filter_, filter}}
    );
    if (filled && !description.payments.path.empty()) {
        auto pointer = Pointer::parse(description.payments.path);
        if (!pointer) {
            return failed("payments.path", std::move(pointer.error()));
        }
        reader.payments_ = *std::move(pointer);
        filled = fill_fields(
            description.payments.map,
            {{&reader.references_, "references"},
             {&reader.state_, "state"},
             {&reader.gateway_, "gateway"},
             {&reader.paid_at_, "paid_at"}}
        );
    }
    if (!filled) {
        return std::unexpected(std::move(filled.error()));
    }
    return reader;
}

Result<std::optional<DecodedDossier>> DossierReader::read(Element record, const Window& window)
    const {
    if (is_filtered_) {
        const auto time = read_time(filter_, record);
        if (!time) {
            return std::unexpected(time.error());
        }
        if (!*time || day_of(**time) < window.first || day_of(**time) > window.last) {
            return std::optional<DecodedDossier>{};
        }
    }
    DecodedDossier dossier;
    Result<void> done = read_codes(record, dossier);
    done = done ? read_state(record, dossier.record) : done;
    done = done ? read_times(record, dossier.record) : done;
    done = done ? read_payments(record, dossier.record) : done;
    if (!done) {
        return std::unexpected(std::move(done.error()));
    }
    return std::optional(std::move(dossier));
}

Result<void> DossierReader::read_codes(Element record, DecodedDossier& dossier) const {
    Error error;
    std::string code;
    std::string procedure;
    std::string unit;
    std::vector<std::string> aliases;
    if (!take(read_text(code_, record), code, error) ||
        !take(read_text(procedure_code_, record), procedure, error) ||
        !take(read_text(unit_code_, record), unit, error) ||
        !take(read_texts(aliases_, record), aliases, error) ||
        !take(read_text(id_, record), dossier.id, error)) {
        return std::unexpected(std::move(error));
    }
    if (code.empty()) {
        return fail(ErrorKind::Data, code_.place() + ": required, but not there");
    }
    if (needs_id_ && dossier.id.empty()) {
        return fail(ErrorKind::Data, id_.place() + ": required, but not there");
    }
    DossierRecord& result = dossier.record;
    result.code = canonical_dossier_code(code);
    result.procedure_code = canonical_procedure_code(procedure);
    result.unit_code = canonical_unit_code(unit);
    for (const std::string& given : aliases) {
        add_alias(canonical_dossier_code(given), result);
    }
    return {};
}

Result<void> DossierReader::read_state(Element record, DossierRecord& dossier) const {
    Error error;
    std::optional<std::int64_t> status;
    std::optional<std::int64_t> paid_flag;
    if (!take(
            read_word(channel_, record, channel_words, Channel::Direct), dossier.channel, error
        ) ||
        !take(read_integer(status_, record), status, error) ||
        !take(read_integer(paid_flag_, record), paid_flag, error)) {
        return std::unexpected(std::move(error));
    }
    if (status && (*status < 1 || *status > status_max)) {
        return fail(ErrorKind::Data, status_.place() + ": a status outside of 1 to 10");
    }
    dossier.status = static_cast<int>(status.value_or(0));
    dossier.paid_flag = paid_flag == 1 || paid_flag == 2 ? static_cast<int>(*paid_flag) : 0;
    return {};
}

Result<void> DossierReader::read_times(Element record, DossierRecord& dossier) const {
    Error error;
    if (!take(read_time(applied_at_, record), dossier.applied_at, error) ||
        !take(read_time(accepted_at_, record), dossier.accepted_at, error) ||
        !take(read_time(due_at_, record), dossier.due_at, error) ||
        !take(read_time(finished_at_, record), dossier.finished_at, error) ||
        !take(read_time(updated_at_, record), dossier.updated_at, error)) {
        return std::unexpected(std::move(error));
    }
    return {};
}

Result<void> DossierReader::read_payments(Element record, DossierRecord& dossier) const {
    const auto found = payments_ ? payments_->find(record) : std::nullopt;
    if (!found) {
        return {};
    }
    simdjson::dom::array payments;
    if (found->get_array().get(payments)) {
        return append_payments(*found, dossier);
    }
    for (const Element payment : payments) {
        if (auto appended = append_payments(payment, dossier); !appended) {
            return appended;
        }
    }
    return {};
}

Result<void> DossierReader::append_payments(Element payment, DossierRecord& dossier) const {
    if (!payment.is_object()) {
        return fail(ErrorKind::Data, payments_->text() + ": not an object");
    }
    Error error;
    NamedPayment named;
    std::vector<std::string> references;
    if (!take(read_word(state_, payment, payment_state_words, named.state), named.state, error) ||
        !take(read_word(gateway_, payment, gateway_words, named.gateway), named.gateway, error) ||
        !take(read_time(paid_at_, payment), named.paid_at, error) ||
        !take(read_texts(references_, payment), references, error)) {
        return failed(payments_->text(), std::move(error));
    }
    if (references.empty() && named == NamedPayment{}) {
        return {};  // an empty object says that there is no payment
    }
    if (references.empty()) {
        references.emplace_back();
    }
    for (std::string& reference : references) {
        named.reference = std::move(reference);
        dossier.payments.push_back(named);
    }
    return {};
}

Result<PaymentReader> PaymentReader::make(const SourceDescription& description) {
    PaymentReader reader;
    auto filled = fill_fields(
        description.map,
        {{&reader.reference_, "reference"},
         {&reader.state_, "state"},
         {&reader.settled_at_, "settled_at"},
         {&reader.amount_, "amount"}}
    );
    if (!filled) {
        return std::unexpected(std::move(filled.error()));
    }
    return reader;
}

Result<PaymentRecord> PaymentReader::read(Element answer) const {
    Error error;
    PaymentRecord payment;
    if (!take(read_text(reference_, answer), payment.reference, error) ||
        !take(
            read_word(state_, answer, payment_state_words, payment.state), payment.state, error
        ) ||
        !take(read_time(settled_at_, answer), payment.settled_at, error) ||
        !take(read_money(amount_, answer), payment.amount, error)) {
        return std::unexpected(std::move(error));
    }
    return payment;
}

std::vector<DecodedDossier> without_repeats(std::vector<DecodedDossier> dossiers) {
    std::vector<DecodedDossier> kept;
    kept.reserve(dossiers.size());
    std::unordered_map<std::string, std::size_t> position_of;
    for (DecodedDossier& dossier : dossiers) {
        const auto [place, is_new] = position_of.emplace(dossier.record.code, kept.size());
        if (is_new) {
            kept.push_back(std::move(dossier));
            continue;
        }
        DecodedDossier& other = kept[place->second];
        if (dossier.record.updated_at >= other.record.updated_at) {
            std::swap(dossier, other);
        }
        for (std::string& alias : dossier.record.aliases) {
            add_alias(std::move(alias), other.record);
        }
    }
    return kept;
}

Result<void> check_rejected(const std::vector<Rejected>& rejected, std::size_t records) {
    constexpr std::size_t tolerated = 3;
    constexpr std::size_t tolerated_one_in = 20;
    if (rejected.size() <= tolerated || rejected.size() * tolerated_one_in <= records) {
        return {};
    }
    return fail(
        ErrorKind::Contract,
        fmt::format(
            "{} of {} records cannot be read; the first: {}: {}",
            rejected.size(),
            records,
            rejected.front().where,
            rejected.front().reason
        )
    );
}

}  // namespace thidua::connectors
