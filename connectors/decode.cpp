// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/decode.hpp"

#include "core/codes.hpp"
#include "core/hash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>

namespace thidua::connectors {
namespace {

constexpr std::int64_t status_max = 10;  // TrangThaiHoSo runs from 1 to 10

struct TimeMember {
    const char* name;
    std::optional<Instant> DossierRecord::*into;
};
constexpr std::array<TimeMember, 5> time_members{{
    {"applied_at", &DossierRecord::applied_at},
    {"accepted_at", &DossierRecord::accepted_at},
    {"due_at", &DossierRecord::due_at},
    {"finished_at", &DossierRecord::finished_at},
    {"updated_at", &DossierRecord::updated_at},
}};

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

/// The same for a text that is looked at only; it may stand in `room`.
bool take_view(
    const Field& field,
    const Record& record,
    std::string& room,
    std::string_view& into,
    Error& error
) {
    auto word = field.word(record, room);
    if (!word) {
        error = std::move(word.error());
        return false;
    }
    into = word->value_or("");
    return true;
}

void add_alias(std::string alias, DossierRecord& dossier) {
    const bool is_known = std::ranges::find(dossier.aliases, alias) != dossier.aliases.end();
    if (alias != dossier.code && !is_known) {
        dossier.aliases.push_back(std::move(alias));
    }
}

/// False if no two have the same code; true if two seem to. A slice mostly has no repeats, and to
/// see that costs less than to look for each code.
bool may_repeat(std::span<const DecodedDossier> dossiers) {
    std::vector<std::uint64_t> prints;
    prints.reserve(dossiers.size());
    for (const DecodedDossier& dossier : dossiers) {
        prints.push_back(print_of(dossier.record.code));
    }
    std::ranges::sort(prints);
    return std::ranges::adjacent_find(prints) != prints.end();
}

}  // namespace

Result<DossierReader> DossierReader::make(const SourceDescription& description) {
    DossierReader reader;
    const std::string& filter = description.cursor.field;
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
         {&reader.filter_, filter}}
    );
    for (std::size_t number = 0; filled && number < time_members.size(); ++number) {
        const auto& [name, into] = time_members[number];
        reader.times_[number].into = into;
        filled = fill_fields(description.map, {{&reader.times_[number].field, name}});
        reader.filter_time_ = filter == name ? number : reader.filter_time_;
    }
    if (filled && !description.payments.map.empty()) {
        auto pointer = Pointer::parse(description.payments.path);
        if (!pointer) {
            return failed("payments.path", std::move(pointer.error()));
        }
        reader.payments_ = *std::move(pointer);
        auto named = NamedPaymentReader::make(description.payments.map);
        if (!named) {
            return failed("payments", std::move(named.error()));
        }
        reader.named_payments_ = *std::move(named);
    }
    if (filled && !description.fees.map.empty()) {
        auto pointer = Pointer::parse(description.fees.path);
        if (!pointer) {
            return failed("fees.path", std::move(pointer.error()));
        }
        reader.fees_ = *std::move(pointer);
        filled = fill_fields(description.fees.map, {{&reader.amount_, "amount"}});
    }
    if (!filled) {
        return std::unexpected(std::move(filled.error()));
    }
    reader.arrange();
    return reader;
}

void DossierReader::arrange() {
    for (Field* field :
         {&code_,
          &aliases_,
          &id_,
          &procedure_code_,
          &unit_code_,
          &channel_,
          &status_,
          &paid_flag_,
          &filter_}) {
        field->add_to(places_);
    }
    for (Time& time : times_) {
        time.field.add_to(places_);
    }
    for (std::optional<Pointer>* nested : {&payments_, &fees_}) {
        if (*nested) {
            places_.add(**nested);
        }
    }
}

Result<bool> DossierReader::read(
    const Record& record, const Window& window, DecodedDossier& dossier
) const {
    if (is_filtered_) {
        const auto time = read_time(filter_, record);
        if (!time) {
            return std::unexpected(time.error());
        }
        if (!*time || day_of(**time) < window.first || day_of(**time) > window.last) {
            return false;
        }
        if (filter_time_ < times_.size()) {
            dossier.record.*times_[filter_time_].into = **time;
        }
    }
    Result<void> done = read_codes(record, dossier);
    done = done ? read_state(record, dossier.record) : done;
    done = done ? read_times(record, dossier.record) : done;
    done = done ? read_payments(record, dossier.record) : done;
    done = done ? read_fees(record, dossier.record) : done;
    if (!done) {
        return std::unexpected(std::move(done.error()));
    }
    return true;
}

Result<void> DossierReader::read_codes(const Record& record, DecodedDossier& dossier) const {
    Error error;
    std::array<std::string, 4> rooms;
    std::string_view code;
    std::string_view procedure;
    std::string_view unit;
    std::string_view id;
    if (!take_view(code_, record, rooms[0], code, error) ||
        !take_view(procedure_code_, record, rooms[1], procedure, error) ||
        !take_view(unit_code_, record, rooms[2], unit, error)) {
        return std::unexpected(std::move(error));
    }
    DossierRecord& result = dossier.record;
    result.code = canonical_dossier_code(code);
    auto read = read_texts(aliases_, record, [&](std::string_view alias) {
        // Mostly it is one of these, and need not be made canonical once more.
        if (alias != code && alias != result.code) {
            add_alias(canonical_dossier_code(alias), result);
        }
    });
    if (!read) {
        return read;
    }
    if (!take_view(id_, record, rooms[3], id, error)) {
        return std::unexpected(std::move(error));
    }
    dossier.id = id;
    if (code.empty()) {
        return fail(ErrorKind::Data, code_.place() + ": required, but not there");
    }
    if (needs_id_ && dossier.id.empty()) {
        return fail(ErrorKind::Data, id_.place() + ": required, but not there");
    }
    result.procedure_code = canonical_procedure_code(procedure);
    result.unit_code = canonical_unit_code(unit);
    return {};
}

Result<void> DossierReader::read_state(const Record& record, DossierRecord& dossier) const {
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

Result<void> DossierReader::read_times(const Record& record, DossierRecord& dossier) const {
    for (std::size_t number = 0; number < times_.size(); ++number) {
        if (number == filter_time_) {
            continue;  // was read to see whether the dossier is in the window
        }
        auto time = read_time(times_[number].field, record);
        if (!time) {
            return std::unexpected(std::move(time.error()));
        }
        if (*time) {
            dossier.*times_[number].into = **time;
        }
    }
    return {};
}

Result<void> DossierReader::read_payments(const Record& record, DossierRecord& dossier) const {
    const auto found = payments_ ? record.at(*payments_) : std::nullopt;
    if (!found) {
        return {};
    }
    simdjson::dom::array payments;
    if (found->get_array().get(payments)) {
        return named_payments_.append(*found, payments_->text(), dossier);
    }
    for (const Element payment : payments) {
        auto appended = named_payments_.append(payment, payments_->text(), dossier);
        if (!appended) {
            return appended;
        }
    }
    return {};
}

/// An object without an amount says that there is no fee.
Result<void> DossierReader::read_fees(const Record& record, DossierRecord& dossier) const {
    const auto found = fees_ ? record.at(*fees_) : std::nullopt;
    if (!found) {
        return {};
    }
    const auto add = [&](Element fee) -> Result<void> {
        const auto amount = read_money(amount_, fee);
        if (!amount) {
            return failed(fees_->text(), amount.error());
        }
        if (!*amount) {
            return {};
        }
        if (__builtin_add_overflow(dossier.fee_total, **amount, &dossier.fee_total)) {
            return fail(ErrorKind::Data, fees_->text() + ": more than any sum of money");
        }
        ++dossier.fee_count;
        return {};
    };
    simdjson::dom::array fees;
    if (found->get_array().get(fees)) {
        return add(*found);
    }
    for (const Element fee : fees) {
        if (auto added = add(fee); !added) {
            return added;
        }
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

bool add_aliases(const std::vector<std::string>& aliases, DossierRecord& dossier) {
    const std::size_t before = dossier.aliases.size();
    for (const std::string& alias : aliases) {
        add_alias(alias, dossier);
    }
    return dossier.aliases.size() > before;
}

std::vector<DecodedDossier> without_repeats(std::vector<DecodedDossier> dossiers) {
    if (!may_repeat(dossiers)) {
        return dossiers;
    }
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
        add_aliases(dossier.record.aliases, other.record);
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
